// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real devices on real lines, through whichever controller this boot uses (claims A1, A2, A5).
 *
 * What
 *	UART	COM1's transmitter is empty: allowing its interrupt makes an edge on line 4 at once.
 *		No byte is sent, so the console is not disturbed.
 *	PIT	channel 0, where the local APIC is the clock event: an edge on line 0 after a while.
 *	e1000	an interrupt on request (ICS), a PCI level that stays until it is read (ICR). Where
 *		there is one: qemu -device e1000; Bochs with slot1=e1000.
 *
 *	Boots with and without noapic make both controllers carry them: tests/README.md.
 */
#include <kunit/test.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/irq_work.h>
#include <linux/serial_8250.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include <x86/time.h>
#include "mover.h"

/* A watchdog for what comes at once: far more than any machine is held up for. */
#define PATIENCE_NS	20000000000ULL
/* For what a few machines leave out: a case that gives it up is skipped. */
#define LITTLE_PATIENCE_NS	1000000000ULL

/* A device, as its handler sees it. */
struct probe {
	atomic_t calls;
	int cpu;		/* of the last call */
	void __iomem *regs;
	int move_to;		/* 0: nowhere; else the handler moves its line there, to another number */
	int unread;		/* so many calls leave the device as it is */
	bool disables;		/* and disable the line */
};

static bool called_within(struct probe *probe, int times, u64 patience_ns)
{
	u64 start = arch_clock_ns();

	while (atomic_read(&probe->calls) < times && arch_clock_ns() - start < patience_ns)
		arch_cpu_relax();
	return atomic_read(&probe->calls) >= times;
}

static bool called(struct probe *probe, int times)
{
	return called_within(probe, times, PATIENCE_NS);
}

static void note_call(struct probe *probe)
{
	WRITE_ONCE(probe->cpu, (int)smp_processor_id());
	atomic_inc(&probe->calls);
}

/* ---- UART */

#define COM1_LINE	4
#define UART_IER	0x3f9
#define UART_IIR	0x3fa
#define UART_SCRATCH	0x3ff
#define IER_THR_EMPTY	0x02
#define IIR_NONE	0x01

static irqreturn_t uart_handler(int irq, void *dev)
{
	if (inb(UART_IIR) & IIR_NONE)	/* reading it ends the request */
		return IRQ_NONE;
	outb(0, UART_IER);
	note_call(dev);
	return IRQ_HANDLED;
}

static void uart_request(struct kunit *test, struct probe *probe)
{
	outb(0x5a, UART_SCRATCH);
	if (inb(UART_SCRATCH) != 0x5a)
		kunit_skip(test, "no UART");
	KUNIT_ASSERT_EQ(test, request_irq(COM1_LINE, uart_handler, IRQF_NO_THREAD, "uart test", probe), 0);
}

static void uart_fire(void)
{
	outb(0, UART_IER);
	outb(IER_THR_EMPTY, UART_IER);
}

static void uart_edge_reaches_its_handler(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	uart_request(test, &probe);
	for (int i = 1; i <= 3; i++) {
		uart_fire();
		KUNIT_EXPECT_TRUE(test, called(&probe, i));
	}
	free_irq(COM1_LINE, &probe);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 3);
}

static void uart_edge_is_lost_on_a_line_without_handler(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	uart_request(test, &probe);
	free_irq(COM1_LINE, &probe);
	uart_fire();
	outb(0, UART_IER);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 0);
}

static bool called_on(struct probe *probe, unsigned int cpu)
{
	u64 start = arch_clock_ns();

	while (READ_ONCE(probe->cpu) != (int)cpu && arch_clock_ns() - start < PATIENCE_NS)
		arch_cpu_relax();
	return READ_ONCE(probe->cpu) == (int)cpu;
}

/*
 * An edge that comes while the handler still runs is that CPU's, wherever the line points: so each is fired
 * when the one before is through.
 */
