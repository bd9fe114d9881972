// SPDX-License-Identifier: GPL-2.0-only
/*
 * What scenarios stand on (<kunit/scenario.h>), on a machine that was not made for them.
 *
 * What
 *	Threads are kernel threads. The functions marked __weak are for the real machine: chance is
 *	a small generator with a fixed seed, an injected interrupt is an IPI, or, on the own CPU,
 *	the frame of one around a call; a line is one of the software controller (<linux/irq_sim.h>),
 *	an edge on the CPU that raises it. The simulated machine (arch/host/irq.c) has its own, where
 *	the seed decides.
 *
 * Contexts
 *	Task, unless the header says otherwise.
 *
 * Tests
 *	Every scenario.
 */
#include <kunit/scenario.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irq_sim.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/errno.h>

/* Whether the seed decides all; then mistakes on purpose are found, and not just made. */
bool __weak scenario_simulated(void) { return false; }

void scenario_run_case(struct kunit *test, const struct scenario *scenario)
{
	unsigned int runs = scenario_simulated() || !scenario->runs ? 1 : scenario->runs;

	if (num_online_cpus() < scenario->cpus_min)
		kunit_skip(test, "needs %u CPUs", scenario->cpus_min);
	if (scenario->finds && !scenario_simulated())
		kunit_skip(test, "holds a mistake on purpose; for the simulated machine");
	if (scenario->strong_order && !scenario_simulated())
		kunit_skip(test, "needs a machine without store buffers");
	while (runs--)
		scenario->body(test);
}

/* ---------------------------------------------------------------- threads */

static int thread_main(void *data)
{
	struct scenario_thread *thread = data;

	thread->fn(thread->arg);
	complete(&thread->done);
	return 0;
}

void scenario_start(struct kunit *test, struct scenario_thread *thread, int cpu,
		    void (*fn)(void *arg), void *arg)
{
	thread->fn = fn;
	thread->arg = arg;
	init_completion(&thread->done);
	thread->task = kthread_create(thread_main, thread, "scenario");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, thread->task);
	if (cpu >= 0)
		kthread_bind(thread->task, (unsigned int)cpu % num_online_cpus());
	wake_up_process(thread->task);
}

void scenario_join(struct scenario_thread *thread)
{
	wait_for_completion(&thread->done);
}

void scenario_start_each(struct kunit *test, struct scenario_thread *thread, unsigned int n,
			 void (*fn)(void *arg), void *arg)
{
	for (unsigned int i = 0; i < n; i++)
		scenario_start(test, &thread[i], (int)i, fn, arg);
}

void scenario_join_each(struct scenario_thread *thread, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		scenario_join(&thread[i]);
}

/* ---------------------------------------------------------------- lines */

unsigned int scenario_irq(struct kunit *test, enum scenario_line kind)
{
	int irq = scenario_lend_irq(kind);

	if (irq < 0)
		kunit_skip(test, "no such software line on this machine");
	return (unsigned int)irq;
}

/* ---------------------------------------------------------------- the real machine */

/* xorshift32, Marsaglia 2003: the same numbers in every boot. */
unsigned int __weak scenario_choose(unsigned int n)
{
	static u32 state = 2463534242U;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

static void interrupt_myself(void (*fn)(void *arg), void *arg)
{
	unsigned long flags;

	local_irq_save(flags);
	irq_enter();
	fn(arg);
	irq_exit();
	local_irq_restore(flags);
	preempt_check_resched();
}

void __weak scenario_inject_on(unsigned int cpu, void (*fn)(void *arg), void *arg)
{
	preempt_disable();
	cpu %= num_online_cpus();
	if (cpu == smp_processor_id())
		interrupt_myself(fn, arg);
	else
		smp_call_function_single((int)cpu, fn, arg, 0);
	preempt_enable();
}

void __weak scenario_inject(void (*fn)(void *arg), void *arg)
{
	scenario_inject_on(scenario_choose(num_online_cpus()), fn, arg);
}

static void nothing(void *unused) { }

/* Calls to one CPU run in order: when these are done, so are those before. */
void __weak scenario_settle(void)
{
	on_each_cpu(nothing, NULL, 1);
}

/* ---------------------------------------------------------------- lines of the real machine */

#define LINES	4

static struct irq_domain *controller;

static bool has_controller(void)
{
	if (!controller && IS_ENABLED(CONFIG_IRQ_SIM))
		controller = irq_domain_create_sim(NULL, LINES);
	return !IS_ERR_OR_NULL(controller);
}

/* A descriptor that remembers nothing: an edge that came when the last user had left would be replayed. */
static int new_line(unsigned int number)
{
	unsigned int irq;

	irq_dispose_mapping(irq_find_mapping(controller, number));
	irq = irq_create_mapping(controller, number);
	if (!irq)
		return -ENXIO;
	irq_set_handler(irq, handle_edge_irq);
	return (int)irq;
}

/* Each in its turn, but for those that still have a handler. */
int __weak scenario_lend_irq(enum scenario_line kind)
{
	static unsigned int next;
	unsigned int irq;

	if (kind != SCENARIO_EDGE || !has_controller())
		return -ENXIO;
	for (int tries = 0; tries < LINES; tries++) {
		next = (next + 1) % LINES;
		irq = irq_find_mapping(controller, next);
		if (!irq || !irq_has_action(irq))
			return new_line(next);
	}
	return -ENXIO;
}

void __weak scenario_raise_irq(unsigned int irq)
{
	irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
}

void __weak scenario_lower_irq(unsigned int irq) { }
