/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel threads, and workers that run queued functions in a thread of their own.
 *
 * What
 *	kthread_create() makes a thread that does not run yet; kthread_bind() ties it to a CPU;
 *	wake_up_process() starts it; kthread_run() does the first and the last. kthread_stop() asks it to
 *	end and waits for its result; it asks by kthread_should_stop(). A parked thread sleeps in
 *	kthread_parkme() until it is unparked.
 *
 * Contexts
 *	Making, stopping, parking: task, may sleep. kthread_should_stop() and its kin: the thread itself.
 *
 * Lifetime
 *	A thread that returns from its function, or calls kthread_exit(), is gone; who wants to
 *	kthread_stop() it afterwards must have taken a reference (get_task_struct()) before.
 *
 * Differs from Linux
 *	The caller makes the thread itself, there is no kthreadd. NUMA nodes are accepted and not looked
 *	at. Nothing freezes.
 *
 * Tests
 *	tests/boot/kthread_test.c, tests/scenario/kthread.c
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/list.h>
#include <linux/numa.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct completion;

/**
 * kthread_create_on_node - make a thread that does not run yet
 * @threadfn: what it does; its return value is what kthread_stop() returns
 * @data: @threadfn's argument
 * @node: not looked at
 * @namefmt: printf-like; the name is cut to 15 characters
 *
 * SCHED_NORMAL with nice 0, allowed on every CPU. wake_up_process() starts it.
 * Context: task, may sleep. Return: the thread, or ERR_PTR(-ENOMEM).
 */
__printf(4, 5) struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
							  const char namefmt[], ...);
#define kthread_create(threadfn, data, namefmt, arg...) \
	kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, ##arg)

/**
 * kthread_create_on_cpu - the same, bound to a CPU for good, and parked there when it is unparked
 * @threadfn: what it does
 * @data: its argument
 * @cpu: where
 * @namefmt: the name, with one %u for the CPU
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt);

/** kthread_run - kthread_create() and wake_up_process() */
#define kthread_run(threadfn, data, namefmt, ...) ({			\
	struct task_struct *__created =					\
		kthread_create(threadfn, data, namefmt, ##__VA_ARGS__);	\
	if (!IS_ERR(__created))						\
		wake_up_process(__created);				\
	__created;							\
})
/** kthread_run_on_cpu - kthread_create_on_cpu() and wake_up_process() */
static inline struct task_struct *kthread_run_on_cpu(int (*threadfn)(void *data), void *data,
						     unsigned int cpu, const char *namefmt)
{
	struct task_struct *thread = kthread_create_on_cpu(threadfn, data, cpu, namefmt);

	if (!IS_ERR(thread))
		wake_up_process(thread);
	return thread;
}

/**
 * kthread_bind - tie a thread that has not run yet to one CPU
 * @p: from kthread_create(), not woken yet
 * @cpu: need not be online yet: it runs there once it is
 */
void kthread_bind(struct task_struct *p, unsigned int cpu);
/** kthread_bind_mask - the same with several CPUs, one of them online */
void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask);
void kthread_set_per_cpu(struct task_struct *p, int cpu);
bool kthread_is_per_cpu(struct task_struct *p);

/**
 * kthread_stop - ask a thread to end, and wait until it has
 * @p: it lives, or the caller has a reference
 *
 * A thread that was never woken ends without its function being called.
 * Context: task, may sleep; not with anything held that the thread needs to end.
 * Return: what its function returned, or -EINTR if it was never called.
 */
int kthread_stop(struct task_struct *p);
/** kthread_stop_put - kthread_stop(), then drop a reference of the caller's */
int kthread_stop_put(struct task_struct *p);
/** kthread_should_stop - whether the calling thread was asked to end */
bool kthread_should_stop(void);
/** kthread_should_park - whether the calling thread was asked to park */
bool kthread_should_park(void);
bool kthread_should_stop_or_park(void);
/** kthread_freezable_should_stop - kthread_should_stop(); @was_frozen, if not NULL, is always false */
bool kthread_freezable_should_stop(bool *was_frozen);
/**
 * kthread_park - ask a thread to park, and wait until it has
 * @p: it calls kthread_parkme() when kthread_should_park()
 *
 * Context: task, may sleep. Return: 0; -ENOSYS when it has ended; -EBUSY when it is parked or asked to.
 */
int kthread_park(struct task_struct *p);
/** kthread_unpark - let a parked thread go on, one of kthread_create_on_cpu() on its CPU. Context: task. */
void kthread_unpark(struct task_struct *p);
/** kthread_parkme - park if asked to: sleep in TASK_PARKED until kthread_unpark(). Context: the thread. */
void kthread_parkme(void);

