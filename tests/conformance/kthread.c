// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel threads: making, waking, stopping, parking, binding; names, data, priorities.
 *
 * What
 *	Threads tell what they do through a trail of letters; who looks waits for the letter, or for the
 *	state that the thread sleeps in, never for a time.
 */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>

#include "actors.h"
#include "observe.h"

static struct trail trail;

/* What a thread that waits does: sleep until it is asked to stop. */
static void sleep_until_stop(unsigned int state)
{
	for (;;) {
		set_current_state(state);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

static bool sleeps(struct task_struct *thread, unsigned int states)
{
	return in_the_end(READ_ONCE(thread->__state) & states);
}

/* Its argument is its result. */
static int return_argument(void *data)
{
	trail_add(&trail, 'r');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	trail_add(&trail, 's');
	return (int)(long)data;
}

static struct task_struct *create(int (*fn)(void *data), void *data)
{
	trail_clear(&trail);
	return kthread_create(fn, data, "observed");
}

/* Started, and it has said so. */
static struct task_struct *run(int (*fn)(void *data), void *data)
{
	struct task_struct *thread = create(fn, data);

	wake_up_process(thread);
	in_the_end(atomic_read(&trail.count));
	return thread;
}

/* ---- from creation to the end ---- */

static void nothing(struct actor *actor)
{
}

static void observe_start(void)
{
	static struct actor actor;
	struct task_struct *thread = create(return_argument, (void *)42);
	bool passed = actor_start(&actor, 'a', nothing) && actor_join(&actor);

	/* Another one came and went meanwhile. */
	OBSERVE("kthread.created_ran_before_its_wake_up", "%s, another did: %s",
		yes_no(atomic_read(&trail.count)), yes_no(passed));
	OBSERVE("kthread.created_is_running", "%s", yes_no(task_is_running(thread)));
	OBSERVE("kthread.wake_up_process_of_a_created_one", "%d", wake_up_process(thread));
	in_the_end(atomic_read(&trail.count));
	OBSERVE("kthread.stop_returns", "%d", kthread_stop(thread));
	OBSERVE("kthread.order_of_run_and_stop", "%s", trail.text);

	thread = run(return_argument, (void *)-5L);
	OBSERVE("kthread.stop_returns_an_error", "%d", kthread_stop(thread));
	thread = run(return_argument, (void *)0x12345678L);
	OBSERVE("kthread.stop_returns_a_large_value", "%#x", kthread_stop(thread));

	thread = create(return_argument, (void *)42);
	OBSERVE("kthread.stop_before_the_first_run", "%d", kthread_stop(thread));
	OBSERVE("kthread.stopped_before_its_first_run_ran", "%s", yes_no(atomic_read(&trail.count)));
}

/* Runnable until told: it never sleeps meanwhile. */
static atomic_t may_end;

static int be_runnable(void *data)
{
	while (!atomic_read(&may_end))
		cond_resched();
	sleep_until_stop(TASK_INTERRUPTIBLE);
	return 0;
}

static int sleep_uninterruptible(void *data)
{
	sleep_until_stop(TASK_UNINTERRUPTIBLE);
	return 7;
}

static int look_after_wake_up(void *data)
{
	set_current_state(TASK_INTERRUPTIBLE);
	schedule();
	trail_add(&trail, task_is_running(current) ? 'w' : '?');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	return 0;
}

static void observe_wake_up(void)
{
	struct task_struct *thread;
	int first, second;

	atomic_set(&may_end, 0);
	thread = create(be_runnable, NULL);
	first = wake_up_process(thread);
	second = wake_up_process(thread);
	OBSERVE("kthread.wake_up_process_twice", "%d %d", first, second);
	atomic_set(&may_end, 1);
	kthread_stop(thread);

	OBSERVE("kthread.wake_up_process_of_the_caller", "%d", wake_up_process(current));
	set_current_state(TASK_INTERRUPTIBLE);
	first = wake_up_process(current);
	second = get_current_state() == TASK_RUNNING;
	__set_current_state(TASK_RUNNING);
	OBSERVE("kthread.wake_up_process_of_the_caller_about_to_sleep", "%d, running %s", first,
		yes_no(second));

	thread = create(look_after_wake_up, NULL);
	wake_up_process(thread);
	sleeps(thread, TASK_INTERRUPTIBLE);
	first = wake_up_process(thread);
	in_the_end(atomic_read(&trail.count));
	OBSERVE("kthread.wake_up_process_of_a_sleeper", "%d %s", first, trail.text);
	kthread_stop(thread);

	thread = create(sleep_uninterruptible, NULL);
	wake_up_process(thread);
	sleeps(thread, TASK_UNINTERRUPTIBLE);
	OBSERVE("kthread.stop_of_an_uninterruptible_sleeper", "%d", kthread_stop(thread));
}

static int say_what_is_asked(void *data)
{
	bool frozen = true;

	trail_add(&trail, kthread_should_stop() ? 'S' : '-');
	trail_add(&trail, kthread_should_park() ? 'P' : '-');
	trail_add(&trail, kthread_freezable_should_stop(&frozen) ? 'S' : '-');
	trail_add(&trail, frozen ? 'F' : '-');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	trail_add(&trail, kthread_should_stop() ? 'S' : '-');
	trail_add(&trail, kthread_should_park() ? 'P' : '-');
	trail_add(&trail, kthread_freezable_should_stop(NULL) ? 'S' : '-');
	return 0;
}

static void observe_questions(void)
{
	struct task_struct *thread = create(say_what_is_asked, NULL);

	wake_up_process(thread);
	in_the_end(atomic_read(&trail.count) == 4);
	kthread_stop(thread);
	OBSERVE("kthread.should_stop_and_park_before_and_after_stop", "%s", trail.text);
}

/* ---- ending by itself ---- */

static DECLARE_COMPLETION(ended);

static int exit_by_itself(void *data)
{
	kthread_complete_and_exit(&ended, 11);
}

static int exit_without_completion(void *data)
{
	kthread_complete_and_exit(NULL, 12);
}

static int return_by_itself(void *data)
{
	complete(&ended);
	return 13;
}

/* With a reference, a thread can be asked for its result when it has gone. */
static int result_afterwards(int (*fn)(void *data), bool completes)
{
	struct task_struct *thread = create(fn, NULL);
	int result;

	reinit_completion(&ended);
	get_task_struct(thread);
	wake_up_process(thread);
	if (completes)
		arrives(&ended);
	else
		in_the_end(READ_ONCE(thread->__state) & TASK_DEAD);
	result = kthread_stop(thread);
	put_task_struct(thread);
	return result;
}

static void observe_end(void)
{
	OBSERVE("kthread.stop_after_complete_and_exit", "%d", result_afterwards(exit_by_itself, true));
	OBSERVE("kthread.stop_after_exit", "%d", result_afterwards(exit_without_completion, false));
	OBSERVE("kthread.stop_after_return", "%d", result_afterwards(return_by_itself, true));
}

/* ---- parking ---- */

static int park_when_asked(void *data)
{
	trail_add(&trail, 'r');
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		if (kthread_should_park()) {
			__set_current_state(TASK_RUNNING);
			trail_add(&trail, 'p');
			kthread_parkme();
			trail_add(&trail, kthread_should_park() ? '?' : 'u');
			continue;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	trail_add(&trail, 's');
	return 21;
}

static void observe_park(void)
{
	struct task_struct *thread = run(park_when_asked, NULL);

	OBSERVE("kthread.park_returns", "%d", kthread_park(thread));
	OBSERVE("kthread.parked_is_in_state_parked", "%s", yes_no(READ_ONCE(thread->__state) & TASK_PARKED));
	OBSERVE("kthread.wake_up_process_of_a_parked_one", "%d", wake_up_process(thread));
	kthread_unpark(thread);
	in_the_end(atomic_read(&trail.count) == 3);
	OBSERVE("kthread.trail_of_park_and_unpark", "%s", trail.text);
	kthread_unpark(thread);
	OBSERVE("kthread.park_again_returns", "%d", kthread_park(thread));
	OBSERVE("kthread.trail_of_unpark_twice_and_park", "%s", trail.text);
	OBSERVE("kthread.stop_of_a_parked_one", "%d", kthread_stop(thread));
	OBSERVE("kthread.trail_of_stop_while_parked", "%s", trail.text);

	thread = create(park_when_asked, NULL);
	OBSERVE("kthread.park_before_the_first_run", "%d, function called %s", kthread_park(thread),
		yes_no(atomic_read(&trail.count)));
	kthread_unpark(thread);
	in_the_end(atomic_read(&trail.count));
	OBSERVE("kthread.unpark_before_the_first_run", "%s", trail.text);
	kthread_stop(thread);

	thread = create(park_when_asked, NULL);
	kthread_park(thread);
	OBSERVE("kthread.stop_while_parked_before_the_first_run", "%d", kthread_stop(thread));
	OBSERVE("kthread.trail_of_stop_while_parked_before_the_first_run", "%s", trail.text);
}

static int park_oneself(void *data)
{
	kthread_parkme();
	trail_add(&trail, 'n');
	trail_add(&trail, kthread_park(current) == 0 ? '0' : '?');
	trail_add(&trail, kthread_should_park() ? 'P' : '-');
	kthread_parkme();
	trail_add(&trail, 'u');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	return 0;
}

static void observe_park_oneself(void)
{
	struct task_struct *thread = create(park_oneself, NULL);

	wake_up_process(thread);
	in_the_end(atomic_read(&trail.count) == 3);
	sleeps(thread, TASK_PARKED);
	trail_add(&trail, '|');
	kthread_unpark(thread);
	in_the_end(atomic_read(&trail.count) == 5);
	OBSERVE("kthread.trail_of_parking_oneself", "%s", trail.text);
	kthread_stop(thread);
}

/* ---- what it is ---- */

static struct task_struct *self;
static bool told[4];

static int say_who_i_am(void *data)
{
	self = current;
	told[0] = !!(current->flags & PF_KTHREAD);
	told[1] = !!in_task();
	told[2] = !!in_atomic() || irqs_disabled();
	trail_add(&trail, 'r');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	return 0;
}

static void observe_identity(void)
{
	static int data;
	struct task_struct *thread = run(say_who_i_am, &data);
	long nice;

	OBSERVE("kthread.current_is_what_create_returned", "%s", yes_no(self == thread));
	OBSERVE("kthread.flags_say_kthread", "%s", yes_no(told[0]));
	OBSERVE("kthread.in_task", "%s, atomic or irqs off: %s", yes_no(told[1]), yes_no(told[2]));
	OBSERVE("kthread.data_is_its_argument", "%s", yes_no(kthread_data(thread) == &data));
	OBSERVE("kthread.func_is_its_function", "%s", yes_no(kthread_func(thread) == (void *)say_who_i_am));
	OBSERVE("kthread.func_of_no_kthread_is_null", "%s",
		yes_no(current->flags & PF_KTHREAD || !kthread_func(current)));
	kthread_stop(thread);

	thread = kthread_create(return_argument, NULL, "name/%d-%s", 7, "x");
	OBSERVE("kthread.name", "%s", thread->comm);
	kthread_stop(thread);
	thread = kthread_create(return_argument, NULL, "sixteen-letters-and-more");
	OBSERVE("kthread.long_name", "%s", thread->comm);
	kthread_stop(thread);

	nice = task_nice(current);
	set_user_nice(current, 5);
	thread = create(return_argument, NULL);
	set_user_nice(current, nice);
	OBSERVE("kthread.nice_when_its_maker_has_5", "%d", task_nice(thread));
	kthread_stop(thread);
}

#define OBSERVE_PRIORITY(name, thread)						\
	OBSERVE("kthread." name, "policy %u, real-time %u, nice %d, priority %d",	\
		(thread)->policy, (thread)->rt_priority, task_nice(thread), (thread)->prio)

static void observe_priorities(void)
{
	struct task_struct *thread = create(return_argument, NULL);

	OBSERVE_PRIORITY("created_has", thread);
	sched_set_fifo(thread);
	OBSERVE_PRIORITY("sched_set_fifo_gives", thread);
	set_user_nice(thread, 5);
	OBSERVE_PRIORITY("set_user_nice_of_a_fifo_one_gives", thread);
	sched_set_fifo_low(thread);
	OBSERVE_PRIORITY("sched_set_fifo_low_gives", thread);
	sched_set_normal(thread, -3);
	OBSERVE_PRIORITY("sched_set_normal_gives", thread);
	set_user_nice(thread, 19);
	OBSERVE_PRIORITY("set_user_nice_gives", thread);
	set_user_nice(thread, 20);
	OBSERVE_PRIORITY("set_user_nice_out_of_range_gives", thread);
	set_user_nice(thread, -20);
	OBSERVE_PRIORITY("set_user_nice_lowest_gives", thread);
	kthread_stop(thread);
}

/* ---- where it runs ---- */

static unsigned int seen_cpu;

static int say_where(void *data)
{
	seen_cpu = raw_smp_processor_id();
	trail_add(&trail, 'r');
	sleep_until_stop(TASK_INTERRUPTIBLE);
	return 0;
}

/* Woken; where it ran. It is gone then. */
static unsigned int cpu_of(struct task_struct *thread)
{
	trail_clear(&trail);
	wake_up_process(thread);
	in_the_end(atomic_read(&trail.count));
	kthread_stop(thread);
	return seen_cpu;
}

static void observe_places(unsigned int last)
{
	static cpumask_t none;
	struct task_struct *thread = create(say_where, NULL);
	int refused, taken;

	OBSERVE("kthread.created_may_use_all_cpus", "%s",
		yes_no(cpumask_subset(cpu_online_mask, &thread->cpus_mask)));
	refused = set_cpus_allowed_ptr(thread, &none);
	taken = set_cpus_allowed_ptr(thread, cpumask_of(last));
	OBSERVE("kthread.set_cpus_allowed_to_none", "%d", refused);
	OBSERVE("kthread.set_cpus_allowed_to_one", "%d, runs there %s", taken,
		yes_no(cpu_of(thread) == last));

	thread = create(say_where, NULL);
	kthread_bind(thread, last);
	OBSERVE("kthread.bound_may_use_one_cpu", "%s",
		yes_no(cpumask_equal(&thread->cpus_mask, cpumask_of(last))));
	OBSERVE("kthread.bound_runs_there", "%s", yes_no(cpu_of(thread) == last));
	thread = create(say_where, NULL);
	kthread_bind(thread, last);
	taken = set_cpus_allowed_ptr(thread, cpumask_of(cpumask_first(cpu_online_mask)));
	OBSERVE("kthread.set_cpus_allowed_of_a_bound_one", "%d, moves %s", taken,
		yes_no(cpu_of(thread) == cpumask_first(cpu_online_mask)));

	thread = kthread_create_on_cpu(say_where, NULL, last, "on/%u");
	OBSERVE("kthread.create_on_cpu_is_named_for_it", "%s", yes_no(thread->comm[3] == (char)('0' + last)));
	OBSERVE("kthread.create_on_cpu_runs_there", "%s", yes_no(cpu_of(thread) == last));
	thread = kthread_create_on_cpu(say_where, NULL, last, "on/%u");
	refused = kthread_park(thread);
	kthread_unpark(thread);
	OBSERVE("kthread.create_on_cpu_parked_and_unparked", "%d, runs there %s", refused,
		yes_no(cpu_of(thread) == last));
}

static int __init kthread_module_init(void)
{
	observe_start();
	observe_wake_up();
	observe_questions();
	observe_end();
	observe_park();
	observe_park_oneself();
	observe_identity();
	observe_priorities();
	observe_places(cpumask_last(cpu_online_mask));
	return 0;
}

static void __exit kthread_module_exit(void)
{
}

module_init(kthread_module_init);
module_exit(kthread_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: kernel threads");
