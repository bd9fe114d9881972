# SPDX-License-Identifier: GPL-2.0-only
"""
A real Linux: Debian's kernel, got with apt, never installed; modules for it; a boot that runs them.

What
	fetch(series, cache)	download and unpack kernel, headers and kbuild of a series ("6.12") unless
				they are there; returns a Kernel: where its parts are, which it is
	build(...)		the modules of a directory of sources, as external modules
	initramfs(...)		init, the modules, and the plan of what init is to run, as a cpio archive
	boot(...)		run that under QEMU; returns the lines of the console

	Which version a series has is asked of apt: the newest for which there is an image and headers.
	Nothing is installed and no root is needed. The absolute paths in the unpacked headers are mended.
	The cache is written under a lock, in a directory that gets its name when it is whole; then it is
	only read. Builds go to directories of their callers.

Limits
	The headers' tools (modpost and others) are programs for x86-64, so this wants an x86-64 host.
	Raises NoLinux, whose text says what to do, when the packages cannot be had.

Tests
	tests/tools/test_conformance.py
"""
import fcntl
import json
import os
import re
import selectors
import shutil
import subprocess
import tempfile
import time

import runner

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
INIT = os.path.join(TOP, "tests/conformance/linux/init.c")
FLAVOUR = "amd64"

# What makes two boots alike: no mitigations, addresses as linked, no watchdog that fires by itself.
CMDLINE = ("console=ttyS0 quiet panic=-1 oops=panic mitigations=off nokaslr tsc=reliable nmi_watchdog=0 "
           "nosoftlockup rcupdate.rcu_cpu_stall_suppress=1 printk.devkmsg=on")

ADVICE = """\
What can be done: see that this is Debian 12 (or a system with its packages) with "apt-get update" done and
the network up. 6.12 is in Debian 12's security archive: /etc/apt/sources.list needs the line
    deb http://deb.debian.org/debian-security bookworm-security main
Nothing else needs this: make check compares with the lines recorded from Linux, without any download."""


class NoLinux(Exception):
    """A Linux kernel cannot be had; the text says why, and what can be done."""

    def __init__(self, problem):
        super().__init__(f"{problem}\n{ADVICE}")


class BuildFailed(Exception):
    """The modules do not build; the text is what the build said."""


class Kernel:
    """An unpacked kernel. directory: its tree in the cache. release: as uname -r says it."""

    def __init__(self, directory, series, release, packages):
        self.directory, self.series, self.release, self.packages = directory, series, release, packages

    @property
    def image(self):
        return os.path.join(self.directory, "boot", f"vmlinuz-{self.release}")

    @property
    def headers(self):
        return os.path.join(self.directory, "usr/src", f"linux-headers-{self.release}")


def call(command, **options):
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **options)
    except FileNotFoundError:
        raise NoLinux(f"there is no {command[0]} here") from None


def releases(names, series):
    """The releases of which there are an image and headers, the newest first."""
    pattern = re.compile(rf"linux-(image|headers)-({re.escape(series)}\.\d[\w.+-]*-{FLAVOUR})$")
    kinds = {"image": set(), "headers": set()}
    for name in names:
        match = pattern.match(name)
        if match and not re.search(r"-(rt|cloud)-", name):
            kinds[match[1]].add(match[2])
    return sorted(kinds["image"] & kinds["headers"], key=lambda release: [int(n) for n in re.findall(r"\d+", release)],
                  reverse=True)


def dependencies(package):
    done = call(["apt-cache", "depends", "--no-recommends", "--no-suggests", package])
    return re.findall(r"^ *\|?Depends: (\S+)$", done.stdout, re.MULTILINE)


def packages_of(release):
    """The image, its headers, and what these need in turn of their own kind."""
    headers = f"linux-headers-{release}"
    more = [name for name in dependencies(headers) if re.match(r"linux-(headers-.*-common|kbuild-)", name)]
    if not any(name.startswith("linux-kbuild-") for name in more):
        raise NoLinux(f"apt does not say which linux-kbuild package {headers} needs")
    return [f"linux-image-{release}", headers] + more


def choose(series):
    if os.uname().machine != "x86_64":
        raise NoLinux("the tools in Debian's header packages are for x86-64, and this machine is none")
    done = call(["apt-cache", "pkgnames", "linux-"])
    if done.returncode:
        raise NoLinux(f"apt-cache fails: {done.stderr.strip()}")
    found = releases(done.stdout.split(), series)
    if not found:
        raise NoLinux(f"apt knows no package linux-image-{series}.*-{FLAVOUR} with its headers")
    return found[0]


def download(packages, directory, say):
    say(f"downloading {', '.join(packages)} (125 MB or so)")
    os.makedirs(directory)
    # Not as apt's own user, who may not write here: nothing is gained by it for a download.
    done = call(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", *packages], cwd=directory)
    if done.returncode:
        problem = next((line for line in done.stderr.splitlines() if line.startswith("E:")), done.stderr.strip()[-300:])
        raise NoLinux(f"apt-get download fails: {problem}")


def unpack(archives, directory, say):
    """Of the image only the image; of the rest all."""
    for archive in sorted(os.listdir(archives)):
        say(f"unpacking {archive}")
        only = ["./boot"] if archive.startswith("linux-image-") else []
        path = os.path.join(archives, archive)
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE) as unpacker:
            tar = call_on(unpacker.stdout, ["tar", "-x", "--no-same-owner", "-C", directory, *only])
        if unpacker.returncode or tar:
            raise NoLinux(f"{archive} cannot be unpacked")


def call_on(stream, command):
    return subprocess.run(command, stdin=stream, check=False).returncode


