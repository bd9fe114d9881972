// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PC's real-time clock (MC146818): periodic interrupts, and what time it is.
 *
 * What
 *	Top half (hard IRQ): reading register C tells why, and allows the next interrupt; the tick is counted.
 *	Bottom half, a work: tells whoever registered. Ticks that come faster than works run are not lost, but
 *	told at once: rtc_take_ticks() says how many there were.
 *
 * The line
 *	8, an edge. It is taken while somebody has the clock open, and shared: an HPET in its legacy mode would
 *	drive this line instead of the clock (drivers/timer/hpet.c switches that mode off).
 *
 * Locks
 *	rtc->ops_lock: open, close, register, frequency. rtc->lock, interrupts off: registers (an index, then the
 *	value).
 *
 * Limits, and nonsense from the device
 *	Periods are a power of two of the crystal's: 2 to 8192 Hz. The chip may be read while it does not update,
 *	which takes 2 ms once a second: it is waited for UPDATE_US at most, READS_MAX times, then -EIO. Register C
 *	has four bits that are never one: NONSENSE_MAX interrupts in a row for which it reads as ones, and the clock
 *	is given up. Times that do not exist are -EINVAL. Two digits of a year: 70 to 99 are 19.., others 20...
 *
 * Differs from Linux
 *	See <linux/rtc.h>.
 *
 * Tests
 *	tests/boot/rtc_test.c (a clock in memory, sane and not), arch/x86/tests/rtc_test.c
 *
 * Source: Motorola MC146818 data sheet.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/printk.h>
#include <linux/rtc.h>
#include <linux/string.h>

#define REG_SECONDS	0
#define REG_MINUTES	2
#define REG_HOURS	4
#define REG_DAY		7
#define REG_MONTH	8
#define REG_YEAR	9
#define REG_A		10
#define REG_B		11
#define REG_C		12
#define REG_D		13

#define A_UPDATING	0x80
#define A_RATE		0x0f
#define B_PERIODIC	0x40
#define B_ALARM		0x20
#define B_UPDATE	0x10
#define B_BINARY	0x04
#define B_24_HOURS	0x02
#define D_POWER_GOOD	0x80
#define HOURS_PM	0x80

#define ONES		0xff
#define CRYSTAL_HZ	32768
#define FREQ_MIN	2
#define FREQ_FIRST	1024
#define UPDATE_US	10000
#define POLL_US		10
#define READS_MAX	5
#define NONSENSE_MAX	8

static DEFINE_MUTEX(rtc0_mutex);
static struct rtc_device *rtc0;		/* rtc0_mutex */

/* ---------------------------------------------------------------- the top half */

static void give_up_locked(struct rtc_device *rtc, const char *why)
{
	rtc->dead = true;
	pr_err("rtc: %s: given up\n", why);
}

/* Nothing is claimed from then on; others may share the line, so it is not ours to disable. */
static void take_nonsense_locked(struct rtc_device *rtc)
{
	if (++rtc->nonsense < NONSENSE_MAX)
		return;
	give_up_locked(rtc, "its interrupt register reads as ones");
}

irqreturn_t rtc_interrupt(int irq, void *dev)
{
	struct rtc_device *rtc = dev;
	u8 why = 0;

	raw_spin_lock(&rtc->lock);
	if (!rtc->dead)
		why = rtc->read(rtc, REG_C);
	if (why == ONES)
		take_nonsense_locked(rtc);
	else
		rtc->nonsense = 0;
	raw_spin_unlock(&rtc->lock);
	if (why == ONES || !(why & RTC_IRQF))
		return IRQ_NONE;
	if (why & RTC_PF)
		rtc_update_irq(rtc, 1, RTC_IRQF | RTC_PF);
	return IRQ_HANDLED;
}

void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events)
{
	atomic_long_add((long)num, &rtc->ticks);
	schedule_work(&rtc->irqwork);
}

/* ---------------------------------------------------------------- the bottom half */

static void tell_the_task(struct work_struct *work)
{
	struct rtc_device *rtc = container_of(work, struct rtc_device, irqwork);
	/* It changes only while this work cannot run: see rtc_irq_register(). */
	struct rtc_task *task = READ_ONCE(rtc->task);

	if (task)
		task->func(task->private_data);
}

unsigned long rtc_take_ticks(struct rtc_device *rtc)
{
	return (unsigned long)atomic_long_xchg(&rtc->ticks, 0);
}

/* ---------------------------------------------------------------- periodic interrupts */

static void set_bits_locked(struct rtc_device *rtc, u8 reg, u8 clear, u8 set)
{
	lockdep_assert_held(&rtc->lock);
	rtc->write(rtc, reg, (u8)((rtc->read(rtc, reg) & ~clear) | set));
}

