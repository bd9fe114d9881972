// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each CPU's control registers, tables and stacks.
 */
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <kunit/test.h>
#include <arch/task.h>
#include <x86/cpu.h>
#include <x86/processor.h>

/* What a CPU says of itself. */
struct self {
	unsigned long cr0, cr4, gs_base, irq_stack_top;
	u64 efer;
	u16 tr, gs, cs;
	u64 idt_base;
	u16 idt_limit;
};

static void look_at_self(void *info)
{
	struct self *self = info;
	struct {
		u16 limit;
		u64 base;
	} __packed idt;

	self->cr0 = x86_read_cr0();
	self->cr4 = x86_read_cr4();
	self->efer = x86_rdmsr(X86_MSR_EFER);
	self->gs_base = x86_rdmsr(X86_MSR_GS_BASE);
	self->irq_stack_top = this_cpu_read(x86_irq_stack.top);
	__asm__ __volatile__("str %0" : "=m"(self->tr));
	__asm__ __volatile__("movw %%gs, %0" : "=m"(self->gs));
	__asm__ __volatile__("movw %%cs, %0" : "=m"(self->cs));
	__asm__ __volatile__("sidt %0" : "=m"(idt));
	self->idt_base = idt.base;
	self->idt_limit = idt.limit;
}

static struct self ask(unsigned int cpu)
{
	struct self self = { 0 };

	smp_call_function_single((int)cpu, look_at_self, &self, 1);
	return self;
}

static void control_registers_are_the_same_on_each_cpu(struct kunit *test)
{
	unsigned long cr0 = X86_CR0_PE | X86_CR0_EM | X86_CR0_NE | X86_CR0_WP | X86_CR0_PG;
	unsigned long cr4 = X86_CR4_PAE | X86_CR4_PGE | (x86_features.smep ? X86_CR4_SMEP : 0) |
			    (x86_features.smap ? X86_CR4_SMAP : 0);
	u64 efer = X86_EFER_LME | X86_EFER_LMA | (x86_features.nx ? X86_EFER_NXE : 0);
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct self self = ask(cpu);

		KUNIT_EXPECT_EQ_MSG(test, self.cr0 & cr0, cr0, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.cr0 & (X86_CR0_CD | X86_CR0_NW), 0UL, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.cr4 & cr4, cr4, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.efer, efer, "CPU %u", cpu);
	}
}

static void gs_base_is_the_cpus_own_offset(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct self self = ask(cpu);
		unsigned long offset = arch_per_cpu_offset(cpu);

		KUNIT_EXPECT_EQ_MSG(test, self.gs_base, offset, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, per_cpu(this_cpu_off, cpu), offset, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.gs, 0, "CPU %u", cpu);
		/* What later tells a kernel's gs from a user's. */
		KUNIT_EXPECT_LT_MSG(test, (long)self.gs_base, 0L, "CPU %u", cpu);
	}
}

static void segments_and_idt_are_loaded_on_each_cpu(struct kunit *test)
{
	u64 idt = ask(0).idt_base;
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct self self = ask(cpu);

		KUNIT_EXPECT_EQ_MSG(test, self.cs, X86_KERNEL_CS, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.tr, X86_TSS_SELECTOR, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.idt_base, idt, "CPU %u", cpu);
		KUNIT_EXPECT_EQ_MSG(test, self.idt_limit, X86_VECTORS * 16 - 1, "CPU %u", cpu);
	}
}

static void each_cpu_has_its_own_interrupt_stack(struct kunit *test)
{
	unsigned int cpu, other;

	for_each_online_cpu(cpu) {
		unsigned long top = ask(cpu).irq_stack_top;

		KUNIT_EXPECT_NE_MSG(test, top, 0UL, "CPU %u", cpu);
		for_each_online_cpu(other)
			if (other != cpu)
				KUNIT_EXPECT_NE_MSG(test, top, per_cpu(x86_irq_stack, other).top,
						    "CPUs %u and %u", cpu, other);
	}
}

static void stack_of_an_address_is_told(struct kunit *test)
{
	unsigned long low, high, here = (unsigned long)&low, irq;

	preempt_disable();
	irq = this_cpu_read(x86_irq_stack.top) - 8;
	KUNIT_EXPECT_EQ(test, x86_stack_of(here, &low, &high), X86_STACK_TASK);
	KUNIT_EXPECT_EQ(test, high - low, THREAD_SIZE);
	KUNIT_EXPECT_EQ(test, x86_stack_of(irq, &low, &high), X86_STACK_IRQ);
	KUNIT_EXPECT_EQ(test, high - low, X86_IRQ_STACK_SIZE);
	KUNIT_EXPECT_EQ(test, x86_stack_of(0, &low, &high), X86_STACK_NONE);
	KUNIT_EXPECT_EQ(test, x86_stack_of(~0UL, &low, &high), X86_STACK_NONE);
	preempt_enable();
}

static struct kunit_case cpu_cases[] = {
	KUNIT_CASE(control_registers_are_the_same_on_each_cpu),
	KUNIT_CASE(gs_base_is_the_cpus_own_offset),
	KUNIT_CASE(segments_and_idt_are_loaded_on_each_cpu),
	KUNIT_CASE(each_cpu_has_its_own_interrupt_stack),
	KUNIT_CASE(stack_of_an_address_is_told),
	{}
};

static struct kunit_suite cpu_suite = {
	.name = "x86-cpu",
	.test_cases = cpu_cases,
};
kunit_test_suite(cpu_suite);
