/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scheduler, inside: run queues, and what its files give to each other.
 *
 * What
 *	core.c		the switch, the wake-up, preemption, the tick
 *	fair.h fair.c	ordinary tasks, by virtual time
 *	rt.h rt.c	SCHED_FIFO and SCHED_RR, by priority, and their throttle
 *	balance.c	where a woken task runs; work for idle CPUs; moving tasks; affinity
 *	policy.c	policies, priorities, nice values
 *	task.c		tasks come and go: stacks, numbers, the list of all
 *	idle.c		the idle task of each CPU
 *	hotplug.c	tasks leave a CPU that goes away
 *	init_task.c	the first one
 *	wait.c wait_bit.c completion.c	waiting for others
 *	debug.c		the task dump, and reports of sleeping where it is forbidden
 *	preempt_debug.c	checks of the preemption count
 *
 *	A run queue is a CPU's: the task that it runs, and those that want to. The running task is in no
 *	queue; it goes back into one when it is preempted, and just leaves when it waits.
 *
 * Where a task is		p->rq		p->on_rq	who moves it there
 *	running, rq->curr == p	its CPU's	1		__schedule() on that CPU
 *	queued			its CPU's	1		a waker; __schedule() when it is preempted
 *	asleep, or new		where it last	0		__schedule(), when its state is not RUNNING
 *				ran
 *	on its way		NULL		1 (0 when	whoever took it off one run queue, to put it
 *						woken)		into another at once, interrupts off
 *
 * Locks
 *	rq->lock	covers the run queue, and of each task whose p->rq it is the fields marked R.
 *			task_rq_lock() takes the lock that covers a task, wherever it is.
 *	It is raw, taken with interrupts off, and innermost: nothing is taken under it. So nothing ever
 *	holds two; a task goes from one to the other by way of NULL.
 *
 *	The lock is held across the switch: prev takes it, next drops it. So who holds it and finds a task
 *	not on_rq knows that the task has left its CPU for good, registers saved, stack quiet, and may
 *	start it on another. No flag tells "still switching out", and nobody spins on one.
 *
 *	CPU0, in schedule()			CPU1, wakes that task
 *	lock rq0
 *	state is UNINTERRUPTIBLE: on_rq = 0
 *	pick another				lock rq0: waits
 *	switch: registers saved
 *	[next] unlock rq0			gets it; on_rq is 0: enqueue, here or on CPU2
 *
 * need-resched
 *	Its own CPU says it by set_preempt_need_resched(). Another one sets rq->kicked, under the lock, and
 *	sends an interrupt unless that was set already; scheduler_ipi() takes it back, and sets the bit in
 *	preempt_count. __schedule() takes that back when it has the lock.
 *
 *	waker on CPU1, holds the lock		CPU0, scheduler_ipi(), without it
 *	enqueues
 *	kicked? yes: an interrupt is on		kicked = false
 *	its way, and will do			need-resched
 *	unlock					__schedule(): lock, finds the task
 *
 *	Is it the other way round, the waker sees false and sends another.
 */
#ifndef _KERNEL_SCHED_SCHED_H
#define _KERNEL_SCHED_SCHED_H

#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/spinlock.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/container_of.h>
#include <linux/time64.h>
#include <linux/lockdep.h>
#include <bottomhalf/mark.h>
#include <arch/clock.h>
#include <arch/task.h>

/* Ordinary tasks that wait for the CPU. L: rq->lock */
struct fair_queue {
	struct task_struct *first;	/* the one with the least virtual time, kept outside of the tree */
	struct rb_root_cached others;	/* all others, by virtual time; empty if first is NULL */
	u64 min_vruntime;		/* never falls: where newcomers are placed */
};

/* Real-time tasks that wait for the CPU. L: rq->lock */
struct rt_queue {
	struct task_struct *first;	/* the most urgent one, kept outside of the lists */
	unsigned int nr_others;		/* all others, in the lists; 0 if first is NULL */
	unsigned long waiting[2];	/* a bit for each list that is not empty */
	struct list_head list[MAX_RT_PRIO]; /* by priority; first come, first in line */
	u64 time;			/* nanoseconds real-time tasks have had in this period */
	u64 period_start;
	bool throttled;			/* they have had all: ordinary tasks go first until the period ends */
	bool untold;			/* Q: throttled, and not yet said so */
};

/* rq->after: what the next task has to do for the previous one once that is off the CPU. */
#define AFTER_DEAD	0x1	/* it has ended: free its stack, drop its reference */
#define AFTER_MOVE	0x2	/* it may not run here any more: take it elsewhere */
#define AFTER_AFFINITY	0x4	/* it may have to leave this CPU, and somebody waits until it has */

/* L: lock, unless marked */
struct rq {
	raw_spinlock_t lock;
	unsigned int nr_running;	/* runnable tasks, also the running one, not idle; read unlocked as a hint */
	struct task_struct *curr;	/* read unlocked as a hint */
	struct fair_queue fair;
	u64 curr_start;			/* up to here curr's time has been charged */
	unsigned long nr_switches;
	unsigned int after;		/* AFTER_* */
	unsigned int cpu;		/* I */
	bool kicked;			/* a reschedule interrupt is under way; it clears this without the lock */
	bool online;			/* takes reschedule interrupts */
	bool gone;			/* was online, and went: hotplug.c; its own CPU reads it without the lock */
	struct task_struct *idle;	/* I */
	struct rt_queue rt;
};

DECLARE_PER_CPU_ALIGNED(struct rq, runqueues);

