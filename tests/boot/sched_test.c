// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scheduler: who runs, when, where; D7.
 */
#include <linux/bug.h>
#include <linux/sched/task.h>

#include "../../kernel/sched/fair.h"
#include "../../kernel/sched/rt.h"
#include "thread_helpers.h"

static struct event_log order;

static int reset(struct kunit *test)
{
	log_reset(&order);
	return 0;
}

static void log_arg(void *event)
{
	log_event(&order, (int)(long)event);
}

static void *event(int number)
{
	return (void *)(long)number;
}

static void set_fifo(struct task_struct *p, int priority)
{
	struct sched_param param = { .sched_priority = priority };

	sched_setscheduler(p, SCHED_FIFO, &param);
}

/* ---- the order of tasks on one CPU ---- */

/* Two threads of the given FIFO priorities (0: ordinary), woken in this order while neither can run yet. */
static void wake_two(struct kunit *test, int first_priority, int second_priority)
{
	struct actor actor[2];
	int priority[2] = { first_priority, second_priority };
	int i;

	stay_on(test, 0);
	for (i = 0; i < 2; i++) {
		actor_create(test, &actor[i], 0, log_arg, event(i + 1));
		if (priority[i])
			set_fifo(actor[i].task, priority[i]);
	}
	preempt_disable();
	wake_up_process(actor[0].task);
	wake_up_process(actor[1].task);
	preempt_enable();
	for (i = 0; i < 2; i++)
		KUNIT_ASSERT_TRUE(test, actor_join(&actor[i]));
}

static void real_time_runs_before_ordinary(struct kunit *test)
{
	wake_two(test, 0, 1);
	EXPECT_LOG(test, &order, 2, 1);
}

static void fifo_of_one_priority_run_in_order_of_waking(struct kunit *test)
{
	wake_two(test, 5, 5);
	EXPECT_LOG(test, &order, 1, 2);
}

static void fifo_of_higher_priority_runs_first(struct kunit *test)
{
	wake_two(test, 5, 70);
	EXPECT_LOG(test, &order, 2, 1);
}

static void yield_twice_log_each(void *number)
{
	log_arg(number);
	yield();
	log_arg(number);
}

static void two_that_yield(struct kunit *test, int priority)
{
	struct actor actor[2];
	int i;

	stay_on(test, 0);
	for (i = 0; i < 2; i++) {
		actor_create(test, &actor[i], 0, yield_twice_log_each, event(i + 1));
		if (priority)
			set_fifo(actor[i].task, priority);
	}
	preempt_disable();
	for (i = 0; i < 2; i++)
		wake_up_process(actor[i].task);
	preempt_enable();
	for (i = 0; i < 2; i++)
		KUNIT_ASSERT_TRUE(test, actor_join(&actor[i]));
	EXPECT_LOG(test, &order, 1, 2, 1, 2);
}

static void fifo_that_yields_goes_behind_its_equals(struct kunit *test)
{
	two_that_yield(test, 5);
}

static void ordinary_that_yields_lets_the_next_run(struct kunit *test)
{
	two_that_yield(test, 0);
}

static void wake_in_between(void *urgent)
{
	log_event(&order, 1);
	wake_up_process(urgent);
	log_event(&order, 2);
}

static void fifo_preempted_stays_before_its_equals(struct kunit *test)
{
	struct actor urgent, first, second;

	stay_on(test, 0);
	actor_create(test, &urgent, 0, log_arg, event(3));
	set_fifo(urgent.task, 50);
	actor_create(test, &first, 0, wake_in_between, urgent.task);
	set_fifo(first.task, 10);
	actor_create(test, &second, 0, log_arg, event(4));
	set_fifo(second.task, 10);

	preempt_disable();
	wake_up_process(first.task);
	wake_up_process(second.task);
	preempt_enable();
	KUNIT_ASSERT_TRUE(test, actor_join(&first));
	KUNIT_ASSERT_TRUE(test, actor_join(&second));
	KUNIT_ASSERT_TRUE(test, actor_join(&urgent));
	if (IS_ENABLED(CONFIG_PREEMPT))
		EXPECT_LOG(test, &order, 1, 3, 2, 4);
	else
		EXPECT_LOG(test, &order, 1, 2, 3, 4);
}

static void raised_priority_of_a_waiting_task_takes_effect(struct kunit *test)
{
	struct actor actor[2];

	stay_on(test, 0);
	actor_create(test, &actor[0], 0, log_arg, event(1));
	set_fifo(actor[0].task, 20);
	actor_create(test, &actor[1], 0, log_arg, event(2));
	preempt_disable();
	wake_up_process(actor[0].task);
	wake_up_process(actor[1].task);
	set_fifo(actor[1].task, 21);
	preempt_enable();
	KUNIT_ASSERT_TRUE(test, actor_join(&actor[0]));
	KUNIT_ASSERT_TRUE(test, actor_join(&actor[1]));
	EXPECT_LOG(test, &order, 2, 1);
}

