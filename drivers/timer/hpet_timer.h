/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the event timers share.
 */
#ifndef _DRIVERS_HPET_TIMER_H
#define _DRIVERS_HPET_TIMER_H

#include <linux/hpet.h>

/* A line for this timer's messages, or -Exxx. The timer sends nothing until it has HPET_TN_FSB. */
int hpet_msi_alloc(struct hpet_timer *timer);
/* Give it back; it has no handler, and the timer stands still. */
void hpet_msi_free(unsigned int irq);

#endif
