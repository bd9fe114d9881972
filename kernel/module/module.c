// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modules: loading, unloading, references.
 *
 * What
 *	The image holds units (scripts/module.mk). Each has put the address of its struct module into
 *	the section module_units. To load one is: load those that it uses, put its variables to their
 *	first values, set its parameters, call its init. To unload it is: nobody uses it, call its
 *	exit, let go of those that it uses.
 *
 * Contexts
 *	Loading and unloading: task, may sleep; several at once. References: any.
 *
 * States
 *	from		to		who, under module_mutex
 *	UNFORMED	COMING		module_load(), which claims it
 *	COMING		LIVE		the same, init has succeeded
 *	COMING		GOING		the same, init or what comes before it has failed
 *	LIVE		GOING		module_unload(), when there were no references
 *	GOING		UNFORMED	either, when all is undone
 *	COMING		UNFORMED	module_load(), when a module that it uses cannot be had
 *
 *	The count of references is 0 while UNFORMED, and once exit is to run. Else one is the loader's,
 *	one more is init's while it runs.
 *
 * Locks
 *	module_mutex guards the states. It is not held while init or exit runs.
 *
 * Ordering
 *	Taking a reference and giving up the last one are fully ordered atomics on one word: what was
 *	done under a reference is before exit. That init is before what is done under one is up to
 *	who tells others of the module.
 *
 * Differs from Linux
 *	An unknown parameter is refused, not passed over. Modules that were only used by one that is
 *	unloaded go with it, as with modprobe -r.
 *
 * Tests
 *	tests/boot/module_test.c
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <bottomhalf/module.h>

extern struct module *const __start_module_units[] __weak, *const __stop_module_units[] __weak;

static DEFINE_MUTEX(module_mutex);

/* ---------------------------------------------------------------- which there are */

struct module *module_next(struct module *prev)
{
	bool seen = !prev;

	for (struct module *const *p = __start_module_units; p < __stop_module_units; p++) {
		if (seen)
			return *p;
		seen = *p == prev;
	}
	return NULL;
}

struct module *module_find(const char *name)
{
	struct module *module = NULL;

	while ((module = module_next(module)))
		if (parameq(module->name, name))
			break;
	return module;
}

/* ---------------------------------------------------------------- references */

bool try_module_get(struct module *module)
{
	return !module || (module_is_live(module) && atomic_inc_not_zero(&module->refcnt));
}

void __module_get(struct module *module)
{
	if (module)
		atomic_inc(&module->refcnt);
}

void module_put(struct module *module)
{
	if (module)
		WARN_ON(atomic_dec_return(&module->refcnt) < 0);
}

int module_refcount(struct module *module)
{
	return atomic_read(&module->refcnt) - 1;
}

/* ---------------------------------------------------------------- load */

static size_t length_of(const struct module_range *range)
{
	return (size_t)(range->end - range->begin);
}

/* Its variables as they are when a module comes from its file. */
static int reset_variables(struct module *module)
{
	unsigned int cpu;

	if (!module->first_values && length_of(&module->data)) {
		module->first_values = kvmalloc(length_of(&module->data), GFP_KERNEL);
		if (!module->first_values)
			return -ENOMEM;
		memcpy(module->first_values, module->data.begin, length_of(&module->data));
	}
	if (module->first_values)
		memcpy(module->data.begin, module->first_values, length_of(&module->data));
	memset(module->bss.begin, 0, length_of(&module->bss));
	for_each_possible_cpu(cpu)
		memcpy(per_cpu_ptr(module->percpu.begin, cpu), module->percpu.begin,
		       length_of(&module->percpu));
	return 0;
}

/* What parse_args() tells of, and what becomes of it. */
struct setting {
	const struct module *module;
	int err;
};

static void refuse_unknown(const char *param, const char *val, const char *suggestion, void *arg)
{
	struct setting *setting = arg;
	const struct module *module = setting->module;

	setting->err = -ENOENT;
	if (suggestion) {
		pr_err("%s: there is no parameter \"%s\"; did you mean \"%s\"?\n", module->name, param,
		       suggestion);
		return;
	}
	pr_err("%s: there is no parameter \"%s\"; %s\n", module->name, param,
	       module->params == module->params_end ? "it has none" : "it has:");
	for (const struct kernel_param *p = module->params; p < module->params_end; p++)
		pr_err("%s:     %s\n", module->name, p->name);
}

static void refuse_invalid(const char *param, const char *val, const char *accepts, int err,
			   void *arg)
{
	struct setting *setting = arg;

	setting->err = err;
	if (!accepts)
		accepts = "something else";
	if (val)
		pr_err("%s: parameter \"%s\" does not take \"%s\" (%pe); it takes %s\n",
		       setting->module->name, param, val, ERR_PTR(err), accepts);
	else
		pr_err("%s: parameter \"%s\" takes %s\n", setting->module->name, param, accepts);
}