/* ---- preemption, D7 ---- */

static void wake(void *task)
{
	wake_up_process(task);
}

/* It logs 1 as soon as it runs, here; who wakes it is preempted if that may be. */
static void create_urgent(struct kunit *test, struct actor *urgent)
{
	stay_on(test, 0);
	actor_create(test, urgent, 0, log_arg, event(1));
	set_fifo(urgent->task, 50);
}

static void reschedule_wanted_by_an_interrupt_happens_on_its_way_out(struct kunit *test)
{
	struct actor urgent;

	create_urgent(test, &urgent);
	in_hard_irq(wake, urgent.task);
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), IS_ENABLED(CONFIG_PREEMPT));
	/* Without preemption, at the next explicit point. */
	cond_resched();
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&urgent));
}

static void reschedule_waits_for_preempt_enable(struct kunit *test)
{
	struct actor urgent;

	if (!IS_ENABLED(CONFIG_PREEMPT))
		kunit_skip(test, "needs PREEMPT");
	create_urgent(test, &urgent);
	preempt_disable();
	preempt_disable();
	in_hard_irq(wake, urgent.task);
	KUNIT_EXPECT_TRUE(test, need_resched());
	preempt_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 0);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 1);
	KUNIT_EXPECT_FALSE(test, need_resched());
	KUNIT_ASSERT_TRUE(test, actor_join(&urgent));
}

static void reschedule_waits_for_local_bh_enable(struct kunit *test)
{
	struct actor urgent;

	if (!IS_ENABLED(CONFIG_PREEMPT))
		kunit_skip(test, "needs PREEMPT");
	create_urgent(test, &urgent);
	local_bh_disable();
	in_hard_irq(wake, urgent.task);
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&urgent));
}

static void preempted_task_that_was_about_to_sleep_stays_runnable(struct kunit *test)
{
	struct actor urgent;

	create_urgent(test, &urgent);
	/* Nobody will wake us: were the state looked at, this would be the end. */
	set_current_state(TASK_UNINTERRUPTIBLE);
	in_hard_irq(wake, urgent.task);
	cond_resched();
	__set_current_state(TASK_RUNNING);
	KUNIT_EXPECT_EQ(test, atomic_read(&order.used), 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&urgent));
}

/* ---- waking ---- */

static void wake_up_of_a_running_task_does_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, wake_up_process(current), 0);
}

static void wake_up_before_the_sleep_is_not_lost(struct kunit *test)
{
	unsigned long before;

	set_current_state(TASK_UNINTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, wake_up_process(current), 1);
	KUNIT_EXPECT_EQ(test, wake_up_process(current), 0);
	before = current->nvcsw;
	schedule();
	KUNIT_EXPECT_EQ(test, current->nvcsw, before);
}

static void sleep_interruptibly(void *unused)
{
	set_current_state(TASK_INTERRUPTIBLE);
	schedule();
}

static void wake_up_state_wakes_from_that_state_only(struct kunit *test)
{
	struct actor sleeper;

	actor_start(test, &sleeper, -1, sleep_interruptibly, NULL);
	KUNIT_ASSERT_TRUE(test, sleeps_in(sleeper.task, TASK_INTERRUPTIBLE));
	KUNIT_EXPECT_EQ(test, task_state_to_char(sleeper.task), 'S');
	KUNIT_EXPECT_EQ(test, wake_up_state(sleeper.task, TASK_UNINTERRUPTIBLE), 0);
	KUNIT_EXPECT_EQ(test, wake_up_state(sleeper.task, TASK_INTERRUPTIBLE), 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&sleeper));
}

static void each_sleep_is_counted_and_time_is_charged(struct kunit *test)
{
	unsigned long switches = current->nvcsw;
	u64 ran = current->sum_exec_runtime;
	unsigned int i;

	/* An emulator may be held up until the time is over before the task sleeps, but not each time. */
	for (i = 0; i < 20 && current->nvcsw < switches + 2; i++)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_GE(test, current->nvcsw, switches + 2);
	KUNIT_EXPECT_GT(test, current->sum_exec_runtime, ran);
}

/* ---- hooks ---- */

static unsigned int slept, ran_again;

static void note_sleeping(struct task_struct *p)
{
	slept += p == current && !task_is_running(p);
}

