// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completions: what is counted, what waits return, in which order waiters pass.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "actors.h"
#include "observe.h"
#include "wait.h"

static DECLARE_COMPLETION(done);
static struct trail trail;

/* The count, what completion_done() says, and how many of five tries pass: in that order. */
#define OBSERVE_COUNT(name) do {					\
	unsigned int __count = done.done;				\
	bool __done = completion_done(&done);				\
	int __tries, __passed = 0;					\
									\
	for (__tries = 0; __tries < 5; __tries++)			\
		__passed += try_wait_for_completion(&done);		\
	OBSERVE("wait." name, "count %#x, done %s, tries that pass: %d of 5", __count, yes_no(__done),	\
		__passed);						\
} while (0)

static void observe_counting(void)
{
	init_completion(&done);
	OBSERVE_COUNT("completion_new");
	complete(&done);
	OBSERVE_COUNT("completion_completed_once");
	complete(&done);
	complete(&done);
	OBSERVE_COUNT("completion_completed_twice");
	OBSERVE_COUNT("completion_when_tries_have_taken_all");
	complete(&done);
	complete_all(&done);
	OBSERVE_COUNT("completion_completed_once_and_all");
	complete(&done);
	OBSERVE_COUNT("completion_completed_after_all");
	reinit_completion(&done);
	OBSERVE_COUNT("completion_reinit");
}

static void observe_completion_returns(void)
{
	reinit_completion(&done);
	OBSERVE("wait.completion_timeout_not_done", "0: %lu, 1: %lu, 2: %lu",
		wait_for_completion_timeout(&done, 0), wait_for_completion_timeout(&done, 1),
		wait_for_completion_timeout(&done, 2));
	OBSERVE("wait.completion_interruptible_timeout_not_done", "0: %ld, 1: %ld",
		wait_for_completion_interruptible_timeout(&done, 0),
		wait_for_completion_interruptible_timeout(&done, 1));
	OBSERVE("wait.completion_killable_timeout_not_done", "%ld",
		wait_for_completion_killable_timeout(&done, 1));
	OBSERVE("wait.completion_a_wait_in_vain_takes_nothing", "count %u", done.done);
	complete_all(&done);
	OBSERVE("wait.completion_timeout_done", "0: %lu, 1: %lu, 10: %lu",
		wait_for_completion_timeout(&done, 0), wait_for_completion_timeout(&done, 1),
		wait_for_completion_timeout(&done, 10));
	OBSERVE("wait.completion_interruptible_timeout_done", "0: %ld, 10: %ld",
		wait_for_completion_interruptible_timeout(&done, 0),
		wait_for_completion_interruptible_timeout(&done, 10));
	OBSERVE("wait.completion_interruptible_done", "%d, killable %d",
		wait_for_completion_interruptible(&done), wait_for_completion_killable(&done));
}

/* ---- waiters ---- */

#define MANY	3
static struct actor actors[MANY];

static void wait_until_done(struct actor *actor)
{
	wait_for_completion(&done);
	trail_add(&trail, actor->mark);
}

static void wait_interruptibly(struct actor *actor)
{
	actor->result = wait_for_completion_interruptible(&done);
	trail_add(&trail, actor->mark);
}

static void wait_with_timeout(struct actor *actor)
{
	actor->result = (long)wait_for_completion_timeout(&done, PATIENCE);
	trail_add(&trail, actor->mark);
}

static void start_all(void (*fn)(struct actor *))
{
	int i;

	trail_clear(&trail);
	reinit_completion(&done);
	for (i = 0; i < MANY; i++)
		actor_start_asleep(&actors[i], (char)('a' + i), fn);
}

static void join_all(void)
{
	int i;

	for (i = 0; i < MANY; i++)
		actor_join(&actors[i]);
}

static int asleep_now(void)
{
	int i, n = 0;

	for (i = 0; i < MANY; i++)
		n += !!(READ_ONCE(actors[i].task->__state) & TASK_NORMAL);
	return n;
}