static void moved_line_fires_on_its_new_cpu(struct kunit *test)
{
	struct probe probe = { .cpu = -1, .calls = ATOMIC_INIT(0) };
	unsigned int cpu;

	if (x86_lines_by_8259)
		kunit_skip(test, "the 8259s know one CPU only");
	uart_request(test, &probe);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, move_line(COM1_LINE, cpu), 0);
		uart_fire();
		KUNIT_EXPECT_TRUE(test, called_on(&probe, cpu));
		synchronize_irq(COM1_LINE);
	}
	KUNIT_EXPECT_EQ(test, move_line(COM1_LINE, 0), 0);
	free_irq(COM1_LINE, &probe);
}

/* None of its CPUs is left: it goes to all from then on. */
static void line_of_a_cpu_that_goes_fires_elsewhere(struct kunit *test)
{
	struct probe probe = { .cpu = -1, .calls = ATOMIC_INIT(0) };
	unsigned int cpu = nr_cpu_ids - 1;

	if (!IS_ENABLED(CONFIG_HOTPLUG_CPU) || x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs a CPU that can go, and lines that can be sent elsewhere");
	uart_request(test, &probe);
	KUNIT_EXPECT_EQ(test, move_line(COM1_LINE, cpu), 0);
	uart_fire();
	KUNIT_EXPECT_TRUE(test, called_on(&probe, cpu));
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	uart_fire();
	KUNIT_EXPECT_TRUE(test, called(&probe, 2));
	KUNIT_EXPECT_NE(test, probe.cpu, (int)cpu);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	uart_fire();
	KUNIT_EXPECT_TRUE(test, called(&probe, 3));
	KUNIT_EXPECT_EQ(test, move_line(COM1_LINE, 0), 0);
	free_irq(COM1_LINE, &probe);
}

/* A12. Each edge is fired when the one before was handled, wherever the line was sent at that moment. */
static void fire_edges_while_it_moves(struct kunit *test, bool change_number)
{
	struct mover mover = { .irq = COM1_LINE, .change_number = change_number };
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	bool lost = false;
	int fires;

	if (x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs and an IOAPIC");
	uart_request(test, &probe);
	start_mover(test, &mover);
	for (fires = 0; !enough(&mover, fires) && !lost; ) {
		uart_fire();
		lost = !called(&probe, ++fires);
	}
	stop_mover(test, &mover);
	free_irq(COM1_LINE, &probe);
	KUNIT_EXPECT_FALSE(test, lost);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), fires);
}

static void edge_is_not_lost_while_its_line_moves(struct kunit *test)
{
	fire_edges_while_it_moves(test, false);
}

static void edge_is_not_lost_while_its_line_moves_to_other_numbers(struct kunit *test)
{
	fire_edges_while_it_moves(test, true);
}

/* ---- A CPU that goes down: what it does about its lines. The rest of it is not done here. */

static unsigned int entries_of(unsigned int cpu)
{
	unsigned int entries = 0;

	for (unsigned int v = X86_FIRST_DEVICE_VECTOR; v <= X86_LAST_DEVICE_VECTOR; v++)
		entries += !!READ_ONCE(per_cpu(vector_irq, cpu)[v]);
	return entries;
}

struct leaver {
	unsigned int irq;
	void (*fire)(void *arg);
	void *arg;
	bool waited;
	unsigned int entries;
	struct actor actor;
};

/* Bound to CPU 1: the line fires here while interrupts are off, and then the CPU leaves. */
static void leave(void *arg)
{
	struct leaver *leaver = arg;
	unsigned int vector = vector_of(leaver->irq);
	unsigned long flags;
	u64 start = arch_clock_ns();

	local_irq_save(flags);
	leaver->fire(leaver->arg);
	while (!lapic_requested(vector) && arch_clock_ns() - start < LITTLE_PATIENCE_NS)
		arch_cpu_relax();
	leaver->waited = lapic_requested(vector);
	set_cpu_online(1, false);
	arch_irq_offline();
	leaver->entries = entries_of(1);
	set_cpu_online(1, true);
	local_irq_restore(flags);
}

