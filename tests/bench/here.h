/* SPDX-License-Identifier: GPL-2.0-only */
/* What the benchmarks need of this kernel; linux/there.h is its counterpart. Bodies: here.c. */
#ifndef _TESTS_BENCH_HERE_H
#define _TESTS_BENCH_HERE_H

#include <linux/interrupt.h>
#include <linux/printk.h>
#include <linux/sched.h>

#define say(fmt, ...)		printk_raw(fmt, ##__VA_ARGS__)

static inline void sleep_a_little(void)
{
	schedule_timeout_uninterruptible(1);
}

/**
 * hard_irq_open, hard_irq_soon, hard_irq_close - a call out of a hard interrupt, some 300 us from now
 * @function: called once for each hard_irq_soon()
 *
 * Context: task.
 * Return: 0, or an error when the machine has no device for it.
 */
int hard_irq_open(void (*function)(void));
void hard_irq_soon(void);
void hard_irq_close(void);

/**
 * edu_request, edu_free - the registers of QEMU's edu device, with its line taken
 * @by_message: its interrupts are messages, not its pin
 * @handler: of its interrupts
 * @thread_fn: what the handler may wake, or NULL
 *
 * Context: task.
 * Return: NULL when there is no such device, or this kernel cannot have its interrupts so.
 */
void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn);
void edu_free(void);

#endif
