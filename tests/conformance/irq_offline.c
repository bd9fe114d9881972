// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance: lines when a CPU goes away and comes back.
 *
 * What
 *	Masks are hexadecimal, the letters those of irq_line.h, and of the chip's masks 'A' plus their bits.
 *	Nothing is observed with fewer than four CPUs; it is CPU 3 that goes.
 */
#include <linux/cpu.h>
#include <linux/slab.h>

#include "irq_line.h"

static struct line_user first;

static unsigned long bits_of(const struct cpumask *mask)
{
	return cpumask_bits(mask)[0] & 0xf;
}

static int set_affinity(struct irq_data *data, const struct cpumask *dest, bool force)
{
	note((char)('A' + bits_of(dest)));
	irq_data_update_effective_affinity(data, cpumask_of(cpumask_first(dest)));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip chip;

static const char *affinity(int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);
	static char text[100];

	snprintf(text, sizeof(text), "%lx/%lx, %s", bits_of(irq_data_get_affinity_mask(data)),
		 bits_of(irq_data_get_effective_affinity_mask(data)), noted());
	forget_notes();
	return text;
}

/* A line that may be moved at any time, for these CPUs, or for all. */
static int begin_line(const struct cpumask *mask)
{
	int irq = line_make(&chip, handle_edge_irq);

	first = (struct line_user){ .letter = '1', .answer = IRQ_HANDLED };
	irq_set_status_flags(irq, IRQ_MOVE_PCNTXT);
	if (mask)
		irq_set_affinity(irq, mask);
	return irq;
}

static int request(int irq)
{
	int error = request_irq(irq, line_handler, 0, "conformance", &first);

	forget_notes();
	return error;
}

static void end_line(int irq)
{
	free_irq(irq, &first);
	line_unmake(irq);
}

static void the_cpu(void)
{
	int error = remove_cpu(3);

	OBSERVE("irq_offline.remove_cpu", "%d, %s", error, cpu_online(3) ? "online" : "offline");
	OBSERVE("irq_offline.remove_cpu_again", "%d", remove_cpu(3));
	error = add_cpu(3);
	OBSERVE("irq_offline.add_cpu", "%d, %s", error, cpu_online(3) ? "online" : "offline");
	OBSERVE("irq_offline.add_cpu_again", "%d", add_cpu(3));
}

/* With this affinity the line is requested, and then the CPU goes and comes. */
static void goes_and_comes(const char *name, const struct cpumask *mask)
{
	int irq = begin_line(mask);

	if (request(irq))
		return;
	remove_cpu(3);
	OBSERVE("irq_offline.%s_cpu_gone", "%s", name, affinity(irq));
	line_fire(irq);
	OBSERVE("irq_offline.%s_cpu_gone_fired", "%s", name, noted());
	forget_notes();
	add_cpu(3);
	OBSERVE("irq_offline.%s_cpu_back", "%s", name, affinity(irq));
	end_line(irq);
}

/* A line that nobody has, one that is disabled, and what may not be moved. */
static void others(void)
{
	int unused = begin_line(cpumask_of(3)), disabled, percpu;

	forget_notes();
	remove_cpu(3);
	OBSERVE("irq_offline.unused_line_cpu_gone", "%s", affinity(unused));
	if (request(unused))
		return;
	OBSERVE("irq_offline.requested_with_its_cpu_gone", "%s", affinity(unused));
	add_cpu(3);
	end_line(unused);

	disabled = begin_line(cpumask_of(3));
	if (request(disabled))
		return;
	disable_irq(disabled);
	forget_notes();
	remove_cpu(3);
	OBSERVE("irq_offline.disabled_line_cpu_gone", "%s", affinity(disabled));
	add_cpu(3);
	enable_irq(disabled);
	end_line(disabled);

	percpu = begin_line(cpumask_of(3));
	if (request_irq(percpu, line_handler, IRQF_PERCPU, "conformance", &first))
		return;
	forget_notes();
	remove_cpu(3);
	OBSERVE("irq_offline.percpu_line_cpu_gone", "%s", affinity(percpu));
	add_cpu(3);
	end_line(percpu);
}

static void set_while_gone(struct cpumask *mask)
{
	int irq = begin_line(cpumask_of(0)), error;

	if (request(irq))
		return;
	remove_cpu(3);
	forget_notes();
	error = irq_set_affinity(irq, cpumask_of(3));
	OBSERVE("irq_offline.set_to_the_cpu_that_is_gone", "%d, %s", error, affinity(irq));
	cpumask_clear(mask);
	cpumask_set_cpu(1, mask);
	cpumask_set_cpu(3, mask);
	error = irq_set_affinity(irq, mask);
	OBSERVE("irq_offline.set_to_it_and_another", "%d, %s", error, affinity(irq));
	add_cpu(3);
	OBSERVE("irq_offline.set_to_it_and_another_cpu_back", "%s", affinity(irq));
	end_line(irq);
}

/* ---- the thread of such a line ---- */

static struct {
	struct completion ran;
	unsigned long allowed;
} thread;

static irqreturn_t waking_handler(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread_fn(int irq, void *dev)
{
	thread.allowed = bits_of(&current->cpus_mask);
	complete(&thread.ran);
	return IRQ_HANDLED;
}

static unsigned long thread_allowed(int irq)
{
	line_fire(irq);
	arrives(&thread.ran);
	synchronize_irq(irq);
	return thread.allowed;
}

static void of_the_thread(void)
{
	int irq = begin_line(cpumask_of(3));

	init_completion(&thread.ran);
	if (request_threaded_irq(irq, waking_handler, thread_fn, 0, "conformance", &first))
		return;
	OBSERVE("irq_offline.thread", "%lx", thread_allowed(irq));
	remove_cpu(3);
	OBSERVE("irq_offline.thread_cpu_gone", "%lx", thread_allowed(irq));
	add_cpu(3);
	OBSERVE("irq_offline.thread_cpu_back", "%lx", thread_allowed(irq));
	end_line(irq);
}

static int __init irq_offline_conformance_init(void)
{
	cpumask_var_t mask;

	if (num_online_cpus() != 4)
		return 0;
	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	chip = line_chip;
	chip.irq_set_affinity = set_affinity;
	stay_on_cpu_0();
	the_cpu();
	goes_and_comes("line_of_the_cpu", cpumask_of(3));
	goes_and_comes("line_of_another", cpumask_of(1));
	goes_and_comes("line_of_all", NULL);
	cpumask_set_cpu(2, mask);
	cpumask_set_cpu(3, mask);
	goes_and_comes("line_of_two", mask);
	others();
	set_while_gone(mask);
	of_the_thread();
	free_cpumask_var(mask);
	return all_lines_unmade();
}

static void __exit irq_offline_conformance_exit(void)
{
}

module_init(irq_offline_conformance_init);
module_exit(irq_offline_conformance_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Conformance: lines of a CPU that goes away");
