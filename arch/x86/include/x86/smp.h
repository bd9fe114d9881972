/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _X86_SMP_H
#define _X86_SMP_H

/**
 * x86_reserve_low_page - keep a page below 640 KiB from the allocator, for other CPUs' first
 * instructions
 *
 * Context: boot CPU, once, while memblock is in charge and knows all ranges.
 */
#ifdef CONFIG_SMP
void x86_reserve_low_page(void);
#else
static inline void x86_reserve_low_page(void) { }
#endif

#endif
