/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How interrupts find their descriptors on a PC: what the files of apic/ share, and the entry code
 * calls.
 */
#ifndef _X86_IRQ_H
#define _X86_IRQ_H

#include <linux/cpumask.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/percpu-defs.h>
#include <x86/irq_vectors.h>

/*
 * What each vector of a CPU stands for; NULL: nothing. Vectors of the local APIC have descriptors
 * without a number, whose flow is all that counts. Written under vector_lock (apic/vector.c), read
 * by the CPU itself, without it.
 */
DECLARE_PER_CPU(struct irq_desc *[X86_NR_VECTORS], vector_irq);

/* Interrupts of this CPU that have no line, for people and tests. Q: written by the CPU itself. */
struct x86_irq_counts {
	unsigned int timer;
	unsigned int reschedule;
	unsigned int call_function;
	unsigned int irq_work;
	unsigned int move_cleanup;	/* a line has moved away from here */
	unsigned int spurious;		/* the local APIC's */
	unsigned int error;
	unsigned int unexpected;	/* vectors that stand for nothing */
};
DECLARE_PER_CPU(struct x86_irq_counts, x86_irq_counts);

/**
 * struct x86_route - where a line is sent, and where it was
 * @desc: the line
 * @cpu: where its controller sends it
 * @vector: as which number; 0: nowhere, it has no place
 * @awaited: so many interrupts there show that its old places are not used any more; 0: it has none
 * @old_cpus: where these are
 * @left_cpus: where it ever was, before: it may still have places there, too
 * @arrival: stands for the line at the new place till the first interrupt there; of it, only the flow counts
 * @next_spare: while it is nobody's
 */
struct x86_route {
	struct irq_desc *desc;		/* I, as long as the line has it */
	unsigned int cpu;		/* vector_lock, as all that follows */
	u8 vector;
	u8 awaited;
	struct cpumask old_cpus;
	struct cpumask left_cpus;
	struct irq_desc arrival;
	struct x86_route *next_spare;
};

/** x86_route_new - a line's route, without a place yet. Context: task, or boot. NULL: no memory. */
struct x86_route *x86_route_new(struct irq_desc *desc);
/** x86_route_discard - give it up; it has no place. Context: any but NMI. */
void x86_route_discard(struct x86_route *route);

/**
 * x86_route_start - a place for a line that has none: a vector of the least loaded CPU
 * @route: the line's
 * @mask: the CPUs that will do
 *
 * Context: any but NMI. Return: 0; -EINVAL: no CPU of @mask is online; -ENOSPC: they have nothing left,
 * which has been printed.
 */
int x86_route_start(struct x86_route *route, const struct cpumask *mask);
/** x86_route_stop - the line is silent, and gives back all of its places. Context: any but NMI. */
void x86_route_stop(struct x86_route *route);

/**
 * x86_route_move - another place for a line, unless the one it has will do
 * @route: the line's
 * @mask: the CPUs that will do
 *
 * If number and CPU change, the caller tells the controller first the number, then the CPU: at either
 * moment an interrupt arrives at a place of the line. The old places are given back some time after the first
 * interrupt at the new one.
 *
 * Context: any but NMI, desc->lock held. Return: as x86_route_start(); after an error nothing has changed.
 */
int x86_route_move(struct x86_route *route, const struct cpumask *mask);

/** x86_route_retrigger - an interrupt at the line's place, as if its device had asked. desc->lock held. */
void x86_route_retrigger(const struct x86_route *route);

/**
 * x86_vector_set - give a vector of @cpu a meaning, if it has none; NULL: take it away
 *
 * For vectors that are not allocated: the 8259s', and tests'. Context: any but NMI. Return: had it none.
 */
bool x86_vector_set(unsigned int cpu, unsigned int vector, struct irq_desc *desc);

/* Of a CPU's X86_DEVICE_VECTORS: those that are taken, of these those that wait to be given back; the rest. */
struct x86_vector_usage {
	unsigned int taken;
	unsigned int leaving;
	unsigned int free;
};
/** x86_vector_usage - @cpu's at this moment. Context: any but NMI. */
void x86_vector_usage(unsigned int cpu, struct x86_vector_usage *usage);

/* The flow of X86_MOVE_CLEANUP_VECTOR. */
void x86_move_cleanup_flow(struct irq_desc *desc);

/* ---- The domain that all lines but those of the 8259s have at their end towards the CPU (apic/domain.c) */

/** x86_vector_domain_init - make it. Boot CPU, once, if there is a local APIC. */
void x86_vector_domain_init(void);
/* I: NULL: there is none. */
extern struct irq_domain *x86_vector_domain;

/* I: device lines come through the pair of 8259s, not an IOAPIC. */
extern bool x86_lines_by_8259;

/* ---- The 8259s (apic/i8259.c) */

/** i8259_init - set the pair's vectors, mask all lines. Boot CPU, once. */
void i8259_init(void);
/** i8259_take_lines - from now on the lines 0 to 15 are the 8259s'. Boot CPU, once. */
void i8259_take_lines(void);
/** i8259_unexpected - one of its vectors came though the line has no descriptor. Hard IRQ. */
void i8259_unexpected(unsigned int line);
/** i8259_spurious_count - how many requests were gone when the CPU asked for them. Context: any. */
unsigned int i8259_spurious_count(void);

/* ---- IOAPICs (apic/ioapic.c) */

#ifdef CONFIG_IOAPIC
/** ioapic_init - give each pin of each IOAPIC its line. Boot CPU, once. Return: are there any? */
bool ioapic_init(void);
#else
static inline bool ioapic_init(void) { return false; }
#endif

/* ---- Firmware (apic/firmware.c) */

struct acpi_tables;
/** x86_acpi - the machine's ACPI tables; found and checked when first asked for, possibly empty */
const struct acpi_tables *x86_acpi(void);

#endif
