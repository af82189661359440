#!/usr/bin/env python3
"""Checks a council folder, apart from the importer, and works out statuses a second time.

    tools/check_example.py FOLDER [--over FOLDER2] [--loose]
        [--status PERIOD [--today DATE] [--write FILE | --expected FILE]] [--published DIR]

Faults go to standard error, one a line, and the exit code is 1. `--over` lays a second folder of
targets and figures over the first, as a later import does. `--loose` allows CRLF and needless
quotes. `--published` compares with the published tables of Bracknell Forest in DIR.
"""
import argparse
import csv
import datetime
import glob
import io
import os
import re
import sys
from decimal import Decimal

from check_schema import SCHEMA
from check_status import Period, Record, number, rounded

class Checker:
    def __init__(self, folder, loose):
        self.folder, self.loose = folder, loose
        self.files, self.faults = {}, []
        self.year_start = 4

    def fault(self, where, text):
        self.faults.append(f"{where}: {text}")

    # ---- reading ----

    def read(self, references=None):
        for path in sorted(glob.glob(os.path.join(self.folder, "*"))):
            base = os.path.basename(path)
            name, extension = os.path.splitext(base)
            if os.path.isdir(path):
                continue
            if extension != ".csv" or name not in SCHEMA:
                self.fault(base, "is not a file of a council folder")
                continue
            with open(path, "rb") as handle:
                self.read_file(name, handle.read())
        organisation = (self.files.get("organisation") or [{}])[0]
        self.year_start = int(organisation.get("financial_year_start") or 4)
        known = dict(references or {}, **self.files)
        codes = {name: {row["code"] for row in rows if "code" in row}
                 for name, rows in known.items()}
        for name, rows in self.files.items():
            for row in rows:
                self.check_row(name, row, codes)

    def read_file(self, name, data):
        try:
            rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error) as error:
            self.fault(name + ".csv", str(error))
            return
        again = io.StringIO(newline="")
        csv.writer(again, lineterminator="\n").writerows(rows)
        if again.getvalue().encode() != data and not self.loose:
            self.fault(name + ".csv", "is not in canonical form (LF, quotes only where needed)")
        columns = [c.name for c in SCHEMA[name]]
        head = rows[0] if rows else []
        for cell in head:
            if cell not in columns:
                self.fault(name + ".csv", f"unknown column {cell!r}")
        for column in SCHEMA[name]:
            if column.required and column.name not in head:
                self.fault(name + ".csv", f"column {column.name} is absent")
        if head != [c for c in columns if c in head]:
            self.fault(name + ".csv", "the columns are twice there or not in their order")
        self.files[name], seen = [], set()
        keys = [c.name for c in SCHEMA[name] if c.key]
        for index, cells in enumerate(rows[1:], 2):
            where = f"{name}.csv row {index}"
            if len(cells) != len(head):
                self.fault(where, f"{len(cells)} cells under {len(head)} heads")
                continue
            row = dict(zip(head, cells))
            key = tuple(row.get(k, "") for k in keys)
            if key in seen:
                self.fault(where, f"{' '.join(key)!r} is there twice")
            seen.add(key)
            self.files[name].append(dict(row, _where=where))

    # ---- one row ----

    def check_row(self, name, row, codes):
        for column in SCHEMA[name]:
            cell = row.get(column.name, "")
            if cell != cell.strip():
                self.fault(row["_where"], f"{column.name} has blanks at its ends")
            if not cell:
                if column.required:
                    self.fault(row["_where"], f"{column.name} is absent")
            elif not self.fits(column.type, cell, codes):
                self.fault(row["_where"], f"{column.name} is {cell!r}, not {column.type}")

    def fits(self, kind, cell, codes):
        if kind[0] == ">":
            return cell in codes.get(kind[1:], ())
        if "|" in kind:
            return cell in kind.split("|")
        if ";" in kind:
            return set(cell.split(";")) <= set(kind.split(";"))
        if kind == "date":
            try:
                return datetime.date.fromisoformat(cell).isoformat() == cell
            except ValueError:
                return False
        patterns = {"int": r"-?\d+", "dec": r"-?\d+(\.\d+)?", "month": r"0[1-9]|1[0-2]",
                    "yesno": "yes|no", "code": r"[^\n]{1,100}"}
        if kind == "period":
            return Period.read(cell, self.year_start) is not None
        return kind not in patterns or re.fullmatch(patterns[kind], cell) is not None

    def period(self, text):
        return Period.read(text, self.year_start)

    # ---- rows together ----

    def loops(self, name, edges):
        """`edges`: code -> codes above it. Each node may reach itself never."""
        state = {}

        def visit(node):
            state[node] = "open"
            for above in edges.get(node, ()):
                if state.get(above) == "open":
                    self.fault(name, f"{above!r} is above itself")
                elif above not in state:
                    visit(above)
            state[node] = "done"

        for node in list(edges):
            if node not in state:
                visit(node)

    def check_thread(self):
        get = self.files.get
        for name, column in (("units", "parent"), ("people", "manager")):
            self.loops(name + ".csv", {r["code"]: [r[column]] for r in get(name, [])
                                       if r.get(column)})
        aims = {row["code"]: row for row in get("aims", [])}
        edges = {code: [row["parent"]] for code, row in aims.items() if row.get("parent")}
        for row in get("contributions", []):
            edges.setdefault(row["aim"], []).append(row["to_aim"])
        self.loops("aims.csv", edges)
        for row in aims.values():
            parent = aims.get(row.get("parent", ""))
            if parent and parent["plan"] != row["plan"]:
                self.fault(row["_where"], "its parent is an aim of another plan")
        plans = {row["code"]: row for row in get("plans", [])}
        projects = {row["code"]: row.get("plan", "") for row in get("projects", [])}
        dated = [(r, r.get("plan"), ("start", "due")) for r in get("actions", [])]
        dated += [(r, r.get("plan"), ("start", "end")) for r in get("projects", [])]
        dated += [(r, projects.get(r["project"]), ("decided_on",)) for r in get("gates", [])]
        dated += [(r, None, ("start", "end")) for r in plans.values()]
        for row, plan, columns in dated:
            days = [row[c] for c in columns if row.get(c)]
            if days != sorted(days):
                self.fault(row["_where"], "ends before it starts")
            span = plans.get(plan or "", {})
            for day in days:
                if day < (span.get("start") or day) or day > (span.get("end") or day):
                    self.fault(row["_where"], f"{day} is outside plan {plan}")

    def check_figures(self, base):
        measures = {row["code"]: row for row in base["measures"]}
        default = base["organisation"][0].get("default_rule")
        rules = {row["code"]: row for row in base.get("rules", [])}
        for row in self.files.get("observations", []):
            measure, period = measures.get(row["measure"]), self.period(row["period"])
            if measure and period:
                self.check_figure(row, measure, period)
        for row in self.files.get("targets", []):
            measure = measures.get(row["measure"], {})
            rule = rules.get(measure.get("rule") or default)
            there = {c for c in ("target", "lower", "upper", "amber") if row.get(c)}
            if rule is None:
                self.fault(row["_where"], "a target without a rule")
            elif not there:
                self.fault(row["_where"], "no target is given")
            elif rule["kind"] == "range" and not {"lower", "upper"} <= there:
                self.fault(row["_where"], "a range wants lower and upper")
            elif rule["kind"] == "two_targets" and there not in (
                    {"lower", "upper"}, {"target", "amber"}):
                self.fault(row["_where"], "two targets want lower and upper, or target and amber")
            elif "amber" in there and rule["kind"] != "two_targets":
                self.fault(row["_where"], "an amber value wants a rule of two targets")
            if {"lower", "upper"} <= there and number(row["lower"]) > number(row["upper"]):
                self.fault(row["_where"], "lower is above upper")

    def check_figure(self, row, measure, period):
        where, value = row["_where"], row.get("value", "")
        top, bottom = number(row.get("numerator")), number(row.get("denominator"))
        if (top is None) != (bottom is None):
            self.fault(where, "a numerator and a denominator go together")
        if not value and top is None and not row.get("marker"):
            self.fault(where, "neither a figure nor a marker")
        if value and row.get("marker") in ("suppressed", "missing", "not_applicable"):
            self.fault(where, f"a figure that is {row['marker']}")
        kind = measure["value_type"]
        if value and kind == "yes_no" and value not in ("yes", "no"):
            self.fault(where, f"{value!r} is neither yes nor no")
        if value and kind not in ("yes_no", "text") and number(value) is None:
            self.fault(where, f"{value!r} is not a number")
        if top is not None and bottom is not None:
            if kind == "percent" and top > bottom:
                self.fault(where, "the numerator of a percentage is above its denominator")
            scale = 100 if kind == "percent" else int(measure.get("per") or 1)
            decimals = int(measure.get("decimals") or 0)
            if value and rounded(number(value), decimals) != rounded(
                    top * scale / bottom, decimals):
                self.fault(where, f"{value} is not {top} of {bottom}")
        frequency = measure["frequency"]
        if frequency not in ("term", "other") and period.kind != frequency:
            self.fault(where, f"a figure by {period.kind} for a measure by {frequency}")
        if measure.get("state") == "development":
            self.fault(where, "a figure for a measure in development")
        if measure.get("state") == "retired" and (
                period.end.isoformat() > (measure.get("retired_on") or "0")):
            self.fault(where, "a figure for a retired measure")
        if row.get("entered_on", "9") <= period.end.isoformat():
            self.fault(where, "entered before its period ended")

    def check_sums(self):
        for row in self.files.get("savings", []):
            parts = sum(number(row[c]) or Decimal(0)
                        for c in ("delivered", "on_track", "at_risk", "undeliverable"))
            if parts != number(row["target"]):
                self.fault(row["_where"], f"the parts come to {parts}, not {row['target']}")
        for row in self.files.get("risks", []):
            for side in ("initial", "residual"):
                likelihood, impact, score = (number(row.get(f"{side}_{c}", "")) for c in
                                             ("likelihood", "impact", "score"))
                if (likelihood is None) != (impact is None):
                    self.fault(row["_where"], f"{side}: likelihood and impact go together")
                elif likelihood is not None and likelihood * impact != score:
                    self.fault(row["_where"], f"{side}: {likelihood} x {impact} is not {score}")
        for row in self.files.get("budgets", []):
            if bool(row.get("unit")) == bool(row.get("line")):
                self.fault(row["_where"], "wants either a unit or a line")
        for row in self.files.get("meetings", []):
            period = self.period(row.get("reports_period", ""))
            if period and period.end.isoformat() > row["date"]:
                self.fault(row["_where"], "reports a period that has not ended")
        for row in self.files.get("actions", []):
            if (row.get("state") == "completed") != (row.get("progress") == "100"):
                self.fault(row["_where"], "completed and a progress of 100 go together")


