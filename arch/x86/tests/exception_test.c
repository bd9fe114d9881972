// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exceptions: fixups, also inside of handlers, and exact registers (claims A10, A11).
 */
#include <linux/preempt.h>
#include <kunit/test.h>
#include <x86/extable.h>
#include <x86/processor.h>
#include <x86/traps.h>
#include "registers.h"

#define NO_EXCEPTION	(~0UL)

/* Run one instruction and tell which exception it raised. */
#define VECTOR_OF(instruction, ...) ({					\
	unsigned long __vector = NO_EXCEPTION;				\
									\
	__asm__ __volatile__("1: " instruction "\n2:\n"			\
			     X86_EXTABLE_WITH_VECTOR(1b, 2b)		\
			     : "+a"(__vector) : __VA_ARGS__ : "rdx", "memory", "cc"); \
	__vector;							\
})

static void division_by_zero_is_fixed_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("divl %1", "r"(0)), X86_EXCEPTION_DE);
}

static void invalid_opcode_is_fixed_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("ud2"), X86_EXCEPTION_UD);
}

static void non_canonical_address_is_fixed_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("movb (%1), %%dl", "r"(1UL << 63)), X86_EXCEPTION_GP);
}

static void null_pointer_read_faults(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("movb (%1), %%dl", "r"(8UL)), X86_EXCEPTION_PF);
}

static void write_to_code_faults(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("movb $0, (%1)", "r"(arch_dump_stack)), X86_EXCEPTION_PF);
}

static void write_to_constant_faults(struct kunit *test)
{
	static const char constant[] = "constant";

	KUNIT_EXPECT_EQ(test, VECTOR_OF("movb $0x90, (%1)", "r"(constant)), X86_EXCEPTION_PF);
	KUNIT_EXPECT_EQ(test, constant[0], 'c');
}

static void floating_point_faults(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("fld1"), X86_EXCEPTION_NM);
	KUNIT_EXPECT_EQ(test, VECTOR_OF("xorps %%xmm0, %%xmm0", "i"(0)), X86_EXCEPTION_UD);
}

static void harmless_instruction_raises_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, VECTOR_OF("nop"), NO_EXCEPTION);
}

static void probe_of_absent_word_says_so(struct kunit *test)
{
	unsigned long word = 0x1234, value;

	KUNIT_EXPECT_FALSE(test, x86_probe_read((const void *)8, &value));
	KUNIT_EXPECT_FALSE(test, x86_probe_read((const void *)0x8000000000000000UL, &value));
	KUNIT_EXPECT_TRUE(test, x86_probe_read(&word, &value));
	KUNIT_EXPECT_EQ(test, value, 0x1234UL);
}

/* ---------------------------------------------------------------- within a handler */

static unsigned int handler_runs;
static unsigned long vector_in_handler;

static bool count_breakpoint(struct pt_regs *regs, unsigned long vector)
{
	handler_runs++;
	return vector == X86_EXCEPTION_BP;
}

static bool fault_in_breakpoint(struct pt_regs *regs, unsigned long vector)
{
	handler_runs++;
	vector_in_handler = VECTOR_OF("movb (%1), %%dl", "r"(8UL));
	return vector == X86_EXCEPTION_BP;
}

static void fault_in_exception_handler_is_fixed_up(struct kunit *test)
{
	x86_debug_handler before = x86_set_debug_handler(fault_in_breakpoint);

	handler_runs = 0;
	__asm__ __volatile__("int3");
	x86_set_debug_handler(before);
	KUNIT_EXPECT_EQ(test, handler_runs, 1U);
	KUNIT_EXPECT_EQ(test, vector_in_handler, X86_EXCEPTION_PF);
}

static void every_register_survives_an_exception(struct kunit *test)
{
	x86_debug_handler before = x86_set_debug_handler(count_breakpoint);

	handler_runs = 0;
	registers_expect_same(test, registers_over_breakpoint, NULL);
	x86_set_debug_handler(before);
	KUNIT_EXPECT_EQ(test, handler_runs, 2U);
}

static void preempt_count_is_the_same_after_a_fixup(struct kunit *test)
{
	unsigned int before = preempt_count();

	VECTOR_OF("ud2");
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
}

static void each_vector_has_a_name(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, x86_exception_name(X86_EXCEPTION_PF), "page fault");
	KUNIT_EXPECT_STREQ(test, x86_exception_name(15), "reserved exception");
	KUNIT_EXPECT_STREQ(test, x86_exception_name(1000), "reserved exception");
}

static struct kunit_case exception_cases[] = {
	KUNIT_CASE(division_by_zero_is_fixed_up),
	KUNIT_CASE(invalid_opcode_is_fixed_up),
	KUNIT_CASE(non_canonical_address_is_fixed_up),
	KUNIT_CASE(null_pointer_read_faults),
	KUNIT_CASE(write_to_code_faults),
	KUNIT_CASE(write_to_constant_faults),
	KUNIT_CASE(floating_point_faults),
	KUNIT_CASE(harmless_instruction_raises_nothing),
	KUNIT_CASE(probe_of_absent_word_says_so),
	KUNIT_CASE(fault_in_exception_handler_is_fixed_up),
	KUNIT_CASE(every_register_survives_an_exception),
	KUNIT_CASE(preempt_count_is_the_same_after_a_fixup),
	KUNIT_CASE(each_vector_has_a_name),
	{}
};

static struct kunit_suite exception_suite = {
	.name = "x86-exception",
	.test_cases = exception_cases,
};
kunit_test_suite(exception_suite);
