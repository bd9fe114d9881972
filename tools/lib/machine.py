# SPDX-License-Identifier: GPL-2.0-only
"""
The emulators: how a boot is described, and the command and files that make it.

What
	Boot		what is to be booted and on which machine: a value, no process
	Qemu, Bochs	prepare(boot, dir) returns the command; console(dir) says where the guest's
			serial port is found; ended(status, ...) says what the emulator's end means

	Both have the same devices that raise interrupts (an e1000 network card, the UART); QEMU has its
	"edu" device and an e1000e besides. The ISO is made here, with the boot's own command line.

Limits
	Figures behind the choices: a triple fault under QEMU's -no-reboot ends it with status 0, so
	success is a chosen status. Bochs ends with 1 whatever happened. Debian's Bochs is built with
	its debugger, which waits for a command unless it is given a file of them.
"""
import os
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

QEMU_PASS = 33          # the kernel wrote 0x10 to the exit port: (0x10 << 1) | 1
QEMU_FAIL = 35          # 0x11
# A nanosecond an instruction, nothing taken from the host's clock or dice. What is recorded is thrown away: only then are
# QEMU's threads kept apart. Without it the main loop, late from one idle jump of the clock, may make the next one in the
# middle of a halt, with instructions that are not yet counted: one boot of Linux in eight had another clock (QEMU 7.2).
COUNTING = ["-icount", "shift=0,sleep=off,rr=record,rrfile=/dev/null", "-rtc", "base=2026-01-01,clock=vm", "-seed", "1"]
BOCHS_VGA_BIOSES = ("/usr/share/vgabios/vgabios.bin", "/usr/share/bochs/VGABIOS-lgpl-latest")


class Boot:
    """One boot: image, way in, machine."""

    def __init__(self, image, boot="bios", emu="qemu", machine="q35", cpus=1, mem="256M", cmdline="",
                 icount=False, debug_port=None, extra=()):
        self.image = image
        self.boot = boot
        self.emu = emu
        self.machine = machine
        self.cpus = cpus
        self.mem = mem
        self.cmdline = cmdline
        self.icount = icount
        self.debug_port = debug_port
        self.extra = list(extra)

    @property
    def name(self):
        where = self.machine if self.emu == "qemu" else "i440fx"
        return f"{self.emu} {where} {self.boot}, {self.cpus} CPU{'s' if self.cpus > 1 else ''}, {self.mem}"

    @property
    def megabytes(self):
        return int(self.mem[:-1]) * (1024 if self.mem[-1] == "G" else 1)


class Unusable(Exception):
    """The boot cannot be tried at all; the text says why."""


