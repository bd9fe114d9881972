// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names for addresses.
 *
 * What
 *	Functions and variables by name and offset, from this program's own symbol table: the core's
 *	names are local there, but present. Lines by addr2line (binutils), one call for all, only
 *	when a failure is shown.
 *
 * Limits
 *	Without addr2line places are name+offset.
 */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runner.h"

struct symbol {
	uintptr_t start, size;
	const char *name;
};

static struct symbol *symbols;
static size_t nr_symbols;

struct place {
	uintptr_t pc;
	char text[96];
};

static struct place *places;
static size_t nr_places;

static int by_start(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void add_symbols(const char *file, const Elf64_Shdr *table, const Elf64_Shdr *strings)
{
	const Elf64_Sym *sym = (const Elf64_Sym *)(file + table->sh_offset);
	size_t n = table->sh_size / sizeof(*sym);

	symbols = calloc(n, sizeof(*symbols));
	if (!symbols)
		return;
	for (size_t i = 0; i < n; i++) {
		int type = ELF64_ST_TYPE(sym[i].st_info);

		if ((type == STT_FUNC || type == STT_OBJECT) && sym[i].st_value && sym[i].st_size)
			symbols[nr_symbols++] = (struct symbol){
				sym[i].st_value, sym[i].st_size, file + strings->sh_offset + sym[i].st_name
			};
	}
	qsort(symbols, nr_symbols, sizeof(*symbols), by_start);
}

void symbols_init(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
	struct stat about;
	char *file;

	if (fd < 0 || fstat(fd, &about))
		return;
	file = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (file == MAP_FAILED)
		return;
	header = (const Elf64_Ehdr *)file;
	sections = (const Elf64_Shdr *)(file + header->e_shoff);
	for (unsigned int i = 0; i < header->e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB)
			add_symbols(file, &sections[i], &sections[sections[i].sh_link]);
}

static const struct symbol *find(uintptr_t address)
{
	size_t low = 0, high = nr_symbols;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (symbols[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || address >= symbols[low - 1].start + symbols[low - 1].size)
		return NULL;
	return &symbols[low - 1];
}

void symbol_text(uintptr_t address, char *out, size_t size)
{
	unsigned long home;
	const struct symbol *symbol;

	if (host_percpu_home(address, &home) < 0)
		home = address;
	symbol = find(home);

	if (!symbol)
		snprintf(out, size, "%#lx", (unsigned long)address);
	else if (home == symbol->start)
		snprintf(out, size, "%s", symbol->name);
	else
		snprintf(out, size, "%s+%#lx", symbol->name, (unsigned long)(home - symbol->start));
}

/* Called by the machine. */
void posix_symbol(unsigned long address, char *out, unsigned long size)
{
	symbol_text(address, out, size);
}

static int by_pc(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static const struct place *find_place(uintptr_t pc)
{
	struct place key = { .pc = pc };

	return nr_places ? bsearch(&key, places, nr_places, sizeof(key), by_pc) : NULL;
}

/* "/somewhere/kernel/tasklet.c:57 (discriminator 2)" becomes "tasklet.c:57". */
static void tidy(char *line)
{
	char *base;

	line[strcspn(line, " \n")] = '\0';
	base = strrchr(line, '/');
	if (base)
		memmove(line, base + 1, strlen(base + 1) + 1);
}

/* A step is mostly in an inline function of a header: the line that called it tells more. */
static bool is_header(const char *text)
{
	const char *dot = strrchr(text, '.');

	return !text[0] || (dot && dot[1] == 'h');
}

/* addr2line prints each address, then a line for each function inlined there, innermost first. */
static void read_lines(FILE *file)
{
	struct place *place = NULL;
	char line[512];

	while (fgets(line, sizeof(line), file)) {
		if (line[0] == '0' && line[1] == 'x') {
			place = place ? place + 1 : places;
			if (place == places + nr_places)
				return;
			continue;
		}
		tidy(line);
		if (place && line[0] != '?' && is_header(place->text))
			snprintf(place->text, sizeof(place->text), "%.90s", line);
	}
}

/* Look up the lines of all these return addresses. */
void places_load(const uintptr_t *pcs, size_t n)
{
	char command[512], input[] = "/tmp/bottomhalf-pcs-XXXXXX";
	int fd = mkstemp(input);
	FILE *file;

	free(places);
	nr_places = 0;
	places = calloc(n + 1, sizeof(*places));
	if (fd < 0 || !places)
		return;
	for (size_t i = 0; i < n; i++)
		places[i].pc = pcs[i];
	qsort(places, n, sizeof(*places), by_pc);
	for (size_t i = 0; i < n; i++)
		if (!nr_places || places[nr_places - 1].pc != places[i].pc)
			places[nr_places++].pc = places[i].pc;
	for (size_t i = 0; i < nr_places; i++)
		dprintf(fd, "%#lx\n", (unsigned long)places[i].pc - 1);
	close(fd);
	snprintf(command, sizeof(command), "addr2line -a -i -e /proc/%d/exe <%s 2>/dev/null",
		 (int)getpid(), input);
	file = popen(command, "r");
	if (file) {
		read_lines(file);
		pclose(file);
	}
	unlink(input);
}

/* Where a return address comes from, as "tasklet.c:57", else "tasklet_action+0x1c". In static memory. */
const char *place_text(uintptr_t pc)
{
	static char text[96];
	const struct place *place = find_place(pc);

	if (place && place->text[0])
		return place->text;
	symbol_text(pc - 1, text, sizeof(text));
	return text;
}
