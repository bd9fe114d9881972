/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marks and faults: what only a test wants to know of the code, and to do to it.
 *
 * What
 *	MARK("tasklet: requeued, still running") names a rare branch. A scenario lists the marks
 *	that it must reach (.must_hit); over all its seeds each of them is passed at least once, or
 *	it fails.
 *
 *	if (FAULT("wq.create_worker")) return -ENOMEM; names a step that a test can make fail, by
 *	fault_arm(). The text is "subsystem.step".
 *
 * Contexts
 *	Any, NMI too. Both cost nothing without CONFIG_MARKS: MARK is empty, FAULT is false.
 *
 * Limits
 *	A mark in an inline function counts once for each place it is inlined into; hits are added
 *	up by text.
 *
 * Tests
 *	tests/scenario/machine.c
 */
#ifndef _BOTTOMHALF_MARK_H
#define _BOTTOMHALF_MARK_H

#include <linux/compiler.h>

struct mark {
	const char *text;		/* I */
	const char *file;		/* I */
	unsigned long line;		/* I */
	unsigned long hits;		/* A, but may miss some: only zero or not matters */
} __aligned(32);

struct fault {
	const char *text;		/* I */
	const char *file;		/* I */
	unsigned long line;		/* I */
	int armed;			/* A: fires when it counts down to 0; below: not armed */
} __aligned(32);

#ifdef CONFIG_MARKS

void mark_hit(struct mark *mark);
bool fault_fires(struct fault *fault);

#define MARK(what) do {							\
	static struct mark __mark __used __section("kernel_marks") = {	\
		.text = (what), .file = __FILE__, .line = __LINE__,	\
	};								\
	mark_hit(&__mark);						\
} while (0)

#define FAULT(what) ({							\
	static struct fault __fault __used __section("kernel_faults") = { \
		.text = (what), .file = __FILE__, .line = __LINE__, .armed = -1, \
	};								\
	fault_fires(&__fault);						\
})

/**
 * mark_hits - how often the marks with this text were passed
 *
 * Context: any.
 * Return: the number; -1 when there is no such mark.
 */
long mark_hits(const char *text);

/**
 * fault_arm - make a step fail once
 * @text: which FAULT()
 * @skip: how often it succeeds before
 *
 * Context: any; a test disarms at its end what did not fire.
 * Return: how many FAULT()s have that text: 0 says that the name is wrong.
 */
unsigned int fault_arm(const char *text, unsigned int skip);

/** fault_disarm_all - no step fails any more. Return: how many were still armed. Context: any. */
unsigned int fault_disarm_all(void);

#else

#define MARK(what)	((void)0)
#define FAULT(what)	(false)

static inline long mark_hits(const char *text) { return -1; }
static inline unsigned int fault_arm(const char *text, unsigned int skip) { return 0; }
static inline unsigned int fault_disarm_all(void) { return 0; }

#endif
#endif
