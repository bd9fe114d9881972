// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs go down and come up: who is told, what leaves them, and that nothing is lost.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/task.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <bottomhalf/mark.h>
#include <kunit/scenario.h>
#include "hotplug_helpers.h"
#include "thread_helpers.h"

/* ---- down and up ---- */

static void idle_cpu_goes_and_comes_back(struct kunit *test)
{
	unsigned int online = num_online_cpus();

	take_down(test);
	KUNIT_EXPECT_FALSE(test, cpu_active(victim()));
	KUNIT_EXPECT_TRUE(test, cpu_present(victim()));
	KUNIT_EXPECT_EQ(test, num_online_cpus(), online - 1);
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_EQ(test, num_online_cpus(), online);
}

static void all_but_the_boot_cpu_go_and_come_back(struct kunit *test)
{
	unsigned int cpu, online = num_online_cpus();

	for (cpu = 1; cpu < nr_cpu_ids; cpu++)
		KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, num_online_cpus(), 1U);
	for (cpu = 1; cpu < nr_cpu_ids; cpu++)
		KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, num_online_cpus(), online);
}

static void boot_cpu_is_refused_by_name(struct kunit *test)
{
	u64 seq = printk_next_seq();

	KUNIT_EXPECT_EQ(test, remove_cpu(0), -EPERM);
	KUNIT_EXPECT_TRUE(test, cpu_online(0));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "cpu 0 is the boot CPU"));
}

static void wrong_requests_are_told_apart(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, remove_cpu(nr_cpu_ids), -EINVAL);
	KUNIT_EXPECT_EQ(test, add_cpu(nr_cpu_ids), -EINVAL);
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), 1);
	take_down(test);
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), 1);
	bring_up(test);
}

static void disabled_hotplug_is_busy_until_each_is_undone(struct kunit *test)
{
	cpu_hotplug_disable();
	cpu_hotplug_disable();
	cpu_hotplug_enable();
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -EBUSY);
	cpu_hotplug_enable();
	take_down(test);
	bring_up(test);
}

static void go_and_come(void *result)
{
	*(int *)result = remove_cpu(victim()) ?: add_cpu(victim());
}

/* Whoever holds the lock sees no CPU go, however long. */
static void cpu_that_goes_waits_for_readers(struct kunit *test)
{
	struct actor actor;
	int result = -1;

	cpus_read_lock();
	actor_start(test, &actor, 0, go_and_come, &result);
	KUNIT_EXPECT_TRUE(test, sleeps_in(actor.task, TASK_UNINTERRUPTIBLE));
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	cpus_read_unlock();
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, result, 0);
}

static void remove_own_cpu(void *result)
{
	int error = remove_cpu(victim());

	*(int *)result = raw_smp_processor_id() == victim() ? -EFAULT : error;
}

static void task_takes_its_own_cpu_down_and_goes_on_elsewhere(struct kunit *test)
{
	struct actor actor;
	int result = -1;

	actor_start(test, &actor, (int)victim(), remove_own_cpu, &result);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, result, 0);
	bring_up(test);
}

/* ---- states ---- */

static struct {
	unsigned int ups, downs, last_up, last_down;
	bool wrong_place;
	int up_answers, down_answers;
	unsigned int up_fails_on;
} told;

static int told_reset(struct kunit *test)
{
	memset(&told, 0, sizeof(told));
	told.up_fails_on = nr_cpu_ids;
	return needs_two_cpus(test);
}

static void note_place(unsigned int cpu)
{
	if (raw_smp_processor_id() != cpu || irqs_disabled() || in_atomic())
		told.wrong_place = true;
}

static int come(unsigned int cpu)
{
	note_place(cpu);
	if (cpu == told.up_fails_on)
		return -EIO;
	told.ups++;
	told.last_up = cpu;
	return told.up_answers;
}

static int go(unsigned int cpu)
{
	note_place(cpu);
	if (told.down_answers)
		return told.down_answers;
	told.downs++;
	told.last_down = cpu;
	return 0;
}

static void state_is_told_on_each_cpu_and_of_each_that_goes_and_comes(struct kunit *test)
{
	int state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test", come, go);

	KUNIT_ASSERT_GE(test, state, (int)CPUHP_AP_ONLINE_DYN);
	KUNIT_EXPECT_EQ(test, told.ups, num_online_cpus());
	take_down(test);
	KUNIT_EXPECT_EQ(test, told.downs, 1U);
	KUNIT_EXPECT_EQ(test, told.last_down, victim());
	bring_up(test);
	KUNIT_EXPECT_EQ(test, told.ups, num_online_cpus() + 1);
	KUNIT_EXPECT_EQ(test, told.last_up, victim());
	cpuhp_remove_state(state);
	KUNIT_EXPECT_EQ(test, told.downs, num_online_cpus() + 1);
	KUNIT_EXPECT_FALSE(test, told.wrong_place);
}

static void state_without_calls_is_told_only_later(struct kunit *test)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test", come, go);

	KUNIT_ASSERT_GT(test, state, 0);
	KUNIT_EXPECT_EQ(test, told.ups, 0U);
	take_down(test);
	bring_up(test);
	cpuhp_remove_state_nocalls(state);
	KUNIT_EXPECT_EQ(test, told.ups, 1U);
	KUNIT_EXPECT_EQ(test, told.downs, 1U);
}

