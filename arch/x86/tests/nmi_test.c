// SPDX-License-Identifier: GPL-2.0-only
/*
 * NMI: own stack, exact registers, and nesting after a fault in the handler (claim A3).
 *
 * "int $2" goes the same way as an NMI, but that it does not hold further ones back; so within
 * the handler it is exactly the nested NMI that comes after an IRET. The last case uses the real
 * thing.
 */
#include <linux/hardirq.h>
#include <linux/preempt.h>
#include <kunit/test.h>
#include <arch/clock.h>
#include <x86/cpu.h>
#include <x86/extable.h>
#include <x86/lapic.h>
#include <x86/traps.h>
#include "registers.h"

/* A watchdog: far more than any machine is held up for. */
#define PATIENCE_NS	20000000000ULL

#define NMI_NOW()	__asm__ __volatile__("int $2" : : : "memory")

static struct {
	unsigned int runs, depth, deepest;
	enum x86_stack_kind stack;
	bool in_nmi;
	unsigned int stop_after;
} seen;

static void enter(void)
{
	unsigned long low, high;

	seen.runs++;
	seen.depth++;
	seen.deepest = max(seen.deepest, seen.depth);
	seen.stack = x86_stack_of((unsigned long)&low, &low, &high);
	seen.in_nmi = in_nmi();
}

static bool quiet_handler(struct pt_regs *regs)
{
	enter();
	seen.depth--;
	return true;
}

static bool faulting_handler(struct pt_regs *regs)
{
	unsigned long value;

	enter();
	x86_probe_read((const void *)8, &value);
	seen.depth--;
	return true;
}

/* A fault, whose IRET lets NMIs through again; then three more of them, on the first time. */
static bool nesting_handler(struct pt_regs *regs)
{
	unsigned long value;

	enter();
	x86_probe_read((const void *)8, &value);
	if (seen.runs == 1) {
		NMI_NOW();
		NMI_NOW();
		NMI_NOW();
	}
	seen.depth--;
	return true;
}

static x86_nmi_handler previous;

static int nmi_test_init(struct kunit *test)
{
	memset(&seen, 0, sizeof(seen));
	previous = x86_set_nmi_handler(quiet_handler);
	return 0;
}

static void nmi_test_exit(struct kunit *test)
{
	x86_set_nmi_handler(previous);
}

static void handler_runs_in_nmi_context_on_the_nmi_stack(struct kunit *test)
{
	unsigned int count = preempt_count();

	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 1U);
	KUNIT_EXPECT_TRUE(test, seen.in_nmi);
	KUNIT_EXPECT_EQ(test, seen.stack, X86_STACK_NMI);
	KUNIT_EXPECT_EQ(test, preempt_count(), count);
}

static void every_register_survives_an_nmi(struct kunit *test)
{
	registers_expect_same(test, registers_over_nmi, NULL);
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
}

static void every_register_survives_an_nmi_with_a_fault_in_it(struct kunit *test)
{
	x86_set_nmi_handler(faulting_handler);
	registers_expect_same(test, registers_over_nmi, NULL);
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
}

/* Those that come meanwhile are one, as in the processor's own latch; it runs after the first. */
static void nmi_during_an_nmi_is_run_after_it(struct kunit *test)
{
	x86_set_nmi_handler(nesting_handler);
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 3U);
}

static void every_register_survives_nested_nmis(struct kunit *test)
{
	x86_set_nmi_handler(nesting_handler);
	registers_expect_same(test, registers_over_nmi, NULL);
	KUNIT_EXPECT_EQ(test, seen.runs, 3U);
}

static void nmi_before_the_return_of_an_nmi_is_handled(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	nmi_in_window();
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, seen.runs, 1U);
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
}

/* ---------------------------------------------------------------- from the local APIC */

static void send_nmi_to_self(void)
{
	lapic_send(lapic_id(), LAPIC_DELIVER_NMI | LAPIC_ICR_ASSERT);
}

/* Sends the next one from within, with NMIs let through by a fault. */
static bool chain_handler(struct pt_regs *regs)
{
	unsigned long value;

	enter();
	x86_probe_read((const void *)8, &value);
	if (seen.runs < seen.stop_after)
		send_nmi_to_self();
	seen.depth--;
	return true;
}

static void chain_of_real_nmis_loses_none(struct kunit *test)
{
	u64 end;

	if (!lapic_regs)
		kunit_skip(test, "no local APIC");
	seen.stop_after = 200;
	x86_set_nmi_handler(chain_handler);
	send_nmi_to_self();
	end = arch_clock_ns() + PATIENCE_NS;
	while (READ_ONCE(seen.runs) < seen.stop_after && arch_clock_ns() < end)
		arch_delay_ns(1000);
	KUNIT_EXPECT_EQ(test, seen.runs, 200U);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
}

static struct kunit_case nmi_cases[] = {
	KUNIT_CASE(handler_runs_in_nmi_context_on_the_nmi_stack),
	KUNIT_CASE(every_register_survives_an_nmi),
	KUNIT_CASE(every_register_survives_an_nmi_with_a_fault_in_it),
	KUNIT_CASE(nmi_during_an_nmi_is_run_after_it),
	KUNIT_CASE(every_register_survives_nested_nmis),
	KUNIT_CASE(nmi_before_the_return_of_an_nmi_is_handled),
	KUNIT_CASE(chain_of_real_nmis_loses_none),
	{}
};

static struct kunit_suite nmi_suite = {
	.name = "x86-nmi",
	.init = nmi_test_init,
	.exit = nmi_test_exit,
	.test_cases = nmi_cases,
};
kunit_test_suite(nmi_suite);
