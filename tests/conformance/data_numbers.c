// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers in text: which are taken, and with which error the others are refused.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>

#include "data.h"
#include "observe.h"

#define OBSERVE_NUMBER(name, type, format, fn, text, ...) do {		\
	type __value = 0;						\
	int __ret = fn(text, ##__VA_ARGS__, &__value);			\
									\
	OBSERVE("data." name, "%d, " format, __ret, __value);		\
} while (0)

static void observe_ints(void)
{
	OBSERVE_NUMBER("kstrtoint", int, "%d", kstrtoint, "-12", 10);
	OBSERVE_NUMBER("kstrtoint_newline", int, "%d", kstrtoint, "12\n", 10);
	OBSERVE_NUMBER("kstrtoint_two_newlines", int, "%d", kstrtoint, "12\n\n", 10);
	OBSERVE_NUMBER("kstrtoint_plus", int, "%d", kstrtoint, "+12", 10);
	OBSERVE_NUMBER("kstrtoint_space_before", int, "%d", kstrtoint, " 12", 10);
	OBSERVE_NUMBER("kstrtoint_space_behind", int, "%d", kstrtoint, "12 ", 10);
	OBSERVE_NUMBER("kstrtoint_empty", int, "%d", kstrtoint, "", 10);
	OBSERVE_NUMBER("kstrtoint_letters", int, "%d", kstrtoint, "12x", 10);
	OBSERVE_NUMBER("kstrtoint_only_minus", int, "%d", kstrtoint, "-", 10);
	OBSERVE_NUMBER("kstrtoint_hex_by_prefix", int, "%d", kstrtoint, "0x1F", 0);
	OBSERVE_NUMBER("kstrtoint_octal_by_prefix", int, "%d", kstrtoint, "017", 0);
	OBSERVE_NUMBER("kstrtoint_decimal_by_no_prefix", int, "%d", kstrtoint, "17", 0);
	OBSERVE_NUMBER("kstrtoint_prefix_with_base_16", int, "%d", kstrtoint, "0x1f", 16);
	OBSERVE_NUMBER("kstrtoint_prefix_with_base_10", int, "%d", kstrtoint, "0x1f", 10);
	OBSERVE_NUMBER("kstrtoint_prefix_alone", int, "%d", kstrtoint, "0x", 0);
	OBSERVE_NUMBER("kstrtoint_largest", int, "%d", kstrtoint, "2147483647", 10);
	OBSERVE_NUMBER("kstrtoint_too_large", int, "%d", kstrtoint, "2147483648", 10);
	OBSERVE_NUMBER("kstrtoint_least", int, "%d", kstrtoint, "-2147483648", 10);
	OBSERVE_NUMBER("kstrtoint_too_small", int, "%d", kstrtoint, "-2147483649", 10);
}

static void observe_other_types(void)
{
	OBSERVE_NUMBER("kstrtouint_minus", unsigned int, "%u", kstrtouint, "-1", 10);
	OBSERVE_NUMBER("kstrtouint_largest", unsigned int, "%u", kstrtouint, "4294967295", 10);
	OBSERVE_NUMBER("kstrtouint_too_large", unsigned int, "%u", kstrtouint, "4294967296", 10);
	OBSERVE_NUMBER("kstrtou8_too_large", u8, "%u", kstrtou8, "256", 10);
	OBSERVE_NUMBER("kstrtos8_least", s8, "%d", kstrtos8, "-128", 10);
	OBSERVE_NUMBER("kstrtou16_hex", u16, "%u", kstrtou16, "ffff", 16);
	OBSERVE_NUMBER("kstrtol_minus_hex", long, "%ld", kstrtol, "-0x10", 0);
	OBSERVE_NUMBER("kstrtoull_largest", unsigned long long, "%llu", kstrtoull, "18446744073709551615",
		10);
	OBSERVE_NUMBER("kstrtoull_too_large", unsigned long long, "%llu", kstrtoull, "18446744073709551616",
		10);
	OBSERVE_NUMBER("kstrtoll_least", long long, "%lld", kstrtoll, "-9223372036854775808", 10);
	OBSERVE_NUMBER("kstrtoll_too_small", long long, "%lld", kstrtoll, "-9223372036854775809", 10);

	OBSERVE_NUMBER("kstrtobool_y", bool, "%d", kstrtobool, "y");
	OBSERVE_NUMBER("kstrtobool_1", bool, "%d", kstrtobool, "1");
	OBSERVE_NUMBER("kstrtobool_on", bool, "%d", kstrtobool, "on");
	OBSERVE_NUMBER("kstrtobool_off", bool, "%d", kstrtobool, "oFf");
	OBSERVE_NUMBER("kstrtobool_no", bool, "%d", kstrtobool, "No");
	OBSERVE_NUMBER("kstrtobool_2", bool, "%d", kstrtobool, "2");
	OBSERVE_NUMBER("kstrtobool_empty", bool, "%d", kstrtobool, "");
	OBSERVE_NUMBER("kstrtobool_o", bool, "%d", kstrtobool, "o");
}

static void observe_lenient(void)
{
	static const char text[] = "0x1fz";
	char *end;
	unsigned long value = simple_strtoul(text, &end, 0);

	OBSERVE("data.simple_strtoul", "%lu, rest %s", value, end);
	OBSERVE("data.simple_strtol", "%ld", simple_strtol("-12abc", NULL, 10));
	OBSERVE("data.memparse", "%llu %llu %llu", memparse("4K", NULL), memparse("2M", NULL),
		memparse("17", NULL));
}

void observe_numbers(void)
{
	observe_ints();
	observe_other_types();
	observe_lenient();
}
