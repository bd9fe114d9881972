/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "Did you mean": the name that is most like a mistyped one.
 */
#ifndef _BOTTOMHALF_ALIKE_H
#define _BOTTOMHALF_ALIKE_H

#include <linux/types.h>

/**
 * struct alike - a search
 * @name: what was typed
 * @best: what is most like it so far; NULL: nothing is
 * @distance: by how many characters @best differs, or one more than could be a slip
 */
struct alike {
	const char *name;
	const char *best;
	unsigned int distance;
};

/** alike_begin - search for a name like @name, about a third of which may be wrong. Context: any. */
void alike_begin(struct alike *alike, const char *name);
/** alike_try - take @candidate if it is more like the name than those before. Context: any. */
void alike_try(struct alike *alike, const char *candidate);

#endif
