// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workqueues, the hot path: queue, insert, wake, execute, done. The rest is in kernel/wq/.
 *
 * What
 *	A work that is queued goes to the end of a pool's worklist. A pool has threads, the workers,
 *	which take works from the front and call their functions. Each CPU has two pools (normal and
 *	of nice -20) whose workers are bound to it; the pools of unbound queues have workers that
 *	run anywhere. A queue (workqueue_struct) has one pool_workqueue ("pwq") for each pool it
 *	uses, with its share of the pool's works: how many run, how many may, who waits for them.
 *
 *	Bound pools keep just as many workers awake as the CPU needs, namely one. What makes that
 *	work is a hook of the scheduler: a worker whose function goes to sleep says so, and wakes
 *	the next.
 *
 *		worker 0				worker 1
 *		A begins			1	idle
 *		A sleeps: hook			0
 *		    wakes worker 1		1	wakes up
 *							nobody is idle now: make one (manager)
 *							B begins
 *		A is woken: hook		2
 *		A ends					B goes on, or sleeps (1)
 *		another one is running:
 *		    idle			1	B ends; takes C
 *
 *	The column in the middle is pool->nr_running: workers that run works, or have been woken to.
 *	The waker counts, not the one who wakes up, so a thousand works make one wake-up.
 *
 * Contexts
 *	queue_work(): any but NMI, interrupts on or off. Functions of works: task. See
 *	<linux/workqueue.h>.
 *
 * States of a work's data word (bits: <linux/workqueue.h>)
 *	who						moves it
 *	idle -> PENDING			anyone		test_and_set; the winner owns the work
 *	PENDING -> PENDING|TIMER	the winner	arms the timer, whose function inherits it
 *	PENDING[|TIMER] -> PENDING|PWQ	the winner	puts it on a list; pool lock
 *	PENDING|PWQ -> idle, and runs	a worker	takes it off the list; pool lock, xchg
 *	PENDING|PWQ -> PENDING		a canceller	takes it off the list; pool lock
 *	PENDING|TIMER -> PENDING	a canceller	stops the timer; who stops it owns the work
 *	PENDING -> idle, disabled	a canceller	xchg
 *	"Idle" includes "runs": what is left of a run in the word is the worker's number. Is it
 *	running? is the question whether that worker's current_work is this work. No table of
 *	running works is needed. Whoever finds PENDING without PWQ and TIMER waits, spinning, for a
 *	few instructions of another CPU: those moves are made with interrupts off.
 *
 * States of a worker (pool lock)	who moves it
 *	IDLE -> RUNNING			a waker: whoever queues, a worker that falls asleep ...
 *	RUNNING -> ASLEEP -> RUNNING	the scheduler's hooks, in the worker's own task
 *	RUNNING -> APART -> RUNNING	itself, for a work that holds up no others, or to make a
 *					worker; the tick, when a function runs too long;
 *					who takes the CPU down, also ASLEEP -> APART
 *	RUNNING, APART -> IDLE		itself, when there is no work, or another one runs
 *	IDLE -> DYING			the cull timer, when too many have been idle for too long
 *
 * Locks
 *	wq->mutex -> pool->lock -> wq->flush_lock -> the wait queue's. wq_list_lock -> pool->lock.
 *	Pool locks do not nest. pool->lock is taken with interrupts off and covers the pool, its
 *	workers, the pwqs that use it, and the works on its lists. Wake-ups are made under
 *	pool->lock: it keeps the idle worker from dying before it is woken.
 *
 * Ordering
 *	The promise: queue_work() that answers "pending already" promises that a run will see what
 *	was stored before it.
 *		CPU0 queue_work()			CPU1 run_work()
 *		store x					xchg data: PENDING goes	(full barrier)
 *		test_and_set PENDING (full barrier)	call func: load x
 *	Either the test finds PENDING gone, and the work is queued, or the function's loads come
 *	after the test. This is why PENDING goes before the call, why both are full barriers, and
 *	why no plain test may stand in for test_and_set.
 *
 *	Never two at once: current_work is set before PENDING goes (xchg), and unset when the
 *	function is back. Who wins PENDING (test_and_set) therefore sees, in the worker that the
 *	word names, this work for as long as its function runs. While he owns PENDING no other run
 *	can begin; so a look without the lock that finds it not running is final, and only one that
 *	finds it running is repeated under the lock. It is then queued in the pool where it runs,
 *	marked AGAIN; a worker that takes an AGAIN work hands it to the one that still runs it.
 *
 * Limits
 *	Works: none, queueing allocates nothing. Workers: 1024 for each CPU, and 1024
 *	(kernel/wq/pools.c). A worker runs works until there are none; it is preemptible, and a tick
 *	that finds the same function for 10 ms lets the others go on (kernel/wq/hog.c).
 *
 * Differs from Linux
 *	There a table of busy workers is searched before each run, and flush_work() queues a barrier
 *	work; here the data word names the worker, and waiters hang on it. A work that is running
 *	and is queued on another queue, for another CPU, may run beside itself there; here it runs
 *	after, in the pool where it runs, if that queue has works there.
 *
 * Tests
 *	tests/boot/workqueue_test.c (D1, D2, D3), workqueue_pool_test.c, tests/scenario/workqueue_*.c
 */
