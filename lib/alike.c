// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which name was meant: the one that is most like what was typed.
 *
 * What
 *	Two names are as far apart as the number of characters that must be put in, left out or
 *	changed to make one of the other; - and _ are the same.
 *
 * Limits
 *	Names of more than NAME_LIKE_MAX characters are not compared.
 *
 * Tests
 *	tests/boot/params_test.c
 */
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <bottomhalf/alike.h>

#define NAME_LIKE_MAX	40

static char same_in_names(char c)
{
	return c == '-' ? '_' : c;
}

/* The classic table, of which one row is kept. */
static unsigned int edit_distance(const char *a, const char *b)
{
	unsigned int row[NAME_LIKE_MAX + 1];
	unsigned int length = (unsigned int)strlen(b);

	if (length > NAME_LIKE_MAX)
		return UINT_MAX;
	for (unsigned int j = 0; j <= length; j++)
		row[j] = j;
	for (unsigned int i = 0; a[i]; i++) {
		unsigned int diagonal = row[0];

		row[0] = i + 1;
		for (unsigned int j = 0; j < length; j++) {
			bool same = same_in_names(a[i]) == same_in_names(b[j]);
			unsigned int changed = diagonal + !same;

			diagonal = row[j + 1];
			row[j + 1] = min3(changed, row[j] + 1, diagonal + 1);
		}
	}
	return row[length];
}

void alike_begin(struct alike *alike, const char *name)
{
	size_t length = strlen(name);

	alike->name = name;
	alike->best = NULL;
	alike->distance = length > NAME_LIKE_MAX ? 0 : (unsigned int)(length + 1) / 3 + 1;
}

void alike_try(struct alike *alike, const char *candidate)
{
	unsigned int distance;

	if (!alike->distance)
		return;
	distance = edit_distance(alike->name, candidate);
	if (distance < alike->distance) {
		alike->distance = distance;
		alike->best = candidate;
	}
}
