// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an NMI means, and who is asked.
 *
 * What
 *	In this order:
 *	  - a panic on another CPU wants this one to stop (panic_stop_cpus): count, halt for ever
 *	  - all handlers of NMI_LOCAL, as the processor does not say who asked, and two who ask at
 *	    once may get one NMI
 *	  - if none had asked: those of NMI_UNKNOWN
 *	  - nobody's: somebody pressed the button (QEMU's "nmi"), so say where this CPU is
 *
 *	When one NMI has served more than one event, another may still come for them, and find
 *	nothing. If it follows at once, so that not an instruction of the interrupted code has run, it
 *	is not reported.
 *
 * Contexts
 *	NMI: anything may be half done, any lock may be held by whom we interrupted. The stack is
 *	the NMI stack, one at a time on a CPU (nmi.S). A fault in here is allowed where it has a
 *	fixup. Registering: any but NMI.
 *
 * Locks
 *	chain_lock: changes of the chains. NMIs walk them without: an entry is complete when it is
 *	linked, and keeps its own link when it is taken out.
 *
 * Ordering
 *	x86_nmi() counts itself in and out (nmi_runs), with a full barrier between counting in and
 *	the walk. Who has taken an entry out waits for each CPU that was in then to count once more;
 *	those that come later do not see the entry.
 *
 * Differs from Linux
 *	Waiting for handlers is by these counts, not RCU. Handlers that take long are not reported.
 *	A name must be given once. There are no chains for SERR and I/O checks.
 *
 * Tests
 *	arch/x86/tests/nmi_test.c; panic-among-nmis of tools/crash
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/hardirq.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <arch/cpu.h>
#include <x86/processor.h>
#include <x86/traps.h>

DEFINE_PER_CPU(unsigned int, x86_nmi_state);		/* nmi.S */
DEFINE_PER_CPU(struct x86_nmi_counts, x86_nmi_counts);

bool panic_stop_cpus;
atomic_t panic_stopped_cpus = ATOMIC_INIT(0);

static DEFINE_RAW_SPINLOCK(chain_lock);
static struct nmiaction *chains[NMI_MAX];	/* chain_lock to write */

/* Odd while this CPU is in x86_nmi(). Written by its NMIs only. */
static DEFINE_PER_CPU(unsigned int, nmi_runs);

/* Of the last NMI: where it came, and whether it served more than one event. Its NMIs only. */
static DEFINE_PER_CPU(unsigned long, last_ip);
static DEFINE_PER_CPU(bool, one_too_many);

/* ---- When one comes */

static int ask(unsigned int type, struct pt_regs *regs)
{
	struct nmiaction *action = smp_load_acquire(&chains[type]);	/* pairs with link_action() */
	int handled = 0;

	while (action) {
		handled += action->handler(type, regs);
		action = smp_load_acquire(&action->next);	/* pairs with link_action() */
	}
	return handled;
}

static void report_unknown(struct pt_regs *regs)
{
	this_cpu_inc(x86_nmi_counts.unknown);
	pr_warn("nmi: CPU %u got one that nobody asked for\n", smp_processor_id());
	x86_show_registers(regs);
	arch_dump_stack(regs);
}

static void handle_nmi(struct pt_regs *regs)
{
	bool may_be_empty = this_cpu_read(one_too_many) && this_cpu_read(last_ip) == regs->ip;
	int handled = ask(NMI_LOCAL, regs);

	this_cpu_write(last_ip, regs->ip);
	if (handled) {
		this_cpu_inc(x86_nmi_counts.handled);
		this_cpu_write(one_too_many, handled > 1);
		return;
	}
	this_cpu_write(one_too_many, false);
	if (ask(NMI_UNKNOWN, regs))
		this_cpu_inc(x86_nmi_counts.handled);
	else if (may_be_empty)
		this_cpu_inc(x86_nmi_counts.empty);
	else
		report_unknown(regs);
}

void x86_nmi(struct pt_regs *regs);

void x86_nmi(struct pt_regs *regs)
{
	unsigned long cr2 = x86_read_cr2();

	nmi_enter();
	/* The one that panics has something to say yet, and may get NMIs of other kinds. */
	if (READ_ONCE(panic_stop_cpus) && !panic_on_this_cpu()) {
		/* One that is down gets it, too, and nobody waits for that one. */
		if (cpu_online(smp_processor_id()))
			atomic_inc(&panic_stopped_cpus);
		arch_cpu_halt();
	}
	this_cpu_inc(nmi_runs);
	smp_mb();	/* pairs with wait_for_nmis() */
	handle_nmi(regs);
	smp_mb();	/* pairs with wait_for_nmis() */
	this_cpu_inc(nmi_runs);
	nmi_exit();
	/* A fault in a handler must not change what an interrupted page fault is about to read. */
	if (x86_read_cr2() != cr2)
		x86_write_cr2(cr2);
}

/* ---- The chains */

/* Where the entry of that name is linked, or the end. Lock held. */
static struct nmiaction **find_link(unsigned int type, const char *name)
{
	struct nmiaction **link = &chains[type];

	while (*link && strcmp((*link)->name, name))
		link = &(*link)->next;
	return link;
}

/* Lock held. */
static int link_action(unsigned int type, struct nmiaction *action)
{
	struct nmiaction **end = find_link(type, action->name);

	if (*end)
		return *end == action ? -EBUSY : -EINVAL;
	if (action->flags & NMI_FLAG_FIRST)
		end = &chains[type];
	action->next = *end;
	smp_store_release(end, action);		/* pairs with ask() */
	return 0;
}

int __register_nmi_handler(unsigned int type, struct nmiaction *action)
{
	unsigned long flags;
	int error;

	if (WARN_ON_ONCE(type >= NMI_MAX || !action->handler || !action->name))
		return -EINVAL;
	raw_spin_lock_irqsave(&chain_lock, flags);
	error = link_action(type, action);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
	return error;
}

/* Return when each NMI that is under way has ended. */
static void wait_for_nmis(void)
{
	unsigned int cpu;

	smp_mb();	/* pairs with x86_nmi() */
	for_each_possible_cpu(cpu) {
		unsigned int *runs = per_cpu_ptr(&nmi_runs, cpu);
		unsigned int then = READ_ONCE(*runs);

		while ((then & 1) && READ_ONCE(*runs) == then)
			arch_cpu_relax();
	}
	smp_mb();	/* pairs with x86_nmi() */
}

void unregister_nmi_handler(unsigned int type, const char *name)
{
	struct nmiaction **link, *action;
	unsigned long flags;

	if (WARN_ON_ONCE(type >= NMI_MAX || in_nmi()))
		return;
	raw_spin_lock_irqsave(&chain_lock, flags);
	link = find_link(type, name);
	action = *link;
	if (action)
		WRITE_ONCE(*link, action->next);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
	if (!WARN(!action, "nmi: there is no handler %s\n", name))
		wait_for_nmis();
}
