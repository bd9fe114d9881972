// SPDX-License-Identifier: GPL-2.0-only
/*
 * More than one IOAPIC (claim A1): a device whose pin is at the second one, and lines of the same pin of
 * both.
 *
 * What
 *	The machine is QEMU's microvm with ioapic2=on (tools/crash boots it). Its virtio devices are
 *	registers in memory, and their pins are those of the second IOAPIC: a source of random numbers
 *	interrupts for each buffer that it fills, and is level until that is acknowledged.
 *
 * Source: virtio 1.1, 4.2.4 (legacy interface) and 2.6; QEMU, docs/system/i386/microvm.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/sched.h>
#include <arch/memory.h>
#include <x86/irq.h>
#include <x86/lapic.h>
#include "../../../tests/boot/thread_helpers.h"

#define SECOND_FIRST_LINE	24	/* of the second IOAPIC */
#define SLOTS			24
#define SLOTS_BASE		0xfeb00000UL
#define SLOT_BYTES		0x200

#define MAGIC			0x000
#define MAGIC_VALUE		0x74726976U
#define VERSION			0x004
#define VERSION_LEGACY		1
#define DEVICE			0x008
#define DEVICE_RANDOM		4
#define GUEST_FEATURES		0x020
#define PAGE_BYTES		0x028
#define QUEUE_SELECT		0x030
#define QUEUE_SIZE		0x038
#define QUEUE_ALIGN		0x03c
#define QUEUE_PAGE		0x040
#define QUEUE_NOTIFY		0x050
#define INTERRUPT_STATUS	0x060
#define INTERRUPT_ACK		0x064
#define STATUS			0x070
#define STATUS_DRIVER_OK	0x07	/* seen, driven, ready */

#define ENTRIES			2
#define DEVICE_WRITES		2
#define RANDOM_BYTES		16

/* The queue, as the device sees it; the device's part begins on a page of its own. */
struct queue {
	struct {
		u64 address;
		u32 length;
		u16 flags;
		u16 next;
	} buffer[ENTRIES];
	struct {
		u16 flags;
		u16 index;
		u16 ring[ENTRIES];
	} offered;
	u8 random[RANDOM_BYTES];
};

static struct {
	void __iomem *regs;
	struct queue *queue;
	unsigned int line;
	unsigned int calls;
	int cpu;
} device;

static irqreturn_t handler(int irq, void *dev)
{
	u32 status = readl(device.regs + INTERRUPT_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, device.regs + INTERRUPT_ACK);
	WRITE_ONCE(device.cpu, (int)smp_processor_id());
	WRITE_ONCE(device.calls, device.calls + 1);
	return IRQ_HANDLED;
}

static bool find_device(void)
{
	for (unsigned int slot = 0; slot < SLOTS; slot++) {
		void __iomem *regs = ioremap(SLOTS_BASE + slot * SLOT_BYTES, SLOT_BYTES);

		if (!regs)
			return false;
		if (readl(regs + MAGIC) == MAGIC_VALUE && readl(regs + DEVICE) == DEVICE_RANDOM &&
		    readl(regs + VERSION) == VERSION_LEGACY) {
			device.regs = regs;
			device.line = SECOND_FIRST_LINE + slot;
			return true;
		}
		iounmap(regs);
	}
	return false;
}

static void start_device(void)
{
	struct queue *queue = device.queue;

	writel(0, device.regs + STATUS);
	writel(0, device.regs + GUEST_FEATURES);
	writel(PAGE_SIZE, device.regs + PAGE_BYTES);
	writel(0, device.regs + QUEUE_SELECT);
	writel(ENTRIES, device.regs + QUEUE_SIZE);
	writel(PAGE_SIZE, device.regs + QUEUE_ALIGN);
	queue->buffer[0].address = arch_virt_to_phys(queue->random);
	queue->buffer[0].length = RANDOM_BYTES;
	queue->buffer[0].flags = DEVICE_WRITES;
	writel((u32)(arch_virt_to_phys(queue) / PAGE_SIZE), device.regs + QUEUE_PAGE);
	writel(STATUS_DRIVER_OK, device.regs + STATUS);
}

/* Offer the buffer once more; ring[] keeps saying "the first one". */
static bool fires(unsigned int calls)
{
	WRITE_ONCE(device.queue->offered.index, (u16)(device.queue->offered.index + 1));
	writel(0, device.regs + QUEUE_NOTIFY);
	return wait_until(READ_ONCE(device.calls) == calls);
}

static struct irq_domain *domain_of(unsigned int irq)
{
	struct irq_data *data = irq_get_irq_data(irq);

	return data ? data->domain : NULL;
}

static int ioapic_test_init(struct kunit *test)
{
	memset(&device, 0, sizeof(device));
	if (x86_lines_by_8259 || !domain_of(SECOND_FIRST_LINE) ||
	    domain_of(SECOND_FIRST_LINE) == domain_of(SECOND_FIRST_LINE - 1))
		kunit_skip(test, "there is no second IOAPIC from line 24 on");
	if (!find_device())
		kunit_skip(test, "no source of random numbers at its pins");
	device.queue = (struct queue *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, 1);
	KUNIT_ASSERT_NOT_NULL(test, device.queue);
	start_device();
	return 0;
}

static void ioapic_test_exit(struct kunit *test)
{
	if (!device.regs)
		return;
	writel(0, device.regs + STATUS);
	free_pages((unsigned long)device.queue, 1);
	iounmap(device.regs);
}

static void pins_of_two_ioapics_are_different_lines(struct kunit *test)
{
	unsigned int pin = device.line - SECOND_FIRST_LINE;
	unsigned int other = irq_find_mapping(domain_of(SECOND_FIRST_LINE - 1), pin);

	KUNIT_EXPECT_EQ(test, irq_get_irq_data(device.line)->hwirq, (irq_hw_number_t)pin);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(domain_of(device.line), pin), device.line);
	KUNIT_EXPECT_NE(test, other, device.line);
	KUNIT_EXPECT_PTR_EQ(test, domain_of(device.line)->parent, x86_vector_domain);
}

static void device_at_the_second_ioapic_reaches_its_handler(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(device.line, handler, IRQF_TRIGGER_HIGH, "random", &device), 0);
	for (unsigned int i = 1; i <= 3; i++)
		KUNIT_EXPECT_TRUE(test, fires(i));
	free_irq(device.line, &device);
	KUNIT_EXPECT_EQ(test, device.calls, 3U);
}

static void line_of_the_second_ioapic_moves(struct kunit *test)
{
	unsigned int calls = 0, cpu;

	KUNIT_ASSERT_EQ(test, request_irq(device.line, handler, IRQF_TRIGGER_HIGH, "random", &device), 0);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, irq_set_affinity(device.line, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_TRUE(test, fires(++calls));
		KUNIT_EXPECT_EQ(test, device.cpu, (int)cpu);
	}
	free_irq(device.line, &device);
}

static struct kunit_case ioapic_cases[] = {
	KUNIT_CASE(pins_of_two_ioapics_are_different_lines),
	KUNIT_CASE(device_at_the_second_ioapic_reaches_its_handler),
	KUNIT_CASE(line_of_the_second_ioapic_moves),
	{}
};

static struct kunit_suite ioapic_suite = {
	.name = "x86-ioapics",
	.init = ioapic_test_init,
	.exit = ioapic_test_exit,
	.test_cases = ioapic_cases,
};
kunit_test_suite(ioapic_suite);
