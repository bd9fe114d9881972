/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_ONCE_H
#define _ARCH_IMPL_ONCE_H

#include <host/machine.h>

#define __once_check(x) \
	_Static_assert(sizeof(x) == 1 || sizeof(x) == 2 || sizeof(x) == 4 || sizeof(x) == 8, \
		       "READ_ONCE and WRITE_ONCE take a word that one instruction can move")

/* The union turns the machine's word into a value of any type, pointers and bool included. */
#define __once_load(load, x) ({						\
	__once_check(x);						\
	union { typeof(x) __once_value; unsigned long __once_word; } __once; \
	__once.__once_word = load(&(x), sizeof(x));			\
	__once.__once_value;						\
})

#define __once_store(store, x, val) do {				\
	__once_check(x);						\
	union { typeof(x) __once_value; unsigned long __once_word; } __once = { .__once_word = 0 }; \
	__once.__once_value = (val);					\
	store(&(x), sizeof(x), __once.__once_word);			\
} while (0)

#define arch_read_once(x)	__once_load(host_read_once, x)
#define arch_write_once(x, val)	__once_store(host_write_once, x, val)

#endif
