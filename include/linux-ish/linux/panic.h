/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The end that nobody wanted.
 */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>

/**
 * panic - say why, and stop the machine
 * @fmt: which rule was broken; one line, no newline
 *
 * The first CPU wins: it stops the others, prints the text, the running test and a backtrace, and
 * ends the machine as a failure. CPUs that come second halt.
 *
 * Context: any.
 */
__printf(1, 2) __noreturn __cold void panic(const char *fmt, ...);

/** panic_in_progress - whether some CPU panics. Context: any. */
bool panic_in_progress(void);

/*
 * What runs, for the report: a test framework sets it ("suite.case"), panic() prints it. NULL: nothing.
 */
extern const char *panic_running_test;

#endif
