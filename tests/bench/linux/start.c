// SPDX-License-Identifier: GPL-2.0-only
/* The benchmarks as a module for Linux: loading it runs them, in a thread on CPU 0. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pci.h>

#include "../bench.h"

#define SOON_NS		300000

static char *only;
module_param(only, charp, 0);
MODULE_PARM_DESC(only, "the case to run; without it all that have rows");

static struct hrtimer timer;
static void (*soon)(void);

static enum hrtimer_restart once(struct hrtimer *unused)
{
	soon();
	return HRTIMER_NORESTART;
}

int hard_irq_open(void (*function)(void))
{
	soon = function;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = once;
	return 0;
}

void hard_irq_soon(void)
{
	hrtimer_start(&timer, ns_to_ktime(SOON_NS), HRTIMER_MODE_REL_PINNED_HARD);
}

void hard_irq_close(void)
{
	hrtimer_cancel(&timer);
}

static struct pci_dev *edu;
static void __iomem *edu_regs;

static int edu_take(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	int error;

	/* 6.1 calls the pin "legacy"; the number is the same. */
	error = pci_alloc_irq_vectors(edu, 1, 1, by_message ? PCI_IRQ_MSI : BIT(0));
	if (error < 0)
		return error;
	error = request_threaded_irq(pci_irq_vector(edu, 0), handler, thread_fn,
				     by_message ? 0 : IRQF_SHARED, "edu", edu);
	if (error)
		pci_free_irq_vectors(edu);
	return error;
}

void __iomem *edu_request(bool by_message, irq_handler_t handler, irq_handler_t thread_fn)
{
	edu = pci_get_device(0x1234, 0x11e8, NULL);
	if (!edu)
		return NULL;
	if (pci_enable_device(edu))
		goto put_device;
	pci_set_master(edu);
	edu_regs = ioremap(pci_resource_start(edu, 0), PAGE_SIZE);
	if (!edu_regs)
		goto disable_device;
	if (!edu_take(by_message, handler, thread_fn))
		return edu_regs;
	iounmap(edu_regs);
disable_device:
	pci_disable_device(edu);
put_device:
	pci_dev_put(edu);
	return NULL;
}

void edu_free(void)
{
	free_irq(pci_irq_vector(edu, 0), edu);
	pci_free_irq_vectors(edu);
	iounmap(edu_regs);
	pci_disable_device(edu);
	pci_dev_put(edu);
}

static int bench_thread(void *done)
{
	bench_run_all(only, false);
	complete(done);
	return 0;
}

static int __init bench_init(void)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct task_struct *thread = kthread_create(bench_thread, &done, "bench");

	if (IS_ERR(thread))
		return PTR_ERR(thread);
	kthread_bind(thread, 0);
	wake_up_process(thread);
	wait_for_completion(&done);
	return 0;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
}
module_exit(bench_exit);

MODULE_DESCRIPTION("What each hop of deferred work costs");
MODULE_LICENSE("GPL");
