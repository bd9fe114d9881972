// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the simulated machine that need two runs, or a look at all of its memory.
 *
 * What
 *	They use the scenarios of tests/scenario/machine.c as material, whatever these find.
 */
#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "runner.h"

#define SEEDS	200

static const struct host_test *material(const char *name)
{
	const struct host_test *test = find_test(name);

	if (!test)
		fail_msg("there is no scenario %s", name);
	return test;
}

static void run_seed(struct run *run, const char *name, unsigned long seed, int record)
{
	const struct host_test *test = material(name);
	struct host_job job = run_job(test, seed);

	job.record = record;
	run_once(run, test, 2, &job);
}

static void expect_same(const struct run *a, const struct run *b)
{
	assert_int_equal(a->stop, b->stop);
	assert_int_equal(a->outcome.verdict, b->outcome.verdict);
	assert_int_equal(a->outcome.steps, b->outcome.steps);
	assert_int_equal(a->outcome.decisions, b->outcome.decisions);
	assert_int_equal(a->outcome.ns, b->outcome.ns);
	assert_int_equal(a->outcome.hash, b->outcome.hash);
}

static const char *const scenarios[] = {
	"good_lock_lets_one_in", "state_set_before_the_test_loses_none",
	"dekker_without_barrier_lets_both_in", "injected_functions_run_once_each",
	"locks_in_two_orders_deadlock",
};

static void same_seed_same_trace(void **state)
{
	struct run first, second;

	run_catch_signals();
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		for (unsigned long seed = 1; seed <= SEEDS; seed++) {
			run_seed(&first, scenarios[i], seed, 0);
			run_seed(&second, scenarios[i], seed, 0);
			expect_same(&first, &second);
		}
}

/* The trace of a run that another process made, from the last lines that it prints. */
static unsigned long trace_of_other_process(const char *name, unsigned long seed)
{
	char program[256], command[512], line[512];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	unsigned long hash = 0;
	FILE *output;

	assert_true(length > 0);
	program[length] = '\0';
	snprintf(command, sizeof(command), "'%s' --cpus 2 --last 1 --replay %lu %s", program, seed, name);
	output = popen(command, "r");
	assert_non_null(output);
	while (fgets(line, sizeof(line), output)) {
		const char *trace = strstr(line, ", trace ");

		if (trace)
			hash = strtoul(trace + 8, NULL, 16);
	}
	pclose(output);
	return hash;
}

static void same_seed_same_trace_in_another_process(void **state)
{
	struct run run;

	run_catch_signals();
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		for (unsigned long seed = 1; seed <= 3; seed++) {
			run_seed(&run, scenarios[i], seed, 0);
			assert_int_equal(run.outcome.hash, trace_of_other_process(scenarios[i], seed));
		}
}

static void other_seed_other_trace(void **state)
{
	struct run first, second;
	unsigned int different = 0;

	run_catch_signals();
	for (unsigned long seed = 1; seed <= SEEDS; seed++) {
		run_seed(&first, scenarios[0], seed, 0);
		run_seed(&second, scenarios[0], seed + 1, 0);
		different += first.outcome.hash != second.outcome.hash;
	}
	assert_true(different > SEEDS / 2);
}

static void recorded_run_is_the_same_run(void **state)
{
	struct run plain, recorded;

	run_catch_signals();
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		for (unsigned long seed = 1; seed <= SEEDS; seed++) {
			run_seed(&plain, scenarios[i], seed, 0);
			run_seed(&recorded, scenarios[i], seed, 1);
			expect_same(&plain, &recorded);
		}
}

/* The order of runs does not matter: what one leaves behind, the next does not see. */
static void a_run_leaves_nothing_behind(void **state)
{
	struct run alone, after_others;

	run_catch_signals();
	for (unsigned long seed = 1; seed <= SEEDS; seed++) {
		run_seed(&alone, scenarios[1], seed, 0);
		for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
			run_seed(&after_others, scenarios[i], seed * 7, 0);
		run_seed(&after_others, scenarios[1], seed, 0);
		expect_same(&alone, &after_others);
	}
}

/* Every byte of the machine's memory is as it was. */
static void restored_memory_is_the_same(void **state)
{
	struct run run;
	uint64_t before, after;

	run_catch_signals();
	run_seed(&run, scenarios[0], 1, 0);
	run_rewind(2);
	before = memory_hash();
	for (unsigned long seed = 1; seed <= 20; seed++)
		for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
			run_seed(&run, scenarios[i], seed, 0);
			assert_true(memory_hash() != before);
			run_rewind(2);
			after = memory_hash();
			assert_int_equal(before, after);
		}
	/* By way of another number of CPUs: everything is copied. */
	run_once(&run, material(scenarios[0]), 1, &run.job);
	run_rewind(2);
	assert_int_equal(memory_hash(), before);
}

