// SPDX-License-Identifier: GPL-2.0-only
/*
 * run=: load modules of the image, and take them out again, as the command line says.
 *
 * What
 *	run=name,param=value,...	load a module with parameters; then unload it. Any number of
 *					these, one after the other, in their order
 *	run="name param=value ..."	the same
 *	run.stay=MS			how long each stays between its init and its exit
 *	run.list			print which there are instead, and what they take
 *
 *	A piece behind a comma that is neither name=value nor the name of a parameter belongs to the
 *	value before it: run=name,array=1,2,3 needs no quotes.
 *
 *	Each run is a line of KTAP. It is "ok" if init returned 0, exit (if there is one) has run,
 *	and nothing warned meanwhile. With run= no selftests run.
 *
 * Contexts
 *	run_modules(): task, once. Each run is a thread of its own, "modprobe".
 *
 * Tests
 *	tests/tools/test_modules.py
 */
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/page.h>
#include <bottomhalf/alike.h>
#include <bottomhalf/module.h>

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "run."

static unsigned int stay;
module_param(stay, uint, 0444);
static bool list;
module_param(list, bool, 0444);

static unsigned int runs;

static int __init count_run(char *value)
{
	runs++;
	return 1;
}
__setup("run=", count_run);

/* One run=. All fields: the thread's until done, but for the first two. */
struct run {
	const char *name;		/* I */
	char *args;			/* I */
	bool ok;
	struct completion done;
};

/* ---------------------------------------------------------------- one */

/* "name=..." or the name of a parameter alone, up to a comma. */
static bool begins_option(const struct module *module, const char *piece)
{
	size_t length = strcspn(piece, "=,");

	if (piece[length] == '=')
		return true;
	for (const struct kernel_param *p = module->params; p < module->params_end; p++)
		if (strlen(p->name) == length && parameqn(p->name, piece, length))
			return true;
	return false;
}

void module_part_options(const struct module *module, char *args)
{
	for (char *comma = strchr(args, ','); comma; comma = strchr(comma + 1, ','))
		if (begins_option(module, comma + 1))
			*comma = ' ';
}

static void report_no_such_module(const char *name)
{
	struct module *module = NULL;
	struct alike alike;

	alike_begin(&alike, name);
	while ((module = module_next(module)))
		alike_try(&alike, module->name);
	if (alike.best)
		pr_err("run: there is no module \"%s\"; did you mean \"%s\"?\n", name, alike.best);
	else
		pr_err("run: there is no module \"%s\"\n", name);
	pr_err("run: there %s\n", module_next(NULL) ? "are:" : "is none in this image");
	while ((module = module_next(module)))
		pr_err("run:     %s\n", module->name);
}

static bool unload(struct module *module)
{
	int err;

	if (module->init && !module->exit) {
		pr_notice("run: %s has no exit: it stays\n", module->name);
		return true;
	}
	err = module_unload(module);
	if (err)
		pr_err("run: %s stays, having %d users: %pe\n", module->name,
		       module_refcount(module), ERR_PTR(err));
	return !err;
}

static bool load_and_unload(struct module *module, char *args)
{
	int ret;

	module_part_options(module, args);
	ret = module_load(module, args);
	if (ret < 0) {
		pr_err("run: %s is not loaded: %pe\n", module->name, ERR_PTR(ret));
		return false;
	}
	if (stay)
		msleep(stay);
	return unload(module) && ret == 0;
}

static int run_thread(void *arg)
{
	struct run *run = arg;
	struct module *module = module_find(run->name);
	unsigned int warnings = bug_unexpected();

	if (module)
		run->ok = load_and_unload(module, run->args) && bug_unexpected() == warnings;
	else
		report_no_such_module(run->name);
	complete(&run->done);
	return 0;
}

/* @value: "name,..." or "name ..."; cut in place. Return: whether all went well. */
static bool run_one(char *value, unsigned int number)
{
	size_t length = strcspn(value, ", \t");
	struct run run = { .name = value, .args = value + length };
	struct task_struct *thread;

	if (*run.args)
		*run.args++ = '\0';
	init_completion(&run.done);
	printk_raw("# %s starting\n", run.name);
	panic_running_test = run.name;
	thread = kthread_run(run_thread, &run, "modprobe");
	if (IS_ERR(thread))
		pr_err("run: no thread for %s: %pe\n", run.name, thread);
	else
		wait_for_completion(&run.done);
	panic_running_test = NULL;
	printk_raw("%s %u %s\n", run.ok ? "ok" : "not ok", number, run.name);
	return run.ok;
}

/* ---------------------------------------------------------------- all */

static bool run_all(char *line)
{
	char nothing[1] = "";
	unsigned int number = 0;
	bool ok = true;

	printk_raw("KTAP version 1\n1..%u\n", runs);
	line = skip_spaces(line);
	while (number < runs) {
		char *name, *value;

		line = next_arg(line, &name, &value);
		if (parameq(name, "run"))
			ok &= run_one(value ? value : nothing, ++number);
	}
	return ok;
}

/* The text of "tag=text" in what a module says of itself, from @from on, or NULL. */
static const char *info_text(const struct module *module, const char *tag, const char *from)
{
	size_t length = strlen(tag);

	for (const char *text = from; text < module->info_end; text += strlen(text) + 1)
		if (strncmp(text, tag, length) == 0 && text[length] == '=')
			return text + length + 1;
	return NULL;
}

/* What MODULE_PARM_DESC() says, or "". */
static const char *words_for(const struct module *module, const struct kernel_param *param)
{
	size_t length = strlen(param->name);
	const char *text = module->info;

	while ((text = info_text(module, "parm", text))) {
		if (strncmp(text, param->name, length) == 0 && text[length] == ':')
			return text + length + 1;
		text += strlen(text) + 1;
	}
	return "";
}

/* "    name: words (a number of 32 bits; 7)": what it is for, what it takes, what it is now. */
static void print_param(const struct module *module, const struct kernel_param *param, char *page)
{
	int length = param->ops->get ? param->ops->get(page, param) : 0;
	const char *words = words_for(module, param);

	if (length < 0)
		length = 0;
	page[length] = '\0';
	printk_raw("    %s: %s%s(%s%s%s)\n", param->name, words, *words ? " " : "",
		   param->ops->accepts ? param->ops->accepts : "a value", length ? "; " : "",
		   strim(page));
}

static void print_modules(void)
{
	struct module *module = NULL;
	char *page = kmalloc(PAGE_SIZE, GFP_KERNEL);

	while (page && (module = module_next(module))) {
		const char *description = info_text(module, "description", module->info);

		printk_raw("%s%s%s\n", module->name, description ? ": " : "",
			   description ? description : "");
		for (const struct kernel_param *p = module->params; p < module->params_end; p++)
			print_param(module, p, page);
	}
	kfree(page);
}

bool run_modules(bool *success)
{
	char *line;

	if (list) {
		print_modules();
		*success = true;
		return true;
	}
	if (!runs)
		return false;
	line = kstrdup(saved_command_line, GFP_KERNEL);
	*success = line && run_all(line);
	kfree(line);
	return true;
}
