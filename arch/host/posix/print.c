// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run, for people: what went wrong, where every CPU stands, and the last steps as a table with a
 * column for each CPU.
 *
 * What
 *	Time goes down. Each row is one step, in the column of the CPU that made it, so the eye sees
 *	the changes from one CPU to another; an interrupt's steps are indented by a bar. A change of
 *	task is a row of its own. Every line begins with "# ", TAP's comment.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runner.h"

#define COLUMN_MAX	64
#define ROW_MAX		256

void say(const char *fmt, ...)
{
	va_list args;

	printf("# ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
}

/* ---------------------------------------------------------------- the table */

static unsigned int column_width(unsigned int cpus)
{
	unsigned int width = 160 / cpus;

	return width < 34 ? 34 : width > COLUMN_MAX ? COLUMN_MAX : width;
}

static const struct host_record *record_at(unsigned long number)
{
	return &host_records[number % HOST_RECORDS];
}

static unsigned long first_kept(void)
{
	return host_records_written > HOST_RECORDS ? host_records_written - HOST_RECORDS : 0;
}

static void describe(char *out, size_t size, const struct host_record *record)
{
	char word[80] = "", value[32] = "";

	switch (record->kind) {
	case HOST_STEP_IRQ_ENTER:
	case HOST_STEP_IRQ_EXIT:
	case HOST_STEP_RAISE:
		snprintf(out, size, "%s: %s", host_step_names[record->kind],
			 host_source_names[record->value]);
		return;
	case HOST_STEP_TASK_SWITCH:
		snprintf(out, size, "%s next task", host_step_names[record->kind]);
		return;
	case HOST_STEP_IPI:
		snprintf(out, size, "%s ipi to cpu %lu", place_text(record->pc), record->value);
		return;
	default:
		break;
	}
	if (record->address)
		symbol_text(record->address, word, sizeof(word));
	if (record->size)
		snprintf(value, sizeof(value), record->value < 10 ? "=%lu" : "=%#lx", record->value);
	snprintf(out, size, "%s %s %s%s", record->pc ? place_text(record->pc) : "",
		 host_step_names[record->kind], word, value);
}

static void print_cell(const struct host_record *record, unsigned int width, unsigned int depth,
		       const char *text)
{
	char line[ROW_MAX];
	int used = snprintf(line, sizeof(line), "%*s", (int)(record->cpu * width), "");

	for (unsigned int i = 0; i < depth && i < 3; i++)
		used += snprintf(line + used, sizeof(line) - (size_t)used, "| ");
	snprintf(line + used, sizeof(line) - (size_t)used, "%.*s", (int)(width - 2 * depth - 1), text);
	say("%7lu %9.3f  %s", record->step, (double)record->ns / 1000.0, line);
}

static void print_rows(unsigned long from, unsigned int cpus)
{
	unsigned int width = column_width(cpus), depths[HOST_CPUS_MAX] = { 0 };
	char tasks[HOST_CPUS_MAX][16] = { "" }, text[ROW_MAX];

	for (unsigned long i = from; i < host_records_written; i++) {
		const struct host_record *record = record_at(i);
		unsigned int *depth = &depths[record->cpu];

		if (strcmp(tasks[record->cpu], record->task)) {
			memcpy(tasks[record->cpu], record->task, sizeof(tasks[0]));
			snprintf(text, sizeof(text), "[%s]", record->task);
			print_cell(record, width, 0, text);
		}
		if (record->kind == HOST_STEP_IRQ_EXIT && *depth)
			(*depth)--;
		describe(text, sizeof(text), record);
		print_cell(record, width, *depth, text);
		if (record->kind == HOST_STEP_IRQ_ENTER)
			(*depth)++;
	}
}

static void load_places(const struct run *run, unsigned long from, const struct host_cpu_report *reports,
			unsigned int cpus)
{
	uintptr_t *pcs = malloc((host_records_written - from + HOST_CPUS_MAX * 24 + 16) * sizeof(*pcs));
	size_t n = 0;

	if (!pcs)
		return;
	for (unsigned long i = from; i < host_records_written; i++)
		if (record_at(i)->pc)
			pcs[n++] = record_at(i)->pc;
	for (unsigned int cpu = 0; cpu < cpus; cpu++)
		for (unsigned int i = 0; reports[cpu].pcs[i]; i++)
			pcs[n++] = reports[cpu].pcs[i];
	for (unsigned int i = 0; i < 16 && run->fault_pcs[i]; i++)
		pcs[n++] = run->fault_pcs[i];
	places_load(pcs, n);
	free(pcs);
}

static void print_table(unsigned long from, unsigned int cpus)
{
	unsigned int width = column_width(cpus);
	char line[ROW_MAX * 2] = "";
	int used = 0;

	if (from == host_records_written)
		return;
	for (unsigned int cpu = 0; cpu < cpus; cpu++)
		used += snprintf(line + used, sizeof(line) - (size_t)used, "CPU%-*u", (int)width - 3, cpu);
	say("the last %lu of %lu steps (without the ticks of idle CPUs):", host_records_written - from,
	    host_records_written);
	say("%7s %9s  %s", "step", "us", line);
	print_rows(from, cpus);
}

/* ---------------------------------------------------------------- CPUs and stacks */

static void print_frames(const uintptr_t *pcs, unsigned int max)
{
	char name[80];

	for (unsigned int i = 0; i < max && pcs[i]; i++) {
		symbol_text(pcs[i] - 1, name, sizeof(name));
		say("      %-44s %s", name, place_text(pcs[i]));
	}
}

static void print_cpus(const struct host_cpu_report *reports, unsigned int n)
{
	char word[80];

	for (unsigned int i = 0; i < n; i++) {
		const struct host_cpu_report *cpu = &reports[i];

		say("  CPU %u %s, task %s, interrupts %s, preempt_count %#x%s", cpu->cpu, cpu->state,
		    cpu->task, cpu->irqs_on ? "on" : "off", cpu->preempt_count,
		    cpu->on_irq_stack ? ", on the interrupt stack" : "");
		if (cpu->address) {
			symbol_text(cpu->address, word, sizeof(word));
			say("    looked last at %s (%#lx)", word, cpu->address);
		}
		print_frames((const uintptr_t *)cpu->pcs, 24);
	}
}

/* The kernel has no names for addresses here, and prints 0x and 16 digits: put the names in. */
static void print_named(const char *text, int length)
{
	char line[512], name[80];
	size_t used = 0;

	for (int i = 0; i < length && used < sizeof(line) - sizeof(name); i++) {
		uintptr_t address;
		int digits = 0;

		if (sscanf(text + i, "0x%16lx%n", &address, &digits) == 1 && digits == 18) {
			symbol_text(address, name, sizeof(name));
			used += (size_t)sprintf(line + used, "%s", name);
			i += digits - 1;
		} else {
			line[used++] = text[i];
		}
	}
	say("    %.*s", (int)used, line);
}

static void print_console(void)
{
	const char *text = console_text();

	if (*text)
		say("the console of this run:");
	while (*text) {
		int length = (int)strcspn(text, "\n");

		print_named(text, length);
		text += length;
		text += *text == '\n';
	}
}

static void print_replay(const struct run *run, const struct host_test *test)
{
	say("to see it again:");
	if (run->job.strategy == HOST_AUTO)
		say("    make replay T=%s CPUS=%u SEED=%lu", test_name(test), run->cpus, run->job.seed);
	else
		say("    make replay T=%s CPUS=%u SEED=%lu STRATEGY=%s", test_name(test), run->cpus,
		    run->job.seed, host_strategy_names[run->job.strategy]);
}

/* What a focus run can aim at. */
static void print_words(void)
{
	char name[80];

	for (unsigned int i = 0; i < host_knowledge.nr_words; i++) {
		symbol_text(host_knowledge.words[i], name, sizeof(name));
		say("shared word%s %#lx %s", i < host_knowledge.nr_own ? ", own" : "",
		    host_knowledge.words[i], name);
	}
}

/* All about the run that was just made. @test: NULL for a boot. */
void print_run(const struct run *run, const struct host_test *test)
{
	struct host_cpu_report reports[HOST_CPUS_MAX];
	unsigned int known = run_report(reports, HOST_CPUS_MAX);
	unsigned long from = run->job.record ? first_kept() : host_records_written;

	if (host_records_written - from > options.last)
		from = host_records_written - options.last;
	load_places(run, from, reports, known);
	print_table(from, run->cpus);
	print_console();
	if (run->stop != HOST_DONE) {
		say(known ? "where the CPUs are:" : "where the CPUs are: nothing left that can be read");
		print_cpus(reports, known);
	}
	if (run->stop == HOST_FAULT) {
		say("the bad access:");
		print_frames(run->fault_pcs, 16);
	}
	if (!test)
		return;
	if (options.verbose)
		print_words();
	say("%s on %u CPU%s, seed %lu, strategy %s%s%s: %s", test_name(test), run->cpus,
	    run->cpus == 1 ? "" : "s", run->job.seed, host_strategy_names[run->outcome.strategy],
	    run->outcome.store_buffers ? ", stores wait" : "",
	    run->outcome.plain_points ? ", plain accesses are points" : "",
	    run_failed(run) ? run_complaint(run) : "passed");
	say("%lu steps, %lu decisions, %lu switches between CPUs, %lu interrupts, %lu us, trace %016lx",
	    run->outcome.steps, run->outcome.decisions, run->outcome.switches,
	    run->outcome.interrupts, run->outcome.ns / 1000, run->outcome.hash);
	print_replay(run, test);
}
