/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which interrupt vector is for what. For C and assembly.
 *
 *	0x00-0x1f	the processor's exceptions
 *	0x20-0x2f	the pair of 8259s: ISA lines 0 to 15
 *	0x30		a line has moved away from here (apic/vector.c); lowest, so that what waits comes first
 *	0x31-0xeb	devices through the IOAPIC or by message; allocated per CPU (apic/vector.c)
 *	0xec-0xff	the local APIC's own, the same on every CPU (apic/dispatch.c)
 *
 * The upper four bits are the priority with which a local APIC delivers: what keeps a machine
 * together comes last, and so wins.
 */
#ifndef _X86_IRQ_VECTORS_H
#define _X86_IRQ_VECTORS_H

#define X86_MOVE_CLEANUP_VECTOR		0x30

#define X86_FIRST_DEVICE_VECTOR		0x31
#define X86_LAST_DEVICE_VECTOR		0xeb
#define X86_DEVICE_VECTORS		(X86_LAST_DEVICE_VECTOR - X86_FIRST_DEVICE_VECTOR + 1)

#define X86_I8259_VECTOR		0x20	/* 16 of them */

#define X86_LAPIC_TIMER_VECTOR		0xec
#define X86_IRQ_WORK_VECTOR		0xf6
#define X86_CALL_FUNCTION_VECTOR	0xfc
#define X86_RESCHEDULE_VECTOR		0xfd
#define X86_LAPIC_ERROR_VECTOR		0xfe
#define X86_LAPIC_SPURIOUS_VECTOR	0xff	/* old processors want the low four bits set */

#define X86_NR_VECTORS			256

#endif
