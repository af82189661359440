#!/bin/sh
# Runs a test program and mends its TAP: cmocka 1.1 writes a skipped test as "not ok 1 # SKIP",
# which TAP (and meson) takes for a failure. The exit status stays the program's own.
output=$("$@")
status=$?
printf '%s\n' "$output" | sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/'
exit $status
