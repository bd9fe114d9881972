// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which CPU: where a woken task runs, what an idle CPU takes over, and tasks that may not stay.
 *
 * What
 *	A task that wakes goes to the CPU where it last ran if that is idle, else to any idle one that it
 *	may use, else it stays, unless the waker's CPU has less to do. Most threads of a kernel are bound to
 *	one CPU, and never come here.
 *
 *	idle_cpus is the set of CPUs that run their idle task. Each adds itself when it goes idle, and
 *	the first waker that finds it there takes it out, so that two do not choose the same.
 *
 *	overloaded_cpus is the set of those with tasks in line. A CPU adds itself at a tick, or is added by
 *	a waker that found nobody idle; who is idle looks at the set before it halts, and after each
 *	interrupt, takes one task over, or takes the CPU out if it has none to give.
 *
 * Moving
 *	A task is on its way while p->rq is NULL: taken off one run queue under its lock, then put in the
 *	other under that one's. Interrupts are off in between, and whoever wants the task's lock spins.
 *	vruntime is relative to the queue's minimum meanwhile.
 *
 *	A CPU that is not active, being on its way up or down, is not chosen by anybody, takes nothing over, and
 *	keeps out of idle_cpus. Only threads that are bound to it for good are put in line there.
 *
 * Affinity
 *	set_cpus_allowed_ptr() of a task that
 *	sleeps			writes the mask: the next wake-up chooses accordingly
 *	is in line		moves it
 *	runs			asks its CPU to look (AFTER_AFFINITY): __schedule() takes the task off, and
 *				the next task, on another stack, carries it to an allowed CPU (AFTER_MOVE).
 *				The caller sleeps until that has happened, or the task sleeps.
 *
 * Limits
 *	Looking for a task to take over, with the lock of another CPU, tries the first and PULL_TRIES
 *	others in line there, of real-time tasks and of ordinary ones. One that is behind more tasks that
 *	may not move waits for its turn.
 *
 * Tests
 *	tests/boot/sched_test.c: affinity_*, idle_cpu_*; tests/scenario/wakeup.c
 */
#include "sched.h"
#include "fair.h"
#include "rt.h"
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched/hotplug.h>
#include <linux/wait.h>

#define PULL_TRIES	8

static struct cpumask idle_cpus;		/* A: hints */
static struct cpumask overloaded_cpus;		/* A: hints */
static DECLARE_WAIT_QUEUE_HEAD(affinity_wait);

static bool allows(const struct task_struct *p, unsigned int cpu)
{
	return cpumask_test_cpu((int)cpu, &p->cpus_mask);
}

/* Whether a task that chooses a CPU may choose this one. */
static bool may_run_on(const struct task_struct *p, unsigned int cpu)
{
	return allows(p, cpu) && cpu_active(cpu);
}

/* Whether @p, whose run queue is that of @cpu, has to look for a CPU when it wakes. */
bool must_choose_cpu(const struct task_struct *p, unsigned int cpu)
{
	return p->nr_cpus_allowed != 1 || !may_run_on(p, cpu);
}

/* ---- from one run queue to another ---- */

/* Take a runnable task that is in no list of @rq off it. Interrupts stay off until join_rq(). */
void leave_rq(struct rq *rq, struct task_struct *p)
{
	assert_rq_held(rq);
	rq->nr_running--;
	p->vruntime -= rq->fair.min_vruntime;
	WRITE_ONCE(p->rq, NULL);
}

/* The other half, for a task that is not queued anywhere; @rq is locked. */
static void arrive_at_rq(struct rq *rq, struct task_struct *p)
{
	assert_rq_held(rq);
	p->vruntime += rq->fair.min_vruntime;
	p->choose_cpu = must_choose_cpu(p, rq->cpu);
	WRITE_ONCE(p->cpu, rq->cpu);
	WRITE_ONCE(p->rq, rq);
}

/* Put a runnable task that is on its way into @rq's line. */
static void join_rq(struct rq *rq, struct task_struct *p)
{
	rq_lock(rq);
	arrive_at_rq(rq, p);
	rq->nr_running++;
	enqueue_task(rq, p, false);
	check_preempt(rq, p, 0);
	rq_unlock(rq);
}

/* A task that is being woken goes to another CPU. Locked: @from before, @to after. */
struct rq *move_woken(struct task_struct *p, struct rq *from, struct rq *to)
{
	MARK("sched: woken on another CPU");
	p->vruntime -= from->fair.min_vruntime;
	WRITE_ONCE(p->rq, NULL);
	rq_unlock(from);
	rq_lock(to);
	arrive_at_rq(to, p);
	return to;
}

