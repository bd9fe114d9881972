// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: interrupts of a real device, QEMU's edu, by its pin and by message.
 *
 * What
 *	Storing a number in RAISE sets these bits in STATUS and asks for an interrupt; storing it in
 *	ACK clears them. By its pin the device asks as long as any bit is set; a message is sent for
 *	each store. No driver has the device, so this unit looks for it, and leaves where there is none.
 *
 * Limits
 *	The device's factorial and its DMA run in threads of QEMU's own: they are left alone.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/pci.h>

#include "notes.h"

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
#define PCI_IRQ_INTX	PCI_IRQ_LEGACY
#endif

enum { EDU_ID = 0x00, EDU_LIVE = 0x04, EDU_STATUS = 0x24, EDU_RAISE = 0x60, EDU_ACK = 0x64 };

static struct pci_dev *edu;
static void __iomem *regs;

static struct {
	unsigned int runs, threads;
	int cpu;			/* of the last run */
	u32 status;			/* of the last run */
	bool in_hardirq, irqs_off, thread_in_task;
	bool leave_to_thread;		/* the handler acknowledges nothing */
	struct completion came, thread_came;
} seen;

static void begin(void)
{
	memset(&seen, 0, sizeof(seen));
	init_completion(&seen.came);
	init_completion(&seen.thread_came);
}

static void acknowledge(void)
{
	seen.status = readl(regs + EDU_STATUS);
	writel(seen.status, regs + EDU_ACK);
	/* Read back: the pin is down when this returns. */
	readl(regs + EDU_STATUS);
}

static irqreturn_t edu_handler(int irq, void *dev)
{
	if (!readl(regs + EDU_STATUS))
		return IRQ_NONE;
	seen.in_hardirq = in_hardirq();
	seen.irqs_off = irqs_disabled();
	seen.cpu = raw_smp_processor_id();
	acknowledge();
	seen.runs++;
	complete(&seen.came);
	return IRQ_HANDLED;
}

static irqreturn_t edu_waking_handler(int irq, void *dev)
{
	irqreturn_t answer = edu_handler(irq, dev);

	return answer == IRQ_HANDLED ? IRQ_WAKE_THREAD : answer;
}

static irqreturn_t edu_thread(int irq, void *dev)
{
	seen.thread_in_task = in_task();
	if (seen.leave_to_thread)
		acknowledge();
	seen.threads++;
	complete(&seen.thread_came);
	return IRQ_HANDLED;
}

static void raise(u32 bits)
{
	writel(bits, regs + EDU_RAISE);
}

/* So many runs have come, and no more are under way. */
static unsigned int runs(unsigned int irq, unsigned int wanted)
{
	while (wanted--)
		if (!arrives(&seen.came))
			break;
	synchronize_irq(irq);
	return seen.runs;
}

/* ---- by pin and by message ---- */

static void observe_line(const char *way, unsigned long flags)
{
	int irq = pci_irq_vector(edu, 0);
	unsigned int bit;

	begin();
	OBSERVE("irq.edu_%s_request", "%d", way,
		request_irq(irq, edu_handler, flags, "conformance", &seen));
	raise(1);
	OBSERVE("irq.edu_%s_raised_once_runs", "%u", way, runs(irq, 1));
	OBSERVE("irq.edu_%s_status", "%u", way, seen.status);
	OBSERVE("irq.edu_%s_inside_in_hardirq", "%s", way, yes_no(seen.in_hardirq));
	OBSERVE("irq.edu_%s_inside_irqs_disabled", "%s", way, yes_no(seen.irqs_off));
	OBSERVE("irq.edu_%s_status_after", "%u", way, readl(regs + EDU_STATUS));
	for (bit = 1; bit <= 4; bit++) {
		raise(1U << bit);
		runs(irq, 1);
	}
	OBSERVE("irq.edu_%s_raised_five_times_runs", "%u", way, seen.runs);
	free_irq(irq, &seen);
}

