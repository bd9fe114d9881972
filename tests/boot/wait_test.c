// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wait queues, waiting for bits and variables.
 */
#include <linux/wait.h>

#include "thread_helpers.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int condition;
static atomic_t through;

static int reset(struct kunit *test)
{
	WRITE_ONCE(condition, 0);
	atomic_set(&through, 0);
	return 0;
}

/* How many wait on the queue. */
static unsigned int waiters(struct wait_queue_head *wq)
{
	struct list_head *entry;
	unsigned long flags;
	unsigned int n = 0;

	spin_lock_irqsave(&wq->lock, flags);
	list_for_each(entry, &wq->head)
		n++;
	spin_unlock_irqrestore(&wq->lock, flags);
	return n;
}

static bool waiters_come(struct wait_queue_head *wq, unsigned int want)
{
	unsigned long end = jiffies + PATIENCE;

	while (waiters(wq) != want && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return waiters(wq) == want;
}

static bool through_reaches(int want)
{
	unsigned long end = jiffies + PATIENCE;

	while (atomic_read(&through) < want && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	return atomic_read(&through) == want;
}

static void wait_plain(void *unused)
{
	wait_event(queue, READ_ONCE(condition));
	atomic_inc(&through);
}

static void wait_interruptible(void *unused)
{
	if (!wait_event_interruptible(queue, READ_ONCE(condition)))
		atomic_inc(&through);
}

static void wait_exclusive(void *unused)
{
	wait_event_exclusive(queue, READ_ONCE(condition));
	atomic_inc(&through);
}

static void start_waiters(struct kunit *test, struct actor *actor, int n, void (*wait)(void *))
{
	int i;

	for (i = 0; i < n; i++)
		actor_start(test, &actor[i], -1, wait, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(&queue, (unsigned int)n));
}

static void expect_back(struct kunit *test, struct actor *actor, int n)
{
	int i;

	for (i = 0; i < n; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actor[i]));
}

static void true_condition_needs_no_wake_up(struct kunit *test)
{
	wait_event(queue, true);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible(queue, true), 0);
	KUNIT_EXPECT_EQ(test, wait_event_killable(queue, true), 0);
	KUNIT_EXPECT_EQ(test, waiters(&queue), 0U);
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
}

static void all_plain_waiters_are_woken(struct kunit *test)
{
	struct actor actor[3];

	start_waiters(test, actor, 3, wait_plain);
	/* False still: they look, and sleep again. */
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, waiters_come(&queue, 3));
	KUNIT_EXPECT_EQ(test, atomic_read(&through), 0);
	WRITE_ONCE(condition, 1);
	wake_up(&queue);
	expect_back(test, actor, 3);
	KUNIT_EXPECT_EQ(test, waiters(&queue), 0U);
}

static void exclusive_waiters_are_woken_one_at_a_time(struct kunit *test)
{
	struct actor actor[3];
	int i;

	start_waiters(test, actor, 3, wait_exclusive);
	WRITE_ONCE(condition, 1);
	for (i = 1; i <= 3; i++) {
		KUNIT_EXPECT_EQ(test, wake_up(&queue), 1);
		KUNIT_EXPECT_TRUE(test, through_reaches(i));
		KUNIT_EXPECT_EQ(test, waiters(&queue), 3U - (unsigned int)i);
	}
	expect_back(test, actor, 3);
}

static void plain_waiters_are_woken_with_the_first_exclusive_one(struct kunit *test)
{
	struct actor exclusive[2], plain;

	start_waiters(test, exclusive, 2, wait_exclusive);
	actor_start(test, &plain, -1, wait_plain, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(&queue, 3));
	WRITE_ONCE(condition, 1);
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, through_reaches(2));
	KUNIT_EXPECT_TRUE(test, actor_join(&plain));
	wake_up_nr(&queue, 5);
	expect_back(test, exclusive, 2);
}

static void wake_up_all_wakes_exclusive_ones_too(struct kunit *test)
{
	struct actor actor[3];

	start_waiters(test, actor, 3, wait_exclusive);
	WRITE_ONCE(condition, 1);
	wake_up_all(&queue);
	expect_back(test, actor, 3);
}

static void wake_up_interruptible_leaves_others_asleep(struct kunit *test)
{
	struct actor plain, interruptible;

	actor_start(test, &plain, -1, wait_plain, NULL);
	actor_start(test, &interruptible, -1, wait_interruptible, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(&queue, 2));
	KUNIT_ASSERT_TRUE(test, sleeps_in(plain.task, TASK_UNINTERRUPTIBLE));
	KUNIT_ASSERT_TRUE(test, sleeps_in(interruptible.task, TASK_INTERRUPTIBLE));
	WRITE_ONCE(condition, 1);
	wake_up_interruptible(&queue);
	KUNIT_EXPECT_TRUE(test, actor_join(&interruptible));
	KUNIT_EXPECT_TRUE(test, sleeps_in(plain.task, TASK_UNINTERRUPTIBLE));
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, actor_join(&plain));
}

