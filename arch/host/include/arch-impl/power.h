/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_POWER_H
#define _ARCH_IMPL_POWER_H

#include <linux/compiler_attributes.h>

void __noreturn arch_shutdown(bool success);
void __noreturn arch_reboot(void);

#endif
