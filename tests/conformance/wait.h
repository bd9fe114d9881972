/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of the unit wait: what each of them observes.
 */
#ifndef CONFORMANCE_WAIT_H
#define CONFORMANCE_WAIT_H

void observe_wake_functions(void);	/* wait_queue.c */
void observe_queue_by_hand(void);
void observe_wait_event(void);		/* wait_event.c */
void observe_wait_bit(void);		/* wait_bits.c */
void observe_completions(void);		/* wait_completion.c */

#endif
