// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what did not hold, in words.
 *
 * What
 *	One line: what was expected, what was found, the test's own text, where. Values that the
 *	expression itself shows are not repeated.
 *
 * Contexts
 *	Any: an expectation may fail in an interrupt, on several CPUs at once.
 *
 * Tests
 *	tests/boot/kunit_test.c
 */
#include <linux/ctype.h>
#include <linux/minmax.h>

#include "kunit.h"

#define STRING_SHOWN	60

/* A line that grows, and is cut at its end. */
struct line {
	size_t len;
	char text[KUNIT_MESSAGE_SIZE];
};

static __printf(2, 0) void vsay(struct line *line, const char *fmt, va_list args)
{
	line->len += vscnprintf(line->text + line->len, sizeof(line->text) - line->len, fmt, args);
}

static __printf(2, 3) void say(struct line *line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsay(line, fmt, args);
	va_end(args);
}

/* The line is complete but for the test's own text and the place: report it, and end the case. */
static void finish(struct kunit *test, const struct kunit_loc *loc, struct line *line, const char *fmt,
		   va_list args)
{
	if (fmt) {
		say(line, line->len ? ": " : "");
		vsay(line, fmt, args);
		while (line->len && isspace(line->text[line->len - 1]))
			line->text[--line->len] = '\0';
	}
	say(line, ", at %s:%d", loc->file, loc->line);
	kunit_fail_with(test, "%s%s", loc->type == KUNIT_ASSERTION ? "asserted: " : "", line->text);
	if (loc->type == KUNIT_ASSERTION)
		kunit_abort(test);
}

#define FINISH(test, loc, line, fmt) do {				\
	va_list __args;							\
	va_start(__args, fmt);						\
	finish(test, loc, line, fmt, __args);				\
	va_end(__args);							\
} while (0)

/* Whether an expression is a number already. */
static bool is_literal(const char *expression)
{
	return isdigit(expression[0]) || (expression[0] == '-' && isdigit(expression[1]));
}

static void say_expected(struct line *line, const struct kunit_loc *loc)
{
	say(line, "expected %s %s %s, but", loc->left, loc->op, loc->right);
}

void kunit_fail(struct kunit *test, const struct kunit_loc *loc, const char *fmt, ...)
{
	struct line line = { 0 };

	if (loc->left)
		say(&line, "expected that %s", loc->left);
	FINISH(test, loc, &line, fmt);
}

static void say_int(struct line *line, const char *expression, long long value)
{
	if (is_literal(expression))
		return;
	say(line, " %s is %lld", expression, value);
	if (value > 9 || value < -9)
		say(line, " (%#llx)", value);
}

void kunit_fail_ints(struct kunit *test, const struct kunit_loc *loc, long long left, long long right,
		     const char *fmt, ...)
{
	struct line line = { 0 };

	say_expected(&line, loc);
	say_int(&line, loc->left, left);
	if (!is_literal(loc->left) && !is_literal(loc->right))
		say(&line, " and");
	say_int(&line, loc->right, right);
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_ptrs(struct kunit *test, const struct kunit_loc *loc, const void *left, const void *right,
		     const char *fmt, ...)
{
	struct line line = { 0 };

	if (!loc->op)
		say(&line, "expected %s to point to something, but it is ", loc->left);
	else
		say(&line, "expected %s %s %s, but they are ", loc->left, loc->op, loc->right);
	if (IS_ERR(left))
		say(&line, "%pe", left);
	else
		say(&line, "%px", left);
	if (loc->op)
		say(&line, " and %px", right);
	FINISH(test, loc, &line, fmt);
}

static void say_string(struct line *line, const char *expression, const char *value)
{
	if (!value)
		say(line, " %s is NULL", expression);
	else
		say(line, " %s is \"%.*s\"", expression, STRING_SHOWN, value);
}

void kunit_fail_strings(struct kunit *test, const struct kunit_loc *loc, const char *left,
			const char *right, const char *fmt, ...)
{
	struct line line = { 0 };

	say_expected(&line, loc);
	if (loc->left[0] != '"')
		say_string(&line, loc->left, left);
	if (loc->left[0] != '"' && loc->right[0] != '"')
		say(&line, " and");
	if (loc->right[0] != '"')
		say_string(&line, loc->right, right);
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_memory(struct kunit *test, const struct kunit_loc *loc, const void *left,
		       const void *right, size_t size, const char *fmt, ...)
{
	const unsigned char *a = left, *b = right;
	struct line line = { 0 };
	size_t at = 0;

	say_expected(&line, loc);
	if (!a || !b) {
		say(&line, " %s is NULL", a ? loc->right : loc->left);
	} else {
		while (at < size && a[at] == b[at])
			at++;
		if (at == size)
			say(&line, " all %zu bytes are the same", size);
		else
			say(&line, " byte %zu of %zu is %#x and %#x", at, size, a[at], b[at]);
	}
	FINISH(test, loc, &line, fmt);
}
