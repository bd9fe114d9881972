/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IS_ENABLED(CONFIG_X): an expression, 1 where the option is y, else 0, so that C code, not the
 * preprocessor, chooses, and both arms are always compiled.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#define __BH_COMMA_1			0,
#define __bh_second(ignored, value, ...) value
#define __bh_is_one(comma_or_junk)	__bh_second(comma_or_junk 1, 0)
#define __bh_paste_is_one(value)	__bh_is_one(__BH_COMMA_##value)
#define __bh_is_defined(value)		__bh_paste_is_one(value)

#define IS_BUILTIN(option)	__bh_is_defined(option)
#define IS_MODULE(option)	0
#define IS_ENABLED(option)	IS_BUILTIN(option)
#define IS_REACHABLE(option)	IS_BUILTIN(option)

#endif
