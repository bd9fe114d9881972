/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * current: the task this CPU runs, or in an interrupt the task that it interrupted.
 */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

#include <linux/percpu-defs.h>

struct task_struct;

/* Written by the switch alone; for the task itself it never changes, so a read may be cached. */
DECLARE_PER_CPU(struct task_struct *, current_task);

/**
 * get_current, current - the task that this CPU runs; in an interrupt, the one it interrupted.
 *
 * Context: any.
 */
static __always_inline struct task_struct *get_current(void)
{
	return this_cpu_read_stable(current_task);
}

#define current get_current()

#endif
