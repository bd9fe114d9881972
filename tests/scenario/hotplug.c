// SPDX-License-Identifier: GPL-2.0-only
/*
 * A CPU goes down and comes up under every schedule, while others use it: nothing is lost.
 *
 * The measure: before each asking a number goes up; after it, some run that starts later must see a number
 * at least as high. Whoever waits for that, and one is lost, waits for ever.
 */
#include <kunit/scenario.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <arch/cpu.h>
#include "workqueue_helpers.h"

static atomic_t asked, seen, runs, inside, twice;

static void note_run(void)
{
	int now = atomic_read(&asked), most = atomic_read(&seen);

	if (atomic_inc_return(&inside) != 1)
		atomic_inc(&twice);
	while (most < now && !atomic_try_cmpxchg(&seen, &most, now))
		;
	atomic_inc(&runs);
	atomic_dec(&inside);
}

static void begin(void)
{
	atomic_set(&asked, 0);
	atomic_set(&seen, 0);
	atomic_set(&runs, 0);
	atomic_set(&inside, 0);
	atomic_set(&twice, 0);
}

static void wait_until_seen(void)
{
	while (atomic_read(&seen) != atomic_read(&asked))
		schedule_timeout_uninterruptible(1);
}

/* ---- the CPU that goes ---- */

static unsigned int victim(void)
{
	return nr_cpu_ids - 1;
}

static void go_and_come(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), 0);
	KUNIT_EXPECT_FALSE(test, cpu_online(victim()));
	if (scenario_choose(2))
		KUNIT_EXPECT_EQ(test, add_cpu(victim()), 0);
}

static void bring_back(struct kunit *test)
{
	if (!cpu_online(victim()))
		KUNIT_EXPECT_EQ(test, add_cpu(victim()), 0);
}

/* @ask is called by threads and interrupts, there and elsewhere, while the CPU goes, and is away or comes. */
static void ask_meanwhile(struct kunit *test, void (*ask)(void *arg))
{
	struct scenario_thread there, elsewhere;

	scenario_start(test, &there, (int)victim(), ask, NULL);
	scenario_start(test, &elsewhere, -1, ask, NULL);
	scenario_inject_on(victim(), ask, NULL);
	scenario_inject_on(victim(), ask, NULL);
	scenario_inject(ask, NULL);
	go_and_come(test);
	/* Not always: it may hide that one was lost before. */
	if (scenario_choose(2))
		ask(NULL);
	scenario_join(&there);
	scenario_join(&elsewhere);
	scenario_settle();
}

static void expect_none_lost(struct kunit *test)
{
	wait_until_seen();
	bring_back(test);
	KUNIT_EXPECT_LE(test, atomic_read(&runs), atomic_read(&asked));
	KUNIT_EXPECT_EQ(test, atomic_read(&twice), 0);
}

/* ---- softirqs ---- */

#define ENTRY	20

static int again[NR_CPUS];	/* so often the action raises itself, more than one drain allows */

static void action(void)
{
	int now = atomic_read(&asked), most = atomic_read(&seen);
	unsigned int cpu = smp_processor_id();

	while (most < now && !atomic_try_cmpxchg(&seen, &most, now))
		;
	if (again[cpu]) {
		again[cpu]--;
		atomic_inc(&asked);
		raise_softirq(ENTRY);
	}
}

static void raise_many(void *unused)
{
	atomic_inc(&asked);
	preempt_disable();
	WRITE_ONCE(again[smp_processor_id()], (int)scenario_choose(14));
	raise_softirq(ENTRY);
	preempt_enable();
}

static void softirqs_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	open_softirq(ENTRY, action);
	ask_meanwhile(test, raise_many);
	wait_until_seen();
	bring_back(test);
}
SCENARIO(softirqs_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2,
	 .must_hit = { "softirq: pending on a CPU that went" });

/* One that raises itself for ever, and so is never through: ksoftirqd parks all the same. */
static int storm_is_over;

static void storm(void)
{
	action();
	if (!READ_ONCE(storm_is_over))
		raise_softirq(ENTRY);
}

