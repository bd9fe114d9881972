// SPDX-License-Identifier: GPL-2.0-only
/*
 * NMI: own stack, exact registers, nesting after a fault in the handler (claim A3); who is asked.
 *
 * "int $2" goes the same way as an NMI, but that it does not hold further ones back; so within
 * the handler it is exactly the nested NMI that comes after an IRET. The last case uses the real
 * thing.
 */
#include <linux/errno.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <kunit/test.h>
#include <arch/clock.h>
#include <x86/cpu.h>
#include <x86/extable.h>
#include <x86/lapic.h>
#include <x86/traps.h>
#include "../../../tests/boot/thread_helpers.h"
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

static int quiet_handler(unsigned int type, struct pt_regs *regs)
{
	enter();
	seen.depth--;
	return NMI_HANDLED;
}

static int faulting_handler(unsigned int type, struct pt_regs *regs)
{
	unsigned long value;

	enter();
	x86_probe_read((const void *)8, &value);
	seen.depth--;
	return NMI_HANDLED;
}

/* A fault, whose IRET lets NMIs through again; then three more of them, on the first time. */
static int nesting_handler(unsigned int type, struct pt_regs *regs)
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
	return NMI_HANDLED;
}

/* What the suite's own registration does at the moment. */
static nmi_handler_t handler;

static int call_handler(unsigned int type, struct pt_regs *regs)
{
	return handler(type, regs);
}

static int nmi_test_init(struct kunit *test)
{
	memset(&seen, 0, sizeof(seen));
	handler = quiet_handler;
	return register_nmi_handler(NMI_LOCAL, call_handler, 0, "test");
}

static void nmi_test_exit(struct kunit *test)
{
	unregister_nmi_handler(NMI_LOCAL, "test");
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
	handler = faulting_handler;
	registers_expect_same(test, registers_over_nmi, NULL);
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
}

/* Those that come meanwhile are one, as in the processor's own latch; it runs after the first. */
static void nmi_during_an_nmi_is_run_after_it(struct kunit *test)
{
	handler = nesting_handler;
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, 3U);
}

