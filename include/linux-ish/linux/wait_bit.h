/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting for a bit to become clear, or for a variable to change, without a queue in the object: the
 * address is hashed to one of a few shared queues.
 *
 * Contexts
 *	wait_*(): task, may sleep. wake_up_*(): any but NMI.
 *
 * Ordering
 *	Clear the bit (or change the variable), then a full barrier, then wake. clear_and_wake_up_bit()
 *	does the three.
 *
 * Tests
 *	tests/boot/wait_test.c
 */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>
#include <linux/bitops.h>

struct wait_bit_key {
	void *flags;			/* the word, or the variable */
	int bit_nr;			/* WAIT_ATOMIC_T_BIT_NR for a variable */
	unsigned long timeout;		/* when the wait ends, for actions that have a clock */
};

#define WAIT_ATOMIC_T_BIT_NR	(-1)

/* How one sleep is made; nonzero ends the wait. */
typedef int wait_bit_action_f(struct wait_bit_key *key, int mode);

/* kernel/sched/wait_bit.c: what the functions below are made of. */
struct wait_queue_head *__var_waitqueue(void *p);
struct wait_queue_head *bit_waitqueue(void *word, int bit);
int bit_wait(struct wait_bit_key *key, int mode);
int bit_wait_io(struct wait_bit_key *key, int mode);
int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action, unsigned int mode);
int out_of_line_wait_on_bit_timeout(void *word, int bit, wait_bit_action_f *action, unsigned int mode,
				    unsigned long timeout);
int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action, unsigned int mode);
/* @deadline goes to @action, in key->timeout. */
int wait_bit_until(void *word, int bit, wait_bit_action_f *action, unsigned int mode, unsigned long deadline);
/* kernel/time/wait_timeout.c; key->timeout is in jiffies. */
int bit_wait_timeout(struct wait_bit_key *key, int mode);

/** wake_up_bit - wake those that wait for a bit of @word; all barriers are the caller's */
void wake_up_bit(void *word, int bit);
/** wake_up_var - wake those that wait for a change of *@var */
void wake_up_var(void *var);

/** wait_on_bit - until the bit is clear, sleeping in state @mode. Return: 0. */
static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!(smp_load_acquire(__bit_word(bit, word)) & BIT_MASK(bit)))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait, mode);
}

/**
 * wait_on_bit_io, wait_on_bit_action - the same, as one who waits for a device; sleeping by
 * @action
 */
static inline int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!(smp_load_acquire(__bit_word(bit, word)) & BIT_MASK(bit)))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait_io, mode);
}

/** wait_on_bit_timeout - no longer than that many jiffies. Return: 0, or -EAGAIN. */
static inline int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode,
				      unsigned long timeout)
{
	might_sleep();
	if (!(smp_load_acquire(__bit_word(bit, word)) & BIT_MASK(bit)))
		return 0;
	return out_of_line_wait_on_bit_timeout(word, bit, bit_wait_timeout, mode, timeout);
}

static inline int wait_on_bit_action(unsigned long *word, int bit, wait_bit_action_f *action,
				     unsigned int mode)
{
	might_sleep();
	if (!(smp_load_acquire(__bit_word(bit, word)) & BIT_MASK(bit)))
		return 0;
	return out_of_line_wait_on_bit(word, bit, action, mode);
}

/** wait_on_bit_lock - until the caller is the one who sets the bit. Return: 0. */
static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, bit_wait, mode);
}

/** clear_and_wake_up_bit - clear a bit that others wait for, release what was done before, wake them */
static inline void clear_and_wake_up_bit(int bit, unsigned long *word)
{
	clear_bit_unlock(bit, word);
	/* Pairs with the full barrier in prepare_to_wait_event(): cleared before looking for waiters. */
	smp_mb__after_atomic();
	wake_up_bit(word, bit);
}

/** wait_var_event - until @condition, woken by wake_up_var(@var) */
#define wait_var_event(var, condition)	wait_event(*__var_waitqueue(var), condition)
#define wait_var_event_interruptible(var, condition) \
	wait_event_interruptible(*__var_waitqueue(var), condition)
#define wait_var_event_killable(var, condition) \
	wait_event_killable(*__var_waitqueue(var), condition)
#define wait_var_event_timeout(var, condition, timeout) \
	wait_event_timeout(*__var_waitqueue(var), condition, timeout)

#endif
