/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of the unit timer: what each of them observes.
 */
#ifndef CONFORMANCE_TIMER_H
#define CONFORMANCE_TIMER_H

void observe_timer_states(void);	/* timer_state.c */
void observe_timer_runs(void);		/* timer_run.c */
void observe_jiffies(void);		/* timer_jiffies.c */
void observe_sleeping(void);		/* timer_sleep.c */
void observe_timers_elsewhere(unsigned int here, unsigned int there);	/* timer_smp.c */

/* Far enough for nothing to happen meanwhile. */
#define FAR_AWAY	(1000 * HZ)

#endif
