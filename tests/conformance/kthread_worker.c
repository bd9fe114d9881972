// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers of kernel threads' works: what queueing, cancelling and flushing return, and the order of runs.
 *
 * What
 *	A work that blocks (run_until_told) keeps the worker busy, so that what is queued behind it is
 *	surely still queued when it is looked at.
 */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "actors.h"
#include "observe.h"

struct lettered_work {
	struct kthread_work work;
	char letter;
};

static struct trail trail;
static struct kthread_worker *worker;

static void add_letter(struct kthread_work *work)
{
	trail_add(&trail, container_of(work, struct lettered_work, work)->letter);
}

static struct lettered_work a = { .letter = 'a' };
static struct lettered_work b = { .letter = 'b' };
static struct lettered_work c = { .letter = 'c' };

/* ---- one that takes until it is told ---- */

static struct completion running, may_end;
static struct kthread_work blocker;

static void run_until_told(struct kthread_work *work)
{
	trail_add(&trail, '[');
	complete(&running);
	arrives(&may_end);
	trail_add(&trail, ']');
}

static void start_blocker(void)
{
	trail_clear(&trail);
	reinit_completion(&running);
	reinit_completion(&may_end);
	kthread_queue_work(worker, &blocker);
	arrives(&running);
}

static void end_blocker(void)
{
	complete(&may_end);
	kthread_flush_worker(worker);
}

static void observe_queueing(void)
{
	bool first, again;

	trail_clear(&trail);
	first = kthread_queue_work(worker, &a.work);
	kthread_flush_work(&a.work);
	again = kthread_queue_work(worker, &a.work);
	kthread_flush_work(&a.work);
	OBSERVE("kthread_worker.queue_of_an_idle_work", "%d, after its run %d, runs %s", first, again,
		trail.text);

	start_blocker();
	first = kthread_queue_work(worker, &a.work);
	again = kthread_queue_work(worker, &a.work);
	end_blocker();
	OBSERVE("kthread_worker.queue_of_a_queued_work", "%d, then %d, runs %s", first, again, trail.text);

	start_blocker();
	kthread_queue_work(worker, &c.work);
	kthread_queue_work(worker, &a.work);
	kthread_queue_work(worker, &b.work);
	end_blocker();
	OBSERVE("kthread_worker.order_of_c_a_b", "%s", trail.text);

	start_blocker();
	first = kthread_queue_work(worker, &blocker);
	again = kthread_queue_work(worker, &blocker);
	complete(&may_end);
	end_blocker();
	OBSERVE("kthread_worker.queue_of_a_running_work", "%d, then %d, runs %s", first, again, trail.text);
}

static void observe_cancelling(void)
{
	bool cancelled;

	OBSERVE("kthread_worker.cancel_of_an_idle_work", "%d", kthread_cancel_work_sync(&a.work));

	start_blocker();
	kthread_queue_work(worker, &a.work);
	kthread_queue_work(worker, &b.work);
	cancelled = kthread_cancel_work_sync(&a.work);
	end_blocker();
	OBSERVE("kthread_worker.cancel_of_a_queued_work", "%d, runs %s", cancelled, trail.text);

	start_blocker();
	kthread_queue_work(worker, &a.work);
	kthread_queue_work(worker, &b.work);
	kthread_cancel_work_sync(&a.work);
	cancelled = kthread_queue_work(worker, &a.work);
	end_blocker();
	OBSERVE("kthread_worker.queue_after_cancel", "%d, runs %s", cancelled, trail.text);
}

static void cancel_blocker(struct actor *actor)
{
	actor->result = kthread_cancel_work_sync(&blocker);
	trail_add(&trail, actor->mark);
}

static void flush_blocker(struct actor *actor)
{
	kthread_flush_work(&blocker);
	trail_add(&trail, actor->mark);
}

static void flush_all(struct actor *actor)
{
	kthread_flush_worker(worker);
	trail_add(&trail, actor->mark);
}

