// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timers: the wheel apart from the clock, then the interface on the running machine (claim E1).
 */
#include <linux/completion.h>
#include <linux/debugobjects.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

#include <kunit/scenario.h>

#include "helpers.h"
#include "../../kernel/time/internal.h"

/* ---- the wheel, with a clock of our own ---- */

#define MODEL_TIMERS	50U

struct model_timer {
	struct timer_list timer;
	unsigned long ran_at;		/* 0: not yet */
	unsigned int runs;
};

static struct timer_base *base;
static struct model_timer *model;
static unsigned long model_now;

static void note_model_run(struct timer_list *timer)
{
	struct model_timer *m = timer_container_of(m, timer, timer);

	m->ran_at = model_now;
	m->runs++;
}

static u32 random_state;

static u32 next_random(void)
{
	random_state = random_state * 1664525U + 1013904223U;
	return random_state >> 4;
}

/* Memory that goes must hold no pending timers. */
static void end_model(struct kunit *test)
{
	if (base)
		timer_base_run(base, ULONG_MAX);
}

static void make_model(struct kunit *test, unsigned long now)
{
	end_model(test);
	if (!base) {
		base = kunit_kzalloc(test, sizeof(*base), GFP_KERNEL);
		model = kunit_kzalloc(test, MODEL_TIMERS * sizeof(*model), GFP_KERNEL);
	}
	KUNIT_ASSERT_NOT_NULL(test, base);
	KUNIT_ASSERT_NOT_NULL(test, model);
	memset(base, 0, sizeof(*base));
	timer_base_init(base, raw_smp_processor_id(), now);
	model_now = now;
}

static void add_model_timer(struct model_timer *m, unsigned long expires)
{
	timer_setup(&m->timer, note_model_run, 0);
	m->timer.expires = expires;
	m->ran_at = 0;
	m->runs = 0;
	timer_base_add(base, &m->timer);
}

static void run_model_at(unsigned long now)
{
	model_now = now;
	timer_base_run(base, now);
}

/* The tick after the jiffy in which a timer is due, and no other. */
static void wheel_runs_each_distance_in_its_tick(struct kunit *test)
{
	static const unsigned long starts[] = { 1, 63, 64, 4095, (1UL << 32) - 75000, (1UL << 32) - 3, 1UL << 40 };
	static const unsigned long distances[] = {
		0, 1, 2, 62, 63, 64, 65, 127, 128, 4095, 4096, 4097, 262143, 262144, 1UL << 24, 1UL << 33, 1UL << 61,
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		for (j = 0; j < ARRAY_SIZE(distances); j++) {
			unsigned long due = starts[i] + distances[j];

			make_model(test, starts[i]);
			add_model_timer(&model[0], due);
			if (distances[j])
				run_model_at(due);
			KUNIT_EXPECT_EQ(test, model[0].runs, 0u);
			run_model_at(due + 1);
			KUNIT_EXPECT_EQ(test, model[0].runs, 1u);
		}
	}
}

static void wheel_runs_a_past_time_in_the_next_tick(struct kunit *test)
{
	make_model(test, 1000);
	add_model_timer(&model[0], 999);
	add_model_timer(&model[1], 0);
	add_model_timer(&model[2], 1000UL + (1UL << 63) + 1);	/* so far ahead that it is behind */
	run_model_at(1001);
	KUNIT_EXPECT_EQ(test, model[0].runs, 1u);
	KUNIT_EXPECT_EQ(test, model[1].runs, 1u);
	KUNIT_EXPECT_EQ(test, model[2].runs, 1u);
}

static unsigned long random_distance(void)
{
	return (((unsigned long)next_random() << 20) ^ next_random()) >> (next_random() % 48);
}

