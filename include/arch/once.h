/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arch contract: one marked access to a shared word.
 *
 *	arch_read_once(x)	the value of lvalue x (scalar, at most 8 bytes), by exactly one load
 *	arch_write_once(x, v)	store v into lvalue x, by exactly one store
 *
 * Neither orders anything but itself against other volatile accesses of this CPU's compiler output.
 * A machine may let another CPU see the store late (x86: the store buffer), until a barrier of <arch/barrier.h>.
 */
#ifndef _ARCH_ONCE_H
#define _ARCH_ONCE_H
#include <arch-impl/once.h>
#endif
