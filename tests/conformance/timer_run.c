// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers that run: when, in which order, in which context, and what their functions may do to themselves and
 * to each other.
 */
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/timer.h>

#include "actors.h"
#include "observe.h"
#include "timer.h"

/* A timer with a letter; what it notes when it runs, and does then. */
struct lettered_timer {
	struct timer_list timer;
	char letter;
	unsigned long armed_for;
	bool early;		/* it ran before the jiffy that it was armed for had ended */
	struct lettered_timer *partner;
	int told;		/* what a call in the function returned */
};

static struct trail trail;

static void note_run(struct timer_list *t)
{
	struct lettered_timer *own = from_timer(own, t, timer);

	own->early = !time_after(jiffies, own->armed_for);
	trail_add(&trail, own->letter);
}

static void arm_for(struct lettered_timer *own, unsigned long when)
{
	own->armed_for = when;
	mod_timer(&own->timer, when);
}

static void arm(struct lettered_timer *own, unsigned long from_now)
{
	arm_for(own, jiffies + from_now);
}

static void set_up(struct lettered_timer *own, char letter, void (*fn)(struct timer_list *))
{
	timer_setup(&own->timer, fn, 0);
	own->letter = letter;
	own->told = -99;
}

#define MANY	5
static struct lettered_timer timers[MANY];

/* Timers a to e, armed in this order for so many jiffies from now, whichever jiffy that is. */
static const char *order_of(const unsigned long *from_now)
{
	unsigned long flags, now;
	int i;

	trail_clear(&trail);
	for (i = 0; i < MANY; i++)
		set_up(&timers[i], (char)('a' + i), note_run);
	local_irq_save(flags);
	now = jiffies;
	for (i = 0; i < MANY; i++)
		arm_for(&timers[i], now + from_now[i]);
	local_irq_restore(flags);
	in_the_end(atomic_read(&trail.count) == MANY);
	return trail.text;
}

static bool none_was_early(void)
{
	int i;

	for (i = 0; i < MANY; i++)
		if (timers[i].early)
			return false;
	return true;
}

/* A kernel may put timers into other lists every 64 jiffies: soon after that. */
static void wait_for_a_turn_of_the_wheel(void)
{
	in_the_end(jiffies % 64 >= 4 && jiffies % 64 < 20);
}

static void observe_order(void)
{
	static const unsigned long up[] = { 3, 4, 5, 6, 7 };
	static const unsigned long down[] = { 7, 6, 5, 4, 3 };
	static const unsigned long mixed[] = { 5, 9, 3, 11, 7 };
	static const unsigned long same[] = { 4, 4, 4, 4, 4 };
	static const unsigned long same_far[] = { 100, 100, 100, 100, 100 };
	static const unsigned long far[] = { 150, 20, 100, 2, 50 };
	struct lettered_timer past;

	OBSERVE("timer.order_armed_for_3_4_5_6_7", "%s", order_of(up));
	OBSERVE("timer.order_armed_for_7_6_5_4_3", "%s", order_of(down));
	OBSERVE("timer.order_armed_for_5_9_3_11_7", "%s", order_of(mixed));
	OBSERVE("timer.order_armed_for_150_20_100_2_50", "%s", order_of(far));
	OBSERVE("timer.none_ran_early", "%s", yes_no(none_was_early()));
	wait_for_a_turn_of_the_wheel();
	OBSERVE("timer.order_armed_for_the_same_jiffy", "%s", order_of(same));
	wait_for_a_turn_of_the_wheel();
	OBSERVE("timer.order_armed_for_the_same_far_jiffy", "%s", order_of(same_far));

	trail_clear(&trail);
	timer_setup_on_stack(&past.timer, note_run, 0);
	past.letter = 'p';
	arm(&past, 0);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("timer.armed_for_now_runs", "%s, early %d", trail.text, past.early);
	arm(&past, (unsigned long)-100);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("timer.armed_for_the_past_runs", "%s", trail.text);
	timer_delete_sync(&past.timer);
	destroy_timer_on_stack(&past.timer);
}

/* ---- inside of the function ---- */

static bool seen[6];

static void look_around(struct timer_list *t)
{
	seen[0] = in_serving_softirq();
	seen[1] = in_hardirq();
	seen[2] = in_task();
	seen[3] = irqs_disabled();
	seen[4] = timer_pending(t);
	seen[5] = in_interrupt();
	trail_add(&trail, 'l');
}

#define OBSERVE_CONTEXT(name, flags) do {					\
	trail_clear(&trail);							\
	timer_setup(&timers[0].timer, look_around, flags);			\
	mod_timer(&timers[0].timer, jiffies + 1);				\
	in_the_end(atomic_read(&trail.count));					\
	timer_delete_sync(&timers[0].timer);					\
	OBSERVE("timer." name,							\
		"serving softirq %s, hard irq %s, task %s, interrupt %s, irqs off %s, pending %s", \
		yes_no(seen[0]), yes_no(seen[1]), yes_no(seen[2]), yes_no(seen[5]), yes_no(seen[3]),	\
		yes_no(seen[4]));						\
} while (0)

static int rounds;
static int told[4];

static void arm_again(struct timer_list *t)
{
	trail_add(&trail, 'r');
	if (--rounds) {
		told[0] = mod_timer(t, jiffies + 1);
		told[1] = timer_pending(t);
	}
}

static void ask_about_oneself(struct timer_list *t)
{
	told[0] = timer_delete(t);
	told[1] = try_to_del_timer_sync(t);
	mod_timer(t, jiffies + FAR_AWAY);
	told[2] = timer_delete(t);
	told[3] = timer_pending(t);
	trail_add(&trail, 'o');
}

