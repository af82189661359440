#!/bin/sh
# Runs every fuzz target of a build folder for some seconds: tools/fuzz.sh build/fuzz 60
# New inputs are kept in the build folder's inputs/NAME, a crash in its crashes/; the corpus in
# tests/fuzz is only read. Exit status 1 when any target found a fault.
set -eu
cd "$(dirname "$0")/.."
build=$1
seconds=$2
mkdir -p "$build/crashes"
faults=
for target in "$build"/tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    mkdir -p "$build/inputs/$name"
    log=$build/$name.log
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$build/crashes/$name-" "$build/inputs/$name" "tests/fuzz/corpus/$name" \
        >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        echo "$name: $runs runs in $seconds s, no fault"
    else
        echo "$name: FAULT, see $log and $build/crashes"
        faults="$faults $name"
    fi
done
[ -z "$faults" ]
