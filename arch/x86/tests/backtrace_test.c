// SPDX-License-Identifier: GPL-2.0-only
/*
 * Backtraces: through calls, interrupts, exceptions; safe on nonsense; names.
 */
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kthread.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <kunit/test.h>
#include <arch/task.h>
#include <arch/trap.h>
#include <x86/lapic.h>
#include <x86/processor.h>
#include <x86/traps.h>
#include <x86/unwind.h>

#define FRAMES	32

static unsigned long pcs[FRAMES];
static unsigned int frames;

static const char *name_of(unsigned int frame)
{
	const char *name = kallsyms_find(pcs[frame] - 1, NULL, NULL);

	return name ? name : "";
}

/* Compilers append ".isra.0", ".constprop.0" and the like to names. */
static bool is_named(unsigned int frame, const char *wanted)
{
	size_t length = strlen(wanted);
	const char *name = name_of(frame);

	return !strncmp(name, wanted, length) && (!name[length] || name[length] == '.');
}

/* The first frame of that name from @from on, or FRAMES. */
static unsigned int find(const char *name, unsigned int from)
{
	while (from < frames && !is_named(from, name))
		from++;
	return from < frames ? from : FRAMES;
}

/* The barriers keep the calls from being made jumps. */
static noinline void trace_innermost(void)
{
	frames = arch_backtrace(pcs, FRAMES);
	barrier();
}

static noinline void trace_middle(void)
{
	trace_innermost();
	barrier();
}

static noinline void trace_outer(void (*fn)(void))
{
	fn();
	barrier();
}

static void callers_are_named_innermost_first(struct kunit *test)
{
	trace_outer(trace_middle);
	KUNIT_ASSERT_GE(test, frames, 4U);
	KUNIT_EXPECT_TRUE(test, is_named(0, "trace_innermost"));
	KUNIT_EXPECT_TRUE(test, is_named(1, "trace_middle"));
	KUNIT_EXPECT_TRUE(test, is_named(2, "trace_outer"));
	KUNIT_EXPECT_TRUE(test, is_named(3, "callers_are_named_innermost_first"));
}

static void backtrace_ends_where_the_thread_began(struct kunit *test)
{
	trace_innermost();
	KUNIT_EXPECT_TRUE(test, is_named(frames - 1, "x86_thread_start"));
}

static void backtrace_stops_at_the_limit(struct kunit *test)
{
	unsigned long few[3] = { 0, 0, 1234 };

	KUNIT_EXPECT_EQ(test, arch_backtrace(few, 2), 2U);
	KUNIT_EXPECT_NE(test, few[1], 0UL);
	KUNIT_EXPECT_EQ(test, few[2], 1234UL);
}

/* ---------------------------------------------------------------- through an interrupt */

static void trace_in_interrupt(struct irq_work *work)
{
	trace_innermost();
}

static DEFINE_IRQ_WORK(trace_work, trace_in_interrupt);

static noinline void be_interrupted_here(void)
{
	irq_work_queue(&trace_work);
	local_irq_enable();
	while (!READ_ONCE(frames))
		;
	local_irq_disable();
	barrier();
}

/* The entry code stands right above what it interrupted. Return: where it stands. */
static unsigned int expect_entered_from(struct kunit *test, const char *entry_code, const char *interrupted)
{
	unsigned int entry = find(entry_code, 0);

	KUNIT_EXPECT_LT(test, entry, (unsigned int)FRAMES);
	KUNIT_EXPECT_EQ(test, find(interrupted, 0), entry + 1);
	return entry;
}

static void backtrace_of_an_interrupt_leads_to_the_interrupted(struct kunit *test)
{
	if (!lapic_regs)
		kunit_skip(test, "no local APIC");
	frames = 0;
	preempt_disable();
	local_irq_disable();
	be_interrupted_here();
	local_irq_enable();
	preempt_enable();

	expect_entered_from(test, "x86_irq_common", "be_interrupted_here");
	KUNIT_EXPECT_TRUE(test, is_named(frames - 1, "x86_thread_start"));
}