#include <linux/workqueue.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <arch/cpu.h>
#include <bottomhalf/softirq_works.h>

#include "wq/internal.h"

/*
 * Wake the worker that was idle last: its stack is warm. No idle one: somebody is making one, or
 * the first is yet to come; it will look at the worklist. Lock held.
 */
static __always_inline void wake_first_idle(struct worker_pool *pool)
{
	struct worker *worker = pool->idle;

	if (unlikely(!worker))
		return;
	pool->idle = worker->next_idle;
	pool->nr_idle--;
	pool->nr_running++;
	worker->state = WORKER_RUNNING;
	wake_up_process(worker->task);
}

void wake_idle_worker(struct worker_pool *pool)
{
	if (pool->flags & POOL_BH)
		bh_kick(pool);
	else
		wake_first_idle(pool);
}

bool wake_idle_worker_and_unlock(struct worker_pool *pool, unsigned long irqflags)
{
	wake_first_idle(pool);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return true;
}

/*
 * For DEBUG_OBJECTS: a work is in use from the time it is on a list until its function is called.
 */
const struct debug_obj_descr work_debug_descr = { .name = "work" };

/* The work becomes visible as queued. Lock held, PENDING ours. */
static __always_inline void insert_work(struct pool_workqueue *pwq, struct work_struct *work,
					struct list_head *list, unsigned long bits)
{
	debug_object_activate(work, &work_debug_descr, work->func);
	atomic_long_set(&work->data, pwq->queued_data | bits);
	pwq->nr_in_flight[pwq->color]++;
	list_add_tail(&work->entry, list);
}

/* Works of a queue that is being drained may go on queueing there; nobody else may. */
static bool is_chained_work(const struct workqueue_struct *wq)
{
	struct worker *worker = current_worker();

	return worker && worker_pwq(worker)->wq == wq;
}

static __always_inline void insert_inactive(struct pool_workqueue *pwq, struct work_struct *work,
					    unsigned long bits)
{
	insert_work(pwq, work, &pwq->inactive, bits | WORK_STRUCT_INACTIVE);
}

/*
 * The whole question, for those who are not in a hurry: may it be queued, and is there a place for
 * it? False: the queue is being drained. Lock held.
 */
static noinline bool insert_if_allowed(struct pool_workqueue *pwq, struct work_struct *work,
				       unsigned long bits)
{
	if (pwq->closed && !is_chained_work(pwq->wq))
		return false;

	if (pwq_room(pwq) > 0) {
		pwq->places--;
		insert_work(pwq, work, &pwq->pool->worklist, bits);
		kick_pool(pwq->pool);
	} else {
		insert_inactive(pwq, work, bits);
	}
	return true;
}

