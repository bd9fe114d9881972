/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What has to be done when a CPU comes or goes: states, and functions that are called on the way.
 *
 * What
 *	A CPU climbs from CPUHP_OFFLINE to CPUHP_ONLINE, one state after the other, and calls each state's
 *	startup function; when it goes it descends, and calls the teardown functions.
 *
 *		CPUHP_OFFLINE			nothing of it is left
 *		  ... PREPARE section		functions run in the task that brings it up or down, sleeping or not;
 *						the CPU does not run
 *		CPUHP_BRINGUP_CPU		it is started
 *		  ... STARTING section		on the CPU itself, interrupts off; these cannot fail
 *		CPUHP_AP_ONLINE			it is online
 *		  ... ONLINE section		on the CPU itself, in a thread bound to it that may sleep
 *		CPUHP_ONLINE			all of it is in use
 *
 *	A startup function that returns an error: the CPU goes back to where it was, through the teardown
 *	functions of the states that it had reached. A teardown function of the ONLINE section that returns
 *	one: the CPU stays. What a teardown function of the other sections returns is only reported.
 *
 * Differs from Linux
 *	The states that this kernel has use for, in Linux's order, with other numbers; no instances
 *	(cpuhp_setup_state_multi()); CPUHP_AP_KSOFTIRQD, CPUHP_AP_IRQ_WORK_DYING and
 *	CPUHP_IRQ_WORK_DEAD are this kernel's own.
 */
#ifndef _LINUX_CPUHOTPLUG_H
#define _LINUX_CPUHOTPLUG_H

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,

	CPUHP_OFFLINE = 0,
	CPUHP_IRQ_WORK_DEAD,
	CPUHP_SOFTIRQ_DEAD,
	CPUHP_TIMERS_PREPARE,
	CPUHP_BP_PREPARE_DYN,
	CPUHP_BP_PREPARE_DYN_END	= CPUHP_BP_PREPARE_DYN + 20,
	CPUHP_BRINGUP_CPU,

	CPUHP_AP_OFFLINE,
	CPUHP_AP_SCHED_STARTING,
	CPUHP_AP_IRQ_WORK_DYING,
	CPUHP_AP_SMPCFD_DYING,
	CPUHP_AP_TICK_DYING,
	CPUHP_AP_ONLINE,

	CPUHP_TEARDOWN_CPU,
	CPUHP_AP_ONLINE_IDLE,
	CPUHP_AP_KSOFTIRQD,
	CPUHP_AP_SMPBOOT_THREADS,
	CPUHP_AP_IRQ_AFFINITY_ONLINE,
	CPUHP_AP_WORKQUEUE_ONLINE,
	CPUHP_AP_ONLINE_DYN,
	CPUHP_AP_ONLINE_DYN_END		= CPUHP_AP_ONLINE_DYN + 40,
	CPUHP_AP_ACTIVE,
	CPUHP_ONLINE,
};

/* kernel/cpuhp.c: the bodies of the functions below. */
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool call,
			int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu));
int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool call,
				   int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu));
void __cpuhp_remove_state(enum cpuhp_state state, bool call);
void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool call);

/**
 * cpuhp_setup_state - have functions called when a CPU comes or goes, and the first one now on each that is here
 * @state: CPUHP_AP_ONLINE_DYN, CPUHP_BP_PREPARE_DYN, or one of one's own in the table
 * @name: for people; it must live as long
 * @startup: called when a CPU comes, and now for each that is past @state; may be NULL
 * @teardown: called when a CPU goes; may be NULL
 *
 * If @startup fails now, @teardown is called where it has succeeded, and nothing is set up.
 * Context: task, may sleep, not in such a function.
 * Return: 0, or for the _DYN states the number of the state, above 0; -EBUSY if the state is taken; -ENOSPC
 * if there is no dynamic one left; -EINVAL for a bad one; what @startup returned.
 */
static inline int cpuhp_setup_state(enum cpuhp_state state, const char *name,
				    int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state(state, name, true, startup, teardown);
}

/** cpuhp_setup_state_cpuslocked - the same for a caller who holds cpus_read_lock() */
static inline int cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name,
					       int (*startup)(unsigned int cpu),
					       int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state_cpuslocked(state, name, true, startup, teardown);
}

/** cpuhp_setup_state_nocalls - cpuhp_setup_state() that calls nothing now */
static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    int (*startup)(unsigned int cpu),
					    int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state(state, name, false, startup, teardown);
}

/** cpuhp_setup_state_nocalls_cpuslocked - the same for a caller who holds cpus_read_lock() */
static inline int cpuhp_setup_state_nocalls_cpuslocked(enum cpuhp_state state, const char *name,
						       int (*startup)(unsigned int cpu),
						       int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state_cpuslocked(state, name, false, startup, teardown);
}

/**
 * cpuhp_remove_state - undo cpuhp_setup_state(): the teardown function is called for each CPU that is here
 * @state: what that returned, or the fixed state
 *
 * Context: task, may sleep, not in such a function.
 */
static inline void cpuhp_remove_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, true);
}

/** cpuhp_remove_state_nocalls - the same, and nothing is called */
static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

/** cpuhp_remove_state_nocalls_cpuslocked - the same for a caller who holds cpus_read_lock() */
static inline void cpuhp_remove_state_nocalls_cpuslocked(enum cpuhp_state state)
{
	__cpuhp_remove_state_cpuslocked(state, false);
}

/** cpuhp_boot_cpu_online - the boot CPU begins in CPUHP_ONLINE. Boot CPU, once, per-CPU areas exist. */
void cpuhp_boot_cpu_online(void);
/** notify_cpu_starting - the STARTING section of this CPU. Interrupts off. */
void notify_cpu_starting(void);

#endif