static void backtrace_on_the_interrupt_stack_leads_to_the_task(struct kunit *test)
{
	unsigned int entry;

	local_irq_disable();
	arch_call_on_irq_stack(trace_innermost);
	local_irq_enable();

	entry = find("arch_call_on_irq_stack", 0);
	KUNIT_EXPECT_EQ(test, entry, 1U);
	KUNIT_EXPECT_TRUE(test, is_named(2, "backtrace_on_the_interrupt_stack_leads_to_the_task"));
}

/* ---------------------------------------------------------------- through an exception */

static bool trace_in_breakpoint(struct pt_regs *regs, unsigned long vector)
{
	trace_innermost();
	return true;
}

static noinline void hit_breakpoint(void)
{
	__asm__ __volatile__("int3");
	barrier();
}

static void backtrace_of_an_exception_leads_to_the_faulting_code(struct kunit *test)
{
	x86_debug_handler before = x86_set_debug_handler(trace_in_breakpoint);
	unsigned int entry;

	hit_breakpoint();
	x86_set_debug_handler(before);

	entry = expect_entered_from(test, "x86_exception_common", "hit_breakpoint");
	KUNIT_EXPECT_EQ(test, find("backtrace_of_an_exception_leads_to_the_faulting_code", 0),
			entry + 2);
}

static int trace_in_nmi(unsigned int type, struct pt_regs *regs)
{
	trace_innermost();
	return NMI_HANDLED;
}

static int trace_nmis(void)
{
	return register_nmi_handler(NMI_LOCAL, trace_in_nmi, 0, "trace");
}

static noinline void hit_nmi(void)
{
	__asm__ __volatile__("int $2");
	barrier();
}

static void backtrace_of_an_nmi_leads_to_the_interrupted(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, trace_nmis(), 0);
	hit_nmi();
	unregister_nmi_handler(NMI_LOCAL, "trace");

	expect_entered_from(test, "x86_nmi_entry", "hit_nmi");
}

/*
 * At every single instruction: step through a function, with pushes, calls and interrupts, and walk
 * up from each.
 */
static unsigned int steps, lost_steps;
static bool stop_stepping;

static bool walk_at_each_step(struct pt_regs *regs, unsigned long vector)
{
	struct x86_unwind u;
	unsigned long last;

	if (vector != X86_EXCEPTION_DB)
		return true;
	if (stop_stepping)
		regs->flags &= ~X86_EFLAGS_TF;
	steps++;
	x86_unwind_from(&u, regs);
	do
		last = u.pc;
	while (x86_unwind_next(&u));
	if (strcmp(kallsyms_find(last - 1, NULL, NULL) ?: "", "x86_thread_start"))
		lost_steps++;
	return true;
}

static noinline unsigned long stepped(unsigned long n)
{
	return n ? stepped(n - 1) * 3 + n : trace_middle(), 1;
}

static void walk_from_any_instruction_reaches_the_beginning(struct kunit *test)
{
	x86_debug_handler debug_before;
	unsigned long flags;

	KUNIT_ASSERT_EQ(test, trace_nmis(), 0);
	debug_before = x86_set_debug_handler(walk_at_each_step);
	steps = lost_steps = 0;
	WRITE_ONCE(stop_stepping, false);
	local_irq_save(flags);
	__asm__ __volatile__("pushfq; orq %0, (%%rsp); popfq"
			     : : "i"(X86_EFLAGS_TF) : "memory", "cc");
	stepped(4);
	__asm__ __volatile__("int $2");
	WRITE_ONCE(stop_stepping, true);
	local_irq_restore(flags);
	unregister_nmi_handler(NMI_LOCAL, "trace");
	x86_set_debug_handler(debug_before);

	KUNIT_EXPECT_GT(test, steps, 100U);
	KUNIT_EXPECT_EQ(test, lost_steps, 0U);
}