/* The queue does not take it. PENDING goes, and the lock. Returns what queue_work() answers. */
static noinline __cold bool refuse(struct pool_workqueue *pwq, struct work_struct *work,
				   unsigned long irqflags)
{
	struct workqueue_struct *wq = pwq->wq;
	bool first = !wq->reported;

	wq->reported = true;
	ungrab_work(work, (unsigned long)atomic_long_read(&work->data));
	raw_spin_unlock_irqrestore(&pwq->pool->lock, irqflags);
	WARN(first, "workqueue: cannot queue %ps on %s, which is being %s", work->func, wq->name,
	     READ_ONCE(wq->flags) & __WQ_DESTROYING ? "destroyed" : "drained");
	return false;
}

/* The pwq through which @wq uses @pool, if it does. */
static struct pool_workqueue *pwq_in_pool(const struct workqueue_struct *wq,
					  const struct worker_pool *pool)
{
	struct pool_workqueue *pwq = wq->pwqs[pool->cpu < 0 ? 0 : pool->cpu];

	return pwq->pool == pool ? pwq : NULL;
}

/*
 * What __queue_work() leaves to others: the work is disabled, or seems to be running. That goes to
 * the pool where it does, if @wq has a pwq there, else to that of @pwq.
 */
static noinline bool queue_disabled_or_running(struct pool_workqueue *pwq, struct work_struct *work,
					       unsigned long data, unsigned long irqflags)
{
	struct pool_workqueue *there = NULL;
	struct worker *worker;

	if (data & WORK_OFFQ_DISABLE_MASK) {
		ungrab_work(work, data);
		local_irq_restore(irqflags);
		return false;
	}

	worker = lock_worker_running(work, data);
	if (worker) {
		there = pwq_in_pool(pwq->wq, worker->pool);
		if (!there)
			raw_spin_unlock(&worker->pool->lock);
	}
	if (there) {
		MARK("workqueue: queued again while it runs");
		pwq = there;
	} else {
		raw_spin_lock(&pwq->pool->lock);
	}

	if (!insert_if_allowed(pwq, work, there ? WORK_STRUCT_AGAIN : 0))
		return refuse(pwq, work, irqflags);
	raw_spin_unlock_irqrestore(&pwq->pool->lock, irqflags);
	return true;
}

/* Lock held; dropped. */
static noinline __noclone __cold bool queue_on_closed(struct worker_pool *pool,
						      struct work_struct *work,
						      struct pool_workqueue *pwq,
						      unsigned long irqflags)
{
	if (!insert_if_allowed(pwq, work, 0))
		return refuse(pwq, work, irqflags);
	raw_spin_unlock_irqrestore(&pwq->pool->lock, irqflags);
	return true;
}

/*
 * A place has been taken, and there was none. Lock held; dropped. The parameters are in the order in which
 * queue_through() has them in registers: the one that is not there is @pwq.
 */
static noinline __noclone bool queue_without_place(struct worker_pool *pool, struct work_struct *work,
						   struct pool_workqueue *pwq, unsigned long irqflags)
{
	/* Less than none: closed, or max_active has shrunk. */
	if (unlikely(++pwq->places))
		return queue_on_closed(pool, work, pwq, irqflags);
	insert_inactive(pwq, work, 0);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return true;
}

/*
 * The way that most works take has no calls, so that no registers need be saved. @here, constant: @pwq
 * is this CPU's.
 */
static __always_inline bool queue_through(struct pool_workqueue *pwq, struct work_struct *work,
					  unsigned long irqflags, const bool here)
{
	unsigned long data = (unsigned long)atomic_long_read(&work->data);
	struct worker_pool *pool;

	/*
	 * That it does not run needs no lock: "Never two at once". Pairs with the releases in
	 * run_work().
	 */
	if (unlikely(data & WORK_OFFQ_DISABLE_MASK ||
		     smp_load_acquire(&data_worker(data)->current_work) == work))
		return queue_disabled_or_running(pwq, work, data, irqflags);

	pool = pwq->pool;
	raw_spin_lock(&pool->lock);
	if (unlikely(--pwq->places < 0))
		return queue_without_place(pool, work, pwq, irqflags);
	insert_work(pwq, work, &pool->worklist, 0);
	if (!pool->nr_running)
		return here ? pool->wake_here_and_unlock(pool, irqflags) :
			      pool->wake_and_unlock(pool, irqflags);
	raw_spin_unlock_irqrestore(&pool->lock, irqflags);
	return true;
}

