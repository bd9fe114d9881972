/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sources of the softirq unit, and the two entries that it borrows. Nobody else raises them: the
 * machines it runs on have no disk.
 */
#ifndef CONFORMANCE_SOFTIRQ_H
#define CONFORMANCE_SOFTIRQ_H

#include "deferral.h"

#define FIRST	BLOCK_SOFTIRQ
#define SECOND	IRQ_POLL_SOFTIRQ

static inline bool is_pending(unsigned int nr)
{
	return local_softirq_pending() & (1U << nr);
}

void observe_raise_in_task(void);
void observe_raise_in_interrupt(void);
void observe_drain(void);
void observe_softirq_smp(void);

#endif