static void note_running(struct task_struct *p)
{
	ran_again += p == current && task_is_running(p);
}

static const struct sched_hooks note_hooks = { .sleeping = note_sleeping, .running = note_running };

static void hooks_hear_of_each_sleep_and_of_nothing_else(struct kunit *test)
{
	unsigned int i;

	slept = ran_again = 0;
	current->sched_hooks = &note_hooks;
	for (i = 0; i < 3; i++) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (i == 2)
			wake_up_process(current);
		else
			in_hard_irq(wake, current);
		schedule();
		yield();
		cond_resched();
	}
	current->sched_hooks = NULL;
	/* Woken before schedule() looked: not asleep, so nothing is told. */
	KUNIT_EXPECT_EQ(test, slept, 0U);
	KUNIT_EXPECT_EQ(test, ran_again, 0U);

	/* An emulator may be held up until the time is over before the task sleeps, but not each time. */
	current->sched_hooks = &note_hooks;
	for (i = 0; i < 20 && !slept; i++)
		schedule_timeout_uninterruptible(1);
	current->sched_hooks = NULL;
	KUNIT_EXPECT_EQ(test, slept, 1U);
	KUNIT_EXPECT_EQ(test, ran_again, 1U);
}

/* ---- affinity ---- */

static bool stop;

static void spin_until_stop(void *unused)
{
	while (!READ_ONCE(stop)) {
		cond_resched();
		arch_cpu_relax();
	}
}

static void affinity_of_the_caller_moves_it_at_once(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		stay_on(test, cpu);
		KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), cpu);
	}
}

static void affinity_of_a_running_task_moves_it(struct kunit *test)
{
	struct actor spinner;

	SKIP_ON_ONE_CPU(test);
	stay_on(test, 0);
	WRITE_ONCE(stop, false);
	actor_create(test, &spinner, -1, spin_until_stop, NULL);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(spinner.task, cpumask_of(1)), 0);
	wake_up_process(spinner.task);
	KUNIT_EXPECT_TRUE(test, wait_until(task_curr(spinner.task)));
	KUNIT_EXPECT_EQ(test, task_cpu(spinner.task), 1U);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(spinner.task, cpumask_of(0)), 0);
	KUNIT_EXPECT_EQ(test, task_cpu(spinner.task), 0U);
	WRITE_ONCE(stop, true);
	KUNIT_EXPECT_TRUE(test, actor_join(&spinner));
	KUNIT_EXPECT_EQ(test, spinner.cpu, 0U);
}

/* From here on CPU 0 is ours, and we do not give it away. */
static void keep_cpu_0(struct kunit *test)
{
	stay_on(test, 0);
	sched_set_fifo(current);
}

/* It waits for CPU 0, which we have, and may use no other. */
static void put_in_line_behind_us(struct kunit *test, struct actor *actor)
{
	keep_cpu_0(test);
	actor_create(test, actor, -1, log_arg, event(1));
	set_cpus_allowed_ptr(actor->task, cpumask_of(0));
	wake_up_process(actor->task);
}

/* While we have CPU 0. */
static void expect_it_ran_elsewhere(struct kunit *test, struct actor *actor)
{
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&order.used)));
	KUNIT_EXPECT_TRUE(test, actor_join(actor));
	KUNIT_EXPECT_NE(test, actor->cpu, 0U);
}

static void affinity_of_a_waiting_task_moves_it(struct kunit *test)
{
	struct actor actor;

	SKIP_ON_ONE_CPU(test);
	put_in_line_behind_us(test, &actor);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(actor.task, cpumask_of(1)), 0);
	expect_it_ran_elsewhere(test, &actor);
	KUNIT_EXPECT_EQ(test, actor.cpu, 1U);
}

static void affinity_of_a_sleeping_task_decides_where_it_wakes(struct kunit *test)
{
	struct actor sleeper;
	unsigned int last = cpumask_last(cpu_online_mask);

	actor_start(test, &sleeper, -1, sleep_interruptibly, NULL);
	KUNIT_ASSERT_TRUE(test, sleeps_in(sleeper.task, TASK_INTERRUPTIBLE));
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(sleeper.task, cpumask_of(last)), 0);
	wake_up_process(sleeper.task);
	KUNIT_EXPECT_TRUE(test, actor_join(&sleeper));
	KUNIT_EXPECT_EQ(test, sleeper.cpu, last);
}

static void affinity_that_cannot_be_is_refused(struct kunit *test)
{
	struct cpumask none = CPU_MASK_NONE;

	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, &none), -EINVAL);
}

