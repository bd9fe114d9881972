/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The simulated machine, inside: its state, and what its files give to each other.
 *
 * What
 *	Up to HOST_CPUS_MAX simulated CPUs share one thread of the host. A CPU that does not run is
 *	a stack pointer, as a task that does not run is one: switch.S changes between both in the
 *	same way. The CPU that runs is host_this.
 *
 *	Contract calls are steps. host_step() lets most of them pass by decrementing host_credit;
 *	when that is used up host_decide() looks at clocks and interrupts, and asks the strategy who
 *	goes on and for how long.
 *
 *	machine.c	power on, stop, memory, console
 *	step.c		steps, decisions, waiting
 *	tsan.c		what instrumented code calls: plain accesses and atomics
 *	tso.c		store buffers
 *	percpu.c	per-CPU operations
 *	irq.c		interrupts: sources of a CPU, lines, IPIs, injections
 *	clock.c		virtual time and its events
 *	explore.c	strategies: all that chance decides
 *	learn.c		what they know of earlier runs
 *	thread.c	tasks; switch.S
 *	record.c	the trace	report.c	the state of a machine that stands still
 *	tests.c		KUnit cases, run one at a time; scenarios
 *
 * Contexts
 *	All of it runs on simulated stacks, one step at a time: nothing here needs a lock. A
 *	function that may switch to another CPU returns on the same CPU, unless it delivers an
 *	interrupt: then the task may be preempted, and go on elsewhere. host_this is not kept in a
 *	variable across such a call.
 *
 * States of a CPU
 *	OFF -> RUN		arch_cpu_up()
 *	RUN -> OFF		arch_cpu_play_dead()
 *	RUN -> RELAX -> RUN	cpu_relax(); until a word that it has looked at changes, or an interrupt
 *				is taken
 *	RUN -> IDLE -> RUN	arch_cpu_idle(); until an interrupt is taken
 *	RUN -> DELAY -> RUN	arch_delay_ns(); until it is time; interrupts are taken meanwhile
 *	any -> HALT		arch_cpu_halt(), arch_stop_other_cpus(); for ever
 */
#ifndef _ARCH_HOST_HOST_H
#define _ARCH_HOST_HOST_H

#include <linux/compiler.h>
#include "api.h"

#define HOST_NEVER		(~0ULL)
#define HOST_LINES		32

enum host_cpu_state {
	HOST_CPU_OFF, HOST_CPU_RUN, HOST_CPU_RELAX, HOST_CPU_IDLE, HOST_CPU_DELAY, HOST_CPU_HALT,
};

/* What can interrupt a CPU, most urgent first. */
enum host_source {
	HOST_SOURCE_CLOCK,
	HOST_SOURCE_RESCHEDULE,
	HOST_SOURCE_CALL_FUNCTION,
	HOST_SOURCE_IRQ_WORK,
	HOST_SOURCE_LINE,
	HOST_SOURCE_INJECTION,
	HOST_SOURCES
};

/* Stores that other CPUs do not see yet. */
#define HOST_STORES_MAX		8
struct host_store {
	unsigned long address;
	unsigned long value;
	unsigned long size;
};

/* A shared word that a CPU has looked at since it last relaxed, and what it saw. */
#define HOST_SEEN_MAX		8
struct host_seen {
	const volatile void *word;
	unsigned long size;
	unsigned long value;
};

struct host_cpu {
	unsigned long sp;		/* while another CPU runs; 0: not known */
	unsigned int number;		/* I */
	enum host_cpu_state state;
	bool irqs_on;
	bool on_irq_stack;
	unsigned int sources_raised;	/* bits: asked for, and not taken yet */
	unsigned int sources_arrived;	/* bits, of the raised ones: taken as soon as irqs_on */
	unsigned int taking;		/* bits: sources whose handlers are under way */
	u64 arrival[HOST_SOURCES];	/* step at which a raised source arrives */
	u32 lines;			/* bits: lines that sent this CPU an interrupt */
	u64 event_ns;			/* the clock event, or HOST_NEVER */
	u64 wake_ns;			/* DELAY: until then */
	unsigned int nr_seen;		/* words looked at; the last HOST_SEEN_MAX are kept */
	struct host_seen seen[HOST_SEEN_MAX];
	u64 changes_seen;		/* RELAX: host.changes when it began to wait */
	u64 look_again;			/* RELAX: step at which it may look in any event */
	unsigned long percpu_offset;	/* of its copies of per-CPU variables, once they exist */
	unsigned long percpu_used;	/* the offset in use: 0 on the boot CPU at first */
	unsigned int nr_stores;
	struct host_store stores[HOST_STORES_MAX];	/* oldest first */
	/* A plain store that was just made: it goes into the buffer with the next step (tso.c). */
	unsigned long plain_address, plain_size, plain_old;
	struct task_struct *switched_from;	/* for arch_switch_last() */
};

