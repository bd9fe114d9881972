/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wait queues: tasks wait for a condition, others make it true and wake them.
 *
 * What
 *	The waiter says wait_event(queue, condition); the waker makes the condition true, then says
 *	wake_up(&queue). No wake-up is lost between the two, and none is needed if nobody waits.
 *	Exclusive waiters are woken one at a time, in order; all others each time.
 *
 * Contexts
 *	wait_event*(), prepare_to_wait*(), finish_wait(): task. wake_up*(): any but NMI.
 *
 * Locks
 *	queue->lock covers the list. Wake functions run with it held and interrupts off; it nests outside
 *	of run-queue locks.
 *
 * Ordering
 *	prepare_to_wait() sets the state with a full barrier before the condition is read; wake_up() takes
 *	the queue's lock after the condition was written: one of the two sees the other. A waker that
 *	first asks waitqueue_active() needs a full barrier of its own in between.
 *
 * Differs from Linux
 *	No signals, so the interruptible forms never return -ERESTARTSYS. No bookmarks: one call wakes all
 *	that are to be woken with the lock held once. The freezable forms do not freeze.
 *
 * Tests
 *	tests/boot/wait_test.c
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/sched.h>

struct wait_queue_entry;

/* Wakes one waiter. Return: > 0 when it was woken, 0 when not, < 0 to end the walk. */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);
int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);
/** autoremove_wake_function - wake, and if that did it take the waiter off the queue */
int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);
/** woken_wake_function - for wait_woken() */
int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);

#define WQ_FLAG_EXCLUSIVE	0x01	/* woken one at a time */
#define WQ_FLAG_WOKEN		0x02	/* wait_woken(): a wake-up came */
#define WQ_FLAG_PRIORITY	0x10	/* in front of all without it */

/* L: the queue's lock, while the entry is on a queue. */
struct wait_queue_entry {
	unsigned int flags;		/* L */
	void *private;			/* I: the waiting task */
	wait_queue_func_t func;		/* I */
	struct list_head entry;		/* L */
};
typedef struct wait_queue_entry wait_queue_entry_t;

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;		/* L: those with priority, others, exclusive ones */
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAITQUEUE_INITIALIZER(name, task) {				\
	.private = (task),						\
	.func = default_wake_function,					\
	.entry = { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, task) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, task)

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) {				\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),			\
	.head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) DECLARE_WAIT_QUEUE_HEAD(name)

/** init_waitqueue_head - make @wq an empty queue. Context: any, before its first use. */
#define init_waitqueue_head(wq) do {					\
	spin_lock_init(&(wq)->lock);					\
	INIT_LIST_HEAD(&(wq)->head);					\
} while (0)

/** init_waitqueue_entry - an entry that wakes @p, for add_wait_queue() */
static inline void init_waitqueue_entry(struct wait_queue_entry *entry, struct task_struct *p)
{
	entry->flags = 0;
	entry->private = p;
	entry->func = default_wake_function;
}

/**
 * init_waitqueue_func_entry - an entry whose function is called at a wake-up, under the queue's
 * lock
 */
static inline void init_waitqueue_func_entry(struct wait_queue_entry *entry, wait_queue_func_t func)
{
	entry->flags = 0;
	entry->private = NULL;
	entry->func = func;
}

/** waitqueue_active - whether somebody waits; a hint unless the caller holds the lock or has a barrier */
static inline int waitqueue_active(struct wait_queue_head *wq) { return !list_empty(&wq->head); }
static inline bool wq_has_single_sleeper(struct wait_queue_head *wq) { return list_is_singular(&wq->head); }
/** wq_has_sleeper - waitqueue_active() after a full barrier, which pairs with set_current_state() */
static inline bool wq_has_sleeper(struct wait_queue_head *wq)
{
	smp_mb();
	return waitqueue_active(wq);
}

