// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wait queues from below: whom a wake-up calls, in which order, and what a waiter's own steps leave.
 *
 * What
 *	Who is woken in which order cannot be seen from tasks that run on several CPUs. So the entries
 *	here have wake functions that write their letter into a trail, and nobody sleeps.
 */
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/wait.h>

#include "actors.h"
#include "observe.h"
#include "wait.h"

struct caller {
	wait_queue_entry_t entry;
	char letter;
	int answer;		/* what the wake function returns: 1: woken; 0: not; < 0: end the walk */
};

static DECLARE_WAIT_QUEUE_HEAD(queue);
static struct trail trail;
static unsigned int mode_seen;
static void *key_seen;
static bool irqs_off_seen;

static int be_called(wait_queue_entry_t *entry, unsigned int mode, int flags, void *key)
{
	struct caller *caller = container_of(entry, struct caller, entry);

	trail_add(&trail, caller->letter);
	mode_seen = mode;
	key_seen = key;
	irqs_off_seen = irqs_disabled();
	return caller->answer;
}

static struct caller callers[6];

/* A caller for each letter; capital letters are exclusive, digits have priority. */
static void line_up(const char *letters)
{
	int i;

	init_waitqueue_head(&queue);
	trail_clear(&trail);
	for (i = 0; letters[i]; i++) {
		struct caller *caller = &callers[i];

		caller->letter = letters[i];
		caller->answer = 1;
		init_waitqueue_func_entry(&caller->entry, be_called);
		if (letters[i] >= '0' && letters[i] <= '9')
			add_wait_queue_priority(&queue, &caller->entry);
		else if (letters[i] >= 'A' && letters[i] <= 'Z')
			add_wait_queue_exclusive(&queue, &caller->entry);
		else
			add_wait_queue(&queue, &caller->entry);
	}
}

#define OBSERVE_WAKE_UP(name, letters, wake_up_it) do {			\
	line_up(letters);						\
	wake_up_it;							\
	OBSERVE("wait." name, "'%s'", trail.text);			\
} while (0)

void observe_wake_functions(void)
{
	OBSERVE_WAKE_UP("order_of_added_a_b_c", "abc", wake_up(&queue));
	OBSERVE_WAKE_UP("order_of_exclusive_A_B_C", "ABC", wake_up_all(&queue));
	OBSERVE_WAKE_UP("wake_up_of_exclusive_A_B_C", "ABC", wake_up(&queue));
	OBSERVE_WAKE_UP("wake_up_nr_2_of_exclusive_A_B_C", "ABC", wake_up_nr(&queue, 2));
	OBSERVE_WAKE_UP("wake_up_of_A_a_B_b", "AaBb", wake_up(&queue));
	OBSERVE_WAKE_UP("wake_up_nr_2_of_A_a_B_b_C", "AaBbC", wake_up_nr(&queue, 2));
	OBSERVE_WAKE_UP("wake_up_all_of_A_a_B_b", "AaBb", wake_up_all(&queue));
	OBSERVE_WAKE_UP("wake_up_twice_of_exclusive_A_B", "AB", wake_up(&queue); wake_up(&queue));
	OBSERVE_WAKE_UP("wake_up_interruptible_of_A_a_B", "AaB", wake_up_interruptible(&queue));
	OBSERVE_WAKE_UP("wake_up_interruptible_nr_2_of_A_B_C", "ABC", wake_up_interruptible_nr(&queue, 2));
	OBSERVE_WAKE_UP("wake_up_interruptible_all_of_A_a_B", "AaB", wake_up_interruptible_all(&queue));
	OBSERVE_WAKE_UP("wake_up_interruptible_sync_of_A_a_B", "AaB", wake_up_interruptible_sync(&queue));
	OBSERVE_WAKE_UP("wake_up_of_priority_1_2_and_a", "a1b2", wake_up(&queue));
	OBSERVE_WAKE_UP("wake_up_all_of_priority_1_2_and_A", "A1a2", wake_up_all(&queue));
	OBSERVE_WAKE_UP("wake_up_of_nobody", "", wake_up(&queue));

	/* One that could not be woken does not count; one that fails ends it. */
	line_up("ABC");
	callers[0].answer = 0;
	wake_up(&queue);
	OBSERVE("wait.wake_up_when_the_first_was_not_woken", "%s", trail.text);
	line_up("abc");
	callers[1].answer = -1;
	wake_up(&queue);
	OBSERVE("wait.wake_up_when_the_second_fails", "%s", trail.text);

	line_up("abc");
	remove_wait_queue(&queue, &callers[1].entry);
	wake_up(&queue);
	OBSERVE("wait.wake_up_without_the_removed_one", "%s", trail.text);

	/* Exclusive at first; then not any more. */
	line_up("ABC");
	remove_wait_queue(&queue, &callers[2].entry);
	add_wait_queue(&queue, &callers[2].entry);
	wake_up(&queue);
	OBSERVE("wait.wake_up_when_C_was_added_again_not_exclusive", "%s", trail.text);

	line_up("a");
	wake_up(&queue);
	OBSERVE("wait.mode_of_wake_up", "%#x", mode_seen);
	OBSERVE("wait.irqs_off_in_the_wake_function", "%s", yes_no(irqs_off_seen));
	OBSERVE("wait.key_of_wake_up", "%lu", (unsigned long)key_seen);
	wake_up_interruptible(&queue);
	OBSERVE("wait.mode_of_wake_up_interruptible", "%#x", mode_seen);
	wake_up_interruptible_poll(&queue, 0x41);
	OBSERVE("wait.key_of_wake_up_interruptible_poll", "%#lx", (unsigned long)key_seen);

	line_up("ab");
	spin_lock_irq(&queue.lock);
	wake_up_locked(&queue);
	spin_unlock_irq(&queue.lock);
	OBSERVE("wait.wake_up_locked_of_a_b", "%s", trail.text);
}

