/* SPDX-License-Identifier: GPL-2.0-only */
/* What the benchmarks need of Linux, 6.1 to 6.12; ../here.h is its counterpart. Bodies: start.c. */
#ifndef _TESTS_BENCH_LINUX_THERE_H
#define _TESTS_BENCH_LINUX_THERE_H

#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/printk.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#define say(fmt, ...)		printk(KERN_INFO fmt, ##__VA_ARGS__)

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete		del_timer
#define timer_delete_sync	del_timer_sync
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define system_bh_wq		((struct workqueue_struct *)NULL)
#define system_bh_highpri_wq	((struct workqueue_struct *)NULL)
#endif

static inline void sleep_a_little(void)
{
	usleep_range(50, 60);
}

int hard_irq_open(void (*function)(void));
void hard_irq_soon(void);
void hard_irq_close(void);
void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn);
void edu_free(void);

#endif
