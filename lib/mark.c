// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marks and faults: see <bottomhalf/mark.h>.
 *
 * Contexts
 *	Any. Nothing here is instrumented or a step of the simulated machine: a mark must not change
 *	the schedules of the code it stands in.
 */
#include <linux/string.h>
#include <bottomhalf/mark.h>

#define not_watched	__attribute__((no_sanitize("thread")))

extern struct mark __start_kernel_marks[] __weak, __stop_kernel_marks[] __weak;
extern struct fault __start_kernel_faults[] __weak, __stop_kernel_faults[] __weak;

not_watched void mark_hit(struct mark *mark)
{
	mark->hits++;
}

not_watched long mark_hits(const char *text)
{
	long hits = -1;

	for (struct mark *mark = __start_kernel_marks; mark < __stop_kernel_marks; mark++)
		if (!strcmp(mark->text, text))
			hits = (hits < 0 ? 0 : hits) + (long)mark->hits;
	return hits;
}

/* Not exact when two CPUs pass at once; a test arms what it runs itself. */
not_watched bool fault_fires(struct fault *fault)
{
	return fault->armed >= 0 && fault->armed-- == 0;
}

not_watched unsigned int fault_arm(const char *text, unsigned int skip)
{
	unsigned int found = 0;

	for (struct fault *fault = __start_kernel_faults; fault < __stop_kernel_faults; fault++)
		if (!strcmp(fault->text, text)) {
			fault->armed = (int)skip;
			found++;
		}
	return found;
}

not_watched unsigned int fault_disarm_all(void)
{
	unsigned int armed = 0;

	for (struct fault *fault = __start_kernel_faults; fault < __stop_kernel_faults; fault++) {
		armed += fault->armed >= 0;
		fault->armed = -1;
	}
	return armed;
}