# ---- statuses ----

def readings(record, period):
    """Every measure that is not retired, in the order of the file."""
    asked = record.period(period)
    return [record.reading(code, asked) for code, row in record.measures.items()
            if row["state"] != "retired"]


STATUS_COLUMNS = ("measure", "value", "target", "status", "computed_status", "period")


def status_table(rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, STATUS_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def check_published(record, folder):
    """Every row of the published tables of Bracknell Forest: figure, target and status."""
    words = {"Green": "on_target", "Amber": "slightly_off", "Red": "off_target"}
    faults, total, computed = [], 0, 0
    for path in sorted(glob.glob(os.path.join(folder, "bracknell_forest_kpis_*.csv"))):
        period = "-".join(re.search(r"kpis_(\d{4}-\d\d)_(Q\d)", path).groups())
        with open(path, encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                total += 1
                got = record.reading(row["Indicator"], record.period(period))
                want = words[row.get("Status") or row["RAG status"]]
                figure = Decimal((row.get("This quarter") or row["This period"])
                                 .replace(",", "").rstrip("%"))
                target = Decimal(row["Target"].replace(",", "").rstrip("%"))
                computed += got["computed_status"] == want
                if (got["status"], Decimal(got["value"]), Decimal(got["target"])) != (
                        want, figure, target):
                    faults.append(f"{row['Indicator']} {period}: published {figure} against "
                                  f"{target}, {want}; here {got}")
    print(f"{total - len(faults)} of {total} published rows agree "
          f"({computed} by the rule alone)")
    return faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder")
    arguments.add_argument("--over")
    arguments.add_argument("--loose", action="store_true")
    arguments.add_argument("--status", metavar="PERIOD")
    arguments.add_argument("--today", default=datetime.date.today().isoformat())
    arguments.add_argument("--write", metavar="FILE")
    arguments.add_argument("--expected", metavar="FILE")
    arguments.add_argument("--published", metavar="DIR")
    options = arguments.parse_args()
    checker = Checker(options.folder, options.loose)
    checker.read()
    checker.check_thread()
    checker.check_figures(checker.files)
    checker.check_sums()
    faults, files = checker.faults, dict(checker.files)
    if options.over:
        over = Checker(options.over, options.loose)
        over.read(files)
        over.check_figures(files)
        faults += over.faults
        for name, rows in over.files.items():
            files[name] = files.get(name, []) + rows
    if not faults:
        print(f"{options.folder}: "
              + ", ".join(f"{len(rows)} {name}" for name, rows in files.items()))
    record = Record(files, datetime.date.fromisoformat(options.today))
    if options.status and not faults:
        table = readings(record, options.status)
        counts = {}
        for row in table:
            counts[row["status"]] = counts.get(row["status"], 0) + 1
        print(f"{options.status}: {len(table)} measures, "
              + ", ".join(f"{n} {status}" for status, n in sorted(counts.items())))
        text = status_table(table)
        if options.write:
            with open(options.write, "w", encoding="utf-8", newline="") as handle:
                handle.write(text)
        elif options.expected:
            with open(options.expected, encoding="utf-8", newline="") as handle:
                if handle.read() != text:
                    faults.append(f"{options.expected}: differs from what is worked out here")
        else:
            print(text, end="")
    if options.published:
        faults += check_published(record, options.published)
    for text in faults:
        print(text, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
