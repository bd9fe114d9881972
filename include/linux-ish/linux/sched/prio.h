/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One scale for the urgency of all tasks: the smaller the number, the sooner it runs.
 *
 *	0 .. 98		real-time (SCHED_FIFO, SCHED_RR): 99 - 1 - rt_priority
 *	100 .. 139	ordinary (SCHED_NORMAL): 120 + nice
 *	140		idle tasks
 */
#ifndef _LINUX_SCHED_PRIO_H
#define _LINUX_SCHED_PRIO_H

#define MAX_NICE	19
#define MIN_NICE	(-20)
#define NICE_WIDTH	(MAX_NICE - MIN_NICE + 1)

#define MAX_RT_PRIO	100
#define MAX_PRIO	(MAX_RT_PRIO + NICE_WIDTH)
#define DEFAULT_PRIO	(MAX_RT_PRIO + NICE_WIDTH / 2)

#define NICE_TO_PRIO(nice)	((nice) + DEFAULT_PRIO)
#define PRIO_TO_NICE(prio)	((prio) - DEFAULT_PRIO)

#endif