static void state_whose_startup_fails_somewhere_is_undone_everywhere(struct kunit *test)
{
	told.up_fails_on = victim();
	KUNIT_EXPECT_EQ(test, cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test", come, go), -EIO);
	KUNIT_EXPECT_EQ(test, told.ups, num_online_cpus() - 1);
	KUNIT_EXPECT_EQ(test, told.downs, told.ups);
}

static void state_that_refuses_keeps_the_cpu(struct kunit *test)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test", come, go);
	u64 seq = printk_next_seq();

	KUNIT_ASSERT_GT(test, state, 0);
	told.down_answers = -EAGAIN;
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -EAGAIN);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "(test): teardown function returned"));
	/* It had not been left, so it is not entered again. */
	KUNIT_EXPECT_EQ(test, told.ups, 0U);
	told.down_answers = 0;
	take_down(test);
	told.up_answers = -ENOMEM;
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, cpu_online(victim()));
	told.up_answers = 0;
	bring_up(test);
	KUNIT_EXPECT_FALSE(test, told.wrong_place);
	cpuhp_remove_state_nocalls(state);
}

/* What fails after the last who may refuse is undone for all, also for one that would refuse to come. */
static int go_and_fail_to_stop(unsigned int cpu)
{
	told.up_answers = -EIO;
	/* That of the thread that stops another CPU. */
	fault_arm("kthread.alloc", 0);
	return 0;
}

static void cpu_that_cannot_go_is_in_use_again_whoever_refuses(struct kunit *test)
{
	int state;

	if (!IS_ENABLED(CONFIG_MARKS))
		kunit_skip(test, "needs a step that can be made to fail");
	state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test", come, go_and_fail_to_stop);
	KUNIT_ASSERT_GT(test, state, 0);
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -ENOMEM);
	KUNIT_EXPECT_EQ(test, told.ups, 1U);
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	cpuhp_remove_state_nocalls(state);
	take_down(test);
	bring_up(test);
}

/* What fails for want of memory leaves it as it was, up or down, and is good for another try. */
static void expect_undone_without(struct kunit *test, const char *step, int (*change)(unsigned int cpu))
{
	bool was_online = cpu_online(victim());
	unsigned int skip;

	for (skip = 0; skip < 20; skip++) {
		KUNIT_ASSERT_GT(test, fault_arm(step, skip), 0U);
		if (!change(victim())) {
			KUNIT_EXPECT_GT(test, fault_disarm_all(), 0U);
			break;
		}
		KUNIT_EXPECT_EQ(test, fault_disarm_all(), 0U);
		KUNIT_EXPECT_EQ(test, cpu_online(victim()), was_online);
		KUNIT_EXPECT_EQ(test, cpu_active(victim()), was_online);
	}
	KUNIT_EXPECT_GT(test, skip, 0U);
	KUNIT_EXPECT_EQ(test, cpu_active(victim()), !was_online);
}

static void each_step_without_memory_is_undone(struct kunit *test)
{
	static const char * const steps[] = { "kthread.alloc", "sched.alloc_task", "sched.alloc_stack" };
	int i;

	if (!IS_ENABLED(CONFIG_MARKS))
		kunit_skip(test, "needs a step that can be made to fail");
	for (i = 0; i < (int)ARRAY_SIZE(steps); i++) {
		expect_undone_without(test, steps[i], remove_cpu);
		expect_undone_without(test, steps[i], add_cpu);
	}
}

/* The PREPARE section: before the CPU runs, in the task that brings it up, and after it has stopped. */
static int prepare(unsigned int cpu)
{
	told.ups++;
	told.wrong_place |= raw_smp_processor_id() == cpu || cpu_online(cpu);
	return told.up_answers;
}

static int unprepare(unsigned int cpu)
{
	told.downs++;
	told.wrong_place |= raw_smp_processor_id() == cpu || cpu_online(cpu);
	return told.down_answers;
}

static void state_of_the_prepare_section_may_refuse_upwards_only(struct kunit *test)
{
	int first = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "first", prepare, unprepare);
	int second = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "second", prepare, unprepare);
	u64 seq = printk_next_seq();

	KUNIT_ASSERT_GT(test, second, first);
	told.down_answers = -EIO;
	take_down(test);
	KUNIT_EXPECT_EQ(test, told.downs, 2U);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "(first): teardown function returned"));
	told.up_answers = -EAGAIN;
	KUNIT_EXPECT_EQ(test, add_cpu(victim()), -EAGAIN);
	KUNIT_EXPECT_FALSE(test, cpu_online(victim()));
	/* The first has refused: neither it nor the second is undone. */
	KUNIT_EXPECT_EQ(test, told.ups, 1U);
	KUNIT_EXPECT_EQ(test, told.downs, 2U);
	told.up_answers = told.down_answers = 0;
	bring_up(test);
	KUNIT_EXPECT_EQ(test, told.ups, 3U);
	KUNIT_EXPECT_FALSE(test, told.wrong_place);
	cpuhp_remove_state_nocalls(second);
	cpuhp_remove_state_nocalls(first);
}

