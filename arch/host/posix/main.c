// SPDX-License-Identifier: GPL-2.0-only
/*
 * The test program: KUnit cases and scenarios of the core as CMocka tests, on simulated machines.
 *
 * What
 *	Every KUnit case that is linked in becomes one CMocka test, "suite.case". It runs by the
 *	plainest schedule on one CPU and on several, then under a few seeds. A scenario becomes one
 *	test of its own name, and runs under options.seeds seeds on each number of CPUs; a conformance
 *	unit is a case, and runs under a two hundredth of that. CMocka prints TAP.
 *
 *	A failing seed is run again with a trace, and shown with the command that repeats it.
 *	--replay does only that.
 *
 * Limits
 *	TESTS_MAX tests.
 *
 * Tests
 *	selftest.c
 */
#include <errno.h>
#include <fnmatch.h>
#include <getopt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "runner.h"

#define TESTS_MAX	2048
/* Conformance units are long: a seed for so many of a scenario. */
#define SEEDS_OF_A_UNIT	1000
/* With fewer seeds a mark that is not hit, or a mistake that is not found, tells nothing. */
#define SEEDS_ENOUGH	1000

struct options options = {
	.pattern = "*",
	.cpus_min = 1,
	.cpus_max = 4,
	.seeds = 10000,
	.case_seeds = 20,
	.first_seed = 1,
	.jobs = 1,
	.strategy = HOST_AUTO,
	.store_buffers = 1,
	.plain_points = 1,
	.last = 200,
	.cmdline = "kunit.timeout=0",
};

static struct host_test tests[TESTS_MAX];
static unsigned int nr_tests;
static unsigned int passed, failed, skipped;
static struct exploration total;

const char *test_name(const struct host_test *test)
{
	static char name[200];

	if (test->scenario)
		return test->suite_name;
	snprintf(name, sizeof(name), "%s.%s", test->suite_name, test->name);
	return name;
}

const struct host_test *find_test(const char *name)
{
	for (unsigned int i = 0; i < nr_tests; i++)
		if (!strcmp(test_name(&tests[i]), name))
			return &tests[i];
	return NULL;
}

static unsigned int first_cpus(const struct host_test *test)
{
	return test->cpus_min > options.cpus_min ? test->cpus_min : options.cpus_min;
}

static unsigned int last_cpus(const struct host_test *test)
{
	return test->cpus_max < options.cpus_max ? test->cpus_max : options.cpus_max;
}

/* ---------------------------------------------------------------- one test */

static void account(const struct exploration *sum)
{
	total.runs += sum->runs;
	total.steps += sum->steps;
	total.seconds += sum->seconds;
}

static void print_speed(const struct host_test *test, const struct exploration *sum)
{
	if (sum->runs && sum->seconds > 0)
		say("%s: %lu schedules, %.0f a second, %lu steps each, %lu switches, %lu interrupts",
		    test_name(test), sum->runs, (double)sum->runs / sum->seconds, sum->steps / sum->runs,
		    sum->switches / sum->runs, sum->interrupts / sum->runs);
}

/* Run it once more, watching closely, and show it. Return: what went wrong. */
static const char *show_again(const struct host_test *test, unsigned int cpus, const struct host_job *job)
{
	struct host_job recorded = *job;
	struct run run;

	recorded.record = 1;
	run_once(&run, test, cpus, &recorded);
	print_run(&run, test);
	return run_failed(&run) ? run_complaint(&run) :
		"passed when it was repeated: the machine is not deterministic";
}

static void end_failed(const char *why)
{
	failed++;
	fail_msg("%s", why);
}

static void end_skipped(const struct host_test *test, const char *why)
{
	skipped++;
	say("%s: skipped: %s", test_name(test), why);
	skip();
}