/** kthread_data - the argument that @p was made with */
void *kthread_data(struct task_struct *p);
/** kthread_probe_data - the same, NULL when @p is no kernel thread */
void *kthread_probe_data(struct task_struct *p);
/** kthread_func - the function that @p was made with */
void *kthread_func(struct task_struct *p);
/** kthread_exit - end the calling thread; @result is for kthread_stop() */
__noreturn void kthread_exit(long result);
/** kthread_complete_and_exit - complete @x, unless NULL, and end: one step, outside of any module */
__noreturn void kthread_complete_and_exit(struct completion *x, long code);

/* Memory descriptors of user processes do not exist. */
struct mm_struct;
static inline void kthread_use_mm(struct mm_struct *mm) { }
static inline void kthread_unuse_mm(struct mm_struct *mm) { }
static inline bool set_freezable(void) { return false; }

/* ---- workers ---- */

struct kthread_work;
struct kthread_worker;
struct timer_list;
typedef void (*kthread_work_func_t)(struct kthread_work *work);
/* kernel/time/kthread_delayed.c: the timer of a delayed work. */
void kthread_delayed_work_timer_fn(struct timer_list *t);

#define KTW_FREEZABLE	(1 << 0)	/* accepted; nothing freezes */

/* L: lock */
struct kthread_worker {
	unsigned int flags;			/* I */
	raw_spinlock_t lock;
	struct list_head work_list;		/* L: to do, in order */
	struct list_head delayed_work_list;	/* L: whose timers are not over */
	struct task_struct *task;		/* L: who does it; NULL: nobody yet */
	struct kthread_work *current_work;	/* L: being done; only compared, it may be gone */
};

/* L: worker->lock */
struct kthread_work {
	struct list_head node;			/* L: in a list of worker, or empty */
	kthread_work_func_t func;		/* I */
	struct kthread_worker *worker;		/* L: the last one that it was queued on */
	bool delayed;				/* L: in worker->delayed_work_list */
	int canceling;				/* L: cancels under way: it cannot be queued meanwhile */
};

#define KTHREAD_WORKER_INIT(worker) {					\
	.lock = __RAW_SPIN_LOCK_UNLOCKED((worker).lock),		\
	.work_list = LIST_HEAD_INIT((worker).work_list),		\
	.delayed_work_list = LIST_HEAD_INIT((worker).delayed_work_list), }
#define KTHREAD_WORK_INIT(work, fn) \
	{ .node = LIST_HEAD_INIT((work).node), .func = (fn), }
#define DEFINE_KTHREAD_WORKER(worker)	struct kthread_worker worker = KTHREAD_WORKER_INIT(worker)
#define DEFINE_KTHREAD_WORKER_ONSTACK(worker) DEFINE_KTHREAD_WORKER(worker)
#define DEFINE_KTHREAD_WORK(work, fn)	struct kthread_work work = KTHREAD_WORK_INIT(work, fn)

/** kthread_init_worker - make a worker; a thread in kthread_worker_fn() with it as data serves it */
void __kthread_init_worker(struct kthread_worker *worker);
#define kthread_init_worker(worker) do {				\
	__kthread_init_worker(worker);					\
	raw_spin_lock_init(&(worker)->lock);				\
} while (0)
#define kthread_init_work(work, fn) do {				\
	memset((work), 0, sizeof(struct kthread_work));			\
	INIT_LIST_HEAD(&(work)->node);					\
	(work)->func = (fn);						\
} while (0)

/** kthread_worker_fn - a thread function: run a worker's works until kthread_stop() */
int kthread_worker_fn(void *worker);
/** kthread_create_worker - a worker with a running thread. Return: it, or ERR_PTR(). Context: task. */
__printf(2, 3) struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...);
/** kthread_create_worker_on_cpu - the same, bound to @cpu; @namefmt may hold one %u for it */
__printf(3, 4) struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
								   const char namefmt[], ...);
/** kthread_destroy_worker - finish what is queued, end the thread, free the worker. Context: task. */
void kthread_destroy_worker(struct kthread_worker *worker);

/** kthread_queue_work - have a work done. Context: any but NMI. Return: false if it was queued already. */
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work);
/** kthread_flush_work - wait until a work that was queued is done. Context: task. */
void kthread_flush_work(struct kthread_work *work);
/** kthread_flush_worker - wait until all that is queued now is done. Context: task. */
void kthread_flush_worker(struct kthread_worker *worker);
/** kthread_cancel_work_sync - unqueue it, wait for a run under way. Return: whether it was queued. */
bool kthread_cancel_work_sync(struct kthread_work *work);

#include <linux/kthread_delayed.h>

#endif