bool __queue_work_here(struct workqueue_struct *wq, struct work_struct *work,
		       unsigned long irqflags)
{
	return queue_through(wq->pwqs[raw_smp_processor_id()], work, irqflags, true);
}

bool __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work,
		  unsigned long irqflags)
{
	if ((unsigned int)cpu >= nr_cpu_ids)
		cpu = (int)raw_smp_processor_id();
	return queue_through(wq->pwqs[cpu], work, irqflags, false);
}

/* The oldest of those who wait for a place gets the one that the caller has for it. Lock held. */
static __always_inline void activate_first(struct pool_workqueue *pwq, struct worker_pool *pool)
{
	struct work_struct *work = list_first_entry(&pwq->inactive, struct work_struct, entry);

	atomic_long_andnot(WORK_STRUCT_INACTIVE, &work->data);
	list_move_tail(&work->entry, &pool->worklist);
}

void activate_inactive(struct pool_workqueue *pwq)
{
	while (!list_empty(&pwq->inactive) && pwq_room(pwq) > 0) {
		pwq->places--;
		activate_first(pwq, pwq->pool);
	}
	kick_pool(pwq->pool);
}

/* The place of a work that is gone is the next one's, unless max_active has shrunk. Lock held. */
static noinline void pass_place_on(struct pool_workqueue *pwq, struct worker_pool *pool)
{
	if (likely(pwq_room(pwq) >= 0))
		activate_first(pwq, pool);
	else
		pwq->places++;
}

/*
 * A work that was active is gone. No worker need be woken for the next one: one runs, or is on its
 * way, for the work that is gone.
 */
static __always_inline void leave_place(struct pool_workqueue *pwq, struct worker_pool *pool)
{
	if (likely(list_empty(&pwq->inactive)))
		pwq->places++;
	else
		pass_place_on(pwq, pool);
}

void pwq_work_left(struct pool_workqueue *pwq)
{
	leave_place(pwq, pwq->pool);
}

/*
 * The work at the front was queued while it ran, or somebody waits for it. False: it runs still,
 * and has been left to the worker that runs it. Lock held.
 */
static noinline bool begin_marked_work(struct worker *worker, struct work_struct *work,
				       unsigned long data)
{
	struct worker *runner = NULL;

	if (data & WORK_STRUCT_AGAIN)
		runner = find_worker_running(worker->pool, work);
	if (runner) {
		MARK("workqueue: left to the worker that runs it");
		list_move_tail(&work->entry, &runner->scheduled);
		return false;
	}
	if (data & WORK_STRUCT_WAITED)
		waiters_follow(worker, work);
	return true;
}

/* The work does not hold up others: let one more worker come. Lock held. */
static noinline void begin_apart(struct worker *worker)
{
	worker_leave_apart(worker);
	kick_pool(worker->pool);
}

/* The next work must not pay for it. */
static noinline __cold void report_and_mend_leak(work_func_t func)
{
	WARN(1, "workqueue: %ps returned with preempt_count %x, interrupts %s", func,
	     preempt_count(), irqs_disabled() ? "off" : "on");
	preempt_count_sub(preempt_count());
	if (irqs_disabled())
		local_irq_enable();
}

/* The work goes from its list to @worker. Lock held. */
static __always_inline void take_work(struct worker *worker, struct work_struct *work,
				      unsigned long data)
{
	list_del_init(&work->entry);
	debug_object_deactivate(work, &work_debug_descr);
	worker->current_func = work->func;
	worker->current_data = data;
	/* Pairs with the acquires in queue_through() and flush_work(), as does that in end_work(). */
	smp_store_release(&worker->current_work, work);
}

/* Lock held; dropped. Nothing of @work may be touched any more, but by the function. */
static __always_inline void give_up_pending(struct worker *worker, struct worker_pool *pool,
					    struct work_struct *work)
{
	/* Full barrier; pairs with test_and_set_bit() in queue_work_on(). */
	atomic_long_xchg(&work->data, (long)worker->off_queue_data);
	raw_spin_unlock_irq(&pool->lock);
}

