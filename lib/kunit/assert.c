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
static void finish(struct kunit *test, const struct kunit_loc *loc, struct line *line,
		   const char *fmt, va_list args)
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

/* Whether an expression shows its value already. */
static bool is_literal(const char *expression)
{
	return isdigit(expression[0]) || (expression[0] == '-' && isdigit(expression[1])) ||
	       expression[0] == '"' || strcmp(expression, "NULL") == 0;
}

typedef void say_fn(struct line *line, u64 value);

/* "expected a == b, but a is 3 and b is 4": what shows its value already is left out. */
static void say_comparison(struct line *line, const struct kunit_loc *loc, say_fn *say_value,
			   u64 left, u64 right)
{
	bool say_left = !is_literal(loc->left);
	bool say_right = !is_literal(loc->right);

	say(line, "expected %s %s %s", loc->left, loc->op, loc->right);
	if (say_left || say_right)
		say(line, ", but ");
	if (say_left) {
		say(line, "%s is ", loc->left);
		say_value(line, left);
	}
	if (say_left && say_right)
		say(line, " and ");
	if (say_right) {
		say(line, "%s is ", loc->right);
		say_value(line, right);
	}
}

static void say_int(struct line *line, u64 value)
{
	s64 number = (s64)value;

	say(line, "%lld", number);
	if (number > 9 || number < -9)
		say(line, " (%#llx)", value);
}

static void say_pointer(struct line *line, u64 value)
{
	const void *ptr = (const void *)value;

	if (IS_ERR(ptr))
		say(line, "%pe", ptr);
	else if (!ptr)
		say(line, "NULL");
	else
		say(line, "%px", ptr);
}

static void say_string(struct line *line, u64 value)
{
	const char *string = (const char *)value;

	if (!string)
		say(line, "NULL");
	else
		say(line, "\"%.*s\"", STRING_SHOWN, string);
}

/* ---------------------------------------------------------------- one function a kind */

void kunit_fail(struct kunit *test, const struct kunit_loc *loc, const char *fmt, ...)
{
	struct line line = { 0 };

	if (loc->left)
		say(&line, "expected that %s", loc->left);
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_ints(struct kunit *test, const struct kunit_loc *loc, long long left,
		     long long right, const char *fmt, ...)
{
	struct line line = { 0 };

	say_comparison(&line, loc, say_int, (u64)left, (u64)right);
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_ptrs(struct kunit *test, const struct kunit_loc *loc, const void *left,
		     const void *right, const char *fmt, ...)
{
	struct line line = { 0 };

	if (loc->op) {
		say_comparison(&line, loc, say_pointer, (u64)left, (u64)right);
	} else {
		say(&line, "expected %s to point to something, but it is ", loc->left);
		say_pointer(&line, (u64)left);
	}
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_strings(struct kunit *test, const struct kunit_loc *loc, const char *left,
			const char *right, const char *fmt, ...)
{
	struct line line = { 0 };

	say_comparison(&line, loc, say_string, (u64)left, (u64)right);
	FINISH(test, loc, &line, fmt);
}

void kunit_fail_memory(struct kunit *test, const struct kunit_loc *loc, const void *left,
		       const void *right, size_t size, const char *fmt, ...)
{
	const unsigned char *a = left, *b = right;
	struct line line = { 0 };
	size_t at = 0;

	say(&line, "expected %s %s %s, but", loc->left, loc->op, loc->right);
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
