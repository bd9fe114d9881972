/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the units on softirqs, tasklets and contexts share: a log of what ran in which order, a hard
 * interrupt on demand, a thread that stays on its CPU, waiting that ends.
 *
 * What
 *	note(&ran, 'F')			writes a letter, letters(&ran) is what was written
 *	in_hard_irq(fn, arg)		calls fn in a hard interrupt, here and now
 *	run_pinned(cpu, fn)		calls fn in a thread on that CPU
 *	in_hard_irq_on(cpu, fn, arg)	calls fn in a hard interrupt on another CPU
 *	keep_busy(&other, cpu, how)	keeps another CPU in a thread, so that interrupts there find it
 *	settled_bh_disable(),		begin what a sleeping ksoftirqd is a condition of
 *	settled_irq_disable()
 *	fence()				returns when all that was raised here so far has run
 *
 * Contexts
 *	note(): any, on any CPU.  The rest: task, on CPU 0, by run_pinned().
 *
 * Ordering
 *	On Linux, other softirqs, ticks and threads come between any two lines. What is observed is
 *	made independent of them: bottom halves or interrupts are off from the raise to the moment
 *	that is looked at, or fence() and arrives() wait for the end.
 *
 *	Linux 6.1 leaves softirqs other than HI and TASKLET to ksoftirqd while that is awake,
 *	whoever woke it. The settled_ functions return when it sleeps, and it cannot be woken
 *	from then on: hard interrupts do not, and nobody else runs on this CPU.
 *
 * Limits
 *	Each source that includes this has its own fence and its own idea of ksoftirqd. A unit is
 *	of a few sources that run one after the other, so nothing is lost but a few bytes.
 */
#ifndef CONFORMANCE_DEFERRAL_H
#define CONFORMANCE_DEFERRAL_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/barrier.h>
#include <asm/processor.h>

#include "observe.h"
#include "waiting.h"

/* Spin until @condition holds, or patience is over; true if it holds. Interrupts on. */
#define spin_until(condition) ({					\
	unsigned long __end = jiffies + PATIENCE;			\
	while (!(condition) && time_before(jiffies, __end))		\
		cpu_relax();						\
	came(condition);						\
})

/* What ran, a letter each, in order. */
struct log {
	atomic_t used;
	char text[60];		/* the last one stays 0 */
};

static inline void log_reset(struct log *log)
{
	memset(log->text, 0, sizeof(log->text));
	atomic_set(&log->used, 0);
}

static inline void note(struct log *log, char letter)
{
	int slot = atomic_fetch_inc(&log->used);

	if (slot < (int)sizeof(log->text) - 1)
		WRITE_ONCE(log->text[slot], letter);
}

static inline const char *letters(const struct log *log)
{
	return log->text[0] ? log->text : "nothing";
}

struct hard_irq {
	struct irq_work work;
	void (*fn)(void *arg);
	void *arg;
};

static inline void hard_irq_run(struct irq_work *work)
{
	struct hard_irq *irq = container_of(work, struct hard_irq, work);

	irq->fn(irq->arg);
}

/* Interrupts off: it comes as soon as they are on; hard_irq_wait() then. */
static inline void hard_irq_send(struct hard_irq *irq, void (*fn)(void *arg), void *arg)
{
	init_irq_work(&irq->work, hard_irq_run);
	irq->fn = fn;
	irq->arg = arg;
	irq_work_queue(&irq->work);
}

static inline void hard_irq_wait(struct hard_irq *irq)
{
	while (irq_work_is_busy(&irq->work))
		cpu_relax();
}

/* Call @fn in a hard interrupt on this CPU. Interrupts on; what the interrupt's end runs has run, too. */
static inline void in_hard_irq(void (*fn)(void *arg), void *arg)
{
	struct hard_irq irq;

	hard_irq_send(&irq, fn, arg);
	hard_irq_wait(&irq);
}

/*
 * In a hard interrupt: turn interrupts on and have another one come right over it. Where it does not, it
 * comes when this one is over.
 */
static inline void hard_irq_over_this_one(struct hard_irq *irq, void (*fn)(void *arg), void *arg)
{
	unsigned long turns = 100000000;

	hard_irq_send(irq, fn, arg);
	local_irq_enable();
	while (irq_work_is_busy(&irq->work) && --turns)
		cpu_relax();
	local_irq_disable();
}

struct remote_irq {
	call_single_data_t call;
	void (*fn)(void *arg);
	void *arg;
	bool over;
};

static inline void remote_irq_run(void *data)
{
	struct remote_irq *irq = data;

	irq->fn(irq->arg);
	/* The last touch of what is on another CPU's stack; pairs with in_hard_irq_on(). */
	smp_store_release(&irq->over, true);
}

/* The same on another CPU, which a thread keeps busy. Also from a softirq. */
static inline void in_hard_irq_on(int cpu, void (*fn)(void *arg), void *arg)
{
	struct remote_irq irq = { .fn = fn, .arg = arg };

	INIT_CSD(&irq.call, remote_irq_run, &irq);
	smp_call_function_single_async(cpu, &irq.call);
	/* Pairs with remote_irq_run(). */
	while (!smp_load_acquire(&irq.over))
		cpu_relax();
}

struct pinned {
	void (*fn)(void);
	struct completion over;
};

