// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queues are made, changed and destroyed.
 *
 * What
 *	A queue has a pwq for each pool that its works may go to: one for each CPU, or one in all if
 *	it is unbound. wq->pwqs[] has an entry for each CPU either way, so that queueing need not
 *	ask.
 *
 * Contexts
 *	Task, may sleep; alloc_workqueue() also on the boot CPU before there are tasks.
 *
 * Locks
 *	wq_list_lock covers the list of queues. wq->mutex: max_active.
 *
 * Limits
 *	max_active: 1 to WQ_MAX_ACTIVE.
 *
 * Tests
 *	tests/boot/workqueue_test.c, workqueue_pool_test.c
 */
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#include "internal.h"

DEFINE_RAW_SPINLOCK(wq_list_lock);
LIST_HEAD(workqueues);

/* Equal entries stand side by side. */
struct pool_workqueue *next_pwq(const struct workqueue_struct *wq, unsigned int *cpu)
{
	for (; *cpu < nr_cpu_ids; (*cpu)++)
		if (*cpu == 0 || wq->pwqs[*cpu] != wq->pwqs[*cpu - 1])
			return wq->pwqs[*cpu];
	return NULL;
}

static void put_pwqs(struct workqueue_struct *wq)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (wq->pwqs[cpu] && (cpu == 0 || wq->pwqs[cpu] != wq->pwqs[cpu - 1]))
			pwq_put(wq->pwqs[cpu]);
}

static bool get_pwqs(struct workqueue_struct *wq)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		struct worker_pool *pool = pool_for(wq->flags, cpu);

		if (cpu > 0 && wq->pwqs[cpu - 1]->pool == pool)
			wq->pwqs[cpu] = wq->pwqs[cpu - 1];
		else
			wq->pwqs[cpu] = pwq_get(wq, pool);
		if (!wq->pwqs[cpu])
			return false;
	}
	return true;
}

static int clamp_max_active(int max_active, const char *name)
{
	if (max_active == 0)
		return WQ_DFL_ACTIVE;
	if (max_active < 1 || max_active > WQ_MAX_ACTIVE)
		pr_warn("workqueue: max_active of %s is %d, must be 1 to %d\n", name, max_active,
			WQ_MAX_ACTIVE);
	return clamp(max_active, 1, (int)WQ_MAX_ACTIVE);
}

/*
 * Give all pwqs the queue's limit; works that wait for a place may find one. wq->mutex held, or not
 * public yet.
 */
static void set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct pool_workqueue *pwq;
	unsigned long irqflags;
	unsigned int cpu;

	wq->max_active = max_active;
	for_each_pwq(pwq, wq, cpu) {
		raw_spin_lock_irqsave(&pwq->pool->lock, irqflags);
		pwq_set_max_active(pwq, max_active);
		activate_inactive(pwq);
		raw_spin_unlock_irqrestore(&pwq->pool->lock, irqflags);
	}
}

/* In the list: from now on who takes a CPU down or up does this. */
static void refresh_pwqs(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	unsigned int cpu;

	for_each_pwq(pwq, wq, cpu) {
		raw_spin_lock(&pwq->pool->lock);
		pwq_refresh(pwq);
		raw_spin_unlock(&pwq->pool->lock);
	}
}

static bool flags_are_valid(unsigned int flags, int max_active)
{
	if (!(flags & WQ_BH))
		return true;
	return IS_ENABLED(CONFIG_TASKLET) && !(flags & ~__WQ_BH_ALLOWS) && !max_active;
}

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq;
	unsigned long irqflags;
	va_list args;

	if (WARN_ON(!flags_are_valid(flags, max_active)))
		return NULL;
	wq = kzalloc(sizeof(*wq) + nr_cpu_ids * sizeof(wq->pwqs[0]), GFP_KERNEL);
	if (!wq)
		return NULL;

	wq->flags = flags;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	mutex_init(&wq->mutex);
	raw_spin_lock_init(&wq->flush_lock);
	init_waitqueue_head(&wq->flush_wait);
	if (!get_pwqs(wq))
		goto put_pwqs;
	set_max_active(wq, flags & WQ_BH ? PWQ_MAX_PLACES : clamp_max_active(max_active, wq->name));

	raw_spin_lock_irqsave(&wq_list_lock, irqflags);
	list_add_tail(&wq->list, &workqueues);
	refresh_pwqs(wq);
	raw_spin_unlock_irqrestore(&wq_list_lock, irqflags);
	return wq;

put_pwqs:
	put_pwqs(wq);
	kfree(wq);
	return NULL;
}

void destroy_workqueue(struct workqueue_struct *wq)
{
	unsigned long irqflags;

	if (own_queue(wq, "destroy"))
		return;
	/* From now on only its own works may queue on it, and not for long. */
	mutex_lock(&wq->mutex);
	WRITE_ONCE(wq->flags, wq->flags | __WQ_DESTROYING);
	mutex_unlock(&wq->mutex);
	drain_workqueue(wq);

	raw_spin_lock_irqsave(&wq_list_lock, irqflags);
	list_del(&wq->list);
	raw_spin_unlock_irqrestore(&wq_list_lock, irqflags);
	put_pwqs(wq);
	kfree(wq);
}

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	if (WARN_ON(wq->flags & (__WQ_ORDERED | WQ_BH)))
		return;
	mutex_lock(&wq->mutex);
	set_max_active(wq, clamp_max_active(max_active, wq->name));
	mutex_unlock(&wq->mutex);
}

void workqueue_set_min_active(struct workqueue_struct *wq, int min_active)
{
	WARN_ON((wq->flags & (WQ_BH | WQ_UNBOUND | __WQ_ORDERED)) != WQ_UNBOUND);
}

bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	if ((unsigned int)cpu >= nr_cpu_ids)
		cpu = (int)raw_smp_processor_id();
	pwq = wq->pwqs[cpu];
	return !list_empty(&pwq->inactive);
}