static bool all_marks_hit(const struct host_test *test, const struct exploration *sum)
{
	bool all = true;

	for (int i = 0; i < HOST_MARKS_MAX && test->must_hit[i]; i++) {
		say("%s: mark \"%s\": %ld", test_name(test), test->must_hit[i], sum->hits[i]);
		all &= sum->hits[i] > 0;
	}
	return all;
}

/* Whether the text contains one of the words, which are separated by bars. */
static bool contains_one(const char *text, const char *words)
{
	char word[128];

	for (;;) {
		size_t length = strcspn(words, "|");

		snprintf(word, sizeof(word), "%.*s", (int)length, words);
		if (strstr(text, word))
			return true;
		if (!words[length])
			return false;
		words += length + 1;
	}
}

/* A scenario with a mistake in it, on purpose: some schedule must find that. */
static void expect_found(const struct host_test *test, const struct exploration *sum)
{
	struct host_job job = run_job(test, sum->seed);
	struct run run;

	if (!sum->failed && options.seeds < SEEDS_ENOUGH)
		end_skipped(test, "not found by so few seeds");
	if (!sum->failed)
		end_failed("no schedule found the mistake that it contains");
	run_once(&run, test, sum->cpus, &job);
	if (!contains_one(run_complaint(&run), test->finds)) {
		say("found: %s; expected: %s", run_complaint(&run), test->finds);
		end_failed(show_again(test, sum->cpus, &job));
	}
	say("%s: found by seed %lu on %u CPUs, after %lu schedules: %s", test_name(test), sum->seed,
	    sum->cpus, sum->runs, run_complaint(&run));
	passed++;
}

static void run_scenario(const struct host_test *test)
{
	unsigned int begin = first_cpus(test), cpus;
	struct exploration sum = { 0 };

	if (test->finds && begin < test->finds_cpus)
		begin = test->finds_cpus;
	if (begin > last_cpus(test))
		end_skipped(test, "not for so many CPUs");
	for (cpus = begin; cpus <= last_cpus(test) && !sum.failed && !sum.skipped; cpus++)
		explore(&sum, test, cpus, options.seeds);
	account(&sum);
	print_speed(test, &sum);
	if (test->finds) {
		expect_found(test, &sum);
		return;
	}
	if (sum.failed) {
		struct host_job job = run_job(test, sum.seed);

		end_failed(show_again(test, sum.cpus, &job));
	}
	if (sum.skipped)
		end_skipped(test, "it says so");
	if (!all_marks_hit(test, &sum) && options.seeds >= SEEDS_ENOUGH && begin == test->cpus_min &&
	    last_cpus(test) == test->cpus_max)
		end_failed("a mark was not hit under any seed");
	passed++;
}

/* By the plainest schedule; interrupts come when they are due. Return: whether it was not skipped. */
static bool run_plainly(const struct host_test *test, unsigned int cpus, struct run *run)
{
	struct host_job job = run_job(test, options.first_seed);

	job.strategy = HOST_BASE;
	run_once(run, test, cpus, &job);
	total.runs++;
	if (run_failed(run))
		end_failed(show_again(test, cpus, &job));
	return run->outcome.verdict != HOST_SKIP;
}

static void run_case(const struct host_test *test)
{
	unsigned long seeds = says_something(test) ? options.seeds / SEEDS_OF_A_UNIT : options.case_seeds;
	struct exploration sum = { 0 };
	bool ran = false;
	struct run run;

	for (unsigned int cpus = first_cpus(test); cpus <= last_cpus(test) && !sum.failed; cpus++)
		if (run_plainly(test, cpus, &run)) {
			ran = true;
			if (seeds)
				explore(&sum, test, cpus, seeds);
		}
	account(&sum);
	if (!ran)
		end_skipped(test, run.outcome.text);
	if (sum.failed) {
		struct host_job job = run_job(test, sum.seed);

		end_failed(show_again(test, sum.cpus, &job));
	}
	passed++;
}