/* Ticks of random length, up to very long ones; all that is due by then, and nothing else, has run. */
static void run_random_model(struct kunit *test)
{
	unsigned int i, step;

	for (i = 0; i < MODEL_TIMERS; i++)
		add_model_timer(&model[i], model_now + random_distance());
	for (step = 0; step < 100; step++) {
		unsigned long before = model_now;

		run_model_at(model_now + 1 + (step % 4 ? next_random() % 3 : random_distance() / 4));
		for (i = 0; i < MODEL_TIMERS; i++) {
			bool due = model[i].timer.expires < model_now;

			KUNIT_ASSERT_EQ(test, model[i].runs, due ? 1u : 0u);
			if (due && model[i].ran_at == model_now)
				KUNIT_ASSERT_GE(test, model[i].timer.expires, before);
			/* Those that have run go round again. */
			if (due && i % 2)
				add_model_timer(&model[i], model_now + random_distance());
		}
	}
}

static void wheel_runs_random_timers_when_they_are_due(struct kunit *test)
{
	u32 seed;

	for (seed = 0; seed < 5; seed++) {
		random_state = seed;
		make_model(test, INITIAL_JIFFIES + seed);
		run_random_model(test);
	}
}

static void wheel_knows_when_it_is_needed_next(struct kunit *test)
{
	make_model(test, 100);
	KUNIT_EXPECT_EQ(test, base->next, ULONG_MAX);
	add_model_timer(&model[0], 110);
	KUNIT_EXPECT_EQ(test, base->next, 110UL);
	add_model_timer(&model[1], 105);
	KUNIT_EXPECT_EQ(test, base->next, 105UL);
	run_model_at(106);
	KUNIT_EXPECT_EQ(test, base->next, 110UL);
	run_model_at(111);
	KUNIT_EXPECT_EQ(test, base->next, ULONG_MAX);
}

/* ---- the interface ---- */

static atomic_t runs;
static unsigned long ran_at;
static int ran_on;
static bool ran_in_softirq, ran_with_irqs_off, was_pending_inside;

static int reset(struct kunit *test)
{
	base = NULL;
	atomic_set(&runs, 0);
	ran_on = -1;
	return 0;
}

static void note_run(struct timer_list *timer)
{
	ran_at = jiffies;
	ran_on = (int)smp_processor_id();
	ran_in_softirq = in_serving_softirq();
	ran_with_irqs_off = irqs_disabled();
	was_pending_inside = timer_pending(timer);
	atomic_inc(&runs);
}

/* Far enough away not to come while a test runs. */
#define FAR	(jiffies + 1000UL * HZ)

static bool wait_for_runs(int n)
{
	unsigned int turns;

	for (turns = 0; turns < 1000 && atomic_read(&runs) < n; turns++)
		msleep(1);
	return atomic_read(&runs) == n;
}

static void struct_is_no_larger_than_on_linux(struct kunit *test)
{
	KUNIT_EXPECT_LE(test, sizeof(struct timer_list), (size_t)40);
}

/* Runs the timer once. Return: by how many ticks after the earliest possible one it was late. */
static unsigned long run_once(struct kunit *test, struct timer_list *timer, unsigned long distance)
{
	unsigned long due = jiffies + distance;

	atomic_set(&runs, 0);
	KUNIT_EXPECT_EQ(test, mod_timer(timer, due), 0);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_GT(test, ran_at, due);
	KUNIT_EXPECT_FALSE(test, timer_pending(timer));
	return ran_at - due - 1;
}

static const unsigned long timer_distances[] = { 0, 1, 2, 5, 63, 70 };

/* A schedule of the simulated machine may make one run late, but not each. A real machine may do anything. */
static void timer_runs_in_the_tick_after_its_jiffy(struct kunit *test)
{
	struct timer_list timer;
	unsigned int i, tries;

	if (!scenario_simulated())
		kunit_skip(test, "only where time is simulated");
	timer_setup_on_stack(&timer, note_run, 0);
	for (i = 0; i < ARRAY_SIZE(timer_distances); i++) {
		unsigned long late = 1;

		for (tries = 0; tries < 20 && late; tries++)
			late = run_once(test, &timer, timer_distances[i]);
		KUNIT_EXPECT_EQ(test, late, 0UL);
	}
	timer_destroy_on_stack(&timer);
}

