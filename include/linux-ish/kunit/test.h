/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KUnit: tests inside the kernel.
 *
 * What
 *	A case is a function that takes a struct kunit; a suite is a table of cases with what goes
 *	on before and after each:
 *
 *		static void empty_list_has_no_first_entry(struct kunit *test)
 *		{
 *			LIST_HEAD(list);
 *			KUNIT_EXPECT_TRUE(test, list_empty(&list));
 *		}
 *		static struct kunit_case list_cases[] = { KUNIT_CASE(empty_list_has_no_first_entry),
 *		{} }; static struct kunit_suite list_suite = { .name = "list", .test_cases =
 *		list_cases }; kunit_test_suite(list_suite);
 *
 *	KUNIT_EXPECT_*() that does not hold fails the case and goes on; KUNIT_ASSERT_*() ends the
 *	case there, and kunit_skip() does without failing it. What kunit_kzalloc() and
 *	kunit_add_action() were asked for is undone after the case in any event.
 *
 * Contexts
 *	A case is the body of a kernel thread of its own: it may sleep. Expectations may be used in
 *	any context; an assertion ends the case only in its own thread, elsewhere it fails it.
 *
 * Limits
 *	A case that has not ended after kunit.timeout milliseconds is a hang, and panics by name.
 *	One that ends with preemption or interrupts off, or saw a warning that nobody announced by
 *	bug_expect(), fails.
 *
 * Differs from Linux
 *	Cases run one after the other at boot, once. Names and meaning are those of Linux 6.12,
 *	where they exist here; there are no resources (<kunit/resource.h>) but actions, no static
 *	stubs, no mocks, no debugfs.
 *
 * Tests
 *	tests/boot/kunit_test.c
 */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>

struct kunit;
struct kunit_suite;
struct task_struct;

#define KUNIT_PARAM_DESC_SIZE		128
#define KUNIT_STATUS_COMMENT_SIZE	256
#define KUNIT_MESSAGE_SIZE		512
#define KUNIT_LOG_SIZE			2048
#define KUNIT_SUBTEST_INDENT_LEN	4
#define KUNIT_SUBTEST_INDENT		"    "
#define KUNIT_SUBSUBTEST_INDENT		"        "

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

/** kunit_status_to_ok_not_ok - a status as KTAP writes it: "ok" or "not ok". Context: any. */
static inline const char *kunit_status_to_ok_not_ok(enum kunit_status status)
{
	return status == KUNIT_FAILURE ? "not ok" : "ok";
}

enum kunit_speed {
	KUNIT_SPEED_UNSET,
	KUNIT_SPEED_VERY_SLOW,
	KUNIT_SPEED_SLOW,
	KUNIT_SPEED_NORMAL,
};

/* Accepted, and not used to choose. */
struct kunit_attributes {
	enum kunit_speed speed;
};

/**
 * struct kunit_case - one test
 * @run_case: its body
 * @name: as it is shown
 * @generate_params: the parameters it runs with, one after the other; see KUNIT_ARRAY_PARAM()
 * @attr: not used
 */
struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
	struct kunit_attributes attr;
};

/**
 * struct kunit_suite - tests that belong together
 * @name: as it is shown, and matched by kunit.filter_glob=
 * @suite_init: before the first case; not 0 fails the suite without running it
 * @suite_exit: after the last case
 * @init: before each case, in its thread; not 0 fails the case without running it
 * @exit: after each case, also after one that was ended by an assertion
 * @test_cases: ended by an empty one
 * @attr: not used
 */
struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_attributes attr;
};

/**
 * struct kunit - one run of one case
 * @priv: the test's own
 * @name: of the case
 * @param_value: what generate_params() gave
 * @param_index: counted from 0
 * @status: worst so far
 * @status_comment: why it was skipped
 */
