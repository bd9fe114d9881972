/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory barriers, with Linux's names and meaning. Each use names its partner in a comment.
 * Without CONFIG_SMP the smp_ ones only hold the compiler.
 */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

#include <linux/compiler.h>
#include <arch/barrier.h>

#ifdef CONFIG_SMP
#define smp_mb()		arch_smp_mb()
#define smp_rmb()		arch_smp_rmb()
#define smp_wmb()		arch_smp_wmb()
#else
#define smp_mb()		barrier()
#define smp_rmb()		barrier()
#define smp_wmb()		barrier()
#endif

#define mb()			arch_smp_mb()
#define rmb()			arch_smp_rmb()
#define wmb()			arch_smp_wmb()

#define smp_store_release(p, v)	arch_store_release(p, v)
#define smp_load_acquire(p)	arch_load_acquire(p)
#define smp_store_mb(var, value) do { WRITE_ONCE(var, value); smp_mb(); } while (0)

/* Atomic read-modify-write operations are full barriers here, on every machine that exists. */
#define smp_mb__before_atomic()	barrier()
#define smp_mb__after_atomic()	barrier()
#define smp_mb__after_spinlock() barrier()

#endif
