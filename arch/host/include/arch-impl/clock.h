/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_CLOCK_H
#define _ARCH_IMPL_CLOCK_H

#include <linux/types.h>

u64 arch_clock_ns(void);
void arch_clockevent_set(u64 when_ns);
void arch_clockevent_stop(void);
void arch_delay_ns(u64 ns);
void arch_time_init(void);

#endif
