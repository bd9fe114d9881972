# SPDX-License-Identifier: GPL-2.0-only
"""
What a script can say about sources and pages: each check looks at a tree and returns complaints.

What
	Tree(top) reads all files of a tree, but what is built. A check is a function of a tree; its
	complaints are lines "file:line: what". CHECKS has them all, by the name of their test.

Limits
	Sources are read as lines and words, not parsed. Where a rule has an exception, it is a constant
	here, with its reason.
"""
import fnmatch
import itertools
import os
import re

TOP_DIRECTORIES = ("arch", "configs", "Documentation", "drivers", "include", "init", "kernel", "lib", "mm", "scripts", "tests", "tools")
CORE = ("kernel/", "mm/", "lib/", "init/", "arch/")
SHORT = 40              # lines: what is shorter needs no theory,
MIDDLING = 100          # and what is shorter than this can say in its first sentence what it is


class Tree:
    """The text files of a tree, by name."""

    def __init__(self, top):
        self.top = top
        self.texts = {}
        for directory, subdirectories, names in os.walk(top):
            subdirectories[:] = sorted(d for d in subdirectories
                                       if d not in (".git", "__pycache__") and not d.startswith("build"))
            for name in sorted(names):
                path = os.path.relpath(os.path.join(directory, name), top)
                if name.endswith((".tmp", ".swp", "~", ".pyc")) or path == "compile_commands.json":
                    continue
                with open(os.path.join(top, path), encoding="utf-8", errors="replace", newline="") as text:
                    self.texts[path] = text.read()
        self.directories = {d for path in self.texts for d in parents(path)}

    def named(self, *patterns):
        """(path, text) of the files that match."""
        return [(path, text) for path, text in self.texts.items() if any(fnmatch.fnmatch(path, p) for p in patterns)]

    def has(self, path):
        """Whether a path, which may have * and {a,b}, leads to a file or a directory."""
        for one in braces(path.rstrip("/")):
            if one in self.texts or one in self.directories:
                continue
            if not ("*" in one and any(fnmatch.fnmatch(p, one) for p in itertools.chain(self.texts, self.directories))):
                return False
        return True


def parents(path):
    while path := os.path.dirname(path):
        yield path


def braces(text):
    """a{b,c}d is abd and acd."""
    match = re.search(r"\{([^{}]*)\}", text)
    if not match:
        return [text]
    return [one for part in match[1].split(",") for one in braces(text[:match.start()] + part + text[match.end():])]


def numbered(text):
    return enumerate(text.split("\n"), 1)


# ---------------------------------------------------------------- pages

SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")


def code(text):
    """(line number, code) of a page: what stands in backquotes, and the lines of code blocks."""
    fenced = False
    for number, line in numbered(text):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield number, line.strip()
        else:
            for match in SPAN.finditer(line):
                yield number, match[1]


def links_lead_somewhere(tree):
    for path, text in tree.named("*.md"):
        for number, line in numbered(text):
            for match in LINK.finditer(SPAN.sub("", line)):
                target, _, anchor = match[1].partition("#")
                if re.match(r"[a-z]+:", target):
                    continue
                file = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
                if not tree.has(file):
                    yield f"{path}:{number}: a link to {match[1]}, which is not there"
                elif anchor and anchor not in anchors(tree.texts.get(file, "")):
                    yield f"{path}:{number}: a link to {match[1]}, which has no such heading"


def anchors(text):
    heads = (line.lstrip("#").strip() for line in text.split("\n") if re.match(r"#+ ", line))
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


PATH = re.compile(rf"(?<![\w./<$-])((?:{'|'.join(TOP_DIRECTORIES)})/[\w./{{}},*-]*\w(?:/(?!\w))?\}}?)")


def paths_in(text):
    for match in PATH.finditer(text):
        path = match[1]
        yield path if path.count("{") == path.count("}") else path.rstrip("}")


def paths_in_pages_exist(tree):
    for path, text in tree.named("*.md"):
        for number, words in code(text):
            # What a page says of the directory that it stands in may begin there.
            here = os.path.dirname(path)
            for name in paths_in(words):
                source = re.sub(r"\.[osi]$", ".c", name)
                if not tree.has(source) and not tree.has(os.path.join(here, source)):
                    yield f"{path}:{number}: {name} is not there"


COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
SCRIPT_COMMENT = re.compile(r'^\s*#[^\n]*|"""(?:.*?)"""', re.DOTALL | re.MULTILINE)


def comments(path, text):
    """(line number, text) of each comment."""
    pattern = COMMENT if path.endswith((".c", ".h", ".S")) else SCRIPT_COMMENT
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[0]


def paths_in_comments_exist(tree):
    for path, text in tree.named("*.c", "*.h", "*.S", "*.mk", "*.py", "*.toml", "Makefile", "*Kbuild", "tools/*"):
        if path.startswith("tests/tools/"):     # trees of their own
            continue
        for start, comment in comments(path, text):
            # What a comment cites of Linux is not here.
            comment = re.sub(r"Follows Linux.*?(?=\n \*\n|\Z)", lambda m: "\n" * m[0].count("\n"), comment, flags=re.DOTALL)
            for offset, line in enumerate(comment.split("\n")):
                for name in paths_in(line):
                    source = re.sub(r"\.[osi]$", ".c", name)
                    if not (tree.has(source) or tree.has("include/" + name) or name.startswith(MADE)):
                        yield f"{path}:{start + offset}: {name} is not there"