static void run_one_test(void **state)
{
	const struct host_test *test = *state;

	run_catch_signals();
	if (test->scenario)
		run_scenario(test);
	else
		run_case(test);
}

/* ---------------------------------------------------------------- all of them */

static bool selected(const struct host_test *test)
{
	return !fnmatch(options.pattern, test_name(test), 0) ||
	       !fnmatch(options.pattern, test->suite_name, 0);
}

static int run_all(void)
{
	struct CMUnitTest *list = calloc(TESTS_MAX + 32, sizeof(*list));
	unsigned int nr_selftests;
	int all_failed = 0;
	size_t n = 0;

	if (!list)
		return 2;
	for (unsigned int i = 0; i < nr_tests; i++)
		if (selected(&tests[i]))
			list[n++] = (struct CMUnitTest){
				.name = strdup(test_name(&tests[i])), .test_func = run_one_test,
				.initial_state = &tests[i],
			};
	nr_selftests = selftests(list + n, 32);
	n += nr_selftests;
	says_begin();
	if (n)
		all_failed = _cmocka_run_group_tests("host", list, n, NULL, NULL);
	says_end();
	/* The machine's own tests do not count themselves. */
	passed += nr_selftests - (unsigned int)(all_failed - (int)failed);
	failed = (unsigned int)all_failed;
	printf("# %lu schedules, %.1f million steps in %.1f seconds: %.0f schedules a second\n", total.runs,
	       (double)total.steps / 1e6, total.seconds,
	       total.seconds > 0 ? (double)total.runs / total.seconds : 0.0);
	printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
	return failed ? 1 : n ? 0 : 5;
}

static int replay(unsigned long seed)
{
	for (unsigned int i = 0; i < nr_tests; i++)
		if (selected(&tests[i])) {
			struct host_job job = run_job(&tests[i], seed), plain = job;
			struct run run;

			plain.strategy = HOST_BASE;
			if (says_something(&tests[i]))
				run_once(&run, &tests[i], options.cpus_min, &plain);
			job.record = 1;
			run_once(&run, &tests[i], options.cpus_min, &job);
			print_run(&run, &tests[i]);
			return run_failed(&run);
		}
	fprintf(stderr, "there is no test %s; --list shows them\n", options.pattern);
	return 2;
}

static int list_tests(void)
{
	for (unsigned int i = 0; i < nr_tests; i++)
		if (selected(&tests[i]))
			printf("%s\n", test_name(&tests[i]));
	return 0;
}

/* ---------------------------------------------------------------- options */

static void usage(const char *program)
{
	printf("usage: %s [option...] [pattern]\n"
	       "  --list            show the tests that match\n"
	       "  --cpus N[-M]      only on so many simulated CPUs (1-4)\n"
	       "  --seeds N         seeds of a scenario on each number of CPUs (10000)\n"
	       "  --case-seeds N    seeds of a plain case, besides the base schedule (20)\n"
	       "  --first N         the first seed (1)\n"
	       "  --jobs N          processes (1)\n"
	       "  --strategy S      auto, base, random, priority or focus\n"
	       "  --stores N        store buffers: 0 never, 1 if the seed wants it, 2 always\n"
	       "  --plain N         plain accesses are points: the same\n"
	       "  --replay SEED     run one test with one seed, and show its steps\n"
	       "  --last N          how many of them (200)\n"
	       "  --cmdline TEXT    the kernel's command line\n"
	       "  --consoles DIR    keep there what conformance units print\n"
	       "  --verbose         show the kernel's console\n", program);
}

static enum host_strategy strategy_from(const char *name)
{
	for (int i = 0; i < HOST_STRATEGIES; i++)
		if (!strcmp(name, host_strategy_names[i]))
			return (enum host_strategy)i;
	fprintf(stderr, "no strategy is named %s\n", name);
	exit(2);
}

