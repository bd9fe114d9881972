/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

#define BUILD_BUG_ON(x)		_Static_assert(!(x), "BUILD_BUG_ON: " #x)
#define BUILD_BUG_ON_MSG(x, msg) _Static_assert(!(x), msg)
#define static_assert(x, ...)	_Static_assert(x, "" #x)

#endif
