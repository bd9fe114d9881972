// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command line.
 *
 * What
 *	A line is options with white space between: name, or name=value, or name="some value". What
 *	follows a lone "--" is not for the kernel. An option is looked up in the table that
 *	early_param(), __setup() and module_param() fill, in two passes: early ones before anything
 *	is set up (parse_early_params()), the others before the initcalls (parse_params()). The
 *	second pass reports what is in no table, with the name that is most like it.
 *
 * Contexts
 *	The passes: once each, one CPU, before anybody else looks at what they set. parse_args() and
 *	below: any, on the caller's data.
 *
 * Limits
 *	COMMAND_LINE_SIZE bytes; a longer line is cut between two options. UNKNOWN_MAX unknown
 *	options are named. The line is outside input: nothing in it can do more than be refused.
 *
 * Differs from Linux
 *	Unknown options are warned about, not handed to a first program, which does not exist.
 *
 * Tests
 *	tests/boot/params_test.c
 */
#include <linux/array_size.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/page.h>
#include <bottomhalf/alike.h>

#define UNKNOWN_MAX	16

/* ---------------------------------------------------------------- one option of a line */

static char same_in_names(char c)
{
	return c == '-' ? '_' : c;
}

bool parameqn(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (same_in_names(*a) != same_in_names(*b))
			return false;
		if (!*a)
			return true;
	}
	return true;
}

bool parameq(const char *a, const char *b)
{
	return parameqn(a, b, SIZE_MAX);
}

/* Take away the quote at the end of the string, if there is one. */
static void drop_last_quote(char *s)
{
	size_t n = strlen(s);

	if (n && s[n - 1] == '"')
		s[n - 1] = '\0';
}

char *next_arg(char *args, char **param, char **val)
{
	bool whole_quoted = *args == '"';
	bool in_quote = whole_quoted;
	char *equals = NULL;
	char *end;

	if (whole_quoted)
		args++;
	for (end = args; *end && (in_quote || !isspace(*end)); end++) {
		if (*end == '=' && !equals && end > args)
			equals = end;
		if (*end == '"')
			in_quote = !in_quote;
	}
	if (*end)
		*end++ = '\0';

	*param = args;
	*val = NULL;
	if (whole_quoted)
		drop_last_quote(args);
	if (equals) {
		*equals = '\0';
		*val = equals + 1;
		if (**val == '"') {
			++*val;
			drop_last_quote(*val);
		}
	}
	return skip_spaces(end);
}

/* ---------------------------------------------------------------- looking up */

/* Table names may end with the = of __setup("name=", ...). */
static bool has_name(const struct kernel_param *entry, const char *name)
{
	size_t n = strlen(entry->name);

	if (n && entry->name[n - 1] == '=')
		n--;
	return strlen(name) == n && parameqn(entry->name, name, n);
}

static const char *most_alike(const char *name, const struct kernel_param *params, unsigned int num)
{
	struct alike alike;

	alike_begin(&alike, name);
	for (unsigned int i = 0; i < num; i++)
		alike_try(&alike, params[i].name);
	return alike.best;
}

/* ---------------------------------------------------------------- giving values */

static int set_by_ops(const struct kernel_param *entry, const char *val)
{
	if (!val && !(entry->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
		return -EINVAL;
	return entry->ops->set(val, entry);
}

static int set_by_function(const struct kernel_param *entry, char *val)
{
	static char nothing[1];

	if (entry->flags & KERNEL_PARAM_FL_EARLY)
		return entry->setup(val);
	nothing[0] = '\0';
	return entry->setup(val ? val : nothing) == 1 ? 0 : -EINVAL;
}

static const char *what_it_accepts(const struct kernel_param *entry)
{
	if (entry->accepts)
		return entry->accepts;
	return entry->ops ? entry->ops->accepts : NULL;
}

static void set_one(const struct kernel_param *entry, const char *name, char *val,
		    const struct parse_report *report)
{
	int err = entry->setup ? set_by_function(entry, val) : set_by_ops(entry, val);

	if (err && report->invalid)
		report->invalid(name, val, what_it_accepts(entry), err, report->arg);
}

/* All entries with that name get the value: an option may have an early and a late side. */
static void take_option(const char *name, char *val, const struct kernel_param *params,
			unsigned int num, bool early, const struct parse_report *report)
{
	bool known = false;

	for (unsigned int i = 0; i < num; i++) {
		if (!has_name(&params[i], name))
			continue;
		known = true;
		if (!!(params[i].flags & KERNEL_PARAM_FL_EARLY) == early)
			set_one(&params[i], name, val, report);
	}
	if (!known && !early && report->unknown)
		report->unknown(name, val, most_alike(name, params, num), report->arg);
}

char *parse_args(char *args, const struct kernel_param *params, unsigned int num, bool early,
		 const struct parse_report *report)
{
	args = skip_spaces(args);
	while (*args) {
		char *name, *val;

		args = next_arg(args, &name, &val);
		if (!val && strcmp(name, "--") == 0)
			return args;
		take_option(name, val, params, num, early, report);
	}
	return NULL;
}

/* ---------------------------------------------------------------- the kernel's own line */

extern const struct kernel_param __start_kernel_params[] __weak, __stop_kernel_params[] __weak;

char saved_command_line[COMMAND_LINE_SIZE];
/* Values of the second pass are used where they stand (charp), so it has a line to itself. */
static char parsed_line[COMMAND_LINE_SIZE];

static void warn_unknown(const char *param, const char *val, const char *suggestion, void *arg)
{
	unsigned int *count = arg;

	if (++*count > UNKNOWN_MAX)
		return;
	if (suggestion)
		pr_warn("command line: unknown option \"%s\" is ignored; did you mean \"%.*s\"?\n",
			param, (int)strcspn(suggestion, "="), suggestion);
	else
		pr_warn("command line: unknown option \"%s\" is ignored\n", param);
}

static void warn_invalid(const char *param, const char *val, const char *accepts, int err,
			 void *arg)
{
	if (!accepts)
		accepts = "something else";
	if (val)
		pr_warn("command line: option \"%s\" does not take \"%s\" (%pe); it takes %s\n",
			param, val, ERR_PTR(err), accepts);
	else
		pr_warn("command line: option \"%s\" takes %s\n", param, accepts);
}

static void parse_kernel_line(bool early, unsigned int *unknown)
{
	struct parse_report report = { warn_unknown, warn_invalid, unknown };

	strscpy(parsed_line, saved_command_line);
	parse_args(parsed_line, __start_kernel_params,
		   (unsigned int)(__stop_kernel_params - __start_kernel_params), early, &report);
}

/* Keep the line. One that is too long ends before the option that does not fit. */
static void save_line(const char *cmdline)
{
	ssize_t copied = strscpy(saved_command_line, cmdline);
	size_t end = sizeof(saved_command_line) - 1;

	if (copied >= 0)
		return;
	while (end && !isspace(cmdline[end]))
		end--;
	saved_command_line[end] = '\0';
	pr_warn("command line: it has %zu characters, %zu fit; ignored from \"%.60s\" on\n",
		strlen(cmdline), end, skip_spaces(cmdline + end));
}

void __init parse_early_params(const char *cmdline)
{
	unsigned int unknown = 0;

	save_line(cmdline);
	parse_kernel_line(true, &unknown);
}

void __init parse_params(void)
{
	unsigned int unknown = 0;

	parse_kernel_line(false, &unknown);
	if (unknown > UNKNOWN_MAX)
		pr_warn("command line: and %u more unknown options\n", unknown - UNKNOWN_MAX);
}

/* ---------------------------------------------------------------- types of values */

#define NUMBER_PARAM(name, type, convert, base, format, words)		\
int param_set_##name(const char *val, const struct kernel_param *kp)	\
{									\
	return convert(val, base, (type *)kp->arg);			\
}									\
int param_get_##name(char *buffer, const struct kernel_param *kp)	\
{									\
	return scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)kp->arg); \
}									\
const struct kernel_param_ops param_ops_##name = {			\
	.set = param_set_##name, .get = param_get_##name, .accepts = words, \
}

