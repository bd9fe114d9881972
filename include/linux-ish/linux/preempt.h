/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * preempt_count: in which context does this CPU run, and may its task be preempted?
 *
 * What
 *	One word a CPU, saved and loaded with the task. Linux's layout:
 *
 *	  bits 0-7    preempt_disable() depth
 *	  bits 8-15   softirq: bit 8 is "serving a softirq", the rest counts local_bh_disable()
 *	  bits 16-19  hard IRQ depth
 *	  bits 20-23  NMI depth
 *	  bit 31      INVERTED need-resched: 0 means that a reschedule is wanted
 *
 *	The inversion makes "nothing forbids it and somebody wants it" one compare with zero, so
 *	preempt_enable() is a decrement and a branch.
 *
 * Contexts
 *	All of it is for the own CPU, and legal anywhere.
 *
 * Differs from Linux
 *	The inverted bit is the only need-resched flag: there is no per-task copy. Another CPU asks by
 *	reschedule IPI (kernel/sched/).
 *
 * Tests
 *	tests/boot/context_test.c, tests/scenario/
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/percpu-defs.h>

#define PREEMPT_BITS	8
#define SOFTIRQ_BITS	8
#define HARDIRQ_BITS	4
#define NMI_BITS	4

#define PREEMPT_SHIFT	0
#define SOFTIRQ_SHIFT	(PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT	(SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT	(HARDIRQ_SHIFT + HARDIRQ_BITS)

#define PREEMPT_MASK	(((1U << PREEMPT_BITS) - 1) << PREEMPT_SHIFT)
#define SOFTIRQ_MASK	(((1U << SOFTIRQ_BITS) - 1) << SOFTIRQ_SHIFT)
#define HARDIRQ_MASK	(((1U << HARDIRQ_BITS) - 1) << HARDIRQ_SHIFT)
#define NMI_MASK	(((1U << NMI_BITS) - 1) << NMI_SHIFT)

#define PREEMPT_OFFSET	(1U << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET	(1U << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET	(1U << HARDIRQ_SHIFT)
#define NMI_OFFSET	(1U << NMI_SHIFT)

/* local_bh_disable() counts in twos: the odd bit says that a softirq is being served. */
#define SOFTIRQ_DISABLE_OFFSET	(2 * SOFTIRQ_OFFSET)
/* What the _bh forms of locks count: bottom halves and the lock, so that they can be taken apart. */
#define SOFTIRQ_LOCK_OFFSET \
	(SOFTIRQ_DISABLE_OFFSET + (IS_ENABLED(CONFIG_PREEMPT_COUNT) ? PREEMPT_OFFSET : 0))

#define PREEMPT_NEED_RESCHED	0x80000000U
/* Nothing forbids preemption, nobody wants it. */
#define PREEMPT_ENABLED		PREEMPT_NEED_RESCHED
/*
 * A CPU's count while it switches tasks: schedule() holds one, where that is counted. So a new task
 * starts with it, and drops it first thing; boot and idle tasks keep it.
 */
#define SWITCH_PREEMPT_COUNT \
	(PREEMPT_ENABLED + (IS_ENABLED(CONFIG_PREEMPT_COUNT) ? PREEMPT_OFFSET : 0))
#define FORK_PREEMPT_COUNT	SWITCH_PREEMPT_COUNT
#define INIT_PREEMPT_COUNT	SWITCH_PREEMPT_COUNT

DECLARE_PER_CPU(unsigned int, __preempt_count);

#define preempt_count()		(this_cpu_read(__preempt_count) & ~PREEMPT_NEED_RESCHED)
#ifdef CONFIG_DEBUG_PREEMPT
/* kernel/sched/preempt_debug.c: the same, with overflow, underflow and who was the first checked and noted. */
void debug_preempt_count_add(unsigned int v);
void debug_preempt_count_sub(unsigned int v);
bool debug_preempt_count_dec_and_test(void);
#define preempt_count_add(v)	debug_preempt_count_add(v)
#define preempt_count_sub(v)	debug_preempt_count_sub(v)
#else
#define preempt_count_add(v)	do { this_cpu_add(__preempt_count, (v)); barrier(); } while (0)
#define preempt_count_sub(v)	do { barrier(); this_cpu_sub(__preempt_count, (v)); } while (0)
#endif
#define __preempt_count_add(v)	preempt_count_add(v)
#define __preempt_count_sub(v)	preempt_count_sub(v)

