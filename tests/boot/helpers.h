/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What several selftests need: a log of what ran in which order, a hard interrupt on demand, bounded
 * waiting for another CPU.
 */
#ifndef _TESTS_BOOT_HELPERS_H
#define _TESTS_BOOT_HELPERS_H

#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/smp.h>
#include <kunit/test.h>
#include <arch/cpu.h>

/* Turns of a bounded wait: far more than another CPU needs, far less than the watchdog allows. */
#define WAIT_TURNS	50000000UL

/* Wait, spinning, until @condition holds; false if it never does. */
#define wait_until(condition) ({					\
	unsigned long __turns = WAIT_TURNS;				\
	while (!(condition) && --__turns)				\
		arch_cpu_relax();					\
	__turns != 0;							\
})

/* An order of events. Any context, any CPU. */
struct event_log {
	atomic_t used;
	int event[64];
};

static inline void log_event(struct event_log *log, int event)
{
	int slot = atomic_fetch_inc(&log->used);

	if (slot < (int)ARRAY_SIZE(log->event))
		WRITE_ONCE(log->event[slot], event);
}

static inline void log_reset(struct event_log *log)
{
	atomic_set(&log->used, 0);
}

#define EXPECT_LOG(test, log, ...) do {					\
	const int __want[] = { __VA_ARGS__ };				\
	int __i;							\
	KUNIT_EXPECT_EQ(test, atomic_read(&(log)->used), (int)ARRAY_SIZE(__want)); \
	for (__i = 0; __i < (int)ARRAY_SIZE(__want) && __i < atomic_read(&(log)->used); __i++) \
		KUNIT_EXPECT_EQ(test, READ_ONCE((log)->event[__i]), __want[__i]); \
} while (0)

struct hard_irq_call {
	struct irq_work work;
	void (*fn)(void *arg);
	void *arg;
};

static inline void hard_irq_call_run(struct irq_work *work)
{
	struct hard_irq_call *call = container_of(work, struct hard_irq_call, work);

	call->fn(call->arg);
}

/*
 * Run @fn in a hard interrupt on this CPU. Interrupts on: it has run when this returns, and so has
 * what the end of the interrupt runs. Interrupts off: it runs when they go on; then @call must live.
 */
static inline void hard_irq_call(struct hard_irq_call *call, void (*fn)(void *arg), void *arg)
{
	call->work = IRQ_WORK_INIT(hard_irq_call_run);
	call->fn = fn;
	call->arg = arg;
	irq_work_queue(&call->work);
	if (!irqs_disabled())
		while (irq_work_is_busy(&call->work))
			arch_cpu_relax();
}

static inline void in_hard_irq(void (*fn)(void *arg), void *arg)
{
	struct hard_irq_call call;

	hard_irq_call(&call, fn, arg);
}

#define SKIP_ON_ONE_CPU(test) do {					\
	if (num_online_cpus() < 2)					\
		kunit_skip(test, "needs two CPUs");			\
} while (0)

#endif
