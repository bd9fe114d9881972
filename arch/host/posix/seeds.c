// SPDX-License-Identifier: GPL-2.0-only
/*
 * One test under many seeds.
 *
 * What
 *	The seeds are dealt out to options.jobs processes, forked from this one so that they share
 *	the booted machine's snapshot. They put their sums in shared memory, and stop when one of
 *	them has found a failure. The smallest failing seed that was seen is reported; it is for the
 *	caller to run it again and show it.
 *
 * Tests
 *	selftest.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "runner.h"

#define JOBS_MAX	64

struct worker {
	struct exploration sum;
	bool finished;
};

/* Shared by all processes; each writes its own element, and all may set stop. */
struct shared {
	volatile int stop;
	struct worker workers[JOBS_MAX];
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void count_marks(long *hits, const struct host_test *test)
{
	for (int i = 0; i < HOST_MARKS_MAX && test->must_hit && test->must_hit[i]; i++)
		hits[i] = host_mark_hits(test->must_hit[i]);
}

static void work(struct shared *shared, unsigned int number, const struct host_test *test,
		 unsigned int cpus, unsigned long seeds, unsigned int jobs)
{
	struct worker *me = &shared->workers[number];
	long before[HOST_MARKS_MAX] = { 0 };
	struct run run;

	count_marks(before, test);
	for (unsigned long i = number; i < seeds && !shared->stop; i += jobs) {
		struct host_job job = run_job(test, options.first_seed + i);

		run_once(&run, test, cpus, &job);
		me->sum.runs++;
		me->sum.steps += run.outcome.steps;
		me->sum.switches += run.outcome.switches;
		me->sum.interrupts += run.outcome.interrupts;
		if (run_failed(&run)) {
			me->sum.failed = true;
			me->sum.seed = job.seed;
			shared->stop = 1;
		} else if (run.outcome.verdict == HOST_SKIP) {
			me->sum.skipped = true;
			shared->stop = 1;
		}
	}
	count_marks(me->sum.hits, test);
	for (int i = 0; i < HOST_MARKS_MAX; i++)
		me->sum.hits[i] -= before[i];
	me->finished = true;
}

static void add(struct exploration *sum, const struct exploration *part)
{
	sum->runs += part->runs;
	sum->steps += part->steps;
	sum->switches += part->switches;
	sum->interrupts += part->interrupts;
	sum->skipped |= part->skipped;
	if (part->failed && (!sum->failed || part->seed < sum->seed))
		sum->seed = part->seed;
	sum->failed |= part->failed;
	for (int i = 0; i < HOST_MARKS_MAX; i++)
		sum->hits[i] += part->hits[i];
}

static struct shared *share(void)
{
	static struct shared *shared;

	if (!shared)
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		perror("shared memory");
		exit(2);
	}
	memset(shared, 0, sizeof(*shared));
	return shared;
}

/* Add to the result what so many seeds on so many CPUs come to. */
void explore(struct exploration *result, const struct host_test *test, unsigned int cpus,
	     unsigned long seeds)
{
	struct shared *shared = share();
	unsigned int jobs = options.jobs < JOBS_MAX ? options.jobs : JOBS_MAX;
	struct host_job first = run_job(test, options.first_seed);
	struct run run;
	double begin = now();
	pid_t pids[JOBS_MAX];

	/* Boots the machine if it must, before there are several processes. */
	run_once(&run, test, cpus, &first);
	fflush(NULL);
	for (unsigned int n = 0; n < jobs; n++) {
		pids[n] = fork();
		if (pids[n] == 0) {
			run_catch_signals();
			work(shared, n, test, cpus, seeds, jobs);
			_exit(0);
		}
		if (pids[n] < 0) {
			perror("fork");
			exit(2);
		}
	}
	for (unsigned int n = 0; n < jobs; n++) {
		waitpid(pids[n], NULL, 0);
		if (!shared->workers[n].finished) {
			fprintf(stderr, "a process that ran %s died\n", test->name);
			exit(3);
		}
		add(result, &shared->workers[n].sum);
	}
	result->seconds += now() - begin;
	result->cpus = cpus;
}
