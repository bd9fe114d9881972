// SPDX-License-Identifier: GPL-2.0-only
/*
 * x86: arch_slow_call() changes no register that its caller might use.
 */
#include <kunit/test.h>
#include <arch/cpu.h>

static unsigned long *argument;

/* A function may leave anything in these. */
static noinline void spoil(unsigned long *arg)
{
	argument = arg;
	__asm__ __volatile__("xorl %%eax, %%eax; xorl %%ecx, %%ecx; xorl %%edx, %%edx; xorl %%esi, %%esi;"
			     "xorl %%edi, %%edi; xorl %%r8d, %%r8d; xorl %%r9d, %%r9d;"
			     "xorl %%r10d, %%r10d; xorl %%r11d, %%r11d"
			     : : : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11");
}

static void every_register_is_kept(struct kunit *test)
{
	unsigned long value = 0;
	register unsigned long rcx __asm__("rcx") = 1;
	register unsigned long rdx __asm__("rdx") = 2;
	register unsigned long rsi __asm__("rsi") = 3;
	register unsigned long rdi __asm__("rdi") = (unsigned long)&value;
	register unsigned long r8 __asm__("r8") = 4;
	register unsigned long r9 __asm__("r9") = 5;
	register unsigned long r10 __asm__("r10") = 6;
	register unsigned long r11 __asm__("r11") = 7;
	unsigned long function = (unsigned long)spoil, sum;

	/* All in one place: the compiler must not put its own code between these. */
	__asm__ __volatile__("call x86_slow_call; movq %%rcx, %%rax; shlq $4, %%rax; orq %%rdx, %%rax;"
			     "shlq $4, %%rax; orq %%rsi, %%rax; shlq $4, %%rax; orq %%r8, %%rax;"
			     "shlq $4, %%rax; orq %%r9, %%rax; shlq $4, %%rax; orq %%r10, %%rax;"
			     "shlq $4, %%rax; orq %%r11, %%rax"
			     : "=&a" (sum), "+r" (rcx), "+r" (rdx), "+r" (rsi), "+r" (rdi), "+r" (r8),
			       "+r" (r9), "+r" (r10), "+r" (r11) : "0" (function) : "memory", "cc");
	value = rdi;
	KUNIT_EXPECT_EQ(test, sum, 0x1234567UL);
	KUNIT_EXPECT_PTR_EQ(test, argument, &value);
	KUNIT_EXPECT_EQ(test, value, (unsigned long)&value);
}

static struct kunit_case slow_call_cases[] = {
	KUNIT_CASE(every_register_is_kept),
	{}
};

static struct kunit_suite slow_call_suite = {
	.name = "x86-slow-call",
	.test_cases = slow_call_cases,
};
kunit_test_suite(slow_call_suite);
