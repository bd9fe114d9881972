// SPDX-License-Identifier: GPL-2.0-only
/*
 * The initcalls: what each part of the kernel wants to have done once, when tasks run.
 *
 * What
 *	Four sections, core, subsys, device and late, one after the other. Within a section the rank
 *	decides (arch_initcall() before subsys_initcall()), within a rank the order of linking.
 *
 * Contexts
 *	The first task. An initcall may sleep. One that ends with interrupts or preemption off is
 *	named, and put right.
 *
 * Tests
 *	tests/boot/params_test.c
 */
#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/printk.h>

enum system_states system_state;

#define SECTION_BOUNDS(level)                                                                      \
	extern const struct initcall __start_initcall_##level[] __weak,                            \
		__stop_initcall_##level[] __weak
SECTION_BOUNDS(core);
SECTION_BOUNDS(subsys);
SECTION_BOUNDS(device);
SECTION_BOUNDS(late);

static const struct {
	const struct initcall *start, *stop;
} sections[] = {
	{ __start_initcall_core, __stop_initcall_core },
	{ __start_initcall_subsys, __stop_initcall_subsys },
	{ __start_initcall_device, __stop_initcall_device },
	{ __start_initcall_late, __stop_initcall_late },
};

static void do_one_initcall(const struct initcall *call)
{
	unsigned int count = preempt_count();
	int ret = call->fn();

	/* -ENODEV: it looked, and there was nothing to do. */
	if (ret < 0 && ret != -ENODEV)
		pr_warn("initcall %s failed: %pe\n", call->name, ERR_PTR(ret));
	if (irqs_disabled()) {
		WARN(1, "initcall %s left interrupts off\n", call->name);
		local_irq_enable();
	}
	if (preempt_count() != count) {
		WARN(1, "initcall %s changed the preemption count from %#x to %#x\n", call->name,
		     count, preempt_count());
		preempt_count_add(count - preempt_count());
	}
}

void do_initcalls(void)
{
	system_state = SYSTEM_SCHEDULING;
	parse_params();
	for (unsigned int i = 0; i < ARRAY_SIZE(sections); i++)
		for (unsigned int rank = 0; rank < INITCALL_RANKS; rank++)
			for (const struct initcall *call = sections[i].start;
			     call < sections[i].stop; call++)
				if (call->rank == rank)
					do_one_initcall(call);
	system_state = SYSTEM_RUNNING;
}