/* need-resched, this CPU's: inverted in the count. Setting it is legal in any context of this CPU. */
#define set_preempt_need_resched()	this_cpu_and(__preempt_count, ~PREEMPT_NEED_RESCHED)
#define clear_preempt_need_resched()	this_cpu_or(__preempt_count, PREEMPT_NEED_RESCHED)
#define test_preempt_need_resched()	(!this_cpu_test(__preempt_count, PREEMPT_NEED_RESCHED))
/** need_resched - whether the scheduler wants this CPU. Context: any. */
#define need_resched()			test_preempt_need_resched()
/* May preempt, and should. */
#define should_resched()		(!this_cpu_test(__preempt_count, ~0U))

/** nmi_count, hardirq_count, softirq_count - the fields of the count, in place. Context: any. */
#define nmi_count()		(preempt_count() & NMI_MASK)
#define hardirq_count()		(preempt_count() & HARDIRQ_MASK)
#define softirq_count()		(preempt_count() & SOFTIRQ_MASK)
#define irq_count()		(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

/** in_nmi - true in an NMI handler */
#define in_nmi()		this_cpu_test(__preempt_count, NMI_MASK)
/** in_hardirq - true in a hard interrupt handler */
#define in_hardirq()		this_cpu_test(__preempt_count, HARDIRQ_MASK)
/** in_serving_softirq - true while a softirq action runs, not merely with bottom halves off */
#define in_serving_softirq()	this_cpu_test(__preempt_count, SOFTIRQ_OFFSET)
/** in_softirq - true while a softirq runs or bottom halves are disabled */
#define in_softirq()		this_cpu_test(__preempt_count, SOFTIRQ_MASK)
/** in_interrupt - true in NMI, hard IRQ, softirq, or with bottom halves disabled */
#define in_interrupt() \
	this_cpu_test(__preempt_count, NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK)
/** in_task - true in task context, also with bottom halves disabled */
#define in_task() \
	(!this_cpu_test(__preempt_count, NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET))
#define in_irq()		in_hardirq()

/** in_atomic - true where sleeping is forbidden by the count; without PREEMPT_COUNT it cannot see spinlocks */
#define in_atomic()		(preempt_count() != 0)
#define preemptible()		(preempt_count() == 0 && !irqs_disabled())

/* The way out to the scheduler; kernel/sched/core.c. */
void preempt_schedule(void);

#define preempt_check_resched() do {					\
	if (IS_ENABLED(CONFIG_PREEMPT) && unlikely(should_resched()))	\
		preempt_schedule();					\
} while (0)

#ifdef CONFIG_PREEMPT_COUNT
/** preempt_disable - stay on this CPU, and keep it. Context: any. Nests up to 255 deep. */
#define preempt_disable()	preempt_count_add(PREEMPT_OFFSET)
#define preempt_enable_no_resched() preempt_count_sub(PREEMPT_OFFSET)
/** preempt_enable - undo one preempt_disable(); reschedules if that was the last and somebody waits */
#define preempt_enable() do {						\
	barrier();							\
	if (unlikely(preempt_count_dec_and_test()) && IS_ENABLED(CONFIG_PREEMPT)) \
		preempt_schedule();					\
} while (0)
#ifdef CONFIG_DEBUG_PREEMPT
#define preempt_count_dec_and_test() debug_preempt_count_dec_and_test()
#else
#define preempt_count_dec_and_test() arch_this_cpu_dec_zero(__preempt_count)
#endif
#else
#define preempt_disable()	barrier()
#define preempt_enable()	barrier()
#define preempt_enable_no_resched() barrier()
#define preempt_count_dec_and_test() need_resched()
#endif

#define preempt_disable_notrace()	preempt_disable()
#define preempt_enable_notrace()	preempt_enable()

#endif