static void affinity_of_a_bound_thread_can_be_changed(struct kunit *test)
{
	unsigned int last = cpumask_last(cpu_online_mask);
	struct actor bound;

	actor_create(test, &bound, 0, log_arg, event(1));
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(bound.task, cpumask_of(last)), 0);
	wake_up_process(bound.task);
	KUNIT_EXPECT_TRUE(test, actor_join(&bound));
	KUNIT_EXPECT_EQ(test, bound.cpu, last);
}

/* ---- several CPUs ---- */

static void woken_task_goes_to_an_idle_cpu(struct kunit *test)
{
	struct actor actor;

	SKIP_ON_ONE_CPU(test);
	keep_cpu_0(test);
	actor_start(test, &actor, -1, log_arg, event(1));
	expect_it_ran_elsewhere(test, &actor);
}

static void idle_cpu_takes_over_a_task_that_waits_elsewhere(struct kunit *test)
{
	struct actor actor;

	SKIP_ON_ONE_CPU(test);
	put_in_line_behind_us(test, &actor);
	/* Only another CPU can help it. */
	set_cpus_allowed_ptr(actor.task, cpu_possible_mask);
	expect_it_ran_elsewhere(test, &actor);
}

static void bound_task_woken_elsewhere_runs_where_it_is_bound(struct kunit *test)
{
	unsigned int cpu;

	stay_on(test, 0);
	for_each_online_cpu(cpu) {
		struct actor actor;

		actor_start(test, &actor, (int)cpu, log_arg, event(1));
		KUNIT_ASSERT_TRUE(test, actor_join(&actor));
		KUNIT_EXPECT_EQ(test, actor.cpu, cpu);
	}
}

/* ---- policies ---- */