static void raise_storm(void *unused)
{
	atomic_inc(&asked);
	raise_softirq(ENTRY);
}

static void cpu_under_a_storm_of_softirqs_goes(struct kunit *test)
{
	begin();
	WRITE_ONCE(storm_is_over, 0);
	open_softirq(ENTRY, storm);
	scenario_inject_on(victim(), raise_storm, NULL);
	if (scenario_choose(2))
		scenario_settle();
	go_and_come(test);
	scenario_settle();
	wait_until_seen();
	WRITE_ONCE(storm_is_over, 1);
	bring_back(test);
}
SCENARIO(cpu_under_a_storm_of_softirqs_goes, .cpus_min = 2, .must_hit = { "softirq: left to ksoftirqd" });

/* ---- tasklets ---- */

static void tasklet_fn(struct tasklet_struct *t)
{
	note_run();
	if (scenario_choose(2)) {
		atomic_inc(&asked);
		tasklet_schedule(t);
	}
}

static struct tasklet_struct tasklet;

static void schedule_one(void *unused)
{
	atomic_inc(&asked);
	if (scenario_choose(2))
		tasklet_hi_schedule(&tasklet);
	else
		tasklet_schedule(&tasklet);
}

static void tasklets_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	tasklet_setup(&tasklet, tasklet_fn);
	ask_meanwhile(test, schedule_one);
	expect_none_lost(test);
	tasklet_kill(&tasklet);
}
SCENARIO(tasklets_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2,
	 .must_hit = { "tasklet: taken over from a CPU that went" });

static void enable(void *unused)
{
	tasklet_enable(&tasklet);
}

/* Parked on the CPU that goes, and enabled while it does, or later. */
static void tasklet_that_is_parked_on_a_cpu_that_goes_runs_when_it_is_enabled(struct kunit *test)
{
	struct scenario_thread thread;

	begin();
	tasklet_setup(&tasklet, tasklet_fn);
	tasklet_disable(&tasklet);
	scenario_inject_on(victim(), schedule_one, NULL);
	if (scenario_choose(2))
		scenario_settle();
	scenario_start(test, &thread, -1, enable, NULL);
	go_and_come(test);
	scenario_join(&thread);
	scenario_settle();
	expect_none_lost(test);
	tasklet_kill(&tasklet);
}
SCENARIO(tasklet_that_is_parked_on_a_cpu_that_goes_runs_when_it_is_enabled, .cpus_min = 2,
	 .must_hit = { "tasklet: parked", "tasklet: enabled for a CPU that went" });

/* ---- timers ---- */

static struct timer_list timer;

static void timer_fn(struct timer_list *t)
{
	note_run();
}

static void arm(void *unused)
{
	atomic_inc(&asked);
	mod_timer(&timer, jiffies + scenario_choose(3));
}

static void timers_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	timer_setup(&timer, timer_fn, TIMER_PINNED);
	ask_meanwhile(test, arm);
	expect_none_lost(test);
	timer_delete_sync(&timer);
}
SCENARIO(timers_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2,
	 .must_hit = { "timer: moved from a CPU that went" });

/* ---- irq_work, calls ---- */

static struct irq_work work;

static void work_fn(struct irq_work *unused)
{
	int now = atomic_read(&asked), most = atomic_read(&seen);

	while (most < now && !atomic_try_cmpxchg(&seen, &most, now))
		;
}

static void queue_there(void *unused)
{
	atomic_inc(&asked);
	preempt_disable();
	if (cpu_online(victim()) && scenario_choose(2))
		irq_work_queue_on(&work, (int)victim());
	else
		irq_work_queue(&work);
	preempt_enable();
}

static void irq_works_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	init_irq_work(&work, work_fn);
	ask_meanwhile(test, queue_there);
	wait_until_seen();
	irq_work_sync(&work);
	bring_back(test);
}
SCENARIO(irq_works_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2);

static atomic_t accepted, called, called_by_all;
static call_single_data_t csd;

static void count_call(void *counter)
{
	atomic_inc(counter);
}