static void set_and_wake(void *unused)
{
	WRITE_ONCE(condition, 1);
	wake_up(&queue);
}

static void interrupt_can_wake(struct kunit *test)
{
	struct actor actor;

	start_waiters(test, &actor, 1, wait_plain);
	in_hard_irq(set_and_wake, NULL);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static void timeout_returns_0_when_the_time_is_over(struct kunit *test)
{
	unsigned long begin = jiffies;

	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, false, 3), 0);
	KUNIT_EXPECT_GE(test, jiffies - begin, 3UL);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_timeout(queue, false, 1), 0);
	KUNIT_EXPECT_EQ(test, waiters(&queue), 0U);
}

static void timeout_returns_what_is_left_and_at_least_1(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, true, 100), 100);
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, true, 0), 1);
	KUNIT_EXPECT_EQ(test, wait_event_killable_timeout(queue, true, 7), 7);
}

static void wait_with_a_timeout_ends_by_a_wake_up(struct kunit *test)
{
	struct actor actor;
	long left;

	actor_start(test, &actor, -1, set_and_wake, NULL);
	left = wait_event_timeout(queue, READ_ONCE(condition), PATIENCE);
	KUNIT_EXPECT_GT(test, left, 0L);
	KUNIT_EXPECT_LE(test, left, (long)PATIENCE);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static DEFINE_SPINLOCK(data_lock);

static void wait_with_lock(void *unused)
{
	spin_lock_irq(&data_lock);
	wait_event_lock_irq(queue, condition, data_lock);
	condition = 2;
	spin_unlock_irq(&data_lock);
}

static void lock_is_dropped_while_asleep_and_held_afterwards(struct kunit *test)
{
	struct actor actor;

	start_waiters(test, &actor, 1, wait_with_lock);
	spin_lock_irq(&data_lock);
	condition = 1;
	spin_unlock_irq(&data_lock);
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, condition, 2);
}

static int looks;

static void wait_with_the_queues_own_lock(void *unused)
{
	spin_lock_irq(&queue.lock);
	if (!wait_event_interruptible_locked_irq(queue, (looks++, condition)))
		condition = 2;
	spin_unlock_irq(&queue.lock);
}

static void condition_can_be_protected_by_the_queues_own_lock(struct kunit *test)
{
	struct actor actor;

	looks = 0;
	start_waiters(test, &actor, 1, wait_with_the_queues_own_lock);
	spin_lock_irq(&queue.lock);
	KUNIT_EXPECT_EQ(test, looks, 1);
	condition = 1;
	wake_up_locked(&queue);
	spin_unlock_irq(&queue.lock);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, condition, 2);
	KUNIT_EXPECT_EQ(test, waiters(&queue), 0U);
}

static void entry_by_hand_waits_too(struct kunit *test)
{
	struct actor actor;
	DEFINE_WAIT(wait);

	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	KUNIT_EXPECT_TRUE(test, wq_has_single_sleeper(&queue));
	actor_start(test, &actor, -1, set_and_wake, NULL);
	while (!READ_ONCE(condition)) {
		schedule();
		prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	}
	finish_wait(&queue, &wait);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

/* An entry whose wake function says its number, and how many called before. */
struct numbered_entry {
	struct wait_queue_entry entry;
	int place;
};

static int places_taken;

static int take_place(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	container_of(entry, struct numbered_entry, entry)->place = ++places_taken;
	return 1;
}

static void entries_with_priority_come_first_in_order(struct kunit *test)
{
	struct numbered_entry plain, first, second, later;
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(own);

	places_taken = 0;
	init_waitqueue_func_entry(&plain.entry, take_place);
	init_waitqueue_func_entry(&first.entry, take_place);
	init_waitqueue_func_entry(&second.entry, take_place);
	init_waitqueue_func_entry(&later.entry, take_place);
	add_wait_queue(&own, &plain.entry);
	add_wait_queue_priority(&own, &first.entry);
	add_wait_queue_priority(&own, &second.entry);
	add_wait_queue(&own, &later.entry);
	wake_up_all(&own);
	KUNIT_EXPECT_EQ(test, first.place, 1);
	KUNIT_EXPECT_EQ(test, second.place, 2);
	KUNIT_EXPECT_EQ(test, later.place, 3);
	KUNIT_EXPECT_EQ(test, plain.place, 4);
}

static void wake_up_before_wait_woken_counts(struct kunit *test)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);

	add_wait_queue(&queue, &wait);
	wake_up(&queue);
	KUNIT_EXPECT_EQ(test, wait_woken(&wait, TASK_INTERRUPTIBLE, 100), 100L);
	/* It is used up. */
	KUNIT_EXPECT_EQ(test, wait_woken(&wait, TASK_INTERRUPTIBLE, 1), 0L);
	remove_wait_queue(&queue, &wait);
}

