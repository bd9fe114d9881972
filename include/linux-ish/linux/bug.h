/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What to do when something that cannot be true is true.
 *
 *	KASSERT(x)	x is proven; if it is false the kernel is wrong and stops. Always compiled in.
 *	BUG(), BUG_ON()	the same, with Linux's names.
 *	WARN_ON*()	a caller is wrong and we survive: report once or each time, with a backtrace.
 *
 * Every report is counted (bug_reports()), so that a selftest can demand one, and the boot can fail on
 * one that nobody demanded.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/build_bug.h>

/* kernel/panic.c: what the macros below call. */
__noreturn __cold void bug_panic(const char *file, int line, const char *func, const char *what);
__cold void bug_warn(const char *file, int line, const char *func, const char *what);
__cold __printf(4, 5) void bug_warn_fmt(const char *file, int line, const char *func, const char *fmt, ...);

/** bug_reports - how many warnings there were since boot. Context: any. */
unsigned int bug_reports(void);
/** bug_unexpected - how many of them nobody had announced. Context: any. */
unsigned int bug_unexpected(void);
/**
 * bug_expect - announce that the next @n warnings are wanted (by a test), and are printed in one line
 * @n: how many; 0 ends the announcement
 *
 * Return: how many of the earlier announced ones did not come.
 */
unsigned int bug_expect(unsigned int n);

#define BUG()		bug_panic(__FILE__, __LINE__, __func__, "BUG")
#define BUG_ON(x)	do { if (unlikely(x)) bug_panic(__FILE__, __LINE__, __func__, #x); } while (0)
#define KASSERT(x)	do { if (unlikely(!(x))) bug_panic(__FILE__, __LINE__, __func__, "not true: " #x); } while (0)

#define WARN_ON(x) ({							\
	bool __warn_on = !!(x);						\
	if (unlikely(__warn_on))					\
		bug_warn(__FILE__, __LINE__, __func__, #x);		\
	unlikely(__warn_on);						\
})

#define WARN(x, fmt...) ({						\
	bool __warn_on = !!(x);						\
	if (unlikely(__warn_on))					\
		bug_warn_fmt(__FILE__, __LINE__, __func__, fmt);	\
	unlikely(__warn_on);						\
})

#define __BH_ONCE(report) ({						\
	static bool __warned;						\
	if (!__warned) {						\
		__warned = true;					\
		report;							\
	}								\
})

#define WARN_ON_ONCE(x) ({						\
	bool __warn_on = !!(x);						\
	if (unlikely(__warn_on))					\
		__BH_ONCE(bug_warn(__FILE__, __LINE__, __func__, #x));	\
	unlikely(__warn_on);						\
})

#define WARN_ONCE(x, fmt...) ({						\
	bool __warn_on = !!(x);						\
	if (unlikely(__warn_on))					\
		__BH_ONCE(bug_warn_fmt(__FILE__, __LINE__, __func__, fmt)); \
	unlikely(__warn_on);						\
})

#endif
