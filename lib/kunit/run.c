// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: all cases at the end of the boot, with KTAP on the console.
 *
 * What
 *	Suites register by a pointer in the section kunit_test_suites. Options:
 *
 *	kunit.filter_glob=suite*.case*	run what matches; a pattern without a dot is for suites
 *	kunit.list			print the names instead
 *	kunit.enable=0			run nothing
 *	kunit.timeout=MS		a case that takes longer is a hang; 0: none is
 *
 *	A line "# case starting" before each says, to who reads along, what hangs when nothing
 *	follows.
 *
 * Contexts
 *	kunit_run_all_tests(): task, once. Reading the table: any.
 *
 * Tests
 *	tests/boot/kunit_test.c; the reading side: tests/tools/test_ktap.py
 */
#include <linux/bug.h>
#include <linux/glob.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/printk.h>

#include "kunit.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kunit."

static char *filter_glob;
module_param(filter_glob, charp, 0444);
static bool list;
module_param(list, bool, 0444);
static bool enable = true;
module_param(enable, bool, 0444);
static unsigned int timeout = 60000;
module_param(timeout, uint, 0444);

extern struct kunit_suite *const __start_kunit_test_suites[] __weak,
	*const __stop_kunit_test_suites[] __weak;

/* Results of leaves: cases, or the parameters of cases. */
struct totals {
	unsigned int passed, failed, skipped;
};

/* ---------------------------------------------------------------- what there is, what is wanted */

struct kunit_suite *kunit_next_suite(const struct kunit_suite *prev)
{
	bool seen = !prev;

	for (struct kunit_suite *const *p = __start_kunit_test_suites; p < __stop_kunit_test_suites;
	     p++) {
		if (seen && *p && (*p)->test_cases && (*p)->test_cases->run_case)
			return *p;
		if (*p == prev)
			seen = true;
	}
	return NULL;
}

static bool is_wanted(const struct kunit_suite *suite, const struct kunit_case *test_case)
{
	char suite_glob[96];
	const char *dot;

	if (!filter_glob)
		return true;
	dot = strchrnul(filter_glob, '.');
	scnprintf(suite_glob, sizeof(suite_glob), "%.*s", (int)(dot - filter_glob), filter_glob);
	return glob_match(suite_glob, suite->name) &&
	       (!*dot || glob_match(dot + 1, test_case->name));
}

static unsigned int count_wanted_cases(struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	unsigned int n = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		n += is_wanted(suite, test_case);
	return n;
}

static unsigned int count_wanted_suites(void)
{
	struct kunit_suite *suite = NULL;
	unsigned int n = 0;

	while ((suite = kunit_next_suite(suite)))
		n += count_wanted_cases(suite) != 0;
	return n;
}

/* ---------------------------------------------------------------- KTAP */

static void print_result(const char *indent, enum kunit_status status, unsigned int number,
			 const char *name, const char *comment)
{
	bool skipped = status == KUNIT_SKIPPED;

	printk_raw("%s%s %u %s%s%s%s\n", indent, kunit_status_to_ok_not_ok(status), number, name,
		   skipped ? " # SKIP" : "", skipped && comment[0] ? " " : "", skipped ? comment : "");
}

static void print_header(const char *indent, const char *name, unsigned int count)
{
	printk_raw("%sKTAP version 1\n", indent);
	printk_raw("%s# Subtest: %s\n", indent, name);
	printk_raw("%s1..%u\n", indent, count);
}

static void print_totals(const char *of, const struct totals *totals)
{
	printk_raw("# %s: pass:%u fail:%u skip:%u total:%u\n", of, totals->passed, totals->failed,
		   totals->skipped, totals->passed + totals->failed + totals->skipped);
}

static void report_param(const struct kunit *test, const char *description, unsigned int number)
{
	print_result(KUNIT_SUBSUBTEST_INDENT, test->status, number, description,
		     test->status_comment);
}

static void run_case(struct kunit_suite *suite, struct kunit_case *test_case, unsigned int number,
		     struct totals *totals)
{
	struct kunit_result result;

	printk_raw(KUNIT_SUBTEST_INDENT "# %s starting\n", test_case->name);
	if (test_case->generate_params)
		print_header(KUNIT_SUBSUBTEST_INDENT, test_case->name,
			     kunit_count_params(test_case));
	kunit_run_with(suite, test_case, timeout, test_case->generate_params ? report_param : NULL,
		       &result);
	print_result(KUNIT_SUBTEST_INDENT, result.status, number, test_case->name, result.message);
	totals->passed += result.passed;
	totals->failed += result.failed;
	totals->skipped += result.skipped;
}

static int init_suite(struct kunit_suite *suite)
{
	if (!suite->suite_init)
		return 0;
	printk_raw("# %s starting\n", suite->name);
	return suite->suite_init(suite);
}

static enum kunit_status run_cases(struct kunit_suite *suite, struct totals *all)
{
	struct totals totals = { 0 };
	struct kunit_case *test_case;
	unsigned int number = 0;

	print_header(KUNIT_SUBTEST_INDENT, suite->name, count_wanted_cases(suite));
	kunit_suite_for_each_test_case(suite, test_case)
		if (is_wanted(suite, test_case))
			run_case(suite, test_case, ++number, &totals);
	if (suite->suite_exit)
		suite->suite_exit(suite);

	print_totals(suite->name, &totals);
	all->passed += totals.passed;
	all->failed += totals.failed;
	all->skipped += totals.skipped;
	return totals.failed ? KUNIT_FAILURE : totals.passed ? KUNIT_SUCCESS : KUNIT_SKIPPED;
}

static void run_suite(struct kunit_suite *suite, unsigned int number, struct totals *all)
{
	enum kunit_status status;
	int err;

	panic_running_test = suite->name;
	err = init_suite(suite);
	if (err) {
		printk_raw("# %s: suite_init() returned %pe\n", suite->name, ERR_PTR(err));
		status = KUNIT_FAILURE;
		all->failed++;
	} else {
		status = run_cases(suite, all);
	}
	panic_running_test = NULL;
	print_result("", status, number, suite->name, "");
}

/* ---------------------------------------------------------------- the whole */

static void print_names(void)
{
	struct kunit_suite *suite = NULL;
	struct kunit_case *test_case;

	while ((suite = kunit_next_suite(suite)))
		kunit_suite_for_each_test_case(suite, test_case)
			if (is_wanted(suite, test_case))
				printk_raw("%s.%s\n", suite->name, test_case->name);
}

static bool run_wanted(void)
{
	struct totals totals = { 0 };
	struct kunit_suite *suite = NULL;
	unsigned int number = 0;

	printk_raw("KTAP version 1\n");
	printk_raw("1..%u\n", count_wanted_suites());
	while ((suite = kunit_next_suite(suite)))
		if (count_wanted_cases(suite))
			run_suite(suite, ++number, &totals);
	print_totals("Totals", &totals);

	if (!totals.passed && !totals.failed && !totals.skipped) {
		printk_raw("# no test matches kunit.filter_glob=%s\n", filter_glob);
		return false;
	}
	if (bug_unexpected()) {
		printk_raw("# %u warnings since the machine started, that nobody announced\n",
			   bug_unexpected());
		return false;
	}
	return !totals.failed;
}

bool kunit_run_all_tests(void)
{
	if (!enable) {
		pr_info("kunit: no tests, because of kunit.enable=0\n");
		return true;
	}
	if (list) {
		print_names();
		return true;
	}
	return run_wanted();
}
