#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# deps.sh need GROUP...	   end with status 2 and the command to type if something is missing
# deps.sh install GROUP...    install it: as root with apt-get, else through sudo, else as "need"
#
# What is needed for what is in packages.txt. A package counts as there when what it gives is there,
# so tools from elsewhere do as well. What is to be installed, and why, is said before it happens.
# DEPS_LIST names another list, for the tests (tests/tools/test_deps.py).
set -eu

verb=$1
shift
list=${DEPS_LIST:-$(dirname "$0")/packages.txt}

there() {
	case $1 in
	python:*) /usr/bin/python3 -c "import ${1#python:}" 2>/dev/null ;;
	/*) for file in $1; do [ -e "$file" ] && return 0; done; return 1 ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

here() {
	case $1 in
	any) true ;;
	!*) [ "$(uname -m)" != "${1#!}" ] ;;
	*) [ "$(uname -m)" = "$1" ] ;;
	esac
}

missing=
while read -r group package probe on; do
	case $group in '' | '#'*) continue ;; esac
	case " $* " in *" $group "*) ;; *) continue ;; esac
	case " $missing " in *" $package "*) continue ;; esac
	here "$on" && ! there "$probe" && missing="$missing $package"
done <"$list"
missing=${missing# }
[ -n "$missing" ] || exit 0

say() { echo "deps: $*" >&2; }
command="apt-get install --no-install-recommends $missing"

stop() {
	say "$1; type this as root, then try again:"
	echo "    apt-get update && $command" >&2
	exit 2
}

say "missing: $missing"
[ "$verb" = install ] || stop "these Debian packages are needed for: $*"
command -v apt-get >/dev/null 2>&1 || stop "this is no Debian (there is no apt-get)"

if [ "$(id -u)" = 0 ]; then
	as_root=
elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
	as_root=sudo
	say "not root: sudo is used, and may ask for your password"
else
	stop "not root, and sudo cannot be used here"
fi

apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"; }

say "installing them from Debian's archive; apt's own messages follow"
if ! { apt update && apt install --no-install-recommends $missing; }; then
	say "apt failed, see its message above; nothing of this tree was changed."
	say "No network or a wrong mirror: mend /etc/apt/sources.list, or the proxy."
	say "Package not found: the list wants Debian 12 or later, section main."
	stop "when that is mended"
fi
say "installed: $missing"
