// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens when something that cannot be true is true.
 *
 * What
 *	bug_warn()	counts, reports with a backtrace, goes on. A report that a test announced
 *			(bug_expect()) is one line instead, and no stain on the boot.
 *	panic()		stops everything: the first CPU that panics halts the others, says why, what
 *			ran, and how it came there, and ends the machine as a failure.
 *
 * Contexts
 *	Any, NMI and each other included.
 *
 * States of panic_cpu		who moves it		then
 *	0 -> CPU + 1		the first, cmpxchg	prints and ends the machine
 *	CPU + 1 of another	-			halts
 *	CPU + 1 of this one	-			a panic in a panic: one line, and the end
 *
 * Limits
 *	REPORTS_MAX full reports; what follows is counted, and one line each.
 *
 * Differs from Linux
 *	There is no taint, no oops that kills a task, no reboot timeout.
 *
 * Tests
 *	tests/boot/printk_test.c (warnings); panic by the runner's tests and every mutant that
 *	panics
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <arch/ipi.h>
#include <arch/power.h>
#include <arch/trap.h>

#define REPORTS_MAX	50
#define TEXT_SIZE	256

const char *panic_running_test;

static atomic_t panic_cpu;
static unsigned int panics_here;	/* the panicking CPU's */
static bool panic_on_warn;

/* ---------------------------------------------------------------- where are we */

void __weak describe_current_task(char *buf, size_t size)
{
	strscpy(buf, "unknown", size);
}

static void print_context(const char *level, unsigned int count, bool irqs_off)
{
	char task[48];

	describe_current_task(task, sizeof(task));
	printk("%scpu %u, task %s, preempt_count %#x, interrupts %s\n", level,
	       raw_smp_processor_id(), task, count, irqs_off ? "off" : "on");
	if (READ_ONCE(panic_running_test))
		printk("%sin test %s\n", level, READ_ONCE(panic_running_test));
}

void dump_stack(void)
{
	dump_stack_of(NULL, irqs_disabled());
}

void dump_stack_of(const struct pt_regs *regs, bool irqs_off)
{
	/* What the NMI itself counts for is not the interrupted code's. */
	unsigned int count = preempt_count() - (regs ? NMI_OFFSET + HARDIRQ_OFFSET : 0);

	print_context(KERN_INFO, count, irqs_off);
	arch_dump_stack(regs);
}

/* ---------------------------------------------------------------- panic */

bool panic_in_progress(void)
{
	return unlikely(atomic_read(&panic_cpu));
}

bool panic_on_this_cpu(void)
{
	return atomic_read(&panic_cpu) == (int)raw_smp_processor_id() + 1;
}

/* Only the first CPU gets out of here; a second panic on it finds its way shorter each time. */
static void become_the_panicking_cpu(void)
{
	int owner = 0;
	int me = (int)raw_smp_processor_id() + 1;

	if (!atomic_try_cmpxchg(&panic_cpu, &owner, me) && owner != me)
		arch_cpu_halt();
}

static __noreturn void end_machine(void)
{
	printk_flush();
	arch_console_flush();
	arch_shutdown(false);
	arch_cpu_halt();
}

static void say_why(const char *fmt, va_list args)
{
	char text[TEXT_SIZE];

	vscnprintf(text, sizeof(text), fmt, args);
	printk(KERN_EMERG "panic: %s%s\n", panics_here > 1 ? "again: " : "", strim(text));
}

void panic(const char *fmt, ...)
{
	bool irqs_off = irqs_disabled();
	va_list args;

	local_irq_disable();
	become_the_panicking_cpu();
	if (++panics_here > 2)
		end_machine();
	oops_in_progress++;
	if (panics_here == 1)
		arch_stop_other_cpus();
	/* The first one may be interrupted before it comes here: then it is the second who must be heard. */
	printk_panic_mode();
	va_start(args, fmt);
	say_why(fmt, args);
	va_end(args);
	if (panics_here == 1) {
		print_context(KERN_EMERG, preempt_count(), irqs_off);
		arch_dump_stack(NULL);
	}
	end_machine();
}

/* ---------------------------------------------------------------- warnings and bugs */

static atomic_t reports;
static atomic_t unexpected;
static atomic_t expected;		/* how many of the next ones are announced */
static DEFINE_PER_CPU(unsigned int, reporting);

unsigned int bug_reports(void)
{
	return atomic_read(&reports);
}

unsigned int bug_unexpected(void)
{
	return atomic_read(&unexpected);
}

unsigned int bug_expect(unsigned int n)
{
	return atomic_xchg(&expected, (int)n);
}

/* A report in full. A warning that comes out of making one is only a line. */
static void report(const char *text, const char *file, int line, const char *func)
{
	unsigned int number = atomic_inc_return(&unexpected);

	printk(KERN_WARNING "warning: %s, at %s:%d %s()\n", text, file, line, func);
	if (number == REPORTS_MAX)
		printk(KERN_WARNING "warning: %u of them; from now on one line each\n", number);
	preempt_disable();
	if (this_cpu_inc_return(reporting) == 1 && number < REPORTS_MAX) {
		print_context(KERN_WARNING, preempt_count(), irqs_disabled());
		arch_dump_stack(NULL);
	}
	this_cpu_dec(reporting);
	preempt_enable_no_resched();
	if (panic_on_warn)
		panic("panic_on_warn: %s", text);
}

static void warn(const char *text, const char *file, int line, const char *func)
{
	atomic_inc(&reports);
	if (atomic_dec_if_positive(&expected) >= 0)
		printk(KERN_INFO "expected: %s, at %s:%d %s()\n", text, file, line, func);
	else
		report(text, file, line, func);
}

void bug_warn(const char *file, int line, const char *func, const char *what)
{
	warn(what, file, line, func);
}

void bug_warn_fmt(const char *file, int line, const char *func, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	warn(strim(text), file, line, func);
}

void bug_panic(const char *file, int line, const char *func, const char *what)
{
	panic("%s, at %s:%d %s()", what, file, line, func);
}

static int __init panic_on_warn_option(char *value)
{
	if (value)
		return kstrtobool(value, &panic_on_warn);
	panic_on_warn = true;
	return 0;
}
early_param_accepts("panic_on_warn", panic_on_warn_option, "y, n or no value");
