// SPDX-License-Identifier: GPL-2.0-only
/*
 * What conformance units say, which must be the same under every schedule.
 *
 * What
 *	Of a case of the suite "conformance" (tests/scenario/conformance.c) those lines count that it
 *	is for: "observe: ..." and "UNIT: ...". What it says by the plainest schedule on a number of
 *	CPUs is kept, and is what every seed must make it say on so many. With --consoles DIR the
 *	consoles of these runs are DIR/host-N.log, one a number of CPUs, for tools/conformance.
 *
 * Contexts
 *	The plainest schedule comes first, in the process that forks the others (seeds.c).
 *
 * Tests
 *	selftest.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runner.h"

#define SUITE		"conformance"
#define LINE_MAX	512

static char *kept[HOST_CPUS_MAX + 1];
static const struct host_test *kept_of[HOST_CPUS_MAX + 1];

bool says_something(const struct host_test *test)
{
	return !strcmp(test->suite_name, SUITE);
}

/* Behind the time stamp, if there is one. */
static const char *message(const char *line)
{
	const char *end = *line == '[' ? strstr(line, "] ") : NULL;

	return end && end < line + strcspn(line, "\n") ? end + 2 : line;
}

static bool counts(const char *line, const char *unit)
{
	size_t length = strlen(unit);

	return !strncmp(line, "observe: ", 9) ||
	       (!strncmp(line, unit, length) && line[length] == ':');
}

/* The next line that counts, without its time; *text goes on behind it. Return: false at the end. */
static bool next_said(const char **text, const char *unit, char *out)
{
	while (**text) {
		const char *line = message(*text);
		size_t length = strcspn(line, "\n");

		*text = line + length + (line[length] == '\n');
		if (counts(line, unit)) {
			snprintf(out, LINE_MAX, "%.*s", (int)length, line);
			return true;
		}
	}
	return false;
}

/* The first line that is another one, as a complaint, or NULL. */
const char *says_difference(const char *plain, const char *now, const char *unit)
{
	static char complaint[2 * LINE_MAX + 64];
	char before[LINE_MAX], after[LINE_MAX];

	for (;;) {
		bool some = next_said(&plain, unit, before);
		bool more = next_said(&now, unit, after);

		if (!some && !more)
			return NULL;
		if (some == more && !strcmp(before, after))
			continue;
		snprintf(complaint, sizeof(complaint), "says \"%s\", by the plainest schedule \"%s\"",
			 more ? after : "(nothing more)", some ? before : "(nothing more)");
		return complaint;
	}
}

/* Add to DIR/host-N.log; with "w", begin it. */
static void save(unsigned int cpus, const char *mode, const char *text)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/host-%u.log", options.consoles, cpus);
	file = fopen(path, mode);
	if (!file || fputs(text, file) < 0 || fclose(file)) {
		perror(path);
		exit(2);
	}
}

/* Begun and ended like the console of a boot. */
void says_begin(void)
{
	for (unsigned int cpus = options.cpus_min; options.consoles && cpus <= options.cpus_max; cpus++)
		save(cpus, "w", "");
}

void says_end(void)
{
	for (unsigned int cpus = options.cpus_min; options.consoles && cpus <= options.cpus_max; cpus++)
		save(cpus, "a", "bottomhalf: shutdown: result=pass\n");
}

static void keep(const struct host_test *test, unsigned int cpus)
{
	bool again = kept_of[cpus] == test;

	free(kept[cpus]);
	kept[cpus] = strdup(console_text());
	kept_of[cpus] = test;
	if (options.consoles && !again)
		save(cpus, "a", console_text());
}

void says_look(struct run *run, const struct host_test *test)
{
	const char *complaint = NULL;

	if (!says_something(test))
		return;
	if (run->job.strategy == HOST_BASE)
		keep(test, run->cpus);
	else if (kept_of[run->cpus] == test)
		complaint = says_difference(kept[run->cpus], console_text(), test->name);
	if (!complaint || run_failed(run))
		return;
	run->outcome.verdict = HOST_FAIL;
	snprintf(run->outcome.text, sizeof(run->outcome.text), "%s", complaint);
}
