// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: what the flags of a queue and its max_active mean; the system's queues.
 */
#include <linux/interrupt.h>

#include "workqueue.h"

static struct gate_work gates[4];
static struct letter_work letters[4];

static void begin(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gates); i++)
		gate_init(&gates[i], 'a' + i);
	for (i = 0; i < ARRAY_SIZE(letters); i++)
		letter_init(&letters[i], 'W' + i);
	forget_notes();
	atomic_set(&gates_most, 0);
}

/* ---- who runs works of which queue ---- */

struct seen_work {
	struct work_struct work;
	bool in_task, bound;
	int nice;
	char name[TASK_COMM_LEN];
};

static void seen_fn(struct work_struct *work)
{
	struct seen_work *seen = container_of(work, struct seen_work, work);

	seen->in_task = in_task();
	seen->bound = current->nr_cpus_allowed == 1;
	seen->nice = task_nice(current);
	get_task_comm(seen->name, current);
}

/* Each number becomes one '#': which worker it is, is not the question. */
static const char *shape(char *name)
{
	char *from = name, *to = name;
	bool in_number = false;

	for (; *from; from++) {
		bool digit = *from >= '0' && *from <= '9';

		if (!digit || !in_number)
			*to++ = digit ? '#' : *from;
		in_number = digit;
	}
	*to = 0;
	return name;
}

static struct seen_work seen;

/* The name is printed as the queue's; works on CPU 0. */
static void look_at(struct workqueue_struct *wq)
{
	memset(&seen, 0, sizeof(seen));
	INIT_WORK(&seen.work, seen_fn);
	queue_work_on(0, wq, &seen.work);
	flush_work(&seen.work);
}

static void observe_worker(const char *name, struct workqueue_struct *wq)
{
	look_at(wq);
	OBSERVE("workqueue.%s_worker", "%s, nice %d, %s", name, shape(seen.name), seen.nice,
		seen.in_task ? "task" : "not a task");
	if (num_online_cpus() > 1)
		OBSERVE("workqueue.smp_%s_worker_is_bound", "%s", name, yes_no(seen.bound));
}

static void observe_system_queues(void)
{
	observe_worker("system_wq", system_wq);
	observe_worker("system_highpri_wq", system_highpri_wq);
	observe_worker("system_long_wq", system_long_wq);
	observe_worker("system_unbound_wq", system_unbound_wq);
	observe_worker("system_freezable_wq", system_freezable_wq);
	observe_worker("system_power_efficient_wq", system_power_efficient_wq);
	observe_worker("system_freezable_power_efficient_wq", system_freezable_power_efficient_wq);
}

static void observe_kind(const char *name, struct workqueue_struct *wq)
{
	if (!wq)
		return;
	observe_worker(name, wq);
	destroy_workqueue(wq);
}

static void observe_kinds(void)
{
	observe_kind("no_flags", alloc_workqueue("kind", 0, 0));
	observe_kind("highpri", alloc_workqueue("kind", WQ_HIGHPRI, 0));
	observe_kind("unbound", alloc_workqueue("kind", WQ_UNBOUND, 0));
	observe_kind("unbound_highpri", alloc_workqueue("kind", WQ_UNBOUND | WQ_HIGHPRI, 0));
	observe_kind("cpu_intensive", alloc_workqueue("kind", WQ_CPU_INTENSIVE, 0));
	observe_kind("mem_reclaim", alloc_workqueue("kind", WQ_MEM_RECLAIM, 0));
	observe_kind("freezable", alloc_workqueue("kind", WQ_FREEZABLE, 0));
	observe_kind("ordered", alloc_ordered_workqueue("kind", 0));
	observe_kind("create_workqueue", create_workqueue("kind"));
	observe_kind("create_singlethread_workqueue", create_singlethread_workqueue("kind"));
	observe_kind("create_freezable_workqueue", create_freezable_workqueue("kind"));
	observe_kind("name_is_a_format", alloc_workqueue("kind-%s-%d", 0, 0, "of", 7));
}

/* ---- max_active ---- */

/* Gates a to d go to @wq, where @most may be inside at once: these are inside on return. */
static void queue_gates(struct workqueue_struct *wq, unsigned int most)
{
	unsigned int i;

	begin();
	for (i = 0; i < ARRAY_SIZE(gates); i++) {
		queue_work_on(0, wq, &gates[i].work);
		if (i < most && !arrives(&gates[i].inside))
			note('?');
	}
}

static void end_gates(unsigned int from)
{
	unsigned int i;

	for (i = from; i < ARRAY_SIZE(gates); i++)
		gate_end(&gates[i]);
}

