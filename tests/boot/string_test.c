// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings, blocks of memory, numbers from strings, patterns, sorting, small mathematics.
 *
 * Memory functions are compared with the plainest loop, at every offset within two words and every
 * length up to a few words, where hand-made word loops go wrong; and the bytes around must stay.
 */
#include <linux/glob.h>
#include <linux/kstrtox.h>
#include <linux/math64.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <kunit/test.h>

#define AREA	64
#define OFFSETS	9
#define LENGTHS	40

/*
 * Sizes that the compiler does not know: the functions themselves are called, not their built-in
 * forms.
 */
static void *(*volatile copy)(void *dest, const void *src, size_t n) = (memcpy);
static void *(*volatile move)(void *dest, const void *src, size_t n) = (memmove);
static void *(*volatile fill)(void *s, int c, size_t n) = (memset);
static int (*volatile compare)(const void *a, const void *b, size_t n) = (memcmp);

static void pattern(u8 *area)
{
	for (int i = 0; i < AREA; i++)
		area[i] = (u8)(i * 37 + 11);
}

static void copy_at_any_offset_and_length_moves_exactly_that(struct kunit *test)
{
	u8 from[AREA], to[AREA];

	pattern(from);
	for (int s = 0; s < OFFSETS; s++)
		for (int d = 0; d < OFFSETS; d += 4)
			for (int n = 0; n < LENGTHS; n++) {
				memset(to, 0xee, AREA);
				KUNIT_ASSERT_PTR_EQ(test, copy(to + d, from + s, n), to + d);
				for (int i = 0; i < AREA; i++) {
					u8 want = i >= d && i < d + n ? from[s + i - d] : 0xee;

					if (to[i] != want)
						KUNIT_FAIL_AND_ABORT(
							test, "from %d to %d, %d bytes: byte %d", s,
							d, n, i);
				}
			}
}

static void overlapping_move_in_both_directions_keeps_the_source(struct kunit *test)
{
	u8 area[AREA], before[AREA];

	pattern(before);
	for (int s = 0; s < 20; s++)
		for (int d = 0; d < 20; d += 3)
			for (int n = 0; n < LENGTHS; n++) {
				memcpy(area, before, AREA);
				move(area + d, area + s, n);
				for (int i = 0; i < AREA; i++) {
					u8 want =
						i >= d && i < d + n ? before[s + i - d] : before[i];

					if (area[i] != want)
						KUNIT_FAIL_AND_ABORT(
							test, "from %d to %d, %d bytes: byte %d", s,
							d, n, i);
				}
			}
}

static void fill_at_any_offset_and_length_writes_exactly_that(struct kunit *test)
{
	u8 area[AREA];

	for (int d = 0; d < OFFSETS; d++)
		for (int n = 0; n < LENGTHS; n++) {
			for (int i = 0; i < AREA; i++)
				area[i] = 0x11;
			fill(area + d, 0x1a5, n);
			for (int i = 0; i < AREA; i++)
				if (area[i] != (i >= d && i < d + n ? 0xa5 : 0x11))
					KUNIT_FAIL_AND_ABORT(test, "at %d, %d bytes: byte %d", d, n,
							     i);
		}
}

static void comparison_decides_by_the_first_difference_unsigned(struct kunit *test)
{
	u8 a[AREA], b[AREA];

	pattern(a);
	for (int at = 0; at < LENGTHS; at++) {
		memcpy(b, a, AREA);
		b[at] = 0xff;
		a[at] = 0x01;
		b[at + 1] = 0;
		KUNIT_EXPECT_LT(test, compare(a, b, LENGTHS + 1), 0);
		KUNIT_EXPECT_GT(test, compare(b, a, LENGTHS + 1), 0);
		KUNIT_EXPECT_EQ(test, compare(a, b, at), 0);
		pattern(a);
	}
}

static void searching_memory_finds_the_first_and_stays_inside(struct kunit *test)
{
	u8 area[AREA];

	memset(area, 7, AREA);
	KUNIT_EXPECT_NULL(test, memchr_inv(area, 7, AREA));
	KUNIT_EXPECT_NULL(test, memchr(area, 8, AREA));
	KUNIT_EXPECT_PTR_EQ(test, memscan(area, 8, AREA), area + AREA);
	area[33] = 8;
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(area, 7, AREA), &area[33]);
	KUNIT_EXPECT_PTR_EQ(test, memchr(area, 8, AREA), &area[33]);
	KUNIT_EXPECT_NULL(test, memchr_inv(area, 7, 33));
	KUNIT_EXPECT_NULL(test, memchr(area, 8, 33));
}

