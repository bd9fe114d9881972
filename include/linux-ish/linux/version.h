/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which Linux sources are to take this kernel for: the one whose behaviour it has. (Its own version is
 * in <bottomhalf/version.h>.)
 */
#ifndef _LINUX_VERSION_H
#define _LINUX_VERSION_H

#define LINUX_VERSION_MAJOR		6
#define LINUX_VERSION_PATCHLEVEL	12
#define LINUX_VERSION_SUBLEVEL		0

/* Eight bits each; a sublevel beyond them is 255. */
#define KERNEL_VERSION(a, b, c)		(((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#define LINUX_VERSION_CODE \
	KERNEL_VERSION(LINUX_VERSION_MAJOR, LINUX_VERSION_PATCHLEVEL, LINUX_VERSION_SUBLEVEL)

#endif