# What the build makes, in its directory.
MADE = ("include/config", "include/generated")

TARGET = re.compile(r"^([a-z%][\w%./ -]*):(?!=)", re.MULTILINE)
PHONY = re.compile(r"^\.PHONY:(.*)$", re.MULTILINE)
MAKE = re.compile(r"(?:^|[;&|(]\s*)make((?: +[^\s;&|#)]+)*)")


def make_targets(tree):
    text = "\n".join(text for _, text in tree.named("Makefile", "scripts/*.mk"))
    found = {word for match in itertools.chain(TARGET.finditer(text), PHONY.finditer(text)) for word in match[1].split()}
    return {word for word in found if "$" not in word} | {"%.o", "%.s", "%.i"}


def make_targets_exist(tree):
    patterns = [target.replace("%", "*") for target in make_targets(tree)]
    for path, text in tree.named("*.md"):
        for number, words in code(text):
            for match in MAKE.finditer(words):
                # Two spaces begin a remark.
                for word in match[1].split("  ")[0].split():
                    if "=" in word:
                        break
                    if not word.startswith("-") and not any(fnmatch.fnmatch(word, p) for p in patterns):
                        yield f"{path}:{number}: make {word}: there is no such target"


OPTION = re.compile(r"\bCONFIG_([A-Z0-9_]*[A-Z0-9])\b")
OPTION_IN_PAGE = re.compile(r"(?:(?:DEBUG|KSOFTIRQD|SCHED_RT|SOFTIRQ_MAX|LOG)_[A-Z0-9_]+|NR_CPUS|SELFTESTS|BENCH|MARKS)")
# What the options could be called in an explanation.
ANY_OPTION = {"X", "Y"}


def options(tree):
    found = set()
    for _, text in tree.named("Kconfig", "*/Kconfig", "*/Kconfig.*"):
        found.update(re.findall(r"^\s*(?:menu)?config (\w+)", text, re.MULTILINE))
    return found


def options_exist(tree):
    known = options(tree) | ANY_OPTION
    for path, text in tree.named("*.md", "*.c", "*.h", "*.S", "*.mk", "Makefile", "*Kbuild", "configs/*"):
        for number, line in numbered(text):
            names = set(OPTION.findall(line))
            if path.endswith(".md"):
                names.update(span for span in SPAN.findall(line) if OPTION_IN_PAGE.fullmatch(span))
                names.update(re.findall(r"(\w+)=", " ".join(re.findall(r'SET="([^"]*)"', line))))
            for name in sorted(names - known - LIMITS_IN_HEADERS):
                yield f"{path}:{number}: there is no option {name}"


# Constants that pages name, and that begin like options.
LIMITS_IN_HEADERS = {"LOG_LINE_MAX", "LOG_LINES"}

# ---------------------------------------------------------------- names of tests

SUITE = re.compile(r"^static struct kunit_suite \w+ = \{(.*?)\};", re.DOTALL | re.MULTILINE)
CASES = re.compile(r"^static struct kunit_case (\w+)\[\] = \{(.*?)\n\};", re.DOTALL | re.MULTILINE)
CASE = re.compile(r"KUNIT_CASE\w*\((\w+)")
SCENARIO = re.compile(r"^SCENARIO\((\w+)", re.MULTILINE)


def names_of_tests(tree):
    """All suite.case, and all scenarios."""
    cases, scenarios = set(), set()
    for _, text in tree.named("tests/*.c", "arch/*/tests/*.c"):
        scenarios.update(SCENARIO.findall(text))
        tables = {match[1]: CASE.findall(match[2]) for match in CASES.finditer(text)}
        for match in SUITE.finditer(text):
            name = re.search(r'\.name = "([^"]+)"', match[1])
            table = re.search(r"\.test_cases = (\w+)", match[1])
            if name and table:
                cases.update(f"{name[1]}.{case}" for case in tables.get(table[1], ()))
    return cases, scenarios


def tests_that_pages_name_exist(tree):
    cases, scenarios = names_of_tests(tree)
    suites = {case.split(".")[0] for case in cases}
    for path, text in tree.named("*.md"):
        strict = os.path.basename(path) in ("claims.md", "differences-from-linux.md") or "/adr/" in path
        for number, line in numbered(text):
            for span in SPAN.findall(line):
                suite, dot, case = span.partition(".")
                if dot and re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+){2,}", case):
                    wrong = suite in suites and span not in cases or strict and "/" not in span and span not in cases
                else:
                    wrong = strict and re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+){2,}", span) and span not in scenarios
                if wrong:
                    yield f"{path}:{number}: there is no test {span}"


