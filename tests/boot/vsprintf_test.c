// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text from formats, and back.
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kunit/test.h>

/* The text of a format, and the length that was returned, which must be the text's. */
#define EXPECT_TEXT(test, want, fmt, ...) do {				\
	char __text[128];						\
	int __length = snprintf(__text, sizeof(__text), fmt, ##__VA_ARGS__); \
	KUNIT_EXPECT_EQ(test, __length, (int)strlen(want));		\
	KUNIT_EXPECT_STREQ(test, __text, want);				\
} while (0)

/* Formats that the compiler would rightly complain about. */
static int unchecked(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return length;
}

static void numbers_of_every_length_and_base_print_as_in_c(struct kunit *test)
{
	EXPECT_TEXT(test, "0 -1 2147483647 -2147483648", "%d %d %d %d", 0, -1, 2147483647,
		    -2147483647 - 1);
	EXPECT_TEXT(test, "4294967295 18446744073709551615", "%u %llu", ~0U, ~0ULL);
	EXPECT_TEXT(test, "-9223372036854775808", "%lld", -0x7fffffffffffffffLL - 1);
	EXPECT_TEXT(test, "ff FF 377", "%x %X %o", 255, 255, 255);
	EXPECT_TEXT(test, "1777777777777777777777", "%llo", ~0ULL);
	EXPECT_TEXT(test, "-1 255 -1 65535", "%hhd %hhu %hd %hu", (signed char)-1,
		    (unsigned char)255, (short)-1, (unsigned short)65535);
	EXPECT_TEXT(test, "5 -5 7", "%zu %zd %td", (size_t)5, (ssize_t)-5, (ptrdiff_t)7);
	EXPECT_TEXT(test, "100%", "%d%%", 100);
}

static void flags_width_and_precision_shape_numbers_as_in_c(struct kunit *test)
{
	EXPECT_TEXT(test, "[   42][42   ][00042][  042]", "[%5d][%-5d][%05d][%5.3d]", 42, 42, 42,
		    42);
	EXPECT_TEXT(test, "[+42][ 42][-0042][  -42]", "[%+d][% d][%05d][%5d]", 42, 42, -42, -42);
	EXPECT_TEXT(test, "[0x2a][0X2A][052][0x002a][  0x2a]", "[%#x][%#X][%#o][%#06x][%#6x]", 42,
		    42, 42, 42, 42);
	EXPECT_TEXT(test, "[][0][000]", "[%.0d][%d][%.3d]", 0, 0, 0);
	EXPECT_TEXT(test, "[   42][42   ]", "[%*d][%*d]", 5, 42, -5, 42);
	EXPECT_TEXT(test, "[ 0042]", "[%*.*d]", 5, 4, 42);
}

static void strings_and_characters_are_cut_and_padded(struct kunit *test)
{
	EXPECT_TEXT(test, "[abc][  abc][abc  ][ab]", "[%s][%5s][%-5s][%.2s]", "abc", "abc", "abc",
		    "abc");
	EXPECT_TEXT(test, "[x][  x][x  ]", "[%c][%3c][%-3c]", 'x', 'x', 'x');
	EXPECT_TEXT(test, "[ab]", "[%.*s]", 2, "abcdef");
	EXPECT_TEXT(test, "", "%s", "");
}

