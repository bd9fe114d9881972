// SPDX-License-Identifier: GPL-2.0-only
/*
 * "crash=null": crash on purpose, so that tests outside can read the report.
 *
 * Each way runs in the last initcall, before any selftest, and is in a function of its own name,
 * which the backtrace must show. tools/crash knows what each report has to say. Ways with others that write lines
 * show that the report comes out whole beside them; "lines" alone does not crash, but never ends.
 */
#include <linux/array_size.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/irqflags.h>
#include <linux/irq_work.h>
#include <linux/nmi.h>
#include <linux/string.h>
#include <arch/cpu.h>
#include <x86/lapic.h>
#include <x86/traps.h>

static const char *wanted;

static noinline void crash_null(void)
{
	volatile int *p = (volatile int *)8;

	OPTIMIZER_HIDE_VAR(p);
	*p = 1;
}

static noinline void crash_wild_call(void)
{
	void (*fn)(void) = (void (*)(void))0x1234567;

	OPTIMIZER_HIDE_VAR(fn);
	fn();
	barrier();
}

static noinline void crash_opcode(void)
{
	__asm__ __volatile__("ud2");
}

static noinline void crash_division(void)
{
	__asm__ __volatile__("divl %0" : : "r"(0) : "rax", "rdx", "cc");
}

static noinline void crash_write_code(void)
{
	*(volatile char *)crash_opcode = 0;
}

static noinline void crash_execute_data(void)
{
	static char code[] = { (char)0xc3 };
	void (*fn)(void) = (void (*)(void))code;

	OPTIMIZER_HIDE_VAR(fn);
	fn();
	barrier();
}

static noinline void crash_address(void)
{
	volatile char *p = (volatile char *)0x8000000000000000UL;

	OPTIMIZER_HIDE_VAR(p);
	*p = 1;
}

static noinline void crash_float(void)
{
	__asm__ __volatile__("fld1");
}

static noinline void crash_breakpoint(void)
{
	__asm__ __volatile__("int3");
}

/* The stack pointer leaves all memory: the push faults, and so does the delivery of that fault. */
static noinline void crash_stack(void)
{
	__asm__ __volatile__("movq $0x1000, %%rsp; pushq %%rax" : : : "memory");
}

/* Calls itself until the stack is used up; by a pointer, so that no compiler sees what comes of it. */
static noinline int crash_deeper(int depth)
{
	int (*deeper)(int) = crash_deeper;
	volatile char room[100];

	OPTIMIZER_HIDE_VAR(deeper);
	room[depth % 100] = 1;
	return deeper(depth + 1) + room[0];
}

static noinline void crash_stackoverflow(void)
{
	crash_deeper(0);
}

/* The end of the stack is stepped over by less than the hole, and rsp stays above it. */
static noinline void crash_stackunderneath(void)
{
	volatile char *p = (char *)current->stack - 8;

	OPTIMIZER_HIDE_VAR(p);
	*p = 1;
}

static void crash_irq_deeper(struct irq_work *work)
{
	crash_deeper(0);
}

static DEFINE_IRQ_WORK(crash_deep_work, crash_irq_deeper);

static noinline void crash_irq_stackoverflow(void)
{
	irq_work_queue(&crash_deep_work);
	for (;;)
		arch_cpu_relax();
}

static void crash_here(struct irq_work *work)
{
	crash_null();
	barrier();
}

static DEFINE_IRQ_WORK(crash_work, crash_here);

static noinline void crash_interrupt(void)
{
	irq_work_queue(&crash_work);
	for (;;)
		arch_cpu_relax();
}

/* The handler of the breakpoint faults, and nothing covers it: the report is the fault's. */
static bool crash_in_handler(struct pt_regs *regs, unsigned long vector)
{
	crash_null();
	return true;
}

static noinline void crash_nested(void)
{
	x86_set_debug_handler(crash_in_handler);
	__asm__ __volatile__("int3");
}

/* The report of the first fault runs into a second one. */
static noinline void crash_twice(void)
{
	panic_running_test = (const char *)0x8000000000000000UL;
	__asm__ __volatile__("ud2");
}

static noinline void crash_panic(void)
{
	panic("on purpose: %d", 42);
}

