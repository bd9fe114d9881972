// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks leave a CPU that goes away, and come back to one that has come.
 *
 * What
 *	The order in which kernel/cpu.c calls these, all but the last in a thread that is bound to the CPU:
 *
 *	sched_cpu_deactivate()	the CPU is not active: nobody chooses it any more (balance.c). Tasks in its
 *				line are carried elsewhere. Those that sleep, and last ran here, are marked to
 *				choose a CPU when they wake. A task that may use this CPU alone may use any
 *				from now on, and is named.
 *	(threads that are bound to the CPU for good park)
 *	sched_cpu_wait_empty()	until they have, and nobody else is in line; who comes late is carried on
 *	sched_cpu_dying()	all others stopped: nobody is in line, and nobody can be from now on
 *
 *	After that the idle task finds rq->gone, and gives the CPU to the machine (idle.c). The run queue
 *	stays: tasks that sleep may still belong to it, and its lock covers them.
 *
 *	"Bound for good" is a thread of kthread_create_on_cpu(). Its place is here even when the CPU is not
 *	active; one that is woken when the CPU is gone is treated as any other task.
 *
 * Contexts
 *	Task; sched_cpu_dying(), sched_cpu_starting(): the CPU itself, interrupts off.
 *
 * Locks
 *	tasklist_lock -> rq->lock, to look at all tasks.
 *
 * Ordering
 *	A waker may choose the CPU just before it is not active any more, and put the task there after its
 *	line has been emptied. That is not missed: the task is in its line then, or has slept there since.
 *
 *	CPU0: wakes p				CPU1: goes
 *	lock p's rq0
 *	CPU1 is active: choose it		CPU1 is not active
 *	p->rq = NULL, unlock			look at all tasks: p's lock? it is on its way, spin
 *	lock rq1, p->rq = rq1, unlock
 *						lock rq1: p belongs here: marked, or carried away
 *
 *	Whoever locks p's run queue after that look sees that CPU1 is not active.
 *
 * Limits
 *	A bound thread that does not leave within sched_leave_limit_ns (5 s) makes the CPU stay, and is named.
 *
 * Differs from Linux
 *	There a bound thread that neither sleeps nor parks holds up the going for ever. It does not tell
 *	which kernel threads may use all CPUs from now on.
 *
 * Tests
 *	tests/boot/hotplug_test.c, tests/scenario/hotplug.c
 */
#include "sched.h"
#include "fair.h"
#include "rt.h"
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched/hotplug.h>
#include <linux/string.h>

#define NAMES_MAX		8

u64 sched_leave_limit_ns = 5 * NSEC_PER_SEC;

/* ---- it comes ---- */

int sched_cpu_starting(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	rq_lock(rq);
	rq->online = true;
	rq->gone = false;
	rq->kicked = false;
	rq->curr_start = arch_clock_ns();
	/* Threads that are bound to this CPU may be in line already. */
	if (rq->nr_running)
		set_preempt_need_resched();
	rq_unlock(rq);
	return 0;
}

/* For a task that belongs to the run queue: whether its wake-ups have to look for a CPU. */
static bool mark_choice(struct task_struct *p, void *data)
{
	struct rq *rq = task_rq_lock_irqoff(p);

	if (rq == data)
		p->choose_cpu = must_choose_cpu(p, rq->cpu);
	rq_unlock(rq);
	return false;
}

int sched_cpu_activate(unsigned int cpu)
{
	set_cpu_active(cpu, true);
	for_each_task_locked(mark_choice, cpu_rq(cpu));
	return 0;
}

/* ---- it goes ---- */

struct evicted {
	struct rq *rq;				/* of the CPU that goes */
	unsigned int nr;
	char name[NAMES_MAX][TASK_COMM_LEN];
	pid_t pid[NAMES_MAX];
};