struct host_machine {
	struct host_cpu cpus[HOST_CPUS_MAX];
	unsigned int nr_cpus;		/* I: CPUs of the machine, started or not */
	bool running;			/* a test runs: limits count */
	bool frozen;			/* stopped, or stuck and one CPU writes the last report */
	u64 steps;			/* up to the last decision */
	u64 granted;			/* credit that the last decision gave */
	u64 changes;			/* how many stores changed memory */
	unsigned int relaxed;		/* bits: CPUs in RELAX */
	u64 ns_base;			/* time at step 0 */
	u64 step_ns;			/* what a step takes */
	u64 next_event_ns;		/* earliest of all event_ns and wake_ns */
	u64 start_ns;			/* when the test began */
	u64 start_steps;
	unsigned int nudges;		/* last chances since the last change */
	u64 nudged_at;			/* changes at that time */
};

extern struct host_machine host;
extern struct host_cpu *host_this;
extern int host_credit;
extern bool host_watch_plain;

#define host_keep	__section("host_keep")
/* The place in the core that called the function this is used in. */
#define HOST_CALLER	((unsigned long)__builtin_return_address(0))

/* step.c */
void host_decide(enum host_step kind, const volatile void *word, unsigned long pc);
/* explore.c: words at which the strategy wants to be asked. */
#define HOST_FOCUS_MAX	3
extern const volatile void *host_focus[HOST_FOCUS_MAX];
void host_at_focus(void);

static __always_inline void host_step(enum host_step kind, const volatile void *word,
				      unsigned long pc)
{
	if (word && unlikely(word == host_focus[0] || word == host_focus[1] ||
			     word == host_focus[2]))
		host_at_focus();
	if (unlikely(--host_credit < 0))
		host_decide(kind, word, pc);
}
void host_wait(enum host_cpu_state state, enum host_step kind, unsigned long pc);
void host_changed(const volatile void *p);
void host_saw(const volatile void *p, unsigned long size, unsigned long value);
void host_look_in(u64 steps);
unsigned int host_runnable(void);
u64 host_steps_now(void);
void host_freeze(void);

/* machine.c */
void host_stop(enum host_stop why);
void host_leave(void);
void host_broken(const char *fmt, ...) __printf(1, 2) __noreturn;

/* tso.c */
extern bool host_tso;
unsigned long host_load(const volatile void *p, unsigned long size);
void host_store(volatile void *p, unsigned long size, unsigned long value);
void host_drain(struct host_cpu *cpu);
void host_drain_some(void);
void host_before_plain(const volatile void *p, unsigned long size, bool is_write);
void host_take_back_plain(struct host_cpu *cpu);
static __always_inline void host_settle_plain(struct host_cpu *cpu)
{
	if (unlikely(cpu->plain_size))
		host_take_back_plain(cpu);
}
unsigned long host_peek(const volatile void *p, unsigned long size);
void host_poke(volatile void *p, unsigned long size, unsigned long value);

/* irq.c */
void host_raise(struct host_cpu *cpu, enum host_source source, u64 delay);
void host_arrivals(struct host_cpu *cpu);
void host_take_interrupts(unsigned long pc);
u64 host_next_arrival(const struct host_cpu *cpu);
void host_hasten(struct host_cpu *cpu);
void host_pass_injections_on(void);

/* clock.c */
u64 host_now(void);
void host_clock_due(void);
bool host_advance_time(void);

/* explore.c */
void host_explore_start(void);
u64 host_random(void);
u64 host_random_below(u64 n);
unsigned int host_choose_cpu(unsigned int runnable);
u64 host_choose_credit(void);
u64 host_choose_delay(enum host_source source);
bool host_choose_buffering(void);
void host_explore_boot(void);
extern bool host_strict;

/* thread.c, switch.S */
unsigned long host_new_stack(void *top, void (*entry)(void));
void host_switch(unsigned long *save_sp, unsigned long sp);

/* record.c */
void host_record_on(const struct host_cpu *cpu, enum host_step kind, const volatile void *word,
		    unsigned long value, unsigned long size, unsigned long pc);
void host_record(enum host_step kind, const volatile void *word, unsigned long value,
		 unsigned long size, unsigned long pc);
static __always_inline bool host_recording(void)
{
	return unlikely(host_job.record || host_job.learn != HOST_LEARN_NOTHING);
}
/* learn.c */
void host_learn_step(const struct host_cpu *cpu, enum host_step kind, unsigned long word,
		     unsigned long pc);
void host_hash(unsigned long word);
struct task_struct;
const struct task_struct *host_current(const struct host_cpu *cpu);

#endif