static void call_there(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (!smp_call_function_single((int)victim(), count_call, &called, (int)scenario_choose(2)))
			atomic_inc(&accepted);
		if (!smp_call_function_single_async((int)victim(), &csd))
			atomic_inc(&accepted);
		on_each_cpu(count_call, &called_by_all, (int)scenario_choose(2));
	}
}

/* What was accepted is called; what comes too late is told so; nobody waits for a CPU that has gone. */
static void calls_of_a_cpu_that_goes_are_made_or_refused(struct kunit *test)
{
	struct scenario_thread thread[2];
	int i;

	atomic_set(&accepted, 0);
	atomic_set(&called, 0);
	INIT_CSD(&csd, count_call, &called);
	for (i = 0; i < 2; i++)
		scenario_start(test, &thread[i], i ? (int)victim() : 0, call_there, NULL);
	go_and_come(test);
	scenario_join_each(thread, 2);
	while (atomic_read(&called) != atomic_read(&accepted))
		schedule_timeout_uninterruptible(1);
	bring_back(test);
}
SCENARIO(calls_of_a_cpu_that_goes_are_made_or_refused, .cpus_min = 2);

/* ---- works ---- */

static struct measured sleepy, quick;

static void queue_two(void *unused)
{
	ask_on(&sleepy, (int)victim());
	ask_on(&quick, (int)victim());
}

static void expect_all_ran(struct kunit *test, struct measured *m)
{
	measured_expect_sane(test, m);
	KUNIT_EXPECT_EQ(test, atomic_read(&m->seen), atomic_read(&m->asked));
}

static void works_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("hotplug", scenario_choose(2) ? WQ_HIGHPRI : 0, 0);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	measured_init(&sleepy, wq, measured_sleepy_fn);
	measured_init(&quick, wq, measured_fn);
	ask_meanwhile(test, queue_two);
	flush_workqueue(wq);
	bring_back(test);
	flush_workqueue(wq);
	expect_all_ran(test, &sleepy);
	expect_all_ran(test, &quick);
	destroy_workqueue(wq);
}
SCENARIO(works_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2);

static struct delayed_work delayed;

static void delayed_fn(struct work_struct *unused)
{
	note_run();
}

static void queue_later(void *unused)
{
	atomic_inc(&asked);
	mod_delayed_work_on((int)victim(), system_wq, &delayed, scenario_choose(3));
}

static void delayed_works_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	INIT_DELAYED_WORK(&delayed, delayed_fn);
	ask_meanwhile(test, queue_later);
	expect_none_lost(test);
	cancel_delayed_work_sync(&delayed);
}
SCENARIO(delayed_works_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2);

static void bh_fn(struct work_struct *unused)
{
	note_run();
}

static struct work_struct bh_work;

static void queue_bh(void *unused)
{
	atomic_inc(&asked);
	queue_work_on((int)victim(), system_bh_wq, &bh_work);
}

static void bh_works_of_a_cpu_that_goes_none_is_lost(struct kunit *test)
{
	begin();
	INIT_WORK(&bh_work, bh_fn);
	ask_meanwhile(test, queue_bh);
	expect_none_lost(test);
	cancel_work_sync(&bh_work);
}
SCENARIO(bh_works_of_a_cpu_that_goes_none_is_lost, .cpus_min = 2,
	 .must_hit = { "workqueue: works of a CPU that is not there" });

/* ---- what is stopped while it moves ---- */

static int is_over, ran_afterwards;

/* Long enough for others to look at it in the middle. */
static void note_late_run(void)
{
	if (READ_ONCE(is_over))
		WRITE_ONCE(ran_afterwards, 1);
	arch_cpu_relax();
	if (READ_ONCE(is_over))
		WRITE_ONCE(ran_afterwards, 1);
}

static void late_timer_fn(struct timer_list *unused)
{
	note_late_run();
}

static void late_tasklet_fn(struct tasklet_struct *unused)
{
	note_late_run();
}

static void late_work_fn(struct work_struct *unused)
{
	note_late_run();
}

static void arm_soon(void *unused)
{
	mod_timer(&timer, jiffies + scenario_choose(2));
}

static void schedule_tasklet(void *unused)
{
	tasklet_schedule(&tasklet);
}

