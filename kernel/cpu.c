// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs come up.
 *
 * What
 *	Starting a CPU takes an idle task, whose stack it begins on; then the machine starts it, and it
 *	calls secondary_start_kernel(), which ends in its idle loop. It is online when it says so itself,
 *	ready for interrupts and tasks.
 *
 * Contexts
 *	Task, boot CPU, one CPU after the other.
 *
 * Limits
 *	A CPU that is not online ONLINE_LIMIT_NS after it was started is given up, with a message. Its idle
 *	task is left alone, since it may still come.
 *
 * Differs from Linux
 *	No CPU goes down again, and there are no hotplug states.
 *
 * Tests
 *	tests/boot/smp_test.c
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/time64.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/smp.h>
#include "cpu.h"

#define ONLINE_LIMIT_NS		(5 * NSEC_PER_SEC)

static int wait_until_online(unsigned int cpu)
{
	u64 limit = arch_clock_ns() + ONLINE_LIMIT_NS;

	while (!cpu_online(cpu)) {
		if (arch_clock_ns() > limit)
			return -ETIMEDOUT;
		arch_cpu_relax();
	}
	return 0;
}

int cpu_up(unsigned int cpu)
{
	struct task_struct *idle = fork_idle(cpu);
	int error;

	if (IS_ERR(idle)) {
		pr_err("smp: CPU %u: no idle task: error %ld\n", cpu, PTR_ERR(idle));
		return (int)PTR_ERR(idle);
	}
	set_cpu_present(cpu, true);
	error = arch_cpu_up(cpu, idle);
	if (!error)
		error = wait_until_online(cpu);
	if (error)
		pr_err("smp: CPU %u did not come up: error %d\n", cpu, error);
	return error;
}
