/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lock words. Operations: <linux/spinlock.h>.
 */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/types.h>
#include <linux/compiler_attributes.h>
#include <linux/stringify.h>

/*
 * The word of a spinning lock: byte 0 is 1 while it is held; bytes 2-3 name the last waiter in line
 * (0: nobody waits). States and moves: kernel/locking/spinlock.c.
 */
typedef struct {
	union {
		u32 word;
		struct {
			u8 locked;
			u8 unused;
			u16 tail;
		};
	};
} arch_spinlock_t;

struct task_struct;
struct lock_class;

/* What debug builds know of a lock. */
struct lock_debug {
	const char *name;
	struct lock_class *class;	/* order and context: kernel/locking/lockdep.c */
	struct task_struct *owner;	/* NULL: not held */
	int owner_cpu;			/* -1: not held */
};

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
#ifdef CONFIG_DEBUG_SPINLOCK
	struct lock_debug debug;
#endif
} raw_spinlock_t;

typedef struct spinlock {
	struct raw_spinlock rlock;
} spinlock_t;

#ifdef CONFIG_DEBUG_SPINLOCK
/* The place makes the name's address unique, which is how a static lock finds its class. */
#define __LOCK_DEBUG_INIT(lockname) \
	.debug = { .name = #lockname " (" __FILE__ ":" __stringify(__LINE__) ")", .owner_cpu = -1 },
#else
#define __LOCK_DEBUG_INIT(lockname)
#endif

#define __RAW_SPIN_LOCK_UNLOCKED(lockname) { .raw_lock = { { 0 } }, __LOCK_DEBUG_INIT(lockname) }
#define __SPIN_LOCK_UNLOCKED(lockname)	{ .rlock = __RAW_SPIN_LOCK_UNLOCKED(lockname) }
#define DEFINE_RAW_SPINLOCK(x)	raw_spinlock_t x = __RAW_SPIN_LOCK_UNLOCKED(x)
#define DEFINE_SPINLOCK(x)	spinlock_t x = __SPIN_LOCK_UNLOCKED(x)

#endif
