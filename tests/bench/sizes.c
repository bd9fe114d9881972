// SPDX-License-Identifier: GPL-2.0-only
/* What structs take, and memory after the boot: the case "sizes", which runs when it is asked for. */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "bench.h"

#define size_of(type)	say("bench: size %s %zu\n", #type, sizeof(type))

void bench_sizes(unsigned int unused)
{
	struct sysinfo memory;

	size_of(struct tasklet_struct);
	size_of(struct work_struct);
	size_of(struct delayed_work);
	size_of(struct timer_list);
	size_of(struct irq_work);
	size_of(struct irqaction);
	size_of(struct irq_desc);
	size_of(struct task_struct);
	size_of(struct completion);
	size_of(struct wait_queue_head);
	size_of(struct mutex);
	size_of(spinlock_t);
	si_meminfo(&memory);
	say("bench: memory total_kib %lu\n", (unsigned long)memory.totalram * (PAGE_SIZE / 1024));
	say("bench: memory free_kib %lu\n", (unsigned long)memory.freeram * (PAGE_SIZE / 1024));
}
