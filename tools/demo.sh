#!/bin/sh
# Two councils in one record, their latest quarterly reports, and the web application over both.
# `make demo` builds first; SERVE=no stops before serving. GOLDTHREAD names another binary, DEMO
# another folder, LISTEN another address (the browser tests use all three).
set -eu
cd "$(dirname "$0")/.."
goldthread=${GOLDTHREAD:-build/goldthread}
demo=${DEMO:-build/demo}
listen=${LISTEN:-127.0.0.1:8080}
record=$demo/goldthread.db

# council NAME PERIOD DAY REVISED: loads the folder of that name as it was known on DAY and, where
# there is one, what was published again by the day REVISED, so that the record can tell what was
# known when; then writes the report on the period as of that last day.
council()
{
    echo "Loading examples/$1"
    "$goldthread" --record "$record" --today "$3" import "examples/$1" >"$demo/$1.log"
    if [ -d "examples/$1/revisions" ]; then
        "$goldthread" --record "$record" --today "$4" import --organisation "$1" \
            "examples/$1/revisions" >>"$demo/$1.log"
    fi
    "$goldthread" --record "$record" --today "$4" report quarterly --organisation "$1" \
        --period "$2" --format html,json,csv --out "$demo/report/$1" >>"$demo/$1.log"
    "$goldthread" --record "$record" --today "$4" status --organisation "$1" --period "$2" --csv \
        >"$demo/$1.status.csv"
}

# From nothing each time: the same commands always give the same record and the same reports.
rm -rf "$demo"
mkdir -p "$demo"
council luton 2013-14-Q4 2014-05-15 2014-07-01
council bracknell-forest 2025-26-Q2 2025-12-01 2025-12-01

echo
python3 tools/demo_summary.py luton "$demo/luton.status.csv" \
    bracknell-forest "$demo/bracknell-forest.status.csv"
echo
echo "The record:   $record"
for name in luton bracknell-forest; do
    for report in "$demo/report/$name"/*.html; do
        echo "The report:   $report (beside it: JSON, and a CSV file for each table)"
    done
done
if [ "${SERVE:-yes}" = no ]; then
    echo "To see the pages: $goldthread --record $record serve --listen $listen"
    exit 0
fi
for name in luton bracknell-forest; do
    echo "The pages:    http://$listen/$name"
done
echo "Ctrl-C stops."
exec "$goldthread" --record "$record" serve --listen "$listen"
