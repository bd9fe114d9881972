/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The image: what lies where, and with which rights.
 *
 * What
 *	segment		address			rights	holds
 *	boot		1 MiB, identity		r-x	multiboot2 header, 32-bit entry, its texts
 *	text		-2 GiB + physical	r-x	code
 *	rodata		same			r--	constants, tables, unwind table, PVH note
 *	data		same			rw-	what is written at boot only, data, the
 *							per-CPU template, then memory that begins
 *							as zero
 *
 *	Loaders put every segment at its physical address; the rights in the third column become
 *	true when mm/init.c has made the final page tables. Each boundary is a page's.
 *
 *	Tables that many files add to have sections with the names of C identifiers. The symbols
 *	around each are defined here, so that they exist when nobody adds anything.
 */
#include <x86/layout.h>

#define TABLE(name)				\
	. = ALIGN(8);				\
	__start_##name = .;			\
	KEEP(*(name))				\
	__stop_##name = .;

OUTPUT_FORMAT(elf64-x86-64)
OUTPUT_ARCH(i386:x86-64)
ENTRY(boot_multiboot2)

PHDRS
{
	boot	PT_LOAD FLAGS(5);
	text	PT_LOAD FLAGS(5);
	rodata	PT_LOAD FLAGS(4);
	data	PT_LOAD FLAGS(6);
	note	PT_NOTE FLAGS(4);
}

SECTIONS
{
	. = X86_LOAD_ADDRESS;
	.boot : AT(X86_LOAD_ADDRESS) {
		KEEP(*(.boot.header))
		*(.boot.text)
	} :boot

	. = ALIGN(X86_PAGE_SIZE) + X86_KERNEL_BASE;
	.text : AT(ADDR(.text) - X86_KERNEL_BASE) {
		_text = .;
		_stext = .;
		*(.text.entry)
		*(.text.hot .text.hot.*)
		*(.text)
		*(.text.unlikely .text.unlikely.* .text.startup .text.startup.*)
		*(.init.text .exit.text)
		_etext = .;
	} :text =0xcccccccc

	. = ALIGN(X86_PAGE_SIZE);
	.rodata : AT(ADDR(.rodata) - X86_KERNEL_BASE) {
		__rodata_start = .;
		*(.rodata .rodata.*)
		TABLE(__ex_table)
	} :rodata

	.note.pvh : AT(ADDR(.note.pvh) - X86_KERNEL_BASE) {
		KEEP(*(.note.pvh))
	} :rodata :note

	.eh_frame_hdr : AT(ADDR(.eh_frame_hdr) - X86_KERNEL_BASE) {
		__eh_frame_hdr_start = .;
		*(.eh_frame_hdr)
		__eh_frame_hdr_end = .;
	} :rodata

	. = ALIGN(8);
	.eh_frame : AT(ADDR(.eh_frame) - X86_KERNEL_BASE) {
		__eh_frame_start = .;
		KEEP(*(.eh_frame))
		__eh_frame_end = .;
		__rodata_end = .;
	} :rodata

	. = ALIGN(X86_PAGE_SIZE);
	.data : AT(ADDR(.data) - X86_KERNEL_BASE) {
		__ro_after_init_start = .;
		*(.data..page_aligned_ro)
		*(.data..ro_after_init)
		TABLE(kunit_test_suites)
		TABLE(kernel_params)
		TABLE(initcall_core)
		TABLE(initcall_subsys)
		TABLE(initcall_device)
		TABLE(initcall_late)
		TABLE(module_units)
		. = ALIGN(X86_PAGE_SIZE);
		__ro_after_init_end = .;

		/* A hole below the stack. */
		. += X86_PAGE_SIZE;
		*(.data..init_stack)
		*(.data..page_aligned)
		. = ALIGN(X86_PAGE_SIZE);
		__per_cpu_start = .;
		*(.data..percpu)
		. = ALIGN(64);
		__per_cpu_end = .;
		*(.data .data.*)
		*(.init.data .exit.data)
		_edata = .;
	} :data

	.bss : AT(ADDR(.bss) - X86_KERNEL_BASE) {
		*(.bss..page_aligned)
		*(.bss .bss.* COMMON)
		. = ALIGN(X86_PAGE_SIZE);
		_end = .;
	} :data

	/DISCARD/ : {
		*(.comment)
		*(.note.gnu.* .note.GNU-stack)
		*(.gnu.*)
	}
}

ASSERT(_end - X86_KERNEL_BASE < X86_IMAGE_MAX, "the image does not fit below X86_IMAGE_MAX")
ASSERT(__per_cpu_start < __per_cpu_end, "no per-CPU data")
