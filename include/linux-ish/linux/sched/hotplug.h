/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scheduler's part when a CPU comes or goes: kernel/sched/hotplug.c. For kernel/cpu.c.
 */
#ifndef _LINUX_SCHED_HOTPLUG_H
#define _LINUX_SCHED_HOTPLUG_H

#include <linux/types.h>

/** sched_cpu_starting - this CPU takes part from now on; bound threads only. Interrupts off. Return: 0. */
int sched_cpu_starting(unsigned int cpu);
struct cpumask;
struct task_struct;

/**
 * set_cpus_allowed_nowait - set_cpus_allowed_ptr() that does not wait until @p has left the CPU it is on
 * @p: not an idle task	@mask: where it may run
 *
 * Context: any but NMI. Return: 0 or -EINVAL.
 */
int set_cpus_allowed_nowait(struct task_struct *p, const struct cpumask *mask);
/** sched_cpu_activate - @cpu takes any task. On it, in a thread that is bound to it. Return: 0. */
int sched_cpu_activate(unsigned int cpu);
/**
 * sched_cpu_deactivate - @cpu takes no more tasks but those that are bound to it for good; the others leave
 *
 * Some may still be on their way to it. On @cpu, in a thread that is bound to it. Return: 0.
 */
int sched_cpu_deactivate(unsigned int cpu);
/** sched_cpu_wait_empty - until nobody else wants @cpu. As above; may sleep. Return: 0 or -EBUSY. */
int sched_cpu_wait_empty(unsigned int cpu);
/* So long, in nanoseconds; tests shorten it. */
extern u64 sched_leave_limit_ns;
/** sched_cpu_dying - @cpu runs nobody any more after us. On it, all others stopped. Return: 0; -EAGAIN: somebody is in line. */
int sched_cpu_dying(unsigned int cpu);

#endif