/* Others wait while it runs. */
static void observe_waiting(void)
{
	static struct actor actor;
	bool queued;

	start_blocker();
	actor_start_asleep(&actor, 'k', cancel_blocker);
	queued = kthread_queue_work(worker, &blocker);
	complete(&may_end);
	actor_join(&actor);
	OBSERVE("kthread_worker.cancel_of_a_running_work", "%ld, order %s", actor.result, trail.text);
	OBSERVE("kthread_worker.queue_while_it_is_being_cancelled", "%d", queued);

	start_blocker();
	kthread_queue_work(worker, &blocker);
	actor_start_asleep(&actor, 'k', cancel_blocker);
	complete(&may_end);
	actor_join(&actor);
	end_blocker();
	OBSERVE("kthread_worker.cancel_of_a_running_and_queued_work", "%ld, order %s", actor.result,
		trail.text);

	start_blocker();
	kthread_queue_work(worker, &a.work);
	actor_start_asleep(&actor, 'f', flush_blocker);
	complete(&may_end);
	actor_join(&actor);
	end_blocker();
	OBSERVE("kthread_worker.flush_of_a_running_work_waits_for_it", "%s", yes_no(trail.text[1] == ']'));

	start_blocker();
	kthread_queue_work(worker, &a.work);
	actor_start_asleep(&actor, 'f', flush_all);
	kthread_queue_work(worker, &b.work);
	complete(&may_end);
	actor_join(&actor);
	end_blocker();
	OBSERVE("kthread_worker.flush_worker_waits_for_what_was_queued", "%s",
		yes_no(strchr(trail.text, 'f') > strchr(trail.text, 'a')));
}

/* ---- from inside ---- */

static int rounds;
static bool requeued;

static void queue_oneself(struct kthread_work *work)
{
	trail_add(&trail, 'q');
	if (--rounds)
		requeued = kthread_queue_work(worker, work);
}

static void queue_others(struct kthread_work *work)
{
	kthread_queue_work(worker, &b.work);
	trail_add(&trail, 'o');
	kthread_queue_work(worker, &c.work);
}

static bool in_its_thread;
static char name[TASK_COMM_LEN];

static void look_around(struct kthread_work *work)
{
	in_its_thread = current == worker->task;
	strscpy(name, current->comm, sizeof(name));
}

static struct completion freed;

static void free_oneself(struct kthread_work *work)
{
	kfree(work);
	complete(&freed);
}

static void observe_from_inside(void)
{
	struct kthread_work work, *own;

	rounds = 3;
	trail_clear(&trail);
	kthread_init_work(&work, queue_oneself);
	kthread_queue_work(worker, &work);
	in_the_end(atomic_read(&trail.count) == 3);
	kthread_flush_worker(worker);
	OBSERVE("kthread_worker.queueing_oneself", "%d, runs %s", requeued, trail.text);

	kthread_init_work(&work, queue_others);
	start_blocker();
	kthread_queue_work(worker, &work);
	kthread_queue_work(worker, &a.work);
	end_blocker();
	kthread_flush_worker(worker);
	OBSERVE("kthread_worker.works_queued_by_a_work", "%s", trail.text);

	kthread_init_work(&work, look_around);
	kthread_queue_work(worker, &work);
	kthread_flush_work(&work);
	OBSERVE("kthread_worker.runs_in_its_thread", "%s, named %s", yes_no(in_its_thread), name);

	own = kmalloc(sizeof(*own), GFP_KERNEL);
	init_completion(&freed);
	kthread_init_work(own, free_oneself);
	kthread_queue_work(worker, own);
	OBSERVE("kthread_worker.work_that_frees_itself_runs", "%s",
		yes_no(arrives(&freed)));
}

/* ---- later ---- */

static struct kthread_delayed_work later;
#define FAR_AWAY	(1000 * HZ)

static void add_d(struct kthread_work *work)
{
	trail_add(&trail, 'd');
}

