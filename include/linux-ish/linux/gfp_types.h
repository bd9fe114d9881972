/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an allocation may do to be satisfied, and what it gets.
 *
 * Differs from Linux
 *	There is no paging out and no reclaim: no allocation ever waits for memory. Flags that govern
 *	reclaim are accepted; what they say of sleeping is checked in debug builds.
 */
#ifndef _LINUX_GFP_TYPES_H
#define _LINUX_GFP_TYPES_H

#include <linux/types.h>

#define __GFP_DMA		((gfp_t)0x00001)	/* below 1 MiB here: the only memory set apart */
#define __GFP_HIGHMEM		((gfp_t)0)
#define __GFP_DMA32		((gfp_t)0x00004)	/* accepted */
#define __GFP_MOVABLE		((gfp_t)0)
#define __GFP_RECLAIMABLE	((gfp_t)0)
#define __GFP_HIGH		((gfp_t)0x00020)	/* accepted */
#define __GFP_IO		((gfp_t)0x00040)
#define __GFP_FS		((gfp_t)0x00080)
#define __GFP_ZERO		((gfp_t)0x00100)	/* zeroed memory */
#define __GFP_DIRECT_RECLAIM	((gfp_t)0x00400)	/* the caller may sleep */
#define __GFP_KSWAPD_RECLAIM	((gfp_t)0x00800)
#define __GFP_WRITE		((gfp_t)0x01000)
#define __GFP_NOWARN		((gfp_t)0x02000)	/* no message when it fails */
#define __GFP_RETRY_MAYFAIL	((gfp_t)0x04000)
#define __GFP_NOFAIL		((gfp_t)0x08000)	/* failure is a panic */
#define __GFP_NORETRY		((gfp_t)0x10000)
#define __GFP_MEMALLOC		((gfp_t)0x20000)
#define __GFP_COMP		((gfp_t)0x40000)
#define __GFP_NOMEMALLOC	((gfp_t)0x80000)
#define __GFP_HARDWALL		((gfp_t)0)
#define __GFP_THISNODE		((gfp_t)0)
#define __GFP_ACCOUNT		((gfp_t)0)
#define __GFP_RECLAIM		(__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)

#define GFP_ATOMIC	(__GFP_HIGH | __GFP_KSWAPD_RECLAIM)		/* any context but NMI */
#define GFP_NOWAIT	(__GFP_KSWAPD_RECLAIM | __GFP_NOWARN)		/* the same, quietly */
#define GFP_KERNEL	(__GFP_RECLAIM | __GFP_IO | __GFP_FS)		/* task, may sleep */
#define GFP_KERNEL_ACCOUNT GFP_KERNEL
#define GFP_NOIO	(__GFP_RECLAIM)
#define GFP_NOFS	(__GFP_RECLAIM | __GFP_IO)
#define GFP_USER	GFP_KERNEL
#define GFP_HIGHUSER	GFP_KERNEL
#define GFP_DMA		__GFP_DMA
#define GFP_DMA32	__GFP_DMA32

#endif