static void queue_late_work(void *unused)
{
	mod_delayed_work_on((int)victim(), system_wq, &delayed, scenario_choose(2));
}

static void shut_timer_down(void *unused)
{
	timer_shutdown_sync(&timer);
	WRITE_ONCE(is_over, 1);
}

static void disable_tasklet(void *unused)
{
	tasklet_disable(&tasklet);
	WRITE_ONCE(is_over, 1);
}

static void disable_bh_work(void *unused)
{
	disable_work_sync(&bh_work);
	WRITE_ONCE(is_over, 1);
}

static void disable_late_work(void *unused)
{
	disable_delayed_work_sync(&delayed);
	WRITE_ONCE(is_over, 1);
}

/* @stop is called once, by somebody, while the CPU goes; @ask before and after. */
static void stop_meanwhile(struct kunit *test, void (*ask)(void *arg), void (*stop)(void *arg))
{
	struct scenario_thread thread;

	is_over = ran_afterwards = 0;
	scenario_inject_on(victim(), ask, NULL);
	scenario_inject_on(victim(), ask, NULL);
	scenario_start(test, &thread, scenario_choose(2) ? (int)victim() : 0, stop, NULL);
	go_and_come(test);
	scenario_join(&thread);
	scenario_settle();
	bring_back(test);
	KUNIT_EXPECT_EQ(test, ran_afterwards, 0);
}

static void what_is_stopped_while_its_cpu_goes_is_over(struct kunit *test)
{
	timer_setup(&timer, late_timer_fn, TIMER_PINNED);
	tasklet_setup(&tasklet, late_tasklet_fn);
	INIT_WORK(&bh_work, late_work_fn);
	INIT_DELAYED_WORK(&delayed, late_work_fn);
	switch (scenario_choose(4)) {
	case 0:
		stop_meanwhile(test, arm_soon, shut_timer_down);
		KUNIT_EXPECT_FALSE(test, timer_pending(&timer));
		break;
	case 1:
		stop_meanwhile(test, schedule_tasklet, disable_tasklet);
		WRITE_ONCE(is_over, 0);
		tasklet_enable(&tasklet);
		tasklet_kill(&tasklet);
		break;
	case 2:
		stop_meanwhile(test, queue_bh, disable_bh_work);
		KUNIT_EXPECT_FALSE(test, work_pending(&bh_work));
		break;
	case 3:
		stop_meanwhile(test, queue_late_work, disable_late_work);
		KUNIT_EXPECT_FALSE(test, delayed_work_pending(&delayed));
		break;
	}
}
SCENARIO(what_is_stopped_while_its_cpu_goes_is_over, .cpus_min = 2);

/* ---- tasks ---- */

static DECLARE_WAIT_QUEUE_HEAD(wait);
static int turn, turns_left;

/* Tasks that wake each other, one bound to the CPU that goes: it goes on elsewhere. */
static void take_turns(void *mine)
{
	for (;;) {
		wait_event(wait, READ_ONCE(turn) == (int)(long)mine || READ_ONCE(turns_left) <= 0);
		if (READ_ONCE(turns_left) <= 0)
			break;
		WRITE_ONCE(turns_left, turns_left - 1);
		WRITE_ONCE(turn, 1 - (int)(long)mine);
		wake_up_all(&wait);
	}
	wake_up_all(&wait);
}

static void tasks_of_a_cpu_that_goes_go_on_elsewhere(struct kunit *test)
{
	struct scenario_thread thread[2];

	turn = 0;
	turns_left = 12;
	scenario_start(test, &thread[0], (int)victim(), take_turns, (void *)0L);
	scenario_start(test, &thread[1], -1, take_turns, (void *)1L);
	go_and_come(test);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	bring_back(test);
}
SCENARIO(tasks_of_a_cpu_that_goes_go_on_elsewhere, .cpus_min = 2,
	 .must_hit = { "sched: carried away from a CPU that goes" });

static int ran_offline;

/* Bound for good, and does not park: asleep it does not hold up the CPU, and may go on elsewhere. */
static int wait_once(void *completion)
{
	wait_for_completion(completion);
	preempt_disable();
	if (!cpu_online(smp_processor_id()))
		WRITE_ONCE(ran_offline, 1);
	preempt_enable();
	atomic_inc(&runs);
	return 0;
}