/* The line is the case's, and is called once, but not on CPU 1. */
static void expect_called_elsewhere(struct kunit *test, struct leaver *leaver, struct probe *probe)
{
	struct x86_vector_usage usage;

	KUNIT_EXPECT_EQ(test, move_line(leaver->irq, 1), 0);
	actor_start(test, &leaver->actor, 1, leave, leaver);
	KUNIT_EXPECT_TRUE(test, actor_join(&leaver->actor));
	KUNIT_EXPECT_TRUE(test, leaver->waited);
	KUNIT_EXPECT_TRUE(test, called(probe, 1));
	KUNIT_EXPECT_NE(test, probe->cpu, 1);
	KUNIT_EXPECT_EQ(test, leaver->entries, 0U);
	x86_vector_usage(1, &usage);
	KUNIT_EXPECT_EQ(test, usage.taken, 0U);
	synchronize_irq(leaver->irq);
	KUNIT_EXPECT_EQ(test, move_line(leaver->irq, 0), 0);
}

/* ---- PIT */

#define PIT_LINE	0
#define PIT_COMMAND	0x43
#define PIT_CHANNEL_0	0x40
#define PIT_READ_STATUS	0xe2
#define PIT_STATUS_OUT	0x80
#define COUNTS		600	/* half a millisecond */

static irqreturn_t pit_handler(int irq, void *dev)
{
	note_call(dev);
	return IRQ_HANDLED;
}

static void pit_request(struct kunit *test, struct probe *probe)
{
	if (!lapic_regs)
		kunit_skip(test, "the PIT is the clock event");
	KUNIT_ASSERT_EQ(test, request_irq(PIT_LINE, pit_handler, IRQF_NO_THREAD, "pit test", probe), 0);
}

/* Whether the time is up: the channel's output says so, interrupt or not. */
static bool pit_expires(void)
{
	u64 start = arch_clock_ns();

	while (arch_clock_ns() - start < PATIENCE_NS) {
		outb(PIT_READ_STATUS, PIT_COMMAND);
		if (inb(PIT_CHANNEL_0) & PIT_STATUS_OUT)
			return true;
	}
	return false;
}

static void pit_edge_reaches_its_handler(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	pit_request(test, &probe);
	for (int i = 1; i <= 3; i++) {
		pit_program(COUNTS);
		KUNIT_EXPECT_TRUE(test, called(&probe, i));
	}
	free_irq(PIT_LINE, &probe);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 3);
}

static void fire_pit(void *unused)
{
	pit_program(COUNTS);
}

static void edge_that_waits_on_a_leaving_cpu_fires_elsewhere(struct kunit *test)
{
	struct leaver leaver = { .irq = PIT_LINE, .fire = fire_pit };
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	if (x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs and an IOAPIC");
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	pit_request(test, &probe);
	expect_called_elsewhere(test, &leaver, &probe);
	pit_program(COUNTS);
	KUNIT_EXPECT_TRUE(test, called(&probe, 2));
	free_irq(PIT_LINE, &probe);
}

static void edge_on_a_disabled_line_is_replayed_when_it_is_enabled(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	int before;

	/* An 8259 may have kept an edge from before the request: that comes first, or with the other. */
	pit_request(test, &probe);
	disable_irq(PIT_LINE);
	before = atomic_read(&probe.calls);
	pit_program(COUNTS);
	KUNIT_EXPECT_TRUE(test, pit_expires());
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), before);
	enable_irq(PIT_LINE);
	KUNIT_EXPECT_TRUE(test, called(&probe, before + 1));
	free_irq(PIT_LINE, &probe);
}

/* ---- A line of which the 8259 may speak for nobody */

#define DOUBTFUL_LINE	7

static irqreturn_t count_handler(int irq, void *dev)
{
	note_call(dev);
	return IRQ_HANDLED;
}

