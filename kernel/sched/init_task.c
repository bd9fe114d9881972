// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first task, made by the compiler: the boot CPU's context, later its idle task.
 *
 * What
 *	Its stack is where the entry code puts the stack pointer, so current, and all that hangs on it, work
 *	from the first instruction in C.
 *
 * Tests
 *	Every boot.
 */
#include "sched.h"

unsigned long init_stack[THREAD_SIZE / sizeof(long)] __aligned(THREAD_SIZE) __section(".data..init_stack");

/* Only there so that schedule() looks twice when an idle task wants to sleep. */
const struct sched_hooks idle_hooks;

struct task_struct init_task = {
	.__state	= TASK_RUNNING,
	.on_rq		= 1,
	.prio		= MAX_PRIO,
	.nr_cpus_allowed = 1,
	.sched_hooks	= &idle_hooks,
	.flags		= PF_IDLE | PF_KTHREAD | PF_NO_SETAFFINITY,
	.stack		= init_stack,
	.cpus_mask	= CPU_MASK_CPU0,
	.cpus_ptr	= &init_task.cpus_mask,
	.static_prio	= DEFAULT_PRIO,
	.normal_prio	= MAX_PRIO,
	.usage		= ATOMIC_INIT(2),
	.comm		= "swapper/0",
	.tasks		= LIST_HEAD_INIT(init_task.tasks),
};