static void start_one_that_waits(struct kunit *test, struct completion *go_on)
{
	struct task_struct *thread;

	atomic_set(&runs, 0);
	ran_offline = 0;
	init_completion(go_on);
	thread = kthread_create_on_cpu(wait_once, go_on, victim(), "stays/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	wake_up_process(thread);
}

static void expect_it_runs_online(struct kunit *test)
{
	while (!atomic_read(&runs))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, ran_offline, 0);
	bring_back(test);
}

static void thread_that_does_not_park_is_woken_elsewhere(struct kunit *test)
{
	static struct completion go_on;

	start_one_that_waits(test, &go_on);
	go_and_come(test);
	complete(&go_on);
	expect_it_runs_online(test);
}
SCENARIO(thread_that_does_not_park_is_woken_elsewhere, .cpus_min = 2,
	 .must_hit = { "sched: woken for a CPU that has gone" });

static void complete_it(void *completion)
{
	complete(completion);
}

/* The same, woken at any time: also when nobody seemed to be in line any more. */
static void thread_that_is_woken_while_its_cpu_goes_runs(struct kunit *test)
{
	static struct completion go_on;

	start_one_that_waits(test, &go_on);
	scenario_inject(complete_it, &go_on);
	go_and_come(test);
	scenario_settle();
	expect_it_runs_online(test);
}
SCENARIO(thread_that_is_woken_while_its_cpu_goes_runs, .cpus_min = 2,
	 .must_hit = { "sched: somebody came in line before all were stopped" });

/* Made, and not woken yet. */
static void make_bound_thread(void *thread)
{
	*(struct task_struct **)thread = kthread_create_on_cpu(wait_once, NULL, victim(), "bound/%u");
}

static void thread_that_is_made_for_a_cpu_that_goes_stays_bound_to_it(struct kunit *test)
{
	struct scenario_thread maker;
	struct task_struct *bound;

	scenario_start(test, &maker, -1, make_bound_thread, &bound);
	go_and_come(test);
	scenario_join(&maker);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, bound);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&bound->cpus_mask, cpumask_of(victim())));
	KUNIT_EXPECT_EQ(test, kthread_stop(bound), -EINTR);
	bring_back(test);
}
SCENARIO(thread_that_is_made_for_a_cpu_that_goes_stays_bound_to_it, .cpus_min = 2);

/* Bound while the CPU goes, or when it has gone. */
static void bind_and_come_back(void *unused)
{
	int i;

	for (i = 0; i < 4; i++) {
		set_cpus_allowed_ptr(current, cpumask_of(victim()));
		schedule_timeout_uninterruptible(1);
		set_cpus_allowed_ptr(current, cpumask_of(0));
		schedule_timeout_uninterruptible(1);
	}
}

static void tasks_that_are_bound_to_a_cpu_that_goes_go_on(struct kunit *test)
{
	struct scenario_thread thread[2];

	scenario_start(test, &thread[0], -1, bind_and_come_back, NULL);
	scenario_start(test, &thread[1], -1, bind_and_come_back, NULL);
	go_and_come(test);
	scenario_join(&thread[0]);
	scenario_join(&thread[1]);
	bring_back(test);
}
SCENARIO(tasks_that_are_bound_to_a_cpu_that_goes_go_on, .cpus_min = 2);

/* ---- threads of each CPU ---- */

static DEFINE_PER_CPU(struct task_struct *, thread_of);
static DEFINE_PER_CPU(int, to_do);
static int done_elsewhere;

static int thread_should_run(unsigned int cpu)
{
	return READ_ONCE(per_cpu(to_do, cpu));
}

static void thread_fn(unsigned int cpu)
{
	if (raw_smp_processor_id() != cpu)
		WRITE_ONCE(done_elsewhere, 1);
	/* Full barrier: who asks from now on finds it gone, or is seen by this run. */
	xchg(&per_cpu(to_do, cpu), 0);
	note_run();
}