struct kunit {
	void *priv;
	const char *name;
	const void *param_value;
	int param_index;
	enum kunit_status status;
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];

	/* private: lib/kunit/ */
	struct kunit_suite *suite;	/* I */
	struct kunit_case *test_case;	/* I */
	struct task_struct *thread;	/* S: whom an assertion may end */
	int phase;			/* S */
	raw_spinlock_t lock;
	struct list_head actions;	/* L */
	char message[KUNIT_MESSAGE_SIZE]; /* L: the first failure */
};

/** What kunit_run_case() found. */
struct kunit_result {
	enum kunit_status status;
	char message[KUNIT_MESSAGE_SIZE];	/* of the first failure, or why it was skipped */
	unsigned int runs;			/* more than 1 for a case with parameters */
	unsigned int passed, failed, skipped;
};

/* ---------------------------------------------------------------- cases and suites */

#define KUNIT_CASE(test_name)	{ .run_case = test_name, .name = #test_name }
#define KUNIT_CASE_ATTR(test_name, attributes) \
	{ .run_case = test_name, .name = #test_name, .attr = attributes }
#define KUNIT_CASE_SLOW(test_name) \
	{ .run_case = test_name, .name = #test_name, .attr.speed = KUNIT_SPEED_SLOW }
#define KUNIT_CASE_PARAM(test_name, gen_params) \
	{ .run_case = test_name, .name = #test_name, .generate_params = gen_params }
#define KUNIT_CASE_PARAM_ATTR(test_name, gen_params, attributes)	\
	{ .run_case = test_name, .name = #test_name, .generate_params = gen_params, \
	  .attr = attributes }

/**
 * KUNIT_ARRAY_PARAM - make the function NAME_gen_params for KUNIT_CASE_PARAM()
 * @name: NAME
 * @array: a run for each element; test->param_value points to it
 * @get_desc: void (*)(element pointer, char *desc): writes at most KUNIT_PARAM_DESC_SIZE bytes; or
 *	NULL
 */
#define KUNIT_ARRAY_PARAM(name, array, get_desc)			\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof((array)[0]) *__next = prev ? ((typeof(__next))prev) + 1 : (array); \
		void (*__describe)(typeof(__next), char *) = get_desc;	\
									\
		if (__next - (array) >= (long)ARRAY_SIZE(array))	\
			return NULL;					\
		if (__describe)						\
			__describe(__next, desc);			\
		return __next;						\
	}
/** KUNIT_ARRAY_PARAM_DESC - the same, with a string member of the elements as description */
#define KUNIT_ARRAY_PARAM_DESC(name, array, desc_member)		\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof((array)[0]) *__next = prev ? ((typeof(__next))prev) + 1 : (array); \
									\
		if (__next - (array) >= (long)ARRAY_SIZE(array))	\
			return NULL;					\
		strscpy(desc, __next->desc_member, KUNIT_PARAM_DESC_SIZE); \
		return __next;						\
	}

/** kunit_test_suite, kunit_test_suites - register one suite; several, by pointers */
#define kunit_test_suites(suites...)					\
	static struct kunit_suite *const __UNIQUE_ID(kunit_suites)[] __used \
		__aligned(8) __section("kunit_test_suites") = { suites }
#define kunit_test_suite(suite)	kunit_test_suites(&suite)
#define kunit_test_init_section_suites(suites...) kunit_test_suites(suites)
#define kunit_test_init_section_suite(suite) kunit_test_suite(suite)

#define kunit_suite_for_each_test_case(suite, test_case) \
	for (test_case = (suite)->test_cases; test_case->run_case; test_case++)

/* ---------------------------------------------------------------- for who runs them */

/**
 * kunit_run_all_tests - run what kunit.filter_glob= selects, with KTAP on the console
 *
 * Context: task, once, at the end of the boot.
 * Return: whether all passed, and no warning came that nobody announced since the machine started.
 */
#ifdef CONFIG_SELFTESTS
bool kunit_run_all_tests(void);
#else
static inline bool kunit_run_all_tests(void) { return true; }
#endif

/**
 * kunit_next_suite - walk through the registered suites
 * @prev: the one before, or NULL
 *
 * Return: the next one that has a case, or NULL.
 */
struct kunit_suite *kunit_next_suite(const struct kunit_suite *prev);

/**
 * kunit_run_case - run one case, with all its parameters, without KTAP
 * @suite: its suite; suite_init() and suite_exit() are the caller's business
 * @test_case: which
 * @result: filled in
 *
 * Failures are printed as diagnostics. Context: task.
 * Return: 0 if it passed or was skipped, -EIO if it failed.
 */
int kunit_run_case(struct kunit_suite *suite, struct kunit_case *test_case,
		   struct kunit_result *result);

/** kunit_get_current_test - the case that runs now, or NULL. Context: any. */
struct kunit *kunit_get_current_test(void);

/* ---------------------------------------------------------------- for tests */

/** kunit_set_failure - the case fails, and goes on. Context: any. */
void kunit_set_failure(struct kunit *test);
/** kunit_set_skip_reason - the case counts as skipped, unless it has failed. Context: any. */
__printf(2, 3) void kunit_set_skip_reason(struct kunit *test, const char *fmt, ...);
/* End the case here, if this is its thread. */
void kunit_abort(struct kunit *test);

/** kunit_mark_skipped - the case counts as skipped, and goes on */
#define kunit_mark_skipped(test, fmt, ...) kunit_set_skip_reason(test, fmt, ##__VA_ARGS__)
/** kunit_skip - the case counts as skipped, and ends here */
#define kunit_skip(test, fmt, ...) do {					\
	kunit_set_skip_reason(test, fmt, ##__VA_ARGS__);		\
	kunit_abort(test);						\
} while (0)

/* One or more lines of diagnostics, under the case's name. */
__printf(2, 3) void kunit_print(const struct kunit *test, const char *fmt, ...);
#define kunit_log(level, test, fmt, ...)	kunit_print(test, fmt, ##__VA_ARGS__)
#define kunit_printk(level, test, fmt, ...)	kunit_print(test, fmt, ##__VA_ARGS__)
#define kunit_info(test, fmt, ...)	kunit_print(test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...)	kunit_print(test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...)	kunit_print(test, fmt, ##__VA_ARGS__)

typedef void (kunit_action_t)(void *ctx);

/**
 * kunit_add_action - have a function called when the case has ended
 * @test: the case
 * @action: the function; the last added is called first
 * @ctx: its argument
 *
 * Context: task.
 * Return: 0 or -ENOMEM (then nothing will be called; _or_reset calls it at once).
 */
int kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx);
int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action, void *ctx);
/** kunit_remove_action - forget the last such action; kunit_release_action - call it now instead */
void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx);
void kunit_release_action(struct kunit *test, kunit_action_t *action, void *ctx);
#define KUNIT_DEFINE_ACTION_WRAPPER(wrapper, orig, arg_type)		\
	static void wrapper(void *in)					\
	{								\
		orig((arg_type)in);					\
	}

