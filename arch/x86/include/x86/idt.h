/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _X86_IDT_H
#define _X86_IDT_H

/** x86_idt_init - fill the one IDT that all CPUs share. Boot CPU, once, before x86_idt_load(). */
void x86_idt_init(void);
/** x86_idt_load - make this CPU use it. Context: interrupts off. */
void x86_idt_load(void);

#endif