/* As its flow does when the 8259 says that it is in earnest. */
static void edge_arrives(struct irq_work *work)
{
	handle_level_irq(irq_to_desc(DOUBTFUL_LINE));
}

static void replay_on_a_line_of_spurious_interrupts_is_taken_seriously(struct kunit *test)
{
	struct irq_work edge = IRQ_WORK_INIT(edge_arrives);
	unsigned int spurious = i8259_spurious_count();
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	if (!x86_lines_by_8259)
		kunit_skip(test, "lines go through the IOAPIC");
	KUNIT_ASSERT_EQ(test, request_irq(DOUBTFUL_LINE, count_handler, IRQF_TRIGGER_RISING, "test", &probe), 0);
	disable_irq(DOUBTFUL_LINE);
	irq_work_queue(&edge);
	irq_work_sync(&edge);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 0);
	enable_irq(DOUBTFUL_LINE);
	KUNIT_EXPECT_TRUE(test, called(&probe, 1));
	free_irq(DOUBTFUL_LINE, &probe);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 1);
	KUNIT_EXPECT_EQ(test, i8259_spurious_count(), spurious);
}

/* ---- e1000, by way of PCI's first configuration mechanism */

#define PCI_ADDRESS		0xcf8
#define PCI_DATA		0xcfc
#define PCI_DEVICES		32
#define PCI_ID			0x00
#define PCI_COMMAND		0x04
#define PCI_BAR_0		0x10
#define PCI_LINE		0x3c
#define PCI_COMMAND_MEMORY	BIT(1)
#define PCI_COMMAND_NO_INTX	BIT(10)
#define E1000_ID		0x100e8086

#define E1000_ICR		0xc0	/* what happened; reading it ends the request */
#define E1000_ICS		0xc8	/* make it happen */
#define E1000_IMS		0xd0	/* allow it */
#define E1000_IMC		0xd8	/* forbid it */
#define E1000_LINK_CHANGE	BIT(2)

#define IOAPIC_ADDRESS		0xfec00000
#define IOAPIC_WINDOW		0x10
#define IOAPIC_VERSION		1
#define IOAPIC_82093AA		0x11

static u32 pci_read(unsigned int device, unsigned int reg)
{
	outl(BIT(31) | device << 11 | reg, PCI_ADDRESS);
	return inl(PCI_DATA);
}

static void pci_write(unsigned int device, unsigned int reg, u32 value)
{
	outl(BIT(31) | device << 11 | reg, PCI_ADDRESS);
	outl(value, PCI_DATA);
}

static irqreturn_t e1000_handler(int irq, void *dev)
{
	struct probe *probe = dev;

	if (probe->move_to) {
		move_to_another_number((unsigned int)irq, (unsigned int)probe->move_to);
		probe->move_to = 0;
	}
	if (probe->unread > 0) {
		probe->unread--;
		if (probe->disables)
			disable_irq_nosync((unsigned int)irq);
	} else if (!readl(probe->regs + E1000_ICR)) {
		return IRQ_NONE;
	}
	note_call(probe);
	return IRQ_HANDLED;
}

/* Find it, map it, take its line. Return: the line. */
static unsigned int e1000_request(struct kunit *test, struct probe *probe)
{
	unsigned int device = 0, line;

	while (device < PCI_DEVICES && pci_read(device, PCI_ID) != E1000_ID)
		device++;
	if (device == PCI_DEVICES)
		kunit_skip(test, "no e1000 on PCI bus 0");
	pci_write(device, PCI_COMMAND,
		  (pci_read(device, PCI_COMMAND) | PCI_COMMAND_MEMORY) & ~PCI_COMMAND_NO_INTX);
	probe->regs = ioremap(pci_read(device, PCI_BAR_0) & ~0xfU, 0x1000);
	KUNIT_ASSERT_NOT_NULL(test, probe->regs);
	line = pci_read(device, PCI_LINE) & 0xff;

	writel(~0U, probe->regs + E1000_IMC);
	readl(probe->regs + E1000_ICR);
	KUNIT_ASSERT_EQ(test, request_irq(line, e1000_handler, IRQF_SHARED | IRQF_NO_THREAD, "e1000", probe), 0);
	writel(E1000_LINK_CHANGE, probe->regs + E1000_IMS);
	return line;
}