static void string_pointer_that_is_none_is_named_not_followed(struct kunit *test)
{
	char text[32];

	unchecked(text, sizeof(text), "%s", NULL);
	KUNIT_EXPECT_STREQ(test, text, "(null)");
	unchecked(text, sizeof(text), "%s", (char *)16);
	KUNIT_EXPECT_STREQ(test, text, "(efault)");
	unchecked(text, sizeof(text), "%s", ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_STREQ(test, text, "(efault)");
}

static void text_that_does_not_fit_is_cut_ended_and_counted_whole(struct kunit *test)
{
	char text[16];

	for (int size = 0; size <= 12; size++) {
		memset(text, '#', sizeof(text));
		KUNIT_EXPECT_EQ(test, unchecked(text, size, "%s-%d", "12345", 6789), 10);
		if (size)
			KUNIT_EXPECT_EQ(test, strlen(text), min(size - 1, 10));
		for (int i = max(size, 0); i < sizeof(text); i++)
			KUNIT_EXPECT_EQ(test, text[i], '#');
	}
	KUNIT_EXPECT_EQ(test, scnprintf(text, 5, "%s", "1234567"), 4);
	KUNIT_EXPECT_EQ(test, scnprintf(text, 0, "%s", "1234567"), 0);
	KUNIT_EXPECT_EQ(test, snprintf(NULL, 0, "%s", "1234567"), 7);
	memset(text, '#', sizeof(text));
	KUNIT_EXPECT_EQ(test, unchecked(text, (size_t)-1, "%s", "1234567"), 0);
	KUNIT_EXPECT_EQ(test, text[0], '#');
}

static void unknown_conversion_stops_and_copies_the_format(struct kunit *test)
{
	char text[32];

	unchecked(text, sizeof(text), "%d %y %d", 1, 2, 3);
	KUNIT_EXPECT_STREQ(test, text, "1 %y %d");
	unchecked(text, sizeof(text), "100%");
	KUNIT_EXPECT_STREQ(test, text, "100%");
}

static void width_beyond_reason_is_cut(struct kunit *test)
{
	char text[8];

	KUNIT_EXPECT_EQ(test, unchecked(text, sizeof(text), "%99999999999d", 1), 32767);
}

static void pointers_print_as_their_letters_say(struct kunit *test)
{
	int here, there;
	char a[24], b[24];

	EXPECT_TEXT(test, "00000000deadbeef", "%px", (void *)0xdeadbeef);
	EXPECT_TEXT(test, "0000000000000000", "%p", NULL);
	EXPECT_TEXT(test, "-EINVAL -1000", "%pe %pe", ERR_PTR(-EINVAL), ERR_PTR(-1000));
	snprintf(a, sizeof(a), "%p", &here);
	snprintf(b, sizeof(b), "%p", &here);
	KUNIT_EXPECT_STREQ(test, a, b);
	KUNIT_EXPECT_EQ(test, strlen(a), 16);
	snprintf(b, sizeof(b), "%p", &there);
	KUNIT_EXPECT_STRNEQ(test, a, b);
	snprintf(b, sizeof(b), "%px", &here);
	KUNIT_EXPECT_STRNEQ(test, a, b);
}

static void function_pointers_print_as_names_where_there_are_names(struct kunit *test)
{
	char name[KSYM_SYMBOL_LEN], want[KSYM_SYMBOL_LEN];

	sprint_symbol_no_offset(want, (unsigned long)snprintf);
	snprintf(name, sizeof(name), "%ps", snprintf);
	KUNIT_EXPECT_STREQ(test, name, want);
	sprint_symbol(want, (unsigned long)snprintf);
	snprintf(name, sizeof(name), "%pS", snprintf);
	KUNIT_EXPECT_STREQ(test, name, want);
}

static __printf(3, 4) int through_va_format(char *buf, size_t size, const char *fmt, ...)
{
	struct va_format inner = { .fmt = fmt };
	va_list args;
	int length;

	va_start(args, fmt);
	inner.va = &args;
	length = snprintf(buf, size, "<%pV|%d>", &inner, 9);
	va_end(args);
	return length;
}

static void format_within_a_format_takes_its_own_arguments(struct kunit *test)
{
	char text[32];

	KUNIT_EXPECT_EQ(test, through_va_format(text, sizeof(text), "%s=%d", "n", 5), 7);
	KUNIT_EXPECT_STREQ(test, text, "<n=5|9>");
}

static void bit_sets_print_in_hex_and_as_ranges(struct kunit *test)
{
	DECLARE_BITMAP(map, 70);

	bitmap_zero(map, 70);
	EXPECT_TEXT(test, "", "%*pbl", 70, map);
	bitmap_set(map, 0, 4);
	bitmap_set(map, 7, 1);
	bitmap_set(map, 62, 8);
	EXPECT_TEXT(test, "0-3,7,62-69", "%*pbl", 70, map);
	EXPECT_TEXT(test, "3f,c0000000,0000008f", "%*pb", 70, map);
	EXPECT_TEXT(test, "8f", "%*pb", 8, map);
	EXPECT_TEXT(test, "0-3", "%*pbl", 5, map);
}

static void bytes_print_with_their_separator(struct kunit *test)
{
	static const u8 bytes[] = { 0x00, 0x1b, 0xff };
	char row[80];

	EXPECT_TEXT(test, "00 1b ff", "%*ph", 3, bytes);
	EXPECT_TEXT(test, "00:1b:ff", "%*phC", 3, bytes);
	EXPECT_TEXT(test, "001bff", "%*phN", 3, bytes);
	hex_dump_to_buffer("0123456789", 10, 16, 1, row, sizeof(row), true);
	KUNIT_EXPECT_STREQ(test, row,
			   "30 31 32 33 34 35 36 37 38 39                    0123456789");
	hex_dump_to_buffer("01234567", 8, 16, 4, row, sizeof(row), false);
	KUNIT_EXPECT_STREQ(test, row, "33323130 37363534");
	KUNIT_EXPECT_EQ(test, hex_dump_to_buffer("0123", 4, 16, 1, row, 5, false), 11);
	KUNIT_EXPECT_STREQ(test, row, "30 3");
}

static void allocated_text_has_its_own_length(struct kunit *test)
{
	char *text = kasprintf(GFP_KERNEL, "%s/%d", "ksoftirqd", 3);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, text, "ksoftirqd/3");
	kfree(text);
}