static void state_is_taken_once_and_dynamic_ones_run_out(struct kunit *test)
{
	int states[CPUHP_AP_ONLINE_DYN_END - CPUHP_AP_ONLINE_DYN + 1], n = 0, state;

	KUNIT_EXPECT_EQ(test, cpuhp_setup_state_nocalls(CPUHP_AP_ACTIVE, "test", come, go), -EBUSY);
	KUNIT_EXPECT_EQ(test, cpuhp_setup_state_nocalls(CPUHP_ONLINE, "test", come, go), -EINVAL);
	KUNIT_EXPECT_EQ(test, cpuhp_setup_state_nocalls(CPUHP_OFFLINE, "test", come, go), -EINVAL);
	while ((state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test", NULL, NULL)) > 0)
		states[n++] = state;
	KUNIT_EXPECT_EQ(test, state, -ENOSPC);
	while (n--)
		cpuhp_remove_state_nocalls(states[n]);
}

/* ---- stop_machine() ---- */

static atomic_t stopped_calls;
static bool stopped_wrongly;

static int look_around(void *answer)
{
	if (!irqs_disabled())
		stopped_wrongly = true;
	atomic_inc(&stopped_calls);
	return *(int *)answer;
}

static void stopped_machine_calls_once_or_on_each_of_a_mask(struct kunit *test)
{
	int answer = 0;

	atomic_set(&stopped_calls, 0);
	stopped_wrongly = false;
	KUNIT_EXPECT_EQ(test, stop_machine(look_around, &answer, NULL), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&stopped_calls), 1);
	KUNIT_EXPECT_EQ(test, stop_machine(look_around, &answer, cpu_online_mask), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&stopped_calls), 1 + (int)num_online_cpus());
	answer = -EDOM;
	KUNIT_EXPECT_EQ(test, stop_machine(look_around, &answer, cpumask_of(victim())), -EDOM);
	KUNIT_EXPECT_FALSE(test, stopped_wrongly);
}

static int halves[2];
static bool half_seen;
static int stop_moving;

static void move_between_halves(void *unused)
{
	while (!READ_ONCE(stop_moving)) {
		preempt_disable();
		WRITE_ONCE(halves[0], halves[0] + 1);
		arch_cpu_relax();
		WRITE_ONCE(halves[1], halves[1] + 1);
		preempt_enable();
		cond_resched();
	}
}

static int look_at_halves(void *unused)
{
	if (READ_ONCE(halves[0]) != READ_ONCE(halves[1]))
		half_seen = true;
	return 0;
}

static void stopped_machine_is_in_no_section_of_preemption_off(struct kunit *test)
{
	struct actor actor;
	int i;

	halves[0] = halves[1] = stop_moving = 0;
	half_seen = false;
	actor_start(test, &actor, (int)victim(), move_between_halves, NULL);
	for (i = 0; i < 20; i++)
		stop_machine(look_at_halves, NULL, NULL);
	WRITE_ONCE(stop_moving, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_FALSE(test, half_seen);
}

/* ---- tasks ---- */

static void wait_for(void *completion)
{
	wait_for_completion(completion);
}

static void bound_task_asleep_wakes_on_another_cpu_and_is_named(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(go_on);
	u64 seq = printk_next_seq();
	struct actor actor;

	actor_start(test, &actor, (int)victim(), wait_for, &go_on);
	KUNIT_ASSERT_TRUE(test, sleeps_in(actor.task, TASK_UNINTERRUPTIBLE));
	take_down(test);
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[actor]"));
	complete(&go_on);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_NE(test, actor.cpu, victim());
	bring_up(test);
}

static void spin_until(void *flag)
{
	while (!READ_ONCE(*(int *)flag))
		arch_cpu_relax();
}

static void running_task_is_carried_to_another_cpu(struct kunit *test)
{
	struct actor actor;
	int flag = 0;

	if (!IS_ENABLED(CONFIG_PREEMPT))
		kunit_skip(test, "who spins is not taken off his CPU without PREEMPT");
	actor_start(test, &actor, (int)victim(), spin_until, &flag);
	KUNIT_ASSERT_TRUE(test, wait_until(task_curr(actor.task)));
	take_down(test);
	WRITE_ONCE(flag, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_NE(test, actor.cpu, victim());
	bring_up(test);
}

static void task_cannot_be_bound_to_a_cpu_that_is_away(struct kunit *test)
{
	take_down(test);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(victim())), -EINVAL);
	bring_up(test);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(victim())), 0);
	KUNIT_EXPECT_EQ(test, raw_smp_processor_id(), victim());
	KUNIT_EXPECT_EQ(test, set_cpus_allowed_ptr(current, cpu_possible_mask), 0);
}

static int spin_bound(void *flag)
{
	while (!READ_ONCE(*(int *)flag))
		cond_resched();
	return 0;
}

