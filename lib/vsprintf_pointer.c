// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text from a format: %p, and what the letters behind it mean.
 *
 * What
 *	%px is an address, %p alone a number that stands for one: 32 bits mixed out of it, so that
 *	messages can be compared but addresses are not spread. The other letters print what the
 *	pointer points to; <linux/sprintf.h> lists them. Unknown letters count as none.
 *
 * Contexts
 *	Any. What is pointed to must be readable there.
 *
 * Differs from Linux
 *	The mix has no secret in it: there is nobody here to keep addresses from, and a log shall be
 *	the same in each boot. Letters for devices, networks and file systems are missing.
 *
 * Tests
 *	tests/boot/vsprintf_test.c
 */
#include <linux/err.h>
#include <linux/hash.h>
#include <linux/kallsyms.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>

#include "vsprintf.h"

#define HEX_BYTES_MAX	64

/* A part of a longer text: no padding. */
static const struct text_spec plain = { .base = 10, .precision = -1 };

static void put_hex(struct text_out *out, u64 value, int digits, u8 flags)
{
	put_number(out, value, (struct text_spec){
		.flags = flags | SPEC_ZERO, .base = 16, .width = digits, .precision = -1 });
}

/* ---------------------------------------------------------------- addresses */

static void put_address(struct text_out *out, unsigned long address, struct text_spec spec)
{
	spec.base = 16;
	if (!spec.width) {
		spec.width = spec.flags & SPEC_PREFIX ? 18 : 16;
		spec.flags |= SPEC_ZERO;
	}
	put_number(out, address, spec);
}

/*
 * Two multiplications with a fold between: each bit of the address reaches each bit of the result.
 */
static u32 stand_in(unsigned long address)
{
	u64 mixed = address * GOLDEN_RATIO_64;

	mixed ^= mixed >> 32;
	mixed *= GOLDEN_RATIO_64;
	return (u32)(mixed >> 32);
}

/* Error numbers and NULL are no addresses: they are shown. */
static void put_stand_in(struct text_out *out, const void *ptr, struct text_spec spec)
{
	put_address(out, IS_ERR_OR_NULL(ptr) ? (unsigned long)ptr : stand_in((unsigned long)ptr),
		    spec);
}

static void put_error(struct text_out *out, const void *ptr, struct text_spec spec)
{
	const char *name = IS_ERR(ptr) ? errname((int)PTR_ERR(ptr)) : NULL;
	char text[24];

	if (!IS_ERR(ptr)) {
		put_stand_in(out, ptr, spec);
		return;
	}
	if (name)
		snprintf(text, sizeof(text), "-%s", name);
	else
		snprintf(text, sizeof(text), "%ld", PTR_ERR(ptr));
	put_string(out, text, spec);
}

/* ---------------------------------------------------------------- symbols */

/*
 * A return address belongs to the call before it, which may be the last instruction of a function
 * that does not return: it is looked up one byte earlier.
 */
static void put_return_address(char *text, unsigned long address)
{
	unsigned long offset, size;
	const char *name = kallsyms_find(address - 1, &offset, &size);

	if (name)
		snprintf(text, KSYM_SYMBOL_LEN, "%.*s+%#lx/%#lx", KSYM_NAME_LEN, name, offset + 1,
			 size);
	else
		snprintf(text, KSYM_SYMBOL_LEN, "0x%016lx", address);
}

static void put_symbol(struct text_out *out, char letter, const void *ptr, struct text_spec spec)
{
	unsigned long address = (unsigned long)ptr;
	char text[KSYM_SYMBOL_LEN];

	if (letter == 'B')
		put_return_address(text, address);
	else if (letter == 's')
		sprint_symbol_no_offset(text, address);
	else
		sprint_symbol(text, address);
	put_string(out, text, spec);
}

/* ---------------------------------------------------------------- sets of bits, bytes */

/* Chunks of 32 bits, the highest first, commas between. */
static void put_bitmap(struct text_out *out, const unsigned long *bits, int nbits)
{
	int chunk = nbits > 0 ? (nbits - 1) / 32 : 0;
	int top = nbits - chunk * 32;

	for (; chunk >= 0; chunk--, top = 32) {
		u32 value = nbits > 0 ? (u32)(bits[chunk / 2] >> (chunk % 2 * 32)) : 0;

		if (top < 32)
			value &= (1U << top) - 1;
		put_hex(out, value, (top + 3) / 4, 0);
		if (chunk)
			put_char(out, ',');
	}
}

static bool has_bit(const unsigned long *bits, int nbits, int nr)
{
	return nr < nbits && (bits[nr / BITS_PER_LONG] >> (nr % BITS_PER_LONG) & 1);
}

/* Ranges: "0-3,7". */
static void put_bitmap_list(struct text_out *out, const unsigned long *bits, int nbits)
{
	bool first = true;

	for (int nr = 0; nr < nbits; nr++) {
		int last = nr;

		if (!has_bit(bits, nbits, nr))
			continue;
		while (has_bit(bits, nbits, last + 1))
			last++;
		if (!first)
			put_char(out, ',');
		first = false;
		put_number(out, nr, plain);
		if (last > nr) {
			put_char(out, '-');
			put_number(out, last, plain);
		}
		nr = last;
	}
}

static void put_bytes(struct text_out *out, char letter, const u8 *bytes, int n)
{
	char separator = letter == 'C' ? ':' : letter == 'D' ? '-' : letter == 'N' ? '\0' : ' ';

	n = clamp(n, 1, HEX_BYTES_MAX);
	for (int i = 0; i < n; i++) {
		if (i && separator)
			put_char(out, separator);
		put_hex(out, bytes[i], 2, 0);
	}
}

/* ---------------------------------------------------------------- which letter */

/* What points to something; false for letters that do not exist. */
static bool put_pointed_to(struct text_out *out, const char *letters, const void *ptr,
			   struct text_spec spec)
{
	const struct va_format *format = ptr;

	switch (letters[0]) {
	case 'V':
		put_format(out, format->fmt, *format->va);
		return true;
	case 'b':
		if (letters[1] == 'l')
			put_bitmap_list(out, ptr, spec.width);
		else
			put_bitmap(out, ptr, spec.width);
		return true;
	case 'h':
		put_bytes(out, letters[1], ptr, spec.width);
		return true;
	case 'a':
		put_hex(out, *(const phys_addr_t *)ptr, 18, SPEC_PREFIX);
		return true;
	}
	return false;
}

void put_pointer(struct text_out *out, const char *letters, const void *ptr, struct text_spec spec)
{
	switch (letters[0]) {
	case 'x':
		put_address(out, (unsigned long)ptr, spec);
		return;
	case 'e':
		put_error(out, ptr, spec);
		return;
	case 's':
	case 'S':
	case 'B':
		put_symbol(out, letters[0], ptr, spec);
		return;
	}
	if ((unsigned long)ptr < 4096 || IS_ERR(ptr) || !put_pointed_to(out, letters, ptr, spec))
		put_stand_in(out, ptr, spec);
}