static void error_numbers_have_names(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, errname(-ENOMEM), "ENOMEM");
	KUNIT_EXPECT_STREQ(test, errname(ERESTARTSYS), "ERESTARTSYS");
	KUNIT_EXPECT_NULL(test, errname(0));
	KUNIT_EXPECT_NULL(test, errname(-9999));
	KUNIT_EXPECT_NULL(test, errname(41));
}

static void scanning_stores_what_it_finds_and_stops_at_the_first_mismatch(struct kunit *test)
{
	int a = -1, b = -1, used = -1;
	unsigned long hex = 0;
	char word[8];
	u8 byte = 0;

	KUNIT_EXPECT_EQ(test, sscanf("12 -34 0xff abc", "%d %i %lx %7s", &a, &b, &hex, word), 4);
	KUNIT_EXPECT_EQ(test, a, 12);
	KUNIT_EXPECT_EQ(test, b, -34);
	KUNIT_EXPECT_EQ(test, hex, 0xff);
	KUNIT_EXPECT_STREQ(test, word, "abc");
	KUNIT_EXPECT_EQ(test, sscanf("7:x", "%d:%d", &a, &b), 1);
	KUNIT_EXPECT_EQ(test, a, 7);
	KUNIT_EXPECT_EQ(test, b, -34);
	KUNIT_EXPECT_EQ(test, sscanf("200 abcdefghij", "%hhu %3s%n", &byte, word, &used), 2);
	KUNIT_EXPECT_EQ(test, byte, 200);
	KUNIT_EXPECT_STREQ(test, word, "abc");
	KUNIT_EXPECT_EQ(test, used, 7);
	KUNIT_EXPECT_EQ(test, sscanf("1234", "%2d%2d", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a * 100 + b, 1234);
	KUNIT_EXPECT_EQ(test, sscanf("5 6", "%*d %d", &a), 1);
	KUNIT_EXPECT_EQ(test, a, 6);
	KUNIT_EXPECT_EQ(test, sscanf("", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("-5", "%u", (unsigned int *)&a), 0);
}

/* On a machine whose image lies less than 2 GiB below the end of the address space. */
static void sprintf_to_memory_of_the_image_writes_the_text(struct kunit *test)
{
	static char text[8] = "?";

	KUNIT_EXPECT_EQ(test, sprintf(text, "%d", 1234), 4);
	KUNIT_EXPECT_STREQ(test, text, "1234");
}

static struct kunit_case vsprintf_cases[] = {
	KUNIT_CASE(sprintf_to_memory_of_the_image_writes_the_text),
	KUNIT_CASE(numbers_of_every_length_and_base_print_as_in_c),
	KUNIT_CASE(flags_width_and_precision_shape_numbers_as_in_c),
	KUNIT_CASE(strings_and_characters_are_cut_and_padded),
	KUNIT_CASE(string_pointer_that_is_none_is_named_not_followed),
	KUNIT_CASE(text_that_does_not_fit_is_cut_ended_and_counted_whole),
	KUNIT_CASE(unknown_conversion_stops_and_copies_the_format),
	KUNIT_CASE(width_beyond_reason_is_cut),
	KUNIT_CASE(pointers_print_as_their_letters_say),
	KUNIT_CASE(function_pointers_print_as_names_where_there_are_names),
	KUNIT_CASE(format_within_a_format_takes_its_own_arguments),
	KUNIT_CASE(bit_sets_print_in_hex_and_as_ranges),
	KUNIT_CASE(bytes_print_with_their_separator),
	KUNIT_CASE(allocated_text_has_its_own_length),
	KUNIT_CASE(error_numbers_have_names),
	KUNIT_CASE(scanning_stores_what_it_finds_and_stops_at_the_first_mismatch),
	{}
};
static struct kunit_suite vsprintf_suite = { .name = "vsprintf", .test_cases = vsprintf_cases };
kunit_test_suite(vsprintf_suite);
