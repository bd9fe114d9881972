/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * EXPORT_SYMBOL() and its kin say that a symbol is for modules. They take no room while nothing can
 * load a module.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#define EXPORT_SYMBOL(sym)		struct __export_needs_a_semicolon
#define EXPORT_SYMBOL_GPL(sym)		struct __export_needs_a_semicolon
#define EXPORT_SYMBOL_NS(sym, ns)	struct __export_needs_a_semicolon
#define EXPORT_SYMBOL_NS_GPL(sym, ns)	struct __export_needs_a_semicolon
#define EXPORT_PER_CPU_SYMBOL(sym)	struct __export_needs_a_semicolon
#define EXPORT_PER_CPU_SYMBOL_GPL(sym)	struct __export_needs_a_semicolon

#ifndef THIS_MODULE
#define THIS_MODULE	((struct module *)0)
#endif

#endif