static void policy_out_of_range_is_refused(struct kunit *test)
{
	static const struct {
		int policy, priority;
	} wrong[] = {
		{ SCHED_NORMAL, 1 }, { SCHED_FIFO, 0 }, { SCHED_FIFO, 100 }, { SCHED_FIFO, -1 }, { SCHED_RR, 0 },
		{ SCHED_BATCH, 0 }, { SCHED_IDLE, 0 }, { SCHED_DEADLINE, 0 }, { 99, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct sched_param param = { .sched_priority = wrong[i].priority };

		KUNIT_EXPECT_EQ(test, sched_setscheduler(current, wrong[i].policy, &param), -EINVAL);
		KUNIT_EXPECT_EQ(test, sched_setscheduler_nocheck(current, wrong[i].policy, &param), -EINVAL);
	}
	KUNIT_EXPECT_EQ(test, current->policy, (unsigned int)SCHED_NORMAL);
}

static void policy_sets_the_priority(struct kunit *test)
{
	struct sched_param rr = { .sched_priority = 99 };

	sched_set_fifo(current);
	KUNIT_EXPECT_TRUE(test, rt_task(current));
	KUNIT_EXPECT_EQ(test, current->rt_priority, 50U);
	KUNIT_EXPECT_EQ(test, current->prio, 49);
	sched_set_fifo_low(current);
	KUNIT_EXPECT_EQ(test, current->prio, 98);
	KUNIT_EXPECT_EQ(test, sched_setscheduler(current, SCHED_RR, &rr), 0);
	KUNIT_EXPECT_EQ(test, current->prio, 0);
	sched_set_normal(current, 7);
	KUNIT_EXPECT_FALSE(test, rt_task(current));
	KUNIT_EXPECT_EQ(test, current->prio, 127);
	KUNIT_EXPECT_EQ(test, task_nice(current), 7);
}

static void nice_value_is_kept_while_real_time(struct kunit *test)
{
	set_user_nice(current, -20);
	KUNIT_EXPECT_EQ(test, current->prio, 100);
	set_user_nice(current, 20);
	set_user_nice(current, -21);
	KUNIT_EXPECT_EQ(test, task_nice(current), -20);
	sched_set_fifo(current);
	set_user_nice(current, 3);
	KUNIT_EXPECT_EQ(test, current->prio, 49);
	KUNIT_EXPECT_EQ(test, task_nice(current), 3);
	sched_set_normal(current, task_nice(current));
	KUNIT_EXPECT_EQ(test, current->prio, 123);
}

/* ---- the queues by themselves ---- */

#define MODEL_TASKS	5

struct model {
	struct rq rq;
	struct task_struct task[MODEL_TASKS];
};

static struct model *new_model(struct kunit *test)
{
	struct model *model = kunit_kzalloc(test, sizeof(*model), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, model);
	fair_init(&model->rq.fair);
	rt_init(&model->rq.rt);
	for (i = 0; i < MODEL_TASKS; i++) {
		model->task[i].prio = DEFAULT_PRIO;
		model->task[i].vtime_factor = nice_to_factor(0);
	}
	return model;
}

/* @n tasks run for a millisecond @turns times; how often did each? */
static void share_out(struct model *model, unsigned int n, unsigned int turns, unsigned int *count)
{
	struct fair_queue *fair = &model->rq.fair;
	unsigned int i;

	for (i = 0; i < n; i++) {
		count[i] = 0;
		fair_enqueue(fair, &model->task[i]);
	}
	while (turns--) {
		struct task_struct *p = fair_pick(fair);

		count[p - model->task]++;
		p->vruntime += to_virtual(NSEC_PER_MSEC, p->vtime_factor);
		fair_enqueue(fair, p);
	}
}

static void fair_equals_take_turns(struct kunit *test)
{
	unsigned int count[MODEL_TASKS], i;

	share_out(new_model(test), MODEL_TASKS, 1000 * MODEL_TASKS, count);
	for (i = 0; i < MODEL_TASKS; i++)
		KUNIT_EXPECT_EQ(test, count[i], 1000U);
}

static void fair_shares_follow_nice_values(struct kunit *test)
{
	struct model *model = new_model(test);
	unsigned int count[3];

	model->task[1].vtime_factor = nice_to_factor(5);
	model->task[2].vtime_factor = nice_to_factor(-5);
	share_out(model, 3, 43213, count);
	/* 1, 1.25^-5 and 1.25^5 parts of 4.3794. */
	KUNIT_EXPECT_LE(test, abs((int)count[0] - 9867), 10);
	KUNIT_EXPECT_LE(test, abs((int)count[1] - 3233), 10);
	KUNIT_EXPECT_LE(test, abs((int)count[2] - 30113), 10);
}

static void fair_one_step_of_nice_is_a_quarter(struct kunit *test)
{
	int nice;

	for (nice = MIN_NICE; nice < MAX_NICE; nice++) {
		u64 ratio = nice_to_factor(nice + 1) * 100000 / nice_to_factor(nice);

		KUNIT_EXPECT_LE(test, abs((int)ratio - 125000), 10);
	}
	KUNIT_EXPECT_EQ(test, nice_to_factor(0), NICE_0_FACTOR);
}

static unsigned int asked;

static bool is_bound_to(const struct task_struct *p, unsigned int cpu)
{
	asked++;
	return p->cpu == cpu;
}

/* The lock of another CPU is held meanwhile: however many there are in line, it ends soon. */
static void rt_search_asks_the_first_and_so_many_others(struct kunit *test)
{
	struct model *model = new_model(test);
	struct rt_queue *rt = &model->rq.rt;
	unsigned int i;

	rt_init(rt);
	for (i = 0; i < MODEL_TASKS; i++) {
		model->task[i].prio = (int)(10 + i / 2);
		model->task[i].cpu = i;
		rt_enqueue(rt, &model->task[i], false);
	}
	for (i = 0; i < MODEL_TASKS; i++) {
		asked = 0;
		KUNIT_EXPECT_PTR_EQ(test, rt_find(rt, is_bound_to, i, i), &model->task[i]);
		KUNIT_EXPECT_EQ(test, asked, i + 1);
		if (i)
			KUNIT_EXPECT_NULL(test, rt_find(rt, is_bound_to, i, i - 1));
	}
	asked = 0;
	KUNIT_EXPECT_NULL(test, rt_find(rt, is_bound_to, MODEL_TASKS, 2));
	KUNIT_EXPECT_EQ(test, asked, 3U);
}

static void fair_pick_takes_the_least(struct kunit *test)
{
	static const u64 vruntime[MODEL_TASKS] = { 5, (u64)-1, 9, 2, 7 };
	static const unsigned int want[] = { 1, 3, 0, 2 };
	struct model *model = new_model(test);
	unsigned int i;

	for (i = 0; i < MODEL_TASKS; i++) {
		model->task[i].vruntime = vruntime[i];
		fair_enqueue(&model->rq.fair, &model->task[i]);
	}
	fair_dequeue(&model->rq.fair, &model->task[4]);
	for (i = 0; i < ARRAY_SIZE(want); i++)
		KUNIT_EXPECT_PTR_EQ(test, fair_pick(&model->rq.fair), &model->task[want[i]]);
	KUNIT_EXPECT_NULL(test, model->rq.fair.first);
	KUNIT_EXPECT_EQ(test, model->rq.fair.min_vruntime, 9ULL);
}

static void fair_first_can_leave_the_line(struct kunit *test)
{
	struct model *model = new_model(test);
	struct fair_queue *fair = &model->rq.fair;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		model->task[i].vruntime = i;
		fair_enqueue(fair, &model->task[i]);
	}
	fair_dequeue(fair, &model->task[0]);
	KUNIT_EXPECT_PTR_EQ(test, fair->first, &model->task[1]);
	fair_dequeue(fair, &model->task[1]);
	fair_dequeue(fair, &model->task[2]);
	KUNIT_EXPECT_NULL(test, fair->first);
}

