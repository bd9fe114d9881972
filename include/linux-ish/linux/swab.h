/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SWAB_H
#define _LINUX_SWAB_H

#include <linux/types.h>

/** swab16, swab32, swab64 - the bytes of a word the other way round. Context: any. */
#define swab16(x)	((u16)__builtin_bswap16(x))
#define swab32(x)	((u32)__builtin_bswap32(x))
#define swab64(x)	((u64)__builtin_bswap64(x))

#endif
