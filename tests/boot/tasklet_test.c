// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasklets: claims C1 to C7.
 */
#include <linux/interrupt.h>
#include <linux/completion.h>
#include <linux/debugobjects.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/err.h>

#include "helpers.h"

enum { A = 1, B, C, HI };

static struct event_log ran;
static atomic_t runs;
static int ran_on;

static int reset(struct kunit *test)
{
	log_reset(&ran);
	atomic_set(&runs, 0);
	ran_on = -1;
	return 0;
}

static void count_run(struct tasklet_struct *t)
{
	ran_on = (int)smp_processor_id();
	atomic_inc(&runs);
}

static void log_data(unsigned long data)
{
	log_event(&ran, (int)data);
}

static void schedule_from_irq(void *tasklet)
{
	tasklet_schedule(tasklet);
	log_event(&ran, 0);
}

static bool is_scheduled(struct tasklet_struct *t)
{
	return test_bit(TASKLET_STATE_SCHED, &t->state);
}

static void struct_is_no_larger_than_on_linux(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sizeof(struct tasklet_struct), (size_t)40);
}

/* C1: after the top half, on the CPU that scheduled it. */
static void scheduled_in_a_hard_irq_runs_after_it_on_that_cpu(struct kunit *test)
{
	struct tasklet_struct t;
	int cpu;

	tasklet_init(&t, log_data, A);
	in_hard_irq(schedule_from_irq, &t);
	EXPECT_LOG(test, &ran, 0, A);

	tasklet_setup(&t, count_run);
	cpu = (int)get_cpu();
	in_hard_irq(schedule_from_irq, &t);
	put_cpu();
	KUNIT_EXPECT_EQ(test, ran_on, cpu);
	tasklet_kill(&t);
}

static void schedule_remotely(void *tasklet)
{
	tasklet_schedule(tasklet);
}

/* C1 */
static void scheduled_on_another_cpu_runs_there(struct kunit *test)
{
	struct tasklet_struct t;
	unsigned int other;

	SKIP_ON_ONE_CPU(test);
	tasklet_setup(&t, count_run);
	other = get_cpu() ? 0 : 1;
	smp_call_function_single((int)other, schedule_remotely, &t, 1);
	put_cpu();
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, ran_on, (int)other);
}

/* C3 */
static void scheduled_twice_before_running_runs_once(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, count_run);
	local_bh_disable();
	tasklet_schedule(&t);
	tasklet_schedule(&t);
	KUNIT_EXPECT_TRUE(test, is_scheduled(&t));
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, is_scheduled(&t));
}

static void schedule_itself_once(struct tasklet_struct *t)
{
	if (atomic_inc_return(&runs) == 1)
		tasklet_schedule(t);
}

/* C3 */
static void scheduled_while_running_runs_again(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, schedule_itself_once);
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

/*
 * C4: the three timelines. The bottom half reads the state that the top half writes; an interrupt
 * before the read needs no second run, one after the read, or after the end, does.
 */
static int device_state, state_read, interrupt_when;

static void new_state(void *tasklet)
{
	device_state++;
	tasklet_schedule(tasklet);
}

static void read_device(struct tasklet_struct *t)
{
	bool first = atomic_inc_return(&runs) == 1;

	if (first && interrupt_when == 1)
		in_hard_irq(new_state, t);
	state_read = device_state;
	if (first && interrupt_when == 2)
		in_hard_irq(new_state, t);
}

static void run_timeline(struct kunit *test, int when, int runs_wanted)
{
	struct tasklet_struct t;

	atomic_set(&runs, 0);
	device_state = 0;
	state_read = -1;
	interrupt_when = when;
	tasklet_setup(&t, read_device);

	local_bh_disable();
	in_hard_irq(new_state, &t);
	if (when == 0)
		in_hard_irq(new_state, &t);
	local_bh_enable();
	if (when == 3)
		in_hard_irq(new_state, &t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, state_read, device_state);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), runs_wanted);
}

static void interrupt_before_the_run_needs_no_second_run(struct kunit *test)
{
	run_timeline(test, 0, 1);
}

/* It is not known to the kernel that the state was not read yet: a second run comes, and is harmless. */
static void interrupt_before_the_read_is_seen_by_the_read(struct kunit *test)
{
	run_timeline(test, 1, 2);
}

static void interrupt_after_the_read_runs_again(struct kunit *test)
{
	run_timeline(test, 2, 2);
}