/* ---- where to ---- */

void note_idle(struct rq *rq, bool idle)
{
	if (nr_cpu_ids == 1)
		return;
	if (idle && cpu_active(rq->cpu))
		cpumask_set_cpu(rq->cpu, &idle_cpus);
	else if (cpumask_test_cpu((int)rq->cpu, &idle_cpus))
		cpumask_clear_cpu((int)rq->cpu, &idle_cpus);
}

/* It is not active, and not to be chosen. */
void forget_idle(unsigned int cpu)
{
	cpumask_clear_cpu((int)cpu, &idle_cpus);
}

void note_overload(struct rq *rq)
{
	if (!cpumask_test_cpu((int)rq->cpu, &overloaded_cpus))
		cpumask_set_cpu(rq->cpu, &overloaded_cpus);
}

/* An idle CPU that @p may use, which is then ours to use; nr_cpu_ids or more: none. */
static unsigned int claim_idle_cpu(const struct task_struct *p)
{
	unsigned int cpu;

	for_each_cpu_and(cpu, &idle_cpus, &p->cpus_mask)
		if (cpumask_test_and_clear_cpu((int)cpu, &idle_cpus))
			break;
	return cpu;
}

/*
 * For a real-time task: a CPU that runs something less urgent than @p, or nr_cpu_ids. The task there may
 * end while we look: its structure remains one (task.c), and so this a hint.
 */
static unsigned int less_urgent_cpu(const struct task_struct *p)
{
	unsigned int cpu;

	for_each_cpu_and(cpu, cpu_active_mask, &p->cpus_mask)
		if (READ_ONCE(cpu_rq(cpu)->curr)->prio > p->prio)
			return cpu;
	return nr_cpu_ids;
}

/* @p may use all CPUs. Its run queue's lock is held, or it is on its way. */
void forget_affinity(struct task_struct *p)
{
	cpumask_copy(&p->cpus_mask, cpu_possible_mask);
	p->nr_cpus_allowed = (int)cpumask_weight(cpu_possible_mask);
	p->choose_cpu = 1;
}

/*
 * Whether @p, which may use none that is active, can wait in line at @cpu: that one has yet to start, or @p
 * is bound to it for good, and it is on its way up or down.
 */
static bool can_wait_for(struct task_struct *p, unsigned int cpu)
{
	return !READ_ONCE(cpu_rq(cpu)->gone) && (!cpu_online(cpu) || kthread_is_per_cpu(p));
}

/* A CPU that @p may use; if they have all gone, any. Its run queue's lock is held, or it is on its way. */
static struct rq *any_allowed_rq(struct task_struct *p)
{
	unsigned int cpu = cpumask_first_and(&p->cpus_mask, cpu_active_mask);

	if (likely(cpu < nr_cpu_ids))
		return cpu_rq(cpu);
	cpu = cpumask_first_and(&p->cpus_mask, cpu_possible_mask);
	if (cpu < nr_cpu_ids && can_wait_for(p, cpu))
		return cpu_rq(cpu);
	MARK("sched: woken for a CPU that has gone");
	forget_affinity(p);
	return cpu_rq(cpumask_first(cpu_active_mask));
}

/* Nobody is idle. */
static struct rq *select_busy_rq(struct task_struct *p, struct rq *prev)
{
	struct rq *here = this_rq();

	if (!may_run_on(p, prev->cpu))
		return any_allowed_rq(p);
	if (rt_task(p)) {
		unsigned int cpu = READ_ONCE(prev->curr)->prio > p->prio ? prev->cpu : less_urgent_cpu(p);

		return cpu < nr_cpu_ids ? cpu_rq(cpu) : prev;
	}
	if (here != prev && may_run_on(p, here->cpu) &&
	    READ_ONCE(here->nr_running) < READ_ONCE(prev->nr_running))
		prev = here;
	note_overload(prev);
	return prev;
}

/* The run queue for a task with a choice, which wakes; it was on @prev, whose lock is held. */
struct rq *select_rq(struct task_struct *p, struct rq *prev, int wake_flags)
{
	struct rq *here = this_rq();
	unsigned int cpu;

	if (wake_flags & WF_SYNC && READ_ONCE(here->nr_running) <= 1 && may_run_on(p, here->cpu))
		return here;
	if (!prev->nr_running && may_run_on(p, prev->cpu))
		return prev;
	cpu = claim_idle_cpu(p);
	return cpu < nr_cpu_ids ? cpu_rq(cpu) : select_busy_rq(p, prev);
}

