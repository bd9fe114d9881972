/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loading and unloading the modules of the image (kernel/module/).
 */
#ifndef _BOTTOMHALF_MODULE_H
#define _BOTTOMHALF_MODULE_H

#include <linux/module.h>

/**
 * module_next - the modules that the image holds, one after the other
 * @prev: the one before, or NULL
 *
 * Context: any. Return: NULL behind the last.
 */
struct module *module_next(struct module *prev);
/** module_find - the module of that name, - and _ being one. Context: any. Return: NULL if none. */
struct module *module_find(const char *name);

/**
 * module_load - set a module's parameters and call its init
 * @module: the module
 * @args: "name=value name=value ...", or NULL; copied
 *
 * Modules whose symbols it uses are loaded first, without parameters. What is wrong is printed.
 *
 * Context: task, may sleep.
 * Return: 0, and a reference is to be given back by module_unload(); -EEXIST when it is there
 * already, -ENOENT for a parameter that it does not have, what refused a parameter, -ENOMEM, or what
 * its init returned.
 */
int module_load(struct module *module, const char *args);

/**
 * module_unload - call a module's exit; then do the same for modules that only it used
 * @module: from module_load()
 *
 * Context: task, may sleep.
 * Return: 0; -EBUSY when it has users or no exit, -ENOENT when it is not there.
 */
int module_unload(struct module *module);

/**
 * module_part_options - make "a=1 b=2,3" of "a=1,b=2,3", in place
 * @module: whose parameters these are
 * @args: what stood behind the name in run=
 *
 * A comma parts two options if a "name=" or the whole name of a parameter follows. Context: any.
 */
void module_part_options(const struct module *module, char *args);

/**
 * run_modules - do what "run=" on the command line says
 * @success: whether all went well
 *
 * Context: task, once, at the end of the boot.
 * Return: whether there was anything to do; if not, *@success is untouched.
 */
#ifdef CONFIG_MODULE_UNITS
bool run_modules(bool *success);
#else
static inline bool run_modules(bool *success) { return false; }
#endif

#endif
