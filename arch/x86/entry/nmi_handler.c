// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an NMI means.
 *
 * What
 *	In this order:
 *	  - a panic elsewhere wants this CPU to stop (panic_stop_cpus): count, halt for ever
 *	  - the registered handler says that it was its own
 *	  - nobody's: somebody pressed the button (QEMU's "nmi"), so say where this CPU is
 *
 * Contexts
 *	NMI: anything may be half done, any lock may be held by whom we interrupted. The stack is
 *	the NMI stack, one at a time on a CPU (nmi.S). A fault in here is allowed where it has a
 *	fixup.
 *
 * Tests
 *	arch/x86/tests/nmi_test.c
 */
#include <linux/atomic.h>
#include <linux/hardirq.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <arch/cpu.h>
#include <x86/processor.h>
#include <x86/traps.h>

DEFINE_PER_CPU(unsigned int, x86_nmi_state);		/* nmi.S */

bool panic_stop_cpus;
atomic_t panic_stopped_cpus = ATOMIC_INIT(0);

static x86_nmi_handler nmi_handler;

void x86_nmi(struct pt_regs *regs);

x86_nmi_handler x86_set_nmi_handler(x86_nmi_handler handler)
{
	return xchg(&nmi_handler, handler);
}

static void report_unknown(struct pt_regs *regs)
{
	pr_warn("nmi: CPU %u got one that nobody asked for\n", smp_processor_id());
	x86_show_registers(regs);
	arch_dump_stack(regs);
}

void x86_nmi(struct pt_regs *regs)
{
	x86_nmi_handler handler = READ_ONCE(nmi_handler);
	unsigned long cr2 = x86_read_cr2();

	nmi_enter();
	if (READ_ONCE(panic_stop_cpus)) {
		atomic_inc(&panic_stopped_cpus);
		arch_cpu_halt();
	}
	if (!handler || !handler(regs))
		report_unknown(regs);
	nmi_exit();
	/* A fault in a handler must not change what an interrupted page fault is about to read. */
	if (x86_read_cr2() != cr2)
		x86_write_cr2(cr2);
}