static void observe_disabled(const char *way, unsigned long flags)
{
	int irq = pci_irq_vector(edu, 0);

	begin();
	if (request_irq(irq, edu_handler, flags, "conformance", &seen))
		return;
	disable_irq(irq);
	raise(1);
	raise(2);
	/* The store has arrived, and so has its interrupt, if it could. */
	readl(regs + EDU_STATUS);
	OBSERVE("irq.edu_%s_raised_while_disabled_runs", "%u", way, seen.runs);
	enable_irq(irq);
	OBSERVE("irq.edu_%s_enabled_runs", "%u", way, runs(irq, 1));
	OBSERVE("irq.edu_%s_enabled_status", "%u", way, seen.status);
	raise(4);
	OBSERVE("irq.edu_%s_raised_after_enable_runs", "%u", way, runs(irq, 1));
	free_irq(irq, &seen);
}

static void observe_threaded(const char *way, unsigned long flags)
{
	int irq = pci_irq_vector(edu, 0);

	begin();
	OBSERVE("irq.edu_%s_thread_request", "%d", way,
		request_threaded_irq(irq, edu_waking_handler, edu_thread, flags, "conformance",
				     &seen));
	raise(1);
	arrives(&seen.thread_came);
	OBSERVE("irq.edu_%s_thread_handler_runs", "%u", way, runs(irq, 1));
	OBSERVE("irq.edu_%s_thread_runs", "%u", way, seen.threads);
	OBSERVE("irq.edu_%s_thread_in_task", "%s", way, yes_no(seen.thread_in_task));
	free_irq(irq, &seen);
}

/* No handler: the thread takes the request back, and until then the line is quiet. */
static void observe_thread_alone(const char *way)
{
	int irq = pci_irq_vector(edu, 0);
	int error;

	begin();
	seen.leave_to_thread = true;
	error = request_threaded_irq(irq, NULL, edu_thread, 0, "conformance", &seen);
	OBSERVE("irq.edu_%s_thread_alone", "%d", way, error);
	if (!error)
		free_irq(irq, &seen);
	error = request_threaded_irq(irq, NULL, edu_thread, IRQF_ONESHOT, "conformance", &seen);
	OBSERVE("irq.edu_%s_thread_alone_oneshot", "%d", way, error);
	if (error)
		return;
	raise(1);
	arrives(&seen.thread_came);
	synchronize_irq(irq);
	raise(2);
	arrives(&seen.thread_came);
	synchronize_irq(irq);
	OBSERVE("irq.edu_%s_thread_alone_runs", "%u", way, seen.threads);
	OBSERVE("irq.edu_%s_thread_alone_status", "%u", way, seen.status);
	free_irq(irq, &seen);
}

static bool arrives_on(int irq, unsigned int cpu)
{
	raise(1);
	runs(irq, 1);
	return seen.cpu == (int)cpu;
}

/*
 * Moved to each CPU in turn. The first interrupt after irq_set_affinity() may still come where the line was:
 * it is in an interrupt that it moves, and not before the last move is over.
 */
static void observe_moved(const char *way, unsigned long flags)
{
	unsigned int cpu, arrived = 0, effective = 0, wanted = 0;
	int irq = pci_irq_vector(edu, 0);
	int errors = 0;

	begin();
	if (request_irq(irq, edu_handler, flags, "conformance", &seen))
		return;
	for_each_online_cpu(cpu) {
		errors += irq_set_affinity(irq, cpumask_of(cpu)) != 0;
		arrived += in_the_end(arrives_on(irq, cpu));
		effective += cpumask_equal(irq_get_effective_affinity_mask(irq), cpumask_of(cpu));
		wanted += cpumask_equal(irq_get_affinity_mask(irq), cpumask_of(cpu));
	}
	OBSERVE("irq.edu_%s_moved_errors", "%d", way, errors);
	OBSERVE("irq.edu_%s_moved_arrived", "%u", way, arrived);
	OBSERVE("irq.edu_%s_moved_effective_and_wanted", "%u %u", way, effective, wanted);
	irq_set_affinity(irq, cpu_online_mask);
	free_irq(irq, &seen);
}

static void observe_state(const char *way, unsigned long flags)
{
	int irq = pci_irq_vector(edu, 0);

	begin();
	if (request_irq(irq, edu_handler, flags, "conformance", &seen))
		return;
	OBSERVE("irq.edu_%s_state", "%s", way,
		irqd_is_level_type(irq_get_irq_data(irq)) ? "level" : "edge");
	OBSERVE("irq.edu_%s_is_activated_and_single_target", "%d %d", way,
		irqd_is_activated(irq_get_irq_data(irq)), irqd_is_single_target(irq_get_irq_data(irq)));
	free_irq(irq, &seen);
	OBSERVE("irq.edu_%s_freed_is_activated", "%d", way, irqd_is_activated(irq_get_irq_data(irq)));
}

