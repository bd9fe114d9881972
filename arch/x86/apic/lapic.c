// SPDX-License-Identifier: GPL-2.0-only
/*
 * The local APIC of each CPU: found, made ready, asked, and told to send.
 *
 * What
 *	Found once, on the boot CPU: CPUID says that there is one, an MSR where, and it is mapped.
 *	All CPUs have theirs at that address. lapic_init_cpu() brings one from any state into ours:
 *	nothing in service, nothing masked but what has no vector, LINT1 an NMI where the firmware
 *	says so.
 *
 * Contexts
 *	Detection and init: boot, interrupts off. lapic_send(): any, NMI too.
 *
 * Ordering
 *	A command takes two writes, destination then command, and must not be torn by an interrupt
 *	that sends, too: interrupts go off. An NMI in between sends to itself or to all others only,
 *	which is one write, and leaves the destination alone.
 *
 * Limits
 *	Waiting for a command to leave is bounded (SEND_POLLS); then the next one is written anyway.
 *	x2APIC mode, if the firmware switched it on, is not supported: the CPU then counts as one
 *	without local APIC. APIC numbers end at LAPIC_ID_MAX.
 *
 * Tests
 *	arch/x86/tests/apic_test.c
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <bottomhalf/acpi.h>
#include <arch/cpu.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include <x86/processor.h>
#include <x86/time.h>

#define CPUID_EDX_APIC		BIT(9)
#define APIC_BASE_X2APIC	BIT(10)
#define APIC_BASE_ENABLE	BIT(11)
#define APIC_BASE_ADDRESS	GENMASK_ULL(51, 12)
#define LOWEST_VERSION		0x10	/* below: the separate 82489DX chip */

#define SEND_POLLS		100000
#define LEFTOVERS_MAX		256

void __iomem *lapic_regs;
u32 x86_cpu_apic_id[CONFIG_NR_CPUS];

static bool disabled_by_option;

static int __init set_nolapic(char *unused)
{
	disabled_by_option = true;
	return 0;
}
early_param("nolapic", set_nolapic);

/* ---- Finding it */

/* Where the CPU says that its local APIC is, switched on; 0: there is none that we can use. */
static u64 __init locate(void)
{
	u64 base;

	if (disabled_by_option) {
		pr_info("lapic: not used (nolapic)\n");
		return 0;
	}
	if (!(x86_cpuid(1, 0).edx & CPUID_EDX_APIC)) {
		pr_warn("lapic: the CPU has none\n");
		return 0;
	}
	base = x86_rdmsr(X86_MSR_APIC_BASE);
	if (!(base & APIC_BASE_ENABLE)) {
		x86_wrmsr(X86_MSR_APIC_BASE, base | APIC_BASE_ENABLE);
		base = x86_rdmsr(X86_MSR_APIC_BASE);
	}
	if (!(base & APIC_BASE_ENABLE)) {
		pr_warn("lapic: switched off by the firmware, and does not come on\n");
		return 0;
	}
	if (base & APIC_BASE_X2APIC) {
		pr_warn("lapic: the firmware left it in x2APIC mode, which is not supported\n");
		return 0;
	}
	return base & APIC_BASE_ADDRESS;
}

bool __init lapic_detect(void)
{
	static bool asked;
	u64 phys, told;
	u32 version;

	if (asked)
		return lapic_regs;
	asked = true;
	phys = locate();
	if (!phys)
		return false;
	told = acpi_madt_lapic_address(x86_acpi());
	if (told && told != phys)
		pr_warn("lapic: it is at %#llx, though ACPI says %#llx\n", phys, told);
	lapic_regs = (void __iomem *)arch_ioremap(phys, X86_PAGE_SIZE);
	if (!lapic_regs) {
		pr_warn("lapic: cannot be mapped\n");
		return false;
	}
	version = lapic_read(LAPIC_VERSION);
	if ((version & 0xff) < LOWEST_VERSION || version == ~0U) {
		pr_warn("lapic: unknown version %#x: not used\n", version);
		lapic_regs = NULL;
		return false;
	}
	x86_cpu_apic_id[0] = lapic_id();
	pr_info("lapic: at %#llx, version %#x, boot CPU is number %u\n", phys, version & 0xff,
		lapic_id());
	return true;
}

/* ---- Making it ready */

/* Whether a MADT entry for one CPU means the CPU with this APIC number. */
static bool means_cpu(u32 uid, u32 apic_id)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(x86_acpi(), "APIC") };
	struct acpi_madt_entry entry;

	if (uid == ACPI_ALL_CPUS)
		return true;
	while (acpi_madt_next(&walk, &entry))
		if ((entry.type == ACPI_MADT_LAPIC || entry.type == ACPI_MADT_X2APIC) &&
		    entry.cpu.uid == uid)
			return entry.cpu.apic_id == apic_id;
	return false;
}