static void fair_sleeper_gets_a_bounded_bonus(struct kunit *test)
{
	struct model *model = new_model(test);
	struct task_struct *p = &model->task[0];

	model->rq.fair.min_vruntime = 1000 * NSEC_PER_MSEC;
	p->vruntime = 0;
	fair_place(&model->rq.fair, p);
	KUNIT_EXPECT_EQ(test, p->vruntime, 1000 * NSEC_PER_MSEC - FAIR_BONUS);
	p->vruntime = 2000 * NSEC_PER_MSEC;
	fair_place(&model->rq.fair, p);
	KUNIT_EXPECT_EQ(test, p->vruntime, (u64)2000 * NSEC_PER_MSEC);
}

static void fair_tick_lets_the_next_run_when_the_lead_is_too_long(struct kunit *test)
{
	struct model *model = new_model(test);
	struct task_struct *curr = &model->task[0], *next = &model->task[1];

	KUNIT_EXPECT_FALSE(test, fair_tick(&model->rq, curr));
	fair_enqueue(&model->rq.fair, next);
	curr->vruntime = FAIR_TICK_LEAD;
	KUNIT_EXPECT_FALSE(test, fair_tick(&model->rq, curr));
	curr->vruntime++;
	KUNIT_EXPECT_TRUE(test, fair_tick(&model->rq, curr));
	KUNIT_EXPECT_EQ(test, model->rq.fair.min_vruntime, 0ULL);
	next->vruntime = 2 * FAIR_TICK_LEAD;
	KUNIT_EXPECT_FALSE(test, fair_tick(&model->rq, curr));
	KUNIT_EXPECT_EQ(test, model->rq.fair.min_vruntime, curr->vruntime);
}

static void rt_queue_gives_the_most_urgent_first(struct kunit *test)
{
	static const int prio[MODEL_TASKS] = { 70, 3, 98, 64, 63 };
	static const unsigned int want[MODEL_TASKS] = { 1, 4, 3, 0, 2 };
	struct model *model = new_model(test);
	unsigned int i;

	for (i = 0; i < MODEL_TASKS; i++) {
		model->task[i].prio = prio[i];
		rt_enqueue(&model->rq.rt, &model->task[i], false);
	}
	for (i = 0; i < MODEL_TASKS; i++)
		KUNIT_EXPECT_PTR_EQ(test, rt_pick(&model->rq.rt), &model->task[want[i]]);
	KUNIT_EXPECT_NULL(test, model->rq.rt.first);
	KUNIT_EXPECT_EQ(test, model->rq.rt.nr_others, 0U);
	KUNIT_EXPECT_EQ(test, model->rq.rt.waiting[0] | model->rq.rt.waiting[1], 0UL);
}

static void rt_queue_keeps_the_order_within_a_priority(struct kunit *test)
{
	static const unsigned int want[MODEL_TASKS] = { 3, 4, 0, 1, 2 };
	struct model *model = new_model(test);
	struct rt_queue *rt = &model->rq.rt;
	unsigned int i;

	for (i = 0; i < MODEL_TASKS; i++)
		model->task[i].prio = 50;
	/* Preempted ones go in front, the last one foremost; a more urgent one before all. */
	rt_enqueue(rt, &model->task[1], false);
	rt_enqueue(rt, &model->task[2], false);
	rt_enqueue(rt, &model->task[0], true);
	rt_enqueue(rt, &model->task[4], true);
	model->task[3].prio = 49;
	rt_enqueue(rt, &model->task[3], false);
	for (i = 0; i < MODEL_TASKS; i++)
		KUNIT_EXPECT_PTR_EQ(test, rt_pick(rt), &model->task[want[i]]);
	KUNIT_EXPECT_NULL(test, rt->first);
}

static void rt_task_can_leave_the_line(struct kunit *test)
{
	struct model *model = new_model(test);
	struct rt_queue *rt = &model->rq.rt;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		model->task[i].prio = 10;
		rt_enqueue(rt, &model->task[i], false);
	}
	rt_dequeue(rt, &model->task[1]);
	rt_dequeue(rt, &model->task[0]);
	KUNIT_EXPECT_PTR_EQ(test, rt->first, &model->task[2]);
	rt_dequeue(rt, &model->task[2]);
	KUNIT_EXPECT_NULL(test, rt->first);
	KUNIT_EXPECT_EQ(test, rt->waiting[0], 0UL);
}