/**
 * add_wait_queue, add_wait_queue_exclusive, add_wait_queue_priority, remove_wait_queue - by hand
 *
 * Exclusive entries stand at the end, and a wake-up wakes one of them. Those with priority stand first,
 * in the order in which they came, and are exclusive, too. All others stand in between, the newest in
 * front. New code: wait_event(), or prepare_to_wait(). Context: any but NMI.
 */
void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry);
void add_wait_queue_priority(struct wait_queue_head *wq, struct wait_queue_entry *entry);
void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry);

/* Behind those with priority, in front of all others. */
static inline void __add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	struct list_head *before = &wq->head;
	struct wait_queue_entry *other;

	list_for_each_entry(other, &wq->head, entry) {
		if (!(other->flags & WQ_FLAG_PRIORITY))
			break;
		before = &other->entry;
	}
	list_add(&entry->entry, before);
}

static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq, entry);
}

static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	list_add_tail(&entry->entry, &wq->head);
}

static inline void __add_wait_queue_entry_tail_exclusive(struct wait_queue_head *wq,
							 struct wait_queue_entry *entry)
{
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	list_add_tail(&entry->entry, &wq->head);
}

static inline void __remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	list_del(&entry->entry);
}

/**
 * __wake_up - wake tasks on a queue
 * @wq: the queue
 * @mode: bits of states that are woken
 * @nr_exclusive: how many exclusive waiters at most; 0: all. Waiters that are not exclusive: always all.
 * @key: handed to the wake functions
 *
 * A full barrier before the state of anybody who is woken. Context: any but NMI.
 * Return: how many exclusive waiters were woken.
 */
int __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, void *key);
/** __wake_up_sync - the same for a waker that is about to sleep: WF_SYNC */
void __wake_up_sync(struct wait_queue_head *wq, unsigned int mode);
void __wake_up_sync_key(struct wait_queue_head *wq, unsigned int mode, void *key);
/** __wake_up_locked - the same with wq->lock held; @nr exclusive ones */
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr);
void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key);

#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x)		__wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x)		__wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_sync(x)			__wake_up_sync(x, TASK_NORMAL)
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x)	__wake_up_sync((x), TASK_INTERRUPTIBLE)

#define poll_to_key(m)			((void *)(unsigned long)(m))
#define key_to_poll(m)			((unsigned int)(unsigned long)(m))
#define wake_up_poll(x, m)		__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m)	__wake_up_locked_key((x), TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m) __wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
#define wake_up_interruptible_sync_poll(x, m) __wake_up_sync_key((x), TASK_INTERRUPTIBLE, poll_to_key(m))

/**
 * prepare_to_wait - put the caller on a queue, unless it is on it, and set its state
 * @wq: the queue
 * @entry: of the caller's stack, from DEFINE_WAIT()
 * @state: TASK_...
 *
 * Look at the condition after it, then schedule(), and go on until it is true; then finish_wait().
 * Context: task.
 */
void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state);
/** prepare_to_wait_exclusive - as an exclusive waiter. Return: whether it is the first on the queue. */
bool prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state);
/** prepare_to_wait_event - for wait_event(). Return: 0; on Linux -ERESTARTSYS when a signal is pending. */
long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state);
/** finish_wait - the caller is RUNNING again and off the queue. Context: task. */
void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry);
void init_wait_entry(struct wait_queue_entry *entry, int flags);

#define DEFINE_WAIT_FUNC(name, function)				\
	struct wait_queue_entry name = {				\
		.private = current,					\
		.func = function,					\
		.entry = LIST_HEAD_INIT((name).entry),			\
	}
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define init_wait(entry)	init_wait_entry((entry), 0)

/**
 * wait_woken - wait for one wake-up through woken_wake_function()
 * @entry: of DEFINE_WAIT_FUNC(name, woken_wake_function), put on the queue by add_wait_queue()
 * @mode: state
 * @timeout: jiffies
 *
 * A wake-up since the last call counts: there is no condition to look at in between.
 * Context: task. Return: jiffies left.
 */
