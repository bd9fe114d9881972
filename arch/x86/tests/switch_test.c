// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switch between stacks, without a scheduler: a task made by hand, switched to and back with
 * interrupts off.
 */
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/gfp.h>
#include <kunit/test.h>
#include <arch/task.h>
#include "registers.h"

static struct {
	struct task_struct *here, *other;
	struct task_struct *last;
	bool irqs_off;
	unsigned long sp;
	unsigned int starts, resumptions;
} seen;

/* The other task: clobbers what a switch may clobber, and goes back, as often as it is asked. */
static void other_entry(void)
{
	unsigned long here;

	seen.last = arch_switch_last();
	seen.irqs_off = irqs_disabled();
	seen.sp = (unsigned long)&here;
	seen.starts++;
	for (;;) {
		/* rbp really changes: it is the one that the switch itself has to bring back. */
		__asm__ __volatile__("xorl %%ebp, %%ebp" : : :
				     "rbx", "rbp", "r12", "r13", "r14", "r15", "memory");
		seen.last = arch_switch_to(seen.other, seen.here);
		seen.resumptions++;
	}
}

static void free_stack(void *stack)
{
	free_pages((unsigned long)stack, get_order(THREAD_SIZE));
}

static int switch_test_init(struct kunit *test)
{
	void *stack = (void *)__get_free_pages(GFP_KERNEL, get_order(THREAD_SIZE));

	if (!stack)
		return -ENOMEM;
	memset(&seen, 0, sizeof(seen));
	kunit_add_action(test, free_stack, stack);
	seen.here = current;
	seen.other = kunit_kzalloc(test, sizeof(*seen.other), GFP_KERNEL);
	if (!seen.other)
		return -ENOMEM;
	seen.other->stack = stack;
	arch_thread_init(seen.other, stack, other_entry);
	return 0;
}

static void new_thread_starts_at_its_entry(struct kunit *test)
{
	unsigned long flags;
	struct task_struct *last;

	local_irq_save(flags);
	last = arch_switch_to(seen.here, seen.other);
	local_irq_restore(flags);

	KUNIT_EXPECT_EQ(test, seen.starts, 1U);
	KUNIT_EXPECT_PTR_EQ(test, seen.last, seen.here);
	KUNIT_EXPECT_PTR_EQ(test, last, seen.other);
	KUNIT_EXPECT_TRUE(test, seen.irqs_off);
	KUNIT_EXPECT_GE(test, seen.sp, (unsigned long)seen.other->stack);
	KUNIT_EXPECT_LT(test, seen.sp, (unsigned long)seen.other->stack + THREAD_SIZE);
}

static void resumed_thread_goes_on_where_it_was(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	arch_switch_to(seen.here, seen.other);
	arch_switch_to(seen.here, seen.other);
	arch_switch_to(seen.here, seen.other);
	local_irq_restore(flags);

	KUNIT_EXPECT_EQ(test, seen.starts, 1U);
	KUNIT_EXPECT_EQ(test, seen.resumptions, 2U);
	KUNIT_EXPECT_PTR_EQ(test, seen.last, seen.here);
}

static void switch_keeps_stack_and_frame_pointer(struct kunit *test)
{
	unsigned long out[3], flags;

	local_irq_save(flags);
	switch_and_look(seen.here, seen.other, out);
	local_irq_restore(flags);

	KUNIT_EXPECT_EQ(test, out[0], SWITCH_PATTERN);
	KUNIT_EXPECT_EQ(test, out[1], 0UL);
	KUNIT_EXPECT_EQ(test, out[2], (unsigned long)seen.other);
}

/* What the compiler keeps in registers across the switch must be saved by it: many live values. */
static noinline unsigned long switch_with_many_values(unsigned long x)
{
	unsigned long v[12], sum = 0;
	unsigned int i;

	for (i = 0; i < 12; i++) {
		v[i] = x * (i + 3) ^ (x >> i);
		OPTIMIZER_HIDE_VAR(v[i]);
	}
	arch_switch_to(seen.here, seen.other);
	for (i = 0; i < 12; i++)
		sum += v[i] * (i + 1);
	return sum;
}

static unsigned long same_sum(unsigned long x)
{
	unsigned long sum = 0;
	unsigned int i;

	for (i = 0; i < 12; i++)
		sum += (x * (i + 3) ^ (x >> i)) * (i + 1);
	return sum;
}

static void values_in_registers_survive_a_switch(struct kunit *test)
{
	unsigned long x = 0x123456789abcdefUL, sum, flags;

	local_irq_save(flags);
	sum = switch_with_many_values(x);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, sum, same_sum(x));
}

static struct kunit_case switch_cases[] = {
	KUNIT_CASE(new_thread_starts_at_its_entry),
	KUNIT_CASE(resumed_thread_goes_on_where_it_was),
	KUNIT_CASE(switch_keeps_stack_and_frame_pointer),
	KUNIT_CASE(values_in_registers_survive_a_switch),
	{}
};

static struct kunit_suite switch_suite = {
	.name = "x86-switch",
	.init = switch_test_init,
	.test_cases = switch_cases,
};
kunit_test_suite(switch_suite);
