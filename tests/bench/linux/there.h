/* SPDX-License-Identifier: GPL-2.0-only */
/* What the benchmarks need of Linux, 6.1 to 6.12; ../here.h is its counterpart. */
#ifndef _TESTS_BENCH_LINUX_THERE_H
#define _TESTS_BENCH_LINUX_THERE_H

#include <linux/delay.h>
#include <linux/printk.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#define say(fmt, ...)		printk(KERN_INFO fmt, ##__VA_ARGS__)

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete		del_timer
#define timer_delete_sync	del_timer_sync
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
#define PCI_IRQ_INTX		PCI_IRQ_LEGACY
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define system_bh_wq		((struct workqueue_struct *)NULL)
#define system_bh_highpri_wq	((struct workqueue_struct *)NULL)
#endif

static inline void sleep_a_little(void)
{
	usleep_range(50, 60);
}

#endif
