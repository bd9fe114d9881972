// SPDX-License-Identifier: GPL-2.0-only
/*
 * Replaying an interrupt that came while it could not be handled.
 *
 * What
 *	An edge is a moment: nobody asks again. So an edge that came while the line was disabled is
 *	remembered as PENDING, and made to happen again when the line is enabled: by the chip where it
 *	can, else by running the flow on this CPU as if it had fired. A level line needs none of it: the
 *	device still asks, and unmasking is enough.
 *
 * Contexts
 *	Any but NMI; interrupts off, desc->lock held (it is dropped while the flow runs).
 *
 * Differs from Linux
 *	There, software replay runs from a tasklet; here at once, inside enable_irq().
 *
 * Tests
 *	tests/boot/irq_test.c (A6)
 */
#include <linux/irqdesc.h>
#include <linux/hardirq.h>

#include "internals.h"

/* As if the line had fired here. */
static void replay_by_software(struct irq_desc *desc)
{
	raw_spin_unlock(&desc->lock);
	irq_enter();
	generic_handle_irq_desc(desc);
	irq_exit();
	raw_spin_lock(&desc->lock);
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