/* E1 */
static void timer_runs_once_in_softirq_and_never_early(struct kunit *test)
{
	struct timer_list timer;
	unsigned int i;

	timer_setup_on_stack(&timer, note_run, 0);
	for (i = 0; i < ARRAY_SIZE(timer_distances); i++) {
		run_once(test, &timer, timer_distances[i]);
		KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
		KUNIT_EXPECT_TRUE(test, ran_in_softirq);
		KUNIT_EXPECT_FALSE(test, ran_with_irqs_off);
		KUNIT_EXPECT_FALSE(test, was_pending_inside);
	}
	timer_destroy_on_stack(&timer);
}

static void timer_runs_on_the_cpu_that_armed_it(struct kunit *test)
{
	struct timer_list timer;
	int cpu;

	timer_setup_on_stack(&timer, note_run, 0);
	cpu = (int)get_cpu();
	mod_timer(&timer, jiffies + 1);
	put_cpu();
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_EQ(test, ran_on, cpu);
	timer_destroy_on_stack(&timer);
}

static void arm_soon(void *timer)
{
	mod_timer(timer, jiffies + 1);
}

static void timer_that_another_cpu_arms_moves_there(struct kunit *test)
{
	struct timer_list timer;
	int other;

	SKIP_ON_ONE_CPU(test);
	timer_setup_on_stack(&timer, note_run, 0);
	preempt_disable();
	mod_timer(&timer, FAR);
	other = (int)cpumask_any_but(cpu_online_mask, smp_processor_id());
	smp_call_function_single(other, arm_soon, &timer, 1);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_EQ(test, ran_on, other);
	timer_destroy_on_stack(&timer);
}

static void add_timer_on_runs_on_each_cpu(struct kunit *test)
{
	struct timer_list timer;
	unsigned int cpu;
	int n = 0;

	timer_setup_on_stack(&timer, note_run, TIMER_PINNED);
	for_each_online_cpu(cpu) {
		timer.expires = jiffies + 1;
		add_timer_on(&timer, (int)cpu);
		KUNIT_EXPECT_TRUE(test, wait_for_runs(++n));
		KUNIT_EXPECT_EQ(test, ran_on, (int)cpu);
	}
	timer_destroy_on_stack(&timer);
}

static void timer_armed_in_a_hard_irq_runs(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	in_hard_irq(arm_soon, &timer);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	timer_destroy_on_stack(&timer);
}

static void return_values_say_whether_it_was_pending(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	KUNIT_EXPECT_EQ(test, timer_delete(&timer), 0);
	KUNIT_EXPECT_EQ(test, timer_delete_sync(&timer), 0);
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&timer), 0);
	KUNIT_EXPECT_EQ(test, mod_timer_pending(&timer, FAR), 0);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, FAR), 0);
	KUNIT_EXPECT_TRUE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, FAR + 5), 1);
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, FAR - 5), 1);
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, timer.expires), 1);
	KUNIT_EXPECT_EQ(test, mod_timer_pending(&timer, FAR), 1);
	KUNIT_EXPECT_EQ(test, del_timer(&timer), 1);
	mod_timer(&timer, FAR);
	KUNIT_EXPECT_EQ(test, del_timer_sync(&timer), 1);
	mod_timer(&timer, FAR);
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&timer), 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	timer_destroy_on_stack(&timer);
}

static void timer_moved_later_does_not_run_at_its_old_time(struct kunit *test)
{
	struct timer_list timer;
	unsigned long due, flags;

	timer_setup_on_stack(&timer, note_run, 0);
	/* Its old time may come before it is moved, but no tick. */
	local_irq_save(flags);
	mod_timer(&timer, jiffies + 1);
	due = jiffies + 8;
	mod_timer(&timer, due);
	local_irq_restore(flags);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_GT(test, ran_at, due);
	timer_destroy_on_stack(&timer);
}

