/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How interrupts find their descriptors on a PC: what the files of apic/ share, and the entry code
 * calls.
 */
#ifndef _X86_IRQ_H
#define _X86_IRQ_H

#include <linux/irqdesc.h>
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
	unsigned int spurious;		/* the local APIC's */
	unsigned int error;
	unsigned int unexpected;	/* vectors that stand for nothing */
};
DECLARE_PER_CPU(struct x86_irq_counts, x86_irq_counts);

/**
 * x86_vector_alloc - a vector of @cpu for a line
 * @desc: the line
 * @cpu: which
 * @wanted: preferred number, or 0
 *
 * The same line gets the vector that it has on @cpu already. Numbers that no CPU uses go first, so
 * as long as there are enough a line can have one number everywhere, and move by one write to its
 * chip.
 *
 * Context: any. Return: the vector, or -ENOSPC.
 */
int x86_vector_alloc(struct irq_desc *desc, unsigned int cpu, unsigned int wanted);
/** x86_vector_set - give a vector of @cpu a meaning; at boot, for vectors that are not allocated */
void x86_vector_set(unsigned int cpu, unsigned int vector, struct irq_desc *desc);
/** x86_vector_release - @desc gives back its vectors, on all CPUs; the line cannot fire any more */
void x86_vector_release(struct irq_desc *desc);

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