/* 32768 Hz are rate 1, and each further one is half of that. */
static u8 rate_of(int freq)
{
	return (u8)(ilog2(CRYSTAL_HZ / freq) + 1);
}

static int set_state(struct rtc_device *rtc, bool on)
{
	unsigned long flags;
	int error = 0;

	lockdep_assert_held(&rtc->ops_lock);
	raw_spin_lock_irqsave(&rtc->lock, flags);
	if (rtc->dead) {
		error = -ENODEV;
	} else {
		set_bits_locked(rtc, REG_A, A_RATE, rate_of(rtc->freq));
		set_bits_locked(rtc, REG_B, B_PERIODIC, on ? B_PERIODIC : 0);
		/* One that is pending holds back all others. */
		rtc->read(rtc, REG_C);
	}
	raw_spin_unlock_irqrestore(&rtc->lock, flags);
	return error;
}

int rtc_irq_set_state(struct rtc_device *rtc, int enabled)
{
	int error;

	mutex_lock(&rtc->ops_lock);
	error = set_state(rtc, enabled);
	mutex_unlock(&rtc->ops_lock);
	return error;
}

int rtc_irq_set_freq(struct rtc_device *rtc, int freq)
{
	unsigned long flags;

	if (freq < FREQ_MIN || freq > RTC_MAX_FREQ || !is_power_of_2((unsigned long)freq))
		return -EINVAL;
	mutex_lock(&rtc->ops_lock);
	rtc->freq = freq;
	raw_spin_lock_irqsave(&rtc->lock, flags);
	if (!rtc->dead)
		set_bits_locked(rtc, REG_A, A_RATE, rate_of(freq));
	raw_spin_unlock_irqrestore(&rtc->lock, flags);
	mutex_unlock(&rtc->ops_lock);
	return 0;
}

int rtc_irq_register(struct rtc_device *rtc, struct rtc_task *task)
{
	int error = 0;

	if (!task || !task->func)
		return -EINVAL;
	mutex_lock(&rtc->ops_lock);
	if (rtc->task) {
		error = -EBUSY;
	} else {
		/* A work of before, which found no task, is over; nobody else's ticks are this one's. */
		cancel_work_sync(&rtc->irqwork);
		rtc_take_ticks(rtc);
		WRITE_ONCE(rtc->task, task);
	}
	mutex_unlock(&rtc->ops_lock);
	return error;
}

/* The task first, then the work: one that a late tick starts after this finds no task. */
void rtc_irq_unregister(struct rtc_device *rtc, struct rtc_task *task)
{
	mutex_lock(&rtc->ops_lock);
	if (rtc->task == task) {
		set_state(rtc, false);
		WRITE_ONCE(rtc->task, NULL);
		cancel_work_sync(&rtc->irqwork);
	}
	mutex_unlock(&rtc->ops_lock);
}

/* ---------------------------------------------------------------- the time of day */

static bool wait_for_no_update(struct rtc_device *rtc)
{
	for (unsigned int us = 0; us <= UPDATE_US; us += POLL_US) {
		if (!(rtc->read(rtc, REG_A) & A_UPDATING))
			return true;
		udelay(POLL_US);
	}
	return false;
}

static int from_bcd(u8 value)
{
	return (value >> 4) * 10 + (value & 0xf);
}

/* The registers as they are now; false: an update came in between. */
static bool read_registers(struct rtc_device *rtc, u8 *regs)
{
	if (!wait_for_no_update(rtc))
		return false;
	for (u8 reg = 0; reg <= REG_YEAR; reg++)
		regs[reg] = rtc->read(rtc, reg);
	return !(rtc->read(rtc, REG_A) & A_UPDATING) && rtc->read(rtc, REG_SECONDS) == regs[REG_SECONDS];
}

static int hours_of(u8 hours, u8 format)
{
	bool pm = hours & HOURS_PM;
	int value;

	if (format & B_24_HOURS)
		return format & B_BINARY ? hours : from_bcd(hours);
	hours &= (u8)~HOURS_PM;
	value = format & B_BINARY ? hours : from_bcd(hours);
	return value % 12 + (pm ? 12 : 0);
}

