// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switch from one task to the next, and the wake-up.
 *
 * What
 *	schedule()		the running task gives its CPU away; it waits, if its state says so
 *	preempt_schedule*()	it is taken away: the task stays runnable whatever its state says
 *	try_to_wake_up()	a task that waits becomes runnable, and perhaps preempts
 *	scheduler_tick()	time is charged, and somebody else's turn comes
 *
 *	All switches go through __schedule(). sched.h shows where a task can be and what the locks cover.
 *
 * Contexts
 *	schedule(): task. Wake-ups: any but NMI. preempt_schedule_irq(): the way out of a hard interrupt.
 *
 * Ordering
 *	A waker and a waiter meet under the lock of the waiter's run queue:
 *
 *	waiter					waker
 *	__state = UNINTERRUPTIBLE		condition = true
 *	full barrier (set_current_state)	lock rq: an atomic operation, a full barrier
 *	looks at condition			looks at __state
 *
 *	One of the two sees what the other wrote. If the waker sees the state before the waiter has come to
 *	__schedule(), the task is still on_rq: the waker sets it RUNNING and is done, and __schedule(),
 *	which reads the state under the same lock, keeps the task. A later set_current_state() by the
 *	waiter is a new wait, and looks at the condition anew.
 *
 *	The wake-up may also undo a state that the waiter has set since (it saw INTERRUPTIBLE, the waiter is
 *	in its next wait already): a wake-up for nothing, which every waiting loop allows for. Where it
 *	must not happen set_special_state() waits for wakers that are under way.
 *
 * The preemption count
 *	Every task that is switched away from has the same count, SWITCH_PREEMPT_COUNT: __schedule() is
 *	entered at zero. So the count of the CPU is right for the next task as it stands, and the switch
 *	neither saves nor loads it. Who calls schedule() with another count is reported, and gets it
 *	back afterwards from schedule_while_atomic().
 *
 * Limits
 *	Picking and switching are O(1); queueing one of n ordinary tasks is O(log n).
 *
 * Tests
 *	tests/boot/sched_test.c (D7), tests/scenario/wakeup.c
 */
#include "sched.h"
#include "fair.h"
#include "rt.h"
#include <linux/cpu.h>
#include <linux/printk.h>

DEFINE_PER_CPU_ALIGNED(struct rq, runqueues);
DEFINE_PER_CPU(struct task_struct *, current_task) = &init_task;

#define CALLER_IP	((unsigned long)__builtin_return_address(0))

/* Why a task leaves its CPU. */
enum switch_kind {
	SWITCH_WAITS,		/* schedule(): sleeps if its state says so */
	SWITCH_YIELDS,		/* stays runnable, behind others */
	SWITCH_PREEMPTED,	/* stays runnable, before its equals */
	SWITCH_FROM_IDLE,
};

/* ---- the queue of a CPU ---- */

void enqueue_task(struct rq *rq, struct task_struct *p, bool at_head)
{
	assert_rq_held(rq);
	if (rt_task(p))
		rt_enqueue(&rq->rt, p, at_head);
	else
		fair_enqueue(&rq->fair, p);
}

void dequeue_task(struct rq *rq, struct task_struct *p)
{
	assert_rq_held(rq);
	if (rt_task(p))
		rt_dequeue(&rq->rt, p);
	else
		fair_dequeue(&rq->fair, p);
}

/* Take the task that runs next out of its queue. Throttled real-time tasks come after ordinary ones. */
static __always_inline struct task_struct *pick_next(struct rq *rq)
{
	struct task_struct *fair_first = rq->fair.first;

	if (unlikely(rq->rt.first) && !(unlikely(rq->rt.throttled) && fair_first))
		return rt_pick(&rq->rt);
	if (likely(fair_first))
		return fair_pick(&rq->fair);
	note_idle(rq, true);
	return rq->idle;
}

/* Have @rq's CPU go through __schedule() soon. */
void resched_rq(struct rq *rq)
{
	assert_rq_held(rq);
	if (rq->cpu == raw_smp_processor_id()) {
		set_preempt_need_resched();
		return;
	}
	/* One that is under way already will do, as will the start of a CPU. */
	if (READ_ONCE(rq->kicked) || !rq->online)
		return;
	WRITE_ONCE(rq->kicked, true);
	smp_send_reschedule((int)rq->cpu);
}

