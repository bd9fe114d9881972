// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that are public here, and that Linux has but does not export to modules.
 *
 * What
 *	A module for Linux, loaded before all units: it exports functions of the names and
 *	prototypes that Linux's headers declare, which jump to the kernel's own. So a unit says
 *	raise_softirq(nr) on all kernels, and what runs is Linux's.
 *
 *	Where the kernel's own are is asked of kallsyms_lookup_name(), which is not exported either;
 *	a kprobe finds it by name, which is the documented use of one.
 *
 * Contexts
 *	Those of the functions; only init here needs task context.
 *
 *	A unit borrows NET_TX, NET_RX, BLOCK or IRQ_POLL of Linux's ten softirqs: that machine has no
 *	network card and no disk. But a CPU that goes away raises NET_TX and IRQ_POLL, so what is opened
 *	here is a function of this module's, which is never unloaded: it calls the unit's as long as
 *	the unit is there.
 *
 * Limits
 *	What Linux's own entries were is not restored.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdomain.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>

typedef typeof(open_softirq) open_softirq_t;
typedef typeof(raise_softirq) raise_softirq_t;

static open_softirq_t *linux_open_softirq;
static raise_softirq_t *linux_raise_softirq;
static raise_softirq_t *linux_raise_softirq_irqoff;
static raise_softirq_t *linux___raise_softirq_irqoff;
static typeof(do_softirq) *linux_do_softirq;
static typeof(irq_set_percpu_devid) *linux_irq_set_percpu_devid;
static typeof(handle_percpu_irq) *linux_handle_percpu_irq;
static typeof(handle_percpu_devid_irq) *linux_handle_percpu_devid_irq;
static typeof(irq_domain_free_irqs) *linux_irq_domain_free_irqs;
static typeof(irq_work_queue_on) *linux_irq_work_queue_on;

#ifdef ACTION_TAKES_ARGUMENT
#undef open_softirq
#define ACTION_PARAMETER	struct softirq_action *self
#define ACTION_ARGUMENT		self
#else
#define ACTION_PARAMETER	void
#define ACTION_ARGUMENT
#endif

typedef void action_t(ACTION_PARAMETER);

static action_t *actions[NR_SOFTIRQS];	/* of units */

#define CALL_ACTION_OF(nr)				\
static void call_##nr(ACTION_PARAMETER)			\
{							\
	action_t *action = READ_ONCE(actions[nr]);	\
							\
	if (action)					\
		action(ACTION_ARGUMENT);		\
}

CALL_ACTION_OF(NET_TX_SOFTIRQ)
CALL_ACTION_OF(NET_RX_SOFTIRQ)
CALL_ACTION_OF(BLOCK_SOFTIRQ)
CALL_ACTION_OF(IRQ_POLL_SOFTIRQ)

static action_t *const callers[NR_SOFTIRQS] = {
	[NET_TX_SOFTIRQ] = call_NET_TX_SOFTIRQ,
	[NET_RX_SOFTIRQ] = call_NET_RX_SOFTIRQ,
	[BLOCK_SOFTIRQ] = call_BLOCK_SOFTIRQ,
	[IRQ_POLL_SOFTIRQ] = call_IRQ_POLL_SOFTIRQ,
};

void open_softirq(int nr, action_t *action)
{
	if (WARN(!callers[nr], "softirq %d is not for units\n", nr))
		return;
	WRITE_ONCE(actions[nr], action);
	linux_open_softirq(nr, callers[nr]);
}
EXPORT_SYMBOL_GPL(open_softirq);

void raise_softirq(unsigned int nr)
{
	linux_raise_softirq(nr);
}
EXPORT_SYMBOL_GPL(raise_softirq);

void raise_softirq_irqoff(unsigned int nr)
{
	linux_raise_softirq_irqoff(nr);
}
EXPORT_SYMBOL_GPL(raise_softirq_irqoff);

void __raise_softirq_irqoff(unsigned int nr)
{
	linux___raise_softirq_irqoff(nr);
}
EXPORT_SYMBOL_GPL(__raise_softirq_irqoff);

void do_softirq(void)
{
	linux_do_softirq();
}
EXPORT_SYMBOL_GPL(do_softirq);

int irq_set_percpu_devid(unsigned int irq)
{
	return linux_irq_set_percpu_devid(irq);
}
EXPORT_SYMBOL_GPL(irq_set_percpu_devid);

void handle_percpu_irq(struct irq_desc *desc)
{
	linux_handle_percpu_irq(desc);
}
EXPORT_SYMBOL_GPL(handle_percpu_irq);

void handle_percpu_devid_irq(struct irq_desc *desc)
{
	linux_handle_percpu_devid_irq(desc);
}
EXPORT_SYMBOL_GPL(handle_percpu_devid_irq);

void irq_domain_free_irqs(unsigned int irq, unsigned int count)
{
	linux_irq_domain_free_irqs(irq, count);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs);

bool irq_work_queue_on(struct irq_work *work, int cpu)
{
	return linux_irq_work_queue_on(work, cpu);
}
EXPORT_SYMBOL_GPL(irq_work_queue_on);

/* A unit goes: so do its actions. */
static int unit_changes(struct notifier_block *block, unsigned long state, void *data)
{
	struct module *unit = data;
	int nr;

	for (nr = 0; state == MODULE_STATE_GOING && nr < NR_SOFTIRQS; nr++)
		if (within_module((unsigned long)actions[nr], unit))
			WRITE_ONCE(actions[nr], NULL);
	return NOTIFY_OK;
}

static struct notifier_block unit_watch = { .notifier_call = unit_changes };

static const struct {
	const char *name;
	void **function;
} wanted[] = {
	{ "open_softirq",		(void **)&linux_open_softirq },
	{ "raise_softirq",		(void **)&linux_raise_softirq },
	{ "raise_softirq_irqoff",	(void **)&linux_raise_softirq_irqoff },
	{ "__raise_softirq_irqoff",	(void **)&linux___raise_softirq_irqoff },
	{ "do_softirq",			(void **)&linux_do_softirq },
	{ "irq_set_percpu_devid",	(void **)&linux_irq_set_percpu_devid },
	{ "handle_percpu_irq",		(void **)&linux_handle_percpu_irq },
	{ "handle_percpu_devid_irq",	(void **)&linux_handle_percpu_devid_irq },
	{ "irq_domain_free_irqs",	(void **)&linux_irq_domain_free_irqs },
	{ "irq_work_queue_on",		(void **)&linux_irq_work_queue_on },
};

static int __init unexported_init(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	unsigned long (*lookup)(const char *name);
	size_t i;
	int error;

	error = register_kprobe(&probe);
	if (error)
		return error;
	lookup = (void *)probe.addr;
	unregister_kprobe(&probe);
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		*wanted[i].function = (void *)lookup(wanted[i].name);
		if (!*wanted[i].function) {
			pr_err("%s: not in this kernel\n", wanted[i].name);
			return -ENOENT;
		}
	}
	return register_module_notifier(&unit_watch);
}
module_init(unexported_init);

MODULE_DESCRIPTION("functions that Linux does not export, for conformance units");
MODULE_LICENSE("GPL");
