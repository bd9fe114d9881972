/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the code says to the compiler, and the marked accesses to shared words.
 *
 * READ_ONCE() and WRITE_ONCE() are one access each: not torn, not repeated, not moved across another
 * volatile access. They order nothing between CPUs. On the simulated machine each is a point at which
 * another CPU or an interrupt may come in, and a WRITE_ONCE() may wait in a store buffer, as on x86.
 */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/kconfig.h>
#include <linux/compiler_attributes.h>

#ifndef __ASSEMBLY__

#include <linux/types.h>
#include <arch/once.h>

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define barrier()	__asm__ __volatile__("" : : : "memory")
#define unreachable()	__builtin_unreachable()
#define OPTIMIZER_HIDE_VAR(v) __asm__("" : "=r"(v) : "0"(v))

/**
 * READ_ONCE - read a shared word, once
 * @x: an lvalue of a scalar type, at most 8 bytes
 *
 * Context: any.
 * Return: its value, of the unqualified type.
 */
#define READ_ONCE(x) arch_read_once(x)

/**
 * WRITE_ONCE - write a shared word, once
 * @x: an lvalue of a scalar type, at most 8 bytes
 * @val: what to store
 *
 * Context: any.
 */
#define WRITE_ONCE(x, val) arch_write_once(x, val)

#define data_race(expr)	(expr)

#define __same_type(a, b)	__builtin_types_compatible_p(typeof(a), typeof(b))
#define __must_be_array(a)	(sizeof(char[1 - 2 * !!__same_type((a), &(a)[0])]) - 1)

#define __bh_concat(a, b)	a##b
#define __bh_unique(prefix, n)	__bh_concat(prefix, n)
#define __UNIQUE_ID(prefix)	__bh_unique(__unique_##prefix##_, __COUNTER__)

#endif /* !__ASSEMBLY__ */
#endif