static void e1000_release(struct probe *probe, unsigned int line)
{
	writel(~0U, probe->regs + E1000_IMC);
	free_irq(line, probe);
}

static void level_reaches_its_handler_once_for_each_request(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	unsigned int line = e1000_request(test, &probe);

	for (int i = 1; i <= 3; i++) {
		writel(E1000_LINK_CHANGE, probe.regs + E1000_ICS);
		KUNIT_EXPECT_TRUE(test, called(&probe, i));
	}
	e1000_release(&probe, line);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 3);
}

/*
 * Bochs 2.7 delivers a level when it rises, not at the end of an interrupt that left it as it was.
 * Its IOAPIC says that it is an 82093AA, which does.
 */
static bool looks_once(void)
{
	void __iomem *ioapic;

	if (x86_lines_by_8259)
		return false;
	ioapic = ioremap(IOAPIC_ADDRESS, IOAPIC_WINDOW + 4);
	if (!ioapic)
		return false;
	writel(IOAPIC_VERSION, ioapic);
	return (readl(ioapic + IOAPIC_WINDOW) & 0xff) == IOAPIC_82093AA;
}

static void expect_calls_by_level(struct kunit *test, struct probe *probe, int times)
{
	if (!called_within(probe, times, LITTLE_PATIENCE_NS) && looks_once()) {
		kunit_mark_skipped(test, "this IOAPIC does not look at a level again");
		return;
	}
	called(probe, times);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe->calls), times);
}

static void level_fires_again_until_the_device_is_served(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0), .unread = 2 };
	unsigned int line = e1000_request(test, &probe);

	writel(E1000_LINK_CHANGE, probe.regs + E1000_ICS);
	expect_calls_by_level(test, &probe, 3);
	e1000_release(&probe, line);
}

static void level_that_stays_fires_again_when_its_line_is_enabled(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0), .unread = 1, .disables = true };
	unsigned int line = e1000_request(test, &probe);

	writel(E1000_LINK_CHANGE, probe.regs + E1000_ICS);
	KUNIT_EXPECT_TRUE(test, called(&probe, 1));
	arch_delay_ns(100000);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), 1);
	enable_irq(line);
	expect_calls_by_level(test, &probe, 2);
	e1000_release(&probe, line);
}

static void level_is_not_lost_while_its_line_moves_to_other_numbers(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	struct mover mover = { .change_number = true };
	bool lost = false;
	int fires;

	if (x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs and an IOAPIC");
	if (looks_once())
		kunit_skip(test, "this IOAPIC does not look at a level again");
	mover.irq = e1000_request(test, &probe);
	start_mover(test, &mover);
	for (fires = 0; !enough(&mover, fires) && !lost; ) {
		writel(E1000_LINK_CHANGE, probe.regs + E1000_ICS);
		lost = !called(&probe, ++fires);
	}
	stop_mover(test, &mover);
	KUNIT_EXPECT_FALSE(test, lost);
	KUNIT_EXPECT_EQ(test, atomic_read(&probe.calls), fires);
	e1000_release(&probe, mover.irq);
}

/* Its handler moves the line: its pin waits for the end of a number that it has not any more. */
static void level_whose_number_changes_while_it_is_served_fires_again(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	unsigned int line, vector;

	if (x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs and an IOAPIC");
	if (looks_once())
		kunit_skip(test, "this IOAPIC does not look at a level again");
	line = e1000_request(test, &probe);
	KUNIT_EXPECT_EQ(test, move_line(line, 0), 0);
	vector = vector_of(line);
	for (int i = 1; i <= 4; i++) {
		if (i == 2) {
			KUNIT_EXPECT_TRUE(test, wait_until(!READ_ONCE(per_cpu(vector_irq, 1)[vector])));
			probe.move_to = 1;
		}
		writel(E1000_LINK_CHANGE, probe.regs + E1000_ICS);
		KUNIT_EXPECT_TRUE(test, called(&probe, i));
		synchronize_irq(line);
	}
	KUNIT_EXPECT_EQ(test, probe.cpu, 1);
	KUNIT_EXPECT_NE(test, vector_of(line), vector);
	KUNIT_EXPECT_EQ(test, move_line(line, 0), 0);
	e1000_release(&probe, line);
}

static void fire_e1000(void *arg)
{
	struct probe *probe = arg;

	writel(E1000_LINK_CHANGE, probe->regs + E1000_ICS);
}

static void level_that_waits_on_a_leaving_cpu_fires_elsewhere(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };
	struct leaver leaver = { .fire = fire_e1000, .arg = &probe };

	if (x86_lines_by_8259 || num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs and an IOAPIC");
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(0)), 0);
	leaver.irq = e1000_request(test, &probe);
	expect_called_elsewhere(test, &leaver, &probe);
	fire_e1000(&probe);
	KUNIT_EXPECT_TRUE(test, called(&probe, 2));
	e1000_release(&probe, leaver.irq);
}

