// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: how a drain goes through what was raised: order, snapshot, passes, and where it stops.
 *
 * What
 *	Letters of a log: H a tasklet of the HI softirq, M a timer, F and S the two borrowed softirqs,
 *	T an ordinary tasklet.
 */
#include <linux/interrupt.h>
#include <linux/timer.h>

#include "softirq.h"

static struct log ran;
static struct completion all_done;

static void note_first(void)	{ note(&ran, 'F'); }
static void note_second(void)	{ note(&ran, 'S'); }
static void note_hi(struct tasklet_struct *t)		{ note(&ran, 'H'); }
static void note_tasklet(struct tasklet_struct *t)	{ note(&ran, 'T'); }
static void note_timer(struct timer_list *t)		{ note(&ran, 'M'); }

static DECLARE_TASKLET(hi, note_hi);
static DECLARE_TASKLET(tasklet, note_tasklet);

static void begin(void (*first)(void), void (*second)(void))
{
	log_reset(&ran);
	init_completion(&all_done);
	open_softirq(FIRST, first);
	open_softirq(SECOND, second);
}

/* Two fences: what the first one's pass raised has run by the second. */
static const char *all_that_ran(void)
{
	fence();
	fence();
	return letters(&ran);
}

static void numbers(void)
{
	OBSERVE("softirq.numbers", "%d %d %d %d %d %d %d %d %d %d", HI_SOFTIRQ, TIMER_SOFTIRQ,
		NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, BLOCK_SOFTIRQ, IRQ_POLL_SOFTIRQ, TASKLET_SOFTIRQ,
		SCHED_SOFTIRQ, HRTIMER_SOFTIRQ, RCU_SOFTIRQ);
}

static void order(void)
{
	static struct timer_list timer;
	bool timer_pending;

	begin(note_first, note_second);
	settled_bh_disable();
	raise_softirq(SECOND);
	raise_softirq(FIRST);
	local_bh_enable();
	OBSERVE("softirq.order_of_two", "%s", letters(&ran));

	begin(note_first, note_second);
	timer_setup(&timer, note_timer, 0);
	settled_bh_disable();
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 0);
	timer_pending = spin_until(time_after(jiffies, timer.expires + 1) && is_pending(TIMER_SOFTIRQ));
	tasklet_schedule(&tasklet);
	raise_softirq(SECOND);
	raise_softirq(FIRST);
	tasklet_hi_schedule(&hi);
	local_bh_enable();
	OBSERVE("softirq.order_of_five", "%s", all_that_ran());
	OBSERVE("softirq.timer_due_with_bh_off_is_pending", "%s", yes_no(timer_pending));
	timer_delete_sync(&timer);
}

static unsigned int pending_inside;

static void look_at_pending(void)
{
	note(&ran, 'F');
	pending_inside = local_softirq_pending();
}

static void snapshot(void)
{
	begin(look_at_pending, note_second);
	settled_bh_disable();
	raise_softirq(FIRST);
	raise_softirq(SECOND);
	local_bh_enable();
	OBSERVE("softirq.own_bit_is_pending_while_it_runs", "%s", yes_no(pending_inside & (1U << FIRST)));
	OBSERVE("softirq.later_bit_is_pending_meanwhile", "%s", yes_no(pending_inside & (1U << SECOND)));
}

static int left;
static bool inside, nested;

static void raise_itself_once(void)
{
	note(&ran, 'F');
	if (inside)
		nested = true;
	inside = true;
	if (left-- > 0) {
		raise_softirq(FIRST);
		pending_inside = local_softirq_pending();
	}
	inside = false;
}

static void raise_second_once(void)
{
	note(&ran, 'F');
	if (left-- > 0)
		raise_softirq(SECOND);
}

static void raise_first_once(void)
{
	note(&ran, 'S');
	if (left-- > 0)
		raise_softirq(FIRST);
}

static void raise_itself_thrice(void)
{
	note(&ran, 'S');
	if (left-- > 0) {
		raise_softirq(SECOND);
		raise_softirq(SECOND);
		raise_softirq(SECOND);
	}
}

static void schedule_hi(void)
{
	note(&ran, 'F');
	tasklet_hi_schedule(&hi);
}

static void schedule_tasklet(void)
{
	note(&ran, 'F');
	tasklet_schedule(&tasklet);
}

/* Raise what @mask says, together, and return what ran until nothing is left. */
static const char *raised_together(unsigned int mask, bool with_tasklet)
{
	local_bh_disable();
	if (mask & (1U << FIRST))
		raise_softirq(FIRST);
	if (mask & (1U << SECOND))
		raise_softirq(SECOND);
	if (with_tasklet)
		tasklet_schedule(&tasklet);
	local_bh_enable();
	return all_that_ran();
}

