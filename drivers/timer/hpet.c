// SPDX-License-Identifier: GPL-2.0-only
/*
 * Event timers (HPET) as a source of interrupts: periodic, and once.
 *
 * What
 *	One counter counts up; a timer has a comparator, and interrupts when the counter is there.
 *	Top half (hard IRQ): the status register says which timer it was; writing it back ends the level. The event is
 *	counted, and the thread is woken.
 *	Bottom half, the line's thread (request_threaded_irq()): tells how many events there were.
 *
 * Lines
 *	A timer that can send messages has a line of its own (hpet_msi.c). Else it says which lines it can be wired
 *	to, and the machine which may be used (hpet->lines). Such a line is a level: so it can share with PCI devices,
 *	and tells its own interrupts from theirs. Several timers may have one line. The legacy mode, in which timers 0
 *	and 1 take the lines of the PIT and of the real-time clock away, is switched off.
 *
 * Locks
 *	hpet->mutex: who takes and gives back timers. hpet->lock, interrupts off: configuration and comparators.
 *
 * Ordering
 *	A comparator is compared with the counter for being equal. A time that has passed when it is written comes 43 s
 *	later, when 32 bits have wrapped: so the counter is read after the comparator was written, and if the time is
 *	over, it is put further away, twice as far each time, TRIES_MAX times; then it is -EIO. A device that fires for times that are
 *	over, too, may do so a moment later: then there are two events for one.
 *
 * Limits, and nonsense from the device
 *	32 bits of counter and comparator are used, and half of that is the longest time (21 s at 100 MHz). The shortest
 *	is NS_MIN. Registers that read as ones are none. A revision or period that cannot be, a counter that
 *	stands still for STILL_US: given up, by name; so is a status register that reads as ones. All waits are in
 *	microseconds: nothing holds up the boot.
 *
 * Differs from Linux
 *	See <linux/hpet.h>.
 *
 * Tests
 *	tests/boot/hpet_test.c (timers in memory, sane and not), arch/x86/tests/hpet_test.c
 *
 * Source: IA-PC HPET specification, revision 1.0a.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hpet.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include "hpet_timer.h"

#define ONES		0xffffffffU
#define FS_PER_NS	1000000ULL
#define PERIOD_MIN_FS	100000U		/* 10 GHz */
#define PERIOD_MAX_FS	100000000U	/* 10 MHz, as the specification has it */
#define NS_MIN		10000ULL
#define COUNTS_MAX	0x7fffffffU
#define TRIES_MAX	16
#define STILL_US	1000
#define POLL_US		10

static DEFINE_MUTEX(hpet_mutex);
static struct hpet *present;		/* hpet_mutex to write */

struct hpet *hpet_present(void)
{
	return READ_ONCE(present);
}

static void give_up(struct hpet *hpet, const char *why)
{
	pr_err("hpet: %s: given up\n", why);
	WRITE_ONCE(hpet->dead, true);
}

/* ---------------------------------------------------------------- top half, bottom half */

static irqreturn_t hpet_interrupt(int irq, void *dev)
{
	struct hpet_timer *timer = dev;
	struct hpet *hpet = timer->hpet;
	irqreturn_t result = IRQ_NONE;
	u32 status;

	raw_spin_lock(&hpet->lock);
	status = hpet->dead ? 0 : hpet->read(hpet, HPET_STATUS);
	if (status == ONES) {
		give_up(hpet, "its status reads as ones");
	} else if (status & BIT(timer->number)) {
		hpet->write(hpet, HPET_STATUS, BIT(timer->number));
		atomic_long_inc(&timer->events);
		result = IRQ_WAKE_THREAD;
	}
	raw_spin_unlock(&hpet->lock);
	return result;
}

/* By message: it is this timer's, and there is no status to ask. One may have been under way when it was stopped. */
static irqreturn_t hpet_message(int irq, void *dev)
{
	struct hpet_timer *timer = dev;
	bool counts;

	raw_spin_lock(&timer->hpet->lock);
	counts = timer->cfg & HPET_TN_ENABLE;
	if (counts)
		atomic_long_inc(&timer->events);
	raw_spin_unlock(&timer->hpet->lock);
	return counts ? IRQ_WAKE_THREAD : IRQ_HANDLED;
}

static irqreturn_t hpet_thread(int irq, void *dev)
{
	struct hpet_timer *timer = dev;
	unsigned long events = (unsigned long)atomic_long_xchg(&timer->events, 0);

	if (events)
		timer->fn(timer->data, events);
	return IRQ_HANDLED;
}

/* ---------------------------------------------------------------- setting a timer. hpet->lock held. */

static void write_cfg_locked(struct hpet_timer *timer, u32 cfg)
{
	lockdep_assert_held(&timer->hpet->lock);
	timer->cfg = cfg;
	timer->hpet->write(timer->hpet, HPET_Tn_CFG(timer->number), cfg);
}