/* @p, which is not real-time or does not run an ordinary task over, has just been queued. */
static __always_inline bool preempts(const struct rq *rq, const struct task_struct *p, int wake_flags)
{
	const struct task_struct *curr = rq->curr;

	if (likely(!rt_task(p) && is_fair(curr)))
		return !(wake_flags & WF_SYNC) && fair_preempts(rq, curr, p);
	return p->prio < curr->prio || (unlikely(rq->rt.throttled) && rt_task(curr));
}

/* @p has just become runnable, and is queued: is it more urgent than what runs? */
void check_preempt(struct rq *rq, struct task_struct *p, int wake_flags)
{
	if (preempts(rq, p, wake_flags))
		resched_rq(rq);
}

/* ---- the switch ---- */

/* The running task stays runnable: put it back in line, or begin its journey to another CPU. */
static noinline void put_back(struct rq *rq, struct task_struct *prev, enum switch_kind kind)
{
	if (is_idle_prio(prev))
		return;
	if (unlikely(rq->after & AFTER_AFFINITY) && !cpumask_test_cpu((int)rq->cpu, &prev->cpus_mask)) {
		rq->after |= AFTER_MOVE;
		leave_rq(rq, prev);
		return;
	}
	if (kind == SWITCH_YIELDS && !rt_task(prev))
		fair_yield(rq, prev);
	enqueue_task(rq, prev, kind != SWITCH_YIELDS && !rt_turn_is_over(prev));
}

/* Off the queue, perhaps never to return. */
static __always_inline void leave_waiting(struct rq *rq, struct task_struct *prev)
{
	rq->nr_running--;
	prev->on_rq = 0;
	prev->nvcsw++;
}

/* Work that the previous task left behind. Interrupts off, no lock held. */
static noinline void after_switch(struct task_struct *prev, unsigned int after)
{
	if (after & AFTER_MOVE)
		move_prev(prev);
	if (after & AFTER_AFFINITY)
		wake_affinity_waiters();
	if (after & AFTER_DEAD)
		put_dead_task(prev);
}

/* First thing on the new task's stack: the previous one is off the CPU as soon as the lock is free. */
static __always_inline void finish_switch(struct task_struct *prev)
{
	struct rq *rq = this_rq();
	unsigned int after = rq->after;

	if (unlikely(after)) {
		rq->after = 0;
		rq_unlock(rq);
		after_switch(prev, after);
	} else {
		rq_unlock(rq);
	}
	local_irq_enable();
}

static __always_inline void switch_to(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	rq->nr_switches++;
	WRITE_ONCE(rq->curr, next);
	this_cpu_write(current_task, next);
	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		check_stack_end(prev);
	lock_debug_hand_over(&rq->lock, prev, next);
	/* The rest happens when somebody switches back, on whatever CPU. */
	finish_switch(arch_switch_to(prev, next));
}

/*
 * Run whoever is to run next. Interrupts are off; they are on when it returns, in the caller's next
 * life, with SWITCH_PREEMPT_COUNT in force.
 */
static __always_inline void __schedule(enum switch_kind kind)
{
	struct rq *rq = this_rq();
	struct task_struct *prev = current, *next;

	rq_lock(rq);
	/* Also takes back need-resched: what is wanted until here is about to be done. */
	this_cpu_write(__preempt_count, SWITCH_PREEMPT_COUNT);
	charge(rq, prev);

	if (kind == SWITCH_WAITS && likely(prev->__state)) {
		leave_waiting(rq, prev);
		next = pick_next(rq);
	} else {
		put_back(rq, prev, kind);
		next = pick_next(rq);
		if (next == prev) {
			finish_switch(prev);
			return;
		}
		prev->nivcsw++;
	}
	if (kind == SWITCH_FROM_IDLE)
		note_idle(rq, false);
	switch_to(rq, prev, next);
}

/* Where a task that has not run before begins. @entry is the rest of it. */
void finish_first_switch(void)
{
	finish_switch(arch_switch_last());
	preempt_enable();
}

/* ---- giving the CPU away ---- */

/* The count back to what it is in a task that can be preempted. Return: whether that is wanted already. */
static __always_inline bool leave_switch(void)
{
	return preempt_count_dec_and_test();
}