static void observe_max_active_of(const char *name, struct workqueue_struct *wq, unsigned int most)
{
	if (!wq)
		return;
	queue_gates(wq, most);
	/* One more that might begin would, before these. */
	queue_work_on(0, system_wq, &letters[0].work);
	flush_work(&letters[0].work);
	queue_work(system_unbound_wq, &letters[1].work);
	flush_work(&letters[1].work);
	OBSERVE("workqueue.%s_begin", "%s", name, noted());
	OBSERVE("workqueue.%s_is_congested", "%d", name, workqueue_congested(0, wq));
	end_gates(0);
	OBSERVE("workqueue.%s_most_at_once", "%d", name, atomic_read(&gates_most));
	OBSERVE("workqueue.%s_is_congested_after", "%d", name, workqueue_congested(0, wq));
	destroy_workqueue(wq);
}

static void observe_max_active(void)
{
	observe_max_active_of("max_active_1", alloc_workqueue("max", 0, 1), 1);
	observe_max_active_of("max_active_2", alloc_workqueue("max", 0, 2), 2);
	observe_max_active_of("max_active_0", alloc_workqueue("max", 0, 0), 4);
	observe_max_active_of("unbound_max_active_1", alloc_workqueue("max", WQ_UNBOUND, 1), 1);
	observe_max_active_of("unbound_max_active_2", alloc_workqueue("max", WQ_UNBOUND, 2), 2);
	observe_max_active_of("create_workqueue", create_workqueue("max"), 1);
	observe_max_active_of("create_singlethread_workqueue",
			      create_singlethread_workqueue("max"), 1);
	observe_max_active_of("ordered", alloc_ordered_workqueue("max", 0), 1);
}

/* A place becomes free: the oldest that waits takes it. */
static void observe_next_in_line(void)
{
	struct workqueue_struct *wq = alloc_workqueue("line", 0, 2);

	queue_gates(wq, 2);
	gate_end(&gates[1]);
	arrives(&gates[2].inside);
	gate_end(&gates[0]);
	arrives(&gates[3].inside);
	end_gates(2);
	OBSERVE("workqueue.max_active_next_in_line", "%s", noted());

	queue_gates(wq, 2);
	workqueue_set_max_active(wq, 4);
	OBSERVE("workqueue.max_active_raised_third_begins", "%d", arrives(&gates[2].inside));
	OBSERVE("workqueue.max_active_raised_fourth_begins", "%d", arrives(&gates[3].inside));
	end_gates(0);

	workqueue_set_max_active(wq, 1);
	queue_gates(wq, 1);
	queue_work_on(0, system_wq, &letters[0].work);
	flush_work(&letters[0].work);
	OBSERVE("workqueue.max_active_lowered", "%s", noted());
	end_gates(0);
	destroy_workqueue(wq);
}

/* ---- ordered ---- */

static void observe_ordered(void)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	unsigned int i;

	begin();
	for (i = 0; i < ARRAY_SIZE(gates); i++) {
		complete(&gates[i].open);
		queue_work(wq, &gates[i].work);
	}
	flush_workqueue(wq);
	OBSERVE("workqueue.ordered_that_sleep", "%s", noted());

	/* From several CPUs, if there are. */
	begin();
	gate_start(&gates[0], wq);
	for (i = 1; i < ARRAY_SIZE(gates); i++) {
		complete(&gates[i].open);
		queue_work_on(i % num_online_cpus(), wq, &gates[i].work);
	}
	gate_end(&gates[0]);
	flush_workqueue(wq);
	OBSERVE("workqueue.ordered_from_several_cpus", "%s", noted());
	OBSERVE("workqueue.ordered_most_inside", "%d", atomic_read(&gates_most));
	destroy_workqueue(wq);
}

/* ---- a function that does not sleep ---- */

static struct {
	struct work_struct work;
	bool saw;
} spinner;

/* Until another work has noted something: it never sleeps, but gives way. */
static void spinner_fn(struct work_struct *work)
{
	unsigned long end = jiffies + PATIENCE;

	while (!READ_ONCE(notes.text[0]) && time_before(jiffies, end))
		cond_resched();
	spinner.saw = READ_ONCE(notes.text[0]);
}

static void observe_cpu_intensive(void)
{
	struct workqueue_struct *wq = alloc_workqueue("intensive", WQ_CPU_INTENSIVE, 0);

	begin();
	INIT_WORK(&spinner.work, spinner_fn);
	preempt_disable();
	queue_work(wq, &spinner.work);
	queue_work(system_wq, &letters[0].work);
	preempt_enable();
	flush_work(&spinner.work);
	OBSERVE("workqueue.cpu_intensive_holds_up_others", "%s", yes_no(!spinner.saw));
	flush_work(&letters[0].work);
	destroy_workqueue(wq);

	wq = alloc_workqueue("spinning", WQ_UNBOUND, 0);
	begin();
	queue_work(wq, &spinner.work);
	queue_work(wq, &letters[0].work);
	flush_work(&spinner.work);
	OBSERVE("workqueue.unbound_holds_up_others", "%s", yes_no(!spinner.saw));
	flush_work(&letters[0].work);
	destroy_workqueue(wq);
}

