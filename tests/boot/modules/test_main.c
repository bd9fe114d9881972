// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module of two files whose parameters say what it is to do, and what it has seen. (The tests find
 * both in the table of its parameters: nothing else of it can be seen from outside.)
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/timer.h>

#include "test_second.h"

/* Wanted */
static int number = 7;
module_param(number, int, 0644);
MODULE_PARM_DESC(number, "some number");
static unsigned char small;
module_param(small, byte, 0444);
static bool flag;
module_param(flag, bool, 0444);
static char *text = "nothing";
module_param(text, charp, 0444);
static char buffer[8] = "none";
module_param_string(name, buffer, sizeof(buffer), 0444);
static int array[3];
static int array_length;
module_param_array(array, int, &array_length, 0444);
static char *words[3] = { "one" };
static unsigned int words_given;
module_param_array(words, charp, &words_given, 0444);
static unsigned long other_name;
module_param_named(alias, other_name, ulong, 0444);
static int result;
module_param(result, int, 0444);
MODULE_PARM_DESC(result, "what init returns");
static bool leave_irqs_off, leave_preemption_off, leave_timer, leave_reference;
module_param(leave_irqs_off, bool, 0444);
module_param(leave_preemption_off, bool, 0444);
module_param(leave_timer, bool, 0444);
module_param(leave_reference, bool, 0444);

static int doubled;
static int set_doubled(const char *val, const struct kernel_param *kp)
{
	int err = param_set_int(val, kp);

	doubled *= 2;
	return err;
}
module_param_call(doubled, set_doubled, param_get_int, &doubled, 0644);

/* Seen. What init adds to begins with these values each time. */
static int initialised = 100;
module_param(initialised, int, 0444);
static int zero;
module_param(zero, int, 0444);
static DEFINE_PER_CPU(int, per_cpu_number) = 10;
static int per_cpu_sum;
module_param(per_cpu_sum, int, 0444);
static bool could_sleep;
module_param(could_sleep, bool, 0444);
static int references;
module_param(references, int, 0444);
static bool found_itself;
module_param(found_itself, bool, 0444);
static int second;
module_param(second, int, 0444);
static unsigned long exits;
module_param(exits, ulong, 0444);
MODULE_PARM_DESC(exits, "address of the number that exit adds to");

static void timer_fn(struct timer_list *t) { }
static DEFINE_TIMER(timer, timer_fn);

/* The kernel has a function of that name; this one is the module's own. */
int start_kernel(void);
int start_kernel(void)
{
	return 42;
}

static void look_around(void)
{
	int cpu;

	initialised++;
	zero++;
	for_each_possible_cpu(cpu)
		per_cpu_sum += per_cpu(per_cpu_number, cpu)++;
	could_sleep = in_task() && !irqs_disabled() && !in_atomic();
	references = module_refcount(THIS_MODULE);
	found_itself = THIS_MODULE->state == MODULE_STATE_COMING && !strcmp(THIS_MODULE->name, KBUILD_MODNAME) &&
		       try_module_get(THIS_MODULE);
	if (found_itself)
		module_put(THIS_MODULE);
	second = number_of_second_file() + start_kernel();
}

static int __init test_init(void)
{
	look_around();
	if (leave_timer)
		mod_timer(&timer, jiffies + 1000 * HZ);
	if (leave_reference)
		__module_get(THIS_MODULE);
	if (leave_irqs_off)
		local_irq_disable();
	if (leave_preemption_off)
		preempt_disable();
	return result;
}

static void __exit test_exit(void)
{
	if (exits)
		++*(int *)exits;
}

module_init(test_init);
module_exit(test_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("For tests of the module runner");
