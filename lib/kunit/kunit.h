/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of KUnit share: run.c chooses suites and prints KTAP, case.c runs one case,
 * assert.c says what did not hold, action.c undoes what a case did.
 */
#ifndef _LIB_KUNIT_KUNIT_H
#define _LIB_KUNIT_KUNIT_H

#include <kunit/test.h>

/* Told after each run of a case: once, or for each parameter. */
typedef void kunit_report_fn(const struct kunit *test, const char *description,
			     unsigned int number);

/*
 * Run a case with each of its parameters. @timeout_ms: 0 for none. @report may be NULL. Context:
 * task. Sums up in *@result.
 */
void kunit_run_with(struct kunit_suite *suite, struct kunit_case *test_case,
		    unsigned int timeout_ms, kunit_report_fn *report, struct kunit_result *result);
/* How many parameters a case has; 1 without. */
unsigned int kunit_count_params(const struct kunit_case *test_case);

/* Fail the case, with a line of diagnostics. Context: any. */
__printf(2, 0) void kunit_vfail(struct kunit *test, const char *fmt, va_list args);
__printf(2, 3) void kunit_fail_with(struct kunit *test, const char *fmt, ...);

/*
 * Call and forget all actions, the last one first. An action that ends the thread is forgotten,
 * too.
 */
void kunit_run_actions(struct kunit *test);

#endif