/* ---- bits and variables ---- */

static unsigned long word;

static void wait_for_bit_3(void *unused)
{
	if (!wait_on_bit(&word, 3, TASK_UNINTERRUPTIBLE))
		atomic_inc(&through);
}

static void bit_waiter_is_woken_when_it_is_clear(struct kunit *test)
{
	struct actor actor;

	word = BIT(3) | BIT(4);
	actor_start(test, &actor, -1, wait_for_bit_3, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(bit_waitqueue(&word, 3), 1));
	/* Set still, or another bit: it sleeps on. */
	wake_up_bit(&word, 3);
	clear_and_wake_up_bit(4, &word);
	KUNIT_EXPECT_EQ(test, waiters(bit_waitqueue(&word, 3)), 1U);
	clear_and_wake_up_bit(3, &word);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, atomic_read(&through), 1);
}

static void bit_wait_can_time_out(struct kunit *test)
{
	unsigned long begin = jiffies;

	word = BIT(0);
	KUNIT_EXPECT_EQ(test, wait_on_bit_timeout(&word, 0, TASK_UNINTERRUPTIBLE, 2), -EAGAIN);
	KUNIT_EXPECT_GE(test, jiffies - begin, 2UL);
	word = 0;
	KUNIT_EXPECT_EQ(test, wait_on_bit_timeout(&word, 0, TASK_UNINTERRUPTIBLE, 2), 0);
}

static void lock_bit_5(void *unused)
{
	wait_on_bit_lock(&word, 5, TASK_UNINTERRUPTIBLE);
	atomic_inc(&through);
}

static void bit_lock_has_one_holder(struct kunit *test)
{
	struct actor actor[2];
	int i;

	word = BIT(5);
	for (i = 0; i < 2; i++)
		actor_start(test, &actor[i], -1, lock_bit_5, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(bit_waitqueue(&word, 5), 2));
	for (i = 1; i <= 2; i++) {
		clear_and_wake_up_bit(5, &word);
		KUNIT_EXPECT_TRUE(test, through_reaches(i));
		KUNIT_EXPECT_TRUE(test, test_bit(5, &word));
	}
	expect_back(test, actor, 2);
}

static void wait_for_variable(void *unused)
{
	wait_var_event(&condition, READ_ONCE(condition) == 3);
	atomic_inc(&through);
}

static void var_waiter_is_woken_when_it_changes(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, -1, wait_for_variable, NULL);
	KUNIT_ASSERT_TRUE(test, waiters_come(__var_waitqueue(&condition), 1));
	WRITE_ONCE(condition, 3);
	smp_mb();	/* pairs with set_current_state() of the waiter */
	wake_up_var(&condition);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

static struct kunit_case wait_cases[] = {
	KUNIT_CASE(true_condition_needs_no_wake_up),
	KUNIT_CASE(all_plain_waiters_are_woken),
	KUNIT_CASE(exclusive_waiters_are_woken_one_at_a_time),
	KUNIT_CASE(plain_waiters_are_woken_with_the_first_exclusive_one),
	KUNIT_CASE(wake_up_all_wakes_exclusive_ones_too),
	KUNIT_CASE(wake_up_interruptible_leaves_others_asleep),
	KUNIT_CASE(interrupt_can_wake),
	KUNIT_CASE(timeout_returns_0_when_the_time_is_over),
	KUNIT_CASE(timeout_returns_what_is_left_and_at_least_1),
	KUNIT_CASE(wait_with_a_timeout_ends_by_a_wake_up),
	KUNIT_CASE(lock_is_dropped_while_asleep_and_held_afterwards),
	KUNIT_CASE(condition_can_be_protected_by_the_queues_own_lock),
	KUNIT_CASE(entry_by_hand_waits_too),
	KUNIT_CASE(entries_with_priority_come_first_in_order),
	KUNIT_CASE(wake_up_before_wait_woken_counts),
	KUNIT_CASE(bit_waiter_is_woken_when_it_is_clear),
	KUNIT_CASE(bit_wait_can_time_out),
	KUNIT_CASE(bit_lock_has_one_holder),
	KUNIT_CASE(var_waiter_is_woken_when_it_changes),
	{}
};

static struct kunit_suite wait_suite = {
	.name = "wait",
	.init = reset,
	.test_cases = wait_cases,
};

kunit_test_suite(wait_suite);