static void deadlock_is_reported_with_both_cpus(void **state)
{
	struct host_cpu_report reports[HOST_CPUS_MAX];
	struct run run;
	unsigned long seed = 0;

	run_catch_signals();
	do {
		run_seed(&run, "locks_in_two_orders_deadlock", ++seed, 0);
	} while (run.stop != HOST_DEADLOCK && seed < 20000);
	assert_int_equal(run.stop, HOST_DEADLOCK);
	assert_int_equal(host_report_cpus(reports, HOST_CPUS_MAX), 2);
	for (int cpu = 0; cpu < 2; cpu++) {
		char word[80], where[80];

		symbol_text(reports[cpu].address, word, sizeof(word));
		symbol_text(reports[cpu].pcs[0], where, sizeof(where));
		assert_string_equal(reports[cpu].state, "spins (cpu_relax)");
		assert_true(!fnmatch("lock_[ab]*", word, 0) || !fnmatch("*node*", word, 0));
		assert_int_equal(reports[cpu].irqs_on, 0);
		assert_string_equal(reports[cpu].task, "scenario");
	}
}

/* Callers have the run on their stack, and hand the text on. */
static void complaint_outlives_its_run(void **state)
{
	const char *complaint;
	struct run run;
	unsigned long seed = 0;

	run_catch_signals();
	do {
		run_seed(&run, "broken_lock_lets_two_in", ++seed, 0);
	} while (!run_failed(&run) && seed < 20000);
	complaint = run_complaint(&run);
	memset(&run, 'x', sizeof(run));
	assert_non_null(strstr(complaint, "collisions"));
}

/* What is left of a CPU in the middle of a bad access is no context. Of the others it still is one. */
static void bad_access_is_reported_without_one_of_the_runner(void **state)
{
	struct host_cpu_report reports[HOST_CPUS_MAX];
	unsigned int unknown = 0;
	struct run run;

	run_catch_signals();
	for (unsigned long seed = 1; seed <= SEEDS; seed++) {
		run_seed(&run, "littered_stack_is_a_fault", seed, 0);
		assert_int_equal(run.stop, HOST_FAULT);
		assert_int_equal(run_report(reports, HOST_CPUS_MAX), 2);
		unknown = 0;
		for (int cpu = 0; cpu < 2; cpu++)
			unknown += !reports[cpu].pcs[0];
		assert_int_equal(unknown, 1);
	}
}

/* Counting them is code of the core, and the runner's stack is none of a simulated CPU. */
static void marks_are_read_without_a_step(void **state)
{
	struct host_outcome before;
	struct run run;

	run_catch_signals();
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		for (unsigned long seed = 1; seed <= SEEDS; seed++) {
			run_seed(&run, scenarios[i], seed, 0);
			before = host_outcome;
			for (int times = 0; times < 20; times++)
				assert_int_equal(host_mark_hits("no such mark"), -1);
			assert_memory_equal(&host_outcome, &before, sizeof(before));
		}
}

#define SELFTEST(function)	{ "host." #function, function, NULL, NULL, NULL }

static void units_are_compared_by_what_they_say(void **state)
{
	static const struct {
		const char *plain, *now, *finds;
	} consoles[] = {
		{ "", "", NULL },
		{ "[    0.1] observe: a.b = 1\n", "[   10.2] observe: a.b = 1\n", NULL },
		{ "observe: a.b = 1\nnoise\nunit: x\n", "observe: a.b = 1\nunit: x\nunit2: y\n", NULL },
		{ "observe: a.b = 1\n", "observe: a.b = 2\n", "a.b = 2\", by the plainest schedule \"observe: a.b = 1" },
		{ "unit: x\nunit: y\n", "unit: y\nunit: x\n", "says \"unit: y\"" },
		{ "unit: x\n", "[ 0.1] unit: x\n[ 0.2] unit: y", "says \"unit: y\"" },
		{ "unit: x\nobserve: a.b = 1\n", "unit: x\n", "says \"(nothing more)\"" },
	};

	for (size_t i = 0; i < sizeof(consoles) / sizeof(consoles[0]); i++) {
		const char *found = says_difference(consoles[i].plain, consoles[i].now, "unit");

		if (!consoles[i].finds)
			assert_null(found);
		else
			assert_non_null(strstr(found ? found : "", consoles[i].finds));
	}
}

static const struct CMUnitTest all[] = {
	SELFTEST(same_seed_same_trace),
	SELFTEST(same_seed_same_trace_in_another_process),
	SELFTEST(other_seed_other_trace),
	SELFTEST(recorded_run_is_the_same_run),
	SELFTEST(a_run_leaves_nothing_behind),
	SELFTEST(restored_memory_is_the_same),
	SELFTEST(deadlock_is_reported_with_both_cpus),
	SELFTEST(complaint_outlives_its_run),
	SELFTEST(bad_access_is_reported_without_one_of_the_runner),
	SELFTEST(marks_are_read_without_a_step),
	SELFTEST(units_are_compared_by_what_they_say),
};

unsigned int selftests(struct CMUnitTest *tests, unsigned int max)
{
	unsigned int n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && n < max; i++)
		if (!fnmatch(options.pattern, all[i].name, 0) || !fnmatch(options.pattern, "host", 0))
			tests[n++] = all[i];
	return n;
}
