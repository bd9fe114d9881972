// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which CPUs there are, and what numbers they get.
 *
 * What
 *	The boot CPU is 0; the others that the MADT lists as enabled follow in its order. A CPU that
 *	cannot be addressed, or is listed twice, is left out, with a message.
 *
 *	nosmp		one CPU, whatever there is
 *	maxcpus=n	at most n; 0 and 1 are the same as nosmp
 *
 * Contexts
 *	Boot CPU, once.
 *
 * Limits
 *	CONFIG_NR_CPUS. A machine with more has a message with both numbers.
 *
 * Tests
 *	The list from the MADT: tests/boot/acpi_test.c. Boots with fewer CPUs than the machine has:
 *	tests/README.md
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <arch/smp.h>
#include <bottomhalf/acpi.h>
#include <x86/irq.h>
#include <x86/lapic.h>

static unsigned int max_cpus = CONFIG_NR_CPUS;

static int __init set_nosmp(char *unused)
{
	max_cpus = 1;
	return 0;
}
early_param("nosmp", set_nosmp);

static int __init set_maxcpus(char *value)
{
	unsigned int n;

	if (!value || kstrtouint(value, 0, &n))
		return -EINVAL;
	max_cpus = clamp(n, 1U, (unsigned int)CONFIG_NR_CPUS);
	return 0;
}
early_param_accepts("maxcpus", set_maxcpus, "a number of CPUs");

static void __init report(const struct acpi_cpu_list *list, unsigned int used)
{
	if (!list->boot_cpu_seen)
		pr_warn("smp: ACPI does not list the boot CPU (number %u)\n", x86_cpu_apic_id[0]);
	if (list->duplicates)
		pr_warn("smp: ACPI lists %u CPUs twice\n", list->duplicates);
	if (list->unreachable)
		pr_warn("smp: %u CPUs have APIC numbers above %u and are left alone\n",
			list->unreachable, LAPIC_ID_MAX);
	if (list->usable > CONFIG_NR_CPUS)
		pr_warn("smp: this kernel is built for %u CPUs (NR_CPUS), the machine has %u\n",
			CONFIG_NR_CPUS, list->usable);
	if (used < min(list->usable, (unsigned int)CONFIG_NR_CPUS))
		pr_info("smp: the command line allows %u of %u CPUs\n", used, list->usable);
	pr_info("smp: %u CPUs\n", used);
}

unsigned int __init arch_smp_discover(void)
{
	struct acpi_cpu_list list;
	unsigned int used;

	if (!lapic_detect()) {
		pr_warn("smp: one CPU: the others cannot be started without a local APIC\n");
		return 1;
	}
	if (!acpi_find_table(x86_acpi(), "APIC")) {
		pr_warn("smp: one CPU: ACPI has no table of CPUs\n");
		return 1;
	}
	list = acpi_list_cpus(x86_acpi(), x86_cpu_apic_id[0], LAPIC_ID_MAX, x86_cpu_apic_id,
			      CONFIG_NR_CPUS);
	used = min(list.listed, max_cpus);
	report(&list, used);
	return used;
}