static struct smp_hotplug_thread threads = {
	.store = &thread_of,
	.thread_should_run = thread_should_run,
	.thread_fn = thread_fn,
	.thread_comm = "hotplug/%u",
};

static void kick_there(void *unused)
{
	atomic_inc(&asked);
	WRITE_ONCE(per_cpu(to_do, victim()), 1);
	wake_up_process(per_cpu(thread_of, victim()));
}

static void thread_that_is_bound_parks_and_goes_on_where_it_belongs(struct kunit *test)
{
	begin();
	done_elsewhere = 0;
	KUNIT_ASSERT_EQ(test, smpboot_register_percpu_thread(&threads), 0);
	ask_meanwhile(test, kick_there);
	bring_back(test);
	wait_until_seen();
	smpboot_unregister_percpu_thread(&threads);
	KUNIT_EXPECT_EQ(test, done_elsewhere, 0);
}
SCENARIO(thread_that_is_bound_parks_and_goes_on_where_it_belongs, .cpus_min = 2);

/* ---- lines ---- */

static unsigned int line;
static int device;

static irqreturn_t handler(int irq, void *dev_id)
{
	note_run();
	return IRQ_HANDLED;
}

static irqreturn_t lower_and_handle(int irq, void *dev_id)
{
	scenario_lower_irq(line);
	note_run();
	return IRQ_HANDLED;
}

static void raise_line(void *unused)
{
	atomic_inc(&asked);
	scenario_raise_irq(line);
}

static void edges_while_a_cpu_goes_none_is_lost(struct kunit *test)
{
	begin();
	line = scenario_irq(test, SCENARIO_EDGE);
	if (!irq_can_set_affinity(line))
		kunit_skip(test, "its software lines do not move");
	KUNIT_ASSERT_EQ(test, request_irq(line, handler, 0, "scenario", &device), 0);
	if (scenario_choose(2))
		irq_set_affinity(line, cpumask_of(victim()));
	ask_meanwhile(test, raise_line);
	expect_none_lost(test);
	free_irq(line, &device);
}
SCENARIO(edges_while_a_cpu_goes_none_is_lost, .cpus_min = 2);

/* In the interrupt, or in the line's thread, until whose end it stays masked. */
static void levels_while_a_cpu_goes_none_is_lost(struct kunit *test)
{
	bool threaded = scenario_choose(2);

	begin();
	line = scenario_irq(test, SCENARIO_LEVEL);
	if (!irq_can_set_affinity(line))
		kunit_skip(test, "its software lines do not move");
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line, threaded ? NULL : lower_and_handle,
						   threaded ? lower_and_handle : NULL,
						   threaded ? IRQF_ONESHOT : 0, "scenario", &device), 0);
	if (scenario_choose(2))
		irq_set_affinity(line, cpumask_of(victim()));
	ask_meanwhile(test, raise_line);
	expect_none_lost(test);
	free_irq(line, &device);
}
SCENARIO(levels_while_a_cpu_goes_none_is_lost, .cpus_min = 2);

/* ---- who is asked ---- */

static int refuse_down, refuse_up, ups, downs;

static int come(unsigned int cpu)
{
	if (refuse_up)
		return -EBUSY;
	ups++;
	return 0;
}

static int go(unsigned int cpu)
{
	if (refuse_down)
		return -EBUSY;
	downs++;
	return 0;
}

/* It stays, or is away, and is as good as before. */
static void refused_going_and_coming_are_undone(struct kunit *test)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "scenario", come, go);

	KUNIT_ASSERT_GT(test, state, 0);
	ups = downs = 0;
	refuse_up = 0;
	refuse_down = 1;
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -EBUSY);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	refuse_down = 0;
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), 0);
	refuse_up = 1;
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), -EBUSY);
	KUNIT_EXPECT_FALSE(test, cpu_online(victim()));
	refuse_up = 0;
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), 0);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_EQ(test, downs, 1);
	KUNIT_EXPECT_EQ(test, ups, 1);
	cpuhp_remove_state_nocalls(state);
}
SCENARIO(refused_going_and_coming_are_undone, .cpus_min = 2,
	 .must_hit = { "cpu: going was refused, and undone" });
