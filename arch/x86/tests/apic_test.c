// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors: priority in the local APIC, what stands for nothing. Who gets which: vector_test.c.
 *
 * What
 *	Handlers of devices run with interrupts off, so that priority never shows in them. Here
 *	vectors have flows of their own (claim A4), which switch interrupts on before they end the
 *	interrupt.
 *
 * Contexts
 *	Tasks with preemption off: an interrupt to oneself comes to this CPU.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/irqdesc.h>
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/smp.h>
#include <arch/clock.h>
#include <arch/cpu.h>
#include <x86/irq.h>
#include <x86/lapic.h>

/* Different classes (upper four bits), far from real lines, which begin at the low end. */
#define LOW_VECTOR	0xc8
#define HIGH_VECTOR	0xd8
#define NOBODYS_VECTOR	0xb8

#define PAUSES		1000
#define TURNS		1000000

/* What happened, in order. Q: on one CPU, and by its interrupts. */
static char events[16];
static unsigned int nr_events;

static void event(char what)
{
	if (nr_events < sizeof(events) - 1)
		events[nr_events++] = what;
}

static void forget_events(void)
{
	memset(events, 0, sizeof(events));
	nr_events = 0;
}

static bool events_arrive(unsigned int number)
{
	for (unsigned int i = 0; i < TURNS && READ_ONCE(nr_events) < number; i++)
		arch_cpu_relax();
	return READ_ONCE(nr_events) >= number;
}

static void send_to_self(unsigned int vector)
{
	lapic_send(0, LAPIC_ICR_SELF | vector);
	lapic_wait_sent();
}

/* Interrupts on, for long enough that whatever can come has come. */
static void let_interrupts_in(void)
{
	arch_local_irq_enable();
	for (unsigned int i = 0; i < PAUSES; i++)
		arch_cpu_relax();
	arch_local_irq_disable();
}

static void brief_low_flow(struct irq_desc *desc)
{
	event('l');
	lapic_eoi();
}

static void brief_high_flow(struct irq_desc *desc)
{
	event('h');
	lapic_eoi();
}

static void high_flow_that_sends_low(struct irq_desc *desc)
{
	event('H');
	send_to_self(LOW_VECTOR);
	let_interrupts_in();
	event(lapic_requested(LOW_VECTOR) ? 'w' : '?');
	event('e');
	lapic_eoi();
}

static void low_flow_that_sends_high(struct irq_desc *desc)
{
	event('L');
	send_to_self(HIGH_VECTOR);
	let_interrupts_in();
	event('e');
	lapic_eoi();
}

static struct irq_desc low_desc, high_desc;

/* Preemption is off from here to give_vectors_back(). */
static bool take_vectors(struct kunit *test, irq_flow_handler_t low, irq_flow_handler_t high)
{
	unsigned int cpu;

	if (!lapic_regs)
		kunit_skip(test, "no local APIC is used");
	low_desc.handle_irq = low;
	high_desc.handle_irq = high;
	forget_events();
	cpu = get_cpu();
	return x86_vector_set(cpu, LOW_VECTOR, &low_desc) &&
	       x86_vector_set(cpu, HIGH_VECTOR, &high_desc);
}

static void give_vectors_back(void)
{
	x86_vector_set(smp_processor_id(), LOW_VECTOR, NULL);
	x86_vector_set(smp_processor_id(), HIGH_VECTOR, NULL);
	put_cpu();
}

/* A4 */
static void lower_vector_waits_while_a_higher_one_is_in_service(struct kunit *test)
{
	if (take_vectors(test, brief_low_flow, high_flow_that_sends_low)) {
		send_to_self(HIGH_VECTOR);
		KUNIT_EXPECT_TRUE(test, events_arrive(4));
	}
	give_vectors_back();
	KUNIT_EXPECT_STREQ(test, events, "Hwel");
}

static void higher_vector_interrupts_a_lower_one_in_service(struct kunit *test)
{
	if (take_vectors(test, low_flow_that_sends_high, brief_high_flow)) {
		send_to_self(LOW_VECTOR);
		KUNIT_EXPECT_TRUE(test, events_arrive(3));
	}
	give_vectors_back();
	KUNIT_EXPECT_STREQ(test, events, "Lhe");
}

static void vectors_pending_together_come_by_priority(struct kunit *test)
{
	unsigned long flags;

	if (take_vectors(test, brief_low_flow, brief_high_flow)) {
		local_irq_save(flags);
		send_to_self(LOW_VECTOR);
		send_to_self(HIGH_VECTOR);
		local_irq_restore(flags);
		KUNIT_EXPECT_TRUE(test, events_arrive(2));
	}
	give_vectors_back();
	KUNIT_EXPECT_STREQ(test, events, "hl");
}