static inline int pinned_main(void *data)
{
	struct pinned *pinned = data;

	pinned->fn();
	complete(&pinned->over);
	return wait_for_stop();
}

/* Call @fn in a thread that never leaves @cpu. Returns when it has ended, 0 or an error. */
static inline int run_pinned(unsigned int cpu, void (*fn)(void))
{
	struct pinned pinned = { .fn = fn };
	struct task_struct *thread;

	init_completion(&pinned.over);
	thread = kthread_create(pinned_main, &pinned, "conformance/%u", cpu);
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	kthread_bind(thread, cpu);
	wake_up_process(thread);
	wait_for_completion(&pinned.over);
	return kthread_stop(thread);
}

/* How a thread keeps a CPU busy: it lets others in between, or nobody, or not even softirqs. */
enum busy_how { BUSY_POLITE, BUSY_PREEMPT_OFF, BUSY_BH_OFF };

/* A thread that keeps a CPU from being idle until it is told to let go. */
struct busy {
	struct task_struct *thread;
	struct completion begun;
	enum busy_how how;
	bool let_go;		/* written by the other CPU */
};

static inline void busy_spin(struct busy *busy)
{
	complete(&busy->begun);
	while (!READ_ONCE(busy->let_go)) {
		cpu_relax();
		if (busy->how == BUSY_POLITE)
			cond_resched();
	}
}

static inline int busy_main(void *data)
{
	struct busy *busy = data;

	/* What was to be done here, ksoftirqd's part too, is done first. */
	schedule_timeout_uninterruptible(2);
	if (busy->how == BUSY_PREEMPT_OFF)
		preempt_disable();
	if (busy->how == BUSY_BH_OFF)
		local_bh_disable();
	busy_spin(busy);
	if (busy->how == BUSY_BH_OFF)
		local_bh_enable();
	if (busy->how == BUSY_PREEMPT_OFF)
		preempt_enable();
	return wait_for_stop();
}

static inline bool keep_busy(struct busy *busy, unsigned int cpu, enum busy_how how)
{
	*busy = (struct busy){ .how = how };
	init_completion(&busy->begun);
	busy->thread = kthread_create(busy_main, busy, "busy/%u", cpu);
	if (IS_ERR(busy->thread))
		return false;
	kthread_bind(busy->thread, cpu);
	wake_up_process(busy->thread);
	wait_for_completion(&busy->begun);
	return true;
}

static inline void let_go(struct busy *busy)
{
	WRITE_ONCE(busy->let_go, true);
	kthread_stop(busy->thread);
}

static DECLARE_COMPLETION(fence_passed);
static struct task_struct *ksoftirqd_here;	/* once it was seen */

static inline bool in_ksoftirqd(void)
{
	return !strncmp(current->comm, "ksoftirqd/", strlen("ksoftirqd/"));
}

static inline void fence_run(struct tasklet_struct *t)
{
	if (in_ksoftirqd())
		ksoftirqd_here = current;
	complete(&fence_passed);
}

static DECLARE_TASKLET(fence_tasklet, fence_run);

/* All softirqs raised on this CPU, and all tasklets scheduled here, have run when this returns true. */
static inline bool fence(void)
{
	reinit_completion(&fence_passed);
	local_bh_disable();
	tasklet_schedule(&fence_tasklet);
	local_bh_enable();
	return arrives(&fence_passed);
}

/*
 * ksoftirqd is found by what it does: it runs what a task raised. An interrupt may be quicker now and
 * then, so this tries again, the first time that it is called.
 */
static inline void meet_ksoftirqd(void)
{
	static int attempts = 100;

	while (!ksoftirqd_here && attempts) {
		attempts--;
		reinit_completion(&fence_passed);
		tasklet_schedule(&fence_tasklet);
		arrives(&fence_passed);
	}
}

static inline bool ksoftirqd_is_awake(void)
{
	return ksoftirqd_here && task_is_running(ksoftirqd_here);
}

/* Each tick until ksoftirqd sleeps; false when it never does. */
static inline bool ksoftirqd_may_sleep(unsigned long end)
{
	if (!came(time_before(jiffies, end)))
		return false;
	schedule_timeout_uninterruptible(1);
	return true;
}

/* local_bh_disable() while ksoftirqd sleeps. */
static inline void settled_bh_disable(void)
{
	unsigned long end = jiffies + PATIENCE;

	meet_ksoftirqd();
	for (;;) {
		local_bh_disable();
		if (!ksoftirqd_is_awake())
			return;
		local_bh_enable();
		if (!ksoftirqd_may_sleep(end))
			break;
	}
	local_bh_disable();
}

/* local_irq_disable() while ksoftirqd sleeps. */
static inline void settled_irq_disable(void)
{
	unsigned long end = jiffies + PATIENCE;

	meet_ksoftirqd();
	for (;;) {
		local_irq_disable();
		if (!ksoftirqd_is_awake())
			return;
		local_irq_enable();
		if (!ksoftirqd_may_sleep(end))
			break;
	}
	local_irq_disable();
}

/* A hard interrupt in a task, ksoftirqd asleep. What its end runs has run when this returns. */
static inline void in_settled_hard_irq(void (*fn)(void *arg), void *arg)
{
	struct hard_irq irq;

	settled_irq_disable();
	hard_irq_send(&irq, fn, arg);
	local_irq_enable();
	hard_irq_wait(&irq);
}

#endif
