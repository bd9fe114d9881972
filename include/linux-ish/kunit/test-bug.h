/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _KUNIT_TEST_BUG_H
#define _KUNIT_TEST_BUG_H

#include <kunit/test.h>

/** kunit_fail_current_test - fail the case that runs now, if any; with a text. Context: any. */
#define kunit_fail_current_test(fmt, ...) do {				\
	struct kunit *__test = kunit_get_current_test();		\
	if (__test) {							\
		kunit_print(__test, fmt, ##__VA_ARGS__);		\
		kunit_set_failure(__test);				\
	}								\
} while (0)

#endif