static void stop_locked(struct hpet_timer *timer)
{
	write_cfg_locked(timer, timer->cfg & ~(u32)(HPET_TN_ENABLE | HPET_TN_PERIODIC | HPET_TN_SETVAL));
	/* What it asked for and did not get: a level that nobody would end. */
	timer->hpet->write(timer->hpet, HPET_STATUS, BIT(timer->number));
}

static void start_periodic_locked(struct hpet_timer *timer, u32 counts)
{
	struct hpet *hpet = timer->hpet;

	write_cfg_locked(timer, timer->cfg | HPET_TN_PERIODIC | HPET_TN_SETVAL | HPET_TN_ENABLE);
	hpet->write(hpet, HPET_Tn_CMP(timer->number), hpet->read(hpet, HPET_COUNTER) + counts);
	hpet->write(hpet, HPET_Tn_CMP(timer->number), counts);
	/* The device takes the mark back with the first write, and what is remembered must, too. */
	timer->cfg &= ~(u32)HPET_TN_SETVAL;
}

static bool is_to_come_or_has_fired(struct hpet_timer *timer, u32 when)
{
	struct hpet *hpet = timer->hpet;

	return (s32)(when - hpet->read(hpet, HPET_COUNTER)) > 0 || (hpet->read(hpet, HPET_STATUS) & BIT(timer->number));
}

/* The time before the permission: an old one that is over would fire at once (QEMU). */
static int start_once_locked(struct hpet_timer *timer, u32 counts)
{
	struct hpet *hpet = timer->hpet;

	for (int i = 0; i < TRIES_MAX && counts <= COUNTS_MAX; i++, counts *= 2) {
		u32 when = hpet->read(hpet, HPET_COUNTER) + counts;

		hpet->write(hpet, HPET_Tn_CMP(timer->number), when);
		write_cfg_locked(timer, timer->cfg | HPET_TN_ENABLE);
		if (is_to_come_or_has_fired(timer, when))
			return 0;
	}
	stop_locked(timer);
	pr_err_ratelimited("hpet: timer %u: its counter runs away: it cannot be set\n", timer->number);
	return -EIO;
}

/* 0: too long. */
static u32 counts_of(const struct hpet *hpet, u64 ns)
{
	u64 longest = div_u64((u64)COUNTS_MAX * hpet->period_fs, (u32)FS_PER_NS);
	u64 counts;

	if (ns > longest)
		return 0;
	counts = div_u64(max(ns, NS_MIN) * FS_PER_NS, hpet->period_fs);
	return (u32)clamp(counts, 1ULL, (u64)COUNTS_MAX);
}

int hpet_timer_start(struct hpet_timer *timer, u64 ns, bool periodic)
{
	struct hpet *hpet = timer->hpet;
	u32 counts = counts_of(hpet, ns);
	unsigned long flags;
	int error = 0;

	if (!counts || (periodic && (!ns || !timer->periodic_cap)))
		return -EINVAL;
	raw_spin_lock_irqsave(&hpet->lock, flags);
	if (hpet->dead) {
		error = -ENODEV;
	} else {
		stop_locked(timer);
		if (periodic)
			start_periodic_locked(timer, counts);
		else
			error = start_once_locked(timer, counts);
	}
	raw_spin_unlock_irqrestore(&hpet->lock, flags);
	return error;
}

void hpet_timer_stop(struct hpet_timer *timer)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&timer->hpet->lock, flags);
	if (!timer->hpet->dead)
		stop_locked(timer);
	raw_spin_unlock_irqrestore(&timer->hpet->lock, flags);
}

/* ---------------------------------------------------------------- who has which */

/* How it interrupts from now on; it stands still. */
static void set_line(struct hpet_timer *timer, unsigned int irq, u32 cfg)
{
	struct hpet *hpet = timer->hpet;
	unsigned long flags;

	timer->irq = irq;
	timer->by_message = cfg & HPET_TN_FSB;
	raw_spin_lock_irqsave(&hpet->lock, flags);
	write_cfg_locked(timer, HPET_TN_32BIT | cfg);
	raw_spin_unlock_irqrestore(&hpet->lock, flags);
}

/* hpet->mutex held. */
static int take_message(struct hpet_timer *timer)
{
	int irq = hpet_msi_alloc(timer), error;

	if (irq < 0)
		return irq;
	error = request_threaded_irq((unsigned int)irq, hpet_message, hpet_thread, 0, "hpet", timer);
	if (error)
		hpet_msi_free((unsigned int)irq);
	else
		set_line(timer, (unsigned int)irq, HPET_TN_FSB);
	return error;
}

