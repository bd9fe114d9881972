// SPDX-License-Identifier: GPL-2.0-only
/*
 * Replaying an interrupt that came while it could not be handled.
 *
 * What
 *	An edge is a moment: nobody asks again. So an edge that came while the line was disabled is
 *	remembered as PENDING, and made to happen again when the line is enabled: by the chip where it
 *	can, else by an irq_work of this CPU, which runs the flow as if the line had fired. A level line
 *	needs none of it: the device still asks, and unmasking is enough. A fasteoi line whose chip loses
 *	what comes while the handlers run is replayed when they are through (chip.c).
 *
 * Contexts
 *	irq_resend_locked(): any but NMI; interrupts off, desc->lock held. The flow runs in hard-IRQ context
 *	once interrupts are on, and never inside enable_irq(): its caller may hold a lock that the handler
 *	takes, too.
 *
 * Differs from Linux
 *	There, software replay runs from a tasklet; here in a hard interrupt.
 *
 * Tests
 *	tests/boot/irq_test.c (A6)
 */
#include <linux/bitmap.h>
#include <linux/irqdesc.h>
#include <linux/irq_work.h>
#include <linux/percpu.h>

#include "internals.h"

/* The lines that are to be replayed on this CPU. Q */
static DEFINE_PER_CPU(unsigned long[BITS_TO_LONGS(NR_IRQS)], replay_lines);
/* A flow runs on this CPU for which no controller asked. Q */
static DEFINE_PER_CPU(bool, replaying);

bool irq_is_replay(void)
{
	return this_cpu_read(replaying);
}

/* Hard IRQ. A line may be set again by what its handlers do: then it is found by another run. */
static void replay(struct irq_work *work)
{
	unsigned long *lines = *this_cpu_ptr(&replay_lines);
	unsigned int irq;

	for_each_set_bit(irq, lines, NR_IRQS) {
		__clear_bit(irq, lines);
		__this_cpu_write(replaying, true);
		generic_handle_irq(irq);
		__this_cpu_write(replaying, false);
	}
}

static DEFINE_PER_CPU(struct irq_work, replay_work) = IRQ_WORK_INIT(replay);

static void replay_by_software(struct irq_desc *desc)
{
	__set_bit(desc->irq_data.irq, *this_cpu_ptr(&replay_lines));
	irq_work_queue(this_cpu_ptr(&replay_work));
}

void irq_resend_locked(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	lockdep_assert_held(&desc->lock);
	if (!(desc->istate & IRQS_PENDING))
		return;
	desc->istate &= ~IRQS_PENDING;
	if (irqd_is_level_type(&desc->irq_data) || (desc->istate & IRQS_REPLAY))
		return;

	MARK("irq: replayed");
	desc->istate |= IRQS_REPLAY;
	if (!chip->irq_retrigger || !chip->irq_retrigger(&desc->irq_data))
		replay_by_software(desc);
}
