/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The life of a task_struct: references, making, ending.
 *
 * A task's structure lives until the last reference is gone; the task itself holds one until it has
 * left its CPU for the last time. Its stack is given back then, whoever still holds references.
 */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>
#include <linux/atomic.h>

/* kernel/sched/task.c: the last reference is gone. */
void __put_task_struct(struct task_struct *p);

/** get_task_struct - keep @p's structure; the caller knows that it exists now. Context: any. */
static inline struct task_struct *get_task_struct(struct task_struct *p)
{
	atomic_inc(&p->usage);
	return p;
}

/** put_task_struct - undo one get_task_struct(). Context: any but NMI. */
static inline void put_task_struct(struct task_struct *p)
{
	if (atomic_dec_and_test(&p->usage))
		__put_task_struct(p);
}

/**
 * task_create - make a task that has not run yet
 * @entry: what it runs; it must not return, but end in task_exit()
 * @cleanup: called with the task when its structure is freed, or NULL
 *
 * The task is in TASK_UNINTERRUPTIBLE, allowed on all CPUs, SCHED_NORMAL with nice 0, and has one
 * reference, which is its own: wake_up_process() starts it, task_discard() throws it away unstarted.
 *
 * Context: task, may sleep. Return: the task, or ERR_PTR(-ENOMEM).
 */
struct task_struct *task_create(void (*entry)(void), void (*cleanup)(struct task_struct *p));
/** task_discard - throw away a task that was never woken. Context: task. */
void task_discard(struct task_struct *p);
/** task_exit - the end of the calling task: its stack goes at once, its structure with the last reference */
__noreturn void task_exit(int code);

/** find_get_task_by_pid - the task with this number, with a reference, or NULL. Context: any but NMI. */
struct task_struct *find_get_task_by_pid(pid_t pid);

/**
 * for_each_task_locked - call @fn for every task but the idle ones, until it returns true
 * @fn: runs with interrupts off and must not sleep or make tasks
 * @data: its second argument
 *
 * Context: any but NMI.
 */
void for_each_task_locked(bool (*fn)(struct task_struct *p, void *data), void *data);

/**
 * fork_idle - the idle task of a CPU that is about to be started
 * @cpu: not the boot CPU, not online
 *
 * Made at the first time, and the same one ever after.
 *
 * Context: task, may sleep. Return: the task, or ERR_PTR(-ENOMEM).
 */
struct task_struct *fork_idle(unsigned int cpu);

#endif