/* Wire a timer to the first of its lines that lets us. hpet->mutex held. */
static int take_line(struct hpet_timer *timer)
{
	struct hpet *hpet = timer->hpet;

	if (!take_message(timer))
		return 0;
	for (unsigned int line = 0; line < 32; line++) {
		if (!(timer->routes & hpet->lines & BIT(line)))
			continue;
		if (request_threaded_irq(line, hpet_interrupt, hpet_thread, IRQF_SHARED, "hpet", timer))
			continue;
		set_line(timer, line, HPET_TN_LEVEL | line << HPET_TN_ROUTE_SHIFT);
		return 0;
	}
	return -EBUSY;
}

static struct hpet_timer *take_timer(struct hpet *hpet, void (*fn)(void *data, unsigned long events), void *data)
{
	lockdep_assert_held(&hpet->mutex);
	for (unsigned int n = 0; n < hpet->nr_timers; n++) {
		struct hpet_timer *timer = &hpet->timers[n];

		if (timer->taken)
			continue;
		timer->fn = fn;
		timer->data = data;
		atomic_long_set(&timer->events, 0);
		if (take_line(timer))
			continue;
		timer->taken = true;
		return timer;
	}
	return ERR_PTR(-EBUSY);
}

struct hpet_timer *hpet_timer_request(void (*fn)(void *data, unsigned long events), void *data)
{
	struct hpet *hpet = hpet_present();
	struct hpet_timer *timer;

	might_sleep();
	if (!hpet || READ_ONCE(hpet->dead))
		return ERR_PTR(-ENODEV);
	mutex_lock(&hpet->mutex);
	timer = take_timer(hpet, fn, data);
	mutex_unlock(&hpet->mutex);
	return timer;
}

void hpet_timer_release(struct hpet_timer *timer)
{
	struct hpet *hpet = timer->hpet;

	might_sleep();
	mutex_lock(&hpet->mutex);
	hpet_timer_stop(timer);
	free_irq(timer->irq, timer);
	if (timer->by_message)
		hpet_msi_free(timer->irq);
	timer->taken = false;
	mutex_unlock(&hpet->mutex);
}

/* ---------------------------------------------------------------- finding them */

static bool counts_up(struct hpet *hpet)
{
	u32 first = hpet->read(hpet, HPET_COUNTER);

	for (unsigned int us = 0; us < STILL_US; us += POLL_US) {
		if (hpet->read(hpet, HPET_COUNTER) != first)
			return true;
		udelay(POLL_US);
	}
	return false;
}

/* What the firmware left in it is switched off. */
static void set_up_timer(struct hpet *hpet, unsigned int n)
{
	struct hpet_timer *timer = &hpet->timers[n];

	timer->hpet = hpet;
	timer->number = n;
	timer->periodic_cap = hpet->read(hpet, HPET_Tn_CFG(n)) & HPET_TN_PERIODIC_CAP;
	timer->message_cap = hpet->read(hpet, HPET_Tn_CFG(n)) & HPET_TN_FSB_CAP;
	timer->routes = hpet->read(hpet, HPET_Tn_ROUTE(n));
	write_cfg_locked(timer, HPET_TN_32BIT);
}

/* Return: what is wrong; NULL: nothing. */
static const char *set_up_locked(struct hpet *hpet, u32 id)
{
	hpet->period_fs = hpet->read(hpet, HPET_PERIOD);
	if (!(id & HPET_ID_REV))
		return "it has no revision";
	if (hpet->period_fs < PERIOD_MIN_FS || hpet->period_fs > PERIOD_MAX_FS)
		return "its period is impossible";
	hpet->nr_timers = (id >> HPET_ID_NUMBER_SHIFT & HPET_ID_NUMBER) + 1;
	for (unsigned int n = 0; n < hpet->nr_timers; n++)
		set_up_timer(hpet, n);
	hpet->write(hpet, HPET_CFG, HPET_CFG_ENABLE);
	hpet->write(hpet, HPET_STATUS, ONES);
	return counts_up(hpet) ? NULL : "its counter stands still";
}

static int find(struct hpet *hpet)
{
	u32 id = hpet->read(hpet, HPET_ID);
	const char *wrong;
	unsigned long flags;

	if (id == ONES)
		return -ENODEV;
	raw_spin_lock_irqsave(&hpet->lock, flags);
	wrong = set_up_locked(hpet, id);
	if (wrong)
		give_up(hpet, wrong);
	raw_spin_unlock_irqrestore(&hpet->lock, flags);
	return wrong ? -EIO : 0;
}

int hpet_alloc(struct hpet *hpet)
{
	int error;

	raw_spin_lock_init(&hpet->lock);
	mutex_init(&hpet->mutex);
	error = find(hpet);
	if (error)
		return error;
	mutex_lock(&hpet_mutex);
	if (present)
		error = -EBUSY;
	else
		WRITE_ONCE(present, hpet);
	mutex_unlock(&hpet_mutex);
	return error;
}

void hpet_free(struct hpet *hpet)
{
	mutex_lock(&hpet_mutex);
	if (present == hpet)
		WRITE_ONCE(present, NULL);
	mutex_unlock(&hpet_mutex);
}
