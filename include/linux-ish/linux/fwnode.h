/* SPDX-License-Identifier: GPL-2.0-only */
/* What firmware, or somebody in its place, says that there is: here no more than a name. */
#ifndef _LINUX_FWNODE_H
#define _LINUX_FWNODE_H

/** struct fwnode_handle - a thing that can be asked for by identity. @name: for people, or NULL */
struct fwnode_handle {
	const char *name;
};

#endif
