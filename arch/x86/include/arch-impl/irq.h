/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lines of a PC: 0 to 15 are the ISA lines, wherever they are wired to; from 16 on the number
 * of a line is its GSI, the number that ACPI gives to a pin of an IOAPIC. Behind the pins there is
 * room for messages (MSI).
 */
#ifndef _ARCH_IMPL_IRQ_H
#define _ARCH_IMPL_IRQ_H

#define NR_IRQS_LEGACY	16
#define NR_IRQS		1024

struct irq_data;
struct irq_domain;
struct seq_file;

void arch_irq_init(void);
int arch_irq_startup_check(unsigned int irq);
struct irq_domain *arch_msi_domain(void);
void arch_msi_ack(struct irq_data *data);
void arch_irq_offline(void);
void arch_irq_end_unowned(void);
void arch_show_interrupts(struct seq_file *p, int width);

#endif