#define ONE	(1U << FIRST)
#define TWO	(1U << SECOND)

static void raised_during_a_pass(void)
{
	left = 1;
	nested = false;
	begin(raise_itself_once, note_second);
	OBSERVE("softirq.raised_by_itself_once", "%s", raised_together(ONE, false));
	OBSERVE("softirq.raised_by_itself_is_pending", "%s", yes_no(pending_inside & ONE));
	OBSERVE("softirq.raised_by_itself_nests", "%s", yes_no(nested));
	left = 1;
	begin(raise_itself_once, note_second);
	OBSERVE("softirq.raised_by_itself_with_a_later_one", "%s", raised_together(ONE | TWO, false));
	left = 1;
	begin(note_first, raise_first_once);
	OBSERVE("softirq.lower_raised_by_a_higher", "%s", raised_together(TWO, false));
	left = 1;
	begin(note_first, raise_first_once);
	OBSERVE("softirq.lower_raised_by_a_higher_with_a_tasklet", "%s", raised_together(TWO, true));
	left = 1;
	begin(raise_second_once, note_second);
	OBSERVE("softirq.higher_raised_by_a_lower", "%s", raised_together(ONE, false));
	left = 1;
	begin(raise_second_once, note_second);
	OBSERVE("softirq.higher_of_the_same_pass_raised_by_a_lower", "%s",
		raised_together(ONE | TWO, false));
	left = 1;
	begin(note_first, raise_itself_thrice);
	OBSERVE("softirq.raised_by_itself_three_times", "%s", raised_together(TWO, false));
	begin(schedule_hi, note_second);
	OBSERVE("softirq.hi_scheduled_by_a_lower", "%s", raised_together(ONE | TWO, false));
	begin(schedule_tasklet, note_second);
	OBSERVE("softirq.tasklet_scheduled_by_a_softirq", "%s", raised_together(ONE | TWO, false));
}

static atomic_t runs;
static atomic_t runs_in_ksoftirqd;

static void raise_itself(void)
{
	atomic_inc(&runs);
	if (in_ksoftirqd())
		atomic_inc(&runs_in_ksoftirqd);
	if (--left > 0)
		raise_softirq(FIRST);
	else
		complete(&all_done);
}

struct drain {
	int runs;
	bool pending, woken;
};

/* One do_softirq(), of an action that wants to run @times; what was so when it returned. */
static struct drain one_drain(void (*action)(void), int times)
{
	struct drain drain;

	begin(action, note_second);
	atomic_set(&runs, 0);
	left = times;
	settled_irq_disable();
	__raise_softirq_irqoff(FIRST);
	do_softirq();
	drain.runs = atomic_read(&runs);
	drain.pending = is_pending(FIRST);
	drain.woken = ksoftirqd_is_awake();
	local_irq_enable();
	arrives(&all_done);
	return drain;
}

/* A tick in the middle, or a wanted reschedule, ends a drain sooner: the longest of many counts. */
static struct drain longest_drain(int times, int wanted)
{
	struct drain longest = { 0 };
	int attempts = 50;

	while (longest.runs < wanted && attempts--) {
		struct drain drain = one_drain(raise_itself, times);

		if (drain.runs > longest.runs)
			longest = drain;
	}
	return longest;
}

static void passes(void)
{
	struct drain drain;
	int attempts = 50;

	drain = longest_drain(10, 10);
	OBSERVE("softirq.ten_passes_wanted_runs_in_one_drain", "%d", drain.runs);
	OBSERVE("softirq.ten_passes_wanted_leaves_some_pending", "%s", yes_no(drain.pending));
	OBSERVE("softirq.ten_passes_wanted_wakes_ksoftirqd", "%s", yes_no(drain.woken));
	drain = longest_drain(25, 11);
	OBSERVE("softirq.many_passes_wanted_runs_in_one_drain", "%d", drain.runs);
	OBSERVE("softirq.many_passes_wanted_leaves_some_pending", "%s", yes_no(drain.pending));
	OBSERVE("softirq.many_passes_wanted_wakes_ksoftirqd", "%s", yes_no(drain.woken));
	OBSERVE("softirq.many_passes_wanted_runs", "%d", atomic_read(&runs));

	atomic_set(&runs_in_ksoftirqd, 0);
	while (!atomic_read(&runs_in_ksoftirqd) && attempts--)
		one_drain(raise_itself, 25);
	OBSERVE("softirq.many_passes_wanted_goes_on_in_ksoftirqd", "%s",
		yes_no(atomic_read(&runs_in_ksoftirqd)));
}

