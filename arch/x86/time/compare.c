// SPDX-License-Identifier: GPL-2.0-only
/*
 * How fast is the TSC? Let a counter of known rate run against it (or one of unknown rate, once the
 * TSC is known).
 *
 * What
 *	A counter is read over and over until its value changes. The change happened after the TSC
 *	was read before the last old value, and before it was read after the first new one: so the
 *	moment is known within two reads of the counter, however slowly it counts. Two such moments
 *	give a ratio, and its error bound is the width of both over the time between them. The time
 *	is made longer until that is small enough.
 *
 *	So the time it takes depends on the machine: a third of a millisecond where a port access
 *	costs ten nanoseconds (deterministic emulation), up to the counter's span where it costs a
 *	microsecond. An emulator that was not running for a while shows as a wide moment, which is
 *	not used, or as two measurements that disagree, and then there is a third.
 *
 * Contexts
 *	Boot CPU, interrupts off.
 *
 * Limits
 *	READS_MAX reads for one change: a counter that stands still is found out. TRIES_MAX
 *	measurements.
 *
 * Tests
 *	arch/x86/tests/time_test.c compares two counters after the boot.
 */
#include <linux/minmax.h>
#include <arch/clock.h>
#include <x86/time.h>

#define READS_MAX		20000
#define MOMENTS			3	/* the narrowest of so many is taken */
#define TRIES_MAX		5
#define GOOD_ENOUGH		10000	/* one part in so many */
#define AGREEMENT		2000	/* likewise, between two measurements */
#define POOR			200	/* likewise: worse is not accepted */
#define SPREAD_LEAST		64	/* of the slack; two may agree by chance */

/* The counter reached value when the TSC was between the two. */
struct moment {
	u64 value;
	u64 after;
	u64 before;
};

static u64 width(const struct moment *moment)
{
	return moment->before - moment->after;
}

static bool catch_change(const struct x86_counter *counter, struct moment *moment)
{
	u64 old_start = x86_tsc_ordered();
	u64 old = counter->read();

	for (unsigned int i = 0; i < READS_MAX; i++) {
		u64 start = x86_tsc_ordered();
		u64 value = counter->read();
		u64 end = x86_tsc_ordered();

		if (value != old) {
			*moment = (struct moment) { value, .after = old_start, .before = end };
			return true;
		}
		old_start = start;
	}
	return false;
}

static bool catch_narrow_change(const struct x86_counter *counter, struct moment *best)
{
	struct moment moment;

	if (!catch_change(counter, best))
		return false;
	for (unsigned int i = 1; i < MOMENTS; i++) {
		if (!catch_change(counter, &moment))
			return false;
		if (width(&moment) < width(best))
			*best = moment;
	}
	return true;
}

static bool measure(const struct x86_counter *counter, struct x86_ratio *ratio)
{
	struct moment first, last;

	if (!catch_narrow_change(counter, &first))
		return false;
	do {
		if (!catch_narrow_change(counter, &last))
			return false;
		ratio->counts = (last.value - first.value) & counter->mask;
		ratio->slack = (width(&first) + width(&last) + 1) / 2;
		ratio->tsc = last.after + width(&last) / 2 - first.after - width(&first) / 2;
	} while (ratio->slack * GOOD_ENOUGH > ratio->tsc && ratio->counts < counter->span);
	/* Far beyond the span: somebody stopped us, and the counter may have wrapped. */
	return ratio->counts && ratio->counts <= counter->span + counter->span / 2 &&
	       ratio->slack * POOR <= ratio->tsc;
}

/*
 * Whether two ratios are the same, all but a little: a/b against c/d by a*d against c*b. The better
 * one is left in @a, with the spread between them.
 */
static bool agree(struct x86_ratio *a, const struct x86_ratio *b)
{
	u64 x = a->tsc * b->counts;
	u64 y = b->tsc * a->counts;
	u64 difference = x > y ? x - y : y - x;

	if (difference > x / AGREEMENT + a->slack * b->counts + b->slack * a->counts)
		return false;
	if (b->slack * a->tsc < a->slack * b->tsc)
		*a = *b;
	a->spread = max(difference / b->counts, a->slack / SPREAD_LEAST) + 1;
	return true;
}

bool x86_compare(const struct x86_counter *counter, struct x86_ratio *ratio)
{
	struct x86_ratio last = { 0 };

	for (unsigned int i = 0; i < TRIES_MAX; i++) {
		if (!measure(counter, ratio)) {
			last.counts = 0;
			continue;
		}
		if (last.counts && agree(ratio, &last))
			return true;
		last = *ratio;
	}
	return false;
}
