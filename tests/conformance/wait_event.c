// SPDX-License-Identifier: GPL-2.0-only
/*
 * The wait_event family: what it returns, when it looks at the condition and in which state, who is let
 * go on.
 */
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "actors.h"
#include "observe.h"
#include "wait.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static struct trail trail;
static atomic_t condition;

/* ---- the caller alone ---- */

static void observe_returns(void)
{
	OBSERVE("wait.event_timeout_true", "0: %ld, 1: %ld, 10: %ld", wait_event_timeout(queue, true, 0),
		wait_event_timeout(queue, true, 1), wait_event_timeout(queue, true, 10));
	OBSERVE("wait.event_timeout_false", "0: %ld, 1: %ld, 2: %ld", wait_event_timeout(queue, false, 0),
		wait_event_timeout(queue, false, 1), wait_event_timeout(queue, false, 2));
	OBSERVE("wait.event_interruptible_true", "%d", wait_event_interruptible(queue, true));
	OBSERVE("wait.event_killable_true", "%d", wait_event_killable(queue, true));
	OBSERVE("wait.event_interruptible_exclusive_true", "%d",
		wait_event_interruptible_exclusive(queue, true));
	OBSERVE("wait.event_interruptible_timeout", "true %ld, false %ld",
		wait_event_interruptible_timeout(queue, true, 5),
		wait_event_interruptible_timeout(queue, false, 1));
	OBSERVE("wait.event_killable_timeout", "true %ld, false %ld",
		wait_event_killable_timeout(queue, true, 5), wait_event_killable_timeout(queue, false, 1));
	OBSERVE("wait.event_idle_timeout", "true %ld, false %ld",
		wait_event_idle_timeout(queue, true, 5), wait_event_idle_timeout(queue, false, 1));
	OBSERVE("wait.event_leaves_the_queue", "active %d", !!waitqueue_active(&queue));
}

/* Tells each look and the state in it; true from the @nth on. */
static bool look(int nth)
{
	unsigned int state = get_current_state();

	trail_add(&trail, state == TASK_RUNNING ? 'r' :
		  state == TASK_INTERRUPTIBLE ? 'i' :
		  state == TASK_UNINTERRUPTIBLE ? 'u' :
		  state == TASK_KILLABLE ? 'k' :
		  state == TASK_IDLE ? 'l' : '?');
	return atomic_read(&trail.count) >= nth;
}

/* A condition that wakes its waiter: it never sleeps, but goes on looking. */
static bool look_and_wake(int nth)
{
	bool seen = look(nth);

	wake_up(&queue);
	return seen;
}

#define OBSERVE_LOOKS(name, wait) do {					\
	trail_clear(&trail);						\
	wait;								\
	OBSERVE("wait." name, "%s", trail.text);			\
} while (0)

static void observe_looks(void)
{
	long left;
	int ret;

	OBSERVE_LOOKS("looks_of_event_true_at_once", wait_event(queue, look(1)));
	OBSERVE_LOOKS("looks_of_event_true_at_the_second", wait_event(queue, look(2)));
	OBSERVE_LOOKS("looks_of_event_true_at_the_fourth", wait_event(queue, look_and_wake(4)));
	OBSERVE_LOOKS("looks_of_event_interruptible", ret = wait_event_interruptible(queue, look(2)));
	OBSERVE_LOOKS("looks_of_event_killable", ret = wait_event_killable(queue, look(2)));
	OBSERVE_LOOKS("looks_of_event_idle", wait_event_idle(queue, look(2)));
	OBSERVE_LOOKS("looks_of_event_timeout", left = wait_event_timeout(queue, look(2), 5));
	OBSERVE("wait.event_timeout_true_at_the_second_look", "%ld, then running %s", left,
		yes_no(get_current_state() == TASK_RUNNING));
	OBSERVE_LOOKS("looks_of_event_timeout_of_0", left = wait_event_timeout(queue, look(9), 0));
	OBSERVE_LOOKS("looks_of_event_timeout_of_1", left = wait_event_timeout(queue, look(9), 1));
	/* Not true before the time is over; at the last look it is. */
	OBSERVE_LOOKS("looks_of_event_timeout_true_at_the_last",
		      left = wait_event_timeout(queue, look(3), 1));
	OBSERVE("wait.event_timeout_true_at_the_last_look", "%ld", left);
	OBSERVE_LOOKS("looks_of_event_cmd", wait_event_cmd(queue, look_and_wake(3), trail_add(&trail, '('),
							     trail_add(&trail, ')')));
	(void)ret;
}

static DEFINE_SPINLOCK(lock);

static bool look_under_lock(int nth)
{
	bool seen = look(nth);

	trail_add(&trail, spin_is_locked(&lock) && irqs_disabled() ? '+' : '-');
	wake_up(&queue);
	return seen;
}

static void observe_lock(void)
{
	bool held, off;

	trail_clear(&trail);
	spin_lock_irq(&lock);
	wait_event_lock_irq(queue, look_under_lock(5), lock);
	held = spin_is_locked(&lock);
	off = irqs_disabled();
	spin_unlock_irq(&lock);
	OBSERVE("wait.looks_of_event_lock_irq", "%s", trail.text);
	OBSERVE("wait.event_lock_irq_returns_with", "lock %s, irqs off %s", yes_no(held), yes_no(off));
}

/* ---- with others ---- */

#define MANY	3
static struct actor actors[MANY];

static void wait_for_condition(struct actor *actor)
{
	wait_event(queue, atomic_read(&condition));
	trail_add(&trail, actor->mark);
}

