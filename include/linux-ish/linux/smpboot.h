/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads of which there is one on each CPU.
 */
#ifndef _LINUX_SMPBOOT_H
#define _LINUX_SMPBOOT_H

#include <linux/list.h>
#include <linux/percpu-defs.h>

struct task_struct;

/**
 * struct smp_hotplug_thread - what the threads do
 * @store: per-CPU place for the task pointers
 * @thread_should_run: whether there is something to do; on its CPU, preemption off, state INTERRUPTIBLE
 * @thread_fn: does it; on its CPU, may sleep
 * @create: called for each thread that was made, from smpboot_register_percpu_thread(); may be NULL
 * @setup: called once on its CPU, before the first @thread_should_run; may be NULL
 * @cleanup: called when the thread ends, in it; may be NULL
 * @park: called on its CPU before it parks; may be NULL
 * @unpark: called on its CPU when it goes on; may be NULL
 * @selfparking: accepted for the sake of Linux's initialisers; must be false
 * @list: all that are registered
 * @thread_comm: the name, with one %u for the CPU
 *
 * All I, but for @list.
 */
struct smp_hotplug_thread {
	struct task_struct * __percpu	*store;
	int				(*thread_should_run)(unsigned int cpu);
	void				(*thread_fn)(unsigned int cpu);
	void				(*create)(unsigned int cpu);
	void				(*setup)(unsigned int cpu);
	void				(*cleanup)(unsigned int cpu, bool online);
	void				(*park)(unsigned int cpu);
	void				(*unpark)(unsigned int cpu);
	bool				selfparking;
	const char			*thread_comm;
	struct list_head		list;
};

/**
 * smpboot_register_percpu_thread - make and start a thread on each possible CPU
 * @thread: lives until smpboot_unregister_percpu_thread()
 *
 * That of a CPU which is not online begins when it is, and parks when the CPU goes. A thread sleeps in TASK_INTERRUPTIBLE while
 * there is nothing to do: wake_up_process() it when there is.
 * Context: task, may sleep. Return: 0, or -ENOMEM, and then there are none.
 */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *thread);
/** smpboot_unregister_percpu_thread - end them. Context: task, may sleep. */
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *thread);

/**
 * smpboot_park_threads, smpboot_unpark_threads - all of them that are bound to @cpu, which goes, has come
 *
 * Context: task, may sleep, on @cpu. Return: 0.
 */
int smpboot_park_threads(unsigned int cpu);
int smpboot_unpark_threads(unsigned int cpu);

#endif
