// SPDX-License-Identifier: GPL-2.0-only
/*
 * The benchmarks in this kernel: "bench" on the command line runs them instead of the selftests;
 * "bench=case" one of their cases, "throughput" and "sizes" among them; "bench.windows" besides, for
 * tools/profile, says when the median turn of each row was.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <bottomhalf/bench.h>

#include "bench.h"

#define SOON_NS		300000

static bool wanted, windows_wanted;
static const char *only;

static int __init parse_bench(char *value)
{
	wanted = true;
	only = value;
	return 0;
}
early_param("bench", parse_bench);

static int __init parse_windows(char *value)
{
	windows_wanted = true;
	return 0;
}
early_param("bench.windows", parse_windows);

bool run_benchmarks(void)
{
	if (wanted)
		bench_run_all(only && *only ? only : NULL, windows_wanted);
	return wanted;
}

static void (*soon)(void);

static irqreturn_t once(int irq, void *dev)
{
	periodic_irq_stop();
	soon();
	return IRQ_HANDLED;
}

int hard_irq_open(void (*function)(void))
{
	soon = function;
	return periodic_irq_request(once, &soon);
}

void hard_irq_soon(void)
{
	periodic_irq_start(SOON_NS);
}

void hard_irq_close(void)
{
	periodic_irq_free(&soon);
}
