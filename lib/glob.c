// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shell patterns.
 *
 * What
 *	A star is tried with the shortest match first. When the rest fails, only the last star needs
 *	to grow: whatever an earlier one could match, the later one can take over. So two saved
 *	positions are enough, and there is no recursion.
 *
 * Contexts
 *	Any.
 *
 * Limits
 *	length(pattern) * length(string) steps.
 *
 * Tests
 *	tests/boot/string_test.c
 */
#include <linux/glob.h>
#include <linux/string.h>

/*
 * Whether @c is in the class that begins behind the bracket at @pat; *@next is what follows the
 * class. A class without end is no class: *@next is NULL.
 */
static bool in_class(const char *pat, char c, const char **next)
{
	bool negated = *pat == '!';
	bool found = false;
	const char *p = pat + negated;

	/* A bracket right at the beginning is a member. */
	do {
		char low = *p, high = *p;

		if (!*p) {
			*next = NULL;
			return false;
		}
		if (p[1] == '-' && p[2] && p[2] != ']') {
			high = p[2];
			p += 2;
		}
		p++;
		found |= (unsigned char)low <= (unsigned char)c &&
			 (unsigned char)c <= (unsigned char)high;
	} while (*p != ']');
	*next = p + 1;
	return found != negated;
}

/* Whether the pattern's next element, no star, matches @c; *@next is what follows the element. */
static bool element_matches(const char *pat, char c, const char **next)
{
	bool matches;

	*next = pat + 1;
	switch (*pat) {
	case '?':
		return true;
	case '[':
		matches = in_class(pat + 1, c, next);
		if (*next)
			return matches;
		*next = pat + 1;
		break;
	case '\\':
		if (pat[1]) {
			*next = pat + 2;
			return pat[1] == c;
		}
		break;
	}
	return *pat == c;
}

bool glob_match(const char *pat, const char *str)
{
	const char *star = NULL;	/* behind the last star */
	const char *star_end = NULL;	/* where its match ends in the string */

	for (;;) {
		const char *next;

		if (*pat == '*') {
			star = ++pat;
			star_end = str;
		} else if (!*str) {
			return !*pat;
		} else if (*pat && element_matches(pat, *str, &next)) {
			pat = next;
			str++;
		} else if (star) {
			pat = star;
			str = ++star_end;
		} else {
			return false;
		}
	}
}
