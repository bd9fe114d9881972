/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words at any address, and in a given byte order. Outside input is read this way.
 */
#ifndef _LINUX_UNALIGNED_H
#define _LINUX_UNALIGNED_H

#include <linux/types.h>
#include <linux/swab.h>
#include <linux/compiler_attributes.h>

/**
 * get_unaligned, put_unaligned - one access through a pointer that may not be aligned. Context:
 * any.
 */
#define get_unaligned(ptr) ({						\
	const struct { typeof(*(ptr)) value; } __packed *__any = (const void *)(ptr); \
	__any->value;							\
})
#define put_unaligned(val, ptr) do {					\
	struct { typeof(*(ptr)) value; } __packed *__any = (void *)(ptr); \
	__any->value = (val);						\
} while (0)

/**
 * get_unaligned_le16 and so on - a word of that size in that byte order, at any address.
 *
 * Context: any.
 */
static inline u16 get_unaligned_le16(const void *p) { return get_unaligned((const u16 *)p); }
static inline u32 get_unaligned_le32(const void *p) { return get_unaligned((const u32 *)p); }
static inline u64 get_unaligned_le64(const void *p) { return get_unaligned((const u64 *)p); }
static inline u16 get_unaligned_be16(const void *p) { return swab16(get_unaligned_le16(p)); }
static inline u32 get_unaligned_be32(const void *p) { return swab32(get_unaligned_le32(p)); }
static inline u64 get_unaligned_be64(const void *p) { return swab64(get_unaligned_le64(p)); }
static inline void put_unaligned_le16(u16 v, void *p) { put_unaligned(v, (u16 *)p); }
static inline void put_unaligned_le32(u32 v, void *p) { put_unaligned(v, (u32 *)p); }
static inline void put_unaligned_le64(u64 v, void *p) { put_unaligned(v, (u64 *)p); }
static inline void put_unaligned_be16(u16 v, void *p) { put_unaligned_le16(swab16(v), p); }
static inline void put_unaligned_be32(u32 v, void *p) { put_unaligned_le32(swab32(v), p); }
static inline void put_unaligned_be64(u64 v, void *p) { put_unaligned_le64(swab64(v), p); }

#endif