/* Bound for good, and its maker does not park it. */
static void cpu_whose_bound_thread_does_not_leave_stays(struct kunit *test)
{
	struct task_struct *thread;
	u64 limit_ns = sched_leave_limit_ns, seq = printk_next_seq();
	int flag = 0;

	thread = kthread_create_on_cpu(spin_bound, &flag, victim(), "spins/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread);
	get_task_struct(thread);
	wake_up_process(thread);
	sched_leave_limit_ns = NSEC_PER_MSEC;
	KUNIT_EXPECT_EQ(test, remove_cpu(victim()), -EBUSY);
	sched_leave_limit_ns = limit_ns;
	KUNIT_EXPECT_TRUE(test, cpu_active(victim()));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "[spins/"));
	WRITE_ONCE(flag, 1);
	kthread_stop_put(thread);
	take_down(test);
	bring_up(test);
}

/* ---- threads of each CPU ---- */

static DEFINE_PER_CPU(struct task_struct *, thread_of);
static DEFINE_PER_CPU(int, work_for);
static DEFINE_PER_CPU(int, parks);
static DEFINE_PER_CPU(int, unparks);
static atomic_t done_here, done_elsewhere;

static int thread_should_run(unsigned int cpu)
{
	return READ_ONCE(per_cpu(work_for, cpu));
}

static void thread_fn(unsigned int cpu)
{
	xchg(&per_cpu(work_for, cpu), 0);
	atomic_inc(raw_smp_processor_id() == cpu ? &done_here : &done_elsewhere);
}

static void thread_parks(unsigned int cpu)
{
	per_cpu(parks, cpu)++;
}

static void thread_unparks(unsigned int cpu)
{
	per_cpu(unparks, cpu)++;
}

static struct smp_hotplug_thread threads = {
	.store = &thread_of,
	.thread_should_run = thread_should_run,
	.thread_fn = thread_fn,
	.park = thread_parks,
	.unpark = thread_unparks,
	.thread_comm = "hotplug/%u",
};

static void threads_reset(void)
{
	per_cpu(parks, victim()) = per_cpu(unparks, victim()) = 0;
	per_cpu(work_for, victim()) = 0;
	atomic_set(&done_here, 0);
	atomic_set(&done_elsewhere, 0);
}

static void give_thread_work(void)
{
	WRITE_ONCE(per_cpu(work_for, victim()), 1);
	wake_up_process(per_cpu(thread_of, victim()));
}

static void thread_of_a_cpu_parks_and_goes_on_there(struct kunit *test)
{
	threads_reset();
	KUNIT_ASSERT_EQ(test, smpboot_register_percpu_thread(&threads), 0);
	give_thread_work();
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&done_here) == 1 || (cond_resched(), false)));
	take_down(test);
	KUNIT_EXPECT_EQ(test, per_cpu(parks, victim()), 1);
	give_thread_work();
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&done_here) == 2 || (cond_resched(), false)));
	KUNIT_EXPECT_EQ(test, per_cpu(unparks, victim()), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&done_elsewhere), 0);
	smpboot_unregister_percpu_thread(&threads);
}

static void thread_of_a_cpu_that_is_away_begins_when_it_comes_or_ends_without_it(struct kunit *test)
{
	threads_reset();
	take_down(test);
	WRITE_ONCE(per_cpu(work_for, victim()), 1);
	KUNIT_ASSERT_EQ(test, smpboot_register_percpu_thread(&threads), 0);
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&done_here) == 1 || (cond_resched(), false)));
	KUNIT_EXPECT_EQ(test, per_cpu(unparks, victim()), 0);
	take_down(test);
	/* Parked, on a CPU that does not run. */
	smpboot_unregister_percpu_thread(&threads);
	KUNIT_ASSERT_EQ(test, smpboot_register_percpu_thread(&threads), 0);
	/* Never woken. */
	smpboot_unregister_percpu_thread(&threads);
	bring_up(test);
}

/* ---- lines ---- */

/* A chip that notes what it is told. */
static struct cpumask chip_mask;
static int chip_starts, chip_stops, chip_moves;

static unsigned int chip_startup(struct irq_data *data)
{
	chip_starts++;
	return 0;
}

static void chip_shutdown(struct irq_data *data)
{
	chip_stops++;
}

static int chip_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	chip_moves++;
	return cpumask_and(&chip_mask, mask, cpu_online_mask) ? IRQ_SET_MASK_OK : -EINVAL;
}

static struct irq_chip noting_chip = {
	.name = "noting",
	.irq_startup = chip_startup,
	.irq_shutdown = chip_shutdown,
	.irq_set_affinity = chip_set_affinity,
};

static irqreturn_t do_nothing(int irq, void *unused)
{
	return IRQ_HANDLED;
}

static int noting_line(struct kunit *test, const struct irq_affinity_desc *affinity)
{
	int irq = __irq_alloc_descs(-1, 1, 1, 0, NULL, affinity);

	KUNIT_ASSERT_GT(test, irq, 0);
	chip_starts = chip_stops = chip_moves = 0;
	irq_set_chip_and_handler((unsigned int)irq, &noting_chip, handle_simple_irq);
	irq_set_status_flags((unsigned int)irq, IRQ_MOVE_PCNTXT);
	KUNIT_ASSERT_EQ(test, request_irq((unsigned int)irq, do_nothing, 0, "noting", &chip_mask), 0);
	return irq;
}