static void timer_moved_earlier_runs_at_its_new_time(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	mod_timer(&timer, FAR);
	mod_timer(&timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	timer_destroy_on_stack(&timer);
}

static void reduce_only_moves_to_an_earlier_time(struct kunit *test)
{
	unsigned long far = FAR;
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	KUNIT_EXPECT_EQ(test, timer_reduce(&timer, far), 0);
	KUNIT_EXPECT_EQ(test, timer_reduce(&timer, far + 10), 1);
	KUNIT_EXPECT_EQ(test, timer.expires, far);
	KUNIT_EXPECT_EQ(test, timer_reduce(&timer, far - 10), 1);
	KUNIT_EXPECT_EQ(test, timer.expires, far - 10);
	timer_delete_sync(&timer);
	timer_destroy_on_stack(&timer);
}

static DEFINE_TIMER(static_timer, note_run);

static void timer_defined_at_compile_time_runs(struct kunit *test)
{
	mod_timer(&static_timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	timer_delete_sync(&static_timer);
}

static void deleted_timer_does_not_run(struct kunit *test)
{
	struct timer_list timer;
	unsigned long flags;

	timer_setup_on_stack(&timer, note_run, 0);
	/* Its time may come before it is deleted, but no tick. */
	local_irq_save(flags);
	mod_timer(&timer, jiffies + 2);
	timer_delete(&timer);
	local_irq_restore(flags);
	msleep(jiffies_to_msecs(6));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	timer_destroy_on_stack(&timer);
}

static void shut_down_timer_cannot_be_armed_until_it_is_set_up_anew(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	mod_timer(&timer, FAR);
	KUNIT_EXPECT_EQ(test, timer_shutdown_sync(&timer), 1);
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, jiffies), 0);
	timer.expires = jiffies;
	add_timer(&timer);
	add_timer_on(&timer, 0);
	KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
	timer_setup_on_stack(&timer, note_run, 0);
	mod_timer(&timer, FAR);
	KUNIT_EXPECT_TRUE(test, timer_pending(&timer));
	KUNIT_EXPECT_EQ(test, timer_shutdown(&timer), 1);
	KUNIT_EXPECT_EQ(test, timer_shutdown(&timer), 0);
	timer_destroy_on_stack(&timer);
}

static void adding_a_pending_timer_is_reported(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, 0);
	timer.expires = FAR;
	add_timer(&timer);
	bug_expect(2);
	add_timer(&timer);
	add_timer_on(&timer, 0);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	timer_delete_sync(&timer);
	timer_destroy_on_stack(&timer);
}

struct periodic {
	struct timer_list timer;
	int left;
	struct completion done;
};

static void run_again(struct timer_list *timer)
{
	struct periodic *p = from_timer(p, timer, timer);

	if (--p->left)
		mod_timer(timer, jiffies);
	else
		complete(&p->done);
}

static void timer_that_arms_itself_runs_again_in_later_ticks(struct kunit *test)
{
	struct periodic p = { .left = 5 };
	unsigned long begin = jiffies;

	init_completion(&p.done);
	timer_setup_on_stack(&p.timer, run_again, 0);
	mod_timer(&p.timer, jiffies);
	wait_for_completion(&p.done);
	KUNIT_EXPECT_GE(test, jiffies - begin, 5UL);
	timer_delete_sync(&p.timer);
	timer_destroy_on_stack(&p.timer);
}

static void free_itself(struct timer_list *timer)
{
	struct periodic *p = from_timer(p, timer, timer);

	kfree(p);
	atomic_inc(&runs);
}

static void timer_may_free_itself(struct kunit *test)
{
	struct periodic *p = kmalloc(sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	timer_setup(&p->timer, free_itself, 0);
	mod_timer(&p->timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
}

static void irqsafe_timer_runs_with_interrupts_off(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, note_run, TIMER_IRQSAFE);
	mod_timer(&timer, jiffies);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_TRUE(test, ran_with_irqs_off);
	timer_destroy_on_stack(&timer);
}

static atomic_t inside, leave;
static bool ended;

static void stay_inside(struct timer_list *timer)
{
	atomic_set(&inside, 1);
	wait_until(atomic_read(&leave));
	WRITE_ONCE(ended, true);
}

static void let_it_leave(struct timer_list *timer)
{
	atomic_set(&leave, 1);
}

/* Arms @timer on another CPU and waits until its function is in there. */
static void start_inside_on_another_cpu(struct kunit *test, struct timer_list *timer)
{
	atomic_set(&inside, 0);
	atomic_set(&leave, 0);
	ended = false;
	timer_setup_on_stack(timer, stay_inside, 0);
	timer->expires = jiffies;
	add_timer_on(timer, (int)cpumask_any_but(cpu_online_mask, smp_processor_id()));
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&inside)));
}

