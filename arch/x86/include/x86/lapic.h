/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The local APIC: each CPU's own interrupt controller, with its timer and its way to the other
 * CPUs.
 *
 * All CPUs see their own one at the same address. Registers are 32 bits wide, 16 bytes apart.
 *
 * Source: Intel SDM volume 3, chapter 11 (APIC), xAPIC mode.
 */
#ifndef _X86_LAPIC_H
#define _X86_LAPIC_H

#include <linux/bits.h>
#include <asm/io.h>
#include <x86/irq_vectors.h>

#define LAPIC_ID		0x020
#define LAPIC_VERSION		0x030
#define LAPIC_TPR		0x080
#define LAPIC_EOI		0x0b0
#define LAPIC_SVR		0x0f0
#define LAPIC_ISR		0x100	/* 8 registers */
#define LAPIC_IRR		0x200	/* 8 registers */
#define LAPIC_ESR		0x280
#define LAPIC_LVT_CMCI		0x2f0
#define LAPIC_ICR_LOW		0x300
#define LAPIC_ICR_HIGH		0x310
#define LAPIC_LVT_TIMER		0x320
#define  LAPIC_LVT_PERIODIC	0x20000
#define LAPIC_LVT_THERMAL	0x330
#define LAPIC_LVT_PERFORMANCE	0x340
#define LAPIC_LVT_LINT0		0x350
#define LAPIC_LVT_LINT1		0x360
#define LAPIC_LVT_ERROR		0x370
#define LAPIC_TIMER_INITIAL	0x380
#define LAPIC_TIMER_CURRENT	0x390
#define LAPIC_TIMER_DIVIDE	0x3e0

#define LAPIC_SVR_ENABLE	BIT(8)

#define LAPIC_DELIVER_FIXED	0x000
#define LAPIC_DELIVER_NMI	0x400
#define LAPIC_DELIVER_INIT	0x500
#define LAPIC_DELIVER_STARTUP	0x600
#define LAPIC_DELIVER_EXTINT	0x700

#define LAPIC_LVT_ACTIVE_LOW	BIT(13)
#define LAPIC_LVT_LEVEL		BIT(15)
#define LAPIC_LVT_MASKED	BIT(16)

#define LAPIC_ICR_PENDING	BIT(12)
#define LAPIC_ICR_ASSERT	BIT(14)
#define LAPIC_ICR_LEVEL		BIT(15)
#define LAPIC_ICR_SELF		(1U << 18)
#define LAPIC_ICR_OTHERS	(3U << 18)

#define LAPIC_DIVIDE_BY_1	0x0b

/* APIC numbers are 8 bits wide in this mode, and the highest one means all. */
#define LAPIC_ID_MAX		254U

/* I: the registers; NULL while, or when, there is no local APIC that we use. */
extern void __iomem *lapic_regs;
/* I: of each CPU. */
extern u32 x86_cpu_apic_id[];

static __always_inline u32 lapic_read(unsigned int reg)
{
	return readl(lapic_regs + reg);
}

static __always_inline void lapic_write(unsigned int reg, u32 value)
{
	writel(value, lapic_regs + reg);
}

/** lapic_eoi - the vector in service with the highest priority is done with. One store. */
static __always_inline void lapic_eoi(void)
{
	writel_relaxed(0, lapic_regs + LAPIC_EOI);
}

/**
 * lapic_detect - find the boot CPU's local APIC and map it; asked again, say the same
 *
 * Context: boot CPU, ioremap works. Return: whether there is one that we use.
 */
bool lapic_detect(void);

/**
 * lapic_init_cpu - make this CPU's local APIC ready to deliver
 * @virtual_wire: whether the 8259s speak through this one
 *
 * Context: this CPU, interrupts off.
 */
void lapic_init_cpu(bool virtual_wire);

/** lapic_id - this CPU's own APIC number. Context: any. */
static inline u32 lapic_id(void)
{
	return lapic_read(LAPIC_ID) >> 24;
}

/** lapic_in_service - whether this CPU has taken @vector and not ended it. Interrupts off. */
bool lapic_in_service(unsigned int vector);
/** lapic_requested - whether @vector waits to be taken by this CPU. Context: any. */
bool lapic_requested(unsigned int vector);

/**
 * lapic_send - write the interrupt command register
 * @apic_id: who is meant; ignored with LAPIC_ICR_SELF and LAPIC_ICR_OTHERS
 * @command: delivery mode, vector, flags
 *
 * Waits, for a bounded time, until the last command has left. Context: any, NMI too.
 */
void lapic_send(u32 apic_id, u32 command);

/** lapic_wait_sent - wait, for a bounded time, until the last command has left; did it? */
bool lapic_wait_sent(void);

/* The flows of the error and spurious vectors. */
struct irq_desc;
void lapic_error_flow(struct irq_desc *desc);
void lapic_spurious_flow(struct irq_desc *desc);

#endif