static void give_line_back(int irq)
{
	free_irq((unsigned int)irq, &chip_mask);
	irq_free_descs((unsigned int)irq, 1);
}

static void line_that_may_go_elsewhere_does_and_keeps_its_mask(struct kunit *test)
{
	int irq = noting_line(test, NULL);
	struct cpumask two;

	cpumask_clear(&two);
	cpumask_set_cpu(0, &two);
	cpumask_set_cpu(victim(), &two);
	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, &two), 0);
	take_down(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpumask_of(0)));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_data_get_affinity_mask(irq_get_irq_data((unsigned int)irq)), &two));
	bring_up(test);
	give_line_back(irq);
}

static void line_without_any_cpu_left_goes_to_all_and_is_named(struct kunit *test)
{
	int irq = noting_line(test, NULL);
	u64 seq = printk_next_seq();

	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(victim())), 0);
	take_down(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpu_online_mask));
	KUNIT_EXPECT_TRUE(test, logged_since(seq, "was the last of its own"));
	bring_up(test);
	give_line_back(irq);
}

/* Its chip moves it in its next interrupt only: the wish is not forgotten. */
static void line_whose_move_waits_is_moved(struct kunit *test)
{
	int irq = noting_line(test, NULL);

	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(victim())), 0);
	irq_clear_status_flags((unsigned int)irq, IRQ_MOVE_PCNTXT);
	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(0)), 0);
	KUNIT_EXPECT_TRUE(test, irqd_is_setaffinity_pending(irq_get_irq_data((unsigned int)irq)));
	take_down(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpumask_of(0)));
	KUNIT_EXPECT_FALSE(test, irqd_is_setaffinity_pending(irq_get_irq_data((unsigned int)irq)));
	bring_up(test);
	give_line_back(irq);
}

static void line_of_another_cpu_is_left_alone(struct kunit *test)
{
	int irq = noting_line(test, NULL);

	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(0)), 0);
	chip_moves = 0;
	take_down(test);
	bring_up(test);
	KUNIT_EXPECT_EQ(test, chip_moves, 0);
	give_line_back(irq);
}

/* A chip that can keep no more lines on CPU 0 alone. */
static int full_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	if (cpumask_equal(mask, cpumask_of(0)))
		return -ENOSPC;
	return chip_set_affinity(data, mask, force);
}

static void line_whose_other_cpus_are_full_goes_to_all(struct kunit *test)
{
	struct irq_chip full_chip = noting_chip;
	struct cpumask two;
	int irq;

	if (nr_cpu_ids < 3)
		kunit_skip(test, "needs three CPUs");
	irq = noting_line(test, NULL);
	cpumask_clear(&two);
	cpumask_set_cpu(0, &two);
	cpumask_set_cpu(victim(), &two);
	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, &two), 0);
	full_chip.irq_set_affinity = full_set_affinity;
	irq_set_chip((unsigned int)irq, &full_chip);
	take_down(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpu_online_mask));
	bring_up(test);
	give_line_back(irq);
}

static int masked, moved_unmasked;

static void chip_silence(struct irq_data *data)	{ masked++; }
static void chip_let_go(struct irq_data *data)	{ masked--; }

static int silent_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	if (masked != 1)
		moved_unmasked++;
	return chip_set_affinity(data, mask, force);
}

/* The chip can do it while the line is silent only: in its interrupt, or when it is masked. */
static void line_that_is_moved_in_its_interrupt_only_is_masked(struct kunit *test)
{
	struct irq_chip silent_chip = noting_chip;
	int irq = noting_line(test, NULL);

	KUNIT_EXPECT_EQ(test, irq_set_affinity((unsigned int)irq, cpumask_of(victim())), 0);
	silent_chip.irq_mask = chip_silence;
	silent_chip.irq_unmask = chip_let_go;
	silent_chip.irq_set_affinity = silent_set_affinity;
	masked = moved_unmasked = 0;
	irq_set_chip((unsigned int)irq, &silent_chip);
	irq_clear_status_flags((unsigned int)irq, IRQ_MOVE_PCNTXT);
	take_down(test);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpu_online_mask));
	KUNIT_EXPECT_EQ(test, moved_unmasked, 0);
	KUNIT_EXPECT_EQ(test, masked, 0);
	bring_up(test);
	give_line_back(irq);
}

static void managed_line_stops_and_starts_with_its_last_cpu(struct kunit *test)
{
	struct irq_affinity_desc affinity = { .is_managed = 1 };
	int irq;

	cpumask_copy(&affinity.mask, cpumask_of(victim()));
	irq = noting_line(test, &affinity);
	KUNIT_EXPECT_EQ(test, chip_starts, 1);
	take_down(test);
	KUNIT_EXPECT_EQ(test, chip_stops, 1);
	bring_up(test);
	KUNIT_EXPECT_EQ(test, chip_starts, 2);
	give_line_back(irq);

	/* Asked for while its CPU is away. */
	take_down(test);
	irq = noting_line(test, &affinity);
	KUNIT_EXPECT_EQ(test, chip_starts, 0);
	bring_up(test);
	KUNIT_EXPECT_EQ(test, chip_starts, 1);
	give_line_back(irq);
}

