// SPDX-License-Identifier: GPL-2.0-only
/*
 * What queues and workers are doing, for people.
 *
 * What
 *	workqueue events: flags 0x0
 *	  events/0: active 2 of 256, in flight 3, done 17
 *	    running: kworker/0:1 (pid 12) probe_fn [disk 3]
 *	    waiting: flush_fn
 *	    inactive: late_fn
 *	pool 0: CPU 0, nice 0, 3 workers, 1 idle, 1 running; manager kworker/0:2
 *
 *	A bound queue is shown by CPU, as NAME/CPU: the system queue's parts are events/0, events/1
 *	...
 *
 * Contexts
 *	Any but NMI. Lines are printed with pool locks held: this is for people who look for a hang.
 *
 * Tests
 *	tests/boot/workqueue_test.c (D3)
 */
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#include "internal.h"

struct work_struct *current_work(void)
{
	/* As on Linux, works in softirq context do not count. */
	struct worker *worker = in_task() ? current_worker() : NULL;

	return worker ? worker->current_work : NULL;
}

bool current_is_workqueue_rescuer(void)
{
	return false;
}

unsigned int work_busy(struct work_struct *work)
{
	/* Pairs with the xchg in run_work(): who sees PENDING gone sees the run. */
	unsigned long data = (unsigned long)atomic_long_read_acquire(&work->data);
	unsigned int busy = data & WORK_STRUCT_PENDING ? WORK_BUSY_PENDING : 0;
	struct worker_pool *pool;
	unsigned long irqflags;

	if (!(data & WORK_STRUCT_PWQ)) {
		if (READ_ONCE(data_worker(data)->current_work) == work)
			busy |= WORK_BUSY_RUNNING;
		return busy;
	}
	/* Queued: only the workers of that pool can run it. */
	pool = READ_ONCE(data_pwq(data)->pool);
	raw_spin_lock_irqsave(&pool->lock, irqflags);
	if (find_worker_running(pool, work))
		busy |= WORK_BUSY_RUNNING;
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return busy;
}

void set_worker_desc(const char *fmt, ...)
{
	struct worker *worker = current_worker();
	va_list args;

	if (!worker)
		return;
	va_start(args, fmt);
	vsnprintf(worker->desc, sizeof(worker->desc), fmt, args);
	va_end(args);
	worker->desc_of = worker->current_work;
}

/* Descriptions are for one run. */
static const char *worker_desc(const struct worker *worker)
{
	return worker->desc_of && worker->desc_of == worker->current_work ? worker->desc : "";
}

static void show_worker(const struct worker *worker)
{
	const char *desc = worker_desc(worker);

	pr_info("    running: %s (pid %d) %ps%s%s%s\n",
		worker->task ? worker->task->comm : "softirq", worker->task ? worker->task->pid : 0,
		worker->current_func, *desc ? " [" : "", desc, *desc ? "]" : "");
}

/* Works of @pwq on @list. Lock held. */
static void show_works(const struct pool_workqueue *pwq, struct list_head *list, const char *what)
{
	struct work_struct *work;

	list_for_each_entry(work, list, entry)
		if (data_pwq((unsigned long)atomic_long_read(&work->data)) == pwq)
			pr_info("    %s: %ps\n", what, work->func);
}

static unsigned int nr_in_flight(const struct pool_workqueue *pwq)
{
	unsigned int color, sum = 0;

	for (color = 0; color < WORK_NR_COLORS; color++)
		sum += (unsigned int)pwq->nr_in_flight[color];
	return sum;
}

static void show_pwq(struct pool_workqueue *pwq)
{
	struct worker_pool *pool = pwq->pool;
	char place[8] = "any";
	struct worker *worker;
	unsigned long irqflags;

	if (pool->cpu >= 0)
		snprintf(place, sizeof(place), "%d", pool->cpu);
	raw_spin_lock_irqsave(&pool->lock, irqflags);
	pr_info("  %s/%s: active %d of %d, in flight %u, done %lu\n", pwq->wq->name, place,
		pwq_nr_active(pwq), pwq->max_active, nr_in_flight(pwq), pwq->nr_done);
	list_for_each_entry(worker, &pool->workers, node) {
		if (worker->current_work && worker_pwq(worker) == pwq)
			show_worker(worker);
		show_works(pwq, &worker->scheduled, "waiting");
	}
	show_works(pwq, &pool->worklist, "waiting");
	show_works(pwq, &pwq->inactive, "inactive");
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
}

void show_one_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	unsigned int cpu;

	pr_info("workqueue %s: flags %#x\n", wq->name, wq->flags);
	for_each_pwq(pwq, wq, cpu)
		show_pwq(pwq);
}

static bool wq_is_busy(const struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;
	unsigned int cpu;

	for_each_pwq(pwq, wq, cpu)
		if (nr_in_flight(pwq))
			return true;
	return false;
}

/* Lock held. */
static bool pool_is_busy(struct worker_pool *pool)
{
	struct worker *worker;

	list_for_each_entry(worker, &pool->workers, node)
		if (worker->current_work)
			return true;
	return pool->nr_running || pool->manager || !list_empty(&pool->worklist);
}

static void show_pool(struct worker_pool *pool, void *unused)
{
	char place[16] = "any CPU";
	unsigned long irqflags;

	raw_spin_lock_irqsave(&pool->lock, irqflags);
	if (pool_is_busy(pool)) {
		if (pool->cpu >= 0)
			snprintf(place, sizeof(place), "CPU %d", pool->cpu);
		pr_info("pool %u: %s, nice %d, %u workers, %u idle, %u running; manager %s\n",
			pool->id, place, pool->nice, pool->nr_workers, pool->nr_idle,
			pool->nr_running, pool->manager ? pool->manager->task->comm : "none");
	}
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
}

void show_all_workqueues(void)
{
	struct workqueue_struct *wq;
	unsigned long irqflags;

	pr_info("busy workqueues and worker pools:\n");
	raw_spin_lock_irqsave(&wq_list_lock, irqflags);
	list_for_each_entry(wq, &workqueues, list)
		if (wq_is_busy(wq))
			show_one_workqueue(wq);
	raw_spin_unlock_irqrestore(&wq_list_lock, irqflags);
	for_each_pool(show_pool, NULL);
}

void print_worker_info(const char *log_lvl, struct task_struct *task)
{
	struct worker *worker;
	const struct pool_workqueue *pwq;

	if (!(task->flags & PF_WQ_WORKER))
		return;
	/* Without a lock: the task may go on meanwhile, but nothing that is read here goes away. */
	worker = kthread_data(task);
	pwq = data_pwq(READ_ONCE(worker->current_data));
	if (READ_ONCE(worker->current_work) && pwq)
		printk("%sworkqueue: %ps%s%s\n", log_lvl, READ_ONCE(worker->current_func),
		       *worker_desc(worker) ? ", " : "", worker_desc(worker));
}