static void remember_name(struct evicted *evicted, const struct task_struct *p)
{
	unsigned int nr = evicted->nr++;

	if (nr >= NAMES_MAX)
		return;
	memcpy(evicted->name[nr], p->comm, sizeof(p->comm));
	evicted->pid[nr] = p->pid;
}

static bool evict_one(struct task_struct *p, void *data)
{
	struct evicted *evicted = data;
	struct rq *rq = task_rq_lock_irqoff(p);

	if (!kthread_is_per_cpu(p) && cpumask_first_and(&p->cpus_mask, cpu_active_mask) >= nr_cpu_ids) {
		remember_name(evicted, p);
		forget_affinity(p);
	}
	if (rq == evicted->rq)
		p->choose_cpu = must_choose_cpu(p, rq->cpu);
	rq_unlock(rq);
	return false;
}

static void tell_names(const struct evicted *evicted)
{
	unsigned int i;

	for (i = 0; i < evicted->nr && i < NAMES_MAX; i++)
		pr_info("sched: [%s] (pid %d) was bound to CPU %u, and may use all from now on\n",
			evicted->name[i], evicted->pid[i], evicted->rq->cpu);
	if (evicted->nr > NAMES_MAX)
		pr_info("sched: the same goes for %u more\n", evicted->nr - NAMES_MAX);
}

static bool has_to_leave(const struct task_struct *p, unsigned int unused)
{
	return !kthread_is_per_cpu((struct task_struct *)p);
}

static struct task_struct *find_who_has_to_leave(struct rq *rq)
{
	struct task_struct *p = rt_find(&rq->rt, has_to_leave, 0, UINT_MAX);

	return p ? p : fair_find(&rq->fair, has_to_leave, 0, UINT_MAX);
}

/* One task out of the line, and elsewhere. Return: whether there was one. */
static bool push_one(struct rq *rq)
{
	struct task_struct *p;

	rq_lock_irq(rq);
	p = find_who_has_to_leave(rq);
	if (!p) {
		rq_unlock_irq(rq);
		return false;
	}
	MARK("sched: carried away from a CPU that goes");
	dequeue_task(rq, p);
	leave_rq(rq, p);
	rq_unlock(rq);
	join_any_rq(p);
	local_irq_enable();
	return true;
}

static void push_all(struct rq *rq)
{
	while (push_one(rq))
		;
}

int sched_cpu_deactivate(unsigned int cpu)
{
	struct evicted evicted = { .rq = cpu_rq(cpu) };

	set_cpu_active(cpu, false);
	forget_idle(cpu);
	for_each_task_locked(evict_one, &evicted);
	push_all(cpu_rq(cpu));
	tell_names(&evicted);
	return 0;
}

static void tell_who_stays(struct rq *rq)
{
	char name[TASK_COMM_LEN] = "nobody";
	struct task_struct *p;

	rq_lock_irq(rq);
	p = rq->rt.first ? rq->rt.first : rq->fair.first;
	if (p)
		memcpy(name, p->comm, sizeof(name));
	rq_unlock_irq(rq);
	pr_err("sched: CPU %u cannot go: [%s] is bound to it, and does not leave it\n", rq->cpu, name);
}

int sched_cpu_wait_empty(unsigned int cpu)
{
	u64 limit = arch_clock_ns() + READ_ONCE(sched_leave_limit_ns);
	struct rq *rq = cpu_rq(cpu);

	for (;;) {
		push_all(rq);
		if (READ_ONCE(rq->nr_running) == 1)
			return 0;
		if (arch_clock_ns() > limit) {
			tell_who_stays(rq);
			return -EBUSY;
		}
		yield();
	}
}

int sched_cpu_dying(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	int error = -EAGAIN;

	rq_lock(rq);
	if (rq->nr_running == 1) {
		rq->online = false;
		rq->gone = true;
		error = 0;
	} else {
		MARK("sched: somebody came in line before all were stopped");
	}
	rq_unlock(rq);
	return error;
}
