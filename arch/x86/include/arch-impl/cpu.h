/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_CPU_H
#define _ARCH_IMPL_CPU_H

#include <linux/types.h>

void arch_cpu_init(void);

/* cpu/slow_call.S keeps all registers but rax. */
#define arch_slow_call(fn, arg) do {					\
	unsigned long __function = (unsigned long)(fn);			\
									\
	__asm__ __volatile__("call x86_slow_call"			\
			     : "+a" (__function) : "D" (arg) : "memory", "cc"); \
} while (0)

static __always_inline void arch_cpu_relax(void)
{
	__asm__ __volatile__("pause" : : : "memory");
}

/* No interrupt is taken between sti and the instruction after it, so none is slept over. */
static __always_inline void arch_cpu_idle(void)
{
	__asm__ __volatile__("sti; hlt" : : : "memory");
}

/* An NMI ends hlt, and its handler comes back here. */
static __always_inline __noreturn void arch_cpu_halt(void)
{
	for (;;)
		__asm__ __volatile__("cli; hlt" : : : "memory");
}

/* Not serialising: neighbouring instructions may still be under way. */
static __always_inline u64 arch_cycles(void)
{
	u32 low, high;

	__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
}

#endif