static void decode(const u8 *regs, u8 format, struct rtc_time *tm)
{
	int field[REG_YEAR + 1];

	for (int reg = 0; reg <= REG_YEAR; reg++)
		field[reg] = format & B_BINARY ? regs[reg] : from_bcd(regs[reg]);
	*tm = (struct rtc_time) {
		.tm_sec = field[REG_SECONDS], .tm_min = field[REG_MINUTES],
		.tm_hour = hours_of(regs[REG_HOURS], format),
		.tm_mday = field[REG_DAY], .tm_mon = field[REG_MONTH] - 1,
		.tm_year = field[REG_YEAR] + (field[REG_YEAR] < 70 ? 100 : 0),
	};
}

int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm)
{
	u8 regs[REG_YEAR + 1], format = 0;
	unsigned long flags;
	bool good = false;

	for (int i = 0; i < READS_MAX && !good; i++) {
		raw_spin_lock_irqsave(&rtc->lock, flags);
		good = !rtc->dead && read_registers(rtc, regs);
		format = rtc->read(rtc, REG_B);
		raw_spin_unlock_irqrestore(&rtc->lock, flags);
	}
	if (!good)
		return -EIO;
	decode(regs, format, tm);
	return rtc_valid_tm(tm);
}

static int days_of(int month, int year)
{
	static const u8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return days[month] + (month == 1 && leap);
}

static bool is_within(int value, int first, int last)
{
	return value >= first && value <= last;
}

int rtc_valid_tm(struct rtc_time *tm)
{
	if (!is_within(tm->tm_mon, 0, 11) || !is_within(tm->tm_year, 70, 9999 - 1900) ||
	    !is_within(tm->tm_mday, 1, days_of(tm->tm_mon, tm->tm_year + 1900)) ||
	    !is_within(tm->tm_hour, 0, 23) || !is_within(tm->tm_min, 0, 59) || !is_within(tm->tm_sec, 0, 59))
		return -EINVAL;
	return 0;
}

/* ---------------------------------------------------------------- finding it, opening it */

static int set_up_locked(struct rtc_device *rtc)
{
	lockdep_assert_held(&rtc->lock);
	if (rtc->read(rtc, REG_A) == ONES && rtc->read(rtc, REG_B) == ONES && rtc->read(rtc, REG_C) == ONES)
		return -ENODEV;
	if (!wait_for_no_update(rtc)) {
		give_up_locked(rtc, "it never stops updating itself");
		return -EIO;
	}
	if (!(rtc->read(rtc, REG_D) & D_POWER_GOOD))
		pr_warn("rtc: its battery is empty: the time is wrong\n");
	set_bits_locked(rtc, REG_B, B_PERIODIC | B_ALARM | B_UPDATE, 0);
	rtc->read(rtc, REG_C);
	return 0;
}

int rtc_add(struct rtc_device *rtc)
{
	unsigned long flags;
	int error;

	raw_spin_lock_init(&rtc->lock);
	mutex_init(&rtc->ops_lock);
	INIT_WORK(&rtc->irqwork, tell_the_task);
	rtc->freq = FREQ_FIRST;
	raw_spin_lock_irqsave(&rtc->lock, flags);
	error = set_up_locked(rtc);
	raw_spin_unlock_irqrestore(&rtc->lock, flags);
	if (error)
		return error;
	mutex_lock(&rtc0_mutex);
	if (rtc0)
		error = -EBUSY;
	else
		rtc0 = rtc;
	mutex_unlock(&rtc0_mutex);
	return error;
}

void rtc_remove(struct rtc_device *rtc)
{
	mutex_lock(&rtc0_mutex);
	if (rtc0 == rtc)
		rtc0 = NULL;
	mutex_unlock(&rtc0_mutex);
}

/* The first user takes the line. */
static int take_line(struct rtc_device *rtc)
{
	int error = 0;

	mutex_lock(&rtc->ops_lock);
	if (!rtc->users && rtc->irq)
		error = request_irq(rtc->irq, rtc_interrupt, IRQF_SHARED, "rtc", rtc);
	if (!error)
		rtc->users++;
	mutex_unlock(&rtc->ops_lock);
	return error;
}

struct rtc_device *rtc_class_open(const char *name)
{
	struct rtc_device *rtc;

	might_sleep();
	mutex_lock(&rtc0_mutex);
	rtc = strcmp(name, "rtc0") ? NULL : rtc0;
	if (rtc && take_line(rtc))
		rtc = NULL;
	mutex_unlock(&rtc0_mutex);
	return rtc;
}

void rtc_class_close(struct rtc_device *rtc)
{
	might_sleep();
	mutex_lock(&rtc->ops_lock);
	if (rtc->users == 1) {
		set_state(rtc, false);
		if (rtc->irq)
			free_irq(rtc->irq, rtc);
		cancel_work_sync(&rtc->irqwork);
	}
	rtc->users--;
	mutex_unlock(&rtc->ops_lock);
}