static void interrupt_after_the_end_runs_again(struct kunit *test)
{
	run_timeline(test, 3, 2);
}

/* C5 */
static void scheduled_together_hi_runs_first_then_in_order(struct kunit *test)
{
	struct tasklet_struct a, b, c, hi;

	tasklet_init(&a, log_data, A);
	tasklet_init(&b, log_data, B);
	tasklet_init(&c, log_data, C);
	tasklet_init(&hi, log_data, HI);
	local_bh_disable();
	tasklet_schedule(&c);
	tasklet_schedule(&a);
	tasklet_hi_schedule(&hi);
	tasklet_schedule(&b);
	local_bh_enable();
	EXPECT_LOG(test, &ran, HI, C, A, B);
}

static void scheduled_a_b_a_runs_a_b(struct kunit *test)
{
	struct tasklet_struct a, b;

	tasklet_init(&a, log_data, A);
	tasklet_init(&b, log_data, B);
	local_bh_disable();
	tasklet_schedule(&a);
	tasklet_schedule(&b);
	tasklet_schedule(&a);
	local_bh_enable();
	EXPECT_LOG(test, &ran, A, B);
}

static atomic_t inside, met, together_max;

static void meet_the_other(struct tasklet_struct *t)
{
	atomic_inc(&inside);
	if (wait_until(atomic_read(&inside) == 2))
		atomic_inc(&met);
	atomic_inc(&runs);
}

/* C2: different tasklets on different CPUs, both seen inside together. */
static void different_tasklets_run_at_once_on_two_cpus(struct kunit *test)
{
	struct tasklet_struct here, there;
	unsigned int other;

	SKIP_ON_ONE_CPU(test);
	atomic_set(&inside, 0);
	atomic_set(&met, 0);
	tasklet_setup(&here, meet_the_other);
	tasklet_setup(&there, meet_the_other);

	local_bh_disable();
	other = smp_processor_id() ? 0 : 1;
	smp_call_function_single((int)other, schedule_remotely, &there, 1);
	tasklet_schedule(&here);
	local_bh_enable();
	tasklet_kill(&there);
	tasklet_kill(&here);
	KUNIT_EXPECT_EQ(test, atomic_read(&met), 2);
}

static void watch_alone(struct tasklet_struct *t)
{
	int turns;

	if (atomic_inc_return(&inside) > atomic_read(&together_max))
		atomic_set(&together_max, atomic_read(&inside));
	for (turns = 0; turns < 50; turns++)
		arch_cpu_relax();
	atomic_dec(&inside);
	atomic_inc(&runs);
}

static void schedule_many(void *tasklet)
{
	tasklet_schedule(tasklet);
}

/* C2: the same tasklet, scheduled from all CPUs again and again, is never inside twice. */
static void the_same_tasklet_never_runs_on_two_cpus_at_once(struct kunit *test)
{
	struct tasklet_struct t;
	int round;

	SKIP_ON_ONE_CPU(test);
	atomic_set(&inside, 0);
	atomic_set(&together_max, 0);
	tasklet_setup(&t, watch_alone);
	for (round = 0; round < 200; round++)
		on_each_cpu(schedule_many, &t, 0);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&together_max), 1);
	KUNIT_EXPECT_GT(test, atomic_read(&runs), 0);
}

/* C6 */
static void scheduled_while_disabled_runs_once_after_the_last_enable(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, count_run);
	tasklet_disable(&t);
	tasklet_disable(&t);
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, is_scheduled(&t));
	tasklet_schedule(&t);
	tasklet_enable(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, is_scheduled(&t));
	tasklet_enable(&t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, is_scheduled(&t));
}