/* The function is back. Lock held. */
static __always_inline void end_work(struct worker *worker)
{
	/* What the function stored comes first. Pairs with smp_load_acquire() in flush.c. */
	smp_store_release(&worker->current_work, NULL);
	if (unlikely(worker->waiters))
		waiters_release(worker);
}

/*
 * Call a work's function. Lock held; dropped meanwhile. The function may free the work, and others
 * may queue it anew.
 */
static __always_inline void run_work(struct worker *worker, struct worker_pool *pool,
				     struct work_struct *work)
{
	unsigned long data = (unsigned long)atomic_long_read(&work->data);
	struct pool_workqueue *pwq = data_pwq(data);
	work_func_t func = work->func;

	if (unlikely(data & (WORK_STRUCT_AGAIN | WORK_STRUCT_WAITED)) &&
	    !begin_marked_work(worker, work, data))
		return;

	take_work(worker, work, data);
	worker->ticks = 0;
	if (unlikely(pwq->apart) && (worker->state == WORKER_RUNNING || need_worker(pool)))
		begin_apart(worker);
	give_up_pending(worker, pool, work);

	func(work);

	if (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP) && unlikely(in_atomic() || irqs_disabled()))
		report_and_mend_leak(func);
	if (!IS_ENABLED(CONFIG_PREEMPT))
		cond_resched();

	raw_spin_lock_irq(&pool->lock);
	end_work(worker);
	pwq->nr_done++;
	pwq_color_put(pwq, data_color(data));
	leave_place(pwq, pool);
	if (unlikely(worker->state != WORKER_RUNNING))
		worker_rejoin(worker);
}

/* What the worker does next: false if nothing, or another worker is at it. Lock held. */
static __always_inline bool next_work(const struct worker *worker, const struct worker_pool *pool,
				      struct work_struct **work)
{
	struct list_head *entry = READ_ONCE(worker->scheduled.next);

	if (likely(entry == &worker->scheduled)) {
		entry = READ_ONCE(pool->worklist.next);
		if (entry == &pool->worklist || pool->nr_running > 1)
			return false;
	}
	*work = list_entry(entry, struct work_struct, entry);
	return true;
}

static void bh_waiters_follow(struct worker *worker)
{
	waiters_follow(worker, worker->current_work);
}

/*
 * The same in softirq context (kernel/wq/bh.c), for the first work of the list. There is one worker,
 * who is its CPU's softirq: nothing is left to another one, nothing holds up others, no tick counts.
 * What is needed after the call is read from the worker again: but for @bh no register is to be kept.
 * Lock held; dropped meanwhile. Returns @bh.
 */
static __always_inline struct bh_pool *run_bh_work(struct bh_pool *bh, struct list_head *first)
{
	struct work_struct *work = list_entry(first, struct work_struct, entry);
	unsigned long data = (unsigned long)atomic_long_read(&work->data);
	struct pool_workqueue *pwq;

	take_work(&bh->worker, work, data);
	if (unlikely(data & WORK_STRUCT_WAITED))
		arch_slow_call(bh_waiters_follow, &bh->worker);
	give_up_pending(&bh->worker, &bh->pool, work);

	bh->worker.current_func(work);

	/* Addresses within it need not be kept. */
	OPTIMIZER_HIDE_VAR(bh);
	raw_spin_lock_irq(&bh->pool.lock);
	end_work(&bh->worker);
	data = bh->worker.current_data;
	pwq = data_pwq(data);
	pwq->nr_done++;
	pwq->places++;		/* nobody waits for one: there are PWQ_MAX_PLACES */
	pwq_color_put(pwq, data_color(data));
	return bh;
}

/*
 * The others, but in all BH_WORKS_PER_RUN: other softirqs are waiting. Lock held; dropped for each
 * work.
 */
