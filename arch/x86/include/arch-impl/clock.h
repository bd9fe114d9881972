/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock is the time stamp counter, scaled: one multiplication to 128 bits and one shift.
 */
#ifndef _ARCH_IMPL_CLOCK_H
#define _ARCH_IMPL_CLOCK_H

#include <linux/types.h>

/*
 * nanoseconds = (tsc - base) * mult / 2^32. Until arch_time_init() mult is 0, and so is the time.
 * I: written once, by the boot CPU alone, before there are others.
 */
struct x86_clock {
	u64 base;
	u64 mult;
};
extern struct x86_clock x86_clock;

/*
 * Read after all that the program loads before: so a CPU that has seen another one's stamp never
 * reads less than that.
 */
static __always_inline u64 x86_tsc_ordered(void)
{
	u32 low, high;

	__asm__ __volatile__("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
}

/*
 * a * b / 2^32 without losing the upper half of the product. In C that takes an __int128, whose alignment
 * costs each function that reads the clock a stack frame of its own.
 */
static __always_inline u64 x86_scale(u64 a, u64 b)
{
	u64 high;

	__asm__("mulq %2\n\tshrdq $32, %1, %0" : "+a"(a), "=&d"(high) : "rm"(b) : "cc");
	return a;
}

static __always_inline u64 arch_clock_ns(void)
{
	return x86_scale(x86_tsc_ordered() - x86_clock.base, x86_clock.mult);
}

void arch_clockevent_set(u64 when_ns);
void arch_clockevent_stop(void);
void arch_delay_ns(u64 ns);
void arch_time_init(void);

#endif
