/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The simulated interrupt controller: 32 lines, any of which reaches any CPU that its affinity
 * allows.
 *
 *	0-15	edge, as ISA lines are
 *	16-23	level, fasteoi flow
 *	24-27	edge
 *	28-31	simple
 *	from 32	no controller: for software chips, and irq_alloc_descs()
 */
#ifndef _ARCH_IMPL_IRQ_H
#define _ARCH_IMPL_IRQ_H

#include <linux/stddef.h>

#define NR_IRQS_LEGACY	16
#define NR_IRQS		256

struct irq_data;
struct irq_domain;

struct seq_file;

void arch_irq_init(void);
int arch_irq_startup_check(unsigned int irq);
/* No messages. */
static inline struct irq_domain *arch_msi_domain(void) { return NULL; }
static inline void arch_msi_ack(struct irq_data *data) { }
/* What has been taken holds nothing up. */
static inline void arch_irq_end_unowned(void) { }
/* All that comes has a number, or is not counted. */
static inline void arch_show_interrupts(struct seq_file *p, int width) { }
/* A line that is sent is on its way to a CPU until it is taken there. */
void arch_irq_offline(void);

#endif
