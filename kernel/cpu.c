// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs come up.
 *
 * What
 *	Up: the PREPARE section of the states (cpuhp.c); an idle task, on whose stack the CPU begins; the
 *	machine starts it, and it calls secondary_start_kernel(), which climbs the STARTING section and ends
 *	in the idle loop. When it says that it is online a thread that is bound to it climbs the ONLINE
 *	section. The last state makes it active: from then on it is like any other. The way down: cpu_down.c.
 *
 * Contexts
 *	Task, may sleep.
 *
 * Limits
 *	A CPU that is not online ONLINE_LIMIT_NS after it was started is given up, with a message. It may still
 *	come, and would do so on its idle task's stack: so it is not tried again.
 *
 * Tests
 *	tests/boot/smp_test.c, tests/boot/hotplug_test.c
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/time64.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/smp.h>
#include "cpu.h"

#define ONLINE_LIMIT_NS		(5 * NSEC_PER_SEC)

static struct cpumask lost_cpus;	/* started, and not seen */

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

static int start_cpu(unsigned int cpu)
{
	struct task_struct *idle;
	int error;

	if (cpumask_test_cpu((int)cpu, &lost_cpus))
		return -EIO;
	idle = fork_idle(cpu);
	if (IS_ERR(idle))
		return (int)PTR_ERR(idle);
	set_cpu_present(cpu, true);
	error = arch_cpu_up(cpu, idle);
	if (!error)
		error = wait_until_online(cpu);
	if (error == -EIO || error == -ETIMEDOUT)
		cpumask_set_cpu(cpu, &lost_cpus);
	return error;
}

/* On the CPU, in its thread. */
static int climb_online(unsigned int cpu, int unused)
{
	return cpuhp_climb(cpu, CPUHP_ONLINE);
}

int cpu_up(unsigned int cpu)
{
	int error = cpuhp_climb(cpu, CPUHP_BRINGUP_CPU);

	if (error)
		return error;
	error = start_cpu(cpu);
	if (error) {
		pr_err("smp: CPU %u did not come up: error %d\n", cpu, error);
		cpuhp_descend(cpu, CPUHP_OFFLINE);
		return error;
	}
	error = cpuhp_call_on(cpu, climb_online, 0);
	if (error) {
		pr_err("smp: CPU %u is refused, and goes down again: error %d\n", cpu, error);
		cpu_down(cpu);
	}
	return error;
}

/* What the core itself has to do, but for what timers, softirqs and works register by themselves. */
static const struct {
	enum cpuhp_state state;
	const char *name;
	int (*startup)(unsigned int cpu);
	int (*teardown)(unsigned int cpu);
} core_states[] = {
	{ CPUHP_AP_SCHED_STARTING, "sched:starting", sched_cpu_starting, NULL },
	{ CPUHP_AP_SMPCFD_DYING, "smp:calls", NULL, smpcfd_dying_cpu },
	{ CPUHP_AP_SMPBOOT_THREADS, "smpboot:threads", smpboot_unpark_threads, smpboot_park_threads },
	{ CPUHP_AP_ACTIVE, "sched:active", sched_cpu_activate, sched_cpu_deactivate },
};

void cpu_states_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(core_states); i++)
		cpuhp_setup_state_nocalls(core_states[i].state, core_states[i].name,
					  core_states[i].startup, core_states[i].teardown);
}
