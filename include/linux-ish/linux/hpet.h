/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Event timers (HPET): comparators of one counter, each of which can interrupt.
 *
 * What
 *	t = hpet_timer_request(fn, data);		a free one, with a line of its own or shared
 *	hpet_timer_start(t, 1000000, true);		every millisecond from now on
 *	...						fn(data, n) in a thread: n events since the last call
 *	hpet_timer_release(t);
 *
 * Contexts
 *	Task, may sleep. fn: the interrupt's thread.
 *
 * Differs from Linux
 *	Linux has them for clocks and for user space (/dev/hpet); hpet_timer_*() are ours.
 *
 * Tests
 *	tests/boot/hpet_test.c, arch/x86/tests/hpet_test.c
 */
#ifndef _LINUX_HPET_H
#define _LINUX_HPET_H

#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#define HPET_MAX_TIMERS	32

#define HPET_ID		0x000	/* revision, timers, widths */
#define HPET_PERIOD	0x004	/* of a count, in 10^-15 s */
#define HPET_CFG	0x010
#define HPET_STATUS	0x020	/* a bit a timer, of those that are levels; written 1: it is served */
#define HPET_COUNTER	0x0f0
#define HPET_Tn_CFG(n)	(0x100 + 0x20 * (n))
#define HPET_Tn_ROUTE(n) (0x104 + 0x20 * (n))	/* lines that it can be wired to, a bit each */
#define HPET_Tn_CMP(n)	(0x108 + 0x20 * (n))
#define HPET_Tn_MESSAGE(n) (0x110 + 0x20 * (n))	/* what is stored, and where, if it has HPET_TN_FSB */
#define HPET_Tn_ADDRESS(n) (0x114 + 0x20 * (n))

#define HPET_ID_REV		0x000000ff
#define HPET_ID_NUMBER_SHIFT	8
#define HPET_ID_NUMBER		0x1f
#define HPET_CFG_ENABLE		0x001
#define HPET_CFG_LEGACY		0x002	/* timers 0 and 1 drive lines 0 and 8 */
#define HPET_TN_LEVEL		0x0002
#define HPET_TN_ENABLE		0x0004
#define HPET_TN_PERIODIC	0x0008
#define HPET_TN_PERIODIC_CAP	0x0010
#define HPET_TN_SETVAL		0x0040	/* the next write to the comparator is the first time, then the period */
#define HPET_TN_32BIT		0x0100
#define HPET_TN_ROUTE		0x3e00
#define HPET_TN_ROUTE_SHIFT	9
#define HPET_TN_FSB		0x4000	/* by message, not by line */
#define HPET_TN_FSB_CAP		0x8000

struct hpet;
struct irq_domain;

/* A comparator. Marks: I; M hpet->mutex; L hpet->lock; A. */
struct hpet_timer {
	struct hpet *hpet;		/* I */
	unsigned int number;		/* I */
	bool periodic_cap;		/* I */
	bool message_cap;		/* I */
	u32 routes;			/* I */
	bool taken;			/* M */
	bool by_message;		/* M: its line is its own */
	unsigned int irq;		/* M */
	u32 cfg;			/* L: as last written */
	atomic_long_t events;		/* A: that the thread has not told of */
	void (*fn)(void *data, unsigned long events);	/* M, before the line is requested */
	void *data;					/* M */
};

/**
 * struct hpet - event timers
 * @read, @write: registers of 32 bits, by offset. Context: any
 * @lines: a bit for each line that they may use, if they can be wired to it
 * @messages: the machine's domain, for those that can send messages; NULL: there is none
 *
 * Marks: I; L @lock; M @mutex. How it works: drivers/timer/hpet.c
 */
struct hpet {
	u32 (*read)(struct hpet *hpet, unsigned int reg);		/* I */
	void (*write)(struct hpet *hpet, unsigned int reg, u32 value);	/* I */
	void __iomem *regs;			/* I: for whom read and write are */
	u32 lines;				/* I */
	struct irq_domain *messages;		/* I */
	raw_spinlock_t lock;
	struct mutex mutex;
	bool dead;				/* L: given up */
	u32 period_fs;				/* I: of a count */
	unsigned int nr_timers;			/* I */
	struct hpet_timer timers[HPET_MAX_TIMERS];
};

/**
 * hpet_alloc - event timers that were found
 * @hpet: with its functions, lines and messages; all else zero
 *
 * They are stopped, and the counter is started. Context: task. Return: 0; -ENODEV: nothing is there; -EIO: it is
 * given up, with a message; -EBUSY: there are some.
 */
int hpet_alloc(struct hpet *hpet);
/** hpet_free - they are gone. No timer is taken. */
void hpet_free(struct hpet *hpet);

/**
 * hpet_timer_request - take a timer
 * @fn: called with @data, and the number of events since the last call, in the interrupt's thread
 *
 * Return: it; -ENODEV: there are none; -EBUSY: none is free that has a line.
 */
struct hpet_timer *hpet_timer_request(void (*fn)(void *data, unsigned long events), void *data);
/** hpet_timer_start - in @ns from now, once, or again and again; replaces what was. Return: 0; -EINVAL; -ENODEV; -EIO. */
int hpet_timer_start(struct hpet_timer *timer, u64 ns, bool periodic);
/** hpet_timer_stop - no event begins after this. Context: any but NMI. */
void hpet_timer_stop(struct hpet_timer *timer);
/** hpet_timer_release - give it back; fn is not running, and will not be called */
void hpet_timer_release(struct hpet_timer *timer);
/** hpet_present - the event timers, or NULL. Context: any. */
struct hpet *hpet_present(void);

#endif