static void observe_delayed(void)
{
	bool first, second, third;

	trail_clear(&trail);
	kthread_init_delayed_work(&later, add_d);
	first = kthread_queue_delayed_work(worker, &later, FAR_AWAY);
	second = kthread_queue_delayed_work(worker, &later, FAR_AWAY);
	third = kthread_queue_work(worker, &later.work);
	OBSERVE("kthread_worker.queue_delayed", "%d, again %d, without a delay %d", first, second, third);
	first = kthread_cancel_delayed_work_sync(&later);
	second = kthread_cancel_delayed_work_sync(&later);
	OBSERVE("kthread_worker.cancel_delayed", "%d, again %d, runs '%s'", first, second, trail.text);

	first = kthread_mod_delayed_work(worker, &later, FAR_AWAY);
	second = kthread_mod_delayed_work(worker, &later, FAR_AWAY);
	third = kthread_mod_delayed_work(worker, &later, 0);
	in_the_end(atomic_read(&trail.count));
	OBSERVE("kthread_worker.mod_delayed", "idle %d, armed %d, to now %d, runs %s", first, second, third,
		trail.text);

	trail_clear(&trail);
	first = kthread_queue_delayed_work(worker, &later, 0);
	kthread_flush_work(&later.work);
	OBSERVE("kthread_worker.queue_delayed_by_0", "%d, runs %s", first, trail.text);

	trail_clear(&trail);
	kthread_queue_delayed_work(worker, &later, 2);
	in_the_end(atomic_read(&trail.count));
	OBSERVE("kthread_worker.queue_delayed_by_2", "runs %s", trail.text);

	start_blocker();
	kthread_queue_delayed_work(worker, &later, 0);
	first = kthread_cancel_delayed_work_sync(&later);
	kthread_queue_delayed_work(worker, &later, 0);
	second = kthread_mod_delayed_work(worker, &later, 0);
	end_blocker();
	OBSERVE("kthread_worker.cancel_delayed_queued", "%d", first);
	OBSERVE("kthread_worker.mod_delayed_queued", "%d, order %s", second, trail.text);
}

/* ---- workers ---- */

static unsigned int seen_cpu;

static void see_cpu(struct kthread_work *work)
{
	seen_cpu = raw_smp_processor_id();
}

static void destroy_worker(struct actor *actor)
{
	kthread_destroy_worker(worker);
	trail_add(&trail, 'd');
}

static void observe_workers(unsigned int last)
{
	static struct kthread_worker own_worker;
	static struct actor actor;
	struct kthread_work work;
	struct task_struct *thread;
	int result;

	/* All that is queued is done before it goes. */
	start_blocker();
	kthread_queue_work(worker, &a.work);
	kthread_queue_work(worker, &b.work);
	actor_start_asleep(&actor, 'd', destroy_worker);
	complete(&may_end);
	actor_join(&actor);
	OBSERVE("kthread_worker.destroy_runs_what_is_queued", "%s", trail.text);

	kthread_init_work(&work, see_cpu);
	worker = kthread_create_worker_on_cpu((int)last, 0, "kw/%u", last);
	kthread_queue_work(worker, &work);
	kthread_flush_work(&work);
	OBSERVE("kthread_worker.create_on_cpu_runs_there", "%s", yes_no(seen_cpu == last));
	kthread_destroy_worker(worker);

	/* A worker of one's own, queued upon before its thread exists. */
	trail_clear(&trail);
	kthread_init_worker(&own_worker);
	kthread_init_work(&a.work, add_letter);
	kthread_queue_work(&own_worker, &a.work);
	thread = kthread_run(kthread_worker_fn, &own_worker, "own");
	kthread_flush_worker(&own_worker);
	result = kthread_stop(thread);
	OBSERVE("kthread_worker.own_thread_runs_what_was_queued_before", "%s, stop %d", trail.text, result);
}

static int __init kthread_worker_module_init(void)
{
	init_completion(&running);
	init_completion(&may_end);
	kthread_init_work(&blocker, run_until_told);
	kthread_init_work(&a.work, add_letter);
	kthread_init_work(&b.work, add_letter);
	kthread_init_work(&c.work, add_letter);
	worker = kthread_create_worker(0, "worker-%d", 5);
	if (IS_ERR(worker))
		return (int)PTR_ERR(worker);
	observe_queueing();
	observe_cancelling();
	observe_waiting();
	observe_from_inside();
	observe_delayed();
	observe_workers(cpumask_last(cpu_online_mask));
	return 0;
}

static void __exit kthread_worker_module_exit(void)
{
}

module_init(kthread_worker_module_init);
module_exit(kthread_worker_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Observations: workers of kernel threads' works");