static void running_timer_is_neither_deleted_nor_waited_for_by_the_try(struct kunit *test)
{
	struct timer_list timer;

	SKIP_ON_ONE_CPU(test);
	preempt_disable();
	start_inside_on_another_cpu(test, &timer);
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&timer), -1);
	KUNIT_EXPECT_EQ(test, timer_delete(&timer), 0);
	atomic_set(&leave, 1);
	timer_delete_sync(&timer);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(ended));
	preempt_enable();
	timer_destroy_on_stack(&timer);
}

static void delete_sync_waits_for_the_function_on_another_cpu(struct kunit *test)
{
	struct timer_list timer, helper;

	SKIP_ON_ONE_CPU(test);
	timer_setup_on_stack(&helper, let_it_leave, 0);
	preempt_disable();
	start_inside_on_another_cpu(test, &timer);
	mod_timer(&helper, jiffies + 2);
	KUNIT_EXPECT_EQ(test, timer_delete_sync(&timer), 0);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(ended));
	preempt_enable();
	timer_delete_sync(&helper);
	timer_destroy_on_stack(&helper);
	timer_destroy_on_stack(&timer);
}

/* Otherwise its own CPU's base would not know that it runs. */
static void timer_armed_while_it_runs_elsewhere_stays_there(struct kunit *test)
{
	struct timer_list timer;

	SKIP_ON_ONE_CPU(test);
	preempt_disable();
	start_inside_on_another_cpu(test, &timer);
	KUNIT_EXPECT_EQ(test, mod_timer(&timer, FAR), 0);
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&timer), -1);
	KUNIT_EXPECT_TRUE(test, timer_pending(&timer));
	atomic_set(&leave, 1);
	KUNIT_EXPECT_EQ(test, timer_delete_sync(&timer), 1);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(ended));
	preempt_enable();
	timer_destroy_on_stack(&timer);
}

static void delete_itself(struct timer_list *timer)
{
	timer_delete_sync(timer);
	atomic_inc(&runs);
}

static void delete_sync_in_its_own_function_is_reported_and_returns(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, delete_itself, 0);
	bug_expect(1);
	mod_timer(&timer, jiffies);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	timer_destroy_on_stack(&timer);
}

static void leak_a_preempt_count(struct timer_list *timer)
{
	preempt_count_add(PREEMPT_OFFSET);
	atomic_inc(&runs);
}

static void function_that_leaks_a_preempt_count_is_reported(struct kunit *test)
{
	struct timer_list timer;

	timer_setup_on_stack(&timer, leak_a_preempt_count, 0);
	bug_expect(1);
	mod_timer(&timer, jiffies);
	KUNIT_EXPECT_TRUE(test, wait_for_runs(1));
	msleep(1);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	timer_destroy_on_stack(&timer);
}

/* The memory is not really freed: the timer must come off the wheel first. */
static void freed_while_pending_is_reported(struct kunit *test)
{
	struct timer_list *timer;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	timer = kunit_kzalloc(test, sizeof(*timer), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, timer);
	timer_setup(timer, note_run, 0);
	mod_timer(timer, FAR);
	bug_expect(1);
	debug_check_no_obj_freed((char *)timer - 100, 101);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0u);
	debug_check_no_obj_freed(timer, sizeof(*timer));
	timer_delete_sync(timer);
	debug_check_no_obj_freed(timer, sizeof(*timer));
}

