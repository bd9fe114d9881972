# SPDX-License-Identifier: GPL-2.0-only
"""
The public headers: whether they have Linux's names, stand alone, and say what their functions do.

What
	tests/api/names.tsv lists names of Linux's, a row each: the header that a driver includes for it,
	the name, its kind, and "now" or "awaited:<what it belongs to>". For each header a file is made
	that includes nothing else and refers to each name; the compiler says which do not exist. A
	"now" that is missing fails, and so does an "awaited" that has appeared: then it is to be "now".
	Of a function the address is taken, and an object of the default kernel must define it.

	Each header of include/ compiles as the only one of a file, for the image and for the simulated
	machine. Each function in include/linux-ish that is for others has a comment: a kernel-doc one
	that names it, alone or with its like, or one above the lines that it stands in.

Limits
	The default configuration. Whether a prototype is Linux's is not looked at.
"""
import collections
import concurrent.futures
import glob
import os
import re
import shlex
import shutil
import tempfile

import support

PUBLIC = "include/linux-ish"
KINDS = ("function", "var", "macro", "flag", "struct", "typedef", "enum")
# Devices are the machine's; the simulated one has none.
NOT_ON_THE_HOST = ("asm/io.h", "linux/io.h")
Row = collections.namedtuple("Row", "header name kind when")


def read_names(text):
    """The rows of the table by header, and what is wrong with it."""
    headers, errors = collections.defaultdict(dict), []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        if line.count("\t") != 3:
            errors.append(f"{number}: {line.count(chr(9)) + 1} columns, not 4")
            continue
        row = Row(*line.split("\t"))
        if row.kind not in KINDS:
            errors.append(f"{number}: no such kind: {row.kind}")
        if row.when != "now" and not re.fullmatch(r"awaited:\S.*", row.when):
            errors.append(f"{number}: neither now nor awaited:...: {row.when}")
        if row.name in headers[row.header]:
            errors.append(f"{number}: {row.name} of {row.header} is there twice")
        headers[row.header][row.name] = row
    return headers, errors


# ---------------------------------------------------------------- asking the compiler

def reference(row):
    """One line that compiles only if the name exists."""
    if row.kind in ("struct", "enum"):
        return f'_Static_assert(sizeof({row.kind} {row.name}) > 0, "");'
    if row.kind == "typedef":
        return f"typedef {row.name} *ref_{row.name};"
    if row.kind in ("function", "var"):
        return f"extern const void *const ref_{row.name}; const void *const ref_{row.name} = (const void *)&{row.name};"
    return f"typedef __typeof__({row.name}) ref_{row.name};"    # an enum constant, or a function after all


def source(header, rows):
    """A file that refers to all rows; an error in line n of "names" is one of row n."""
    text = [f"#include <{header}>"]
    for number, row in enumerate(rows, 1):
        line = f'#line {number} "names"\n{reference(row)}'
        # What the table calls a function may be a macro here, and there.
        text.append(line if row.kind in ("struct", "enum", "typedef") else f"#ifndef {row.name}\n{line}\n#endif")
    return "\n".join(text) + "\n"


class Compiler:
    """The command with which the build made one object, for other files."""

    def __init__(self, saved, directory):
        with open(saved, encoding="utf-8") as text:
            words = shlex.split(text.readline().partition(" := ")[2])
        self.words = words[:words.index("-MMD")] + ["-fmax-errors=0"]
        self.directory = directory

    def compile(self, name, text, *flags):
        """The compiler's lines; the object is directory/name.o."""
        path = os.path.join(self.directory, name.replace("/", "_"))
        with open(path + ".c", "w", encoding="utf-8") as out:
            out.write(text)
        return support.TestCase.run_command([*self.words, *flags, "-c", "-o", path + ".o", path + ".c"])

    def missing(self, header, rows):
        """The names that do not exist, and the text of any other error."""
        done = self.compile(header, source(header, rows))
        missing, other = set(), []
        for line in done.stderr.splitlines():
            at = re.match(r"names:(\d+):\d+: error", line)
            if at:
                missing.add(rows[int(at[1]) - 1].name)
            elif re.search(r": (fatal )?error", line):
                other.append(line)
        return missing, "\n".join(other)

    def complaints(self, header, rows):
        """What is not as the rows say, a line each."""
        missing, other = self.missing(header, rows)
        if other:
            return [f"<{header}> alone: {other}"]
        return [f"<{header}>: {row.name} is missing" for row in rows if row.when == "now" and row.name in missing] + \
               [f"<{header}>: {row.name} has appeared: mark it now" for row in rows
                if row.when != "now" and row.name not in missing]

    def alone(self, header):
        """The first error of a file that includes nothing but that header, or None."""
        done = self.compile(header, f"#include <{header}>\n", "-fsyntax-only")
        return next(iter(done.stderr.splitlines()), "the compiler failed") if done.returncode else None