/* The pin that the firmware wired the NMI to; LINT1, on the boot CPU, when it does not say. */
static void init_nmi_pins(u32 lint[2], u32 apic_id)
{
	struct acpi_madt_walk walk = { .madt = acpi_find_table(x86_acpi(), "APIC") };
	struct acpi_madt_entry entry;

	if (!walk.madt && !smp_processor_id())
		lint[1] = LAPIC_DELIVER_NMI;
	while (acpi_madt_next(&walk, &entry)) {
		if (entry.type != ACPI_MADT_LAPIC_NMI && entry.type != ACPI_MADT_X2APIC_NMI)
			continue;
		if (entry.lapic_nmi.lint > 1 || !means_cpu(entry.lapic_nmi.uid, apic_id))
			continue;
		lint[entry.lapic_nmi.lint] = LAPIC_DELIVER_NMI;
		if (ACPI_POLARITY(entry.lapic_nmi.flags) == ACPI_ACTIVE_LOW)
			lint[entry.lapic_nmi.lint] |= LAPIC_LVT_ACTIVE_LOW;
	}
}

/* The firmware, or the kernel before us, may have left interrupts in service: end them all. */
static void end_leftovers(void)
{
	for (unsigned int i = 0; i < LEFTOVERS_MAX; i++) {
		u32 in_service = 0;

		for (unsigned int word = 0; word < 8; word++)
			in_service |= lapic_read(LAPIC_ISR + word * 0x10);
		if (!in_service)
			return;
		lapic_eoi();
	}
	pr_warn("lapic: cpu %u: interrupts stay in service\n", smp_processor_id());
}

void lapic_init_cpu(bool virtual_wire)
{
	u32 lint[2] = { LAPIC_LVT_MASKED, LAPIC_LVT_MASKED };
	unsigned int highest_lvt = lapic_read(LAPIC_VERSION) >> 16 & 0xff;

	if (virtual_wire && smp_processor_id() == 0)
		lint[0] = LAPIC_DELIVER_EXTINT;
	init_nmi_pins(lint, lapic_id());

	lapic_write(LAPIC_SVR, LAPIC_SVR_ENABLE | X86_LAPIC_SPURIOUS_VECTOR);
	lapic_write(LAPIC_TPR, 0);
	lapic_write(LAPIC_LVT_LINT0, lint[0]);
	lapic_write(LAPIC_LVT_LINT1, lint[1]);
	if (highest_lvt >= 4)
		lapic_write(LAPIC_LVT_PERFORMANCE, LAPIC_LVT_MASKED);
	if (highest_lvt >= 5)
		lapic_write(LAPIC_LVT_THERMAL, LAPIC_LVT_MASKED);
	if (highest_lvt >= 6)
		lapic_write(LAPIC_LVT_CMCI, LAPIC_LVT_MASKED);
	lapic_write(LAPIC_LVT_ERROR, X86_LAPIC_ERROR_VECTOR);
	/* A write makes the register show what happened since the last one: twice forgets it. */
	lapic_write(LAPIC_ESR, 0);
	lapic_write(LAPIC_ESR, 0);
	end_leftovers();
	lapic_timer_init_cpu();
}

/* ---- Asking it */

static bool test_vector(unsigned int reg, unsigned int vector)
{
	return lapic_read(reg + vector / 32 * 0x10) >> vector % 32 & 1;
}

bool lapic_in_service(unsigned int vector)
{
	return test_vector(LAPIC_ISR, vector);
}

bool lapic_requested(unsigned int vector)
{
	return test_vector(LAPIC_IRR, vector);
}

void lapic_error_flow(struct irq_desc *desc)
{
	u32 errors;

	lapic_write(LAPIC_ESR, 0);
	errors = lapic_read(LAPIC_ESR);
	lapic_eoi();
	this_cpu_inc(x86_irq_counts.error);
	pr_err_ratelimited("lapic: cpu %u: error status %#x\n", smp_processor_id(), errors);
}

/* The request was gone when the CPU took it. It is not in service, so there is nothing to end. */
void lapic_spurious_flow(struct irq_desc *desc)
{
	this_cpu_inc(x86_irq_counts.spurious);
}

/* ---- Sending */

bool lapic_wait_sent(void)
{
	for (unsigned int i = 0; i < SEND_POLLS; i++) {
		if (likely(!(lapic_read(LAPIC_ICR_LOW) & LAPIC_ICR_PENDING)))
			return true;
		arch_cpu_relax();
	}
	return false;
}

void lapic_send(u32 apic_id, u32 command)
{
	unsigned long flags;

	if (command & LAPIC_ICR_OTHERS) {	/* a short form, to self or others: one write */
		lapic_wait_sent();
		lapic_write(LAPIC_ICR_LOW, command);
		return;
	}
	local_irq_save(flags);
	lapic_wait_sent();
	lapic_write(LAPIC_ICR_HIGH, apic_id << 24);
	lapic_write(LAPIC_ICR_LOW, command);
	local_irq_restore(flags);
}