static noinline void run_more_bh_works(struct bh_pool *bh)
{
	unsigned int left;

	for (left = BH_WORKS_PER_RUN - 1; left; left--) {
		bh = run_bh_work(bh, bh->pool.worklist.next);
		if (list_empty(&bh->pool.worklist)) {
			bh_done(bh);
			return;
		}
	}
	bh_go_on_later(bh);
}

static noinline void bh_done_and_unlock(struct bh_pool *bh)
{
	bh_done(bh);
	raw_spin_unlock_irq(&bh->pool.lock);
}

/* Whoever has been told that works of @bh wait. The first by itself: nearly always it is the only one. */
void workqueue_softirq_action(struct bh_pool *bh)
{
	struct list_head *first;

	raw_spin_lock_irq(&bh->pool.lock);
	first = bh->pool.worklist.next;
	if (unlikely(first == &bh->pool.worklist)) {
		bh_done_and_unlock(bh);		/* it has been cancelled */
		return;
	}
	bh = run_bh_work(bh, first);
	if (unlikely(!list_empty(&bh->pool.worklist)))
		run_more_bh_works(bh);
	else
		bh_done(bh);
	raw_spin_unlock_irq(&bh->pool.lock);
}

/* Lock held. */
static __always_inline void go_idle(struct worker *worker, struct worker_pool *pool)
{
	if (worker->state == WORKER_RUNNING)
		pool->nr_running--;
	worker->state = WORKER_IDLE;
	worker->idle_since = jiffies;
	worker->next_idle = pool->idle;
	pool->idle = worker;
	if (++pool->nr_idle > WORKERS_KEPT_IDLE)
		start_cull_timer(pool);
}

/* Sleep until a waker has taken us off the idle list; other wake-ups mean nothing. Lock held. */
static __always_inline void sleep_idle(struct worker *worker, struct worker_pool *pool)
{
	while (worker->state == WORKER_IDLE) {
		/* A waker takes the lock first: no barrier is needed between this and its look. */
		__set_current_state(TASK_IDLE);
		raw_spin_unlock_irq(&pool->lock);
		schedule();
		raw_spin_lock_irq(&pool->lock);
	}
}

/* In schedule(), the function is about to sleep: its CPU is free for the next work. */
static void worker_sleeping(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool = worker->pool;

	/* At work, only we ourselves, the tick of this CPU, and who takes it down make another state of it. */
	if (READ_ONCE(worker->state) != WORKER_RUNNING)
		return;
	raw_spin_lock_irq(&pool->lock);
	if (worker->state == WORKER_RUNNING) {
		worker->state = WORKER_ASLEEP;
		pool->nr_running--;
		kick_pool(pool);
	}
	raw_spin_unlock_irq(&pool->lock);
}

/* Back from there. */
static void worker_running(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool = worker->pool;

	if (worker->state != WORKER_ASLEEP)
		return;
	raw_spin_lock_irq(&pool->lock);
	if (worker->state == WORKER_ASLEEP) {
		worker->state = WORKER_RUNNING;
		pool->nr_running++;
	}
	raw_spin_unlock_irq(&pool->lock);
}

static const struct sched_hooks worker_hooks = {
	.sleeping = worker_sleeping,
	.running = worker_running,
	.tick = worker_tick,
};

struct worker *current_worker(void)
{
	if (!in_task())
		return bh_current_worker();
	return current->sched_hooks == &worker_hooks ? kthread_data(current) : NULL;
}

int worker_thread(void *arg)
{
	struct worker *worker = arg;
	struct worker_pool *pool = worker->pool;
	struct work_struct *work;

	current->flags |= PF_WQ_WORKER;
	raw_spin_lock_irq(&pool->lock);
	for (;;) {
		sleep_idle(worker, pool);
		if (unlikely(worker->state == WORKER_DYING))
			break;
		if (unlikely(!pool->idle))
			manage_pool(worker);
		/* Idle workers, and one that makes a worker, sleep without anybody being told. */
		current->sched_hooks = &worker_hooks;
		while (next_work(worker, pool, &work))
			run_work(worker, pool, work);
		current->sched_hooks = NULL;
		go_idle(worker, pool);
	}
	worker_end(worker);	/* unlocks */
	return 0;
}
