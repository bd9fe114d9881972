// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions and wait queues under every schedule: what is completed is passed once, nobody is forgotten.
 */
#include <kunit/scenario.h>
#include <linux/completion.h>
#include <linux/sched.h>
#include <linux/wait.h>

static struct completion shared;
static atomic_t completed, passed;

static void complete_one(void *unused)
{
	atomic_inc(&completed);
	complete(&shared);
}

static void wait_one(void *unused)
{
	wait_for_completion(&shared);
	atomic_inc(&passed);
}

static void as_many_pass_as_were_completed(struct kunit *test)
{
	struct scenario_thread thread[3];
	int i;

	init_completion(&shared);
	atomic_set(&completed, 0);
	atomic_set(&passed, 0);
	scenario_start_each(test, thread, 3, wait_one, NULL);
	for (i = 0; i < 2; i++)
		scenario_inject(complete_one, NULL);
	complete_one(NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
	KUNIT_EXPECT_FALSE(test, completion_done(&shared));
}
SCENARIO(as_many_pass_as_were_completed);

static void wait_a_little(void *unused)
{
	if (wait_for_completion_timeout(&shared, 1))
		atomic_inc(&passed);
}

/* A waiter that gives up takes nothing with it. */
static void completion_meets_the_end_of_a_timeout(struct kunit *test)
{
	struct scenario_thread thread[2];
	int left = 0;

	init_completion(&shared);
	atomic_set(&completed, 0);
	atomic_set(&passed, 0);
	scenario_start_each(test, thread, 2, wait_a_little, NULL);
	schedule_timeout_uninterruptible(1);
	scenario_inject(complete_one, NULL);
	complete_one(NULL);
	scenario_join_each(thread, 2);
	scenario_settle();
	while (try_wait_for_completion(&shared))
		left++;
	KUNIT_EXPECT_EQ(test, atomic_read(&passed) + left, atomic_read(&completed));
}
SCENARIO(completion_meets_the_end_of_a_timeout);

static struct completion *question;

static void answer(void *unused)
{
	complete(question);
}

/* The completer must be done with what is on the waiter's stack. */
static void completion_may_go_when_the_wait_is_over(struct kunit *test)
{
	struct scenario_thread thread;
	int i;

	for (i = 0; i < 3; i++) {
		DECLARE_COMPLETION_ONSTACK(mine);

		question = &mine;
		if (scenario_choose(2)) {
			scenario_inject(answer, NULL);
			wait_for_completion(&mine);
			memset(&mine, 0x5a, sizeof(mine));
		} else {
			scenario_start(test, &thread, (int)scenario_choose(4), answer, NULL);
			wait_for_completion(&mine);
			memset(&mine, 0x5a, sizeof(mine));
			scenario_join(&thread);
		}
		scenario_settle();
	}
}
SCENARIO(completion_may_go_when_the_wait_is_over);

static void done_may_be_asked_and_the_completion_freed(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(mine);

	question = &mine;
	scenario_inject(answer, NULL);
	while (!completion_done(&mine))
		arch_cpu_relax();
	memset(&mine, 0x5a, sizeof(mine));
	scenario_settle();
}
SCENARIO(done_may_be_asked_and_the_completion_freed);

static void complete_all_reaches_everybody(struct kunit *test)
{
	struct scenario_thread thread[3];

	init_completion(&shared);
	atomic_set(&passed, 0);
	scenario_start_each(test, thread, 2, wait_one, NULL);
	complete_all(&shared);
	scenario_start(test, &thread[2], 2, wait_one, NULL);
	scenario_join_each(thread, 3);
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
}
SCENARIO(complete_all_reaches_everybody);

/* ---- wait queues ---- */

static DECLARE_WAIT_QUEUE_HEAD(queue);
static atomic_t tickets;

/*
 * A wake-up for one may reach a waiter that has queued up, found a ticket, and is about to leave: it is used
 * up, here as on Linux. So who leaves passes it on where there is something left to wake for.
 */
static void take_ticket(void *unused)
{
	wait_event_exclusive(queue, atomic_dec_if_positive(&tickets) >= 0);
	atomic_inc(&passed);
	if (atomic_read(&tickets) > 0)
		wake_up(&queue);
}

static void give_ticket(void *unused)
{
	atomic_inc(&tickets);
	wake_up(&queue);
}

/* One exclusive waiter is woken for each: nobody is left asleep beside a ticket. */
static void exclusive_waiters_get_one_ticket_each(struct kunit *test)
{
	struct scenario_thread thread[3];
	int i;

	atomic_set(&tickets, 0);
	atomic_set(&passed, 0);
	scenario_start_each(test, thread, 3, take_ticket, NULL);
	for (i = 0; i < 2; i++)
		scenario_inject(give_ticket, NULL);
	give_ticket(NULL);
	scenario_join_each(thread, 3);
	scenario_settle();
	KUNIT_EXPECT_EQ(test, atomic_read(&passed), 3);
	KUNIT_EXPECT_EQ(test, atomic_read(&tickets), 0);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}
SCENARIO(exclusive_waiters_get_one_ticket_each);

static int word;

static void change_and_wake_if_active(void *unused)
{
	WRITE_ONCE(word, 1);
	/* The full barrier in wq_has_sleeper() pairs with that of the waiter's set_current_state(). */
	if (wq_has_sleeper(&queue))
		wake_up(&queue);
}

static void waker_that_first_looks_for_waiters_misses_none(struct kunit *test)
{
	struct scenario_thread thread;

	word = 0;
	scenario_start(test, &thread, 1, change_and_wake_if_active, NULL);
	wait_event(queue, READ_ONCE(word));
	scenario_join(&thread);
}
SCENARIO(waker_that_first_looks_for_waiters_misses_none);

/* The same in turns: every change of the word is a wait that begins on one CPU and a look on the other. */
static void take_turns(void *mine)
{
	int i;

	for (i = 0; i < 8; i++) {
		wait_event(queue, READ_ONCE(word) == (int)(long)mine);
		WRITE_ONCE(word, !(long)mine);
		if (wq_has_sleeper(&queue))
			wake_up(&queue);
	}
}

static void wakers_that_look_first_take_turns(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i;

	word = 0;
	for (i = 0; i < 2; i++)
		scenario_start(test, &thread[i], i, take_turns, (void *)(long)i);
	scenario_join_each(thread, 2);
	KUNIT_EXPECT_EQ(test, READ_ONCE(word), 0);
}
SCENARIO(wakers_that_look_first_take_turns, .cpus_min = 2, .cpus_max = 3);
