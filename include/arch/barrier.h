/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: order between memory accesses, as seen by other CPUs.
 *
 *	arch_smp_mb()			everything before it is seen before everything after it
 *	arch_smp_rmb(), arch_smp_wmb()	the same among loads, among stores
 *	arch_store_release(p, v)	store v into *p after everything before it
 *	arch_load_acquire(p)		load *p before everything after it
 *
 * All of them hold the compiler too. Core code uses the names of <asm/barrier.h>.
 */
#ifndef _ARCH_BARRIER_H
#define _ARCH_BARRIER_H
#include <arch-impl/barrier.h>
#endif