static void rounded_jiffies_are_whole_seconds_in_the_future(struct kunit *test)
{
	unsigned long now = jiffies, i;

	for (i = 1; i < 5 * HZ; i += 7) {
		unsigned long rounded = round_jiffies_up(now + i);

		KUNIT_EXPECT_EQ(test, rounded % HZ, 0UL);
		KUNIT_EXPECT_GE(test, rounded, now + i);
		KUNIT_EXPECT_LT(test, rounded, now + i + HZ);
		rounded = round_jiffies(now + i);
		KUNIT_EXPECT_TRUE(test, rounded % HZ == 0 || rounded == now + i);
		KUNIT_EXPECT_LE(test, rounded, now + i + HZ);
	}
	KUNIT_EXPECT_LE(test, round_jiffies_relative(10UL * HZ), 11UL * HZ);
	KUNIT_EXPECT_GE(test, round_jiffies_up_relative(10UL * HZ) + 1, 10UL * HZ);
}

static void many_timers_run_each_once(struct kunit *test)
{
	enum { COUNT = 500 };
	struct timer_list *timers = kunit_kzalloc(test, COUNT * sizeof(*timers), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, timers);
	random_state = 1;
	for (i = 0; i < COUNT; i++) {
		timer_setup(&timers[i], note_run, 0);
		mod_timer(&timers[i], jiffies + next_random() % 80);
	}
	KUNIT_EXPECT_TRUE(test, wait_for_runs(COUNT));
	for (i = 0; i < COUNT; i++)
		KUNIT_EXPECT_EQ(test, timer_delete_sync(&timers[i]), 0);
}

static struct kunit_case timer_cases[] = {
	KUNIT_CASE(wheel_runs_each_distance_in_its_tick),
	KUNIT_CASE(wheel_runs_a_past_time_in_the_next_tick),
	KUNIT_CASE(wheel_runs_random_timers_when_they_are_due),
	KUNIT_CASE(wheel_knows_when_it_is_needed_next),
	KUNIT_CASE(struct_is_no_larger_than_on_linux),
	KUNIT_CASE(timer_runs_in_the_tick_after_its_jiffy),
	KUNIT_CASE(timer_runs_once_in_softirq_and_never_early),
	KUNIT_CASE(timer_runs_on_the_cpu_that_armed_it),
	KUNIT_CASE(timer_that_another_cpu_arms_moves_there),
	KUNIT_CASE(add_timer_on_runs_on_each_cpu),
	KUNIT_CASE(timer_armed_in_a_hard_irq_runs),
	KUNIT_CASE(return_values_say_whether_it_was_pending),
	KUNIT_CASE(timer_moved_later_does_not_run_at_its_old_time),
	KUNIT_CASE(timer_moved_earlier_runs_at_its_new_time),
	KUNIT_CASE(reduce_only_moves_to_an_earlier_time),
	KUNIT_CASE(timer_defined_at_compile_time_runs),
	KUNIT_CASE(deleted_timer_does_not_run),
	KUNIT_CASE(shut_down_timer_cannot_be_armed_until_it_is_set_up_anew),
	KUNIT_CASE(adding_a_pending_timer_is_reported),
	KUNIT_CASE(timer_that_arms_itself_runs_again_in_later_ticks),
	KUNIT_CASE(timer_may_free_itself),
	KUNIT_CASE(irqsafe_timer_runs_with_interrupts_off),
	KUNIT_CASE(running_timer_is_neither_deleted_nor_waited_for_by_the_try),
	KUNIT_CASE(delete_sync_waits_for_the_function_on_another_cpu),
	KUNIT_CASE(timer_armed_while_it_runs_elsewhere_stays_there),
	KUNIT_CASE(delete_sync_in_its_own_function_is_reported_and_returns),
	KUNIT_CASE(function_that_leaks_a_preempt_count_is_reported),
	KUNIT_CASE(freed_while_pending_is_reported),
	KUNIT_CASE(rounded_jiffies_are_whole_seconds_in_the_future),
	KUNIT_CASE(many_timers_run_each_once),
	{}
};

static struct kunit_suite timer_suite = {
	.name = "timer",
	.init = reset,
	.exit = end_model,
	.test_cases = timer_cases,
};
kunit_test_suite(timer_suite);