static struct irq_affinity_desc managed_on(const struct cpumask *cpus)
{
	struct irq_affinity_desc affinity = { .is_managed = 1 };

	cpumask_copy(&affinity.mask, cpus);
	return affinity;
}

/* Started with some of its CPUs away, it is still given to all of them. */
static void managed_line_keeps_its_mask(struct kunit *test)
{
	struct irq_affinity_desc affinity = managed_on(cpumask_of(0));
	int irq;

	cpumask_set_cpu(victim(), &affinity.mask);
	take_down(test);
	irq = noting_line(test, &affinity);
	KUNIT_EXPECT_EQ(test, chip_starts, 1);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, cpumask_of(0)));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_data_get_affinity_mask(irq_get_irq_data((unsigned int)irq)),
					      &affinity.mask));
	bring_up(test);
	/* The chip may send it there, too. */
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&chip_mask, &affinity.mask));
	give_line_back(irq);
}

/* ---- timers, tasklets ---- */

static atomic_t timer_runs;
static int timer_ran_on;

static void timer_fn(struct timer_list *unused)
{
	WRITE_ONCE(timer_ran_on, (int)raw_smp_processor_id());
	atomic_inc(&timer_runs);
}

static void timer_of_a_cpu_that_goes_runs_elsewhere(struct kunit *test)
{
	struct timer_list near, far;
	bool early;

	atomic_set(&timer_runs, 0);
	timer_setup_on_stack(&near, timer_fn, TIMER_PINNED);
	timer_setup_on_stack(&far, timer_fn, 0);
	near.expires = jiffies + HZ / 2;
	far.expires = jiffies + 100000 * HZ;
	add_timer_on(&near, (int)victim());
	add_timer_on(&far, (int)victim());
	take_down(test);
	early = atomic_read(&timer_runs);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&timer_runs) == 1 || (cond_resched(), false)));
	KUNIT_EXPECT_TRUE(test, early || timer_ran_on != (int)victim());
	KUNIT_EXPECT_EQ(test, timer_delete_sync(&far), 1);
	bring_up(test);
	/* And the wheel turns there again, from this jiffy on. */
	near.expires = jiffies + 1;
	add_timer_on(&near, (int)victim());
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&timer_runs) == 2 || (cond_resched(), false)));
	KUNIT_EXPECT_EQ(test, timer_ran_on, (int)victim());
	timer_delete_sync(&near);
	destroy_timer_on_stack(&near);
	destroy_timer_on_stack(&far);
}

static atomic_t tasklet_runs;

static void tasklet_fn(struct tasklet_struct *unused)
{
	atomic_inc(&tasklet_runs);
}

static void schedule_it(void *tasklet)
{
	tasklet_schedule(tasklet);
}

static void tasklet_parked_on_a_cpu_that_goes_runs_when_enabled(struct kunit *test)
{
	struct tasklet_struct tasklet;

	atomic_set(&tasklet_runs, 0);
	tasklet_setup(&tasklet, tasklet_fn);
	tasklet_disable(&tasklet);
	smp_call_function_single((int)victim(), schedule_it, &tasklet, 1);
	take_down(test);
	KUNIT_EXPECT_EQ(test, atomic_read(&tasklet_runs), 0);
	tasklet_enable(&tasklet);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&tasklet_runs) == 1 || (cond_resched(), false)));
	bring_up(test);
	tasklet_kill(&tasklet);
}

static atomic_t irq_work_runs;

static void count_irq_work(struct irq_work *unused)
{
	atomic_inc(&irq_work_runs);
}

static void queue_irq_work(void *work)
{
	irq_work_queue(work);
}

/* Reported, and not in the way of those that come after. */
static void irq_work_for_a_cpu_that_is_away_runs_when_it_is_back(struct kunit *test)
{
	struct irq_work early = IRQ_WORK_INIT(count_irq_work), late = IRQ_WORK_INIT(count_irq_work);

	atomic_set(&irq_work_runs, 0);
	take_down(test);
	bug_expect(1);
	irq_work_queue_on(&early, (int)victim());
	KUNIT_EXPECT_EQ(test, bug_expect(0), 0U);
	bring_up(test);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&irq_work_runs) == 1));
	smp_call_function_single((int)victim(), queue_irq_work, &late, 1);
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_read(&irq_work_runs) == 2));
}

/* ---- works ---- */

struct placed_work {
	struct work_struct work;
	struct completion begun, go_on;
	unsigned int cpu;
	bool waits;
};

static void placed_fn(struct work_struct *work)
{
	struct placed_work *placed = container_of(work, struct placed_work, work);

	complete(&placed->begun);
	if (placed->waits)
		wait_for_completion(&placed->go_on);
	placed->cpu = raw_smp_processor_id();
}

static void placed_init(struct placed_work *placed, bool waits)
{
	INIT_WORK_ONSTACK(&placed->work, placed_fn);
	init_completion(&placed->begun);
	init_completion(&placed->go_on);
	placed->waits = waits;
	placed->cpu = nr_cpu_ids;
}

