/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PARAM_H
#define _LINUX_PARAM_H

#include <asm/param.h>

#endif
