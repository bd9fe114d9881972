// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exceptions: repaired where a fixup exists, otherwise the end, told legibly.
 *
 * What
 *	x86_exception() is called by exception.S for each exception. If the instruction has an
 *	entry in the exception table, the code goes on at its fixup and nobody hears of it.
 *	Breakpoints may be somebody's (x86_set_debug_handler()). Otherwise the kernel is wrong:
 *	registers, the decoded error code and the bytes at ip are printed, and panic() adds the
 *	backtrace, which leads through the exception to the code that faulted.
 *
 * States of fault_depth (a word a CPU)
 *	0	no exception without fixup yet
 *	1	one is being reported
 *	2	the report itself faulted: two lines without printk, and the end of the machine
 *	3	even that faulted: halt
 *	A fixup needs none of this: it is found before anything is counted, at any depth.
 *
 * Contexts
 *	Interrupts off. On the stack that was interrupted; #DF, #DB and #MC on their own. The depth
 *	is this CPU's and only goes up, so no lock is needed.
 *
 * Tests
 *	arch/x86/tests/exception_test.c (A11); each deliberate crash: tools/crash
 */
#include <linux/array_size.h>
#include <linux/atomic.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <arch/irqflags.h>
#include <arch/power.h>
#include <x86/cpu.h>
#include <x86/extable.h>
#include <x86/processor.h>
#include <x86/traps.h>

static DEFINE_PER_CPU(unsigned int, fault_depth);	/* Q */

static const char * const names[X86_EXCEPTION_VECTORS] = {
	[X86_EXCEPTION_DE]	= "division error",
	[X86_EXCEPTION_DB]	= "debug exception",
	[X86_EXCEPTION_NMI]	= "non-maskable interrupt",
	[X86_EXCEPTION_BP]	= "breakpoint",
	[X86_EXCEPTION_OF]	= "overflow",
	[X86_EXCEPTION_BR]	= "bound range exceeded",
	[X86_EXCEPTION_UD]	= "invalid opcode",
	[X86_EXCEPTION_NM]	= "floating point is off limits",
	[X86_EXCEPTION_DF]	= "double fault",
	[X86_EXCEPTION_TS]	= "invalid task state segment",
	[X86_EXCEPTION_NP]	= "segment not present",
	[X86_EXCEPTION_SS]	= "stack segment fault",
	[X86_EXCEPTION_GP]	= "general protection fault",
	[X86_EXCEPTION_PF]	= "page fault",
	[X86_EXCEPTION_MF]	= "x87 floating point error",
	[X86_EXCEPTION_AC]	= "alignment check",
	[X86_EXCEPTION_MC]	= "machine check",
	[X86_EXCEPTION_XM]	= "SIMD floating point error",
};

const char *x86_exception_name(unsigned long vector)
{
	if (vector < ARRAY_SIZE(names) && names[vector])
		return names[vector];
	return "reserved exception";
}

#define PF_PRESENT	BIT(0)
#define PF_WRITE	BIT(1)
#define PF_USER		BIT(2)
#define PF_RESERVED	BIT(3)
#define PF_FETCH	BIT(4)

static void decode_page_fault(char *text, size_t size, unsigned long error)
{
	unsigned long address = x86_read_cr2();
	const char *access = error & PF_FETCH ? "execute" : error & PF_WRITE ? "write" : "read";
	const char *why = error & PF_RESERVED ? "reserved bits set in a page table" :
			  error & PF_PRESENT ? "not allowed there" : "nothing is mapped there";
	const char *hint = address < X86_PAGE_SIZE ? " (NULL pointer)" : "";

	snprintf(text, size, "%s at %016lx: %s%s", access, address, why, hint);
}

/* Error codes of segment faults name a descriptor; 0 is none. */
static void decode_selector(char *text, size_t size, unsigned long error)
{
	static const char * const tables[] = { "GDT", "IDT", "LDT", "IDT" };

	snprintf(text, size, "%s entry %lu%s", tables[error >> 1 & 3], error >> 3,
		 error & 1 ? ", while delivering an event" : "");
}

static void decode_error(char *text, size_t size, unsigned long vector, unsigned long error)
{
	text[0] = '\0';
	switch (vector) {
	case X86_EXCEPTION_PF:
		decode_page_fault(text, size, error);
		break;
	case X86_EXCEPTION_TS:
	case X86_EXCEPTION_NP:
	case X86_EXCEPTION_SS:
	case X86_EXCEPTION_GP:
		if (error)
			decode_selector(text, size, error);
		break;
	case X86_EXCEPTION_DF:
		snprintf(text, size, "cr2 %016lx; an overflowed stack looks like this",
			 x86_read_cr2());
		break;
	}
}

#define CODE_BEFORE	16
#define CODE_BYTES	32