/* All but the two hot ways out, schedule() and preempt_schedule_irq(). Interrupts off before, on after. */
static noinline void schedule_once(enum switch_kind kind)
{
	__schedule(kind);
}

static void schedule_kind(enum switch_kind kind)
{
	do {
		local_irq_disable();
		schedule_once(kind);
	} while (leave_switch());
}

/*
 * schedule() where that is forbidden: debug.c reports it. In an interrupt, and in an idle task, nothing
 * can be switched; elsewhere the count is put aside, and back again afterwards.
 */
static noinline void schedule_wrongly(unsigned long ip)
{
	unsigned int count = preempt_count();
	unsigned long flags;

	if (!schedule_while_atomic(ip)) {
		__set_current_state(TASK_RUNNING);
		arch_cpu_relax();
		return;
	}
	local_irq_save(flags);
	schedule_once(SWITCH_WAITS);
	preempt_count_add(count - preempt_count());
	if (irqs_disabled_flags(flags))
		local_irq_disable();
}

/* As schedule(), for a task that has hooks and is about to sleep. Idle tasks have them to end up here. */
static noinline void schedule_hooked(struct task_struct *p)
{
	if (is_idle_task(p)) {
		schedule_wrongly(p->wait_ip);
		return;
	}
	preempt_disable();
	p->sched_hooks->sleeping(p);
	/* No preemption between the hook and the sleep: the switch sets the count itself. */
	schedule_kind(SWITCH_WAITS);
	preempt_disable();
	if (p->sched_hooks)
		p->sched_hooks->running(p);
	preempt_enable();
}

void schedule(void)
{
	struct task_struct *p = current;

	p->wait_ip = CALLER_IP;
	if (unlikely(preempt_count()) || (IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP) && irqs_disabled())) {
		schedule_wrongly(p->wait_ip);
		return;
	}
	if (unlikely(p->sched_hooks) && p->__state) {
		schedule_hooked(p);
		return;
	}
	local_irq_disable();
	__schedule(SWITCH_WAITS);
	if (unlikely(leave_switch()))
		schedule_kind(SWITCH_WAITS);
}