/* ---- two queues, one work ---- */

static void observe_another_queue(void)
{
	struct workqueue_struct *wq = alloc_workqueue("another", 0, 0);

	begin();
	gate_start(&gates[0], system_wq);
	OBSERVE("workqueue.queue_running_on_another_queue", "%d",
		queue_work_on(0, wq, &gates[0].work));
	queue_work_on(0, wq, &letters[0].work);
	flush_work(&letters[0].work);
	complete(&gates[0].open);
	arrives(&gates[0].inside);
	gate_end(&gates[0]);
	OBSERVE("workqueue.running_on_another_queue_runs_after", "%s", noted());

	if (num_online_cpus() > 1) {
		begin();
		gate_start(&gates[0], system_wq);
		queue_work_on(1, wq, &gates[0].work);
		queue_work_on(1, wq, &letters[0].work);
		flush_work(&letters[0].work);
		OBSERVE("workqueue.smp_running_on_another_queue_and_cpu", "%s", noted());
		complete(&gates[0].open);
		arrives(&gates[0].inside);
		gate_end(&gates[0]);
		flush_workqueue(wq);
	}
	destroy_workqueue(wq);
}

static void observe_limits_per_cpu(void)
{
	struct workqueue_struct *wq;

	if (num_online_cpus() < 2)
		return;
	wq = alloc_workqueue("per_cpu", 0, 1);
	begin();
	queue_work_on(0, wq, &gates[0].work);
	queue_work_on(1, wq, &gates[1].work);
	arrives(&gates[0].inside);
	arrives(&gates[1].inside);
	OBSERVE("workqueue.smp_max_active_1_on_two_cpus", "%d", atomic_read(&gates_most));
	complete(&gates[1].open);
	flush_work(&gates[1].work);
	complete(&gates[0].open);
	flush_work(&gates[0].work);
	destroy_workqueue(wq);

	wq = alloc_workqueue("in_all", WQ_UNBOUND, 2);
	begin();
	queue_work_on(0, wq, &gates[0].work);
	queue_work_on(1, wq, &gates[1].work);
	queue_work_on(0, wq, &gates[2].work);
	queue_work_on(1, wq, &gates[3].work);
	arrives(&gates[0].inside);
	arrives(&gates[1].inside);
	OBSERVE("workqueue.smp_unbound_max_active_2_is_congested", "%d",
		workqueue_congested(0, wq));
	end_gates(0);
	OBSERVE("workqueue.smp_unbound_max_active_2_most_at_once", "%d", atomic_read(&gates_most));
	destroy_workqueue(wq);
}

/* ---- small ones ---- */

static long forty_two(void *arg)
{
	note('L');
	return (long)arg + 40;
}

static struct execute_work executed;
static int executed_in_softirq;

static void executed_fn(struct work_struct *work)
{
	note(in_task() ? 'T' : 'S');
}

static void execute_tasklet_fn(struct tasklet_struct *tasklet)
{
	executed_in_softirq = execute_in_process_context(executed_fn, &executed);
}

static void observe_small_ones(void)
{
	struct tasklet_struct tasklet;

	begin();
	OBSERVE("workqueue.work_on_cpu", "%ld", work_on_cpu(0, forty_two, (void *)2));
	OBSERVE("workqueue.work_on_cpu_ran", "%s", noted());

	begin();
	OBSERVE("workqueue.execute_in_task", "%d", execute_in_process_context(executed_fn, &executed));
	tasklet_setup(&tasklet, execute_tasklet_fn);
	tasklet_schedule(&tasklet);
	tasklet_kill(&tasklet);
	flush_work(&executed.work);
	OBSERVE("workqueue.execute_in_softirq", "%d", executed_in_softirq);
	OBSERVE("workqueue.executed", "%s", noted());
}

static int __init workqueue_kinds_conformance_init(void)
{
	stay_on_cpu_0();
	observe_system_queues();
	observe_kinds();
	observe_max_active();
	observe_next_in_line();
	observe_ordered();
	observe_cpu_intensive();
	observe_another_queue();
	observe_limits_per_cpu();
	observe_small_ones();
	leave_cpu_0();
	return 0;
}

static void __exit workqueue_kinds_conformance_exit(void)
{
}

module_init(workqueue_kinds_conformance_init);
module_exit(workqueue_kinds_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: workqueues, flags and limits");