/* Takes longer than the two milliseconds after which no new pass begins. */
static void raise_itself_slowly(void)
{
	unsigned long begun = jiffies;

	spin_until(time_after(jiffies, begun + 1 + msecs_to_jiffies(2)));
	raise_itself();
}

static struct completion urgent_wanted;
static bool urgent_ran;

static int urgent_main(void *unused)
{
	wait_for_completion(&urgent_wanted);
	urgent_ran = true;
	return wait_for_stop();
}

static void raise_itself_and_wake(void)
{
	complete(&urgent_wanted);
	raise_itself();
}

static void passes_end_early(void)
{
	struct task_struct *urgent;
	struct drain drain;

	drain = one_drain(raise_itself_slowly, 3);
	OBSERVE("softirq.slow_action_runs_in_one_drain", "%d", drain.runs);
	OBSERVE("softirq.slow_action_wakes_ksoftirqd", "%s", yes_no(drain.woken));
	OBSERVE("softirq.slow_action_runs", "%d", atomic_read(&runs));

	init_completion(&urgent_wanted);
	urgent = kthread_create(urgent_main, NULL, "urgent");
	if (IS_ERR(urgent))
		return;
	kthread_bind(urgent, 0);
	sched_set_fifo(urgent);
	wake_up_process(urgent);
	drain = one_drain(raise_itself_and_wake, 3);
	OBSERVE("softirq.reschedule_wanted_runs_in_one_drain", "%d", drain.runs);
	OBSERVE("softirq.reschedule_wanted_wakes_ksoftirqd", "%s", yes_no(drain.woken));
	kthread_stop(urgent);
	OBSERVE("softirq.reschedule_wanted_runs", "%d", atomic_read(&runs));
	OBSERVE("softirq.reschedule_wanted_happens", "%s", yes_no(urgent_ran));
}

static bool storm_over;

static void storm(void)
{
	atomic_inc(&runs);
	if (READ_ONCE(storm_over))
		complete(&all_done);
	else
		raise_softirq(FIRST);
}

/* It raises itself for ever; a task of the same CPU and the ticks get on beside it. */
static void for_ever(void)
{
	unsigned long begun = jiffies;
	int turns = 0;

	begin(storm, note_second);
	storm_over = false;
	atomic_set(&runs, 0);
	raise_softirq(FIRST);
	while (time_before(jiffies, begun + PATIENCE) &&
	       (turns < 100 || atomic_read(&runs) < 100 || time_before(jiffies, begun + 2))) {
		turns++;
		cond_resched();
	}
	OBSERVE("softirq.for_ever_a_task_gets_on", "%s", yes_no(turns >= 100));
	OBSERVE("softirq.for_ever_it_gets_on", "%s", yes_no(atomic_read(&runs) >= 100));
	WRITE_ONCE(storm_over, true);
	OBSERVE("softirq.for_ever_ends_when_it_stops_raising", "%s", yes_no(arrives(&all_done)));
}

static void opened_anew(void)
{
	begin(note_first, note_second);
	settled_bh_disable();
	raise_softirq(FIRST);
	open_softirq(FIRST, note_second);
	local_bh_enable();
	OBSERVE("softirq.opened_anew_while_pending", "%s", letters(&ran));
}

static unsigned int flags_inside;
static struct task_struct *current_inside;

static void look_at_task(void)
{
	flags_inside = current->flags;
	current_inside = current;
}

static void borrowed_task(void)
{
	unsigned int mine;

	begin(look_at_task, note_second);
	settled_bh_disable();
	current->flags |= PF_MEMALLOC;
	raise_softirq(FIRST);
	local_bh_enable();
	mine = current->flags;
	current->flags &= ~PF_MEMALLOC;
	OBSERVE("softirq.borrows_the_current_task", "%s", yes_no(current_inside == current));
	OBSERVE("softirq.has_the_memory_reserve_of_its_task", "%s", yes_no(flags_inside & PF_MEMALLOC));
	OBSERVE("softirq.leaves_its_task_the_memory_reserve", "%s", yes_no(mine & PF_MEMALLOC));
}

void observe_drain(void)
{
	numbers();
	order();
	snapshot();
	raised_during_a_pass();
	passes();
	passes_end_early();
	for_ever();
	opened_anew();
	borrowed_task();
}
