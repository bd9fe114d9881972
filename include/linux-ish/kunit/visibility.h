/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _KUNIT_VISIBILITY_H
#define _KUNIT_VISIBILITY_H

/* What is static, but for tests. */
#ifdef CONFIG_SELFTESTS
#define VISIBLE_IF_KUNIT
#else
#define VISIBLE_IF_KUNIT	static
#endif
#define EXPORT_SYMBOL_IF_KUNIT(symbol)	struct __export_needs_a_semicolon

#endif
