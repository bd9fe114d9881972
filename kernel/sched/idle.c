// SPDX-License-Identifier: GPL-2.0-only
/*
 * The idle task: what a CPU runs when nobody wants it.
 *
 * What
 *	It looks for work on other CPUs, sleeps until the next interrupt, and goes through the scheduler
 *	whenever that is wanted. The boot context of each CPU becomes its idle task.
 *
 * Contexts
 *	It keeps the preemption count of a switch, so it is never preempted: interrupts that make somebody
 *	runnable set need-resched, which is looked at with interrupts off. arch_cpu_idle() turns them on
 *	and sleeps in one step, so none is slept over:
 *
 *	idle task				interrupt
 *	interrupts off
 *	need_resched()? no
 *						arrives: held back
 *	arch_cpu_idle(): interrupts on		wakes a task, sets need-resched, ends the sleep
 *	need_resched()? yes
 *
 *	On a CPU that has gone (hotplug.c) nobody else is left: the idle task gives it to the machine.
 *
 *	It must not sleep; an attempt is reported as scheduling while atomic.
 *
 * Tests
 *	Every boot. tests/scenario/wakeup.c
 */
#include "sched.h"
#include <linux/cpu.h>
#include <arch/cpu.h>
#include <arch/smp.h>

static bool running;	/* A: set once by the boot CPU */

bool scheduler_running(void)
{
	return READ_ONCE(running);
}

static void idle_until_needed(void)
{
	for (;;) {
		local_irq_disable();
		if (need_resched() || pull_for_idle())
			return;
		if (IS_ENABLED(CONFIG_HOTPLUG_CPU) && unlikely(this_rq()->gone))
			arch_cpu_play_dead();
		arch_cpu_idle();
	}
}

__noreturn void cpu_startup_entry(void)
{
	WRITE_ONCE(running, true);
	for (;;) {
		idle_until_needed();
		schedule_idle();
	}
}
