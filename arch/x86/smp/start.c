// SPDX-License-Identifier: GPL-2.0-only
/*
 * Starting another CPU.
 *
 * What
 *	arch_cpu_up(cpu): a page below 640 KiB, kept from the allocator for this, gets the start-up
 *	code and what it needs to know. Then INIT, and start-up IPIs until the CPU says that it is
 *	there, at most START_TRIES. Then its clock is compared with ours. From there on it needs
 *	nothing of us.
 *
 *	One that does not answer is given up, and sent back by another INIT. It may have begun to run
 *	all the same. In the start-up code it finds another one's APIC number there, or its own still;
 *	then it comes as far as x86_secondary_start(), where it learns from its word in arrivals that
 *	it is too late. Either way it halts. Its stack and its per-CPU area stay its own.
 *
 *	A CPU that goes down halts with interrupts off, in a loop that needs neither stack nor data. The
 *	INIT that is the beginning of its next start takes it out of there.
 *
 * Contexts
 *	arch_cpu_up(): task, one at a time. x86_secondary_start(): the new CPU.
 *
 * States of a CPU (lives[])	who moves it
 *	UNTOUCHED -> STARTED	arch_cpu_up()
 *	STARTED -> DEAD		itself, with its last store
 *	DEAD -> STARTED		arch_cpu_up()
 *
 * Ordering
 *	What the new CPU reads was written before the IPI, an uncached write, which x86 does not
 *	move ahead of earlier stores.
 *
 * Limits
 *	START_TRIES times ANSWER_NS, 2 s in all.
 *
 * Tests
 *	Every boot with more than one CPU; tests/boot/hotplug_test.c; tests/scenario/arrival.c. No machine that we have starts a
 *	CPU late.
 *
 * Source: Intel SDM volume 3, 8.4.4.1.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <arch/memory.h>
#include <arch/smp.h>
#include <arch/task.h>
#include <bottomhalf/arrival.h>
#include <bottomhalf/boot_info.h>
#include <bottomhalf/memblock.h>
#include <bottomhalf/start_kernel.h>
#include <x86/boot.h>
#include <x86/cpu.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include <x86/smp.h>
#include <x86/time.h>
#include "smp.h"

#define LOWEST_PAGE		0x1000ULL	/* page 0 holds what the BIOS remembers */
#define LOW_MEMORY_END		0xa0000ULL

#define INIT_PAUSE_NS		100000
#define START_TRIES		20
#define ANSWER_NS		100000000ULL

static struct arrival arrivals[NR_CPUS];	/* A */

/* What a CPU does when nobody starts it at the moment. */
enum life { LIFE_UNTOUCHED, LIFE_STARTED, LIFE_DEAD };
static unsigned int lives[NR_CPUS];		/* A: enum life */

/* ---- The page */

static phys_addr_t low_page;		/* I: 0: there is none */

/* In a usable range, and in no other: firmware sometimes lists a place twice. */
static bool is_usable(phys_addr_t phys)
{
	bool usable = false;

	for (unsigned int i = 0; i < boot_info.nr_ranges; i++) {
		const struct boot_range *range = &boot_info.ranges[i];
		phys_addr_t end = range->start + range->size;

		if (phys + X86_PAGE_SIZE <= range->start || phys >= end)
			continue;
		if (range->type != BOOT_RANGE_USABLE)
			return false;
		usable |= phys >= range->start && phys + X86_PAGE_SIZE <= end;
	}
	return usable;
}

void x86_reserve_low_page(void)
{
	phys_addr_t phys;

	for (phys = LOWEST_PAGE; phys < LOW_MEMORY_END; phys += X86_PAGE_SIZE)
		if (is_usable(phys))
			break;
	if (phys == LOW_MEMORY_END)
		return;
	memblock_reserve(phys, X86_PAGE_SIZE);
	low_page = phys;
}

