// SPDX-License-Identifier: GPL-2.0-only
/*
 * ksoftirqd: where softirqs go when there are too many of them.
 *
 * What
 *	One thread a CPU, ksoftirqd/N, bound to it, SCHED_NORMAL at nice 0. It is woken by a raise outside
 *	of interrupt context, and by a drain that stopped at its limits with work left. It drains as
 *	often as there is something pending, giving way to other tasks between drains. While its CPU is
 *	away it is parked.
 *
 * Contexts
 *	The actions still run in softirq context; ksoftirqd is merely the task that they borrow.
 *
 * Ordering
 *	The thread announces that it goes to sleep before it looks at the pending word for the last time;
 *	a raise marks the word before it wakes. Both are done on one CPU, the look with interrupts off,
 *	so no barrier is needed.
 *
 * Limits
 *	It shares its CPU fairly with the tasks there: a storm of softirqs gets its share, not the CPU.
 *
 * Tests
 *	tests/boot/softirq_test.c (B2, B3), tests/scenario/softirq.c
 */
#include <linux/cpuhotplug.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/bug.h>

#include "softirq.h"

DEFINE_PER_CPU(struct task_struct *, ksoftirqd);	/* I, set once by spawn_ksoftirqd() */

void wakeup_softirqd(void)
{
	struct task_struct *thread = this_cpu_read(ksoftirqd);

	/*
	 * NULL early in boot: interrupts drain then. While its state is "running" it will look at the
	 * pending word once more, interrupts off, before it sleeps.
	 */
	if (thread && READ_ONCE(thread->__state) != TASK_RUNNING)
		wake_up_process(thread);
}

bool ksoftirqd_is_running(void)
{
	struct task_struct *thread = this_cpu_read(ksoftirqd);

	return thread && READ_ONCE(thread->__state) == TASK_RUNNING;
}

/* Drain until nothing is pending, or it has to park. Returns with interrupts off. */
static void drain_until_idle(void)
{
	for (;;) {
		local_irq_disable();
		if (!local_softirq_pending())
			return;
		__set_current_state(TASK_RUNNING);
		__do_softirq();
		/* Under a storm there is always something, and the CPU that wants to go would wait for ever. */
		if (unlikely(local_softirq_pending()) && kthread_should_park())
			return;
		local_irq_enable();
		cond_resched();
		__set_current_state(TASK_INTERRUPTIBLE);
	}
}

static int ksoftirqd_thread(void *unused)
{
	for (;;) {
		if (kthread_should_park())
			kthread_parkme();
		__set_current_state(TASK_INTERRUPTIBLE);
		drain_until_idle();
		local_irq_enable();
		if (kthread_should_stop())
			break;
		if (!kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* Its CPU has come: it begins there, or goes on. */
static int ksoftirqd_come(unsigned int cpu)
{
	struct task_struct *thread = per_cpu(ksoftirqd, cpu);

	kthread_unpark(thread);
	/* For the first time. Otherwise it looks at the pending word for nothing. */
	wake_up_process(thread);
	return 0;
}

/* What it leaves pending the CPU's last interrupts do, or who takes it over. */
static int ksoftirqd_go(unsigned int cpu)
{
	return kthread_park(per_cpu(ksoftirqd, cpu));
}

void spawn_ksoftirqd(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct task_struct *thread;

		thread = kthread_create_on_cpu(ksoftirqd_thread, NULL, cpu, "ksoftirqd/%u");
		if (IS_ERR(thread))
			panic("ksoftirqd/%u cannot be created: %ld", cpu, PTR_ERR(thread));
		per_cpu(ksoftirqd, cpu) = thread;
	}
	ksoftirqd_come(0);
	cpuhp_setup_state_nocalls(CPUHP_AP_KSOFTIRQD, "softirq:ksoftirqd", ksoftirqd_come, ksoftirqd_go);
}
