// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports: sleeping where it is forbidden, overflowing stacks, and the list of all tasks.
 *
 * What
 *	schedule_while_atomic()	schedule() was called in an interrupt, or with preemption off: always reported
 *	__might_sleep()		a function was called there that could sleep: CONFIG_DEBUG_ATOMIC_SLEEP
 *	Both say who: the function and its task, the preemption count in words, and in debug builds where
 *	the count became nonzero, the spinlocks that are held, and where they were taken.
 *
 * Limits
 *	Code that waits in a loop, in an interrupt, comes here for ever: the same caller is reported once a
 *	second.
 *
 * Tests
 *	tests/boot/sched_test.c: sleep_in_*
 */
#include "sched.h"
#include <linux/cpu.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>

/* ---- where am I? ---- */

/* What forbids sleeping here, the weightiest first; NULL: nothing that can be seen. */
static const char *why_atomic(void)
{
	unsigned int count = preempt_count();

	if (count & NMI_MASK)
		return "in an NMI";
	if (count & HARDIRQ_MASK)
		return "in a hard interrupt";
	if (count & SOFTIRQ_OFFSET)
		return "in a softirq";
	if (is_idle_task(current))
		return "in an idle task";
	if (count & SOFTIRQ_MASK)
		return "with bottom halves off";
	if (count & PREEMPT_MASK)
		return "with preemption off, or a spinlock held";
	if (irqs_disabled())
		return "with interrupts off";
	return NULL;
}

/* The place from which this CPU was last reported, and when. P */
static DEFINE_PER_CPU(unsigned long, last_reported_ip);
static DEFINE_PER_CPU(u64, last_reported_ns);

static bool reported_just_now(unsigned long ip)
{
	u64 now = arch_clock_ns();
	bool same = this_cpu_read(last_reported_ip) == ip &&
		    now - this_cpu_read(last_reported_ns) < NSEC_PER_SEC;

	if (!same) {
		this_cpu_write(last_reported_ip, ip);
		this_cpu_write(last_reported_ns, now);
	}
	return same;
}

static void show_who_forbids_it(void)
{
	if (preempt_count() && preempt_off_ip())
		pr_info("  the count became nonzero at %pS\n", (void *)preempt_off_ip());
	debug_show_held_locks(current);
}

/*
 * schedule() was called at @ip, with a count that forbids it. Return: whether a switch is possible
 * nevertheless: not on an interrupt stack, and not by the task that others switch to when they sleep.
 */
bool schedule_while_atomic(unsigned long ip)
{
	bool can_switch = !in_nmi() && !in_hardirq() && !in_serving_softirq() && !is_idle_task(current);

	if (!can_switch && reported_just_now(ip))
		return false;
	bug_warn_fmt(__FILE__, __LINE__, __func__,
		     "scheduling while atomic: %s/%d/0x%08x, %s, by %pS", current->comm, current->pid,
		     preempt_count(), why_atomic(), (void *)ip);
	show_who_forbids_it();
	return can_switch;
}

/**
 * __might_sleep - a function that can sleep was called; say so if it must not
 * @file: of the caller
 * @line: of the caller
 *
 * Context: any. Quiet until the boot CPU has become idle for the first time: what is called before may
 * be what sleeps later, but there is nobody to wait for yet.
 */
void __might_sleep(const char *file, int line)
{
	unsigned long ip = (unsigned long)__builtin_return_address(0);
	const char *why;

	if (likely(preemptible() && !is_idle_task(current)) || !scheduler_running())
		return;
	why = why_atomic();
	if (!why || reported_just_now(ip))
		return;
	bug_warn_fmt(file, line, __func__, "sleeping function called %s: %s/%d/0x%08x, by %pS", why,
		     current->comm, current->pid, preempt_count(), (void *)ip);
	show_who_forbids_it();
}

void check_stack_end(struct task_struct *p)
{
	if (unlikely(*(unsigned long *)p->stack != STACK_END_MAGIC))
		panic("[%s] has overflowed its stack", p->comm);
}

/* For reports of all kinds: kernel/panic.c. Context: any. */
void describe_current_task(char *buf, size_t size)
{
	snprintf(buf, size, "%s (%d)", current->comm, current->pid);
}

/* ---- the list of all tasks ---- */

char task_state_to_char(const struct task_struct *p)
{
	unsigned int state = READ_ONCE(p->__state);

	if (state & TASK_DEAD)
		return 'X';
	if (state & TASK_PARKED)
		return 'P';
	if ((state & TASK_IDLE) == TASK_IDLE)
		return 'I';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	if (state & TASK_INTERRUPTIBLE)
		return 'S';
	return 'R';
}

static const char *where_it_is(const struct task_struct *p)
{
	if (task_curr(p))
		return "running";
	return p->in_iowait ? "in I/O at" : "at";
}

void sched_show_task(struct task_struct *p)
{
	char name[TASK_COMM_LEN + 2];

	snprintf(name, sizeof(name), "[%s]", p->comm);
	pr_info("%-17s %5d %c cpu %2u prio %3d ran %8llu us, switches %lu + %lu, %s %pS\n", name, p->pid,
		task_state_to_char(p), task_cpu(p), p->prio, READ_ONCE(p->sum_exec_runtime) / NSEC_PER_USEC,
		p->nvcsw, p->nivcsw, where_it_is(p), (void *)READ_ONCE(p->wait_ip));
	debug_show_held_locks(p);
}

static bool show_if(struct task_struct *p, void *states)
{
	unsigned int wanted = *(unsigned int *)states, state = READ_ONCE(p->__state);

	/* Who is only waiting for work (TASK_IDLE) is not stuck. */
	if (!wanted || ((state & wanted) && !(state & TASK_NOLOAD)))
		sched_show_task(p);
	return false;
}

void show_state_filter(unsigned int states)
{
	unsigned int cpu;

	if (!states)
		for_each_online_cpu(cpu)
			sched_show_task(cpu_rq(cpu)->idle);
	if (!try_for_each_task(show_if, &states))
		pr_err("sched: the list of tasks is locked, and stays so\n");
}
