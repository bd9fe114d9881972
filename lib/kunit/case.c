// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: one case.
 *
 * What
 *	A case runs in a thread of its own, so that an assertion can end it wherever it is, by
 *	ending the thread. What has to be done after it is done by another thread then. Afterwards
 *	the CPU must be as it was: what a case leaves behind fails it, and is put right, so that the
 *	next one starts clean.
 *
 * Contexts
 *	kunit_run_case(): task. One case at a time, but that a case may itself run others.
 *
 * States of test->phase		left by			for
 *	INIT -> BODY			suite->init() is well	BODY
 *	INIT -> EXIT			it failed, or asserted	EXIT
 *	BODY -> EXIT			its end, or assertion	EXIT
 *	EXIT -> ACTIONS			its end, or assertion	ACTIONS
 *	ACTIONS -> DONE			no action is left	(an assertion: ACTIONS, the rest)
 *
 * Limits
 *	The caller's timeout for each thread; then it is a panic that names the case, since the
 *	thread cannot be taken out of what it does.
 *
 * Tests
 *	tests/boot/kunit_test.c
 */
#include <linux/completion.h>
#include <linux/ctype.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "kunit.h"

enum {
	PHASE_INIT,
	PHASE_BODY,
	PHASE_EXIT,
	PHASE_ACTIONS,
	PHASE_DONE,
};

/* One run, on the stack of who waits for it. */
struct case_run {
	struct kunit test;
	struct completion thread_gone;
	char name[96];		/* suite.case, for a panic */
};

static struct kunit *current_test;

struct kunit *kunit_get_current_test(void)
{
	return READ_ONCE(current_test);
}

/* ---------------------------------------------------------------- verdicts */

void kunit_set_failure(struct kunit *test)
{
	WRITE_ONCE(test->status, KUNIT_FAILURE);
}

void kunit_set_skip_reason(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	if (READ_ONCE(test->status) == KUNIT_FAILURE)
		return;
	WRITE_ONCE(test->status, KUNIT_SKIPPED);
	va_start(args, fmt);
	vscnprintf(test->status_comment, sizeof(test->status_comment), fmt, args);
	va_end(args);
}

/* What programs read must not be broken by what a test found in a buffer. */
static void make_one_line(char *text)
{
	for (; *text; text++)
		if (!isprint((unsigned char)*text))
			*text = isspace(*text) ? ' ' : '?';
}

void kunit_print(const struct kunit *test, const char *fmt, ...)
{
	char text[KUNIT_MESSAGE_SIZE];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	make_one_line(text);
	printk_raw(KUNIT_SUBTEST_INDENT "# %s: %s\n", test->name, strim(text));
}

void kunit_vfail(struct kunit *test, const char *fmt, va_list args)
{
	char text[KUNIT_MESSAGE_SIZE];
	unsigned long flags;

	vscnprintf(text, sizeof(text), fmt, args);
	raw_spin_lock_irqsave(&test->lock, flags);
	if (!test->message[0])
		strscpy(test->message, text);
	raw_spin_unlock_irqrestore(&test->lock, flags);
	kunit_set_failure(test);
	kunit_print(test, "%s", text);
}

void kunit_fail_with(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	kunit_vfail(test, fmt, args);
	va_end(args);
}

/* ---------------------------------------------------------------- in the case's thread */

/* What the phase that ends here left behind fails the case, and is put right. */
static void put_right(struct kunit *test)
{
	unsigned int count = preempt_count();

	if (count) {
		kunit_fail_with(test, "it ended with a preemption count of %#x: something is still disabled or locked",
			count);
		preempt_count_sub(count);
	}
	if (irqs_disabled()) {
		kunit_fail_with(test, "it ended with interrupts off");
		local_irq_enable();
	}
}

static void run_phase(struct kunit *test)
{
	int err = 0;

	switch (test->phase) {
	case PHASE_INIT:
		if (test->suite->init)
			err = test->suite->init(test);
		if (err)
			kunit_fail_with(test, "the suite's init() returned %pe", ERR_PTR(err));
		test->phase = err ? PHASE_EXIT : PHASE_BODY;
		break;
	case PHASE_BODY:
		test->test_case->run_case(test);
		test->phase = PHASE_EXIT;
		break;
	case PHASE_EXIT:
		if (test->suite->exit)
			test->suite->exit(test);
		test->phase = PHASE_ACTIONS;
		break;
	case PHASE_ACTIONS:
		kunit_run_actions(test);
		test->phase = PHASE_DONE;
		break;
	}
	put_right(test);
}

static int case_thread(void *data)
{
	struct case_run *run = data;

	run->test.thread = current;
	while (run->test.phase != PHASE_DONE)
		run_phase(&run->test);
	kthread_complete_and_exit(&run->thread_gone, 0);
}