static int set_parameters(struct module *module, const char *args)
{
	struct setting setting = { module, 0 };
	struct parse_report report = { refuse_unknown, refuse_invalid, &setting };

	module->args = kstrdup(args ? args : "", GFP_KERNEL);
	if (!module->args)
		return -ENOMEM;
	parse_args(module->args, module->params,
		   (unsigned int)(module->params_end - module->params), false, &report);
	return setting.err;
}

/* After a call into the module: the caller's context is as it was, or is made so. */
static void check_context(const struct module *module, const char *what, unsigned int count)
{
	if (irqs_disabled()) {
		WARN(1, "%s: its %s left interrupts off\n", module->name, what);
		local_irq_enable();
	}
	if (preempt_count() != count) {
		WARN(1, "%s: its %s changed the preemption count from %#x to %#x\n", module->name,
		     what, count, preempt_count());
		preempt_count_add(count - preempt_count());
	}
}

static int call_init(struct module *module)
{
	unsigned int count = preempt_count();
	int ret = module->init ? module->init() : 0;

	check_context(module, "init", count);
	if (ret > 0)
		pr_warn("%s: its init returned %d, neither 0 nor an error: taken as success\n",
			module->name, ret);
	return ret;
}

static int claim(struct module *module)
{
	int err = -EEXIST;

	mutex_lock(&module_mutex);
	if (module->state == MODULE_STATE_UNFORMED) {
		WRITE_ONCE(module->state, MODULE_STATE_COMING);
		atomic_set(&module->refcnt, 2);
		err = 0;
	}
	mutex_unlock(&module_mutex);
	return err;
}

static void set_state(struct module *module, enum module_state state)
{
	mutex_lock(&module_mutex);
	WRITE_ONCE(module->state, state);
	mutex_unlock(&module_mutex);
}

static void let_go(struct module *module)
{
	/* Timers and works in its variables that are still waiting, in kernels that keep record. */
	debug_check_no_obj_freed(module->data.begin, length_of(&module->data));
	debug_check_no_obj_freed(module->bss.begin, length_of(&module->bss));
	kfree(module->args);
	module->args = NULL;
	atomic_set(&module->refcnt, 0);
	set_state(module, MODULE_STATE_UNFORMED);
}

/* The first @count of those that it uses are used by one less, and go if nobody else does. */
static void drop_used(const struct module *module, unsigned int count)
{
	while (count--) {
		struct module *used = module_find(module->uses[count]);

		module_put(used);
		if (module_refcount(used) == 0 && used->exit)
			module_unload(used);
	}
}

static int load_used(const struct module *module)
{
	unsigned int count;

	for (count = 0; module->uses[count]; count++) {
		struct module *used = module_find(module->uses[count]);
		int err = used ? module_load(used, NULL) : -ENOENT;

		if (err >= 0 || err == -EEXIST)
			err = try_module_get(used) ? 0 : -EBUSY;
		if (err) {
			pr_err("%s: not loaded, since it uses %s, which is not there: %pe\n",
			       module->name, module->uses[count], ERR_PTR(err));
			drop_used(module, count);
			return -ENOENT;
		}
	}
	return 0;
}

static unsigned int count_used(const struct module *module)
{
	unsigned int count = 0;

	while (module->uses[count])
		count++;
	return count;
}

int module_load(struct module *module, const char *args)
{
	int ret = claim(module);

	if (ret)
		return ret;
	ret = load_used(module);
	if (ret)
		goto unclaim;
	ret = reset_variables(module);
	if (!ret)
		ret = set_parameters(module, args);
	if (!ret)
		ret = call_init(module);
	if (ret < 0)
		goto drop;
	set_state(module, MODULE_STATE_LIVE);
	module_put(module);
	return ret;
drop:
	set_state(module, MODULE_STATE_GOING);
	WARN(module_refcount(module) > 1, "%s: its init failed, and somebody has a reference to it\n",
	     module->name);
	drop_used(module, count_used(module));
unclaim:
	let_go(module);
	return ret;
}

/* ---------------------------------------------------------------- unload */

/* Nobody uses it, and from here on nobody can. */
static int claim_unused(struct module *module)
{
	int err = 0;

	mutex_lock(&module_mutex);
	if (module->state == MODULE_STATE_UNFORMED)
		err = -ENOENT;
	else if (module->state != MODULE_STATE_LIVE || (module->init && !module->exit) ||
		 atomic_cmpxchg(&module->refcnt, 1, 0) != 1)
		err = -EBUSY;
	else
		WRITE_ONCE(module->state, MODULE_STATE_GOING);
	mutex_unlock(&module_mutex);
	return err;
}

static void call_exit(struct module *module)
{
	unsigned int count = preempt_count();

	if (!module->exit)
		return;
	module->exit();
	check_context(module, "exit", count);
}

int module_unload(struct module *module)
{
	int err = claim_unused(module);

	if (err)
		return err;
	call_exit(module);
	drop_used(module, count_used(module));
	let_go(module);
	return 0;
}