static void work_for_a_cpu_that_is_away_runs_elsewhere_and_there_when_it_is_back(struct kunit *test)
{
	struct placed_work placed;

	placed_init(&placed, false);
	take_down(test);
	schedule_work_on((int)victim(), &placed.work);
	flush_work(&placed.work);
	KUNIT_EXPECT_NE(test, placed.cpu, victim());
	KUNIT_EXPECT_LT(test, placed.cpu, nr_cpu_ids);
	bring_up(test);
	schedule_work_on((int)victim(), &placed.work);
	flush_work(&placed.work);
	KUNIT_EXPECT_EQ(test, placed.cpu, victim());
	destroy_work_on_stack(&placed.work);
}

/* Its function sleeps while the CPU goes: it ends elsewhere, or on the CPU, which has come back. */
static void work_that_sleeps_while_its_cpu_goes_ends(struct kunit *test)
{
	struct placed_work first, second;

	placed_init(&first, true);
	placed_init(&second, true);
	schedule_work_on((int)victim(), &first.work);
	schedule_work_on((int)victim(), &second.work);
	wait_for_completion(&first.begun);
	wait_for_completion(&second.begun);
	take_down(test);
	complete(&first.go_on);
	flush_work(&first.work);
	KUNIT_EXPECT_NE(test, first.cpu, victim());
	bring_up(test);
	complete(&second.go_on);
	flush_work(&second.work);
	KUNIT_EXPECT_EQ(test, second.cpu, victim());
	destroy_work_on_stack(&first.work);
	destroy_work_on_stack(&second.work);
}

static int answer_place(void *unused)
{
	return (int)raw_smp_processor_id();
}

static long answer_place_long(void *unused)
{
	return raw_smp_processor_id();
}

static void work_call_on_a_cpu_is_made_there_or_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, smp_call_on_cpu(victim(), answer_place, NULL, false), (int)victim());
	KUNIT_EXPECT_EQ(test, work_on_cpu_safe((int)victim(), answer_place_long, NULL), (long)victim());
	take_down(test);
	KUNIT_EXPECT_EQ(test, smp_call_on_cpu(victim(), answer_place, NULL, false), -ENXIO);
	KUNIT_EXPECT_EQ(test, work_on_cpu_safe((int)victim(), answer_place_long, NULL), -ENODEV);
	KUNIT_EXPECT_EQ(test, smp_call_function_single((int)victim(), schedule_it, NULL, 1), -ENXIO);
	bring_up(test);
}

/* ---- all at once ---- */

/* The simulated machine has scenarios for all of it, thousands of times. */
#define ROUNDS		(scenario_simulated() ? 3 : 50)
#define USERS		3

/* Each kind of use: how often it was asked for, and the highest number that a run saw. */
struct use {
	atomic_t asked, seen, runs;
};

static struct use uses[4];
enum { USE_TIMER, USE_TASKLET, USE_WORK, USE_IRQ_WORK };

static int stop_using;
static struct timer_list load_timer;
static struct work_struct load_work;
static struct irq_work load_irq_work;

static void see(struct use *use)
{
	int now = atomic_read(&use->asked), most = atomic_read(&use->seen);

	while (most < now && !atomic_try_cmpxchg(&use->seen, &most, now))
		;
	atomic_inc(&use->runs);
}

static void load_timer_fn(struct timer_list *unused)
{
	see(&uses[USE_TIMER]);
}

static void load_tasklet_fn(struct tasklet_struct *unused)
{
	see(&uses[USE_TASKLET]);
}

static DECLARE_TASKLET(load_tasklet, load_tasklet_fn);

static void load_work_fn(struct work_struct *unused)
{
	see(&uses[USE_WORK]);
}

static void load_irq_work_fn(struct irq_work *unused)
{
	see(&uses[USE_IRQ_WORK]);
	atomic_inc(&uses[USE_TASKLET].asked);
	tasklet_schedule(&load_tasklet);
}

static void use_all_once(void)
{
	atomic_inc(&uses[USE_TIMER].asked);
	mod_timer(&load_timer, jiffies + 1);
	atomic_inc(&uses[USE_TASKLET].asked);
	tasklet_schedule(&load_tasklet);
	atomic_inc(&uses[USE_WORK].asked);
	schedule_work_on((int)victim(), &load_work);
	atomic_inc(&uses[USE_IRQ_WORK].asked);
	irq_work_queue(&load_irq_work);
	smp_call_function_single((int)victim(), schedule_it, &load_tasklet, 0);
}

static void use_until_told(void *turns)
{
	while (!READ_ONCE(stop_using)) {
		use_all_once();
		++*(unsigned long *)turns;
		schedule_timeout_uninterruptible(1);
	}
}

static bool all_seen(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(uses); i++)
		if (atomic_read(&uses[i].seen) != atomic_read(&uses[i].asked))
			return false;
	return true;
}