/* The bytes around ip, the one at ip marked; what cannot be read is left out. */
static void show_code(unsigned long ip)
{
	char text[CODE_BYTES * 4 + 1];
	unsigned int i, used = 0;

	for (i = 0; i < CODE_BYTES; i++) {
		const char *format = i == CODE_BEFORE ? "<%02lx> " : "%02lx ";
		unsigned long word;

		if (x86_probe_read((const void *)(ip - CODE_BEFORE + i), &word))
			used += scnprintf(text + used, sizeof(text) - used, format, word & 0xff);
	}
	if (used)
		pr_emerg("code %s\n", text);
}

void x86_show_registers(const struct pt_regs *regs)
{
	pr_emerg("ip  %016lx %pS\n", regs->ip, (void *)regs->ip);
	pr_emerg("sp  %04lx:%016lx  cs %04lx  flags %08lx (interrupts %s)\n", regs->ss, regs->sp,
		 regs->cs, regs->flags, regs->flags & X86_EFLAGS_IF ? "on" : "off");
	pr_emerg("rax %016lx  rbx %016lx  rcx %016lx\n", regs->ax, regs->bx, regs->cx);
	pr_emerg("rdx %016lx  rsi %016lx  rdi %016lx\n", regs->dx, regs->si, regs->di);
	pr_emerg("rbp %016lx  r8  %016lx  r9  %016lx\n", regs->bp, regs->r8, regs->r9);
	pr_emerg("r10 %016lx  r11 %016lx  r12 %016lx\n", regs->r10, regs->r11, regs->r12);
	pr_emerg("r13 %016lx  r14 %016lx  r15 %016lx\n", regs->r13, regs->r14, regs->r15);
	pr_emerg("cr0 %08lx  cr2 %016lx  cr3 %016lx  cr4 %08lx\n", x86_read_cr0(), x86_read_cr2(),
		 x86_read_cr3(), x86_read_cr4());
	pr_emerg("gs  %016llx  preempt_count %08x\n", x86_rdmsr(X86_MSR_GS_BASE), preempt_count());
	show_code(regs->ip);
}

/*
 * Whether a stack has overflowed: the access, or the frame of the fault that it was, fell into the hole
 * below it.
 */
static bool decode_overflow(char *text, size_t size, const struct pt_regs *regs, unsigned long vector)
{
	enum x86_stack_kind kind = X86_STACK_NONE;

	if (vector == X86_EXCEPTION_PF || vector == X86_EXCEPTION_DF)
		kind = x86_stack_above(x86_read_cr2());
	if (kind == X86_STACK_NONE && vector == X86_EXCEPTION_DF)
		kind = x86_stack_above(regs->sp - 8);
	if (kind == X86_STACK_NONE)
		return false;
	if (kind == X86_STACK_TASK)
		snprintf(text, size, "kernel stack overflow of task %s (%d)", current->comm, current->pid);
	else
		snprintf(text, size, "kernel stack overflow of the %s stack of CPU %u", x86_stack_name(kind),
			 smp_processor_id());
	return true;
}

static __noreturn void report(struct pt_regs *regs, unsigned long vector)
{
	char detail[96];
	bool overflow = decode_overflow(detail, sizeof(detail), regs, vector);

	if (!overflow)
		decode_error(detail, sizeof(detail), vector, regs->orig_ax);
	pr_emerg("exception %lu on CPU %u: %s, error code %#lx%s%s\n", vector, smp_processor_id(),
		 x86_exception_name(vector), regs->orig_ax, detail[0] ? ": " : "", detail);
	x86_show_registers(regs);
	if (overflow)
		panic("%s", detail);
	panic("%s%s%s", x86_exception_name(vector), detail[0] ? ": " : "", detail);
}

/* printk, or what it calls, may be what faulted: take nothing but the console. */
static __noreturn void report_briefly(const struct pt_regs *regs, unsigned long vector)
{
	char line[96];
	int n = snprintf(line, sizeof(line), "ip %016lx sp %016lx error %lx cr2 %016lx\n", regs->ip,
			 regs->sp, regs->orig_ax, x86_read_cr2());
	static const char intro[] = "\npanic: a fault while a fault was being reported: ";

	arch_console_write(intro, sizeof(intro) - 1);
	arch_console_write(x86_exception_name(vector), strlen(x86_exception_name(vector)));
	arch_console_write("\n", 1);
	arch_console_write(line, (size_t)n);
	arch_shutdown(false);
}

static x86_debug_handler debug_handler;

x86_debug_handler x86_set_debug_handler(x86_debug_handler handler)
{
	return xchg(&debug_handler, handler);
}

static bool handled_as_debug(struct pt_regs *regs, unsigned long vector)
{
	x86_debug_handler handler = READ_ONCE(debug_handler);

	if (vector != X86_EXCEPTION_BP && vector != X86_EXCEPTION_DB)
		return false;
	return handler && handler(regs, vector);
}

void x86_exception(struct pt_regs *regs, unsigned long vector);

void x86_exception(struct pt_regs *regs, unsigned long vector)
{
	if (x86_fixup_exception(regs, vector) || handled_as_debug(regs, vector))
		return;

	switch (this_cpu_inc_return(fault_depth)) {
	case 1:
		report(regs, vector);
	case 2:
		report_briefly(regs, vector);
	default:
		arch_cpu_halt();
	}
}
