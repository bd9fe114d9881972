// SPDX-License-Identifier: GPL-2.0-only
/*
 * One CPU's tables and control registers.
 *
 * What
 *	Each CPU has its own GDT and TSS, in its per-CPU data; the IDT is common (idt.c). The boot
 *	CPU loads them twice: from the template, so that the earliest exceptions are caught
 *	(x86_cpu_early_init()), and from its own copy, once it has one (arch_cpu_init()). Other
 *	CPUs call arch_cpu_init() first thing.
 *
 *	Control registers, as every CPU has them:
 *	  CR0	paging, write protection for the kernel too; EM: floating point is off limits, so an
 *		instruction of that kind that slips in is an exception, not a quiet loss of state
 *	  CR4	PAE, global pages, machine checks as exceptions, SMEP and SMAP where they exist
 *	  EFER	long mode, NX where it exists
 *
 * gs
 *	GS_BASE is this CPU's distance from the per-CPU template, in kernel mode always; entry
 *	code relies on it and never touches it. The gs selector stays 0: loading one would clear
 *	the base. With a user mode: swapgs on entries whose saved cs has ring 3, and on them only;
 *	NMI, #DB, #MC and #DF, which can interrupt an entry before its swapgs, must look at
 *	GS_BASE itself instead (a kernel's is negative once the copies exist, a user's never is).
 *
 * Contexts
 *	Interrupts off, on the CPU itself.
 *
 * Tests
 *	arch/x86/tests/cpu_test.c
 */
#include <linux/build_bug.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/bug.h>
#include <x86/boot.h>
#include <x86/cpu.h>
#include <x86/idt.h>
#include <x86/processor.h>
#include "stacks.h"

unsigned long __per_cpu_offset[CONFIG_NR_CPUS];		/* I: an entry at a time, at boot */
DEFINE_PER_CPU(unsigned long, this_cpu_off);		/* I */

struct x86_features x86_features;			/* I */

struct tss {
	u32 reserved0;
	u64 rsp[3];
	u64 reserved1;
	u64 ist[7];				/* ist[0] is what a gate calls 1 */
	u64 reserved2;
	u16 reserved3;
	u16 io_bitmap;
} __packed;

struct cpu_tables {
	u64 gdt[X86_GDT_ENTRIES];
	struct tss tss __aligned(8);
};

static DEFINE_PER_CPU_ALIGNED(struct cpu_tables, cpu_tables);	/* I, but for the TSS's busy bit */

/* A system segment descriptor takes two entries. */
static void set_tss_descriptor(u64 *gdt, const struct tss *tss)
{
	u64 base = (u64)tss;
	u64 limit = sizeof(*tss) - 1;

	gdt[0] = limit | (base & 0xffffff) << 16 | 0x89ULL << 40 | (base >> 24 & 0xff) << 56;
	gdt[1] = base >> 32;
}

/* cs is loaded by a far return; the others hold what C code never uses, and must be valid. */
static void load_gdt(const u64 *gdt)
{
	const struct {
		u16 limit;
		u64 base;
	} __packed pointer = { X86_GDT_ENTRIES * sizeof(u64) - 1, (u64)gdt };

	__asm__ __volatile__("lgdt %0\n\t"
			     "pushq %1\n\t"
			     "leaq 1f(%%rip), %%rax\n\t"
			     "pushq %%rax\n\t"
			     "lretq\n"
			     "1:\tmovl %2, %%ds\n\t"
			     "movl %2, %%es\n\t"
			     "movl %2, %%ss"
			     : : "m"(pointer), "i"(X86_KERNEL_CS), "r"(X86_KERNEL_DS)
			     : "rax", "memory");
}

static void load_tables(void)
{
	struct cpu_tables *tables = this_cpu_ptr(&cpu_tables);
	const struct x86_cpu_stacks *stacks = this_cpu_ptr(&x86_cpu_stacks);
	unsigned int i;

	*tables = (struct cpu_tables) {
		.gdt[X86_KERNEL_CS / 8] = X86_SEGMENT_CODE64,
		.gdt[X86_KERNEL_DS / 8] = X86_SEGMENT_DATA,
		.tss.io_bitmap = sizeof(struct tss),
	};
	for (i = 0; i < X86_IST_COUNT; i++)
		tables->tss.ist[i] = stacks->ist_top[i];
	set_tss_descriptor(&tables->gdt[X86_TSS_SELECTOR / 8], &tables->tss);

	load_gdt(tables->gdt);
	x86_idt_load();
	__asm__ __volatile__("ltr %w0" : : "r"(X86_TSS_SELECTOR) : "memory");
}

static void find_features(void)
{
	u32 extended = x86_cpuid(0x80000001, 0).edx;
	u32 structured = x86_cpuid(7, 0).ebx;

	x86_features = (struct x86_features) {
		.nx = extended & X86_CPUID_NX,
		.page_1g = extended & X86_CPUID_PAGE_1G,
		.smep = structured & X86_BIT(7),
		.smap = structured & X86_BIT(20),
	};
}

static void set_control_registers(void)
{
	unsigned long cr4 = x86_read_cr4() | X86_CR4_DE | X86_CR4_PAE | X86_CR4_PGE;

	if (x86_cpuid(1, 0).edx & X86_BIT(7))
		cr4 |= X86_CR4_MCE;
	if (x86_features.smep)
		cr4 |= X86_CR4_SMEP;
	if (x86_features.smap)
		cr4 |= X86_CR4_SMAP;
	x86_write_cr4(cr4);
	x86_write_cr0(X86_CR0_PE | X86_CR0_EM | X86_CR0_ET | X86_CR0_NE | X86_CR0_WP | X86_CR0_PG);
	/* Ring 3 does not exist yet, so no system call does: only these two. */
	x86_wrmsr(X86_MSR_EFER, X86_EFER_LME | (x86_features.nx ? X86_EFER_NXE : 0));
}

void x86_cpu_early_init(void)
{
	x86_idt_init();
	x86_stacks_early_init();
	load_tables();
	find_features();
	set_control_registers();
}

void arch_cpu_init(void)
{
	/* A CPU without x86_cpu_prepare() would take its interrupts on the boot CPU's stacks. */
	KASSERT(this_cpu_read(x86_cpu_stacks.cpu) == raw_smp_processor_id());
	load_tables();
	set_control_registers();
}

void arch_use_per_cpu_area(unsigned int cpu)
{
	x86_wrmsr(X86_MSR_GS_BASE, arch_per_cpu_offset(cpu));
}