void kunit_abort(struct kunit *test)
{
	struct case_run *run = container_of(test, struct case_run, test);

	if (!in_task() || current != test->thread) {
		kunit_fail_with(test,
				"an assertion or skip outside of the case's thread cannot end it");
		return;
	}
	put_right(test);
	test->phase = test->phase < PHASE_EXIT ? PHASE_EXIT : PHASE_ACTIONS;
	kthread_complete_and_exit(&run->thread_gone, 0);
}

/* ---------------------------------------------------------------- around it */

static void wait_for_thread(struct case_run *run, unsigned int timeout_ms)
{
	if (!timeout_ms) {
		wait_for_completion(&run->thread_gone);
		return;
	}
	if (wait_for_completion_timeout(&run->thread_gone, msecs_to_jiffies(timeout_ms)))
		return;
	sched_show_task(run->test.thread);
	panic("kunit: %s hangs: it has not ended after %u ms", run->name, timeout_ms);
}

static void run_phases(struct case_run *run, unsigned int timeout_ms)
{
	while (run->test.phase != PHASE_DONE) {
		struct task_struct *thread;

		init_completion(&run->thread_gone);
		thread = kthread_run(case_thread, run, "kunit_case");
		if (IS_ERR(thread)) {
			kunit_fail_with(&run->test, "no thread for it: %pe", thread);
			return;
		}
		wait_for_thread(run, timeout_ms);
	}
}

/* Warnings count from the whole machine: cases run one at a time. */
static void check_warnings(struct kunit *test, unsigned int unexpected_before)
{
	unsigned int missing = bug_expect(0);
	unsigned int unexpected = bug_unexpected() - unexpected_before;

	if (unexpected)
		kunit_fail_with(test, "%u warnings that nobody announced", unexpected);
	if (missing)
		kunit_fail_with(test, "%u announced warnings did not come", missing);
}

static void run_once(struct kunit_suite *suite, struct kunit_case *test_case, const void *param,
		     int index, unsigned int timeout_ms, struct case_run *run)
{
	const char *outer_name = panic_running_test;
	struct kunit *outer = current_test;
	unsigned int unexpected = bug_unexpected();

	*run = (struct case_run){
		.test = {
			.name = test_case->name, .param_value = param, .param_index = index,
			.suite = suite, .test_case = test_case,
			.lock = __RAW_SPIN_LOCK_UNLOCKED(run->test.lock),
		},
	};
	INIT_LIST_HEAD(&run->test.actions);
	snprintf(run->name, sizeof(run->name), "%s.%s", suite->name, test_case->name);
	WRITE_ONCE(current_test, &run->test);
	WRITE_ONCE(panic_running_test, run->name);
	run_phases(run, timeout_ms);
	WRITE_ONCE(panic_running_test, outer_name);
	WRITE_ONCE(current_test, outer);
	check_warnings(&run->test, unexpected);
}

/* The whole is as bad as its worst part; skipped only if all parts are. */
static void sum_up(struct kunit_result *result, const struct kunit *test)
{
	unsigned int *count = test->status == KUNIT_FAILURE ? &result->failed :
			      test->status == KUNIT_SKIPPED ? &result->skipped : &result->passed;

	++*count;
	result->runs++;
	if (test->status == KUNIT_FAILURE && result->failed == 1)
		strscpy(result->message, test->message[0] ? test->message : "it failed");
	else if (test->status == KUNIT_SKIPPED && !result->failed)
		strscpy(result->message, test->status_comment);
	result->status = result->failed ? KUNIT_FAILURE :
			 result->passed ? KUNIT_SUCCESS : KUNIT_SKIPPED;
	if (result->status == KUNIT_SUCCESS)
		result->message[0] = '\0';
}

unsigned int kunit_count_params(const struct kunit_case *test_case)
{
	char description[KUNIT_PARAM_DESC_SIZE];
	const void *param = NULL;
	unsigned int n = 0;

	if (!test_case->generate_params)
		return 1;
	while ((param = test_case->generate_params(param, description)))
		n++;
	return n;
}

void kunit_run_with(struct kunit_suite *suite, struct kunit_case *test_case,
		    unsigned int timeout_ms, kunit_report_fn *report, struct kunit_result *result)
{
	const void *param = NULL;
	struct case_run run;

	*result = (struct kunit_result){ .status = KUNIT_SKIPPED, .message = "no parameters" };
	for (int index = 0; ; index++) {
		char description[KUNIT_PARAM_DESC_SIZE] = "";

		if (test_case->generate_params) {
			param = test_case->generate_params(param, description);
			if (!param)
				return;
			if (!description[0])
				snprintf(description, sizeof(description), "parameter %d", index);
		}
		run_once(suite, test_case, param, index, timeout_ms, &run);
		sum_up(result, &run.test);
		if (report)
			report(&run.test, description, index + 1);
		if (!test_case->generate_params)
			return;
	}
}

int kunit_run_case(struct kunit_suite *suite, struct kunit_case *test_case,
		   struct kunit_result *result)
{
	kunit_run_with(suite, test_case, 0, NULL, result);
	return result->status == KUNIT_FAILURE ? -EIO : 0;
}