static void rr_turn_ends_if_an_equal_waits(struct kunit *test)
{
	struct model *model = new_model(test);
	struct task_struct *curr = &model->task[0], *other = &model->task[1];

	curr->prio = other->prio = 40;
	curr->policy = SCHED_RR;
	curr->sum_exec_runtime = 99 * NSEC_PER_MSEC;
	rt_enqueue(&model->rq.rt, other, false);
	KUNIT_EXPECT_FALSE(test, rt_tick(&model->rq, curr));
	curr->sum_exec_runtime = 100 * NSEC_PER_MSEC;
	KUNIT_EXPECT_TRUE(test, rt_tick(&model->rq, curr));
	KUNIT_EXPECT_TRUE(test, rt_turn_is_over(curr));
	KUNIT_EXPECT_FALSE(test, rt_turn_is_over(curr));
	KUNIT_EXPECT_EQ(test, curr->rr_start, curr->sum_exec_runtime);
	/* SCHED_FIFO has no turns. */
	other->sum_exec_runtime = NSEC_PER_SEC;
	KUNIT_EXPECT_FALSE(test, rt_tick(&model->rq, other));
}

static void rt_tasks_are_throttled_only_while_others_wait(struct kunit *test)
{
	const u64 period = (u64)CONFIG_SCHED_RT_PERIOD_US * NSEC_PER_USEC;
	const u64 runtime = (u64)CONFIG_SCHED_RT_RUNTIME_US * NSEC_PER_USEC;
	struct model *model = new_model(test);
	struct rq *rq = &model->rq;

	if (runtime >= period)
		kunit_skip(test, "the throttle is configured off");
	rq->curr = &model->task[0];
	rq->curr->prio = 10;
	rq->rt.time = runtime;
	KUNIT_EXPECT_FALSE(test, rt_period_tick(rq));
	KUNIT_EXPECT_FALSE(test, rq->rt.throttled);
	fair_enqueue(&rq->fair, &model->task[1]);
	KUNIT_EXPECT_TRUE(test, rt_period_tick(rq));
	KUNIT_EXPECT_TRUE(test, rq->rt.throttled);

	/* Now the ordinary task runs, and the real-time one waits for the next period. */
	rt_enqueue(&rq->rt, rq->curr, true);
	rq->curr = fair_pick(&rq->fair);
	KUNIT_EXPECT_FALSE(test, rt_period_tick(rq));
	rq->rt.time = runtime + 5;
	rq->curr_start = period;
	KUNIT_EXPECT_TRUE(test, rt_period_tick(rq));
	KUNIT_EXPECT_FALSE(test, rq->rt.throttled);
	KUNIT_EXPECT_EQ(test, rq->rt.time, 5ULL);
}

/* ---- misuse ---- */

static void schedule_with_preemption_off_is_reported_and_survived(struct kunit *test)
{
	unsigned int count;

	bug_expect(1);
	local_bh_disable();
	count = preempt_count();
	schedule();
	KUNIT_EXPECT_EQ(test, preempt_count(), count);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0U);
}

static void schedule_in_irq(void *unused)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule();
}

static void sleep_in_an_interrupt_is_reported_and_survived(struct kunit *test)
{
	bug_expect(1);
	in_hard_irq(schedule_in_irq, NULL);
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	KUNIT_EXPECT_TRUE(test, task_is_running(current));
}

static void function_that_can_sleep_is_reported_where_it_must_not(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		kunit_skip(test, "needs DEBUG_ATOMIC_SLEEP");
	bug_expect(1);
	local_bh_disable();
	might_sleep();
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);

	bug_expect(1);
	local_irq_disable();
	might_sleep();
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
}

/* ---- names, numbers, dumps ---- */

static void dump_shows_the_name_in_brackets_and_the_state(struct kunit *test)
{
	struct task_struct *p = kthread_create(kthread_worker_fn, NULL, "dumped/%d", 7);
	u64 seq = printk_next_seq();

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	sched_show_task(p);
	sched_show_task(current);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[dumped/7]"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, " D cpu"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, " R cpu"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "running"));
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -EINTR);
}

static void dump_of_all_tasks_shows_this_one(struct kunit *test)
{
	u64 seq = printk_next_seq();

	show_state();
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[swapper/0]"));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[kunit_case]"));
}

