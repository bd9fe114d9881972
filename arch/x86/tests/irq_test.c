// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way into an interrupt and back: registers, stacks, current (claim A10).
 *
 * The interrupt is the local APIC's irq_work, requested while interrupts are off, so that the test
 * chooses the instruction at which it comes.
 */
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <kunit/test.h>
#include <arch/cpu.h>
#include <arch/task.h>
#include <x86/cpu.h>
#include <x86/lapic.h>
#include <x86/processor.h>
#include "registers.h"

/* What the handler found. */
static struct {
	unsigned int runs;
	struct task_struct *current_task;
	enum x86_stack_kind stack;
	int nesting;
	bool on_irq_stack;
	unsigned long flags;
} seen;

static void look(struct irq_work *work)
{
	unsigned long low, high;

	seen.runs++;
	seen.current_task = current;
	seen.stack = x86_stack_of((unsigned long)&low, &low, &high);
	seen.nesting = this_cpu_read(x86_irq_stack.nesting);
	seen.on_irq_stack = arch_on_irq_stack();
	local_save_flags(seen.flags);
}

static DEFINE_IRQ_WORK(look_work, look);

static void request_interrupt(void)
{
	irq_work_queue(&look_work);
}

static void request_interrupt_and_preemption(void)
{
	irq_work_queue(&look_work);
	set_preempt_need_resched();
}

static void wait_until_seen(void)
{
	while (irq_work_is_busy(&look_work))
		arch_cpu_relax();
}

static int irq_test_init(struct kunit *test)
{
	if (!lapic_regs)
		kunit_skip(test, "no local APIC");
	memset(&seen, 0, sizeof(seen));
	return 0;
}

static void every_register_survives_an_interrupt(struct kunit *test)
{
	registers_expect_same(test, registers_over_interrupt, request_interrupt);
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
	/* The direction flag was set, and C code must not see it. */
	KUNIT_EXPECT_FALSE(test, seen.flags & X86_EFLAGS_DF);
}

static void every_register_survives_a_preemption(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_PREEMPT))
		kunit_skip(test, "needs CONFIG_PREEMPT");
	registers_expect_same(test, registers_over_interrupt, request_interrupt_and_preemption);
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
}

static void handler_runs_on_the_interrupt_stack(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, arch_on_irq_stack());
	irq_work_queue(&look_work);
	wait_until_seen();
	KUNIT_EXPECT_EQ(test, seen.runs, 1U);
	KUNIT_EXPECT_EQ(test, seen.stack, X86_STACK_IRQ);
	KUNIT_EXPECT_TRUE(test, seen.on_irq_stack);
	KUNIT_EXPECT_EQ(test, seen.nesting, 0);
	KUNIT_EXPECT_TRUE(test, irqs_disabled_flags(seen.flags));
}

/* The notes say that there is no current in an interrupt. There is: whoever was interrupted. */
static void current_in_a_handler_is_the_interrupted_task(struct kunit *test)
{
	preempt_disable();
	irq_work_queue(&look_work);
	wait_until_seen();
	preempt_enable();
	KUNIT_EXPECT_PTR_EQ(test, seen.current_task, current);
}

/* Nothing here gives preemption another chance: the way out of the interrupt alone can have answered. */
static void wanted_reschedule_happens_on_the_way_out(struct kunit *test)
{
	bool wanted;

	if (!IS_ENABLED(CONFIG_PREEMPT))
		kunit_skip(test, "needs PREEMPT");
	local_irq_disable();
	request_interrupt_and_preemption();
	local_irq_enable();
	wait_until_seen();
	wanted = need_resched();
	KUNIT_EXPECT_FALSE(test, wanted);
}

/* ---------------------------------------------------------------- on the interrupt stack */

static struct {
	bool on_irq_stack;
	int nesting_before, nesting_after;
} outer;

static void be_interrupted(void)
{
	outer.on_irq_stack = arch_on_irq_stack();
	outer.nesting_before = this_cpu_read(x86_irq_stack.nesting);
	irq_work_queue(&look_work);
	local_irq_enable();
	wait_until_seen();
	local_irq_disable();
	outer.nesting_after = this_cpu_read(x86_irq_stack.nesting);
}

static void interrupt_of_the_interrupt_stack_stays_on_it(struct kunit *test)
{
	preempt_disable();
	local_irq_disable();
	arch_call_on_irq_stack(be_interrupted);
	local_irq_enable();
	preempt_enable();

	KUNIT_EXPECT_TRUE(test, outer.on_irq_stack);
	KUNIT_EXPECT_EQ(test, outer.nesting_before, 0);
	KUNIT_EXPECT_EQ(test, outer.nesting_after, 0);
	KUNIT_EXPECT_EQ(test, seen.runs, 1U);
	KUNIT_EXPECT_EQ(test, seen.stack, X86_STACK_IRQ);
	KUNIT_EXPECT_EQ(test, seen.nesting, 1);
	KUNIT_EXPECT_FALSE(test, arch_on_irq_stack());
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(every_register_survives_an_interrupt),
	KUNIT_CASE(every_register_survives_a_preemption),
	KUNIT_CASE(handler_runs_on_the_interrupt_stack),
	KUNIT_CASE(current_in_a_handler_is_the_interrupted_task),
	KUNIT_CASE(wanted_reschedule_happens_on_the_way_out),
	KUNIT_CASE(interrupt_of_the_interrupt_stack_stays_on_it),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "x86-irq-entry",
	.init = irq_test_init,
	.test_cases = irq_cases,
};
kunit_test_suite(irq_suite);
