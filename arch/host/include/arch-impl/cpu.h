/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A CPU that relaxes or idles is not chosen again before something has changed that it could wait
 * for, so that a spin costs one step, and a machine in which nobody can be chosen is deadlocked.
 */
#ifndef _ARCH_IMPL_CPU_H
#define _ARCH_IMPL_CPU_H

#include <linux/types.h>
#include <linux/compiler_attributes.h>
#include <host/machine.h>

#define arch_slow_call(fn, arg)	fn(arg)

u64 arch_cycles(void);
/* Nothing to set up: each simulated CPU is ready when it starts. */
static inline void arch_cpu_init(void) { }

static __always_inline void arch_cpu_relax(void)
{
	host_relax();
}

static __always_inline void arch_cpu_idle(void)
{
	host_idle();
}

static __always_inline __noreturn void arch_cpu_halt(void)
{
	host_halt();
}

#endif
