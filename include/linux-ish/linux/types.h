/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scalar types, and the few structures that headers need before their own header is read.
 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/stddef.h>

#ifndef __ASSEMBLY__

typedef signed char		s8;
typedef unsigned char		u8;
typedef signed short		s16;
typedef unsigned short		u16;
typedef signed int		s32;
typedef unsigned int		u32;
typedef signed long long	s64;
typedef unsigned long long	u64;

typedef s8  __s8;
typedef u8  __u8;
typedef s16 __s16;
typedef u16 __u16;
typedef s32 __s32;
typedef u32 __u32;
typedef s64 __s64;
typedef u64 __u64;

typedef u16 __le16;
typedef u32 __le32;
typedef u64 __le64;
typedef u16 __be16;
typedef u32 __be32;
typedef u64 __be64;
typedef unsigned int __poll_t;		/* what poll() answers */

typedef s8  int8_t;
typedef u8  uint8_t;
typedef s16 int16_t;
typedef u16 uint16_t;
typedef s32 int32_t;
typedef u32 uint32_t;
typedef long int64_t;
typedef unsigned long uint64_t;

typedef unsigned char	u_char;
typedef unsigned short	u_short;
typedef unsigned int	u_int;
typedef unsigned long	u_long;
typedef unsigned int	uint;
typedef unsigned long	ulong;

typedef unsigned long	size_t;
typedef long		ssize_t;
typedef long		ptrdiff_t;
typedef unsigned long	uintptr_t;
typedef long		intptr_t;
typedef long long	loff_t;
typedef int		pid_t;
typedef u32		dev_t;
typedef unsigned short	umode_t;
typedef unsigned int	uid_t;
typedef unsigned int	gid_t;
typedef unsigned int	gfp_t;
typedef unsigned int	fmode_t;
typedef long		time_t;
typedef s64		time64_t;
typedef u64		phys_addr_t;
typedef u64		dma_addr_t;
typedef phys_addr_t	resource_size_t;
typedef unsigned long	irq_hw_number_t;

typedef _Bool bool;
enum { false = 0, true = 1 };

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	s64 counter;
} atomic64_t;

typedef struct {
	long counter;
} atomic_long_t;

#define ATOMIC_INIT(i)		{ (i) }
#define ATOMIC64_INIT(i)	{ (i) }
#define ATOMIC_LONG_INIT(i)	{ (i) }

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
};
#define rcu_head callback_head

#define BITS_PER_BYTE		8
#define BITS_PER_LONG		64
#define BITS_TO_LONGS(nr)	(((nr) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]

#endif /* !__ASSEMBLY__ */
#endif