static void shut_down_oneself(struct timer_list *t)
{
	told[0] = timer_shutdown(t);
	told[1] = mod_timer(t, jiffies + 1);
	told[2] = timer_pending(t);
	trail_add(&trail, 's');
}

static void run_once(void (*fn)(struct timer_list *))
{
	trail_clear(&trail);
	timer_setup(&timers[0].timer, fn, 0);
	mod_timer(&timers[0].timer, jiffies + 1);
	in_the_end(atomic_read(&trail.count));
	timer_delete_sync(&timers[0].timer);
}

static void observe_oneself(void)
{
	OBSERVE_CONTEXT("context", 0);
	OBSERVE_CONTEXT("context_irqsafe", TIMER_IRQSAFE);
	OBSERVE_CONTEXT("context_pinned", TIMER_PINNED);
	OBSERVE_CONTEXT("context_deferrable", TIMER_DEFERRABLE);

	trail_clear(&trail);
	rounds = 4;
	timer_setup(&timers[0].timer, arm_again, 0);
	mod_timer(&timers[0].timer, jiffies + 1);
	in_the_end(atomic_read(&trail.count) == 4);
	timer_delete_sync(&timers[0].timer);
	OBSERVE("timer.armed_again_by_itself", "%s, mod_timer %d, pending %d", trail.text, told[0], told[1]);

	run_once(ask_about_oneself);
	OBSERVE("timer.delete_in_its_function", "delete %d, try %d, after arming %d, then pending %d",
		told[0], told[1], told[2], told[3]);
	run_once(shut_down_oneself);
	OBSERVE("timer.shutdown_in_its_function", "%d, mod_timer %d, pending %d", told[0], told[1], told[2]);
	OBSERVE("timer.mod_timer_after_shutdown_in_its_function", "%d",
		mod_timer(&timers[0].timer, jiffies + FAR_AWAY));
}

/* ---- each other: two of the same jiffy, whichever comes first ---- */

static void delete_partner(struct timer_list *t)
{
	struct lettered_timer *own = from_timer(own, t, timer);

	own->told = timer_delete(&own->partner->timer);
	trail_add(&trail, 'd');
}

static void postpone_partner(struct timer_list *t)
{
	struct lettered_timer *own = from_timer(own, t, timer);

	trail_add(&trail, 'p');
	if (own->partner->told == -99)
		own->told = mod_timer(&own->partner->timer, jiffies + 2);
}

static void arm_partner_for_now(struct timer_list *t)
{
	struct lettered_timer *own = from_timer(own, t, timer);

	trail_add(&trail, '1');
	own->told = mod_timer(&own->partner->timer, jiffies);
	trail_add(&trail, '2');
}

static void start_pair(void (*fn)(struct timer_list *))
{
	unsigned long flags;

	trail_clear(&trail);
	set_up(&timers[0], 'a', fn);
	set_up(&timers[1], 'b', fn);
	timers[0].partner = &timers[1];
	timers[1].partner = &timers[0];
	local_irq_save(flags);
	arm(&timers[0], 2);
	arm(&timers[1], 2);
	local_irq_restore(flags);
}

static void observe_each_other(void)
{
	start_pair(delete_partner);
	in_the_end(atomic_read(&trail.count));
	in_the_end(!timer_pending(&timers[0].timer) && !timer_pending(&timers[1].timer));
	timer_delete_sync(&timers[0].timer);
	timer_delete_sync(&timers[1].timer);
	OBSERVE("timer.first_deletes_the_other_of_its_jiffy", "%s, delete %d", trail.text,
		max(timers[0].told, timers[1].told));

	start_pair(postpone_partner);
	in_the_end(atomic_read(&trail.count) == 2);
	timer_delete_sync(&timers[0].timer);
	timer_delete_sync(&timers[1].timer);
	OBSERVE("timer.first_postpones_the_other_of_its_jiffy", "%s, mod_timer %d", trail.text,
		max(timers[0].told, timers[1].told));

	trail_clear(&trail);
	set_up(&timers[0], 'a', arm_partner_for_now);
	set_up(&timers[1], 'b', note_run);
	timers[0].partner = &timers[1];
	arm(&timers[0], 1);
	in_the_end(atomic_read(&trail.count) == 3);
	timer_delete_sync(&timers[0].timer);
	timer_delete_sync(&timers[1].timer);
	OBSERVE("timer.one_arms_another_for_now", "%s, mod_timer %d", trail.text, timers[0].told);
}

/* Armed in one jiffy, then changed: where it ran is not a question of where it was first. */
static void observe_changed(void)
{
	unsigned long flags;

	trail_clear(&trail);
	set_up(&timers[0], 'a', note_run);
	set_up(&timers[1], 'b', note_run);
	local_irq_save(flags);
	arm(&timers[0], FAR_AWAY);
	arm(&timers[1], 4);
	arm(&timers[0], 2);
	local_irq_restore(flags);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("timer.moved_to_earlier_runs_earlier", "%s", trail.text);

	trail_clear(&trail);
	local_irq_save(flags);
	arm(&timers[0], 2);
	arm(&timers[1], 4);
	arm(&timers[0], 6);
	local_irq_restore(flags);
	in_the_end(atomic_read(&trail.count) == 2);
	OBSERVE("timer.moved_to_later_runs_later", "%s, early %d", trail.text, timers[0].early);

	trail_clear(&trail);
	local_irq_save(flags);
	arm(&timers[0], 2);
	arm(&timers[1], 4);
	timer_delete(&timers[0].timer);
	local_irq_restore(flags);
	in_the_end(atomic_read(&trail.count) == 1);
	OBSERVE("timer.deleted_one_does_not_run", "%s", trail.text);
	timer_delete_sync(&timers[1].timer);
}

void observe_timer_runs(void)
{
	observe_order();
	observe_oneself();
	observe_each_other();
	observe_changed();
}
