/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The runner: a libc program around the simulated machine.
 *
 *	main.c		options, the list of tests, CMocka
 *	seeds.c		one test under many seeds, in several processes
 *	run.c		one run: restore, enter, and survive what the core does wrong
 *	says.c		what conformance units say
 *	memory.c	the arena, snapshots and their restoring
 *	symbols.c	names for addresses
 *	print.c		a failure, for people
 *	selftest.c	tests of the machine that only the runner can make
 */
#ifndef _HOST_POSIX_RUNNER_H
#define _HOST_POSIX_RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "../api.h"

/* ---------------------------------------------------------------- main.c */

struct options {
	const char *pattern;		/* which tests */
	unsigned int cpus_min, cpus_max;
	unsigned long seeds;		/* of a scenario, on each number of CPUs */
	unsigned long case_seeds;	/* of a plain case, besides the base schedule */
	unsigned long first_seed;
	unsigned int jobs;		/* processes */
	enum host_strategy strategy;
	int store_buffers, plain_points;
	unsigned long last;		/* rows of the trace to show */
	const char *cmdline;		/* the kernel's */
	const char *consoles;		/* a directory for those of conformance units, or NULL */
	bool verbose;			/* show the kernel's console */
};
extern struct options options;

const char *test_name(const struct host_test *test);
const struct host_test *find_test(const char *name);
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* ---------------------------------------------------------------- memory.c */

struct snapshot;

void memory_init(void);
struct snapshot *memory_take(void);
void memory_restore(struct snapshot *snapshot);
void memory_power_off(void);
bool memory_touch(uintptr_t address);
uint64_t memory_hash(void);
unsigned int memory_hot_pages(void);

/* ---------------------------------------------------------------- run.c */

/* What a run came to, beyond host_outcome. */
struct run {
	enum host_stop stop;
	unsigned int cpus;
	struct host_job job;
	struct host_outcome outcome;
	uintptr_t fault_address;	/* HOST_FAULT: what was accessed; where from */
	uintptr_t fault_pcs[16];
	int fault_signal;		/* SIGALRM: no step for a long time */
};

void run_init(void);
/* The signal handlers: CMocka puts its own in their place before each test. */
void run_catch_signals(void);
struct host_job run_job(const struct host_test *test, unsigned long seed);
void run_once(struct run *run, const struct host_test *test, unsigned int cpus,
	      const struct host_job *job);
/* Put the machine with so many CPUs back to where each run begins. */
void run_rewind(unsigned int cpus);
bool run_failed(const struct run *run);
unsigned int run_report(struct host_cpu_report *reports, unsigned int max);
const char *stop_text(enum host_stop stop);
/* The text that says what went wrong; in run.c's memory. */
const char *run_complaint(const struct run *run);
/* What the kernel printed since the last call of run_once() or console_clear(). */
const char *console_text(void);
void console_clear(void);

/* ---------------------------------------------------------------- says.c */

/*
 * What a step of a unit takes at most. A drain has two milliseconds: where the ten passes do not fit in, a unit
 * that counts them rightly says something else.
 */
#define UNIT_STEP_NS	500

/* Whether what the test prints is looked at. */
bool says_something(const struct host_test *test);
/* Before and after all tests. */
void says_begin(void);
void says_end(void);
/* After a run: keep what was said by the plainest schedule; by another it must be the same, or the run fails. */
void says_look(struct run *run, const struct host_test *test);
/* The first line in which two consoles of a unit differ, as a complaint, or NULL. In says.c's memory. */
const char *says_difference(const char *plain, const char *now, const char *unit);

/* ---------------------------------------------------------------- seeds.c */

struct exploration {
	unsigned long runs;
	unsigned long steps;
	unsigned long switches;
	unsigned long interrupts;
	double seconds;
	bool skipped;
	bool failed;
	unsigned int cpus;		/* of the failed run */
	unsigned long seed;
	long hits[HOST_MARKS_MAX];	/* of the marks in must_hit */
};

void explore(struct exploration *result, const struct host_test *test, unsigned int cpus,
	     unsigned long seeds);

/* ---------------------------------------------------------------- symbols.c, print.c */

void symbols_init(void);
/* name+offset, or the bare number */
void symbol_text(uintptr_t address, char *out, size_t size);
/* function:line, when addr2line is there */
const char *place_text(uintptr_t pc);
void places_load(const uintptr_t *pcs, size_t n);

void print_run(const struct run *run, const struct host_test *test);

/* ---------------------------------------------------------------- selftest.c */

struct CMUnitTest;
unsigned int selftests(struct CMUnitTest *tests, unsigned int max);

#endif
