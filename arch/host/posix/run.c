// SPDX-License-Identifier: GPL-2.0-only
/*
 * One run of one test: from the snapshot of a booted machine to its stop.
 *
 * What
 *	The first run on a number of CPUs boots a machine with so many, up to HOST_READY, and keeps
 *	its snapshot; each run begins by restoring it. A bad access of the core comes as a signal:
 *	first writes to protected pages are memory.c's business, all else ends the run as
 *	HOST_FAULT. Such a kernel may have left anything in its memory, so run_report() survives bad
 *	accesses, too. Anywhere else one is a mistake of the runner, and the end of it.
 *
 * Limits
 *	A run that makes no step for STUCK_SECONDS (a loop without any contract call) is a fault,
 *	too. The console keeps the first CONSOLE_SIZE bytes of a run.
 *
 * Tests
 *	selftest.c
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>
#include "runner.h"

#define STUCK_SECONDS	10
#define CONSOLE_SIZE	65536
#define LEARN_RUNS	16

static struct snapshot *booted[HOST_CPUS_MAX + 1];

static sigjmp_buf out_of_the_machine, out_of_the_report;
static volatile sig_atomic_t in_the_machine, in_the_report;
static volatile unsigned long runs_begun;
static struct run *now_running;

/* ---------------------------------------------------------------- console */

static char console[CONSOLE_SIZE + 1];
static size_t console_used;

/* Called by the machine, on a simulated stack. */
void posix_console(const char *text, unsigned long size)
{
	if (options.verbose)
		for (unsigned long done = 0; done < size;) {
			ssize_t n = write(STDOUT_FILENO, text + done, size - done);

			if (n <= 0)
				break;
			done += (unsigned long)n;
		}
	if (size > CONSOLE_SIZE - console_used)
		size = CONSOLE_SIZE - console_used;
	memcpy(console + console_used, text, size);
	console_used += size;
}

const char *console_text(void)
{
	console[console_used] = '\0';
	return console;
}

void console_clear(void)
{
	console_used = 0;
}

/* ---------------------------------------------------------------- signals */

static void remember_fault(int signal, uintptr_t address, const ucontext_t *context)
{
	uintptr_t fp = (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
	unsigned int n = 0;

	now_running->fault_signal = signal;
	now_running->fault_address = address;
	now_running->fault_pcs[n++] = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
	/* Frames can be trusted as far as they lie in the machine's memory, which is readable. */
	while (n < 15 && fp % 8 == 0 && fp >= HOST_ARENA_ADDRESS &&
	       fp < HOST_ARENA_ADDRESS + HOST_ARENA_SIZE - 16) {
		const uintptr_t *frame = (const uintptr_t *)fp;

		if (!frame[1])
			break;
		now_running->fault_pcs[n++] = frame[1];
		if (frame[0] <= fp)
			break;
		fp = frame[0];
	}
	now_running->fault_pcs[n] = 0;
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
	if (signal == SIGSEGV && memory_touch((uintptr_t)info->si_addr))
		return;
	if (in_the_report)
		siglongjmp(out_of_the_report, 1);
	if (!in_the_machine) {
		static const char text[] = "the runner itself made a bad access\n";

		if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
			_exit(3);
		_exit(3);
	}
	remember_fault(signal, (uintptr_t)info->si_addr, context);
	siglongjmp(out_of_the_machine, 1);
}

/* Once a second: is it still the same run? */
static void on_alarm(int signal, siginfo_t *info, void *context)
{
	static unsigned long seen;
	static int seconds;

	if (!in_the_machine || runs_begun != seen) {
		seen = runs_begun;
		seconds = 0;
		return;
	}
	if (++seconds < STUCK_SECONDS)
		return;
	seconds = 0;
	remember_fault(signal, 0, context);
	siglongjmp(out_of_the_machine, 1);
}

void run_catch_signals(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
	static char stack[65536];
	stack_t alternative = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	struct itimerval second = { { 1, 0 }, { 1, 0 } };

	sigaltstack(&alternative, NULL);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigaction(faults[i], &action, NULL);
	action.sa_sigaction = on_alarm;
	action.sa_flags |= SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &second, NULL);
}

/* ---------------------------------------------------------------- runs */

static enum host_stop enter(struct run *run)
{
	enum host_stop stop;

	now_running = run;
	runs_begun++;
	if (sigsetjmp(out_of_the_machine, 1)) {
		in_the_machine = 0;
		host_abandon();
		return HOST_FAULT;
	}
	in_the_machine = 1;
	stop = host_enter();
	in_the_machine = 0;
	return stop;
}

/* Where the CPUs of the stopped machine are. Return: how many; 0 if it left nothing that can be read. */
unsigned int run_report(struct host_cpu_report *reports, unsigned int max)
{
	unsigned int n;

	if (sigsetjmp(out_of_the_report, 1)) {
		in_the_report = 0;
		return 0;
	}
	in_the_report = 1;
	n = host_report_cpus(reports, max);
	in_the_report = 0;
	return n;
}

