/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The end that nobody wanted.
 */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>
#include <linux/types.h>

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

/**
 * panic_in_progress - whether some CPU panics; panic_on_this_cpu - whether this one does. Context:
 * any.
 */
bool panic_in_progress(void);
bool panic_on_this_cpu(void);

/**
 * describe_current_task - "name (pid)" of the current task, for reports
 * @buf: where it goes
 * @size: its size
 *
 * The scheduler has it; until then, or without one, a weak one says nothing.
 *
 * Context: any.
 */
void describe_current_task(char *buf, size_t size);

/*
 * What runs, for the report: a test framework sets it ("suite.case"), panic() prints it. NULL:
 * nothing.
 */
extern const char *panic_running_test;

#endif