static void every_register_survives_nested_nmis(struct kunit *test)
{
	handler = nesting_handler;
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

/* A breakpoint in the handler returns by IRET, too. */
static bool ignore_breakpoint(struct pt_regs *regs, unsigned long vector)
{
	return true;
}

static int breakpoint_handler(unsigned int type, struct pt_regs *regs)
{
	enter();
	__asm__ __volatile__("int3" : : : "memory");
	if (seen.runs == 1)
		NMI_NOW();
	seen.depth--;
	return NMI_HANDLED;
}

static void every_register_survives_nmis_with_breakpoints_in_them(struct kunit *test)
{
	x86_debug_handler before = x86_set_debug_handler(ignore_breakpoint);

	handler = breakpoint_handler;
	registers_expect_same(test, registers_over_nmi, NULL);
	x86_set_debug_handler(before);
	KUNIT_EXPECT_EQ(test, seen.runs, 3U);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
}

/* ---------------------------------------------------------------- who is asked */

static char asked[8];

static void note_asked(char who)
{
	size_t length = strlen(asked);

	if (length < sizeof(asked) - 1)
		asked[length] = who;
}

static int handler_a(unsigned int type, struct pt_regs *regs)
{
	note_asked('a');
	return NMI_DONE;
}

static int handler_b(unsigned int type, struct pt_regs *regs)
{
	note_asked('b');
	return NMI_HANDLED;
}

static int handler_of_unknown(unsigned int type, struct pt_regs *regs)
{
	note_asked(type == NMI_UNKNOWN ? 'u' : '?');
	return NMI_HANDLED;
}

static int idle_handler(unsigned int type, struct pt_regs *regs)
{
	return NMI_DONE;
}

static void all_handlers_are_asked_first_ones_first(struct kunit *test)
{
	memset(asked, 0, sizeof(asked));
	KUNIT_ASSERT_EQ(test, register_nmi_handler(NMI_LOCAL, handler_a, 0, "a"), 0);
	KUNIT_ASSERT_EQ(test, register_nmi_handler(NMI_LOCAL, handler_b, NMI_FLAG_FIRST, "b"), 0);
	NMI_NOW();
	KUNIT_EXPECT_STREQ(test, asked, "ba");
	KUNIT_EXPECT_EQ(test, seen.runs, 1U);
	unregister_nmi_handler(NMI_LOCAL, "b");
	NMI_NOW();
	KUNIT_EXPECT_STREQ(test, asked, "baa");
	unregister_nmi_handler(NMI_LOCAL, "a");
	NMI_NOW();
	KUNIT_EXPECT_STREQ(test, asked, "baa");
	KUNIT_EXPECT_EQ(test, seen.runs, 3U);
}

static void unknown_handlers_are_asked_when_nobody_else_had(struct kunit *test)
{
	memset(asked, 0, sizeof(asked));
	KUNIT_ASSERT_EQ(test, register_nmi_handler(NMI_UNKNOWN, handler_of_unknown, 0, "u"), 0);
	NMI_NOW();
	KUNIT_EXPECT_STREQ(test, asked, "");
	handler = idle_handler;
	NMI_NOW();
	KUNIT_EXPECT_STREQ(test, asked, "u");
	unregister_nmi_handler(NMI_UNKNOWN, "u");
}

static int register_a(unsigned int type)
{
	return register_nmi_handler(type, handler_a, 0, "a");
}

static void registrations_that_make_no_sense_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, register_a(NMI_LOCAL), 0);
	KUNIT_EXPECT_EQ(test, register_a(NMI_LOCAL), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_nmi_handler(NMI_LOCAL, handler_b, 0, "a"), -EINVAL);
	unregister_nmi_handler(NMI_LOCAL, "a");
	bug_expect(1);
	KUNIT_EXPECT_EQ(test, register_a(NMI_MAX), -EINVAL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	bug_expect(1);
	unregister_nmi_handler(NMI_LOCAL, "a");
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

/* Serves two events at once; the NMI of the second one comes all the same, and finds nothing. */
static int greedy_handler(unsigned int type, struct pt_regs *regs)
{
	enter();
	seen.depth--;
	if (seen.runs == 1) {
		NMI_NOW();
		return 2 * NMI_HANDLED;
	}
	return NMI_DONE;
}

static void nmi_whose_event_was_served_with_another_is_not_reported(struct kunit *test)
{
	struct x86_nmi_counts before, after;

	preempt_disable();
	before = *this_cpu_ptr(&x86_nmi_counts);
	handler = greedy_handler;
	NMI_NOW();
	after = *this_cpu_ptr(&x86_nmi_counts);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, seen.runs, 2U);
	KUNIT_EXPECT_EQ(test, after.handled, before.handled + 1);
	KUNIT_EXPECT_EQ(test, after.empty, before.empty + 1);
	KUNIT_EXPECT_EQ(test, after.unknown, before.unknown);
}

/* ---------------------------------------------------------------- from the local APIC */

static void send_nmi(unsigned int cpu)
{
	lapic_send(x86_cpu_apic_id[cpu], LAPIC_DELIVER_NMI | LAPIC_ICR_ASSERT);
}

/* Sends the next one from within, with NMIs let through by a fault. */
static int chain_handler(unsigned int type, struct pt_regs *regs)
{
	unsigned long value;

	enter();
	x86_probe_read((const void *)8, &value);
	if (seen.runs < seen.stop_after)
		send_nmi(smp_processor_id());
	seen.depth--;
	return NMI_HANDLED;
}

static void chain_of_real_nmis_loses_none(struct kunit *test)
{
	u64 end;

	if (!lapic_regs)
		kunit_skip(test, "no local APIC");
	seen.stop_after = 200;
	handler = chain_handler;
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	send_nmi(0);
	end = arch_clock_ns() + PATIENCE_NS;
	while (READ_ONCE(seen.runs) < seen.stop_after && arch_clock_ns() < end)
		arch_delay_ns(1000);
	KUNIT_EXPECT_EQ(test, seen.runs, 200U);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
}

/* Another CPU's NMI handler, which stays until it is told to go, and a little longer. */
static int entered, may_leave, left;