/* ---------------------------------------------------------------- nonsense */

static unsigned long next_random(unsigned long *seed)
{
	*seed = *seed * 6364136223846793005UL + 1442695040888963407UL;
	return *seed >> 11 ^ *seed << 23;
}

/* Any ip in the code with any stack pointer, near this stack or not. */
static void walk_from_garbage_ends(struct kunit *test)
{
	extern const char _text[], _etext[];
	unsigned long seed = 1, text_size = (unsigned long)(_etext - _text);
	unsigned int i, reg;

	for (i = 0; i < 2000; i++) {
		struct x86_unwind u;
		struct pt_regs regs;
		unsigned long *words = (unsigned long *)&regs;

		for (reg = 0; reg < sizeof(regs) / sizeof(*words); reg++)
			words[reg] = next_random(&seed);
		regs.ip = (unsigned long)_text + next_random(&seed) % text_size;
		if (i & 1)
			regs.sp = (unsigned long)&regs + next_random(&seed) % 4096;
		if (i & 2)
			regs.bp = (unsigned long)&regs + next_random(&seed) % 4096;
		preempt_disable();
		x86_unwind_from(&u, &regs);
		while (x86_unwind_next(&u))
			;
		preempt_enable();
		KUNIT_ASSERT_LE(test, u.frames, (unsigned int)X86_UNWIND_MAX);
	}
}

/* ---------------------------------------------------------------- names */

static void function_is_found_by_its_first_and_last_byte(struct kunit *test)
{
	unsigned long start = (unsigned long)arch_dump_stack, offset, size;

	KUNIT_ASSERT_NOT_NULL(test, kallsyms_find(start, &offset, &size));
	KUNIT_EXPECT_STREQ(test, kallsyms_find(start, NULL, NULL), "arch_dump_stack");
	KUNIT_EXPECT_EQ(test, offset, 0UL);
	KUNIT_EXPECT_STREQ(test, kallsyms_find(start + size - 1, &offset, NULL), "arch_dump_stack");
	KUNIT_EXPECT_EQ(test, offset, size - 1);
	KUNIT_EXPECT_STRNEQ(test, kallsyms_find(start + size, NULL, NULL), "arch_dump_stack");
}

static void address_outside_of_code_has_no_name(struct kunit *test)
{
	char text[KSYM_SYMBOL_LEN];

	KUNIT_EXPECT_NULL(test, kallsyms_find(0, NULL, NULL));
	KUNIT_EXPECT_NULL(test, kallsyms_find((unsigned long)pcs, NULL, NULL));
	KUNIT_EXPECT_NULL(test, kallsyms_find(~0UL, NULL, NULL));
	sprint_symbol(text, 0x1234);
	KUNIT_EXPECT_STREQ(test, text, "0x0000000000001234");
}

static struct kunit_case backtrace_cases[] = {
	KUNIT_CASE(callers_are_named_innermost_first),
	KUNIT_CASE(backtrace_ends_where_the_thread_began),
	KUNIT_CASE(backtrace_stops_at_the_limit),
	KUNIT_CASE(backtrace_of_an_interrupt_leads_to_the_interrupted),
	KUNIT_CASE(backtrace_on_the_interrupt_stack_leads_to_the_task),
	KUNIT_CASE(backtrace_of_an_exception_leads_to_the_faulting_code),
	KUNIT_CASE(backtrace_of_an_nmi_leads_to_the_interrupted),
	KUNIT_CASE(walk_from_any_instruction_reaches_the_beginning),
	KUNIT_CASE(walk_from_garbage_ends),
	KUNIT_CASE(function_is_found_by_its_first_and_last_byte),
	KUNIT_CASE(address_outside_of_code_has_no_name),
	{}
};

static struct kunit_suite backtrace_suite = {
	.name = "x86-backtrace",
	.test_cases = backtrace_cases,
};
kunit_test_suite(backtrace_suite);
