/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_ONCE_H
#define _ARCH_IMPL_ONCE_H

#define __once_check(x) \
	_Static_assert(sizeof(x) == 1 || sizeof(x) == 2 || sizeof(x) == 4 || sizeof(x) == 8, \
		       "READ_ONCE and WRITE_ONCE take a word that one instruction can move")

#define arch_read_once(x) ({						\
	__once_check(x);						\
	*(const volatile typeof(x) *)&(x);				\
})

#define arch_write_once(x, val) do {					\
	__once_check(x);						\
	*(volatile typeof(x) *)&(x) = (val);				\
} while (0)

#endif
