// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot, one step a line, in the order in which each needs those before it.
 *
 * What
 *	start_kernel()		boot CPU, interrupts off: memory, per-CPU areas, scheduler, interrupts, time
 *	kernel_init()		the first thread: the other CPUs, workers, initcalls, selftests, the end
 *	secondary_start_kernel() every other CPU
 *
 *	With "stay" on the command line there is no end: the machine idles until SysRq ends it.
 *
 * Contexts
 *	Nothing may sleep before rest_init(); printk works from the first line on.
 *
 * Tests
 *	Every boot: make check.
 */
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/irq.h>
#include <linux/interrupt.h>
#include <linux/workqueue.h>
#include <linux/err.h>
#include <linux/bug.h>
#include <kunit/test.h>
#include <arch/console.h>
#include <arch/power.h>
#include <arch/memory.h>
#include <arch/clock.h>
#include <arch/irq.h>
#include <arch/smp.h>
#include <arch/cpu.h>
#include <bottomhalf/bench.h>
#include <bottomhalf/boot_info.h>
#include <bottomhalf/start_kernel.h>
#include <bottomhalf/memblock.h>
#include <bottomhalf/mm.h>
#include <bottomhalf/module.h>
#include <bottomhalf/tick.h>
#include <bottomhalf/version.h>

struct boot_info boot_info;

static void discover_cpus(void)
{
	unsigned int cpu;

	nr_cpu_ids = arch_smp_discover();
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		set_cpu_possible(cpu, true);
	set_cpu_present(0, true);
	set_cpu_online(0, true);
	set_cpu_active(0, true);
}

/* What the kernel was booted for. Return: whether all went well. */
static bool run_what_is_wanted(void)
{
	bool success;

	if (run_benchmarks())
		return true;
	if (run_modules(&success))
		return success;
	if (IS_ENABLED(CONFIG_SELFTESTS))
		return kunit_run_all_tests();
	pr_notice("no selftests in this configuration (CONFIG_SELFTESTS)\n");
	return true;
}

static bool stay;

static int __init stay_option(char *value)
{
	if (value)
		return -EINVAL;
	stay = true;
	return 0;
}
early_param_accepts("stay", stay_option, "no value");

static __noreturn void stay_for_ever(void)
{
	pr_notice("staying until SysRq: o is off, b reboots, h lists the keys\n");
	for (;;) {
		set_current_state(TASK_IDLE);
		schedule();
	}
}

/* The first thread. May sleep. */
static int kernel_init(void *unused)
{
	bool success;

	spawn_ksoftirqd();
	smp_init();
	if (IS_ENABLED(CONFIG_WORKQUEUE))
		workqueue_init();
	do_initcalls();
	success = run_what_is_wanted();
	if (stay)
		stay_for_ever();
	kernel_shutdown(success);
}

/* From here on there are tasks; this one becomes idle. */
static __noreturn void rest_init(void)
{
	struct task_struct *init = kthread_create_on_cpu(kernel_init, NULL, 0, "init");

	if (IS_ERR(init))
		panic("the first thread cannot be created: %ld", PTR_ERR(init));
	wake_up_process(init);
	cpu_startup_entry();
}

__noreturn void start_kernel(void)
{
	pr_notice("Bottomhalf %s, compiler %s, loader %s\n", BOTTOMHALF_VERSION, __VERSION__, boot_info.loader);
	pr_notice("command line: %s\n", boot_info.cmdline);
	parse_early_params(boot_info.cmdline);
	arch_memory_init();
	mm_init();
	discover_cpus();
	setup_per_cpu_areas();
	cpuhp_boot_cpu_online();
	arch_cpu_init();
	sched_init();
	early_irq_init();
	arch_irq_init();
	softirq_init();
	timers_init();
	arch_time_init();
	timekeeping_init();
	tick_init_cpu();
	if (IS_ENABLED(CONFIG_WORKQUEUE))
		workqueue_init_early();
	local_irq_enable();
	rest_init();
}

__noreturn void secondary_start_kernel(void)
{
	arch_cpu_init();
	notify_cpu_starting();
	tick_init_cpu();
	set_cpu_online(smp_processor_id(), true);
	local_irq_enable();
	cpu_startup_entry();
}

__noreturn void kernel_shutdown(bool success)
{
	printk_raw("bottomhalf: shutdown: result=%s\n", success ? "pass" : "fail");
	local_irq_disable();
	arch_console_flush();
	arch_shutdown(success);
}
