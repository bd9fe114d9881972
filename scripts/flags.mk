# SPDX-License-Identifier: GPL-2.0-only
#
# The compilers, and what they are told.
#
# One compiler makes the image and the host library. gcc is called by its long name where the
# machine is no x86-64, so that a cross compiler is found. CROSS_COMPILE= takes any prefix;
# LLVM=1 takes clang and lld, which need none.

ifeq ($(LLVM),1)
CC := clang --target=x86_64-linux-gnu
LD := ld.lld
NM := llvm-nm
OBJCOPY := llvm-objcopy
OBJDUMP := llvm-objdump
AR := llvm-ar
else
ifneq ($(shell uname -m),x86_64)
CROSS_COMPILE ?= x86_64-linux-gnu-
endif
CC := $(CROSS_COMPILE)gcc
LD := $(CROSS_COMPILE)ld
NM := $(CROSS_COMPILE)nm
OBJCOPY := $(CROSS_COMPILE)objcopy
OBJDUMP := $(CROSS_COMPILE)objdump
AR := $(CROSS_COMPILE)ar
endif

# Headers: the public API under Linux's names, ours, then the bodies of the arch contract. None of
# a libc; of the compiler's own only those for a freestanding program. The options and IS_ENABLED()
# are there without being included, as on Linux.
includes = -nostdinc -isystem $(cc-headers) \
	-Iinclude/linux-ish -Iinclude -Iarch/$(1)/include -I$(O)/include \
	-include $(O)/include/generated/autoconf.h $(if $(kconfig-h),-include $(kconfig-h))
kconfig-h := $(wildcard include/linux-ish/linux/kconfig.h)
ifneq ($(need-config),)
cc-headers := $(shell $(CC) -print-file-name=include 2>/dev/null)
endif

warnings := -Wall -Wextra -Werror -Wundef -Wstrict-prototypes -Wvla \
	-Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
ifeq ($(LLVM),1)
warnings += -Wno-gnu-variable-sized-type-not-at-end -Wno-initializer-overrides
endif

# The meaning of C that core files rely on, on every machine.
core-cflags := -std=gnu11 -ffreestanding -fno-strict-aliasing -fno-delete-null-pointer-checks \
	-fwrapv -fno-common -fno-stack-protector -fno-pic -fno-pie -g $(warnings)

x86-aflags := -m64 -mno-red-zone -mcmodel=kernel -fno-pic -fno-pie -g -fasynchronous-unwind-tables
x86-cflags := $(core-cflags) -O2 -m64 -mno-red-zone -mcmodel=kernel -mgeneral-regs-only \
	-fcf-protection=none -fasynchronous-unwind-tables
# Nothing here needs a 16-byte aligned stack (no vector registers): save the padding.
ifeq ($(LLVM),1)
x86-cflags += -mstack-alignment=8
else
x86-cflags += -mpreferred-stack-boundary=3
endif
ifeq ($(CONFIG_FRAME_POINTER),y)
x86-cflags += -fno-omit-frame-pointer -fno-optimize-sibling-calls
else
x86-cflags += -fomit-frame-pointer
endif

x86-ldflags := -m elf_x86_64 -nostdlib -static -no-pie -z max-page-size=4096 -z noexecstack \
	--build-id=none --eh-frame-hdr --fatal-warnings
