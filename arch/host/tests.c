// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit cases, one at a time.
 *
 * What
 *	The boot calls kunit_run_all_tests() when it is through; on this machine the linker puts
 *	__wrap_kunit_run_all_tests() in its place (scripts/host.mk). It stops the machine, ready for
 *	a snapshot; when the runner enters it again with a job, it runs that one case, and stops
 *	with the outcome.
 *
 * Contexts
 *	The init thread; host_tests() and host_mark_hits(): the runner, the machine does not run.
 *
 * Tests
 *	arch/host/posix/selftest.c
 */
#include <linux/string.h>
#include <linux/sched.h>
#include <arch/clock.h>
#include <kunit/test.h>
#include <kunit/scenario.h>
#include <bottomhalf/mark.h>
#include "host.h"

bool __wrap_kunit_run_all_tests(void);
void conformance_find_units(void);

extern const struct scenario *const __start_kunit_scenarios[] __weak;
extern const struct scenario *const __stop_kunit_scenarios[] __weak;

/* Long enough for every other CPU to come up, settle and idle. */
#define SETTLE_NS	100000000ULL

static void run_job(void)
{
	static struct kunit_result result;
	struct kunit_suite *suite = (struct kunit_suite *)host_job.suite;
	int error = suite->suite_init ? suite->suite_init(suite) : 0;

	if (error) {
		result.status = KUNIT_FAILURE;
		snprintf(result.message, sizeof(result.message), "suite_init() returned %d", error);
	} else {
		kunit_run_case(suite, (struct kunit_case *)host_job.test, &result);
	}
	if (suite->suite_exit)
		suite->suite_exit(suite);
	host_drain(host_this);
	host_outcome.verdict = result.status == KUNIT_SUCCESS ? HOST_PASS :
			       result.status == KUNIT_SKIPPED ? HOST_SKIP : HOST_FAIL;
	strscpy(host_outcome.text, result.message, sizeof(host_outcome.text));
}

bool __wrap_kunit_run_all_tests(void)
{
	arch_delay_ns(SETTLE_NS);
	host_stop(HOST_READY);
	host_explore_start();
	run_job();
	for (;;)
		host_stop(HOST_DONE);
}

/* ---------------------------------------------------------------- what there is */

static const struct scenario *scenario_of(const struct kunit_suite *suite)
{
	const struct scenario *const *p;

	for (p = __start_kunit_scenarios; p < __stop_kunit_scenarios; p++)
		if ((*p)->suite == suite)
			return *p;
	return NULL;
}

static unsigned int or_default(unsigned int value, unsigned int otherwise)
{
	return value ? value : otherwise;
}

static void describe(struct host_test *test, const struct kunit_suite *suite,
		     const struct kunit_case *which)
{
	static const struct scenario plain_case = {
		.cpus_min = 1, .cpus_max = 4, .limit_ms = 600000, .limit_steps = 100000000,
	};
	const struct scenario *scenario = scenario_of(suite);
	const struct scenario *limits = scenario ? scenario : &plain_case;

	_Static_assert(SCENARIO_MARKS_MAX == HOST_MARKS_MAX, "the runner reads must_hit");
	*test = (struct host_test){
		.suite_name = suite->name,
		.name = which->name,
		.suite = suite,
		.test = which,
		.scenario = scenario,
		.cpus_min = or_default(limits->cpus_min, 1),
		.cpus_max = or_default(limits->cpus_max, 4),
		.limit_ns = or_default(limits->limit_ms, 10000) * 1000000UL,
		.limit_steps = limits->limit_steps ? limits->limit_steps : 1000000,
		.must_hit = limits->must_hit,
		.finds = limits->finds,
		.finds_cpus = or_default(limits->finds_cpus, or_default(limits->cpus_min, 1)),
		.strong_order = limits->strong_order,
	};
}

/* tests/scenario/conformance.c, where it is linked: its cases are found in another table. */
void __weak conformance_find_units(void) { }

/* Fill in at most max tests. Return: how many there are. */
unsigned int host_tests(struct host_test *tests, unsigned int max)
{
	struct kunit_suite *suite = NULL;
	struct kunit_case *which;
	unsigned int n = 0;

	conformance_find_units();
	while ((suite = kunit_next_suite(suite)))
		kunit_suite_for_each_test_case(suite, which) {
			if (n < max)
				describe(&tests[n], suite, which);
			n++;
		}
	return n;
}

long host_mark_hits(const char *text)
{
	return mark_hits(text);
}