#define COUNTS_BETWEEN_NMIS	1000000		/* of the local APIC's timer: a millisecond of QEMU's */
#define COUNTS_TO_STOP		20000		/* less than it takes to stop another CPU */

static bool crash_nmis_panic;

static int crash_nmi(unsigned int type, struct pt_regs *regs)
{
	if (crash_nmis_panic && panic_in_progress())
		panic("on purpose, in a panic");
	return NMI_HANDLED;
}

static void crash_begin_nmis(u32 counts)
{
	register_nmi_handler(NMI_LOCAL, crash_nmi, 0, "crash");
	local_irq_disable();
	lapic_write(LAPIC_LVT_TIMER, LAPIC_LVT_PERIODIC | LAPIC_DELIVER_NMI);
	lapic_write(LAPIC_TIMER_INITIAL, counts);
}

/* The CPU that panics gets NMIs all the while, as from a watchdog; they must not stop it as they stop others. */
static noinline void crash_panic_among_nmis(void)
{
	crash_begin_nmis(COUNTS_BETWEEN_NMIS);
	panic("on purpose, among NMIs");
}

static atomic_t lines_written;

static int crash_write_lines(void *unused)
{
	local_irq_disable();
	for (;;) {
		pr_info("a line of CPU %u\n", raw_smp_processor_id());
		atomic_inc(&lines_written);
	}
	return 0;
}

/* Another CPU writes to the log without end, interrupts off: it is in the middle of a line when it is stopped. */
static void crash_begin_lines(void)
{
	unsigned int other = cpumask_any_but(cpu_online_mask, raw_smp_processor_id());

	if (other < nr_cpu_ids && !IS_ERR(kthread_run_on_cpu(crash_write_lines, NULL, other, "crash/%u")))
		while (atomic_read(&lines_written) < 10)
			arch_cpu_relax();
}

static noinline void crash_panic_among_lines(void)
{
	crash_begin_lines();
	panic("on purpose, among lines");
}

/* More than a pipe between the emulator and its reader holds. */
static noinline void crash_panic_after_lines(void)
{
	for (unsigned int i = 0; i < 5000; i++)
		pr_info("line %u of 5000\n", i);
	panic("on purpose, after lines");
}

/* For a reader who pauses for so long that the console gives characters up. */
static noinline void crash_lines(void)
{
	for (unsigned int i = 0; ; i++)
		pr_info("line %u\n", i);
}

/* While the first one still waits for the other CPU to stop, which is in the middle of a line. */
static noinline void crash_panic_in_panic(void)
{
	crash_begin_lines();
	crash_nmis_panic = true;
	crash_begin_nmis(COUNTS_TO_STOP);
	panic("on purpose, first");
}

static const struct {
	const char *name;
	void (*fn)(void);
} ways[] = {
	{ "null", crash_null },
	{ "wild-call", crash_wild_call },
	{ "opcode", crash_opcode },
	{ "division", crash_division },
	{ "write-code", crash_write_code },
	{ "execute-data", crash_execute_data },
	{ "address", crash_address },
	{ "float", crash_float },
	{ "breakpoint", crash_breakpoint },
	{ "stack", crash_stack },
	{ "stackoverflow", crash_stackoverflow },
	{ "stackunderneath", crash_stackunderneath },
	{ "irq-stackoverflow", crash_irq_stackoverflow },
	{ "interrupt", crash_interrupt },
	{ "nested", crash_nested },
	{ "twice", crash_twice },
	{ "panic", crash_panic },
	{ "panic-among-nmis", crash_panic_among_nmis },
	{ "panic-among-lines", crash_panic_among_lines },
	{ "panic-after-lines", crash_panic_after_lines },
	{ "lines", crash_lines },
	{ "panic-in-panic", crash_panic_in_panic },
};

static int __init crash_setup(char *value)
{
	wanted = value;
	return 0;
}
early_param("crash", crash_setup);

static int __init crash_now(void)
{
	unsigned int i;

	if (!wanted)
		return 0;
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(wanted, ways[i].name))
			ways[i].fn();
	pr_err("crash=%s: no such way to crash\n", wanted);
	return -EINVAL;
}
late_initcall_sync(crash_now);