long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout);

/*
 * All of the wait_event family: wait until cond, doing cmd, which sleeps, each time it is not true.
 * __ret starts as result, and is what the whole expression is worth; cond and cmd may change it.
 */
#define ___wait_event(wq_head, cond, state, exclusive, result, cmd) ({	\
	struct wait_queue_entry __wq_entry;				\
	long __ret = (result);						\
									\
	init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
	for (;;) {							\
		long __signal = prepare_to_wait_event(&(wq_head), &__wq_entry, (state)); \
									\
		if (cond)						\
			break;						\
		if (__signal) {						\
			__ret = __signal;				\
			break;						\
		}							\
		cmd;							\
	}								\
	finish_wait(&(wq_head), &__wq_entry);				\
	__ret;								\
})

/* True when done: the condition is (then at least one jiffy is left), or no time is left. */
#define ___wait_cond_timeout(condition) ({				\
	bool __cond = (condition);					\
									\
	if (__cond && !__ret)						\
		__ret = 1;						\
	__cond || !__ret;						\
})

#define __wait_event_timeout(wq_head, condition, timeout, state, exclusive) ({ \
	long __timeout = (timeout), __ret = __timeout;			\
									\
	if (!___wait_cond_timeout(condition))				\
		__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, exclusive, \
				      __timeout, __ret = schedule_timeout(__ret)); \
	__ret;								\
})

#define __wait_event_state(wq_head, condition, state, exclusive, cmd) ({ \
	int __state_ret = 0;						\
									\
	might_sleep();							\
	if (!(condition))						\
		__state_ret = (int)___wait_event(wq_head, condition, state, exclusive, 0, cmd); \
	__state_ret;							\
})

/**
 * wait_event - sleep until a condition is true
 * @wq_head: the queue (not its address) that is woken when it may have become true
 * @condition: an expression; evaluated several times, also in the state that is waited in
 *
 * Context: task, may sleep.
 */
#define wait_event(wq_head, condition) \
	((void)__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, schedule()))
/** wait_event_interruptible - the same in TASK_INTERRUPTIBLE. Return: 0. */
#define wait_event_interruptible(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 0, schedule())
#define wait_event_killable(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_KILLABLE, 0, schedule())
#define wait_event_state(wq_head, condition, state) \
	__wait_event_state(wq_head, condition, state, 0, schedule())
#define wait_event_idle(wq_head, condition) \
	((void)__wait_event_state(wq_head, condition, TASK_IDLE, 0, schedule()))
#define wait_event_idle_exclusive(wq_head, condition) \
	((void)__wait_event_state(wq_head, condition, TASK_IDLE, 1, schedule()))
#define wait_event_exclusive(wq_head, condition) \
	((void)__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 1, schedule()))
#define wait_event_interruptible_exclusive(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_INTERRUPTIBLE, 1, schedule())
#define wait_event_killable_exclusive(wq_head, condition) \
	__wait_event_state(wq_head, condition, TASK_KILLABLE, 1, schedule())
#define wait_event_freezable(wq_head, condition) wait_event_interruptible(wq_head, condition)
#define wait_event_freezable_exclusive(wq_head, condition) \
	wait_event_interruptible_exclusive(wq_head, condition)
#define io_wait_event(wq_head, condition) \
	((void)__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, io_schedule()))

/** wait_event_cmd - wait_event() with @cmd1 before and @cmd2 after each sleep */
#define wait_event_cmd(wq_head, condition, cmd1, cmd2) \
	((void)__wait_event_state(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, \
				  ({ cmd1; schedule(); cmd2; })))

/**
 * wait_event_timeout - the same, no longer than @timeout jiffies
 *
 * Context: task, may sleep. Return: 0 if the condition was still false when the time was over, else the
 * jiffies that were left, at least 1.
 */