def mend(directory, final):
    """The headers name each other by absolute paths, in makefiles and links, as if they were installed."""
    source = os.path.join(directory, "usr/src")
    for name in os.listdir(source):
        path = os.path.join(source, name, "Makefile")
        if not os.path.isfile(path) or os.path.islink(os.path.join(source, name)):
            continue
        with open(path, encoding="utf-8") as makefile:
            text = makefile.read()
        with open(path, "w", encoding="utf-8") as makefile:
            makefile.write(re.sub(r"^include /usr/src/", f"include {final}/usr/src/", text, flags=re.MULTILINE))
    for parent, directories, files in os.walk(os.path.join(directory, "usr")):
        for name in directories + files:
            path = os.path.join(parent, name)
            target = os.readlink(path) if os.path.islink(path) else ""
            if target.startswith("/usr/"):
                os.remove(path)
                os.symlink(final + target, path)


def fetch(series, cache, say=print):
    """The kernel of a series, from the cache or from Debian's archive."""
    cache = os.path.abspath(cache)
    os.makedirs(cache, exist_ok=True)
    final = os.path.join(cache, series)
    with open(os.path.join(cache, ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(os.path.join(final, "kernel.json")):
            shutil.rmtree(final, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix="new-", dir=cache) as new:
                make_tree(series, new, final, say)
                os.rename(os.path.join(new, "tree"), final)
    with open(os.path.join(final, "kernel.json"), encoding="utf-8") as description:
        known = json.load(description)
    return Kernel(final, series, known["release"], known["packages"])


def make_tree(series, new, final, say):
    release = choose(series)
    packages = packages_of(release)
    archives, tree = os.path.join(new, "archives"), os.path.join(new, "tree")
    download(packages, archives, say)
    os.makedirs(tree)
    unpack(archives, tree, say)
    mend(tree, final)
    with open(os.path.join(tree, "kernel.json"), "w", encoding="utf-8") as description:
        json.dump({"release": release, "packages": sorted(os.listdir(archives))}, description, indent=1)


def build(kernel, directory, make="make", settings=()):
    """make modules in a directory that has a Kbuild. Returns the paths of what was built, by name."""
    # Without CONFIG_DEBUG_INFO_BTF_MODULES there is no need for pahole; the kernel loads such modules.
    done = call([make, "-C", kernel.headers, f"M={directory}", "CONFIG_DEBUG_INFO_BTF_MODULES=", "modules", *settings],
                env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "O")})
    if done.returncode:
        raise BuildFailed(done.stdout[-8000:] + done.stderr[-8000:])
    warnings = "\n".join(line for line in done.stderr.splitlines() if "warning:" in line.lower())
    found = {}
    for parent, _, names in os.walk(directory):
        found.update({name[:-3]: os.path.join(parent, name) for name in names if name.endswith(".ko")})
    return found, warnings


def build_init(directory):
    program = os.path.join(directory, "init")
    if not os.path.exists(program) or os.path.getmtime(program) < os.path.getmtime(INIT):
        done = call(["gcc", "-static", "-Os", "-s", "-Wall", "-Wextra", "-Werror", "-o", program, INIT])
        if done.returncode:
            raise BuildFailed(f"init.c:\n{done.stderr}")
    return program


def cpio(files):
    """An archive of (name, mode, bytes) in the form that the kernel unpacks ("newc")."""
    def member(number, name, mode, data):
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
        return head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4)

    members = [member(number, *each) for number, each in enumerate(files, 1)]
    return b"".join(members) + member(0, "TRAILER!!!", 0, b"")


def initramfs(path, init, modules, plan):
    """modules: paths by name. plan: what init is to run, lines of (unit, stay in ms, parameters)."""
    files = [("init", 0o100755, read(init))]
    files += [(f"{name}.ko", 0o100644, read(module)) for name, module in sorted(modules.items())]
    files += [("plan", 0o100644, "".join(f"{unit} {stay} {parameters}\n" for unit, stay, parameters in plan).encode())]
    with open(path, "wb") as archive:
        archive.write(cpio(files))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def qemu_command(kernel, archive, cpus, cmdline="", extra=()):
    return ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg", "-cpu", "max", "-smp", str(cpus), "-m", "512M",
            "-display", "none", "-serial", "stdio", "-monitor", "none", "-nodefaults", "-no-user-config", "-no-reboot",
            "-device", "edu", "-kernel", kernel.image, "-initrd", archive, "-append", f"{CMDLINE} {cmdline}".strip(),
            *extra]


def boot(command, echo=lambda line: None, timeout=240.0, silence=90.0):
    """The lines of the console, until the machine is off. Raises TimeoutError with what came so far."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   start_new_session=True, preexec_fn=runner.die_with_parent)
    except FileNotFoundError:
        raise NoLinux(f"{command[0]} is not installed: sh scripts/deps.sh install qemu") from None
    lines, rest = [], b""
    begin = heard = time.monotonic()
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while True:
                ready = selector.select(1.0)
                now = time.monotonic()
                if ready:
                    data, heard = os.read(process.stdout.fileno(), 65536), now
                    *whole, rest = (rest + data).split(b"\n")
                    for each in whole + ([rest] if not data and rest else []):
                        lines.append(each.decode("utf-8", "replace").strip("\r"))
                        echo(lines[-1])
                    if not data:
                        return lines
                if now - begin > timeout or now - heard > silence:
                    raise TimeoutError("\n".join(lines[-30:] + ["... and then nothing, or too much"]))
    finally:
        runner.stop(process)
        process.stdout.close()
