// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end of the machine: off, with a result, or back to the start.
 *
 * What
 *	arch_shutdown(success) tries, in this order, and halts when none helps:
 *	  QEMU's isa-debug-exit at port 0xf4	ends QEMU with status 33 or 35. A triple fault
 *						ends it with 0, so 0 never means success.
 *	  Bochs' port 0x8900			takes the word "Shutdown"; the status says nothing
 *						there, so the runner reads the console's last line
 *	arch_reboot() tries the reset register of PCI chip sets, the keyboard controller, and a
 *	triple fault.
 *
 * Contexts
 *	Any. The other CPUs may still run: whoever cares stops them before.
 */
#include <linux/io.h>
#include <arch/console.h>
#include <arch/cpu.h>
#include <arch/irqflags.h>
#include <arch/power.h>
#include <x86/boot.h>

#define PORT_BOCHS_SHUTDOWN	0x8900
#define PORT_RESET		0xcf9
#define PORT_KEYBOARD		0x64

#define RESET_HARD		0x02
#define RESET_NOW		0x04
#define KEYBOARD_PULSE_RESET	0xfe

void arch_shutdown(bool success)
{
	static const char word[] = "Shutdown";
	unsigned int i;

	arch_local_irq_disable();
	arch_console_flush();
	outb(success ? X86_EXIT_SUCCESS : X86_EXIT_FAILURE, X86_PORT_DEBUG_EXIT);
	for (i = 0; i < sizeof(word) - 1; i++)
		outb((u8)word[i], PORT_BOCHS_SHUTDOWN);
	arch_cpu_halt();
}

/* An IDT of length 0 makes the next exception a triple fault. */
static void triple_fault(void)
{
	static const struct {
		u16 limit;
		u64 base;
	} __packed none = { 0, 0 };

	__asm__ __volatile__("lidt %0; int3" : : "m"(none));
}

void arch_reboot(void)
{
	arch_local_irq_disable();
	arch_console_flush();
	outb(RESET_HARD, PORT_RESET);
	outb(RESET_HARD | RESET_NOW, PORT_RESET);
	outb(KEYBOARD_PULSE_RESET, PORT_KEYBOARD);
	triple_fault();
	arch_cpu_halt();
}