static void strings_compare_as_unsigned_bytes(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("abc", "abd"), 0);
	KUNIT_EXPECT_LT(test, strcmp("ab", "abc"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\xff", "a"), 0);
	KUNIT_EXPECT_EQ(test, strncmp("abcX", "abcY", 3), 0);
	KUNIT_EXPECT_EQ(test, strncmp("a", "b", 0), 0);
	KUNIT_EXPECT_EQ(test, strcasecmp("KThread", "kTHREAD"), 0);
	KUNIT_EXPECT_NE(test, strncasecmp("kthread", "kworker", 2), 0);
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on\n\n", "on"));
}

static void copy_of_a_string_that_does_not_fit_is_cut_and_ended(struct kunit *test)
{
	char to[8] = "1234567";

	KUNIT_EXPECT_EQ(test, strscpy(to, "abc"), 3);
	KUNIT_EXPECT_STREQ(test, to, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(to, "abcdefghij"), -E2BIG);
	KUNIT_EXPECT_STREQ(test, to, "abcdefg");
	KUNIT_EXPECT_EQ(test, strscpy(to, "abcdefg"), 7);
	KUNIT_EXPECT_EQ(test, strscpy(to, "x", 0), -E2BIG);
	KUNIT_EXPECT_STREQ(test, to, "abcdefg");
	KUNIT_EXPECT_EQ(test, strscpy_pad(to, "x", sizeof(to)), 1);
	KUNIT_EXPECT_NULL(test, memchr_inv(to + 1, 0, sizeof(to) - 1));
	KUNIT_EXPECT_EQ(test, strlcpy(to, "123456789", sizeof(to)), 9);
	KUNIT_EXPECT_STREQ(test, to, "1234567");
	strscpy(to, "12345");
	KUNIT_EXPECT_EQ(test, strlcat(to, "6789", sizeof(to)), 9);
	KUNIT_EXPECT_STREQ(test, to, "1234567");
}

static void searching_strings_finds_what_is_there(struct kunit *test)
{
	static const char s[] = "kworker/0:1H";

	KUNIT_EXPECT_PTR_EQ(test, strchr(s, '/'), s + 7);
	KUNIT_EXPECT_PTR_EQ(test, strchr(s, 0), s + 12);
	KUNIT_EXPECT_NULL(test, strchr(s, 'x'));
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, 'r'), s + 6);
	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'x'), s + 12);
	KUNIT_EXPECT_NULL(test, strnchr(s, 7, '/'));
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "0:1"), s + 8);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, ""), s);
	KUNIT_EXPECT_NULL(test, strstr(s, "1HX"));
	KUNIT_EXPECT_NULL(test, strnstr(s, "0:1", 10));
	KUNIT_EXPECT_EQ(test, strspn(s, "krow"), 5);
	KUNIT_EXPECT_EQ(test, strcspn(s, ":/"), 7);
	KUNIT_EXPECT_PTR_EQ(test, strpbrk(s, ":/"), s + 7);
	KUNIT_EXPECT_EQ(test, strnlen(s, 3), 3);
}

static void separators_cut_a_string_into_pieces_also_empty_ones(struct kunit *test)
{
	char text[] = "a,,b c";
	char padded[] = " \t two words \n";
	char *rest = text;

	KUNIT_EXPECT_STREQ(test, strsep(&rest, ", "), "a");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ", "), "");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ", "), "b");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ", "), "c");
	KUNIT_EXPECT_NULL(test, strsep(&rest, ", "));
	KUNIT_EXPECT_STREQ(test, strim(padded), "two words");
}

static void duplicates_are_copies_and_nothing_of_nothing(struct kunit *test)
{
	char *copy = kstrdup("softirq", GFP_KERNEL);
	char *cut = kstrndup("softirq", 4, GFP_KERNEL);

	KUNIT_EXPECT_STREQ(test, copy, "softirq");
	KUNIT_EXPECT_STREQ(test, cut, "soft");
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	kfree(copy);
	kfree(cut);
}

/* ---------------------------------------------------------------- numbers */

struct number {
	const char *text;
	unsigned int base;
	int err;
	long long value;
};