/* Made anew for each CPU, since the code changes itself. */
static void prepare_page(unsigned int cpu, const struct task_struct *idle)
{
	struct trampoline_header *header = arch_phys_to_virt(low_page);

	static_assert(offsetof(struct trampoline_header, base) == TRAMPOLINE_BASE);
	static_assert(offsetof(struct trampoline_header, cr3) == TRAMPOLINE_CR3);
	static_assert(offsetof(struct trampoline_header, efer) == TRAMPOLINE_EFER);
	static_assert(offsetof(struct trampoline_header, cpu) == TRAMPOLINE_CPU);
	static_assert(offsetof(struct trampoline_header, stack) == TRAMPOLINE_STACK);
	static_assert(offsetof(struct trampoline_header, entry) == TRAMPOLINE_ENTRY);
	static_assert(offsetof(struct trampoline_header, apic_id) == TRAMPOLINE_APIC_ID);
	static_assert(sizeof(struct trampoline_header) == TRAMPOLINE_HEADER);

	memcpy(header, x86_trampoline, (size_t)(x86_trampoline_end - x86_trampoline));
	header->base = (u32)low_page;
	header->cr3 = x86_boot_cr3;
	header->efer = x86_boot_efer;
	header->cpu = cpu;
	header->stack = (u64)idle->stack + THREAD_SIZE;
	header->entry = (u64)x86_secondary_entry;
	header->apic_id = x86_cpu_apic_id[cpu];
}

/* ---- The call */

static bool answers_within(unsigned int cpu, u64 ns)
{
	u64 start = arch_clock_ns();

	do {
		if (arrival_seen(&arrivals[cpu]))
			return true;
		arch_cpu_relax();
	} while (arch_clock_ns() - start < ns);
	return false;
}

/* Whatever it does, it begins anew, and waits for a start-up IPI. */
static void send_init(u32 id)
{
	lapic_send(id, LAPIC_DELIVER_INIT | LAPIC_ICR_LEVEL | LAPIC_ICR_ASSERT);
	lapic_wait_sent();
}

static bool call_cpu(unsigned int cpu)
{
	u32 id = x86_cpu_apic_id[cpu];

	send_init(id);
	arch_delay_ns(INIT_PAUSE_NS);
	for (unsigned int i = 0; i < START_TRIES; i++) {
		/* A CPU that runs already, because the last one came late, does not mind. */
		lapic_send(id, LAPIC_DELIVER_STARTUP | (u32)(low_page >> X86_PAGE_SHIFT));
		if (answers_within(cpu, ANSWER_NS))
			return true;
	}
	return false;
}

int arch_cpu_up(unsigned int cpu, struct task_struct *idle)
{
	int error;

	if (!low_page) {
		pr_err("smp: no usable page below 640 KiB: cpu %u cannot be started\n", cpu);
		return -EIO;
	}
	/* Its stack and its per-CPU area are about to be used anew. */
	if (WARN_ON(READ_ONCE(lives[cpu]) == LIFE_STARTED))
		return -EBUSY;
	error = x86_cpu_prepare(cpu);
	if (error)
		return error;

	WRITE_ONCE(lives[cpu], LIFE_STARTED);
	prepare_page(cpu, idle);
	arrival_expect(&arrivals[cpu]);
	if (!call_cpu(cpu) && arrival_give_up(&arrivals[cpu])) {
		send_init(x86_cpu_apic_id[cpu]);
		pr_err("smp: cpu %u (APIC number %u) did not answer within %llu ms\n", cpu,
		       x86_cpu_apic_id[cpu], START_TRIES * ANSWER_NS / 1000000);
		return -EIO;
	}
	tsc_sync_source(cpu);
	return 0;
}

/* ---- On the CPU that goes */

/* An NMI may still come, and uses a stack of its own; its handler returns to the loop. */
void arch_cpu_play_dead(void)
{
	__asm__ __volatile__("movl %1, %0\n"
			     "1:\tcli\n\t"
			     "hlt\n\t"
			     "jmp 1b"
			     : "=m"(lives[smp_processor_id()]) : "i"(LIFE_DEAD) : "memory");
	__builtin_unreachable();
}

bool arch_cpu_is_dead(unsigned int cpu)
{
	return READ_ONCE(lives[cpu]) == LIFE_DEAD;
}

/* ---- On the new CPU */

void x86_secondary_start(void)
{
	unsigned int cpu = smp_processor_id();

	/* First of all, so that exceptions are reported. It is done again by the core: no harm. */
	arch_cpu_init();
	lapic_init_cpu(false);
	/* Who sees us sees our local APIC ready. */
	if (!arrival_announce(&arrivals[cpu]))
		arch_cpu_halt();
	tsc_sync_target();
	secondary_start_kernel();
}
