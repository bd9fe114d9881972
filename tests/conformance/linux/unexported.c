// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that are public here, and that Linux has but does not export to modules.
 *
 * What
 *	A module for Linux, loaded before all units: it exports functions of the names and
 *	prototypes that <linux/interrupt.h> declares, which jump to the kernel's own. So a unit says
 *	raise_softirq(nr) on all kernels, and what runs is Linux's.
 *
 *	Where the kernel's own are is asked of kallsyms_lookup_name(), which is not exported either;
 *	a kprobe finds it by name, which is the documented use of one.
 *
 * Contexts
 *	Those of the functions; only init here needs task context.
 *
 * Limits
 *	This module is never unloaded, and neither restores the softirq entries that units open:
 *	Linux has ten numbers, and a unit borrows NET_TX, NET_RX, BLOCK or IRQ_POLL. That machine
 *	has no network card and no disk, so nobody else raises them, and no handler is needed after
 *	the unit is gone.
 */
#include <linux/interrupt.h>
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

#ifdef ACTION_TAKES_ARGUMENT
#undef open_softirq
void open_softirq(int nr, void (*action)(struct softirq_action *))
#else
void open_softirq(int nr, void (*action)(void))
#endif
{
	linux_open_softirq(nr, action);
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

static const struct {
	const char *name;
	void **function;
} wanted[] = {
	{ "open_softirq",		(void **)&linux_open_softirq },
	{ "raise_softirq",		(void **)&linux_raise_softirq },
	{ "raise_softirq_irqoff",	(void **)&linux_raise_softirq_irqoff },
	{ "__raise_softirq_irqoff",	(void **)&linux___raise_softirq_irqoff },
	{ "do_softirq",			(void **)&linux_do_softirq },
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
	return 0;
}
module_init(unexported_init);

MODULE_DESCRIPTION("functions that Linux does not export, for conformance units");
MODULE_LICENSE("GPL");
