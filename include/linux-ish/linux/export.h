/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * EXPORT_SYMBOL() and its kin say that a symbol is for modules.
 *
 * What
 *	In a module: other modules of the image may use the symbol; whoever does so is loaded after
 *	this one, and keeps it loaded. In the kernel itself the mark says nothing: what a public
 *	header declares is for modules (Documentation/adr/0008-modules-are-units-of-the-image.md).
 *
 * Differs from Linux
 *	No difference is made between the two kinds of licences, and name spaces are accepted and
 *	unused.
 *
 * Tests
 *	tests/boot/module_test.c, tests/tools/test_modules.py
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

struct module;

#ifdef MODULE

/* A second symbol tells scripts/modpost.py, which keeps the first one global. */
#define __EXPORT_SYMBOL(sym)						\
	__asm__(".set __export_" #sym ", 0");				\
	extern typeof(sym) sym

extern struct module __this_module;
#define THIS_MODULE	(&__this_module)

#else

#define __EXPORT_SYMBOL(sym)	struct __export_needs_a_semicolon

#ifndef THIS_MODULE
#define THIS_MODULE	((struct module *)0)
#endif

#endif

#define EXPORT_SYMBOL(sym)		__EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_GPL(sym)		__EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_NS(sym, ns)	__EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)	__EXPORT_SYMBOL(sym)
#define EXPORT_PER_CPU_SYMBOL(sym)	__EXPORT_SYMBOL(sym)
#define EXPORT_PER_CPU_SYMBOL_GPL(sym)	__EXPORT_SYMBOL(sym)

#endif