#define this_rq()	this_cpu_ptr(&runqueues)
#define cpu_rq(cpu)	per_cpu_ptr(&runqueues, (cpu))

/* ---- locks ---- */

static __always_inline void rq_lock(struct rq *rq)
{
	do_raw_spin_lock(&rq->lock);
}

static __always_inline void rq_unlock(struct rq *rq)
{
	do_raw_spin_unlock(&rq->lock);
}

static inline void rq_lock_irq(struct rq *rq)
{
	local_irq_disable();
	rq_lock(rq);
}

static inline void rq_unlock_irq(struct rq *rq)
{
	rq_unlock(rq);
	local_irq_enable();
}

/* Interrupts are off, so the preemption count can be left alone. */
static __always_inline struct rq *task_rq_lock_irqoff(struct task_struct *p)
{
	struct rq *rq;

	for (;;) {
		rq = READ_ONCE(p->rq);
		if (likely(!IS_ENABLED(CONFIG_SMP) || rq)) {
			rq_lock(rq);
			if (likely(!IS_ENABLED(CONFIG_SMP) || rq == READ_ONCE(p->rq)))
				return rq;
			rq_unlock(rq);
			MARK("sched: task moved to another run queue while we took the lock");
		}
		/* On its way between two: that CPU has interrupts off and is nearly done. */
		arch_cpu_relax();
	}
}

static inline struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags)
{
	*flags = arch_local_irq_save();
	return task_rq_lock_irqoff(p);
}

static inline void task_rq_unlock(struct rq *rq, unsigned long *flags)
{
	rq_unlock(rq);
	arch_local_irq_restore(*flags);
	preempt_check_resched();
}

#define assert_rq_held(rq)	lockdep_assert_held(&(rq)->lock)

/* ---- small questions ---- */

static __always_inline bool is_idle_prio(const struct task_struct *p)
{
	return p->prio == MAX_PRIO;
}

static __always_inline bool is_fair(const struct task_struct *p)
{
	return (unsigned int)(p->prio - MAX_RT_PRIO) < NICE_WIDTH;
}

static __always_inline bool time_less(u64 a, u64 b)
{
	return (s64)(a - b) < 0;
}

/*
 * @delta nanoseconds as virtual time of a task with @factor. Factors are below 2^27 and a tick comes every
 * few milliseconds; were interrupts off for more than 2 minutes, a task would be charged too little.
 */
static __always_inline u64 to_virtual(u64 delta, u64 factor)
{
	return delta * factor >> 20;
}
#define NICE_0_FACTOR	(1ULL << 20)

/* Give the running task what it has used since the last time. */
static __always_inline void charge(struct rq *rq, struct task_struct *curr)
{
	u64 now = arch_clock_ns();
	u64 delta = now - rq->curr_start;

	rq->curr_start = now;
	curr->sum_exec_runtime += delta;
	curr->vruntime += to_virtual(delta, curr->vtime_factor);
	if (rt_task(curr))
		rq->rt.time += delta;
}

/* init_task.c */
extern const struct sched_hooks idle_hooks;

/* core.c */
void resched_rq(struct rq *rq);
void enqueue_task(struct rq *rq, struct task_struct *p, bool at_head);
void dequeue_task(struct rq *rq, struct task_struct *p);
void check_preempt(struct rq *rq, struct task_struct *p, int wake_flags);
void schedule_idle(void);
void finish_first_switch(void);
__noreturn void schedule_dead(void);

/* fair.c */
void fair_init(struct fair_queue *fair);
void fair_yield(struct rq *rq, struct task_struct *curr);
bool fair_tick(struct rq *rq, struct task_struct *curr);

/* rt.c */
void rt_init(struct rt_queue *rt);
bool rt_tick(struct rq *rq, struct task_struct *curr);
bool rt_turn_is_over(struct task_struct *p);
bool rt_period_tick(struct rq *rq);
void rt_tell_throttled(struct rq *rq);

/* balance.c */
struct rq *select_rq(struct task_struct *p, struct rq *prev, int wake_flags);
struct rq *move_woken(struct task_struct *p, struct rq *from, struct rq *to);
void leave_rq(struct rq *rq, struct task_struct *p);
void join_any_rq(struct task_struct *p);
void move_prev(struct task_struct *prev);
void forget_affinity(struct task_struct *p);
bool must_choose_cpu(const struct task_struct *p, unsigned int cpu);
void forget_idle(unsigned int cpu);
void wake_affinity_waiters(void);
void note_idle(struct rq *rq, bool idle);
void note_overload(struct rq *rq);
bool pull_for_idle(void);

/* task.c */
void tasks_init(void);
void put_dead_task(struct task_struct *p);
bool try_for_each_task(bool (*fn)(struct task_struct *p, void *data), void *data);

/* wait_bit.c */
void wait_bit_init(void);

/* debug.c */
bool schedule_while_atomic(unsigned long ip);
void check_stack_end(struct task_struct *p);

/* preempt_debug.c: who made this CPU's count nonzero; 0: not known */
#ifdef CONFIG_DEBUG_PREEMPT
unsigned long preempt_off_ip(void);
#else
static inline unsigned long preempt_off_ip(void) { return 0; }
#endif

/* policy.c */
void set_prio_locked(struct rq *rq, struct task_struct *p, int policy, int prio);
u64 nice_to_factor(int nice);

#define STACK_END_MAGIC		0x57ac6e9d0f00dbadUL

#endif