static void number_leads_back_to_the_task(struct kunit *test)
{
	struct task_struct *p = find_get_task_by_pid(current->pid);

	KUNIT_EXPECT_PTR_EQ(test, p, current);
	if (p)
		put_task_struct(p);
	KUNIT_EXPECT_NULL(test, find_get_task_by_pid(0));
	KUNIT_EXPECT_NULL(test, find_get_task_by_pid(-1));
}

static void name_that_is_too_long_is_cut(struct kunit *test)
{
	char name[TASK_COMM_LEN];

	set_task_comm(current, "a name that does not fit");
	KUNIT_EXPECT_STREQ(test, get_task_comm(name, current), "a name that doe");
	set_task_comm(current, "kunit_case");
}

static struct kunit_case sched_cases[] = {
	KUNIT_CASE(real_time_runs_before_ordinary),
	KUNIT_CASE(fifo_of_one_priority_run_in_order_of_waking),
	KUNIT_CASE(fifo_of_higher_priority_runs_first),
	KUNIT_CASE(fifo_that_yields_goes_behind_its_equals),
	KUNIT_CASE(ordinary_that_yields_lets_the_next_run),
	KUNIT_CASE(fifo_preempted_stays_before_its_equals),
	KUNIT_CASE(raised_priority_of_a_waiting_task_takes_effect),
	KUNIT_CASE(reschedule_wanted_by_an_interrupt_happens_on_its_way_out),
	KUNIT_CASE(reschedule_waits_for_preempt_enable),
	KUNIT_CASE(reschedule_waits_for_local_bh_enable),
	KUNIT_CASE(preempted_task_that_was_about_to_sleep_stays_runnable),
	KUNIT_CASE(wake_up_of_a_running_task_does_nothing),
	KUNIT_CASE(wake_up_before_the_sleep_is_not_lost),
	KUNIT_CASE(wake_up_state_wakes_from_that_state_only),
	KUNIT_CASE(each_sleep_is_counted_and_time_is_charged),
	KUNIT_CASE(hooks_hear_of_each_sleep_and_of_nothing_else),
	KUNIT_CASE(affinity_of_the_caller_moves_it_at_once),
	KUNIT_CASE(affinity_of_a_running_task_moves_it),
	KUNIT_CASE(affinity_of_a_waiting_task_moves_it),
	KUNIT_CASE(affinity_of_a_sleeping_task_decides_where_it_wakes),
	KUNIT_CASE(affinity_that_cannot_be_is_refused),
	KUNIT_CASE(affinity_of_a_bound_thread_can_be_changed),
	KUNIT_CASE(woken_task_goes_to_an_idle_cpu),
	KUNIT_CASE(idle_cpu_takes_over_a_task_that_waits_elsewhere),
	KUNIT_CASE(bound_task_woken_elsewhere_runs_where_it_is_bound),
	KUNIT_CASE(policy_out_of_range_is_refused),
	KUNIT_CASE(policy_sets_the_priority),
	KUNIT_CASE(nice_value_is_kept_while_real_time),
	KUNIT_CASE(fair_equals_take_turns),
	KUNIT_CASE(fair_shares_follow_nice_values),
	KUNIT_CASE(fair_one_step_of_nice_is_a_quarter),
	KUNIT_CASE(rt_search_asks_the_first_and_so_many_others),
	KUNIT_CASE(fair_pick_takes_the_least),
	KUNIT_CASE(fair_first_can_leave_the_line),
	KUNIT_CASE(fair_sleeper_gets_a_bounded_bonus),
	KUNIT_CASE(fair_tick_lets_the_next_run_when_the_lead_is_too_long),
	KUNIT_CASE(rt_queue_gives_the_most_urgent_first),
	KUNIT_CASE(rt_queue_keeps_the_order_within_a_priority),
	KUNIT_CASE(rt_task_can_leave_the_line),
	KUNIT_CASE(rr_turn_ends_if_an_equal_waits),
	KUNIT_CASE(rt_tasks_are_throttled_only_while_others_wait),
	KUNIT_CASE(schedule_with_preemption_off_is_reported_and_survived),
	KUNIT_CASE(sleep_in_an_interrupt_is_reported_and_survived),
	KUNIT_CASE(function_that_can_sleep_is_reported_where_it_must_not),
	KUNIT_CASE(dump_shows_the_name_in_brackets_and_the_state),
	KUNIT_CASE(dump_of_all_tasks_shows_this_one),
	KUNIT_CASE(number_leads_back_to_the_task),
	KUNIT_CASE(name_that_is_too_long_is_cut),
	{}
};

static struct kunit_suite sched_suite = {
	.name = "sched",
	.init = reset,
	.test_cases = sched_cases,
};

kunit_test_suite(sched_suite);
