/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sources of modules say about themselves. Everything is built in so far: the information is
 * dropped, module_init() is a device_initcall(), and a module is never in the way.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>

struct module;

#define MODULE_INFO(tag, info)		struct __module_info_needs_a_semicolon
#define MODULE_LICENSE(license)		MODULE_INFO(license, license)
#define MODULE_AUTHOR(author)		MODULE_INFO(author, author)
#define MODULE_DESCRIPTION(text)	MODULE_INFO(description, text)
#define MODULE_VERSION(version)		MODULE_INFO(version, version)
#define MODULE_ALIAS(alias)		MODULE_INFO(alias, alias)
#define MODULE_SOFTDEP(softdep)		MODULE_INFO(softdep, softdep)
#define MODULE_FIRMWARE(firmware)	MODULE_INFO(firmware, firmware)
#define MODULE_IMPORT_NS(ns)		MODULE_INFO(import_ns, ns)
#define MODULE_DEVICE_TABLE(type, name) \
	static const void * const __UNIQUE_ID(device_table) __maybe_unused = &(name)
#define __MODULE_STRING(x)		__stringify(x)

/**
 * try_module_get, module_put - there are no loadable modules yet: true, and nothing.
 *
 * Context: any.
 */
static inline bool try_module_get(struct module *module) { return true; }
static inline void __module_get(struct module *module) { }
static inline void module_put(struct module *module) { }
#define module_name(mod)		"kernel"
#define symbol_get(x)			(&(x))
#define symbol_put(x)			do { } while (0)

#endif
