/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Real-time clocks: the time of day, and a periodic interrupt.
 *
 * What
 *	rtc = rtc_class_open("rtc0");
 *	rtc_irq_register(rtc, &task);		task.func is called, in a work, when there were ticks
 *	rtc_irq_set_freq(rtc, 1024);
 *	rtc_irq_set_state(rtc, 1);
 *	...
 *	rtc_irq_unregister(rtc, &task);
 *	rtc_class_close(rtc);
 *
 * Contexts
 *	Task, may sleep, but where it says otherwise.
 *
 * Differs from Linux
 *	rtc_irq_register() and struct rtc_task are Linux's of before 5.0; the periodic interrupt is the chip's own
 *	(Linux: an hrtimer). rtc_take_ticks() is ours. No alarm, no setting of the time.
 *
 * Tests
 *	tests/boot/rtc_test.c, arch/x86/tests/rtc_test.c
 */
#ifndef _LINUX_RTC_H
#define _LINUX_RTC_H

#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define RTC_MAX_FREQ	8192

#define RTC_IRQF	0x80	/* it interrupts, for one of these: */
#define RTC_PF		0x40	/* a period is over */
#define RTC_AF		0x20	/* alarm */
#define RTC_UF		0x10	/* a second is over */

/** struct rtc_time - as struct tm of C: tm_mon from 0, tm_year from 1900 */
struct rtc_time {
	int tm_sec, tm_min, tm_hour;
	int tm_mday, tm_mon, tm_year;
	int tm_wday, tm_yday, tm_isdst;		/* not set */
};

/**
 * struct rtc_task - who is told of ticks
 * @func: called with @private_data in a task, may sleep, one call at a time; it must not call rtc_irq_*()
 */
struct rtc_task {
	void (*func)(void *private_data);
	void *private_data;
};

/**
 * struct rtc_device - a clock of the MC146818's kind. How it works: drivers/rtc/cmos.c
 * @read, @write: access to a register. Context: any, @lock held
 * @irq: its line; 0: somebody else calls rtc_interrupt()
 *
 * Marks: I; L @lock; M @ops_lock; A.
 */
struct rtc_device {
	u8 (*read)(struct rtc_device *rtc, u8 reg);		/* I */
	void (*write)(struct rtc_device *rtc, u8 reg, u8 value);	/* I */
	unsigned int irq;					/* I */
	raw_spinlock_t lock;
	struct mutex ops_lock;
	unsigned int users;		/* M */
	int freq;			/* M */
	bool dead;			/* L: given up */
	unsigned int nonsense;		/* L: interrupts in a row for which there are ones */
	atomic_long_t ticks;		/* A: that nobody has taken */
	struct rtc_task *task;		/* M; the work reads it while it cannot change */
	struct work_struct irqwork;
};

/** rtc_class_open - the clock of that name ("rtc0"), or NULL; it has its line from then on */
struct rtc_device *rtc_class_open(const char *name);
/** rtc_class_close - the last one ends its interrupts, and gives the line back */
void rtc_class_close(struct rtc_device *rtc);
/** rtc_read_time - what time it is, checked. Return: 0; -EIO: it does not hold still; -EINVAL: no such time. */
int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm);
/** rtc_valid_tm - whether there is such a time: 0 or -EINVAL. Context: any. */
int rtc_valid_tm(struct rtc_time *tm);

/** rtc_irq_register - tell this task of ticks. Return: 0; -EBUSY: somebody is told; -EINVAL. */
int rtc_irq_register(struct rtc_device *rtc, struct rtc_task *task);
/** rtc_irq_unregister - no more; when this returns it is not being told. Its interrupt is off then. */
void rtc_irq_unregister(struct rtc_device *rtc, struct rtc_task *task);
/** rtc_irq_set_freq - ticks a second: a power of two from 2 to RTC_MAX_FREQ. Return: 0 or -EINVAL. */
int rtc_irq_set_freq(struct rtc_device *rtc, int freq);
/** rtc_irq_set_state - ticks, or none. Return: 0; -ENODEV: it was given up. */
int rtc_irq_set_state(struct rtc_device *rtc, int enabled);
/** rtc_take_ticks - how many there were since this was called last. Context: any. */
unsigned long rtc_take_ticks(struct rtc_device *rtc);
/** rtc_update_irq - the top half's: there were @num ticks. Context: any. */
void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events);

/**
 * rtc_add - a clock that was found becomes rtc0
 * @rtc: with its functions and line; all else zero
 *
 * Return: 0; -ENODEV: nothing is there; -EIO: it is given up, with a message; -EBUSY: there is one.
 */
int rtc_add(struct rtc_device *rtc);
/** rtc_remove - it is gone. Nobody has it open. */
void rtc_remove(struct rtc_device *rtc);
/** rtc_interrupt - the top half. Context: hard IRQ. */
irqreturn_t rtc_interrupt(int irq, void *rtc);

#endif
