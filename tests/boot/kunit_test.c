// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit itself: cases that are meant to fail, run by cases that look at how they did. Their
 * diagnostics show up under their own names; only the outer results count.
 */
#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/string.h>

#include "helpers.h"

static char trail[64];		/* what ran, a letter each */

static void leave(char mark)
{
	size_t n = strlen(trail);

	if (n < sizeof(trail) - 1)
		trail[n] = mark;
}

static int inner_init(struct kunit *test)
{
	leave('i');
	return 0;
}

static void inner_exit(struct kunit *test)
{
	leave('x');
}

/* Run @body as a case of a suite of its own. */
static void run_inner(void (*body)(struct kunit *), struct kunit_result *result)
{
	struct kunit_case cases[] = { { .run_case = body, .name = "inner" }, {} };
	struct kunit_suite suite = {
		.name = "inner", .init = inner_init, .exit = inner_exit, .test_cases = cases,
	};

	memset(trail, 0, sizeof(trail));
	kunit_run_case(&suite, cases, result);
}

static struct kunit_result *new_result(struct kunit *test)
{
	struct kunit_result *result = kunit_kzalloc(test, sizeof(*result), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, result);
	return result;
}

/* ---------------------------------------------------------------- how cases end */

static void passes(struct kunit *test)
{
	leave('b');
	KUNIT_EXPECT_EQ(test, 1, 1);
	KUNIT_SUCCEED(test);
}

static void good_case_passes_between_init_and_exit(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(passes, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_SUCCESS);
	KUNIT_EXPECT_STREQ(test, result->message, "");
	KUNIT_EXPECT_EQ(test, result->runs, 1);
	KUNIT_EXPECT_STREQ(test, trail, "ibx");
}

static void expects_wrongly(struct kunit *test)
{
	int value = 3;

	KUNIT_EXPECT_EQ_MSG(test, value, 4, "round %d", 9);
	leave('b');
	KUNIT_EXPECT_TRUE(test, value > 5);
}