/** kunit_kmalloc and its kin - memory that is freed after the case, at the latest */
void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp);
void kunit_kfree(struct kunit *test, const void *ptr);

/**
 * kunit_kmalloc, kunit_kzalloc, kunit_kcalloc - as without kunit_; freed when the case is over.
 *
 * Context: task.
 */
static inline void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc_array(test, 1, size, gfp);
}

static inline void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc(test, size, gfp | __GFP_ZERO);
}

static inline void *kunit_kcalloc(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	return kunit_kmalloc_array(test, n, size, gfp | __GFP_ZERO);
}

/* ---------------------------------------------------------------- expectations and assertions */

enum kunit_assert_type {
	KUNIT_EXPECTATION,
	KUNIT_ASSERTION,
};

/* What stands in the source: constant, one for each expectation. */
struct kunit_loc {
	const char *file;
	int line;
	enum kunit_assert_type type;
	const char *left;	/* the expressions; what is expected, where there is one only */
	const char *op;
	const char *right;
};

/* lib/kunit/assert.c: report, fail the case, and end it if it is an assertion. @fmt may be NULL. */
__cold __printf(3, 4) void kunit_fail(struct kunit *test, const struct kunit_loc *loc,
				      const char *fmt, ...);
__cold __printf(5, 6) void kunit_fail_ints(struct kunit *test, const struct kunit_loc *loc,
					   long long left, long long right, const char *fmt, ...);