static void observe_predicates(void)
{
	init_waitqueue_head(&queue);
	OBSERVE("wait.empty_queue", "active %d, sleeper %d, single sleeper %d", !!waitqueue_active(&queue),
		!!wq_has_sleeper(&queue), !!wq_has_single_sleeper(&queue));
	line_up("a");
	OBSERVE("wait.queue_of_one", "active %d, sleeper %d, single sleeper %d", !!waitqueue_active(&queue),
		!!wq_has_sleeper(&queue), !!wq_has_single_sleeper(&queue));
	line_up("ab");
	OBSERVE("wait.queue_of_two", "active %d, sleeper %d, single sleeper %d", !!waitqueue_active(&queue),
		!!wq_has_sleeper(&queue), !!wq_has_single_sleeper(&queue));
	init_waitqueue_head(&queue);
}

/* The caller itself is the waiter; it never comes to schedule(). */
static const char *state_in_words(void)
{
	switch (get_current_state()) {
	case TASK_RUNNING:
		return "running";
	case TASK_INTERRUPTIBLE:
		return "interruptible";
	case TASK_UNINTERRUPTIBLE:
		return "uninterruptible";
	default:
		return "?";
	}
}

#define OBSERVE_WAITER(name) do {					\
	const char *__state = state_in_words();				\
									\
	__set_current_state(TASK_RUNNING);				\
	OBSERVE("wait." name, "%s, queued %s", __state, yes_no(waitqueue_active(&queue)));	\
} while (0)

static void observe_prepare(void)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&queue, &wait, TASK_INTERRUPTIBLE);
	OBSERVE_WAITER("prepare_to_wait");
	finish_wait(&queue, &wait);
	OBSERVE_WAITER("finish_wait");

	prepare_to_wait(&queue, &wait, TASK_INTERRUPTIBLE);
	wake_up(&queue);
	OBSERVE_WAITER("prepared_and_woken");
	wake_up(&queue);
	finish_wait(&queue, &wait);

	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	wake_up_interruptible(&queue);
	OBSERVE_WAITER("prepared_uninterruptible_and_wake_up_interruptible");
	finish_wait(&queue, &wait);

	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	wake_up(&queue);
	OBSERVE_WAITER("prepared_uninterruptible_and_wake_up");
	finish_wait(&queue, &wait);

	/* It runs again already when the wake-up comes. */
	prepare_to_wait(&queue, &wait, TASK_INTERRUPTIBLE);
	__set_current_state(TASK_RUNNING);
	wake_up(&queue);
	OBSERVE_WAITER("prepared_and_running_and_woken");
	finish_wait(&queue, &wait);

	/* Twice: queued once. */
	prepare_to_wait(&queue, &wait, TASK_INTERRUPTIBLE);
	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	OBSERVE("wait.prepared_twice_is_queued_once", "%s", yes_no(wq_has_single_sleeper(&queue)));
	OBSERVE_WAITER("prepared_twice");
	finish_wait(&queue, &wait);
}

static void observe_prepare_exclusive(void)
{
	DEFINE_WAIT(first);
	DEFINE_WAIT(second);
	bool was_first, was_second, again;
	long event;

	was_first = prepare_to_wait_exclusive(&queue, &first, TASK_UNINTERRUPTIBLE);
	was_second = prepare_to_wait_exclusive(&queue, &second, TASK_UNINTERRUPTIBLE);
	again = prepare_to_wait_exclusive(&queue, &first, TASK_UNINTERRUPTIBLE);
	__set_current_state(TASK_RUNNING);
	OBSERVE("wait.prepare_to_wait_exclusive_is_first", "%d, then %d, again %d", was_first, was_second,
		again);
	finish_wait(&queue, &first);
	OBSERVE("wait.finish_wait_of_one_of_two_leaves_one", "%s", yes_no(wq_has_single_sleeper(&queue)));
	finish_wait(&queue, &second);

	init_wait_entry(&first, 0);
	event = prepare_to_wait_event(&queue, &first, TASK_INTERRUPTIBLE);
	OBSERVE_WAITER("prepare_to_wait_event");
	OBSERVE("wait.prepare_to_wait_event_returns", "%ld", event);
	finish_wait(&queue, &first);
}

/* By add_wait_queue(): a wake-up leaves the entry where it is. */
static void observe_declared(void)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(&queue, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	wake_up(&queue);
	OBSERVE_WAITER("added_and_woken");
	remove_wait_queue(&queue, &wait);
	OBSERVE_WAITER("removed");
}

static void observe_woken(void)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);
	long left;

	add_wait_queue(&queue, &wait);
	wake_up(&queue);
	left = wait_woken(&wait, TASK_INTERRUPTIBLE, 1000);
	OBSERVE("wait.wait_woken_after_a_wake_up", "%ld", left);
	OBSERVE("wait.wait_woken_without", "%ld", wait_woken(&wait, TASK_INTERRUPTIBLE, 1));
	OBSERVE_WAITER("wait_woken_leaves");
	wake_up(&queue);
	wake_up(&queue);
	left = wait_woken(&wait, TASK_INTERRUPTIBLE, 1000);
	OBSERVE("wait.wait_woken_after_two_wake_ups", "%ld, then %ld", left,
		wait_woken(&wait, TASK_INTERRUPTIBLE, 1));
	remove_wait_queue(&queue, &wait);
}

void observe_queue_by_hand(void)
{
	observe_predicates();
	observe_prepare();
	observe_prepare_exclusive();
	observe_declared();
	observe_woken();
}
