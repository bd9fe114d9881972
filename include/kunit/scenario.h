/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scenarios: tests whose meaning does not depend on the schedule, run under thousands of schedules.
 *
 * What
 *	A scenario is a KUnit case that starts a few threads and interrupts and says what must be
 *	true in every order of their steps:
 *
 *		static void handler(void *arg) { tasklet_schedule(arg); }
 *
 *		static void interrupted_anywhere_runs_once(struct kunit *test)
 *		{
 *			scenario_inject(handler, &tasklet);
 *			...
 *			scenario_settle();
 *			KUNIT_EXPECT_EQ(test, runs, 1);
 *		} SCENARIO(interrupted_anywhere_runs_once, .cpus_max = 2, .must_hit = { "tasklet:
 *		parked" });
 *
 *	On the simulated machine each is run for thousands of seeds on each number of CPUs; a seed
 *	chooses every switch between CPUs, and when and where each interrupt comes. It starts from
 *	the same booted kernel each time: static variables have the values that they had after boot.
 *	On the real machine the same body is a KUnit case, run .runs times in a row, with interrupts
 *	as the machine has them.
 *
 * Contexts
 *	The body is a task (the KUnit thread), may sleep, and must end with everything stopped that
 *	it started: threads joined, tasklets killed, lines freed.
 *
 * Limits
 *	.limit_ms of virtual time and .limit_steps, after which a run is a hang or a livelock.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#ifndef _KUNIT_SCENARIO_H
#define _KUNIT_SCENARIO_H

#include <kunit/test.h>
#include <linux/completion.h>

#define SCENARIO_MARKS_MAX	8

/**
 * struct scenario - a body and what it needs
 * @name: of the body
 * @body: the test
 * @cpus_min, @cpus_max: numbers of CPUs that it makes sense on; 0: 1 and 4
 * @runs: how often in a row on the real machine; 0: 1
 * @limit_ms: virtual time that one run may take; 0: 10,000
 * @limit_steps: steps that one run may take; 0: 1,000,000
 * @must_hit: texts of MARK()s each of which must be reached under some seed
 * @finds: the scenario holds a mistake on purpose, and some seed must fail with a report that
 * contains
 *	this text ("deadlock", or words of the failed expectation); "a|b": either
 * @finds_cpus: fewest CPUs on which that mistake can show; 0: @cpus_min
 * @strong_order: without store buffers
 */
struct scenario {
	const char *name;
	void (*body)(struct kunit *test);
	unsigned int cpus_min;
	unsigned int cpus_max;
	unsigned int runs;
	unsigned int limit_ms;
	unsigned long limit_steps;
	const char *must_hit[SCENARIO_MARKS_MAX];
	const char *finds;
	unsigned int finds_cpus;
	bool strong_order;
	struct kunit_suite *suite;
};

/* tests/scenario/support.c: the scenario as a KUnit case. */
void scenario_run_case(struct kunit *test, const struct scenario *scenario);
/* Whether this is the simulated machine. */
bool scenario_simulated(void);

/**
 * SCENARIO - register a body
 * @function: void function(struct kunit *test); its name is the scenario's
 * @...: designated initialisers of struct scenario
 */
#define SCENARIO(function, ...)						\
	static struct kunit_suite function##_suite;			\
	static const struct scenario function##_scenario = {		\
		.name = #function, .body = function, .suite = &function##_suite, ##__VA_ARGS__ \
	};								\
	static const struct scenario *const function##_entry __used	\
		__section("kunit_scenarios") = &function##_scenario;	\
	static void function##_case(struct kunit *test)			\
	{								\
		scenario_run_case(test, &function##_scenario);		\
	}								\
	static struct kunit_case function##_cases[] = {			\
		{ .run_case = function##_case, .name = "scenario" }, {}	\
	};								\
	static struct kunit_suite function##_suite = {			\
		.name = #function, .test_cases = function##_cases,	\
	};								\
	kunit_test_suite(function##_suite)

/**
 * scenario_choose - a number that the seed chooses
 * @n: how many there are to choose from, at least 1
 *
 * Context: any.
 * Return: 0 to @n - 1.
 */
unsigned int scenario_choose(unsigned int n);

/**
 * scenario_inject - have a function called once in a hard interrupt, some time from now
 * @fn: the handler; interrupts off, hard-IRQ context
 * @arg: its argument
 *
 * On the simulated machine the seed chooses the CPU and the point; on the real one it is an IPI to
 * some CPU, or an interrupt of this one. Context: any; on the real machine task only.
 */
void scenario_inject(void (*fn)(void *arg), void *arg);
/** scenario_inject_on - the same, on the given CPU; if that is down, on another */
void scenario_inject_on(unsigned int cpu, void (*fn)(void *arg), void *arg);

/**
 * scenario_settle - return when all that was injected has run, and the interrupts it ran in are
 * over
 *
 * What they left to ksoftirqd or a thread may still be on its way. Context: task.
 */
void scenario_settle(void);

/**
 * scenario_guarded - memory with an end
 * @size: at most 64 KiB
 *
 * The simulated machine alone has this. The byte behind it cannot be accessed: an overrun is a
 * fault. A second call gives memory with the same end. Context: any. Return: its first byte; what
 * it holds is not defined.
 */
void *scenario_guarded(size_t size);

enum scenario_line {
	SCENARIO_EDGE,		/* a raise is an interrupt; more raises until it is sent are one */
	SCENARIO_LEVEL,		/* interrupts for as long as it is raised */
	SCENARIO_SIMPLE,	/* edge, without mask and acknowledge */
};

/**
 * scenario_irq - an interrupt line of the simulated controller that no one uses
 * @test: the running case, which is skipped on a machine that has none of that kind
 * @kind: how it behaves
 *
 * On the real machine it is a line of the software controller (CONFIG_IRQ_SIM): an edge, on the CPU that
 * raises it; its affinity cannot be set, and what is raised while it is masked is lost. It is free
 * again when it has no handler.
 *
 * Context: any; on the real machine task, may sleep.
 * Return: a number for request_irq().
 */
unsigned int scenario_irq(struct kunit *test, enum scenario_line kind);
/** scenario_lend_irq - the same for those who need not skip: -ENXIO if there is none. Context: as above. */
int scenario_lend_irq(enum scenario_line kind);
/** scenario_raise_irq - the device asks; some CPU that the line's affinity allows is interrupted */
void scenario_raise_irq(unsigned int irq);
/** scenario_lower_irq - the device asks no more (level lines). Context of both: any. */
void scenario_lower_irq(unsigned int irq);

/* A thread of a scenario; lives on the body's stack. */
struct scenario_thread {
	void (*fn)(void *arg);
	void *arg;
	struct task_struct *task;
	struct completion done;
};

/**
 * scenario_start - run a function in a kernel thread
 * @test: the running case, which fails when no thread can be made
 * @thread: valid until scenario_join()
 * @cpu: where; -1: anywhere; numbers that the machine does not have wrap around
 * @fn: the function
 * @arg: its argument
 *
 * Context: task.
 */
void scenario_start(struct kunit *test, struct scenario_thread *thread, int cpu,
		    void (*fn)(void *arg), void *arg);
/** scenario_join - wait until the thread's function has returned. Context: task. */
void scenario_join(struct scenario_thread *thread);
/** scenario_start_each - one thread on each CPU from 0 on: @thread[i] on CPU i. Context: task. */
void scenario_start_each(struct kunit *test, struct scenario_thread *thread, unsigned int n,
			 void (*fn)(void *arg), void *arg);
/** scenario_join_each - wait for all of them. Context: task. */
void scenario_join_each(struct scenario_thread *thread, unsigned int n);

#endif
