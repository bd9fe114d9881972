/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something to do once a boot.
 */
#ifndef _LINUX_ONCE_H
#define _LINUX_ONCE_H

#include <linux/atomic.h>

/**
 * DO_ONCE_LITE - call a function the first time only
 * @func: the function
 *
 * Context: any. Exactly one of several callers at once calls it; the others do not wait for it.
 * Return: whether this was the first time.
 */
#define DO_ONCE_LITE(func, ...) ({					\
	static bool __already;						\
	bool __first = !READ_ONCE(__already) && !xchg(&__already, true); \
	if (unlikely(__first))						\
		func(__VA_ARGS__);					\
	unlikely(__first);						\
})
#define DO_ONCE(func, ...)	DO_ONCE_LITE(func, ##__VA_ARGS__)

#endif
