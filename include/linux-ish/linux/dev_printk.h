/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages about a device: its driver's name (or its bus's), its own, then the text.
 *
 * dev_info(dev, "link is up\n") logs "edu 0000:00:03.0: link is up". Context: any, as printk().
 */
#ifndef _LINUX_DEV_PRINTK_H
#define _LINUX_DEV_PRINTK_H

#include <linux/compiler.h>
#include <linux/printk.h>

struct device;

/** _dev_printk - log a line about a device; the level is KERN_*. @dev may be NULL. Context: any. */
__printf(3, 4) __cold void _dev_printk(const char *level, const struct device *dev,
				       const char *fmt, ...);

#define dev_fmt(fmt) fmt

#define dev_printk(level, dev, fmt, ...) _dev_printk(level, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_emerg(dev, fmt, ...)	dev_printk(KERN_EMERG, dev, fmt, ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...)	dev_printk(KERN_ALERT, dev, fmt, ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...)		dev_printk(KERN_CRIT, dev, fmt, ##__VA_ARGS__)
#define dev_err(dev, fmt, ...)		dev_printk(KERN_ERR, dev, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)		dev_printk(KERN_WARNING, dev, fmt, ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...)	dev_printk(KERN_NOTICE, dev, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)		dev_printk(KERN_INFO, dev, fmt, ##__VA_ARGS__)

/* In the log only where the file says #define DEBUG. */
#ifdef DEBUG
#define dev_dbg(dev, fmt, ...)		dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__)
#else
#define dev_dbg(dev, fmt, ...) ({					\
	if (0)								\
		dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__);	\
})
#endif
#define dev_vdbg(dev, fmt, ...)		dev_dbg(dev, fmt, ##__VA_ARGS__)

/* The first time only. Two CPUs at once may both print. */
#define dev_level_once(dev_level, dev, fmt, ...) do {			\
	static bool __printed;						\
	if (unlikely(!READ_ONCE(__printed))) {				\
		WRITE_ONCE(__printed, true);				\
		dev_level(dev, fmt, ##__VA_ARGS__);			\
	}								\
} while (0)
#define dev_err_once(dev, fmt, ...)	dev_level_once(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_once(dev, fmt, ...)	dev_level_once(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_notice_once(dev, fmt, ...)	dev_level_once(dev_notice, dev, fmt, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...)	dev_level_once(dev_info, dev, fmt, ##__VA_ARGS__)

/* At most ten in five seconds from one place. */
#define dev_level_ratelimited(dev_level, dev, fmt, ...) do {		\
	static DEFINE_RATELIMIT_STATE(__limit, DEFAULT_RATELIMIT_INTERVAL, \
				      DEFAULT_RATELIMIT_BURST);		\
	if (___ratelimit(&__limit, __func__))				\
		dev_level(dev, fmt, ##__VA_ARGS__);			\
} while (0)
#define dev_err_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_info_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_info, dev, fmt, ##__VA_ARGS__)

/* A warning with a backtrace that names the device. */
#define dev_WARN(dev, format, arg...) \
	WARN(1, "%s %s: " format, dev_driver_string(dev), dev_name(dev), ##arg)
#define dev_WARN_ONCE(dev, condition, format, arg...) \
	WARN_ONCE(condition, "%s %s: " format, dev_driver_string(dev), dev_name(dev), ##arg)

/**
 * dev_err_probe - log why a probe fails, and hand the error on
 * @dev: the device
 * @err: the error, which is logged by name before the text
 * @fmt: the text
 *
 * Context: any. Return: @err.
 */
__printf(3, 4) __cold int dev_err_probe(const struct device *dev, int err, const char *fmt, ...);

#endif