static int staying_handler(unsigned int type, struct pt_regs *regs)
{
	if (smp_processor_id() != 1)
		return NMI_DONE;
	WRITE_ONCE(entered, 1);
	while (!READ_ONCE(may_leave))
		arch_cpu_relax();
	for (int i = 0; i < 100000; i++)
		arch_cpu_relax();
	WRITE_ONCE(left, 1);
	return NMI_HANDLED;
}

static void unregister_waits_for_a_handler_on_another_cpu(struct kunit *test)
{
	if (!lapic_regs || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs with local APICs");
	entered = may_leave = left = 0;
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	KUNIT_ASSERT_EQ(test, register_nmi_handler(NMI_LOCAL, staying_handler, 0, "stays"), 0);
	send_nmi(1);
	while (!READ_ONCE(entered))
		arch_cpu_relax();
	WRITE_ONCE(may_leave, 1);
	unregister_nmi_handler(NMI_LOCAL, "stays");
	KUNIT_EXPECT_EQ(test, READ_ONCE(left), 1);
}

/*
 * NMIs from CPU 1, over faults and interrupts of CPU 0, some while the one before is handled. From time to
 * time CPU 0 gets as far as its next interrupt, even where it is slow.
 */
#define LONGEST_PAUSE	3000
static int storm_over;

static void send_storm(void *unused)
{
	for (unsigned int sent = 0; !READ_ONCE(storm_over); sent++) {
		unsigned int pause = sent * 37 % LONGEST_PAUSE;

		send_nmi(0);
		for (unsigned int i = 0; i < pause; i++)
			arch_cpu_relax();
	}
}

static void be_busy(struct irq_work *work)
{
	unsigned long value;

	x86_probe_read((const void *)8, &value);
}

static void storm_over_faults_and_interrupts_harms_nothing(struct kunit *test)
{
	struct irq_work work = IRQ_WORK_INIT(be_busy);
	struct actor actor;
	unsigned int runs;

	if (!lapic_regs || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs with local APICs");
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	handler = faulting_handler;
	storm_over = 0;
	actor_start(test, &actor, 1, send_storm, NULL);
	for (int i = 0; i < 500; i++) {
		irq_work_queue(&work);
		irq_work_sync(&work);
		be_busy(NULL);
	}
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(seen.runs) > 100));
	WRITE_ONCE(storm_over, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	registers_expect_same(test, registers_over_nmi, NULL);
	runs = READ_ONCE(seen.runs);
	NMI_NOW();
	KUNIT_EXPECT_EQ(test, seen.runs, runs + 1);
	KUNIT_EXPECT_EQ(test, seen.deepest, 1U);
}

static struct kunit_case nmi_cases[] = {
	KUNIT_CASE(handler_runs_in_nmi_context_on_the_nmi_stack),
	KUNIT_CASE(every_register_survives_an_nmi),
	KUNIT_CASE(every_register_survives_an_nmi_with_a_fault_in_it),
	KUNIT_CASE(nmi_during_an_nmi_is_run_after_it),
	KUNIT_CASE(every_register_survives_nested_nmis),
	KUNIT_CASE(nmi_before_the_return_of_an_nmi_is_handled),
	KUNIT_CASE(every_register_survives_nmis_with_breakpoints_in_them),
	KUNIT_CASE(all_handlers_are_asked_first_ones_first),
	KUNIT_CASE(unknown_handlers_are_asked_when_nobody_else_had),
	KUNIT_CASE(registrations_that_make_no_sense_are_refused),
	KUNIT_CASE(nmi_whose_event_was_served_with_another_is_not_reported),
	KUNIT_CASE(chain_of_real_nmis_loses_none),
	KUNIT_CASE(unregister_waits_for_a_handler_on_another_cpu),
	KUNIT_CASE(storm_over_faults_and_interrupts_harms_nothing),
	{}
};

static struct kunit_suite nmi_suite = {
	.name = "x86-nmi",
	.init = nmi_test_init,
	.exit = nmi_test_exit,
	.test_cases = nmi_cases,
};
kunit_test_suite(nmi_suite);
