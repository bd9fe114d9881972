// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interrupt descriptor table: one for all CPUs, complete from the first C code on, then
 * read-only.
 *
 * What
 *	vector		gate leads to			stack
 *	0-31		entry/exception.S		as it is; #DF, #DB, #MC: their own (IST)
 *	2		entry/nmi.S			its own (IST)
 *	32-255		entry/irq.S			as it is; irq.S goes to the interrupt one
 *
 *	All gates turn interrupts off. What happens on vectors from 32 on is decided by a table in
 *	apic/, never by changing gates, so the page with the gates is read-only once mm/init.c has
 *	made the final page tables.
 *
 * Source: Intel SDM volume 3, 6.14.
 */
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <x86/idt.h>
#include <x86/layout.h>
#include <x86/traps.h>

struct idt_gate {
	u16 offset_low;
	u16 selector;
	u8 ist;
	u8 type;
	u16 offset_middle;
	u32 offset_high;
	u32 reserved;
};

#define GATE_INTERRUPT	0x8e		/* present, ring 0, interrupts go off */

static struct idt_gate idt[X86_VECTORS]
	__section(".data..page_aligned_ro") __aligned(X86_PAGE_SIZE);	/* I */

static void set_gate(unsigned int vector, const char *target, u8 ist)
{
	unsigned long offset = (unsigned long)target;

	idt[vector] = (struct idt_gate) {
		.offset_low = (u16)offset,
		.selector = X86_KERNEL_CS,
		.ist = ist,
		.type = GATE_INTERRUPT,
		.offset_middle = (u16)(offset >> 16),
		.offset_high = (u32)(offset >> 32),
	};
}

static u8 ist_of(unsigned int vector)
{
	switch (vector) {
	case X86_EXCEPTION_DF:
		return X86_IST_DF;
	case X86_EXCEPTION_DB:
		return X86_IST_DB;
	case X86_EXCEPTION_MC:
		return X86_IST_MC;
	default:
		return X86_IST_NONE;
	}
}

void x86_idt_init(void)
{
	unsigned int v;

	BUILD_BUG_ON(sizeof(idt) != X86_PAGE_SIZE);
	for (v = 0; v < X86_EXCEPTION_VECTORS; v++)
		set_gate(v, x86_exception_stubs + v * X86_STUB_SIZE, ist_of(v));
	for (; v < X86_VECTORS; v++)
		set_gate(v, x86_irq_stubs + (v - X86_EXCEPTION_VECTORS) * X86_STUB_SIZE,
			 X86_IST_NONE);
	set_gate(X86_EXCEPTION_NMI, x86_nmi_entry, X86_IST_NMI);
}

void x86_idt_load(void)
{
	const struct {
		u16 limit;
		u64 base;
	} __packed pointer = { sizeof(idt) - 1, (u64)idt };

	__asm__ __volatile__("lidt %0" : : "m"(pointer) : "memory");
}