static void failed_expectation_goes_on_and_the_first_is_the_message(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(expects_wrongly, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_TRUE(test, strstarts(result->message,
					  "expected value == 4, but value is 3: round 9, at "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(result->message, "tests/boot/kunit_test.c:"));
	KUNIT_EXPECT_STREQ(test, trail, "ibx");
}

static void mark_action(void *mark)
{
	leave((char)(unsigned long)mark);
}

static void asserts_wrongly(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, kunit_add_action(test, mark_action, (void *)'1'), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action(test, mark_action, (void *)'2'), 0);
	leave('b');
	KUNIT_ASSERT_NULL(test, test);
	leave('!');
}

static void failed_assertion_ends_the_case_and_all_is_undone_in_reverse(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(asserts_wrongly, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_TRUE(test, strstarts(result->message, "asserted: expected test == "));
	KUNIT_EXPECT_STREQ(test, trail, "ibx21");
}

static int bad_init(struct kunit *test)
{
	leave('i');
	return -ENODEV;
}

static int asserting_init(struct kunit *test)
{
	leave('i');
	KUNIT_FAIL_AND_ABORT(test, "not today");
	return 0;
}

static void asserting_exit(struct kunit *test)
{
	leave('x');
	kunit_add_action(test, mark_action, (void *)'1');
	KUNIT_FAIL_AND_ABORT(test, "not at the end");
	leave('!');
}

static void failed_init_leaves_out_the_body_but_not_the_exit(struct kunit *test)
{
	struct kunit_case cases[] = { KUNIT_CASE(passes), {} };
	struct kunit_suite suite = {
		.name = "inner", .init = bad_init, .exit = inner_exit, .test_cases = cases
	};
	struct kunit_result *result = new_result(test);

	memset(trail, 0, sizeof(trail));
	KUNIT_EXPECT_EQ(test, kunit_run_case(&suite, cases, result), -EIO);
	KUNIT_EXPECT_STREQ(test, result->message, "the suite's init() returned -ENODEV");
	KUNIT_EXPECT_STREQ(test, trail, "ix");

	suite.init = asserting_init;
	memset(trail, 0, sizeof(trail));
	kunit_run_case(&suite, cases, result);
	KUNIT_EXPECT_TRUE(test, strstarts(result->message, "asserted: not today, at "));
	KUNIT_EXPECT_STREQ(test, trail, "ix");
}

static void assertion_in_exit_still_lets_actions_run(struct kunit *test)
{
	struct kunit_case cases[] = { KUNIT_CASE(passes), {} };
	struct kunit_suite suite = { .name = "inner", .exit = asserting_exit, .test_cases = cases };
	struct kunit_result *result = new_result(test);

	memset(trail, 0, sizeof(trail));
	kunit_run_case(&suite, cases, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_STREQ(test, trail, "bx1");
}

/* ---------------------------------------------------------------- skipping */

static void skips(struct kunit *test)
{
	leave('b');
	kunit_skip(test, "needs %d CPUs", 99);
	leave('!');
}

static void marks_and_goes_on(struct kunit *test)
{
	kunit_mark_skipped(test, "perhaps");
	leave('b');
}

static void fails_then_skips(struct kunit *test)
{
	KUNIT_FAIL(test, "bad");
	kunit_skip(test, "and away");
}

static void skipped_case_ends_there_with_its_reason(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(skips, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_SKIPPED);
	KUNIT_EXPECT_STREQ(test, result->message, "needs 99 CPUs");
	KUNIT_EXPECT_STREQ(test, trail, "ibx");
	run_inner(marks_and_goes_on, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_SKIPPED);
	KUNIT_EXPECT_STREQ(test, trail, "ibx");
	run_inner(fails_then_skips, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
}

/*
 * ---------------------------------------------------------------- what a case must not leave
 * behind
 */

static void leaves_bottom_halves_off(struct kunit *test)
{
	local_bh_disable();
}

static void leaves_interrupts_off(struct kunit *test)
{
	local_irq_disable();
}

static void asserts_with_interrupts_off(struct kunit *test)
{
	local_irq_disable();
	KUNIT_FAIL_AND_ABORT(test, "in the middle");
}

static void warns_less_than_announced(struct kunit *test)
{
	bug_expect(2);
	WARN(true, "the only one");
}

static void context_that_is_left_behind_fails_the_case_and_is_put_right(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(leaves_bottom_halves_off, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_TRUE(test,
			  strstarts(result->message, "it ended with a preemption count of 0x200"));
	KUNIT_EXPECT_STREQ(test, trail, "ix");
	run_inner(leaves_interrupts_off, result);
	KUNIT_EXPECT_STREQ(test, result->message, "it ended with interrupts off");
	KUNIT_EXPECT_STREQ(test, trail, "ix");
	run_inner(asserts_with_interrupts_off, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_STREQ(test, trail, "ix");
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void announced_warning_that_does_not_come_fails_the_case(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(warns_less_than_announced, result);
	KUNIT_EXPECT_STREQ(test, result->message, "1 announced warnings did not come");
}

/* ---------------------------------------------------------------- other contexts */

static void assert_in_interrupt(void *test)
{
	KUNIT_ASSERT_EQ((struct kunit *)test, 1, 2);
	leave('h');
}

static void asserts_in_an_interrupt(struct kunit *test)
{
	in_hard_irq(assert_in_interrupt, test);
	leave('b');
}

static void assertion_in_an_interrupt_fails_the_case_but_cannot_end_it(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(asserts_in_an_interrupt, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_STREQ(test, trail, "ihbx");
}

/* ---------------------------------------------------------------- each kind of expectation */

struct failing {
	const char *message;
	void (*body)(struct kunit *test);
};

#define BODY(name, statement)						\
	static void name(struct kunit *test)				\
	{								\
		const char *word __maybe_unused = "softirq";		\
		int five __maybe_unused = 5;				\
		statement;						\
	}
BODY(fail_true, KUNIT_EXPECT_TRUE(test, five == 6))
BODY(fail_false, KUNIT_EXPECT_FALSE(test, five == 5))
BODY(fail_eq, KUNIT_EXPECT_EQ(test, five * 100, 6))
BODY(fail_ne, KUNIT_EXPECT_NE(test, five, 5))
BODY(fail_lt, KUNIT_EXPECT_LT(test, five, 5))
BODY(fail_le, KUNIT_EXPECT_LE(test, five, 4))
BODY(fail_gt, KUNIT_EXPECT_GT(test, five, 5))
BODY(fail_ge, KUNIT_EXPECT_GE(test, five, 6))
BODY(fail_null, KUNIT_EXPECT_NULL(test, word))
BODY(fail_not_null, KUNIT_EXPECT_NOT_NULL(test, five == 5 ? NULL : word))
BODY(fail_ptr_eq, KUNIT_EXPECT_PTR_EQ(test, word, word + 1))
BODY(fail_ptr_ne, KUNIT_EXPECT_PTR_NE(test, word, word))
BODY(fail_good, KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ERR_PTR(-ENOMEM)))
BODY(fail_streq, KUNIT_EXPECT_STREQ(test, word, "tasklet"))
BODY(fail_strneq, KUNIT_EXPECT_STRNEQ(test, word, "softirq"))
BODY(fail_streq_null, KUNIT_EXPECT_STREQ(test, five == 5 ? NULL : word, "tasklet"))
BODY(fail_memeq, KUNIT_EXPECT_MEMEQ(test, word, "sofTirq", 7))
BODY(fail_memneq, KUNIT_EXPECT_MEMNEQ(test, word, "softirq", 7))
BODY(fail_plain, KUNIT_FAIL(test, "just %s", "so"))

static const struct failing failing[] = {
	{ "expected that five == 6 is true, at ", fail_true },
	{ "expected that five == 5 is false, at ", fail_false },
	{ "expected five * 100 == 6, but five * 100 is 500 (0x1f4), at ", fail_eq },
	{ "expected five != 5, but five is 5, at ", fail_ne },
	{ "expected five < 5, but five is 5, at ", fail_lt },
	{ "expected five <= 4, but five is 5, at ", fail_le },
	{ "expected five > 5, but five is 5, at ", fail_gt },
	{ "expected five >= 6, but five is 5, at ", fail_ge },
	{ "expected word == NULL, but word is ", fail_null },
	{ "expected five == 5 ? NULL : word != NULL, but five == 5 ? NULL : word is NULL, at ",
	  fail_not_null },
	{ "expected word == word + 1, but word is ", fail_ptr_eq },
	{ "expected word != word, but word is ", fail_ptr_ne },
	{ "expected ERR_PTR(-ENOMEM) to point to something, but it is -ENOMEM, at ", fail_good },
	{ "expected word == \"tasklet\", but word is \"softirq\", at ", fail_streq },
	{ "expected word != \"softirq\", but word is \"softirq\", at ", fail_strneq },
	{ "expected five == 5 ? NULL : word == \"tasklet\", but five == 5 ? NULL : word is NULL, at ",
	  fail_streq_null },
	{ "expected word == \"sofTirq\", but byte 3 of 7 is 0x74 and 0x54, at ", fail_memeq },
	{ "expected word != \"softirq\", but all 7 bytes are the same, at ", fail_memneq },
	{ "just so, at ", fail_plain },
};

static void failed_expectations_say_what_was_expected_and_found(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	for (int i = 0; i < ARRAY_SIZE(failing); i++) {
		run_inner(failing[i].body, result);
		KUNIT_EXPECT_EQ_MSG(test, result->status, KUNIT_FAILURE, "number %d", i);
		KUNIT_EXPECT_TRUE_MSG(test, strstarts(result->message, failing[i].message),
				      "number %d: \"%s\"", i, result->message);
	}
}

static void holds_throughout(struct kunit *test)
{
	unsigned long big = ~0UL;
	signed char minus = -1;
	bool yes = true;

	KUNIT_ASSERT_TRUE(test, yes);
	KUNIT_ASSERT_FALSE(test, !yes);
	KUNIT_ASSERT_EQ(test, big, ~0UL);
	KUNIT_ASSERT_EQ(test, minus, -1);
	KUNIT_ASSERT_NE(test, big, 0);
	KUNIT_ASSERT_LT(test, minus, 0);
	KUNIT_ASSERT_LE(test, minus, -1);
	KUNIT_ASSERT_GT(test, big, 1UL);
	KUNIT_ASSERT_GE(test, big, big);
	KUNIT_ASSERT_NULL(test, NULL);
	KUNIT_ASSERT_NOT_NULL(test, test);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, test);
	KUNIT_ASSERT_PTR_EQ(test, test, test);
	KUNIT_ASSERT_PTR_NE(test, test, NULL);
	KUNIT_ASSERT_STREQ(test, "a", "a");
	KUNIT_ASSERT_STRNEQ(test, "a", "b");
	KUNIT_ASSERT_MEMEQ(test, "abc", "abd", 2);
	KUNIT_ASSERT_MEMNEQ(test, "abc", "abd", 3);
}

static void arguments_are_evaluated_once(struct kunit *test)
{
	int calls = 0;

	KUNIT_EXPECT_EQ(test, ++calls, 1);
	KUNIT_EXPECT_TRUE(test, ++calls == 2);
	KUNIT_EXPECT_STREQ(test, (calls++, "a"), "a");
	KUNIT_EXPECT_EQ(test, calls, 3);
}

/* ---------------------------------------------------------------- parameters */

struct parameter {
	int value;
	const char *name;
};

static const struct parameter parameters[] = { { 1, "one" }, { 2, "two" }, { 3, "three" } };

KUNIT_ARRAY_PARAM_DESC(parameter, parameters, name);

static void runs_with_parameter(struct kunit *test)
{
	const struct parameter *parameter = test->param_value;

	leave((char)('0' + parameter->value));
	KUNIT_EXPECT_EQ(test, test->param_index, parameter->value - 1);
	if (parameter->value == 2)
		kunit_skip(test, "not two");
	KUNIT_EXPECT_NE(test, parameter->value, 3);
}

static void case_runs_once_for_each_parameter_and_is_as_bad_as_its_worst(struct kunit *test)
{
	struct kunit_case cases[] = { KUNIT_CASE_PARAM(runs_with_parameter, parameter_gen_params),
				      {} };
	struct kunit_suite suite = { .name = "inner", .test_cases = cases };
	struct kunit_result *result = new_result(test);

	memset(trail, 0, sizeof(trail));
	kunit_run_case(&suite, cases, result);
	KUNIT_EXPECT_STREQ(test, trail, "123");
	KUNIT_EXPECT_EQ(test, result->runs, 3);
	KUNIT_EXPECT_EQ(test, result->passed * 100 + result->failed * 10 + result->skipped, 111);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_FAILURE);
	KUNIT_EXPECT_TRUE(test, strstarts(result->message, "expected parameter->value != 3"));
}

/* ---------------------------------------------------------------- actions and memory */

static void uses_actions(struct kunit *test)
{
	void *memory = kunit_kzalloc(test, 100, GFP_KERNEL);

	kunit_add_action(test, mark_action, (void *)'1');
	kunit_add_action(test, mark_action, (void *)'2');
	kunit_add_action(test, mark_action, (void *)'3');
	kunit_remove_action(test, mark_action, (void *)'2');
	kunit_release_action(test, mark_action, (void *)'3');
	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_NULL(test, memchr_inv(memory, 0, 100));
	KUNIT_EXPECT_NULL(test, kunit_kmalloc_array(test, ~0UL / 2, 4, GFP_KERNEL));
	kunit_kfree(test, memory);
	leave('b');
}

static void actions_can_be_removed_and_released_early(struct kunit *test)
{
	struct kunit_result *result = new_result(test);

	run_inner(uses_actions, result);
	KUNIT_EXPECT_EQ(test, result->status, KUNIT_SUCCESS);
	KUNIT_EXPECT_STREQ(test, trail, "i3bx1");
}

static struct kunit_suite kunit_suite;

static void walk_over_suites_meets_this_one_once(struct kunit *test)
{
	struct kunit_suite *suite = NULL;
	int met = 0, n = 0;

	while ((suite = kunit_next_suite(suite)) && n < 10000) {
		met += suite == &kunit_suite;
		n++;
	}
	KUNIT_EXPECT_EQ(test, met, 1);
	KUNIT_EXPECT_LT(test, n, 10000);
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
}

static struct kunit_case kunit_cases[] = {
	KUNIT_CASE(good_case_passes_between_init_and_exit),
	KUNIT_CASE(failed_expectation_goes_on_and_the_first_is_the_message),
	KUNIT_CASE(failed_assertion_ends_the_case_and_all_is_undone_in_reverse),
	KUNIT_CASE(failed_init_leaves_out_the_body_but_not_the_exit),
	KUNIT_CASE(assertion_in_exit_still_lets_actions_run),
	KUNIT_CASE(skipped_case_ends_there_with_its_reason),
	KUNIT_CASE(context_that_is_left_behind_fails_the_case_and_is_put_right),
	KUNIT_CASE(announced_warning_that_does_not_come_fails_the_case),
	KUNIT_CASE(assertion_in_an_interrupt_fails_the_case_but_cannot_end_it),
	KUNIT_CASE(failed_expectations_say_what_was_expected_and_found),
	KUNIT_CASE(holds_throughout),
	KUNIT_CASE(arguments_are_evaluated_once),
	KUNIT_CASE(case_runs_once_for_each_parameter_and_is_as_bad_as_its_worst),
	KUNIT_CASE(actions_can_be_removed_and_released_early),
	KUNIT_CASE(walk_over_suites_meets_this_one_once),
	{}
};
static struct kunit_suite kunit_suite = { .name = "kunit", .test_cases = kunit_cases };
kunit_test_suite(kunit_suite);