/* C6 */
static void scheduled_then_disabled_before_running_runs_after_enable(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, count_run);
	local_bh_disable();
	tasklet_schedule(&t);
	tasklet_disable_nosync(&t);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	tasklet_enable(&t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

/* Linux's softirq spins meanwhile; here a parked tasklet costs nothing. */
static void disabled_and_scheduled_does_not_spin_its_softirq(struct kunit *test)
{
	struct tasklet_struct t;
	unsigned int before, cpu;

	tasklet_setup(&t, count_run);
	tasklet_disable(&t);
	cpu = get_cpu();
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	before = softirq_runs(TASKLET_SOFTIRQ, cpu);
	local_bh_disable();
	raise_softirq(NR_SOFTIRQS - 1);
	local_bh_enable();
	KUNIT_EXPECT_FALSE(test, local_softirq_pending() & BIT(TASKLET_SOFTIRQ));
	KUNIT_EXPECT_LE(test, softirq_runs(TASKLET_SOFTIRQ, cpu) - before, 1U);
	put_cpu();
	tasklet_enable(&t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void enable_remotely(void *tasklet)
{
	tasklet_enable(tasklet);
}

/* C1 and C6: enabled elsewhere, in a hard IRQ even, it runs on the CPU that scheduled it. */
static void enabled_on_another_cpu_runs_where_it_was_scheduled(struct kunit *test)
{
	struct tasklet_struct t;
	unsigned int other;
	int here;

	SKIP_ON_ONE_CPU(test);
	tasklet_setup(&t, count_run);
	tasklet_disable(&t);
	here = (int)get_cpu();
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	other = here ? 0 : 1;
	smp_call_function_single((int)other, enable_remotely, &t, 1);
	put_cpu();
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, ran_on, here);
}

static void hi_parked_comes_back_to_the_hi_list(struct kunit *test)
{
	struct tasklet_struct normal, hi;

	tasklet_init(&normal, log_data, A);
	tasklet_init(&hi, log_data, HI);
	tasklet_disable(&hi);
	local_bh_disable();
	tasklet_hi_schedule(&hi);
	local_bh_enable();
	local_bh_disable();
	tasklet_schedule(&normal);
	tasklet_enable(&hi);
	local_bh_enable();
	tasklet_kill(&hi);
	tasklet_kill(&normal);
	EXPECT_LOG(test, &ran, HI, A);
}

static void disable_itself(struct tasklet_struct *t)
{
	atomic_inc(&runs);
	tasklet_disable_nosync(t);
	tasklet_schedule(t);
}

static void disabled_by_itself_runs_again_after_enable(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, disable_itself);
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_TRUE(test, is_scheduled(&t));
	t.callback = count_run;
	tasklet_enable(&t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static bool release, was_inside;

static void stay_inside(struct tasklet_struct *t)
{
	WRITE_ONCE(was_inside, true);
	wait_until(READ_ONCE(release));
	atomic_inc(&runs);
}

static int release_thread(void *unused)
{
	WRITE_ONCE(release, true);
	return 0;
}

/* C6: disable waits for a run that has begun, on another CPU. */
static void disable_waits_for_the_running_one(struct kunit *test)
{
	struct task_struct *releaser;
	struct tasklet_struct t;
	unsigned int other;

	SKIP_ON_ONE_CPU(test);
	WRITE_ONCE(release, false);
	WRITE_ONCE(was_inside, false);
	tasklet_setup(&t, stay_inside);
	releaser = kthread_create(release_thread, NULL, "releaser");
	KUNIT_ASSERT_FALSE(test, IS_ERR(releaser));
	other = get_cpu() ? 0 : 1;
	kthread_bind(releaser, smp_processor_id());
	smp_call_function_single((int)other, schedule_remotely, &t, 1);
	KUNIT_EXPECT_TRUE(test, wait_until(READ_ONCE(was_inside)));
	put_cpu();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	wake_up_process(releaser);
	tasklet_disable(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	tasklet_enable(&t);
	tasklet_kill(&t);
}

/* C6: kill waits for a scheduled one to run, every time. */
static void killed_after_each_schedule_has_run_each_time(struct kunit *test)
{
	struct tasklet_struct t;
	int round;

	tasklet_setup(&t, count_run);
	for (round = 1; round <= 100; round++) {
		tasklet_schedule(&t);
		tasklet_kill(&t);
		KUNIT_ASSERT_EQ(test, atomic_read(&runs), round);
	}
}

static void killed_idle_returns_and_can_be_used_again(struct kunit *test)
{
	struct tasklet_struct t;

	tasklet_setup(&t, count_run);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, t.state, 0UL);
	tasklet_schedule(&t);
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct tasklet_struct killed_together;

static int kill_thread(void *finished)
{
	tasklet_kill(&killed_together);
	complete(finished);
	return 0;
}

/* Two killers of a disabled, scheduled tasklet: both sleep, both are woken. */
static void killed_by_two_both_return(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(first);
	DECLARE_COMPLETION_ONSTACK(second);
	struct task_struct *a, *b;

	tasklet_setup(&killed_together, count_run);
	tasklet_disable(&killed_together);
	tasklet_schedule(&killed_together);
	a = kthread_run(kill_thread, &first, "killer-a");
	b = kthread_run(kill_thread, &second, "killer-b");
	KUNIT_ASSERT_FALSE(test, IS_ERR(a) || IS_ERR(b));
	/* Until both sleep, or one has gone: a yield is enough of a chance on one CPU too. */
	wait_until(({ cond_resched(); test_bit(TASKLET_STATE_WAITED, &killed_together.state); }));
	tasklet_enable(&killed_together);
	wait_for_completion(&first);
	wait_for_completion(&second);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, killed_together.state, 0UL);
}

static bool storm_over;

static void storm(struct tasklet_struct *t)
{
	atomic_inc(&runs);
	if (!READ_ONCE(storm_over))
		tasklet_schedule(t);
}

/* C7: it goes on for ever, and the task beside it gets on, however long that takes a busy emulator. */
static void scheduled_by_itself_for_ever_leaves_tasks_running(struct kunit *test)
{
	struct tasklet_struct t;
	unsigned long begin = jiffies, turns = 0;

	WRITE_ONCE(storm_over, false);
	tasklet_setup(&t, storm);
	tasklet_schedule(&t);
	while (turns <= 10 || atomic_read(&runs) <= 10 || time_before(jiffies, begin + 10)) {
		turns++;
		cond_resched();
	}
	WRITE_ONCE(storm_over, true);
	tasklet_kill(&t);
	KUNIT_EXPECT_GT(test, turns, 10UL);
	KUNIT_EXPECT_GT(test, atomic_read(&runs), 10);
}

static DECLARE_TASKLET(declared_new, count_run);
static DECLARE_TASKLET(declared_old, log_data, B);
static DECLARE_TASKLET_DISABLED(declared_disabled, count_run);

static void declared_in_every_form_runs(struct kunit *test)
{
	local_bh_disable();
	tasklet_schedule(&declared_new);
	tasklet_schedule(&declared_old);
	tasklet_schedule(&declared_disabled);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	EXPECT_LOG(test, &ran, B);
	tasklet_enable(&declared_disabled);
	tasklet_kill(&declared_disabled);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	tasklet_disable(&declared_disabled);
}

struct owner {
	int before;
	struct tasklet_struct t;
};

static struct owner *found;

static void find_owner(struct tasklet_struct *t)
{
	struct owner *owner = from_tasklet(owner, t, t);

	found = owner;
}

static void from_tasklet_finds_the_object_around(struct kunit *test)
{
	struct owner owner;

	found = NULL;
	tasklet_setup(&owner.t, find_owner);
	tasklet_schedule(&owner.t);
	tasklet_kill(&owner.t);
	KUNIT_EXPECT_PTR_EQ(test, found, &owner);
}

static struct tasklet_struct batch[200];

static void a_long_list_runs_whole_and_once(struct kunit *test)
{
	int i;

	for (i = 0; i < (int)ARRAY_SIZE(batch); i++)
		tasklet_setup(&batch[i], count_run);
	local_bh_disable();
	for (i = 0; i < (int)ARRAY_SIZE(batch); i++)
		tasklet_schedule(&batch[i]);
	local_bh_enable();
	for (i = 0; i < (int)ARRAY_SIZE(batch); i++)
		tasklet_kill(&batch[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)ARRAY_SIZE(batch));
}

struct logs_twice {
	struct tasklet_struct tasklet;
	int name, runs;
};

static void log_and_schedule_once_more(struct tasklet_struct *t)
{
	struct logs_twice *me = container_of(t, struct logs_twice, tasklet);

	log_event(&ran, me->name);
	if (!me->runs++)
		tasklet_schedule(t);
}

/* The first three are in the next list before they are back: who is behind them is still of this one. */
static void scheduled_again_while_running_keeps_the_rest_of_the_list(struct kunit *test)
{
	struct logs_twice twice[3] = { { .name = 1 }, { .name = 2 }, { .name = 3 } };
	struct tasklet_struct last;
	int i;

	for (i = 0; i < 3; i++)
		tasklet_setup(&twice[i].tasklet, log_and_schedule_once_more);
	tasklet_init(&last, log_data, 4);
	local_bh_disable();
	for (i = 0; i < 3; i++)
		tasklet_schedule(&twice[i].tasklet);
	tasklet_schedule(&last);
	local_bh_enable();
	/* The time of a drain may be over, and ksoftirqd runs the rest. */
	for (i = 0; i < 3; i++)
		tasklet_kill(&twice[i].tasklet);
	tasklet_kill(&last);
	EXPECT_LOG(test, &ran, 1, 2, 3, 4, 1, 2, 3);
}

static void expect_reported_if_freed(struct kunit *test, const struct tasklet_struct *t, unsigned int reports)
{
	bug_expect(reports);
	debug_check_no_obj_freed(t, sizeof(*t));
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

/* Nothing is really freed: it must come off its list first. */
static void freed_while_scheduled_is_reported(struct kunit *test)
{
	struct tasklet_struct t;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	tasklet_setup(&t, count_run);
	local_bh_disable();
	tasklet_schedule(&t);
	expect_reported_if_freed(test, &t, 1);
	local_bh_enable();
	tasklet_kill(&t);
	expect_reported_if_freed(test, &t, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void freed_while_scheduled_and_disabled_is_reported(struct kunit *test)
{
	struct tasklet_struct t;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	tasklet_setup(&t, count_run);
	tasklet_disable(&t);
	local_bh_disable();
	tasklet_schedule(&t);
	local_bh_enable();
	expect_reported_if_freed(test, &t, 1);
	tasklet_enable(&t);
	tasklet_kill(&t);
	expect_reported_if_freed(test, &t, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void set_up_while_scheduled_is_reported(struct kunit *test)
{
	struct tasklet_struct t, again;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS))
		kunit_skip(test, "needs DEBUG_OBJECTS");
	tasklet_setup(&t, count_run);
	local_bh_disable();
	tasklet_schedule(&t);
	/* It goes on as it was. */
	again = t;
	bug_expect(1);
	tasklet_setup(&t, count_run);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	t = again;
	local_bh_enable();
	tasklet_kill(&t);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static struct kunit_case tasklet_cases[] = {
	KUNIT_CASE(struct_is_no_larger_than_on_linux),
	KUNIT_CASE(scheduled_in_a_hard_irq_runs_after_it_on_that_cpu),
	KUNIT_CASE(scheduled_on_another_cpu_runs_there),
	KUNIT_CASE(scheduled_twice_before_running_runs_once),
	KUNIT_CASE(scheduled_while_running_runs_again),
	KUNIT_CASE(interrupt_before_the_run_needs_no_second_run),
	KUNIT_CASE(interrupt_before_the_read_is_seen_by_the_read),
	KUNIT_CASE(interrupt_after_the_read_runs_again),
	KUNIT_CASE(interrupt_after_the_end_runs_again),
	KUNIT_CASE(scheduled_together_hi_runs_first_then_in_order),
	KUNIT_CASE(scheduled_a_b_a_runs_a_b),
	KUNIT_CASE(different_tasklets_run_at_once_on_two_cpus),
	KUNIT_CASE(the_same_tasklet_never_runs_on_two_cpus_at_once),
	KUNIT_CASE(scheduled_while_disabled_runs_once_after_the_last_enable),
	KUNIT_CASE(scheduled_then_disabled_before_running_runs_after_enable),
	KUNIT_CASE(disabled_and_scheduled_does_not_spin_its_softirq),
	KUNIT_CASE(enabled_on_another_cpu_runs_where_it_was_scheduled),
	KUNIT_CASE(hi_parked_comes_back_to_the_hi_list),
	KUNIT_CASE(disabled_by_itself_runs_again_after_enable),
	KUNIT_CASE(disable_waits_for_the_running_one),
	KUNIT_CASE(killed_after_each_schedule_has_run_each_time),
	KUNIT_CASE(killed_idle_returns_and_can_be_used_again),
	KUNIT_CASE(killed_by_two_both_return),
	KUNIT_CASE(scheduled_by_itself_for_ever_leaves_tasks_running),
	KUNIT_CASE(declared_in_every_form_runs),
	KUNIT_CASE(from_tasklet_finds_the_object_around),
	KUNIT_CASE(a_long_list_runs_whole_and_once),
	KUNIT_CASE(scheduled_again_while_running_keeps_the_rest_of_the_list),
	KUNIT_CASE(freed_while_scheduled_is_reported),
	KUNIT_CASE(freed_while_scheduled_and_disabled_is_reported),
	KUNIT_CASE(set_up_while_scheduled_is_reported),
	{}
};

static struct kunit_suite tasklet_suite = {
	.name = "tasklet",
	.init = reset,
	.test_cases = tasklet_cases,
};
kunit_test_suite(tasklet_suite);