/* ---- Lines that are none */

static void line_that_the_machine_does_not_have_is_refused(struct kunit *test)
{
	struct probe probe = { .calls = ATOMIC_INIT(0) };

	/* Line 2 is the cascade of the 8259s; with an IOAPIC its pin is usually the timer's. */
	KUNIT_EXPECT_NE(test, request_irq(NR_IRQS - 1, pit_handler, 0, "test", &probe), 0);
	KUNIT_EXPECT_NE(test, arch_irq_startup_check(NR_IRQS - 1), 0);
	KUNIT_EXPECT_NE(test, arch_irq_startup_check(NR_IRQS), 0);
	KUNIT_EXPECT_EQ(test, arch_irq_startup_check(COM1_LINE), 0);
}

static struct kunit_case line_cases[] = {
	KUNIT_CASE(uart_edge_reaches_its_handler),
	KUNIT_CASE(uart_edge_is_lost_on_a_line_without_handler),
	KUNIT_CASE(moved_line_fires_on_its_new_cpu),
	KUNIT_CASE(line_of_a_cpu_that_goes_fires_elsewhere),
	KUNIT_CASE(edge_is_not_lost_while_its_line_moves),
	KUNIT_CASE(edge_is_not_lost_while_its_line_moves_to_other_numbers),
	KUNIT_CASE(pit_edge_reaches_its_handler),
	KUNIT_CASE(edge_that_waits_on_a_leaving_cpu_fires_elsewhere),
	KUNIT_CASE(edge_on_a_disabled_line_is_replayed_when_it_is_enabled),
	KUNIT_CASE(replay_on_a_line_of_spurious_interrupts_is_taken_seriously),
	KUNIT_CASE(level_reaches_its_handler_once_for_each_request),
	KUNIT_CASE(level_fires_again_until_the_device_is_served),
	KUNIT_CASE(level_that_stays_fires_again_when_its_line_is_enabled),
	KUNIT_CASE(level_whose_number_changes_while_it_is_served_fires_again),
	KUNIT_CASE(level_is_not_lost_while_its_line_moves_to_other_numbers),
	KUNIT_CASE(level_that_waits_on_a_leaving_cpu_fires_elsewhere),
	KUNIT_CASE(line_that_the_machine_does_not_have_is_refused),
	{}
};

/* The port is the driver's otherwise (drivers/serial/8250.c). */
static int take_uart(struct kunit *test)
{
	serial8250_suspend_port(0);
	return 0;
}

static void give_uart_back(struct kunit *test)
{
	serial8250_resume_port(0);
}

static struct kunit_suite line_suite = {
	.name = "x86-lines",
	.init = take_uart,
	.exit = give_uart_back,
	.test_cases = line_cases,
};
kunit_test_suite(line_suite);