static void start_users(struct kunit *test, struct actor *users, unsigned long *turns)
{
	int i;

	memset(uses, 0, sizeof(uses));
	stop_using = 0;
	timer_setup(&load_timer, load_timer_fn, TIMER_PINNED);
	INIT_WORK(&load_work, load_work_fn);
	init_irq_work(&load_irq_work, load_irq_work_fn);
	for (i = 0; i < USERS; i++) {
		turns[i] = 0;
		actor_start(test, &users[i], i ? -1 : (int)victim(), use_until_told, &turns[i]);
	}
}

static void cpu_in_use_goes_and_comes_fifty_times_and_nothing_is_lost(struct kunit *test)
{
	struct actor users[USERS];
	unsigned long turns[USERS];
	int i;

	start_users(test, users, turns);
	for (i = ROUNDS; i; i--) {
		take_down(test);
		bring_up(test);
	}
	/* Each has had a turn, however late it was let run. */
	for (i = 0; i < USERS; i++)
		while (!READ_ONCE(turns[i]))
			schedule_timeout_uninterruptible(1);
	WRITE_ONCE(stop_using, 1);
	for (i = 0; i < USERS; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&users[i]));
	KUNIT_EXPECT_TRUE(test, wait_until(all_seen() || (cond_resched(), false)));
	for (i = 0; i < (int)ARRAY_SIZE(uses); i++)
		KUNIT_EXPECT_GT(test, atomic_read(&uses[i].runs), 0);
	timer_delete_sync(&load_timer);
	tasklet_kill(&load_tasklet);
	cancel_work_sync(&load_work);
	irq_work_sync(&load_irq_work);
}

static struct kunit_case hotplug_cases[] = {
	KUNIT_CASE(idle_cpu_goes_and_comes_back),
	KUNIT_CASE(all_but_the_boot_cpu_go_and_come_back),
	KUNIT_CASE(boot_cpu_is_refused_by_name),
	KUNIT_CASE(wrong_requests_are_told_apart),
	KUNIT_CASE(disabled_hotplug_is_busy_until_each_is_undone),
	KUNIT_CASE(cpu_that_goes_waits_for_readers),
	KUNIT_CASE(task_takes_its_own_cpu_down_and_goes_on_elsewhere),
	KUNIT_CASE(state_is_told_on_each_cpu_and_of_each_that_goes_and_comes),
	KUNIT_CASE(state_without_calls_is_told_only_later),
	KUNIT_CASE(state_whose_startup_fails_somewhere_is_undone_everywhere),
	KUNIT_CASE(state_that_refuses_keeps_the_cpu),
	KUNIT_CASE(cpu_that_cannot_go_is_in_use_again_whoever_refuses),
	KUNIT_CASE(each_step_without_memory_is_undone),
	KUNIT_CASE(state_of_the_prepare_section_may_refuse_upwards_only),
	KUNIT_CASE(state_is_taken_once_and_dynamic_ones_run_out),
	KUNIT_CASE(stopped_machine_calls_once_or_on_each_of_a_mask),
	KUNIT_CASE(stopped_machine_is_in_no_section_of_preemption_off),
	KUNIT_CASE(bound_task_asleep_wakes_on_another_cpu_and_is_named),
	KUNIT_CASE(running_task_is_carried_to_another_cpu),
	KUNIT_CASE(task_cannot_be_bound_to_a_cpu_that_is_away),
	KUNIT_CASE(cpu_whose_bound_thread_does_not_leave_stays),
	KUNIT_CASE(thread_of_a_cpu_parks_and_goes_on_there),
	KUNIT_CASE(thread_of_a_cpu_that_is_away_begins_when_it_comes_or_ends_without_it),
	KUNIT_CASE(line_that_may_go_elsewhere_does_and_keeps_its_mask),
	KUNIT_CASE(line_without_any_cpu_left_goes_to_all_and_is_named),
	KUNIT_CASE(line_whose_move_waits_is_moved),
	KUNIT_CASE(line_of_another_cpu_is_left_alone),
	KUNIT_CASE(line_whose_other_cpus_are_full_goes_to_all),
	KUNIT_CASE(line_that_is_moved_in_its_interrupt_only_is_masked),
	KUNIT_CASE(managed_line_stops_and_starts_with_its_last_cpu),
	KUNIT_CASE(managed_line_keeps_its_mask),
	KUNIT_CASE(timer_of_a_cpu_that_goes_runs_elsewhere),
	KUNIT_CASE(tasklet_parked_on_a_cpu_that_goes_runs_when_enabled),
	KUNIT_CASE(irq_work_for_a_cpu_that_is_away_runs_when_it_is_back),
	KUNIT_CASE(work_for_a_cpu_that_is_away_runs_elsewhere_and_there_when_it_is_back),
	KUNIT_CASE(work_that_sleeps_while_its_cpu_goes_ends),
	KUNIT_CASE(work_call_on_a_cpu_is_made_there_or_refused),
	KUNIT_CASE(cpu_in_use_goes_and_comes_fifty_times_and_nothing_is_lost),
	{}
};

static struct kunit_suite hotplug_suite = {
	.name = "hotplug",
	.init = told_reset,
	.exit = bring_all_back,
	.test_cases = hotplug_cases,
};
kunit_test_suite(hotplug_suite);
