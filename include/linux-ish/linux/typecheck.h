/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H

/** typecheck - 1, and a warning of the compiler if @x is not of @type */
#define typecheck(type, x) ({						\
	type __wanted;							\
	typeof(x) __given;						\
	(void)(&__wanted == &__given);					\
	1;								\
})

#endif
