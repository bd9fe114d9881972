/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kind of character: ASCII only, any int is legal.
 */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/types.h>

#define __ctype_between(c, low, high) \
	((unsigned int)(c) - (low) <= (unsigned int)((high) - (low)))

/** isdigit, islower and so on - as in C, in the "C" locale. Context: any. */
static inline int isdigit(int c) { return __ctype_between(c, '0', '9'); }
static inline int islower(int c) { return __ctype_between(c, 'a', 'z'); }
static inline int isupper(int c) { return __ctype_between(c, 'A', 'Z'); }
static inline int isalpha(int c) { return __ctype_between(c | 0x20, 'a', 'z'); }
static inline int isalnum(int c) { return isalpha(c) || isdigit(c); }
static inline int isxdigit(int c) { return isdigit(c) || __ctype_between(c | 0x20, 'a', 'f'); }
static inline int isodigit(int c) { return __ctype_between(c, '0', '7'); }
static inline int iscntrl(int c) { return __ctype_between(c, 0, 31) || c == 127; }
static inline int isspace(int c) { return c == ' ' || __ctype_between(c, '\t', '\r'); }
static inline int isprint(int c) { return __ctype_between(c, ' ', '~'); }
static inline int isgraph(int c) { return __ctype_between(c, '!', '~'); }
static inline int ispunct(int c) { return isgraph(c) && !isalnum(c); }
static inline int isascii(int c) { return __ctype_between(c, 0, 127); }
#define toascii(c)	((unsigned char)(c) & 0x7f)

/** tolower, toupper - the other case of a letter; others as they are. Context: any. */
static inline unsigned char tolower(unsigned char c) { return isupper(c) ? c | 0x20 : c; }
static inline unsigned char toupper(unsigned char c) { return islower(c) ? c & ~0x20 : c; }
#define _tolower(c)	((char)((c) | 0x20))

#endif