static void observe_devm(const char *way, unsigned long flags)
{
	int irq = pci_irq_vector(edu, 0);

	begin();
	OBSERVE("irq.edu_%s_devm_request", "%d", way,
		devm_request_irq(&edu->dev, irq, edu_handler, flags, NULL, &seen));
	raise(1);
	OBSERVE("irq.edu_%s_devm_runs", "%u", way, runs(irq, 1));
	devm_free_irq(&edu->dev, irq, &seen);
	OBSERVE("irq.edu_%s_devm_freed_has_action", "%d", way, irq_has_action(irq));
	OBSERVE("irq.edu_%s_devm_any_context", "%d", way,
		devm_request_any_context_irq(&edu->dev, irq, edu_handler, flags, "conformance", &seen));
	devm_free_irq(&edu->dev, irq, &seen);
}

static void observe_way(const char *way, unsigned long flags)
{
	observe_line(way, flags);
	observe_disabled(way, flags);
	observe_threaded(way, flags);
	observe_thread_alone(way);
	observe_moved(way, flags);
	observe_state(way, flags);
	observe_devm(way, flags);
}

/* ---- the device ---- */

static void observe_vectors(void)
{
	OBSERVE("irq.edu_vectors_msix", "%d", pci_alloc_irq_vectors(edu, 1, 1, PCI_IRQ_MSIX));
	OBSERVE("irq.edu_vectors_two_by_msi", "%d", pci_alloc_irq_vectors(edu, 2, 2, PCI_IRQ_MSI));
	OBSERVE("irq.edu_vectors_two_by_pin", "%d", pci_alloc_irq_vectors(edu, 2, 2, PCI_IRQ_INTX));
	OBSERVE("irq.edu_vectors_up_to_four", "%d",
		pci_alloc_irq_vectors(edu, 1, 4, PCI_IRQ_MSIX | PCI_IRQ_MSI | PCI_IRQ_INTX));
	OBSERVE("irq.edu_vectors_are_messages", "%d", edu->msi_enabled);
	OBSERVE("irq.edu_vector_1", "%d", pci_irq_vector(edu, 1));
	pci_free_irq_vectors(edu);
	OBSERVE("irq.edu_vectors_freed_are_messages", "%d", edu->msi_enabled);
}

static void observe_device(void)
{
	OBSERVE("irq.edu_is_bridge_or_driven", "%s", yes_no(edu->driver || edu->subordinate));
	OBSERVE("irq.edu_enable", "%d", pci_enable_device(edu));
	pci_set_master(edu);
	OBSERVE("irq.edu_bar_0_length", "%llu", (unsigned long long)pci_resource_len(edu, 0));
	regs = pci_iomap(edu, 0, 0);
	OBSERVE("irq.edu_iomap", "%s", regs ? "mapped" : "null");
	if (!regs)
		return;
	OBSERVE("irq.edu_id", "%#x", readl(regs + EDU_ID));
	writel(0x1234, regs + EDU_LIVE);
	OBSERVE("irq.edu_live", "%#x", readl(regs + EDU_LIVE));

	observe_vectors();
	OBSERVE("irq.edu_intx_vectors", "%d", pci_alloc_irq_vectors(edu, 1, 1, PCI_IRQ_INTX));
	OBSERVE("irq.edu_intx_is_the_device_line", "%s",
		yes_no(pci_irq_vector(edu, 0) == edu->irq));
	observe_way("intx", IRQF_SHARED);
	pci_free_irq_vectors(edu);
	OBSERVE("irq.edu_msi_vectors", "%d", pci_alloc_irq_vectors(edu, 1, 1, PCI_IRQ_MSI));
	observe_way("msi", 0);
	pci_free_irq_vectors(edu);
	pci_iounmap(edu, regs);
	pci_clear_master(edu);
	pci_disable_device(edu);
}

static int __init irq_edu_conformance_init(void)
{
	edu = pci_get_device(0x1234, 0x11e8, NULL);
	if (!edu)
		return 0;
	observe_device();
	pci_dev_put(edu);
	return 0;
}

static void __exit irq_edu_conformance_exit(void)
{
}

module_init(irq_edu_conformance_init);
module_exit(irq_edu_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: interrupts of QEMU's edu device");