def make_iso(boot, directory):
    iso = os.path.join(directory, "boot.iso")
    done = subprocess.run(["sh", os.path.join(TOP, "scripts/mkiso.sh"), boot.image, iso, boot.cmdline],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unusable("the GRUB image cannot be made:\n" + done.stderr.strip())
    return iso


def network_card(kind, network):
    """A card whose network leads nowhere: without one QEMU complains."""
    return ["-netdev", f"user,id={network},restrict=on", "-device", f"{kind},romfile=,netdev={network}"]


# What each machine is, and what is plugged into it. microvm has a second IOAPIC, where its virtio devices are, and no PCI.
PCI_DEVICES = ["-device", "edu", *network_card("e1000", "net"), *network_card("e1000e", "net2")]
MACHINES = {
    "q35": ("q35", PCI_DEVICES),
    "pc": ("pc", PCI_DEVICES),
    "microvm": ("microvm,ioapic2=on,pit=on,pic=on,rtc=on,isa-serial=on", ["-device", "virtio-rng-device"]),
}


class Qemu:
    program = "qemu-system-x86_64"
    package_group = "qemu"
    console = None          # its standard output
    litters = False

    def __init__(self, program=None):
        self.program = program or self.program

    def prepare(self, boot, directory):
        if boot.boot == "pvh":
            way_in = ["-kernel", boot.image] + (["-append", boot.cmdline] if boot.cmdline else [])
        else:
            way_in = ["-cdrom", make_iso(boot, directory), "-boot", "d"]
        timing = ["-accel", "tcg"]
        if boot.icount:
            timing += COUNTING
        debug = ["-S", "-gdb", f"tcp:127.0.0.1:{boot.debug_port}"] if boot.debug_port else []
        machine, devices = MACHINES[boot.machine]
        return ([self.program, "-machine", machine] + timing +
                ["-cpu", "max", "-smp", str(boot.cpus), "-m", boot.mem, "-nodefaults", "-no-user-config",
                 "-display", "none", "-no-reboot", "-monitor", "none", "-serial", "stdio",
                 "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04",
                 *devices] +
                way_in + debug + boot.extra)

    environment = {}

    @staticmethod
    def ended(status, directory):
        """What the emulator's own end says: (told pass, told fail, text if it crashed)."""
        if status == QEMU_PASS:
            return True, False, None
        if status == QEMU_FAIL:
            return False, True, None
        if status == 0:
            return False, False, "triple fault (the machine reset itself)"
        return False, False, f"QEMU ended with status {status}"


BOCHSRC = """\
plugin_ctrl: e1000=1
display_library: term
megs: {megs}
cpu: model=corei7_skylake_x, count={cpus}, ips=4000000, reset_on_triple_fault=0
clock: sync=none, time0=946681200
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file={vga}
pci: enabled=1, chipset=i440fx, slot1=e1000
e1000: enabled=1, mac=52:54:00:12:34:56, ethmod=null
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=cdrom, path={iso}, status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev={console}
port_e9_hack: enabled=1
speaker: enabled=0
sound: waveoutdrv=dummy
log: {log}
panic: action=fatal
error: action=report
info: action=report
debug: action=ignore
"""


class Bochs:
    program = "bochs"
    package_group = "bochs"
    console = "com1.txt"
    litters = True          # writes logs of its network card where it is started
    environment = {"TERM": "xterm"}

    def __init__(self, program=None):
        self.program = program or self.program

    def prepare(self, boot, directory):
        if boot.boot != "bios":
            raise Unusable("Bochs boots through its BIOS only: --boot bios")
        if boot.icount or boot.debug_port:
            raise Unusable("--icount and --debug are for QEMU")
        vga = next((path for path in BOCHS_VGA_BIOSES if os.path.exists(path)), BOCHS_VGA_BIOSES[0])
        console = os.path.join(directory, self.console)
        with open(console, "wb"):
            pass
        with open(os.path.join(directory, "bochsrc"), "w", encoding="utf-8") as rc:
            rc.write(BOCHSRC.format(megs=boot.megabytes, cpus=boot.cpus, vga=vga, console=console,
                                    iso=make_iso(boot, directory), log=os.path.join(directory, "bochs.log")))
        with open(os.path.join(directory, "commands"), "w", encoding="utf-8") as commands:
            commands.write("c\nquit\n")
        return [self.program, "-q", "-f", os.path.join(directory, "bochsrc"),
                "-rc", os.path.join(directory, "commands")] + boot.extra

    @staticmethod
    def ended(status, directory):
        """Bochs always ends with 1: only its log tells a crash, and only the console a success."""
        text = ""
        try:
            with open(os.path.join(directory, "bochs.log"), encoding="utf-8", errors="replace") as log:
                text = log.read()
        except OSError:
            pass
        if "shutdown status" in text or "triple fault" in text.lower() or "3rd" in text:
            return False, False, "triple fault"
        wrong = [line for line in text.splitlines() if ">>PANIC<<" in line]
        return False, False, wrong[-1].strip() if wrong else f"Bochs ended with status {status}"


EMULATORS = {"qemu": Qemu, "bochs": Bochs}
