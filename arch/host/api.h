/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the simulated machine and the process it lives in.
 *
 * What
 *	The machine (arch/host) and the core are one relocatable object that knows no libc. The
 *	runner (arch/host/posix) knows libc, and nothing of the core. This header is all that both
 *	include, so it includes nothing itself. Only names that begin with host_ or posix_ cross the
 *	border, and the bounds of the sections named below (scripts/host.mk localises the rest).
 *
 *	The runner calls host_power_on(), then host_enter() as often as it likes: it runs the
 *	machine until that stops, and says why. While the machine is stopped all of its state is in
 *	memory: section core_state and the arena. Copies of these two are snapshots. What must
 *	outlive a restored snapshot is in section host_keep: the job, the outcome, the trace.
 */
#ifndef _HOST_API_H
#define _HOST_API_H

#define HOST_CPUS_MAX		8
#define HOST_ARENA_ADDRESS	0x100000100000UL
#define HOST_ARENA_SIZE		0x1000000UL
/* Scratch memory for parsers' input, nothing behind it. In no snapshot: written before it is read. */
#define HOST_GUARD_ADDRESS	0x110000000000UL
#define HOST_GUARD_SIZE		0x10000UL

/* Why the machine stopped. */
enum host_stop {
	HOST_READY,		/* booted, waits for a test: the place for a snapshot */
	HOST_DONE,		/* the test has ended; its outcome is in host_outcome */
	HOST_SHUTDOWN,		/* the kernel shut down, after a panic or without being asked */
	HOST_DEADLOCK,		/* no CPU can run and no event is due */
	HOST_LIVELOCK,		/* too many steps */
	HOST_HANG,		/* too much virtual time */
	HOST_BROKEN,		/* the kernel did something no machine allows: host_outcome.text */
	HOST_FAULT,		/* a bad memory access (the runner found it) */
};

/* How a test ended. */
enum host_verdict { HOST_PASS, HOST_FAIL, HOST_SKIP };

/* The ways to choose a schedule. */
enum host_strategy {
	HOST_AUTO,		/* the seed chooses among the others */
	HOST_BASE,		/* a CPU runs until it waits; interrupts come when they are due */
	HOST_RANDOM,		/* at random points any CPU goes on */
	HOST_PRIORITY,		/* the most urgent CPU runs; urgency changes a few times */
	HOST_FOCUS,		/* the same, and at accesses to a few chosen shared words */
	HOST_STRATEGIES
};

/* Runs that only serve to find out which words are shared. */
enum host_learn {
	HOST_LEARN_NOTHING,
	HOST_LEARN_PLACES,		/* of an empty test */
	HOST_LEARN_WORDS,
};

/* What is to be run: written by the runner before host_enter(). */
struct host_job {
	const void *suite;		/* struct kunit_suite */
	const void *test;		/* struct kunit_case */
	unsigned long seed;
	enum host_strategy strategy;
	int store_buffers;		/* may stores wait: 0 never, 1 as the seed says, 2 always */
	int plain_points;		/* are unmarked accesses points: the same */
	int record;			/* write down every step */
	enum host_learn learn;		/* find out what is worth a switch: learn.c */
	unsigned long limit_steps;
	unsigned long limit_ns;
	unsigned long step_ns_max;	/* the machine is no slower than so; 0: however slow */
};

/*
 * What earlier runs of the same test on as many CPUs have shown, for the strategies: which words
 * several contexts touch, and how long a run is. To repeat a run, learn in the same way before.
 */
#define HOST_WORDS_MAX		256
struct host_knowledge {
	unsigned int nr_words;
	unsigned int nr_own;		/* the first ones are the test's own */
	unsigned long words[HOST_WORDS_MAX];	/* both kinds ascending */
	unsigned long steps;			/* of the longest run */
};

