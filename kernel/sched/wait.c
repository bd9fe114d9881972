// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wait queues: the functions behind <linux/wait.h>.
 *
 * What
 *	A queue is a list of entries, each with a function that wakes its task. Exclusive entries stand at
 *	the end, so a wake-up meets all others first, and ends when it has woken as many exclusive ones as
 *	it was told.
 *
 * Contexts
 *	Waiting: task. Waking: any but NMI.
 *
 * Locks
 *	queue->lock, interrupts off. The wake functions run under it: an entry lives on its waiter's stack,
 *	and only the lock keeps the waiter from leaving. Run-queue locks nest inside.
 *
 * Ordering
 *	A woken task that took itself off the queue without the lock, in finish_wait():
 *
 *	waker, under the lock			waiter
 *	wakes the task
 *	list_del_init_careful(entry)		list_empty_careful(entry)? no: takes the lock, waits
 *						yes: the waker is done with the entry: leaves
 *
 * Tests
 *	tests/boot/wait_test.c
 */
#include <linux/wait.h>
#include <linux/sched.h>

/* ---- waking ---- */

/* Return: how many exclusive waiters were woken. */
static int wake_locked(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, int wake_flags,
		       void *key)
{
	struct wait_queue_entry *entry, *next;
	int woken = 0;

	lockdep_assert_held(&wq->lock);
	list_for_each_entry_safe(entry, next, &wq->head, entry) {
		/* The entry may be gone after a successful call. */
		unsigned int flags = entry->flags;
		int ret = entry->func(entry, mode, wake_flags, key);

		if (ret < 0)
			break;
		if (ret && flags & WQ_FLAG_EXCLUSIVE && ++woken == nr_exclusive)
			break;
	}
	return woken;
}

static int wake_with_flags(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, int wake_flags,
			   void *key)
{
	unsigned long flags;
	int woken;

	/* The atomic operation orders the caller's condition before the waiters' states. */
	spin_lock_irqsave(&wq->lock, flags);
	woken = wake_locked(wq, mode, nr_exclusive, wake_flags, key);
	spin_unlock_irqrestore(&wq->lock, flags);
	return woken;
}

int __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, void *key)
{
	return wake_with_flags(wq, mode, nr_exclusive, 0, key);
}

void __wake_up_sync_key(struct wait_queue_head *wq, unsigned int mode, void *key)
{
	wake_with_flags(wq, mode, 1, WF_SYNC, key);
}

void __wake_up_sync(struct wait_queue_head *wq, unsigned int mode)
{
	__wake_up_sync_key(wq, mode, NULL);
}

void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr)
{
	wake_locked(wq, mode, nr, 0, NULL);
}

void __wake_up_locked_key(struct wait_queue_head *wq, unsigned int mode, void *key)
{
	wake_locked(wq, mode, 1, 0, key);
}

/* ---- wake functions ---- */

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	return try_to_wake_up(entry->private, mode, flags);
}

int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	int ret = default_wake_function(entry, mode, flags, key);

	if (ret)
		list_del_init_careful(&entry->entry);
	return ret;
}

/* ---- joining and leaving ---- */

void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq->lock, flags);
	__add_wait_queue(wq, entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}

void add_wait_queue_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	__add_wait_queue_entry_tail_exclusive(wq, entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}

/* Before all without it, and exclusive: if it is woken nobody else is. */
void add_wait_queue_priority(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_PRIORITY;
	spin_lock_irqsave(&wq->lock, flags);
	__add_wait_queue_exclusive(wq, entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}

void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	__remove_wait_queue(wq, entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}

void init_wait_entry(struct wait_queue_entry *entry, int flags)
{
	entry->flags = (unsigned int)flags;
	entry->private = current;
	entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&entry->entry);
}

/* Return: whether the queue was empty. */
static bool join(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	unsigned long flags;
	bool was_empty = false;

	spin_lock_irqsave(&wq->lock, flags);
	if (list_empty(&entry->entry)) {
		was_empty = list_empty(&wq->head);
		if (entry->flags & WQ_FLAG_EXCLUSIVE)
			__add_wait_queue_entry_tail(wq, entry);
		else
			__add_wait_queue(wq, entry);
	}
	/* Before the condition is read; pairs with the lock in wake_with_flags(). */
	set_current_state((unsigned int)state);
	spin_unlock_irqrestore(&wq->lock, flags);
	return was_empty;
}

void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	join(wq, entry, state);
}

bool prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	return join(wq, entry, state);
}

long prepare_to_wait_event(struct wait_queue_head *wq, struct wait_queue_entry *entry, int state)
{
	join(wq, entry, state);
	return 0;
}

void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	/* Empty: a waker removed it, and does not touch it any more. See Ordering. */
	if (!list_empty_careful(&entry->entry)) {
		spin_lock_irqsave(&wq->lock, flags);
		list_del_init(&entry->entry);
		spin_unlock_irqrestore(&wq->lock, flags);
	}
}

/* ---- with the queue's lock held by the caller ---- */

static void join_interruptible_locked(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	lockdep_assert_held(&wq->lock);
	if (list_empty(&entry->entry))
		__add_wait_queue_entry_tail(wq, entry);
	set_current_state(TASK_INTERRUPTIBLE);
}

long do_wait_intr(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	join_interruptible_locked(wq, entry);
	spin_unlock(&wq->lock);
	schedule();
	spin_lock(&wq->lock);
	return 0;
}

long do_wait_intr_irq(struct wait_queue_head *wq, struct wait_queue_entry *entry)
{
	join_interruptible_locked(wq, entry);
	spin_unlock_irq(&wq->lock);
	schedule();
	spin_lock_irq(&wq->lock);
	return 0;
}