def undefined(directory, objects):
    """Symbols that the objects in directory want and none of the others gives, with who wants them."""
    def symbols(option, paths):
        done = support.TestCase.run_command(["nm", "-A", option, *paths])
        return {(line.split(":")[0], line.split()[-1]) for line in done.stdout.splitlines()}
    given = {name for _, name in symbols("--defined-only", objects)}
    wanted = symbols("--undefined-only", sorted(glob.glob(os.path.join(directory, "*.o"))))
    return sorted(f"{os.path.basename(path)}: {name}" for path, name in wanted if name not in given)


# ---------------------------------------------------------------- comments

# A header is read as a row of declarations. Comments that begin a line become \1, blank lines \2.
COMMENT = re.compile(r"^[ \t]*/\*.*?\*/", re.DOTALL | re.MULTILINE)
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*\n", re.MULTILINE)
BLANK = re.compile(r"\n[ \t]*(?=\n)")
ARGUMENTS = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
ATTRIBUTE = re.compile(r"\b__(?:printf|scanf|alloc_size|aligned|section|attribute__)\s*" + ARGUMENTS)
FUNCTION = re.compile(r"(?!typedef)\w[\w\s*]*[\s*](\w+)\s*\((?!\s*\*)[^=]*$")
DOC = re.compile(r"/\*\*\s+(?:\*\s+)?((?:\w+(?:\(\))?(?:,\s+(?:\*\s+)?)?)+)\s+-\s")


def declarations(text):
    """What stands at the outermost level of a header, without bodies, up to each ; of it."""
    text = REMARK.sub("", COMMENT.sub("\1", text))
    text = ATTRIBUTE.sub("", BLANK.sub("\n\2", DIRECTIVE.sub("", text)))
    outer, depth, is_function = "", 0, False
    for char in text:
        if char == "{":
            is_function = outer.rstrip().endswith(")") if depth == 0 else is_function
            depth += 1
        elif char == "}":
            depth -= 1
            outer += ";" if depth == 0 and is_function else ""
        elif depth == 0:
            outer += char
    return outer.split(";")


def functions(text):
    """(name, whether a comment stands above it or above the lines that it belongs to), in order."""
    below_comment = False
    for declaration in declarations(text):
        marks = re.findall("[\1\2]", declaration)
        if marks:
            below_comment = marks[-1] == "\1"
        match = FUNCTION.match(re.sub("[\1\2]", "", declaration).strip())
        if match:
            yield match[1], below_comment


def undocumented(text):
    """Functions for others: those whose names begin with neither an underscore nor arch_."""
    named = {name.removesuffix("()") for match in DOC.finditer(text) for name in re.split(r",[\s*]+", match[1])}
    return [name for name, below_comment in functions(text)
            if not (name.startswith(("_", "arch_")) or name in named or below_comment)]


# ---------------------------------------------------------------- tests

def all_headers():
    for top in (PUBLIC, "include"):
        for path in sorted(glob.glob(os.path.join(support.TOP, top, "**/*.h"), recursive=True)):
            name = os.path.relpath(path, os.path.join(support.TOP, top))
            if not name.startswith("linux-ish"):
                yield name


class Headers(support.TestCase):
    """The headers of this tree, with the default kernel's flags."""

    @classmethod
    def setUpClass(cls):
        cls.out = tempfile.mkdtemp(prefix="bottomhalf-api-")
        cls.addClassCleanup(shutil.rmtree, cls.out, ignore_errors=True)
        for command in ([f"O={cls.out}/x86", "defconfig"], [f"O={cls.out}/x86", "objects"],
                        [f"O={cls.out}/host", "ARCH=host", "CONFIG=host", "core-objects", "F=kernel/context.c"]):
            done = cls.run_command(["make", *command], timeout=300)
            assert done.returncode == 0, done.stdout + done.stderr
        for name in ("image", "machine"):
            os.mkdir(os.path.join(cls.out, name))
        cls.image = Compiler(f"{cls.out}/x86/kernel/.context.o.cmd", f"{cls.out}/image")
        cls.machine = Compiler(f"{cls.out}/host/core/kernel/.context.o.cmd", f"{cls.out}/machine")
        with open(os.path.join(support.TOP, "tests/api/names.tsv"), encoding="utf-8") as text:
            cls.headers, cls.errors = read_names(text.read())

    def test_each_name_is_there_or_awaited(self):
        self.assertEqual(self.errors, [])
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            complaints = pool.map(lambda item: self.image.complaints(item[0], list(item[1].values())), self.headers.items())
        self.assertEqual([line for lines in complaints for line in lines], [])
        objects = glob.glob(f"{self.out}/x86/**/*.o", recursive=True)
        self.assertEqual(undefined(f"{self.out}/image", objects), [])

    def compile_alone(self, compiler, leave_out):
        headers = [name for name in all_headers() if name not in leave_out]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            errors = [f"<{name}>: {error}" for name, error in zip(headers, pool.map(compiler.alone, headers)) if error]
        self.assertEqual(errors, [])

    def test_each_header_compiles_alone_for_the_image(self):
        self.compile_alone(self.image, ())

    def test_each_header_compiles_alone_for_the_simulated_machine(self):
        self.compile_alone(self.machine, NOT_ON_THE_HOST)

    def test_each_function_has_a_comment(self):
        silent = []
        for path in sorted(glob.glob(os.path.join(support.TOP, PUBLIC, "**/*.h"), recursive=True)):
            with open(path, encoding="utf-8") as text:
                silent += [f"{os.path.relpath(path, support.TOP)}: {name}" for name in undocumented(text.read())]
        self.assertEqual(silent, [])


