/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The word of a spinning reader/writer lock. Operations: <linux/rwlock.h>.
 */
#ifndef _LINUX_RWLOCK_TYPES_H
#define _LINUX_RWLOCK_TYPES_H

#include <linux/spinlock_types.h>

/* States and moves: kernel/locking/rwlock.c. */
typedef struct {
	union {
		atomic_t word;			/* A: bits 0-7 writer, 8 writer waits, from 9 on readers */
		u8 writer;			/* its lowest byte */
	};
	arch_spinlock_t line;			/* those who must wait, one in front */
#ifdef CONFIG_DEBUG_SPINLOCK
	struct lock_debug debug;
#endif
} rwlock_t;

#define RWLOCK_MAGIC		0xdeaf1eed

#define __RW_LOCK_UNLOCKED(lockname) {					\
	.word = ATOMIC_INIT(0), .line = { { 0 } }, __LOCK_DEBUG_INIT(lockname) }
#define DEFINE_RWLOCK(x)	rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif
