// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: in which order tasklets run, and what one that always schedules itself leaves to others.
 *
 * What
 *	Letters of a log: A, B, C scheduled, H, G scheduled as hi, M and m a timer, W and w a work.
 */
#include <linux/interrupt.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "tasklet.h"

static struct log ran;
static struct lettered a, b, c, g, h;

static void begin(void)
{
	log_reset(&ran);
	lettered_init(&a, &ran, 'A', NULL);
	lettered_init(&b, &ran, 'B', NULL);
	lettered_init(&c, &ran, 'C', NULL);
	lettered_init(&g, &ran, 'G', NULL);
	lettered_init(&h, &ran, 'H', NULL);
}

static struct lettered *by_letter(char letter)
{
	struct lettered *all[] = { &a, &b, &c, &g, &h };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		if (all[i]->letter == letter)
			return all[i];
	return &a;
}

/* Upper case: tasklet_schedule(), lower case: tasklet_hi_schedule(). */
static void schedule_in_order(const char *letters)
{
	for (; *letters; letters++) {
		if (*letters >= 'a')
			tasklet_hi_schedule(&by_letter(*letters - 'a' + 'A')->tasklet);
		else
			tasklet_schedule(&by_letter(*letters)->tasklet);
	}
}

/* All of them with bottom halves off; then what ran, and how. */
static const char *scheduled(const char *order)
{
	settled_bh_disable();
	schedule_in_order(order);
	local_bh_enable();
	fence();
	fence();
	return letters(&ran);
}

static void one_schedules(struct lettered *own)
{
	if (own->runs == 1)
		schedule_in_order("B");
}

static void one_hi_schedules(struct lettered *own)
{
	if (own->runs == 1)
		schedule_in_order("h");
}

static void one_schedules_itself(struct lettered *own)
{
	if (own->runs == 1)
		schedule_in_order("A");
}

static void one_hi_schedules_itself(struct lettered *own)
{
	if (own->runs == 1)
		schedule_in_order("a");
}

static void hi_one_schedules(struct lettered *own)
{
	schedule_in_order("A");
}

/* Who is scheduled, and who of them does something inside. */
static const struct {
	const char *name, *order;
	struct lettered *who;
	void (*also)(struct lettered *own);
} orders[] = {
	{ "order_of_three", "CAB" },
	{ "order_of_a_b_a", "ABA" },
	{ "order_of_hi_and_normal", "ABhCg" },
	{ "order_of_two_hi", "gh" },
	{ "scheduled_then_hi_scheduled", "Aah" },
	{ "hi_scheduled_then_scheduled", "BaA" },
	{ "scheduled_by_another", "AC", &a, one_schedules },
	{ "scheduled_by_another_while_scheduled", "ABC", &a, one_schedules },
	{ "scheduled_by_itself_with_a_later_one", "BC", &b, one_schedules },
	{ "hi_scheduled_by_a_normal_one", "ABC", &a, one_hi_schedules },
	{ "first_of_three_schedules_itself", "ABC", &a, one_schedules_itself },
	{ "first_of_three_hi_schedules_itself", "ABC", &a, one_hi_schedules_itself },
	{ "scheduled_by_a_hi_one", "hB", &h, hi_one_schedules },
};

static void together(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		begin();
		if (orders[i].who)
			orders[i].who->also = orders[i].also;
		OBSERVE("tasklet.%s", "%s", orders[i].name, scheduled(orders[i].order));
	}
}

static void schedule_in_timer(struct timer_list *t)
{
	note(&ran, 'M');
	schedule_in_order("Ah");
	note(&ran, 'm');
}

static void schedule_in_work(struct work_struct *work)
{
	settled_bh_disable();
	note(&ran, 'W');
	schedule_in_order("Ah");
	local_bh_enable();
	note(&ran, 'w');
}