static void boot(struct run *run, unsigned int cpus)
{
	memory_power_off();
	host_job = (struct host_job){ .strategy = HOST_BASE };
	memset(&host_outcome, 0, sizeof(host_outcome));
	console_clear();
	host_power_on(cpus, options.cmdline);
	run->cpus = cpus;
	run->stop = enter(run);
	run->outcome = host_outcome;
	if (run->stop == HOST_READY) {
		booted[cpus] = memory_take();
		return;
	}
	printf("# the machine does not boot on %u CPUs\n", cpus);
	print_run(run, NULL);
	exit(2);
}

void run_init(void)
{
	host_records = calloc(HOST_RECORDS, sizeof(*host_records));
	if (!host_records) {
		perror("trace");
		exit(2);
	}
	memory_init();
	run_catch_signals();
}

/* The test as the options want it. */
struct host_job run_job(const struct host_test *test, unsigned long seed)
{
	return (struct host_job){
		.suite = test->suite,
		.test = test->test,
		.seed = seed,
		.strategy = options.strategy,
		.store_buffers = test->strong_order ? 0 : options.store_buffers,
		.plain_points = options.plain_points,
		.limit_steps = test->limit_steps,
		.limit_ns = test->limit_ns,
		.step_ns_max = says_something(test) ? UNIT_STEP_NS : 0,
	};
}

static void make_run(struct run *run, unsigned int cpus, const struct host_job *job)
{
	memory_restore(booted[cpus]);
	console_clear();
	host_job = *job;
	memset(&host_outcome, 0, offsetof(struct host_outcome, text) + 1);
	memset(&host_outcome.steps, 0, sizeof(host_outcome) - offsetof(struct host_outcome, steps));
	host_records_written = 0;
	run->cpus = cpus;
	run->job = *job;
	run->stop = enter(run);
	run->outcome = host_outcome;
}

/*
 * A few runs whose only purpose is what host_knowledge keeps. Always the same ones for a test and a
 * number of CPUs, so that a seed means the same in every process. Return: steps of the longest one.
 */
static unsigned long learn_runs(struct run *run, const struct host_test *test, unsigned int cpus,
				enum host_learn what)
{
	unsigned long steps = 0;

	for (unsigned long seed = 1; seed <= LEARN_RUNS; seed++) {
		struct host_job job = run_job(test, seed);

		job.strategy = seed == 1 ? HOST_BASE : HOST_RANDOM;
		job.store_buffers = 0;
		job.plain_points = seed % 2 ? 0 : 2;
		job.learn = what;
		make_run(run, cpus, &job);
		if (!job.plain_points && run->outcome.steps > steps)
			steps = run->outcome.steps;
	}
	return steps;
}

static void learn(struct run *run, const struct host_test *test, unsigned int cpus)
{
	static const struct host_test *known_test;
	static unsigned int known_cpus;
	const struct host_test *empty = find_test("empty_scenario");

	if (test == known_test && cpus == known_cpus)
		return;
	if (cpus != known_cpus) {
		host_learn_forget_places();
		if (empty)
			learn_runs(run, empty, cpus, HOST_LEARN_PLACES);
	}
	known_test = test;
	known_cpus = cpus;
	host_learn_begin();
	host_knowledge.steps = learn_runs(run, test, cpus, HOST_LEARN_WORDS);
	host_learn_end();
}

void run_once(struct run *run, const struct host_test *test, unsigned int cpus, const struct host_job *job)
{
	if (!booted[cpus])
		boot(run, cpus);
	if (job->strategy != HOST_BASE)
		learn(run, test, cpus);
	make_run(run, cpus, job);
	says_look(run, test);
}

void run_rewind(unsigned int cpus)
{
	memory_restore(booted[cpus]);
}

bool run_failed(const struct run *run)
{
	return run->stop != HOST_DONE || run->outcome.verdict == HOST_FAIL;
}

const char *stop_text(enum host_stop stop)
{
	static const char *const texts[] = {
		[HOST_READY] = "ready", [HOST_DONE] = "done", [HOST_SHUTDOWN] = "shutdown",
		[HOST_DEADLOCK] = "deadlock", [HOST_LIVELOCK] = "livelock", [HOST_HANG] = "hang",
		[HOST_BROKEN] = "broken", [HOST_FAULT] = "fault",
	};

	return texts[stop];
}

/* Why the kernel ended, in its own words. */
static const char *panic_line(void)
{
	static char line[200];
	const char *panic = strstr(console_text(), "panic: ");

	if (!panic)
		return "the kernel ended by itself";
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(panic, "\n"), panic);
	return line;
}

const char *run_complaint(const struct run *run)
{
	static char text[1200];

	switch (run->stop) {
	case HOST_DONE:
		snprintf(text, sizeof(text), "%s", run->outcome.text);
		return text;
	case HOST_FAULT:
		if (run->fault_signal == SIGALRM)
			snprintf(text, sizeof(text), "fault: no step for %d seconds", STUCK_SECONDS);
		else
			snprintf(text, sizeof(text), "fault: signal %d, address %#lx",
				 run->fault_signal, (unsigned long)run->fault_address);
		return text;
	case HOST_SHUTDOWN:
		snprintf(text, sizeof(text), "shutdown: %s", panic_line());
		return text;
	default:
		snprintf(text, sizeof(text), "%s%s%s", stop_text(run->stop), run->outcome.text[0] ? ": " : "",
			 run->outcome.text);
		return text;
	}
}
