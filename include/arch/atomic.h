/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: atomic read-modify-write of 1, 2, 4 and 8 byte words.
 *
 * The compiler's __atomic builtins make the instructions on every machine; a machine adds what must
 * happen around them.
 *
 *	arch_atomic_point(p)	called right before an atomic operation on *p: nothing on x86; on the
 *				simulated machine a point for other CPUs and interrupts, and the end of
 *				this CPU's store buffer
 *
 * Every operation that returns a value is a full barrier. Those that do not return one order nothing
 * by contract, and are full barriers on the machines that exist.
 */
#ifndef _ARCH_ATOMIC_H
#define _ARCH_ATOMIC_H
#include <arch-impl/atomic.h>
#endif
