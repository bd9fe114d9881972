// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables: rights, and what is mapped where.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <kunit/test.h>
#include <x86/boot.h>
#include <x86/cpu.h>
#include <x86/memory.h>
#include "../cpu/stacks.h"
#include "../mm/pagetable.h"

#define LAPIC_PHYS	0xfee00000UL

static u64 rights_of(const void *address)
{
	u64 entry = pagetable_entry((unsigned long)address);

	return entry & (X86_PTE_PRESENT | X86_PTE_WRITE | X86_PTE_USER | X86_PTE_NX);
}

static u64 no_execute(void)
{
	return x86_features.nx ? X86_PTE_NX : 0;
}

static const char constant[] = "constant";
static char variable[] = "variable";
static char zeroed[16];

static void image_has_the_rights_of_its_parts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rights_of(arch_memory_init), X86_PTE_PRESENT);
	KUNIT_EXPECT_EQ(test, rights_of(constant), X86_PTE_PRESENT | no_execute());
	KUNIT_EXPECT_EQ(test, rights_of(__ro_after_init_start), X86_PTE_PRESENT | no_execute());
	KUNIT_EXPECT_EQ(test, rights_of(variable), X86_PTE_PRESENT | X86_PTE_WRITE | no_execute());
	KUNIT_EXPECT_EQ(test, rights_of(zeroed), X86_PTE_PRESENT | X86_PTE_WRITE | no_execute());
}

static const void *alias(const void *address)
{
	return arch_phys_to_virt(arch_virt_to_phys(address));
}

static void linear_map_of_the_image_has_no_more_rights(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rights_of(alias(arch_memory_init)), X86_PTE_PRESENT | no_execute());
	KUNIT_EXPECT_EQ(test, rights_of(alias(constant)), X86_PTE_PRESENT | no_execute());
	KUNIT_EXPECT_EQ(test, rights_of(alias(variable)),
			X86_PTE_PRESENT | X86_PTE_WRITE | no_execute());
	KUNIT_EXPECT_STREQ(test, (const char *)alias(variable), "variable");
}

/* Each page of the image: never both writable and executable. */
static void no_page_of_the_image_is_writable_and_executable(struct kunit *test)
{
	const char *page;

	if (!x86_features.nx)
		kunit_skip(test, "no NX");
	for (page = _text; page < _end; page += PAGE_SIZE) {
		u64 rights = rights_of(page);

		KUNIT_EXPECT_TRUE(test, !(rights & X86_PTE_WRITE) || (rights & X86_PTE_NX));
	}
}

static void null_and_the_lower_half_are_not_mapped(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pagetable_entry(0), 0ULL);
	KUNIT_EXPECT_EQ(test, pagetable_entry(X86_LOAD_ADDRESS), 0ULL);
	KUNIT_EXPECT_EQ(test, pagetable_entry(0x7ffffffff000UL), 0ULL);
}

static void devices_are_not_in_the_linear_map(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pagetable_entry((unsigned long)arch_phys_to_virt(LAPIC_PHYS)), 0ULL);
}

static void allocated_memory_is_in_the_linear_map(struct kunit *test)
{
	unsigned long page = __get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NE(test, page, 0UL);
	KUNIT_EXPECT_EQ(test, rights_of((void *)page),
			X86_PTE_PRESENT | X86_PTE_WRITE | no_execute());
	free_page(page);
}

/* Readable and writable from the first byte on; below it nothing, as far as @hole. */
static void expect_guarded(struct kunit *test, const char *low, unsigned long hole)
{
	unsigned long below;

	KUNIT_EXPECT_EQ(test, rights_of(low), X86_PTE_PRESENT | X86_PTE_WRITE | no_execute());
	for (below = PAGE_SIZE; below <= hole; below += PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, pagetable_entry((unsigned long)low - below), 0ULL);
}

static void nothing_is_mapped_below_a_stack(struct kunit *test)
{
	unsigned int cpu, i;

	expect_guarded(test, current->stack, X86_STACK_GUARD_SIZE);
	expect_guarded(test, init_task.stack, PAGE_SIZE);
	for_each_online_cpu(cpu) {
		const struct x86_cpu_stacks *stacks = per_cpu_ptr(&x86_cpu_stacks, cpu);

		expect_guarded(test, (char *)per_cpu(x86_irq_stack, cpu).top - X86_IRQ_STACK_SIZE,
			       X86_STACK_GUARD_SIZE);
		for (i = 0; i < X86_IST_COUNT; i++)
			expect_guarded(test, (char *)stacks->ist_top[i] - X86_IST_STACK_SIZE,
				       X86_STACK_GUARD_SIZE);
	}
}