static const struct number numbers[] = {
	{ "0", 0, 0, 0 },
	{ "42", 10, 0, 42 },
	{ "+42\n", 10, 0, 42 },
	{ "-42", 0, 0, -42 },
	{ "0x1F", 0, 0, 31 },
	{ "0x1f", 16, 0, 31 },
	{ "1f", 16, 0, 31 },
	{ "017", 0, 0, 15 },
	{ "101", 2, 0, 5 },
	{ "9223372036854775807", 10, 0, 0x7fffffffffffffffLL },
	{ "-9223372036854775808", 10, 0, -0x7fffffffffffffffLL - 1 },
	{ "9223372036854775808", 10, -ERANGE, 0 },
	{ "-9223372036854775809", 10, -ERANGE, 0 },
	{ "99999999999999999999999", 10, -ERANGE, 0 },
	{ "", 10, -EINVAL, 0 },
	{ "-", 10, -EINVAL, 0 },
	{ "+-1", 10, -EINVAL, 0 },
	{ " 1", 10, -EINVAL, 0 },
	{ "1 ", 10, -EINVAL, 0 },
	{ "1\n\n", 10, -EINVAL, 0 },
	{ "12a", 10, -EINVAL, 0 },
	{ "08", 0, -EINVAL, 0 },
	{ "0x", 0, -EINVAL, 0 },
	{ "2", 2, -EINVAL, 0 },
};

static void describe_number(const struct number *number, char *desc)
{
	int err = 0;

	for (const char *p = number->text; *p && !err; p++)
		err = *p < ' ';
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "base %u: '%s'", number->base,
		 err ? "with a newline" : number->text);
}
KUNIT_ARRAY_PARAM(number, numbers, describe_number);

static void number_in_text_is_taken_whole_or_refused(struct kunit *test)
{
	const struct number *number = test->param_value;
	long long value = -1;

	KUNIT_EXPECT_EQ(test, kstrtoll(number->text, number->base, &value), number->err);
	KUNIT_EXPECT_EQ(test, value, number->err ? -1 : number->value);
}

static void number_beyond_its_type_is_out_of_range(struct kunit *test)
{
	unsigned long long ull;
	unsigned int uint;
	int i;
	u8 byte;
	s8 sbyte;
	bool b;

	KUNIT_EXPECT_EQ(test, kstrtoull("18446744073709551615", 10, &ull), 0);
	KUNIT_EXPECT_EQ(test, ull, ~0ULL);
	KUNIT_EXPECT_EQ(test, kstrtoull("18446744073709551616", 10, &ull), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoull("-1", 10, &ull), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtouint("4294967296", 10, &uint), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483647", 10, &i), 0);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483648", 10, &i), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou8("256", 10, &byte), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtos8("-128", 10, &sbyte), 0);
	KUNIT_EXPECT_EQ(test, kstrtos8("-129", 10, &sbyte), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtobool("yes", &b), 0);
	KUNIT_EXPECT_TRUE(test, b);
	KUNIT_EXPECT_EQ(test, kstrtobool("off", &b), 0);
	KUNIT_EXPECT_FALSE(test, b);
	KUNIT_EXPECT_EQ(test, kstrtobool("maybe", &b), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtobool("", &b), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtobool(NULL, &b), -EINVAL);
}

static void size_with_a_unit_is_multiplied_and_saturates(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, memparse("64K,", &end), 64 << 10);
	KUNIT_EXPECT_STREQ(test, end, ",");
	KUNIT_EXPECT_EQ(test, memparse("0x10m", &end), 16 << 20);
	KUNIT_EXPECT_EQ(test, memparse("3", &end), 3);
	KUNIT_EXPECT_STREQ(test, end, "");
	KUNIT_EXPECT_EQ(test, memparse("16E", NULL), ~0ULL);
	KUNIT_EXPECT_EQ(test, memparse("99999999999999999999", NULL), ~0ULL);
}

/* ---------------------------------------------------------------- patterns */

