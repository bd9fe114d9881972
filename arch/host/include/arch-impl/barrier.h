/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The simulated CPUs are TSO, as x86 is: loads stay in order, stores stay in order, but a store may
 * wait in the CPU's buffer while later loads go on. Only the full barrier empties it.
 */
#ifndef _ARCH_IMPL_BARRIER_H
#define _ARCH_IMPL_BARRIER_H

#include <arch/once.h>

#define arch_smp_mb()	host_full_barrier()
#define arch_smp_rmb()	host_weak_barrier()
#define arch_smp_wmb()	host_weak_barrier()

#define arch_store_release(p, v)	__once_store(host_store_release, *(p), v)
#define arch_load_acquire(p)		__once_load(host_load_acquire, *(p))

#endif
