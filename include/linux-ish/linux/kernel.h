/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The header that everybody includes: small things that belong nowhere else, and those headers that
 * code expects to get with it.
 */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/align.h>
#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/typecheck.h>
#include <linux/types.h>
#include <asm/byteorder.h>

#define REPEAT_BYTE(x)		((~0UL / 0xff) * (x))
#define upper_32_bits(n)	((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n)	((u32)((n) & 0xffffffff))
#define upper_16_bits(n)	((u16)((n) >> 16))
#define lower_16_bits(n)	((u16)((n) & 0xffff))
#define PTR_IF(cond, ptr)	((cond) ? (ptr) : NULL)

/* debug: says who forbids sleeping; kernel/sched/. */
void __might_sleep(const char *file, int line);

/**
 * might_sleep - what follows can sleep
 *
 * Context: task, preemption, bottom halves and interrupts on, no spinlock held. With
 * CONFIG_DEBUG_ATOMIC_SLEEP anything else is reported, even if nothing sleeps this time.
 */
#define might_sleep() do {						\
	if (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))			\
		__might_sleep(__FILE__, __LINE__);			\
} while (0)
#define might_sleep_if(cond)	do { if (cond) might_sleep(); } while (0)
/** cant_sleep - what follows relies on not being preempted: debug builds check it */
#define cant_sleep()		do { } while (0)

enum system_states {
	SYSTEM_BOOTING,
	SYSTEM_SCHEDULING,	/* tasks run */
	SYSTEM_RUNNING,		/* initcalls are done */
	SYSTEM_HALT,
};
extern enum system_states system_state;

#endif
