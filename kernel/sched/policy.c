// SPDX-License-Identifier: GPL-2.0-only
/*
 * Policies, priorities, nice values.
 *
 * What
 *	static_prio	120 + nice, remembered while the task is real-time
 *	normal_prio	what policy and nice value make of it
 *	prio		in effect: normal_prio, or a more urgent one that waiters lend
 *
 *	A change takes the task out of line, and puts it back as what it is then; if it runs, or should,
 *	its CPU reschedules.
 *
 * Locks
 *	The task's run-queue lock.
 *
 * Differs from Linux
 *	SCHED_BATCH, SCHED_IDLE and SCHED_DEADLINE do not exist: -EINVAL. Nobody lacks permission.
 *
 * Tests
 *	tests/boot/sched_test.c: policy_*, nice_*
 */
#include "sched.h"
#include "fair.h"
#include <linux/errno.h>

/*
 * 1.25 to the power of n, times 2^20, for nice values -20 to 19: what a task's virtual time is
 * stretched by. Computed, rounded.
 */
static const u32 nice_factor[NICE_WIDTH] = {
	/* -20 */     12089,     15112,     18889,     23612,     29515,
	/* -15 */     36893,     46117,     57646,     72058,     90072,
	/* -10 */    112590,    140737,    175922,    219902,    274878,
	/*  -5 */    343597,    429497,    536871,    671089,    838861,
	/*   0 */   1048576,   1310720,   1638400,   2048000,   2560000,
	/*   5 */   3200000,   4000000,   5000000,   6250000,   7812500,
	/*  10 */   9765625,  12207031,  15258789,  19073486,  23841858,
	/*  15 */  29802322,  37252903,  46566129,  58207661,  72759576,
};

u64 nice_to_factor(int nice)
{
	return nice_factor[nice - MIN_NICE];
}

static int prio_of(int policy, unsigned int rt_priority, int static_prio)
{
	return policy == SCHED_NORMAL ? static_prio : MAX_RT_PRIO - 1 - (int)rt_priority;
}

/* The running task has become less urgent than it was, or one in line has become more urgent. */
static void resched_if_due(struct rq *rq, struct task_struct *p, int old_prio)
{
	if (rq->curr != p)
		check_preempt(rq, p, 0);
	else if (p->prio > old_prio)
		resched_rq(rq);
}

/* Give @p a policy and an effective priority. static_prio is set already. */
void set_prio_locked(struct rq *rq, struct task_struct *p, int policy, int prio)
{
	bool queued = p->on_rq && rq->curr != p;
	int old_prio = p->prio;

	assert_rq_held(rq);
	if (queued)
		dequeue_task(rq, p);
	else if (rq->curr == p)
		charge(rq, p);

	p->policy = (unsigned int)policy;
	p->prio = prio;
	p->vtime_factor = nice_to_factor(PRIO_TO_NICE(p->static_prio));
	if (old_prio < MAX_RT_PRIO && prio >= MAX_RT_PRIO && time_less(p->vruntime, rq->fair.min_vruntime))
		p->vruntime = rq->fair.min_vruntime;

	if (queued)
		enqueue_task(rq, p, false);
	if (p->on_rq)
		resched_if_due(rq, p, old_prio);
}

static bool valid_policy(int policy, const struct sched_param *param)
{
	switch (policy) {
	case SCHED_NORMAL:
		return param->sched_priority == 0;
	case SCHED_FIFO:
	case SCHED_RR:
		return param->sched_priority >= 1 && param->sched_priority < MAX_RT_PRIO;
	default:
		return false;
	}
}

static void set_policy(struct task_struct *p, int policy, unsigned int rt_priority, int static_prio)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);

	p->static_prio = static_prio;
	p->rt_priority = rt_priority;
	p->rr_start = policy == SCHED_RR ? p->sum_exec_runtime : 0;
	p->normal_prio = prio_of(policy, rt_priority, static_prio);
	set_prio_locked(rq, p, policy, p->normal_prio);
	task_rq_unlock(rq, &flags);
}

int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param)
{
	if (is_idle_task(p) || !valid_policy(policy, param))
		return -EINVAL;
	set_policy(p, policy, (unsigned int)param->sched_priority, p->static_prio);
	return 0;
}

int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param)
{
	return sched_setscheduler(p, policy, param);
}

void sched_set_fifo(struct task_struct *p)
{
	set_policy(p, SCHED_FIFO, MAX_RT_PRIO / 2, p->static_prio);
}

void sched_set_fifo_low(struct task_struct *p)
{
	set_policy(p, SCHED_FIFO, 1, p->static_prio);
}

void sched_set_normal(struct task_struct *p, int nice)
{
	if (nice >= MIN_NICE && nice <= MAX_NICE)
		set_policy(p, SCHED_NORMAL, 0, NICE_TO_PRIO(nice));
}

void set_user_nice(struct task_struct *p, long nice)
{
	unsigned long flags;
	struct rq *rq;

	if (nice < MIN_NICE || nice > MAX_NICE)
		return;
	rq = task_rq_lock(p, &flags);
	p->static_prio = NICE_TO_PRIO((int)nice);
	if (p->policy == SCHED_NORMAL) {
		/* Keep a priority that is lent. */
		bool lent = p->prio != p->normal_prio;

		p->normal_prio = p->static_prio;
		set_prio_locked(rq, p, SCHED_NORMAL, lent ? p->prio : p->static_prio);
	}
	task_rq_unlock(rq, &flags);
}
