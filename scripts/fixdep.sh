#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fixdep.sh TARGET DEPFILE OPTIONS LINE: print what make has to know of TARGET next time.
#
# DEPFILE is the compiler's list of the files it read. Printed are LINE (the saved command), the
# files, and a file under the directory OPTIONS for each CONFIG_ name that any of them mentions:
# CONFIG_NR_CPUS is OPTIONS/nr/cpus.h. That an option's file need not exist is what $(wildcard) is
# for; autoconf.h is left out, since it changes with every option.
#
# One awk an object and nothing else: this runs for each of them. Tests: tests/tools/test_build.py
set -eu

printf '%s\n' "$4"
exec awk -v target="$1" -v options="$3" '
function scan(file,    line, name) {
	while ((getline line < file) > 0)
		while (match(line, /CONFIG_[A-Z0-9_]+/)) {
			name = substr(line, RSTART + 7, RLENGTH - 7)
			line = substr(line, RSTART + RLENGTH)
			if (name in seen)
				continue
			seen[name] = 1
			name = tolower(name)
			gsub(/_/, "/", name)
			printf " \\\n  $(wildcard %s/%s.h)", options, name
		}
	close(file)
}
{
	for (i = 1; i <= NF; i++)
		if ($i != "\\" && $i !~ /:$/ && $i !~ /include\/generated\/autoconf\.h$/ && !($i in known)) {
			known[$i] = 1
			files[++count] = $i
		}
}
END {
	printf "deps_%s :=", target
	for (i = 1; i <= count; i++) {
		printf " \\\n  %s", files[i]
		scan(files[i])
	}
	# The second rule is for a header that is gone: make it again, do not complain.
	printf "\n%s: $(deps_%s)\n$(deps_%s):\n", target, target, target
}' "$2"