static bool take_one(void)
{
	return atomic_dec_if_positive(&condition) >= 0;
}

static void wait_exclusively(struct actor *actor)
{
	actor->result = wait_event_interruptible_exclusive(queue, take_one());
	trail_add(&trail, actor->mark);
}

static void start_all(void (*fn)(struct actor *))
{
	int i;

	trail_clear(&trail);
	atomic_set(&condition, 0);
	for (i = 0; i < MANY; i++)
		actor_start_asleep(&actors[i], (char)('a' + i), fn);
}

static void join_all(void)
{
	int i;

	for (i = 0; i < MANY; i++)
		actor_join(&actors[i]);
}

/* Which of them sleep right now: those that nobody has woken. */
static const char *asleep_now(void)
{
	static char letters[MANY + 1];
	int i, n = 0;

	for (i = 0; i < MANY; i++)
		if (READ_ONCE(actors[i].task->__state) & TASK_NORMAL)
			letters[n++] = actors[i].mark;
	letters[n] = '\0';
	return letters;
}

static void observe_sharing(void)
{
	start_all(wait_for_condition);
	atomic_set(&condition, 1);
	wake_up(&queue);
	join_all();
	OBSERVE("wait.one_wake_up_lets_all_others_go_on", "%d of 3", atomic_read(&trail.count));

	start_all(wait_for_condition);
	atomic_set(&condition, 1);
	wake_up_interruptible(&queue);
	OBSERVE("wait.uninterruptible_after_wake_up_interruptible", "asleep %s", asleep_now());
	wake_up_all(&queue);
	join_all();
}

static void observe_exclusive(void)
{
	unsigned long waits;
	int i;

	start_all(wait_exclusively);
	atomic_set(&condition, 3);
	wake_up(&queue);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("wait.one_wake_up_lets_one_exclusive_go_on", "%s, asleep %s", trail.text, asleep_now());
	wake_up_interruptible(&queue);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("wait.second_wake_up_lets_the_next_go_on", "%s, asleep %s", trail.text, asleep_now());
	wake_up(&queue);
	join_all();
	OBSERVE("wait.exclusive_go_on_in_order", "%s, results %ld %ld %ld", trail.text, actors[0].result,
		actors[1].result, actors[2].result);

	start_all(wait_exclusively);
	atomic_set(&condition, 3);
	wake_up_nr(&queue, 2);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("wait.wake_up_nr_2_lets_two_exclusive_go_on", "asleep %s", asleep_now());
	wake_up_all(&queue);
	join_all();

	/* Woken without reason: looks, and sleeps again: it has looked when it has waited once more. */
	start_all(wait_exclusively);
	waits = READ_ONCE(actors[0].task->nvcsw);
	wake_up(&queue);
	in_the_end(READ_ONCE(actors[0].task->nvcsw) != waits);
	OBSERVE("wait.exclusive_woken_for_nothing", "went on '%s', asleep %s", trail.text, asleep_now());
	atomic_set(&condition, 3);
	for (i = 1; i <= MANY; i++) {
		wake_up(&queue);
		in_the_end(atomic_read(&trail.count) == i);
	}
	join_all();
	OBSERVE("wait.order_when_the_first_was_woken_for_nothing", "%s", trail.text);
}

static void wait_patiently(struct actor *actor)
{
	actor->result = wait_event_timeout(queue, atomic_read(&condition), PATIENCE);
	trail_add(&trail, actor->mark);
}

static void observe_woken_in_time(void)
{
	trail_clear(&trail);
	atomic_set(&condition, 0);
	actor_start_asleep(&actors[0], 'a', wait_patiently);
	atomic_set(&condition, 1);
	wake_up(&queue);
	actor_join(&actors[0]);
	OBSERVE("wait.event_timeout_woken_in_time", "at least 1: %s, at most what was given: %s",
		yes_no(actors[0].result >= 1), yes_no(actors[0].result <= PATIENCE));
}

/* ---- under the queue's own lock ---- */

static bool look_for_condition(void)
{
	look(0);
	return atomic_read(&condition);
}

static void wait_locked(struct actor *actor)
{
	spin_lock(&queue.lock);
	actor->result = wait_event_interruptible_locked(queue, look_for_condition());
	trail_add(&trail, spin_is_locked(&queue.lock) ? '+' : '-');
	spin_unlock(&queue.lock);
}

static void wait_locked_irq(struct actor *actor)
{
	spin_lock_irq(&queue.lock);
	actor->result = wait_event_interruptible_exclusive_locked_irq(queue, look_for_condition());
	trail_add(&trail, spin_is_locked(&queue.lock) && irqs_disabled() ? '+' : '-');
	spin_unlock_irq(&queue.lock);
}

#define OBSERVE_LOCKED(name, fn) do {					\
	trail_clear(&trail);						\
	atomic_set(&condition, 0);					\
	actor_start_asleep(&actors[0], 'a', fn);			\
	trail_add(&trail, '|');						\
	atomic_set(&condition, 1);					\
	wake_up(&queue);						\
	actor_join(&actors[0]);						\
	OBSERVE("wait." name, "%s, %ld", trail.text, actors[0].result);	\
} while (0)

static void observe_queue_lock(void)
{
	OBSERVE_LOCKED("looks_of_event_interruptible_locked", wait_locked);
	OBSERVE_LOCKED("looks_of_event_interruptible_exclusive_locked_irq", wait_locked_irq);
}

void observe_wait_event(void)
{
	observe_returns();
	observe_looks();
	observe_lock();
	observe_sharing();
	observe_exclusive();
	observe_woken_in_time();
	observe_queue_lock();
}