bool idle_cpu(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	return READ_ONCE(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

bool task_curr(const struct task_struct *p)
{
	struct rq *rq = READ_ONCE(p->rq);

	return rq && READ_ONCE(rq->curr) == p;
}

/* ---- idle CPUs take work over ---- */

/* Take a task that may run on @cpu out of @rq's line, or NULL. Interrupts off. */
static struct task_struct *take_over(struct rq *rq, unsigned int cpu)
{
	struct task_struct *p;

	rq_lock(rq);
	p = rt_find(&rq->rt, may_run_on, cpu, PULL_TRIES);
	if (!p)
		p = fair_find(&rq->fair, may_run_on, cpu, PULL_TRIES);
	if (p) {
		dequeue_task(rq, p);
		leave_rq(rq, p);
	} else {
		cpumask_clear_cpu((int)rq->cpu, &overloaded_cpus);
	}
	rq_unlock(rq);
	return p;
}

/*
 * The idle task looks for something to do elsewhere. Interrupts off, preemption off.
 * Return: whether there is something now; need-resched is set then.
 */
bool pull_for_idle(void)
{
	struct rq *here = this_rq();
	struct task_struct *p;
	unsigned int cpu;

	if (!IS_ENABLED(CONFIG_SMP) || cpumask_empty(&overloaded_cpus) || !cpu_active(here->cpu))
		return false;
	for_each_cpu(cpu, &overloaded_cpus) {
		if (cpu == here->cpu)
			continue;
		p = take_over(cpu_rq(cpu), here->cpu);
		if (p) {
			MARK("sched: idle CPU takes a task over");
			join_rq(here, p);
			return true;
		}
	}
	return false;
}

/* ---- affinity ---- */

/* @p, which is on its way, gets a place in line where it may run. Interrupts off. */
void join_any_rq(struct task_struct *p)
{
	unsigned int cpu = claim_idle_cpu(p);

	join_rq(cpu < nr_cpu_ids ? cpu_rq(cpu) : any_allowed_rq(p), p);
}

/* The previous task may not run here any more; it is on its way, and we are on another stack. */
void move_prev(struct task_struct *prev)
{
	MARK("sched: running task carried to another CPU");
	join_any_rq(prev);
}

void wake_affinity_waiters(void)
{
	wake_up_all(&affinity_wait);
}

static void set_mask_locked(struct rq *rq, struct task_struct *p, const struct cpumask *mask)
{
	cpumask_copy(&p->cpus_mask, mask);
	p->nr_cpus_allowed = (int)cpumask_weight(mask);
	p->choose_cpu = must_choose_cpu(p, rq->cpu);
}

void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);

	WARN_ON(p->on_rq);
	set_mask_locked(rq, p, mask);
	task_rq_unlock(rq, &flags);
}

/* Whether @p runs where it may not. */
static bool runs_outside(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	bool outside = rq->curr == p && !allows(p, rq->cpu);

	task_rq_unlock(rq, &flags);
	return outside;
}

/* In line on a CPU that it may not use any more. Takes the lock away. */
static void move_queued(struct rq *rq, struct task_struct *p)
{
	dequeue_task(rq, p);
	leave_rq(rq, p);
	rq_unlock(rq);
	join_rq(any_allowed_rq(p), p);
}

/* The task that runs on @rq has to go. */
static void ask_to_leave(struct rq *rq)
{
	rq->after |= AFTER_AFFINITY;
	resched_rq(rq);
}

/* Who is bound to a CPU for good may be there while it is on its way up or down. */
static bool has_cpu_for(struct task_struct *p, const struct cpumask *mask)
{
	return cpumask_first_and(mask, kthread_is_per_cpu(p) ? cpu_online_mask : cpu_active_mask) < nr_cpu_ids;
}

int set_cpus_allowed_nowait(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	struct rq *rq;

	if (is_idle_task(p))
		return -EINVAL;
	rq = task_rq_lock(p, &flags);
	/* Under the lock: a CPU that goes looks at each task after it is not active any more (hotplug.c). */
	if (!has_cpu_for(p, mask)) {
		task_rq_unlock(rq, &flags);
		return -EINVAL;
	}
	set_mask_locked(rq, p, mask);
	if (p->on_rq && rq->curr != p && !allows(p, rq->cpu)) {
		move_queued(rq, p);
		local_irq_restore(flags);
		preempt_check_resched();
		return 0;
	}
	if (rq->curr == p && !allows(p, rq->cpu))
		ask_to_leave(rq);
	task_rq_unlock(rq, &flags);
	return 0;
}

int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask)
{
	int error = set_cpus_allowed_nowait(p, mask);

	if (error)
		return error;
	if (p == current)
		cond_resched();
	else
		wait_event(affinity_wait, !runs_outside(p));
	return 0;
}
