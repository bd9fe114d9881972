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
#include <linux/smp.h>
#include <linux/errno.h>

#include "internals.h"

/* The lines that are to be replayed on this CPU. A: another CPU may call one off. */
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
		if (!test_and_clear_bit(irq, lines))
			continue;
		__this_cpu_write(replaying, true);
		generic_handle_irq(irq);
		__this_cpu_write(replaying, false);
	}
}

static DEFINE_PER_CPU(struct irq_work, replay_work) = IRQ_WORK_INIT(replay);

static int replay_by_software(struct irq_desc *desc)
{
	unsigned int irq = desc->irq_data.irq;

	/* Its handler runs in another line's thread: that one fires for it. */
	if (irq_is_nested(desc)) {
		irq = desc->parent_irq;
		if (!irq || !irq_to_desc(irq))
			return -EINVAL;
	}
	set_bit(irq, *this_cpu_ptr(&replay_lines));
	irq_work_queue(this_cpu_ptr(&replay_work));
	return 0;
}

void irq_cancel_resend_locked(struct irq_desc *desc)
{
	unsigned int cpu;

	lockdep_assert_held(&desc->lock);
	/* Also one that is not awaited any more, as the line fired by itself before it came. */
	for_each_possible_cpu(cpu)
		clear_bit(desc->irq_data.irq, per_cpu(replay_lines, cpu));
	desc->istate &= ~IRQS_REPLAY;
}

static int resend_locked(struct irq_desc *desc, bool though_it_did_not_fire)
{
	struct irq_chip *chip = desc->irq_data.chip;
	int error = 0;

	lockdep_assert_held(&desc->lock);
	if (!(desc->istate & IRQS_PENDING) && !though_it_did_not_fire)
		return 0;
	desc->istate &= ~IRQS_PENDING;
	if (irqd_is_level_type(&desc->irq_data))
		return -EINVAL;
	/* The one that is on its way is for this one, too. */
	if (desc->istate & IRQS_REPLAY)
		return -EBUSY;

	MARK("irq: replayed");
	desc->istate |= IRQS_REPLAY;
	if (!chip->irq_retrigger || !chip->irq_retrigger(&desc->irq_data))
		error = replay_by_software(desc);
	if (error)
		desc->istate &= ~IRQS_REPLAY;
	return error;
}

void irq_resend_locked(struct irq_desc *desc)
{
	resend_locked(desc, false);
}

int irq_inject_locked(struct irq_desc *desc)
{
	return resend_locked(desc, true);
}