#define wait_event_timeout(wq_head, condition, timeout) ({		\
	might_sleep();							\
	__wait_event_timeout(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE, 0); \
})
#define wait_event_interruptible_timeout(wq_head, condition, timeout) ({ \
	might_sleep();							\
	__wait_event_timeout(wq_head, condition, timeout, TASK_INTERRUPTIBLE, 0); \
})
#define wait_event_killable_timeout(wq_head, condition, timeout) ({	\
	might_sleep();							\
	__wait_event_timeout(wq_head, condition, timeout, TASK_KILLABLE, 0); \
})
#define wait_event_idle_timeout(wq_head, condition, timeout) ({		\
	might_sleep();							\
	__wait_event_timeout(wq_head, condition, timeout, TASK_IDLE, 0); \
})
#define wait_event_idle_exclusive_timeout(wq_head, condition, timeout) ({ \
	might_sleep();							\
	__wait_event_timeout(wq_head, condition, timeout, TASK_IDLE, 1); \
})
#define wait_event_freezable_timeout(wq_head, condition, timeout) \
	wait_event_interruptible_timeout(wq_head, condition, timeout)

/**
 * wait_event_lock_irq - wait for a condition that spinlock @lock protects
 *
 * The caller holds @lock, taken by spin_lock_irq(); it is dropped while the task sleeps, and held when
 * the condition is looked at and on return. Context: task.
 */
#define __wait_event_lock_irq(wq_head, condition, lock, cmd, state) ({	\
	int __lock_ret = 0;						\
									\
	if (!(condition))						\
		__lock_ret = (int)___wait_event(wq_head, condition, state, 0, 0, ({ \
			spin_unlock_irq(&(lock));			\
			cmd;						\
			schedule();					\
			spin_lock_irq(&(lock));				\
		}));							\
	__lock_ret;							\
})
#define wait_event_lock_irq(wq_head, condition, lock) \
	((void)__wait_event_lock_irq(wq_head, condition, lock, (void)0, TASK_UNINTERRUPTIBLE))
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd) \
	((void)__wait_event_lock_irq(wq_head, condition, lock, cmd, TASK_UNINTERRUPTIBLE))
#define wait_event_interruptible_lock_irq(wq_head, condition, lock) \
	__wait_event_lock_irq(wq_head, condition, lock, (void)0, TASK_INTERRUPTIBLE)
#define wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, cmd) \
	__wait_event_lock_irq(wq_head, condition, lock, cmd, TASK_INTERRUPTIBLE)

/*
 * The _locked forms: the caller holds wq_head.lock (_irq: taken with interrupts off), which is dropped
 * while the task sleeps. The lock keeps wakers out until then: one look before the sleep is enough.
 */
long do_wait_intr(struct wait_queue_head *wq, struct wait_queue_entry *entry);
long do_wait_intr_irq(struct wait_queue_head *wq, struct wait_queue_entry *entry);
#define __wait_event_interruptible_locked(wq, condition, exclusive, fn) ({ \
	long __ret = 0;							\
	DEFINE_WAIT(__wait);						\
									\
	if (exclusive)							\
		__wait.flags |= WQ_FLAG_EXCLUSIVE;			\
	do {								\
		__ret = fn(&(wq), &__wait);				\
	} while (!__ret && !(condition));				\
	__remove_wait_queue_if_queued(&(wq), &__wait);			\
	__set_current_state(TASK_RUNNING);				\
	(int)__ret;							\
})
static inline void __remove_wait_queue_if_queued(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	list_del_init(&entry->entry);
}
#define wait_event_interruptible_locked(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 0, do_wait_intr))
#define wait_event_interruptible_locked_irq(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 0, do_wait_intr_irq))
#define wait_event_interruptible_exclusive_locked(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 1, do_wait_intr))
#define wait_event_interruptible_exclusive_locked_irq(wq, condition) \
	((condition) ? 0 : __wait_event_interruptible_locked(wq, condition, 1, do_wait_intr_irq))

#include <linux/kernel.h>
#include <linux/wait_bit.h>

#endif