def claims_have_tests(tree):
    """Each row of the table of claims names a test, or says that there is none yet."""
    for path, text in tree.named("*claims.md"):
        for number, line in numbered(text):
            if re.match(r"\| [A-I]\d+ \|", line) and not SPAN.search(line.split("|")[3]) and "not yet" not in line:
                yield f"{path}:{number}: a claim without a test"


# ---------------------------------------------------------------- sources

def spdx_is_first(tree):
    for path, text in tree.texts.items():
        if path.endswith(".patch") or path in ("COPYING", ".gitignore", ".clang-format", ".editorconfig"):
            continue
        lines = text.split("\n")
        first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        if "SPDX-License-Identifier: GPL-2.0-only" not in first:
            yield f"{path}:1: no SPDX line"


OPENING = re.compile(r"(?://[^\n]*|/\*[^\n]*\*/)\n/\*\n \* \w(.*?)\*/", re.DOTALL)


def sources_have_a_theory(tree):
    for path, text in tree.named("*.c", "*.S"):
        length = text.count("\n")
        if not path.startswith(CORE) or "/tests/" in path or length <= SHORT:
            continue
        opening = OPENING.match(text)
        if not opening:
            yield f"{path}:2: no opening comment"
        elif length > MIDDLING and not re.search(r"^ \* What$", opening[1], re.MULTILINE):
            yield f"{path}:2: the opening comment has no head What"


BARRIER = re.compile(r"\b(smp_mb|smp_rmb|smp_wmb|smp_mb__\w+|smp_store_release|smp_load_acquire|smp_store_mb|"
                     r"\w+_(?:acquire|release))\(")
# The comment may stand above the function, whose race it draws.
NEAR = 12
# Functions whose names end like orderings.
NO_BARRIERS = {"waiters_release", "mutex_release", "lock_debug_release"}


def barriers_name_their_partners(tree):
    for path, text in tree.named("kernel/*.c", "kernel/*.h"):
        lines = text.split("\n")
        bare = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text).split("\n")
        for number, line in enumerate(bare):
            for match in BARRIER.finditer(line):
                if match[1] in NO_BARRIERS or re.match(r"(?:static|void|bool|#define)\b.*" + match[1], line):
                    continue
                near = "\n".join(lines[max(0, number - NEAR):number + 2])
                if not re.search(r"\b[Pp]airs?\b", near):
                    yield f"{path}:{number + 1}: {match[1]}() without a word on what it pairs with"


def paths_are_of_no_machine(tree):
    roots = "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + "me"))
    pattern = re.compile(rf"(?:^|[^\w.$}}/-])/(?:{roots})/[\w.]")
    for path, text in tree.texts.items():
        for number, line in numbered(text):
            if pattern.search(line):
                yield f"{path}:{number}: a path of one machine"


def lines_end_cleanly(tree):
    for path, text in tree.texts.items():
        if path.endswith(".patch"):
            continue
        for number, line in numbered(text):
            # An empty column ends in a tab.
            if line != line.rstrip(" " if path.endswith(".tsv") else None):
                yield f"{path}:{number}: white space at the end"
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            yield f"{path}: does not end with one newline"


def sources_are_built(tree):
    """Each .c and .S is named by its directory's Kbuild, or by a rule, and that Kbuild by the one above."""
    rules = "\n".join(text for _, text in tree.named("Makefile", "scripts/*"))
    for path, _ in tree.named("*.c", "*.S"):
        directory, name = os.path.split(path)
        if directory.split("/")[0] not in TOP_DIRECTORIES or path in rules or f"{directory}/*.c" in rules:
            continue
        kbuild = tree.texts.get(f"{directory}/Kbuild", "")
        if not re.search(rf"\b{re.escape(os.path.splitext(name)[0])}\.o\b", kbuild):
            yield f"{path}: no Kbuild names it"
    for path, text in tree.named("*/Kbuild"):
        directory = os.path.dirname(path)
        above = tree.texts.get(os.path.join(os.path.dirname(directory), "Kbuild"), "")
        if f"{directory}/" not in rules and not re.search(rf"\b{re.escape(os.path.basename(directory))}/", above):
            yield f"{path}: no Kbuild leads here"
        for name in re.findall(r"^obj-.*?\+?:?=(.*)$", text, re.MULTILINE):
            for word in name.split("#")[0].split():
                stem = os.path.join(directory, word.rstrip("/"))
                # A module of several files has its own list of them.
                several = re.search(rf"^{re.escape(word[:-2])}-(?:y|objs)\b", text, re.MULTILINE)
                if word.endswith(".o") and not several and not {stem[:-2] + ".c", stem[:-2] + ".S"} & set(tree.texts):
                    yield f"{path}: {word} has no source"
                if word.endswith("/") and stem not in tree.directories:
                    yield f"{path}: {word} is not there"


CHECKS = {check.__name__: check for check in (
    links_lead_somewhere, paths_in_pages_exist, paths_in_comments_exist, make_targets_exist, options_exist,
    tests_that_pages_name_exist, claims_have_tests, spdx_is_first, sources_have_a_theory,
    barriers_name_their_partners, paths_are_of_no_machine, lines_end_cleanly, sources_are_built)}
