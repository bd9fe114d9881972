// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests: every register is what it was.
 */
#include <linux/irqflags.h>
#include "registers.h"

static void fill(unsigned long *in, unsigned long seed, unsigned long flags)
{
	unsigned int i;

	for (i = 0; i < REGISTERS; i++)
		in[i] = seed * (i + 1);
	in[REGISTERS_FLAGS] = flags;
}

static void expect_same_once(struct kunit *test, registers_over over, void (*before)(void),
			     const unsigned long *in)
{
	unsigned long out[REGISTERS + 1] = { 0 };
	unsigned long irq_flags;
	unsigned int i;

	local_irq_save(irq_flags);
	if (before)
		before();
	over(in, out);
	local_irq_restore(irq_flags);

	for (i = 0; i < REGISTERS; i++)
		KUNIT_EXPECT_EQ_MSG(test, out[i], in[i], "register %u", i);
	KUNIT_EXPECT_EQ(test, out[REGISTERS_FLAGS] & REGISTERS_FLAGS_MASK,
			in[REGISTERS_FLAGS] & REGISTERS_FLAGS_MASK);
}

void registers_expect_same(struct kunit *test, registers_over over, void (*before)(void))
{
	unsigned long in[REGISTERS + 1];

	/* Bit 1 of the flags is always set; interrupts stay off. */
	fill(in, 0x0123456789abcdefUL, 2 | REGISTERS_FLAGS_MASK);
	expect_same_once(test, over, before, in);
	fill(in, ~0x0123456789abcdefUL, 2);
	expect_same_once(test, over, before, in);
}