__cold __printf(5, 6) void kunit_fail_ptrs(struct kunit *test, const struct kunit_loc *loc,
					   const void *left, const void *right, const char *fmt,
					   ...);
__cold __printf(5, 6) void kunit_fail_strings(struct kunit *test, const struct kunit_loc *loc,
					      const char *left, const char *right, const char *fmt,
					      ...);
__cold __printf(6, 7) void kunit_fail_memory(struct kunit *test, const struct kunit_loc *loc,
					     const void *left, const void *right, size_t size,
					     const char *fmt, ...);

#define __KUNIT_LOC(assert_type, left_text, op_text, right_text)	\
	static const struct kunit_loc __loc = {				\
		.file = __FILE__, .line = __LINE__, .type = assert_type, \
		.left = left_text, .op = op_text, .right = right_text,	\
	}

#define __KUNIT_FAIL(test, type, fmt, ...) do {				\
	__KUNIT_LOC(type, NULL, NULL, NULL);				\
	kunit_fail(test, &__loc, fmt, ##__VA_ARGS__);			\
} while (0)

#define __KUNIT_TRUTH(test, type, condition, text, fmt, ...) do {	\
	if (unlikely(!(condition))) {					\
		__KUNIT_LOC(type, text, NULL, NULL);			\
		kunit_fail(test, &__loc, fmt, ##__VA_ARGS__);		\
	}								\
} while (0)

