/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_GLOB_H
#define _LINUX_GLOB_H

#include <linux/types.h>

/**
 * glob_match - whether a whole string matches a shell pattern
 * @pat: ? is one character, * any number, [a-z] one of a class, [!a-z] one not of it, \ quotes
 * @str: the string
 *
 * Context: any. Never looks at more than length(@pat) * length(@str) pairs; no recursion.
 */
bool glob_match(const char *pat, const char *str);

#endif