static void observe_waiters(void)
{
	int i;

	start_all(wait_until_done);
	OBSERVE("wait.completion_with_waiters", "done %s, a try passes %d", yes_no(completion_done(&done)),
		try_wait_for_completion(&done));
	complete(&done);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("wait.completion_lets_one_pass", "%s, asleep %d", trail.text, asleep_now());
	for (i = 2; i <= MANY; i++) {
		complete(&done);
		in_the_end(atomic_read(&trail.count) == i);
	}
	join_all();
	OBSERVE("wait.completion_waiters_pass_in_order", "%s, count %u", trail.text, done.done);

	start_all(wait_until_done);
	complete(&done);
	complete(&done);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("wait.completion_twice_lets_two_pass", "%d, asleep %d", atomic_read(&trail.count),
		asleep_now());
	complete(&done);
	join_all();

	start_all(wait_until_done);
	complete_all(&done);
	join_all();
	OBSERVE("wait.completion_all_lets_all_pass", "%d of 3, count %#x", atomic_read(&trail.count),
		done.done);

	start_all(wait_interruptibly);
	complete_all(&done);
	join_all();
	OBSERVE("wait.completion_interruptible_waiters", "results %ld %ld %ld", actors[0].result,
		actors[1].result, actors[2].result);

	start_all(wait_with_timeout);
	complete_all(&done);
	join_all();
	OBSERVE("wait.completion_timeout_in_time", "at least 1: %s, at most what was given: %s",
		yes_no(actors[0].result >= 1), yes_no(actors[0].result <= PATIENCE));
}

/*
 * After complete(), before the waiter has run: it is bound to this CPU, and cannot. What is left for others
 * to take?
 */
static void observe_before_the_waiter(void)
{
	static struct actor actor;
	unsigned int cpu = raw_smp_processor_id();
	bool is_done, tried;

	set_cpus_allowed_ptr(current, cpumask_of(cpu));
	trail_clear(&trail);
	reinit_completion(&done);
	actor_start_on(&actor, (int)cpu, 'a', wait_until_done);
	actor_asleep(&actor);
	preempt_disable();
	complete(&done);
	is_done = completion_done(&done);
	tried = try_wait_for_completion(&done);
	preempt_enable();
	OBSERVE("wait.completion_done_before_the_waiter_ran", "%s", yes_no(is_done));
	OBSERVE("wait.completion_try_before_the_waiter_ran", "%d", tried);
	complete(&done);
	actor_join(&actor);

	reinit_completion(&done);
	actor_start_on(&actor, (int)cpu, 'b', wait_until_done);
	actor_asleep(&actor);
	preempt_disable();
	complete(&done);
	reinit_completion(&done);
	preempt_enable();
	/* Either it passes, or it has looked and sleeps again. */
	in_the_end(atomic_read(&trail.count) == 2 ||
		   READ_ONCE(actor.task->__state) & TASK_UNINTERRUPTIBLE);
	OBSERVE("wait.completion_reinit_before_the_waiter_ran", "it passed %s",
		yes_no(atomic_read(&trail.count) == 2));
	complete(&done);
	actor_join(&actor);
	set_cpus_allowed_ptr(current, cpu_online_mask);
}

/* ---- from other contexts ---- */

static void complete_in_irq(struct irq_work *unused)
{
	trail_add(&trail, in_hardirq() ? 'h' : '?');
	complete(&done);
}

static void complete_in_softirq(struct tasklet_struct *unused)
{
	trail_add(&trail, in_serving_softirq() ? 's' : '?');
	complete(&done);
}

static void complete_in_timer(struct timer_list *unused)
{
	trail_add(&trail, in_serving_softirq() ? 't' : '?');
	complete_all(&done);
}

static DECLARE_TASKLET(completing_tasklet, complete_in_softirq);

static void observe_contexts(void)
{
	static struct irq_work work;
	static struct timer_list timer;
	unsigned long left;

	trail_clear(&trail);
	reinit_completion(&done);
	init_irq_work(&work, complete_in_irq);
	irq_work_queue(&work);
	left = wait_for_completion_timeout(&done, PATIENCE);
	OBSERVE("wait.completion_from_hard_irq", "%s, passed %s", trail.text, yes_no(left));
	irq_work_sync(&work);

	trail_clear(&trail);
	tasklet_schedule(&completing_tasklet);
	left = wait_for_completion_timeout(&done, PATIENCE);
	OBSERVE("wait.completion_from_softirq", "%s, passed %s", trail.text, yes_no(left));
	tasklet_kill(&completing_tasklet);

	trail_clear(&trail);
	timer_setup(&timer, complete_in_timer, 0);
	mod_timer(&timer, jiffies + 1);
	left = wait_for_completion_timeout(&done, PATIENCE);
	OBSERVE("wait.completion_from_timer", "%s, passed %s", trail.text, yes_no(left));
	timer_delete_sync(&timer);
}

void observe_completions(void)
{
	observe_counting();
	observe_completion_returns();
	observe_waiters();
	observe_before_the_waiter();
	observe_contexts();
}
