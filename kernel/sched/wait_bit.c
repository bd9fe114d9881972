// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for bits and variables, by shared wait queues.
 *
 * What
 *	WAIT_QUEUES queues for the whole kernel; the address of the word, and the bit, choose one.
 *	Several words may share a queue: waiters for a bit are woken only by their word and bit, when the
 *	bit is clear; waiters for a variable by whatever happens in their queue, and look at their
 *	condition again.
 *
 * Locks
 *	Those of the queues.
 *
 * Tests
 *	tests/boot/wait_test.c: bit_*, var_*
 */
#include "sched.h"
#include <linux/wait_bit.h>
#include <linux/hash.h>
#include <linux/container_of.h>

#define WAIT_QUEUE_BITS	6
#define WAIT_QUEUES	(1U << WAIT_QUEUE_BITS)

static struct wait_queue_head wait_queues[WAIT_QUEUES] = {
	[0 ... WAIT_QUEUES - 1] = { .lock = __SPIN_LOCK_UNLOCKED(wait_queues.lock) },
};

struct wait_bit_entry {
	struct wait_bit_key key;		/* I */
	struct wait_queue_entry entry;		/* L: the queue's lock */
};

/* The lists cannot be initialised by the compiler, in an array. Called by sched_init(). */
void wait_bit_init(void)
{
	unsigned int i;

	for (i = 0; i < WAIT_QUEUES; i++)
		INIT_LIST_HEAD(&wait_queues[i].head);
}

struct wait_queue_head *bit_waitqueue(void *word, int bit)
{
	unsigned long value = (unsigned long)word * BITS_PER_LONG + (unsigned long)bit;

	return &wait_queues[hash_long(value, WAIT_QUEUE_BITS)];
}

struct wait_queue_head *__var_waitqueue(void *p)
{
	return &wait_queues[hash_ptr(p, WAIT_QUEUE_BITS)];
}

static int wake_bit_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *arg)
{
	const struct wait_bit_key *cleared = arg;
	const struct wait_bit_key *mine = &container_of(entry, struct wait_bit_entry, entry)->key;

	if (mine->flags != cleared->flags || mine->bit_nr != cleared->bit_nr)
		return 0;
	/* Set again by somebody else: that one's end will wake us. */
	if (test_bit((unsigned long)mine->bit_nr, mine->flags))
		return 0;
	return autoremove_wake_function(entry, mode, flags, arg);
}

int bit_wait(struct wait_bit_key *key, int mode)
{
	schedule();
	return 0;
}

int bit_wait_io(struct wait_bit_key *key, int mode)
{
	io_schedule();
	return 0;
}

static void init_entry(struct wait_bit_entry *wait, void *word, int bit, unsigned long deadline)
{
	wait->key = (struct wait_bit_key){ .flags = word, .bit_nr = bit, .timeout = deadline };
	init_wait_entry(&wait->entry, 0);
	wait->entry.func = wake_bit_function;
}

int wait_bit_until(void *word, int bit, wait_bit_action_f *action, unsigned int mode, unsigned long deadline)
{
	struct wait_queue_head *wq = bit_waitqueue(word, bit);
	struct wait_bit_entry wait;
	int ret = 0;

	init_entry(&wait, word, bit, deadline);
	do {
		prepare_to_wait(wq, &wait.entry, (int)mode);
		if (test_bit((unsigned long)bit, word))
			ret = action(&wait.key, (int)mode);
	} while (test_bit((unsigned long)bit, word) && !ret);
	finish_wait(wq, &wait.entry);
	return ret;
}

int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action, unsigned int mode)
{
	return wait_bit_until(word, bit, action, mode, 0);
}

int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action, unsigned int mode)
{
	struct wait_queue_head *wq = bit_waitqueue(word, bit);
	struct wait_bit_entry wait;
	int ret = 0;

	init_entry(&wait, word, bit, 0);
	for (;;) {
		prepare_to_wait_exclusive(wq, &wait.entry, (int)mode);
		if (test_bit((unsigned long)bit, word))
			ret = action(&wait.key, (int)mode);
		if (ret || !test_and_set_bit((unsigned long)bit, word))
			break;
	}
	finish_wait(wq, &wait.entry);
	return ret;
}

void wake_up_bit(void *word, int bit)
{
	struct wait_bit_key key = { .flags = word, .bit_nr = bit };
	struct wait_queue_head *wq = bit_waitqueue(word, bit);

	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, 1, &key);
}

void wake_up_var(void *var)
{
	struct wait_bit_key key = { .flags = var, .bit_nr = WAIT_ATOMIC_T_BIT_NR };
	struct wait_queue_head *wq = __var_waitqueue(var);

	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, 0, &key);
}
