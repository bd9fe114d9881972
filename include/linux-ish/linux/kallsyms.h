/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of the kernel's functions, by address.
 */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>

#define KSYM_NAME_LEN	128
/* name+0x.../0x... */
#define KSYM_SYMBOL_LEN	(KSYM_NAME_LEN + 2 * 18 + 4)

/**
 * kallsyms_find - the function that an address is in
 * @address: any value
 * @offset: how far behind its beginning; may be NULL
 * @size: how long it is; may be NULL
 *
 * Context: any, NMI and panic included.
 * Return: its name, for ever; NULL when the address is in none, or the image has no table of names.
 */
const char *kallsyms_find(unsigned long address, unsigned long *offset, unsigned long *size);

/**
 * sprint_symbol - write "name+0x12/0x80", or the address in hexadecimal where there is no name
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: any value
 *
 * Context: any.
 * Return: the length of the text.
 */
int sprint_symbol(char *buffer, unsigned long address);

/** sprint_symbol_no_offset - the same, the name alone */
int sprint_symbol_no_offset(char *buffer, unsigned long address);

#endif