/* What came out. */
struct host_outcome {
	enum host_verdict verdict;
	char text[1024];		/* the first failed expectation, or what broke */
	unsigned long steps;
	unsigned long decisions;	/* times that the strategy was asked */
	unsigned long switches;		/* from one CPU to another */
	unsigned long interrupts;
	unsigned long hash;		/* of all decisions, with their places */
	enum host_strategy strategy;	/* the one that AUTO chose */
	int store_buffers, plain_points;
	unsigned long ns;		/* virtual time at the end, from the beginning of the run */
};

/* One step of one CPU. */
struct host_record {
	unsigned long step;
	unsigned long ns;
	unsigned long pc;		/* in the core */
	unsigned long address;		/* the word, or what fits the kind */
	unsigned long value;
	unsigned char kind;		/* enum host_step */
	unsigned char cpu;
	unsigned char size;		/* of the word; 0: none */
	unsigned char irqs_on;
	char task[16];
};

/* What a step is. The names are in record.c. */
enum host_step {
	HOST_STEP_READ, HOST_STEP_WRITE, HOST_STEP_ATOMIC, HOST_STEP_BARRIER, HOST_STEP_PERCPU,
	HOST_STEP_PLAIN_READ, HOST_STEP_PLAIN_WRITE,
	HOST_STEP_IRQ_OFF, HOST_STEP_IRQ_ON, HOST_STEP_RELAX, HOST_STEP_IDLE, HOST_STEP_DELAY,
	HOST_STEP_HALT, HOST_STEP_IPI, HOST_STEP_CLOCK, HOST_STEP_TASK_SWITCH,
	HOST_STEP_IRQ_ENTER, HOST_STEP_IRQ_EXIT, HOST_STEP_RAISE, HOST_STEP_DRAIN,
	HOST_STEPS
};

extern struct host_job host_job;
extern struct host_outcome host_outcome;
extern struct host_knowledge host_knowledge;

/* The last steps, oldest at host_records_written % HOST_RECORDS. The runner gives the room. */
#define HOST_RECORDS		(1UL << 20)
extern struct host_record *host_records;
extern unsigned long host_records_written;
extern const char *const host_step_names[];
extern const char *const host_source_names[];
extern const char *const host_strategy_names[];

/* machine.c */
void host_power_on(unsigned int cpus, const char *cmdline);
enum host_stop host_enter(void);
/* The runner took control away in the middle of a bad access: where that CPU stands is not known. */
void host_abandon(void);

/* learn.c: forget the words; (runs with host_job.learn;) put what they found into host_knowledge. */
void host_learn_begin(void);
void host_learn_end(void);
void host_learn_forget_places(void);

/* report.c: describe CPUs and tasks of a stopped machine, line by line. */
struct host_cpu_report {
	unsigned int cpu;
	const char *state;
	int irqs_on;
	int on_irq_stack;
	unsigned int preempt_count;
	char task[16];
	unsigned long address;		/* the shared word it looked at last */
	unsigned long pcs[24];		/* where it is, innermost first; 0 ends it */
};
/* The CPU in whose copy of the per-CPU variables the address lies, or -1; and where in the template. */
int host_percpu_home(unsigned long address, unsigned long *home);
unsigned int host_report_cpus(struct host_cpu_report *reports, unsigned int max);

/* tests.c: what is linked in. */
struct host_test {
	const char *suite_name;
	const char *name;
	const void *suite;
	const void *test;
	const void *scenario;		/* NULL for a plain KUnit case; below: from the scenario */
	unsigned int cpus_min, cpus_max;
	unsigned long limit_ns, limit_steps;
	const char *const *must_hit;	/* HOST_MARKS_MAX texts, NULL ends them */
	const char *finds;
	unsigned int finds_cpus;
	int strong_order;
};
#define HOST_MARKS_MAX	8
unsigned int host_tests(struct host_test *tests, unsigned int max);
/* How often a MARK() was hit since the process began; -1: there is none with this text. */
long host_mark_hits(const char *text);

/* Given by the runner; called on simulated stacks, so they use little stack and no libc state. */
void posix_console(const char *text, unsigned long size);
void posix_symbol(unsigned long address, char *out, unsigned long size);

#endif