static const struct {
	const char *pattern, *string;
	bool matches;
} globs[] = {
	{ "", "", true },
	{ "", "a", false },
	{ "a", "", false },
	{ "a", "a", true },
	{ "?", "a", true },
	{ "?", "", false },
	{ "*", "", true },
	{ "**", "abc", true },
	{ "a*c", "abbbc", true },
	{ "a*c", "abbbd", false },
	{ "*.case", "suite.case", true },
	{ "a*b*c", "aXbYbZc", true },
	{ "*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false },
	{ "[a-c]x", "bx", true },
	{ "[a-c]x", "dx", false },
	{ "[!a-c]x", "dx", true },
	{ "[!a-c]x", "ax", false },
	{ "[]x]", "]", true },
	{ "[a-]", "-", true },
	{ "[abc", "[abc", true },
	{ "[abc", "a", false },
	{ "\\*", "*", true },
	{ "\\*", "a", false },
	{ "a\\", "a\\", true },
	{ "tasklet_*", "tasklet", false },
};

static void pattern_matches_what_a_shell_matches(struct kunit *test)
{
	for (int i = 0; i < ARRAY_SIZE(globs); i++)
		KUNIT_EXPECT_EQ_MSG(test, glob_match(globs[i].pattern, globs[i].string),
				    globs[i].matches, "'%s' and '%s'", globs[i].pattern,
				    globs[i].string);
}

/* ---------------------------------------------------------------- sorting, mathematics */

static int by_value(const void *a, const void *b)
{
	return *(const u16 *)a < *(const u16 *)b ? -1 : *(const u16 *)a > *(const u16 *)b;
}

static void sorted_array_is_in_order_and_has_the_same_elements(struct kunit *test)
{
	u16 array[50];

	for (int n = 0; n <= ARRAY_SIZE(array); n += 7) {
		u32 seed = 12345 + n, sum = 0;

		for (int i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			array[i] = (u16)(seed >> 20);
			sum += array[i];
		}
		sort(array, n, sizeof(array[0]), by_value, NULL);
		for (int i = 0; i < n; i++) {
			sum -= array[i];
			if (i)
				KUNIT_EXPECT_LE(test, array[i - 1], array[i]);
		}
		KUNIT_EXPECT_EQ(test, sum, 0);
	}
}

static void small_mathematics_is_exact_at_its_limits(struct kunit *test)
{
	unsigned int seven = 7;
	u64 n = 1000000007ULL * 3 + 2;

	KUNIT_EXPECT_EQ(test, int_sqrt(0), 0);
	KUNIT_EXPECT_EQ(test, int_sqrt(15), 3);
	KUNIT_EXPECT_EQ(test, int_sqrt(16), 4);
	KUNIT_EXPECT_EQ(test, int_sqrt(~0UL), 0xffffffffUL);
	KUNIT_EXPECT_EQ(test, gcd(48, 180), 12);
	KUNIT_EXPECT_EQ(test, lcm(4, 6), 12);
	KUNIT_EXPECT_EQ(test, lcm(4, 0), 0);
	KUNIT_EXPECT_EQ(test, do_div(n, 1000000007), 2);
	KUNIT_EXPECT_EQ(test, n, 3);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(1ULL << 63, 6, 12), 1ULL << 62);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(~0ULL, ~0ULL, ~0ULL), ~0ULL);
	KUNIT_EXPECT_EQ(test, mul_u64_u64_div_u64(~0ULL, 3, 2), ~0ULL);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(65), 128);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(127), 64);
	KUNIT_EXPECT_EQ(test, order_base_2(5), 3);
	KUNIT_EXPECT_EQ(test, ilog2(4096), 12);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(-7, 2), -4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(7, -2), -4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(-7, -2), 4);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(0, -2), 0);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(seven, 2U), 4U);
	KUNIT_EXPECT_EQ(test, clamp(70, 1, 64), 64);
	KUNIT_EXPECT_EQ(test, min_not_zero(0, 5), 5);
}

static struct kunit_case string_cases[] = {
	KUNIT_CASE(copy_at_any_offset_and_length_moves_exactly_that),
	KUNIT_CASE(overlapping_move_in_both_directions_keeps_the_source),
	KUNIT_CASE(fill_at_any_offset_and_length_writes_exactly_that),
	KUNIT_CASE(comparison_decides_by_the_first_difference_unsigned),
	KUNIT_CASE(searching_memory_finds_the_first_and_stays_inside),
	KUNIT_CASE(strings_compare_as_unsigned_bytes),
	KUNIT_CASE(copy_of_a_string_that_does_not_fit_is_cut_and_ended),
	KUNIT_CASE(searching_strings_finds_what_is_there),
	KUNIT_CASE(separators_cut_a_string_into_pieces_also_empty_ones),
	KUNIT_CASE(duplicates_are_copies_and_nothing_of_nothing),
	KUNIT_CASE_PARAM(number_in_text_is_taken_whole_or_refused, number_gen_params),
	KUNIT_CASE(number_beyond_its_type_is_out_of_range),
	KUNIT_CASE(size_with_a_unit_is_multiplied_and_saturates),
	KUNIT_CASE(pattern_matches_what_a_shell_matches),
	KUNIT_CASE(sorted_array_is_in_order_and_has_the_same_elements),
	KUNIT_CASE(small_mathematics_is_exact_at_its_limits),
	{}
};
static struct kunit_suite string_suite = { .name = "string", .test_cases = string_cases };
kunit_test_suite(string_suite);
