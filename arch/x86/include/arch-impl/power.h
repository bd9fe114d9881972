/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ARCH_IMPL_POWER_H
#define _ARCH_IMPL_POWER_H

#include <linux/compiler_attributes.h>

__noreturn __cold void arch_shutdown(bool success);
__noreturn __cold void arch_reboot(void);

#endif