static void address_below_a_stack_is_told(struct kunit *test)
{
	unsigned long stack = (unsigned long)current->stack, irq;

	preempt_disable();
	irq = this_cpu_read(x86_irq_stack.top) - X86_IRQ_STACK_SIZE;
	KUNIT_EXPECT_EQ(test, x86_stack_above(stack), X86_STACK_NONE);
	KUNIT_EXPECT_EQ(test, x86_stack_above(stack - 1), X86_STACK_TASK);
	KUNIT_EXPECT_EQ(test, x86_stack_above(stack - X86_STACK_GUARD_SIZE), X86_STACK_TASK);
	KUNIT_EXPECT_EQ(test, x86_stack_above(irq - 8), X86_STACK_IRQ);
	KUNIT_EXPECT_EQ(test, x86_stack_above(0), X86_STACK_NONE);
	KUNIT_EXPECT_EQ(test, x86_stack_above(~0UL), X86_STACK_NONE);
	preempt_enable();
}

static void ioremap_keeps_the_offset_and_is_uncached(struct kunit *test)
{
	char *a = arch_ioremap(LAPIC_PHYS + 0x30, 4);
	u64 entry;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_EXPECT_EQ(test, offset_in_page(a), 0x30UL);
	entry = pagetable_entry((unsigned long)a);
	KUNIT_EXPECT_EQ(test, entry & X86_PTE_ADDRESS, LAPIC_PHYS);
	KUNIT_EXPECT_EQ(test, entry & (X86_PTE_PCD | X86_PTE_PWT), X86_PTE_PCD | X86_PTE_PWT);
}

static void ioremaps_are_apart(struct kunit *test)
{
	char *a = arch_ioremap(LAPIC_PHYS, PAGE_SIZE);
	char *b = arch_ioremap(LAPIC_PHYS, PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_EXPECT_EQ(test, b - a, 2L * (long)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, pagetable_entry((unsigned long)a + PAGE_SIZE), 0ULL);
}

static void ioremap_of_nonsense_fails(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, arch_ioremap(0, 0));
	KUNIT_EXPECT_NULL(test, arch_ioremap(~0ULL, 4096));
	KUNIT_EXPECT_NULL(test, arch_ioremap(LAPIC_PHYS, 1UL << 60));
	KUNIT_EXPECT_NULL(test, arch_ioremap(LAPIC_PHYS, ~0UL));
	KUNIT_EXPECT_NULL(test, arch_ioremap(0, X86_IOREMAP_SIZE));
}

static void table_in_memory_is_reached_in_the_linear_map(struct kunit *test)
{
	void *page = (void *)__get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_PTR_EQ(test, x86_map_table(arch_virt_to_phys(page) + 5, 10), page + 5);
	free_page((unsigned long)page);
}

static void table_outside_of_memory_gets_a_read_only_mapping(struct kunit *test)
{
	const void *rom = x86_map_table(0xffffff00, 0x100);

	KUNIT_ASSERT_NOT_NULL(test, rom);
	KUNIT_EXPECT_EQ(test, rights_of(rom), X86_PTE_PRESENT | no_execute());
}

static struct kunit_case memory_cases[] = {
	KUNIT_CASE(image_has_the_rights_of_its_parts),
	KUNIT_CASE(linear_map_of_the_image_has_no_more_rights),
	KUNIT_CASE(no_page_of_the_image_is_writable_and_executable),
	KUNIT_CASE(null_and_the_lower_half_are_not_mapped),
	KUNIT_CASE(devices_are_not_in_the_linear_map),
	KUNIT_CASE(allocated_memory_is_in_the_linear_map),
	KUNIT_CASE(nothing_is_mapped_below_a_stack),
	KUNIT_CASE(address_below_a_stack_is_told),
	KUNIT_CASE(ioremap_keeps_the_offset_and_is_uncached),
	KUNIT_CASE(ioremaps_are_apart),
	KUNIT_CASE(ioremap_of_nonsense_fails),
	KUNIT_CASE(table_in_memory_is_reached_in_the_linear_map),
	KUNIT_CASE(table_outside_of_memory_gets_a_read_only_mapping),
	{}
};

static struct kunit_suite memory_suite = {
	.name = "x86-memory",
	.test_cases = memory_cases,
};
kunit_test_suite(memory_suite);