static unsigned long number_from(const char *text)
{
	char *end;
	unsigned long number;

	errno = 0;
	number = strtoul(text, &end, 0);
	if (errno || end == text || *end) {
		fprintf(stderr, "%s is not a number\n", text);
		exit(2);
	}
	return number;
}

static void cpus_from(const char *text)
{
	unsigned int min, max;
	int n = sscanf(text, "%u-%u", &min, &max);

	if (n == 1)
		max = min;
	if (n < 1 || min < 1 || max > HOST_CPUS_MAX || min > max) {
		fprintf(stderr, "--cpus takes N or N-M, from 1 to %d\n", HOST_CPUS_MAX);
		exit(2);
	}
	options.cpus_min = min;
	options.cpus_max = max;
}

enum {
	OPT_LIST = 256, OPT_CPUS, OPT_SEEDS, OPT_CASE_SEEDS, OPT_FIRST, OPT_JOBS, OPT_STRATEGY, OPT_STORES,
	OPT_PLAIN, OPT_REPLAY, OPT_LAST, OPT_CMDLINE, OPT_CONSOLES,
	OPT_VERBOSE, OPT_HELP
};

static const struct option long_options[] = {
	{ "list", no_argument, NULL, OPT_LIST },
	{ "cpus", required_argument, NULL, OPT_CPUS },
	{ "seeds", required_argument, NULL, OPT_SEEDS },
	{ "case-seeds", required_argument, NULL, OPT_CASE_SEEDS },
	{ "first", required_argument, NULL, OPT_FIRST },
	{ "jobs", required_argument, NULL, OPT_JOBS },
	{ "strategy", required_argument, NULL, OPT_STRATEGY },
	{ "stores", required_argument, NULL, OPT_STORES },
	{ "plain", required_argument, NULL, OPT_PLAIN },
	{ "replay", required_argument, NULL, OPT_REPLAY },
	{ "last", required_argument, NULL, OPT_LAST },
	{ "cmdline", required_argument, NULL, OPT_CMDLINE },
	{ "consoles", required_argument, NULL, OPT_CONSOLES },
	{ "verbose", no_argument, NULL, OPT_VERBOSE },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

static void take_option(int option, const char *program)
{
	switch (option) {
	case OPT_CPUS: cpus_from(optarg); break;
	case OPT_SEEDS: options.seeds = number_from(optarg); break;
	case OPT_CASE_SEEDS: options.case_seeds = number_from(optarg); break;
	case OPT_FIRST: options.first_seed = number_from(optarg); break;
	case OPT_JOBS: options.jobs = (unsigned int)number_from(optarg); break;
	case OPT_STRATEGY: options.strategy = strategy_from(optarg); break;
	case OPT_STORES: options.store_buffers = (int)number_from(optarg); break;
	case OPT_PLAIN: options.plain_points = (int)number_from(optarg); break;
	case OPT_LAST: options.last = number_from(optarg); break;
	case OPT_CMDLINE: options.cmdline = optarg; break;
	case OPT_CONSOLES: options.consoles = optarg; break;
	case OPT_VERBOSE: options.verbose = true; break;
	default:
		usage(program);
		exit(option == OPT_HELP ? 0 : 2);
	}
}

int main(int argc, char **argv)
{
	bool list = false, one = false;
	unsigned long seed = 0;
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == OPT_LIST) {
			list = true;
		} else if (option == OPT_REPLAY) {
			one = true;
			seed = number_from(optarg);
		} else {
			take_option(option, argv[0]);
		}
	}
	if (optind < argc)
		options.pattern = argv[optind];
	/* CMocka writes to stderr, too: keep the order. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	symbols_init();
	run_init();
	nr_tests = host_tests(tests, TESTS_MAX);
	if (nr_tests > TESTS_MAX) {
		fprintf(stderr, "more than %d tests\n", TESTS_MAX);
		return 2;
	}
	if (list)
		return list_tests();
	return one ? replay(seed) : run_all();
}