static void vector_sent_twice_while_off_comes_once(struct kunit *test)
{
	unsigned long flags;

	if (take_vectors(test, brief_low_flow, brief_high_flow)) {
		local_irq_save(flags);
		send_to_self(LOW_VECTOR);
		send_to_self(LOW_VECTOR);
		local_irq_restore(flags);
		KUNIT_EXPECT_TRUE(test, events_arrive(1));
	}
	give_vectors_back();
	KUNIT_EXPECT_STREQ(test, events, "l");
}

/* ---- What it costs */

static u64 arrival;

static void note_arrival(struct irq_desc *desc)
{
	WRITE_ONCE(arrival, arch_cycles());
	lapic_eoi();
	event('l');
}

static void interrupt_to_oneself_arrives_at_once(struct kunit *test)
{
	u64 there = ~0ULL, and_back = ~0ULL;

	if (take_vectors(test, note_arrival, brief_high_flow)) {
		for (unsigned int i = 0; i < 50; i++) {
			u64 start = arch_cycles();

			forget_events();
			lapic_send(0, LAPIC_ICR_SELF | LOW_VECTOR);
			if (!events_arrive(1))
				break;
			and_back = min(and_back, arch_cycles() - start);
			there = min(there, READ_ONCE(arrival) - start);
		}
	}
	give_vectors_back();
	KUNIT_EXPECT_STREQ(test, events, "l");
	kunit_info(test, "cycles: %llu to the flow, %llu in all", there, and_back);
}

/* ---- What stands for nothing */

static void vector_without_meaning_is_counted_and_ended(struct kunit *test)
{
	unsigned int before, after;

	if (!take_vectors(test, brief_low_flow, brief_high_flow))
		KUNIT_FAIL(test, "the vectors are taken");
	before = this_cpu_read(x86_irq_counts.unexpected);
	send_to_self(NOBODYS_VECTOR);
	for (unsigned int i = 0; i < TURNS; i++)
		if (this_cpu_read(x86_irq_counts.unexpected) != before)
			break;
	after = this_cpu_read(x86_irq_counts.unexpected);
	KUNIT_EXPECT_FALSE(test, lapic_in_service(NOBODYS_VECTOR));
	give_vectors_back();
	KUNIT_EXPECT_EQ(test, after, before + 1);
}

/* It was on its way when its line was given up: those of lower priority are not to wait for its end for ever. */
static void vector_of_a_line_without_controller_is_ended(struct kunit *test)
{
	unsigned int irq, cpu;

	if (!lapic_regs)
		kunit_skip(test, "no local APIC is used");
	irq = (unsigned int)irq_alloc_desc(NUMA_NO_NODE);
	if (!take_vectors(test, brief_low_flow, brief_high_flow))
		KUNIT_FAIL(test, "the vectors are taken");
	cpu = smp_processor_id();
	x86_vector_set(cpu, HIGH_VECTOR, NULL);
	KUNIT_EXPECT_TRUE(test, x86_vector_set(cpu, HIGH_VECTOR, irq_to_desc(irq)));
	send_to_self(HIGH_VECTOR);
	for (unsigned int i = 0; i < TURNS && !kstat_irqs(irq); i++)
		arch_cpu_relax();
	KUNIT_EXPECT_EQ(test, kstat_irqs(irq), 1U);
	KUNIT_EXPECT_FALSE(test, lapic_in_service(HIGH_VECTOR));
	send_to_self(LOW_VECTOR);
	KUNIT_EXPECT_TRUE(test, events_arrive(1));
	/* So that what comes after this is not held up, if it was not ended. */
	if (lapic_in_service(HIGH_VECTOR))
		lapic_eoi();
	give_vectors_back();
	irq_free_desc(irq);
}

/* As if an 8259 had found nobody asking any more: an INT instruction looks the same. */
static void spurious_8259_interrupt_is_counted_and_harmless(struct kunit *test)
{
	unsigned int before = i8259_spurious_count();

	__asm__ __volatile__("int %0" : : "i"(X86_I8259_VECTOR + 7) : "memory");
	KUNIT_EXPECT_EQ(test, i8259_spurious_count(), before + 1);
	__asm__ __volatile__("int %0" : : "i"(X86_I8259_VECTOR + 15) : "memory");
	KUNIT_EXPECT_EQ(test, i8259_spurious_count(), before + 2);
}

static struct kunit_case apic_cases[] = {
	KUNIT_CASE(lower_vector_waits_while_a_higher_one_is_in_service),
	KUNIT_CASE(higher_vector_interrupts_a_lower_one_in_service),
	KUNIT_CASE(vectors_pending_together_come_by_priority),
	KUNIT_CASE(vector_sent_twice_while_off_comes_once),
	KUNIT_CASE(interrupt_to_oneself_arrives_at_once),
	KUNIT_CASE(vector_without_meaning_is_counted_and_ended),
	KUNIT_CASE(vector_of_a_line_without_controller_is_ended),
	KUNIT_CASE(spurious_8259_interrupt_is_counted_and_harmless),
	{}
};

static struct kunit_suite apic_suite = {
	.name = "x86-apic",
	.test_cases = apic_cases,
};
kunit_test_suite(apic_suite);