HEADER = """
#define LEVEL 1
#define lock(x) real_lock(x)
enum { RED };
struct thing { int size; };
struct opaque;
typedef unsigned long word_t;
int call(int x);
static inline int real_lock(int x) { return x; }
extern int counter;
"""


class Asking(support.TestCase):
    """What is asked of the compiler, on a header of the test's own."""

    def complaints(self, *rows, header=HEADER):
        self.write("include/own.h", header)
        saved = self.write(".own.o.cmd", f"savedcmd_own.o := gcc -std=gnu11 -Wall -Werror -I{self.path('include')} -MMD -c x\n")
        compiler = Compiler(saved, self.directory)
        return compiler.complaints("own.h", [Row("own.h", *row.split()) for row in rows])

    def test_names_of_each_kind_are_seen(self):
        self.assertEqual(self.complaints("LEVEL flag now", "RED flag now", "lock function now", "real_lock macro now",
                                         "call function now", "counter var now", "thing struct now", "word_t typedef now"), [])

    def test_each_kind_of_missing_name_is_reported(self):
        names = ("NONE flag", "none function", "nowhere var", "opaque struct", "nil_t typedef", "none2 macro", "nought enum")
        self.assertEqual(self.complaints(*(name + " now" for name in names), "call function now"),
                         [f"<own.h>: {name.split()[0]} is missing" for name in names])

    def test_awaited_name_that_appeared_is_reported(self):
        self.assertEqual(self.complaints("call function awaited:x", "LEVEL flag awaited:x", "later function awaited:x"),
                         ["<own.h>: call has appeared: mark it now", "<own.h>: LEVEL has appeared: mark it now"])

    def test_header_that_needs_another_is_reported(self):
        self.assertIn("unknown type name", self.complaints("f function now", header="void f(u8 x);\n")[0])

    def test_function_that_nobody_defines_is_reported(self):
        self.assertEqual(self.complaints("call function now", "real_lock function now", "counter var now"), [])
        self.write("kernel.c", "int counter;\n")
        self.run_command(["gcc", "-c", "-o", self.path("kernel.obj"), self.path("kernel.c")])
        self.assertEqual(undefined(self.directory, [self.path("kernel.obj")]), ["own.h.o: call"])

    def test_mistakes_in_the_table_are_reported(self):
        _, errors = read_names("# h\th\th\th\na.h\tx\tflag\tnow\na.h\tx\tflag\tnow\na.h\ty\tflag\n"
                               "a.h\tz\tthing\tnow\na.h\tw\tflag\tlater\na.h\tv\tflag\tawaited:\n")
        self.assertEqual([error.split(":")[0] for error in errors], ["3", "4", "5", "6", "7"])


DOCUMENTED = """
/* The file. */
#ifndef X

/** one - with a comment of its own */
int one(void);
int two(void);	/* in the lines below it */

/**
 * three, four,
 * five() - named together
 */
static __always_inline int three(int (*f)(void))
{
	return f();
}

__printf(1, 2) void four(const char *fmt, ...);

int five(void) { if (1) { return 5; } return 0; }

int _private(void);
int arch_private(void);
typedef int (*callback)(void);
extern int (*pointer)(void);
int variable = sizeof(int);
DECLARE_THING(int, x);
struct thing { int (*call)(void); };
#define macro(x) \\
	function(x)

/* kernel/x.c */
int six(void);

%s
"""


class Comments(support.TestCase):
    def test_documented_header_passes(self):
        self.assertEqual(undocumented(DOCUMENTED % ""), [])

    def test_function_without_a_comment_is_found(self):
        for text in ("int silent(void);", "void *silent(int a,\n\t\tint b)\n{\n}\n", "extern struct x silent(struct y z);",
                     "static inline __must_check bool silent(char *(*f)(void)) { return 1; }"):
            self.assertEqual(undocumented(DOCUMENTED % text), ["silent"], text)

    def test_blank_line_ends_what_a_comment_covers(self):
        self.assertEqual(undocumented("/** a - x */\nint a(void);\n\nint b(void);\n"), ["b"])


if __name__ == "__main__":
    support.main()