void schedule_preempt_disabled(void)
{
	preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

void io_schedule(void)
{
	struct task_struct *p = current;
	bool was = p->in_iowait;

	p->in_iowait = true;
	schedule();
	p->in_iowait = was;
}

void yield(void)
{
	struct task_struct *p = current;

	__set_current_state(TASK_RUNNING);
	p->wait_ip = CALLER_IP;
	if (unlikely(preempt_count() || is_idle_task(p)))
		schedule_wrongly(p->wait_ip);
	else
		schedule_kind(SWITCH_YIELDS);
}

/* The idle task keeps the count of a switch all the time. */
void schedule_idle(void)
{
	do {
		local_irq_disable();
		schedule_once(SWITCH_FROM_IDLE);
	} while (need_resched());
}

/* The last call of a task, in TASK_DEAD. Whoever runs next takes its stack away. */
__noreturn void schedule_dead(void)
{
	struct rq *rq;

	local_irq_disable();
	rq = this_rq();
	/* Others may want something of the next task, too: ask_to_leave(). */
	rq_lock(rq);
	rq->after |= AFTER_DEAD;
	rq_unlock(rq);
	schedule_once(SWITCH_WAITS);
	BUG();
}

/* ---- preemption ---- */

/**
 * preempt_schedule - the preemption count fell to zero, and somebody wants the CPU
 *
 * Context: any; does nothing with interrupts off. Called by preempt_enable().
 */
void preempt_schedule(void)
{
	if (irqs_disabled())
		return;
	schedule_kind(SWITCH_PREEMPTED);
}

void preempt_schedule_irq(void)
{
	do {
		__schedule(SWITCH_PREEMPTED);
		local_irq_disable();
	} while (leave_switch());
}

void __cond_resched(void)
{
	/* Early boot runs on what becomes the idle task. */
	if (!irqs_disabled() && !is_idle_task(current))
		schedule_kind(SWITCH_PREEMPTED);
}

void scheduler_ipi(void)
{
	WRITE_ONCE(this_rq()->kicked, false);
	set_preempt_need_resched();
}

/* ---- waking ---- */

/* Put @p, which sleeps, in line at @rq. Return: whether it goes before the task that runs there. */
static __always_inline bool line_up(struct rq *rq, struct task_struct *p, int wake_flags)
{
	p->on_rq = 1;
	rq->nr_running++;
	if (likely(!rt_task(p))) {
		fair_place(&rq->fair, p);
		fair_enqueue(&rq->fair, p);
	} else {
		rt_enqueue(&rq->rt, p, false);
	}
	return preempts(rq, p, wake_flags);
}

static __always_inline int leave_wake_up(struct rq *rq, unsigned long flags, int woken)
{
	rq_unlock(rq);
	arch_local_irq_restore(flags);
	return woken;
}

/* The CPU has something better to do now: perhaps this one, and at once. */
static noinline int leave_wake_up_resched(struct rq *rq, unsigned long flags)
{
	resched_rq(rq);
	leave_wake_up(rq, flags, 1);
	preempt_check_resched();
	return 1;
}

/* It runs, and is about to sleep; or it has a choice of CPUs. */
static noinline int wake_up_slowly(struct rq *rq, struct task_struct *p, int wake_flags, unsigned long flags)
{
	struct rq *to;

	if (p->on_rq) {
		MARK("sched: woken before it slept");
		return leave_wake_up(rq, flags, 1);
	}
	to = select_rq(p, rq, wake_flags);
	if (to != rq)
		rq = move_woken(p, rq, to);
	if (line_up(rq, p, wake_flags))
		return leave_wake_up_resched(rq, flags);
	return leave_wake_up(rq, flags, 1);
}

static __always_inline int wake_up_task(struct task_struct *p, unsigned int state, int wake_flags)
{
	unsigned long flags = arch_local_irq_save();
	struct rq *rq = task_rq_lock_irqoff(p);

	if (unlikely(!(p->__state & state)))
		return leave_wake_up(rq, flags, 0);
	WRITE_ONCE(p->__state, TASK_RUNNING);
	if (unlikely(p->not_just_asleep))
		return wake_up_slowly(rq, p, wake_flags, flags);
	if (unlikely(line_up(rq, p, wake_flags)))
		return leave_wake_up_resched(rq, flags);
	return leave_wake_up(rq, flags, 1);
}

int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags)
{
	return wake_up_task(p, state, wake_flags);
}

/* The same with constants, for the sake of some ten instructions: this is the hot one. */
int wake_up_process(struct task_struct *p)
{
	return wake_up_task(p, TASK_NORMAL, 0);
}

int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}

void set_special_state(unsigned int state)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(current, &flags);

	WRITE_ONCE(current->__state, state);
	task_rq_unlock(rq, &flags);
}

/* ---- the tick ---- */

/* Return: whether somebody else's turn has come. */
static bool tick_locked(struct rq *rq, struct task_struct *curr)
{
	bool resched = rt_period_tick(rq);

	if (rt_task(curr))
		return rt_tick(rq, curr) || resched;
	if (is_idle_prio(curr))
		return resched;
	return fair_tick(rq, curr) || resched;
}

void scheduler_tick(void)
{
	struct rq *rq = this_rq();
	struct task_struct *curr = current;

	rq_lock(rq);
	charge(rq, curr);
	if (tick_locked(rq, curr))
		set_preempt_need_resched();
	if (IS_ENABLED(CONFIG_SMP) && unlikely(rq->nr_running > 1))
		note_overload(rq);
	rq_unlock(rq);

	if (unlikely(rq->rt.untold))
		rt_tell_throttled(rq);
	if (curr->sched_hooks && curr->sched_hooks->tick)
		curr->sched_hooks->tick(curr);
	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		check_stack_end(curr);
}

/* ---- set-up ---- */

static void rq_init(struct rq *rq, unsigned int cpu)
{
	raw_spin_lock_init(&rq->lock);
	fair_init(&rq->fair);
	rt_init(&rq->rt);
	rq->cpu = cpu;
	rq->online = cpu == 0;
	/* Until the CPU has an idle task of its own: tasks may be put in line before it starts. */
	rq->idle = rq->curr = &init_task;
}

void sched_init(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		rq_init(cpu_rq(cpu), cpu);
	init_task.rq = cpu_rq(0);
	wait_bit_init();
	tasks_init();
}