#define __KUNIT_INTS(test, type, a, a_text, op, b, b_text, fmt, ...) do { \
	const typeof(a) __left = (a);					\
	const typeof(b) __right = (b);					\
	if (unlikely(!(__left op __right))) {				\
		__KUNIT_LOC(type, a_text, #op, b_text);			\
		kunit_fail_ints(test, &__loc, (long long)__left, (long long)__right, \
				fmt, ##__VA_ARGS__);			\
	}								\
} while (0)

#define __KUNIT_PTRS(test, type, a, a_text, op, b, b_text, fmt, ...) do { \
	const void *const __left = (const void *)(a);			\
	const void *const __right = (const void *)(b);			\
	if (unlikely(!(__left op __right))) {				\
		__KUNIT_LOC(type, a_text, #op, b_text);			\
		kunit_fail_ptrs(test, &__loc, __left, __right, fmt, ##__VA_ARGS__); \
	}								\
} while (0)

#define __KUNIT_GOOD_PTR(test, type, ptr, text, fmt, ...) do {		\
	const void *const __ptr = (const void *)(ptr);			\
	if (unlikely(IS_ERR_OR_NULL(__ptr))) {				\
		__KUNIT_LOC(type, text, NULL, NULL);			\
		kunit_fail_ptrs(test, &__loc, __ptr, NULL, fmt, ##__VA_ARGS__); \
	}								\
} while (0)

#define __KUNIT_STRINGS(test, type, a, a_text, op, b, b_text, fmt, ...) do { \
	const char *const __left = (a);					\
	const char *const __right = (b);				\
	if (unlikely(!__left || !__right || !(strcmp(__left, __right) op 0))) { \
		__KUNIT_LOC(type, a_text, #op, b_text);			\
		kunit_fail_strings(test, &__loc, __left, __right, fmt, ##__VA_ARGS__); \
	}								\
} while (0)

#define __KUNIT_MEMORY(test, type, a, a_text, op, b, b_text, size, fmt, ...) do { \
	const void *const __left = (a);					\
	const void *const __right = (b);				\
	const size_t __size = (size);					\
	if (unlikely(!__left || !__right || !(memcmp(__left, __right, __size) op 0))) { \
		__KUNIT_LOC(type, a_text, #op, b_text);			\
		kunit_fail_memory(test, &__loc, __left, __right, __size, fmt, ##__VA_ARGS__); \
	}								\
} while (0)

/** KUNIT_SUCCEED - says that coming here is fine */
#define KUNIT_SUCCEED(test)	do { (void)(test); } while (0)
/** KUNIT_FAIL - coming here is a failure */
#define KUNIT_FAIL(test, fmt, ...)	__KUNIT_FAIL(test, KUNIT_EXPECTATION, fmt, ##__VA_ARGS__)
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...) __KUNIT_FAIL(test, KUNIT_ASSERTION, fmt, ##__VA_ARGS__)

/*
 * The families: the expressions are made texts here, before their macros are expanded.
 * EXPECT: what does not hold fails the case. ASSERT: it also ends it.
 */
#define KUNIT_EXPECT_TRUE(test, c) \
	__KUNIT_TRUTH(test, KUNIT_EXPECTATION, c, #c " is true", NULL)
#define KUNIT_EXPECT_FALSE(test, c) \
	__KUNIT_TRUTH(test, KUNIT_EXPECTATION, !(c), #c " is false", NULL)
#define KUNIT_EXPECT_EQ(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, NULL)
#define KUNIT_EXPECT_NE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, NULL)
#define KUNIT_EXPECT_LT(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, <, b, #b, NULL)
#define KUNIT_EXPECT_LE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, <=, b, #b, NULL)
#define KUNIT_EXPECT_GT(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, >, b, #b, NULL)
#define KUNIT_EXPECT_GE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, >=, b, #b, NULL)
#define KUNIT_EXPECT_PTR_EQ(test, a, b) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, NULL)
#define KUNIT_EXPECT_PTR_NE(test, a, b) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, NULL)
#define KUNIT_EXPECT_NULL(test, p) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, p, #p, ==, NULL, "NULL", NULL)
#define KUNIT_EXPECT_NOT_NULL(test, p) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, p, #p, !=, NULL, "NULL", NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, p) \
	__KUNIT_GOOD_PTR(test, KUNIT_EXPECTATION, p, #p, NULL)
#define KUNIT_EXPECT_STREQ(test, a, b) \
	__KUNIT_STRINGS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, NULL)
#define KUNIT_EXPECT_STRNEQ(test, a, b) \
	__KUNIT_STRINGS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, NULL)
#define KUNIT_EXPECT_MEMEQ(test, a, b, n) \
	__KUNIT_MEMORY(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, n, NULL)
#define KUNIT_EXPECT_MEMNEQ(test, a, b, n) \
	__KUNIT_MEMORY(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, n, NULL)

/* The same with a text of the test's own. */
#define KUNIT_EXPECT_TRUE_MSG(test, c, fmt, ...) \
	__KUNIT_TRUTH(test, KUNIT_EXPECTATION, c, #c " is true", fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_FALSE_MSG(test, c, fmt, ...) \
	__KUNIT_TRUTH(test, KUNIT_EXPECTATION, !(c), #c " is false", fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_EQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LT_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, <, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, <=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GT_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, >, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_EXPECTATION, a, #a, >=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_EQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_NE_MSG(test, a, b, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, p, #p, ==, NULL, "NULL", fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_EXPECTATION, p, #p, !=, NULL, "NULL", fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_GOOD_PTR(test, KUNIT_EXPECTATION, p, #p, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STREQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_STRINGS(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STRNEQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_STRINGS(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMEQ_MSG(test, a, b, n, fmt, ...) \
	__KUNIT_MEMORY(test, KUNIT_EXPECTATION, a, #a, ==, b, #b, n, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMNEQ_MSG(test, a, b, n, fmt, ...) \
	__KUNIT_MEMORY(test, KUNIT_EXPECTATION, a, #a, !=, b, #b, n, fmt, ##__VA_ARGS__)

#define KUNIT_ASSERT_TRUE(test, c) \
	__KUNIT_TRUTH(test, KUNIT_ASSERTION, c, #c " is true", NULL)
#define KUNIT_ASSERT_FALSE(test, c) \
	__KUNIT_TRUTH(test, KUNIT_ASSERTION, !(c), #c " is false", NULL)
#define KUNIT_ASSERT_EQ(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, NULL)
#define KUNIT_ASSERT_NE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, NULL)
#define KUNIT_ASSERT_LT(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, <, b, #b, NULL)
#define KUNIT_ASSERT_LE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, <=, b, #b, NULL)
#define KUNIT_ASSERT_GT(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, >, b, #b, NULL)
#define KUNIT_ASSERT_GE(test, a, b) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, >=, b, #b, NULL)
#define KUNIT_ASSERT_PTR_EQ(test, a, b) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, NULL)
#define KUNIT_ASSERT_PTR_NE(test, a, b) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, NULL)
#define KUNIT_ASSERT_NULL(test, p) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, p, #p, ==, NULL, "NULL", NULL)
#define KUNIT_ASSERT_NOT_NULL(test, p) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, p, #p, !=, NULL, "NULL", NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p) \
	__KUNIT_GOOD_PTR(test, KUNIT_ASSERTION, p, #p, NULL)
#define KUNIT_ASSERT_STREQ(test, a, b) \
	__KUNIT_STRINGS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, NULL)
#define KUNIT_ASSERT_STRNEQ(test, a, b) \
	__KUNIT_STRINGS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, NULL)
#define KUNIT_ASSERT_MEMEQ(test, a, b, n) \
	__KUNIT_MEMORY(test, KUNIT_ASSERTION, a, #a, ==, b, #b, n, NULL)
#define KUNIT_ASSERT_MEMNEQ(test, a, b, n) \
	__KUNIT_MEMORY(test, KUNIT_ASSERTION, a, #a, !=, b, #b, n, NULL)

/* The same with a text of the test's own. */
#define KUNIT_ASSERT_TRUE_MSG(test, c, fmt, ...) \
	__KUNIT_TRUTH(test, KUNIT_ASSERTION, c, #c " is true", fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FALSE_MSG(test, c, fmt, ...) \
	__KUNIT_TRUTH(test, KUNIT_ASSERTION, !(c), #c " is false", fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_EQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LT_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, <, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, <=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GT_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, >, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GE_MSG(test, a, b, fmt, ...) \
	__KUNIT_INTS(test, KUNIT_ASSERTION, a, #a, >=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_EQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_NE_MSG(test, a, b, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, p, #p, ==, NULL, "NULL", fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_PTRS(test, KUNIT_ASSERTION, p, #p, !=, NULL, "NULL", fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, p, fmt, ...) \
	__KUNIT_GOOD_PTR(test, KUNIT_ASSERTION, p, #p, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STREQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_STRINGS(test, KUNIT_ASSERTION, a, #a, ==, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STRNEQ_MSG(test, a, b, fmt, ...) \
	__KUNIT_STRINGS(test, KUNIT_ASSERTION, a, #a, !=, b, #b, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ_MSG(test, a, b, n, fmt, ...) \
	__KUNIT_MEMORY(test, KUNIT_ASSERTION, a, #a, ==, b, #b, n, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMNEQ_MSG(test, a, b, n, fmt, ...) \
	__KUNIT_MEMORY(test, KUNIT_ASSERTION, a, #a, !=, b, #b, n, fmt, ##__VA_ARGS__)

#endif
