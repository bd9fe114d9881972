// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for a bit, or for a variable: returns, and which wake-ups reach the waiter.
 */
#include <linux/bitops.h>
#include <linux/sched.h>
#include <linux/wait_bit.h>

#include "actors.h"
#include "observe.h"
#include "wait.h"

#define BIT_OF_INTEREST	5
#define ANOTHER_BIT	6

static unsigned long word;
static atomic_t variable;
static struct trail trail;

static int refuse_to_sleep(struct wait_bit_key *key, int mode)
{
	__set_current_state(TASK_RUNNING);
	return -EINTR;
}

static void observe_alone(void)
{
	int ret, timeout, lock;

	word = 0;
	ret = wait_on_bit(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE);
	timeout = wait_on_bit_timeout(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE, 1);
	lock = wait_on_bit_lock(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE);
	OBSERVE("wait.on_bit_that_is_clear", "%d, timeout %d, lock %d", ret, timeout, lock);
	OBSERVE("wait.on_bit_lock_sets_it", "%s", yes_no(test_bit(BIT_OF_INTEREST, &word)));
	timeout = wait_on_bit_timeout(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE, 1);
	ret = wait_on_bit_action(&word, BIT_OF_INTEREST, refuse_to_sleep, TASK_UNINTERRUPTIBLE);
	OBSERVE("wait.on_bit_that_stays_set", "timeout %d, action that refuses %d", timeout, ret);
	OBSERVE("wait.var_event_timeout", "true %ld, false %ld", wait_var_event_timeout(&variable, true, 7),
		wait_var_event_timeout(&variable, false, 1));
}

static void wait_for_bit(struct actor *actor)
{
	actor->result = wait_on_bit(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE);
	trail_add(&trail, actor->mark);
}

static void lock_bit(struct actor *actor)
{
	actor->result = wait_on_bit_lock(&word, BIT_OF_INTEREST, TASK_UNINTERRUPTIBLE);
	trail_add(&trail, actor->mark);
}

static void wait_for_variable(struct actor *actor)
{
	wait_var_event(&variable, atomic_read(&variable) == 2);
	trail_add(&trail, actor->mark);
}

static bool still_asleep(struct actor *actor)
{
	return READ_ONCE(actor->task->__state) & TASK_NORMAL;
}

static void observe_with_others(void)
{
	static struct actor first, second;
	bool by_another, while_set;

	trail_clear(&trail);
	word = BIT(BIT_OF_INTEREST);
	actor_start_asleep(&first, 'a', wait_for_bit);
	wake_up_bit(&word, ANOTHER_BIT);
	by_another = still_asleep(&first);
	wake_up_bit(&word, BIT_OF_INTEREST);
	while_set = still_asleep(&first);
	clear_and_wake_up_bit(BIT_OF_INTEREST, &word);
	actor_join(&first);
	OBSERVE("wait.on_bit_sleeps_through_a_wake_up", "of another bit %s, while it is set %s",
		yes_no(by_another), yes_no(while_set));
	OBSERVE("wait.on_bit_ends_when_it_is_cleared", "%s, %ld", trail.text, first.result);

	trail_clear(&trail);
	word = BIT(BIT_OF_INTEREST);
	actor_start_asleep(&first, 'a', wait_for_bit);
	actor_start_asleep(&second, 'b', wait_for_bit);
	clear_and_wake_up_bit(BIT_OF_INTEREST, &word);
	actor_join(&first);
	actor_join(&second);
	OBSERVE("wait.on_bit_clearing_wakes_all", "%d of 2", atomic_read(&trail.count));

	trail_clear(&trail);
	word = BIT(BIT_OF_INTEREST);
	actor_start_asleep(&first, 'a', lock_bit);
	actor_start_asleep(&second, 'b', lock_bit);
	clear_and_wake_up_bit(BIT_OF_INTEREST, &word);
	actor_join(&first);
	OBSERVE("wait.on_bit_lock_wakes_one", "%s, set again %s, the other asleep %s", trail.text,
		yes_no(test_bit(BIT_OF_INTEREST, &word)), yes_no(still_asleep(&second)));
	clear_and_wake_up_bit(BIT_OF_INTEREST, &word);
	actor_join(&second);
	OBSERVE("wait.on_bit_lock_in_order", "%s", trail.text);

	trail_clear(&trail);
	atomic_set(&variable, 0);
	actor_start_asleep(&first, 'a', wait_for_variable);
	atomic_set(&variable, 2);
	wake_up_var(&variable);
	actor_join(&first);
	OBSERVE("wait.var_event_ends", "%s", trail.text);
}

void observe_wait_bit(void)
{
	observe_alone();
	observe_with_others();
}
