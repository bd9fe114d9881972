/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_ATOMIC_H
#define _ARCH_IMPL_ATOMIC_H
#define arch_atomic_point(p)	((void)0)
#endif
