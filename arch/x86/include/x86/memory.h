/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory, as the rest of arch/x86 may ask of mm/.
 */
#ifndef _X86_MEMORY_H
#define _X86_MEMORY_H

#include <arch/memory.h>

/**
 * x86_map_table - reach memory that firmware left, wherever it is (ACPI tables)
 * @phys: its physical address, of any alignment
 * @size: bytes
 *
 * What is in the linear map is answered from there; anything else gets a cached, read-only
 * mapping of its own, for ever. Context: boot CPU, or task; after mm_init().
 * Return: its virtual address, or NULL.
 */
const void *x86_map_table(phys_addr_t phys, size_t size);

/**
 * x86_map_stack - where to use memory as a stack: at an address with nothing below it
 * @pages: whole pages of memory, of the linear map or the image
 * @size: bytes, whole pages
 *
 * What runs over the stack's end faults, for X86_STACK_GUARD_SIZE bytes. The mapping is for ever: the
 * pages may be another stack later, and nothing else. Context: any but NMI.
 * Return: the lowest address, or NULL without memory for page tables.
 */
void *x86_map_stack(const void *pages, size_t size);

#endif