static void by_other_mechanisms(void)
{
	static DECLARE_WORK(work, schedule_in_work);
	static struct timer_list timer;

	begin();
	timer_setup(&timer, schedule_in_timer, 0);
	timer.expires = jiffies + 1;
	add_timer_on(&timer, 0);
	arrives(&a.done);
	OBSERVE("tasklet.scheduled_in_a_timer", "%s", letters(&ran));
	timer_delete_sync(&timer);

	begin();
	queue_work_on(0, system_wq, &work);
	flush_work(&work);
	fence();
	OBSERVE("tasklet.scheduled_in_a_work_with_bh_off", "%s", letters(&ran));
}

enum { MANY = 200 };

static struct lettered many[MANY];
static bool in_order;
static int next;

static void check_order(struct lettered *own)
{
	if (own != &many[next++])
		in_order = false;
}

static void a_long_list(void)
{
	int i, by_the_enable;

	log_reset(&ran);
	in_order = true;
	next = 0;
	for (i = 0; i < MANY; i++)
		lettered_init(&many[i], &ran, '.', check_order);
	settled_bh_disable();
	for (i = 0; i < MANY; i++)
		tasklet_schedule(&many[i].tasklet);
	local_bh_enable();
	by_the_enable = next;
	fence();
	OBSERVE("tasklet.200_scheduled_run_by_the_enable", "%d", by_the_enable);
	OBSERVE("tasklet.200_scheduled_run", "%d", next);
	OBSERVE("tasklet.200_scheduled_run_in_order", "%s", yes_no(in_order));
}

static int wanted;

static void schedule_itself_often(struct lettered *own)
{
	if (own->runs < wanted)
		tasklet_schedule(&own->tasklet);
}

/*
 * Runs in one do_softirq() of a tasklet that schedules itself until it has run @times times. Scheduling
 * it wakes ksoftirqd, which must not be a reason for a reschedule: the thread is more urgent.
 */
static int runs_in_one_drain(int times)
{
	int runs;

	begin();
	a.also = schedule_itself_often;
	wanted = times;
	local_irq_disable();
	tasklet_schedule(&a.tasklet);
	do_softirq();
	runs = a.runs;
	local_irq_enable();
	while (READ_ONCE(a.runs) < times && fence())
		;
	return runs;
}

/* A tick in the middle, or a wanted reschedule, ends a drain sooner: the most of many counts. */
static void passes(void)
{
	int attempts = 50, most = 0;

	sched_set_fifo(current);
	while (most < 11 && attempts--)
		most = max(most, runs_in_one_drain(25));
	sched_set_normal(current, 0);
	OBSERVE("tasklet.schedules_itself_runs_in_one_drain", "%d", most);
	OBSERVE("tasklet.schedules_itself_runs", "%d", a.runs);
}

static bool storm_over;

static void storm(struct lettered *own)
{
	if (!READ_ONCE(storm_over))
		tasklet_schedule(&own->tasklet);
}

static void for_ever(void)
{
	unsigned long begun = jiffies;
	int turns = 0;

	begin();
	a.also = storm;
	storm_over = false;
	tasklet_schedule(&a.tasklet);
	while (time_before(jiffies, begun + PATIENCE) &&
	       (turns < 100 || READ_ONCE(a.runs) < 100 || time_before(jiffies, begun + 2))) {
		turns++;
		cond_resched();
	}
	OBSERVE("tasklet.for_ever_a_task_gets_on", "%s", yes_no(turns >= 100));
	OBSERVE("tasklet.for_ever_it_gets_on", "%s", yes_no(READ_ONCE(a.runs) >= 100));
	schedule_in_order("B");
	OBSERVE("tasklet.for_ever_another_runs_soon", "%s", yes_no(arrives(&b.done)));
	WRITE_ONCE(storm_over, true);
	tasklet_kill(&a.tasklet);
	OBSERVE("tasklet.for_ever_is_scheduled_once_it_stopped_and_was_killed", "%s", yes_no(is_scheduled(&a)));
}

void observe_tasklet_order(void)
{
	together();
	by_other_mechanisms();
	a_long_list();
	passes();
	for_ever();
}