NUMBER_PARAM(byte, u8, kstrtou8, 0, "%u", "a number from 0 to 255");
NUMBER_PARAM(short, s16, kstrtos16, 0, "%d", "a number of 16 bits");
NUMBER_PARAM(ushort, u16, kstrtou16, 0, "%u", "a number from 0 to 65535");
NUMBER_PARAM(int, int, kstrtoint, 0, "%d", "a number of 32 bits");
NUMBER_PARAM(uint, unsigned int, kstrtouint, 0, "%u", "a number of 32 bits, not negative");
NUMBER_PARAM(long, long, kstrtol, 0, "%ld", "a number");
NUMBER_PARAM(ulong, unsigned long, kstrtoul, 0, "%lu", "a number, not negative");
NUMBER_PARAM(ullong, unsigned long long, kstrtoull, 0, "%llu", "a number, not negative");
NUMBER_PARAM(hexint, unsigned int, kstrtouint, 16, "%#08x", "a hexadecimal number of 32 bits");

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	*(char **)kp->arg = (char *)val;
	return 0;
}

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg);
}

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp, .get = param_get_charp, .accepts = "text",
};

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ? val : "y", kp->arg);
}

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = param_set_bool, .get = param_get_bool,
	.accepts = "y, n or no value",
};

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val, &value);

	if (!err)
		*(bool *)kp->arg = !value;
	return err;
}

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool, .get = param_get_invbool, .accepts = "y or n",
};

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	if (strnlen(val, kp->str->maxlen) == kp->str->maxlen)
		return -ENOSPC;
	strcpy(kp->str->string, val);
	return 0;
}

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring, .get = param_get_string, .accepts = "a shorter text",
};

/* The line as it was, for who reports it. */
static void put_commas_back(char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!line[i])
			line[i] = ',';
}

/* Elements with commas between, each of which ends one: elements may be text that stays here. */
static int param_array_set(const char *val, const struct kernel_param *kp)
{
	const struct kparam_array *array = kp->arr;
	struct kernel_param element = *kp;
	size_t length = strlen(val);
	char *rest = (char *)val;
	unsigned int count = 0;
	int err = 0;

	element.ops = array->ops;
	while (rest) {
		char *comma = strchr(rest, ',');

		if (count == array->max) {
			err = -EINVAL;
			break;
		}
		element.arg = array->elem + count * array->elemsize;
		if (comma)
			*comma++ = '\0';
		err = array->ops->set(rest, &element);
		rest = comma;
		if (err)
			break;
		count++;
	}
	if (err)
		put_commas_back((char *)val, length);
	else if (array->num)
		*array->num = count;
	return err;
}

/* As many elements as begin in the first half of the page; what comes from a command line fits into the other. */
static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *array = kp->arr;
	unsigned int count = array->num ? min(*array->num, array->max) : array->max;
	struct kernel_param element = *kp;
	int length = 0;

	element.ops = array->ops;
	for (unsigned int i = 0; i < count && length < PAGE_SIZE / 2; i++) {
		int n;

		/* The end of the line before becomes a comma. */
		if (i)
			buffer[length - 1] = ',';
		element.arg = array->elem + i * array->elemsize;
		n = array->ops->get(buffer + length, &element);
		if (n < 0)
			return n;
		length += n;
	}
	buffer[length] = '\0';
	return length;
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set, .get = param_array_get,
	.accepts = "values with commas between, not more than it holds",
};
