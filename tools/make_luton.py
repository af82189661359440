#!/usr/bin/env python3
"""Makes the example council examples/luton from its sources. Nothing but the standard library.

    tools/make_luton.py [--source DIR] [--out DIR]

Sources (examples/luton/source):
  luton_2011_*.csv, luton_2040_*.csv   facts of Luton's own documents, heads as posts, no names
  example_*.csv                        what the example adds: posts, links, and recipes of figures

The same sources give the same bytes on every machine (see luton_figures.py).
"""
import argparse
import csv
import datetime
import os
import re

from luton_figures import YEARS, figure_of, periods_of, recipe_cells, target_rows

NOTICE = ("The plans, priorities, measures and risks are Luton's own documents of 2011. "
          "All figures and targets are illustrative.")
FIGURE_NOTE = "Illustrative figure, not published by the council"
AGREED = ("2011-06-20", "2012-03-12", "2013-03-11")

COLUMNS = {
    "organisation": "code name kind gss_code financial_year_start default_rule notice",
    "units": "code name kind parent head",
    "people": "code name email unit job manager",
    "boards": "code name kind chair purpose",
    "plans": "code title kind start end owner unit board purpose",
    "aims": "code plan kind title parent owner",
    "contributions": "aim to_aim note",
    "measures": "code title definition unit owner checker value_type per decimals polarity "
                "frequency aggregation cumulative kind class source lag_days rule "
                "min_denominator public state retired_on value_unit note",
    "measure_aims": "measure aim",
    "rules": "code title kind green_within amber_within within_unit beyond red_absolute "
             "red_percent from",
    "targets": "measure part period target lower upper amber green_within amber_within "
               "rationale agreed_by agreed_on",
    "observations": "measure part period value numerator denominator marker note entered_by "
                    "entered_on",
    "commentary": "measure period what_happened why action action_owner action_due author",
    "overrides": "measure period status reason by on",
    "actions": "code title measure aim plan risk owner start due progress state note",
    "projects": "code title sponsor manager plan stage",
    "gates": "project gate decided_on decision by reason",
    "benefits": "project measure expected_change period",
    "risks": "code title cause event effect category owner initial_likelihood initial_impact "
             "initial_score residual_likelihood residual_impact residual_score target_score "
             "response reviewed_on aim",
    "controls": "risk title owner effectiveness",
    "budgets": "line year kind budget forecast actual prior note",
    "savings": "code title unit year target delivered on_track at_risk undeliverable one_off "
               "measure project risk note",
    "meetings": "board date reports_period despatch_days note",
}


class Council:
    """The files being made: name -> list of rows (dicts)."""

    def __init__(self, source):
        self.source = source
        self.files = {name: [] for name in COLUMNS}
        self.posts = {}

    def read(self, name):
        path = os.path.join(self.source, name + ".csv")
        with open(path, encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def add(self, file, /, **cells):
        row = {key: "" if cell is None else str(cell) for key, cell in cells.items()}
        unknown = set(row) - set(COLUMNS[file].split())
        if unknown:
            raise SystemExit(f"{file}.csv has no column {', '.join(sorted(unknown))}")
        self.files[file].append(row)

    def copy(self, name):
        for row in self.read("example_" + name):
            self.add(name, **row)

    def post(self, code):
        """The title of a post, for columns that hold text and not a code."""
        return self.posts.get(code, code)

    def write(self, folder, names):
        os.makedirs(folder, exist_ok=True)
        for name in names:
            columns = COLUMNS[name].split()
            path = os.path.join(folder, name + ".csv")
            with open(path, "w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle, lineterminator="\n")
                writer.writerow(columns)
                for row in self.files[name]:
                    writer.writerow([row.get(column, "") for column in columns])


# ---- the thread ----

def make_organisation(c):
    c.add("organisation", code="luton", name="Luton Borough Council", kind="council",
          gss_code="E06000032", financial_year_start="04", default_rule="STD", notice=NOTICE)
    heads = {"CE": "post-ce", "CL": "post-cd-cl", "CCS": "post-cd-ccs", "ER": "post-cd-er",
             "HCL": "post-cd-hcl", "PH": "post-dph"}
    for row in c.read("luton_2011_departments"):
        c.add("units", code=row["key"], name=row["name"], kind="directorate",
              head=heads[row["key"]])
    c.copy("units")
    for row in c.read("example_people"):
        c.posts[row["code"]] = row["name"]
        c.add("people", job=row["name"], **row)


def make_boards(c):
    known = {"Health and Wellbeing Board": ("HWB", "partnership", "post-hwb-chair"),
             "Inclusive Economy Board": ("IEB", "partnership", "post-ieb-chair"),
             "Luton 2040 Board": ("L2040", "other", "post-ce"),
             "Joint Board": ("JB", "partnership", ""),
             "Executive": ("EXEC", "executive", "post-leader"),
             "Overview and Scrutiny Board": ("OSB", "scrutiny", "post-scrutiny-chair"),
             "CLMT": ("CLMT", "management", "post-ce"),
             "SMLG": ("SMLG", "management", "post-ce")}
    purpose = {"HWB": "Strategic partnership board: Population Wellbeing Strategy",
               "IEB": "Strategic partnership board: Inclusive Economy Strategy"}
    for row in c.read("luton_2040_boards"):
        if row["board"] == "DMT":
            for unit in [u for u in c.files["units"] if u["kind"] == "directorate"]:
                c.add("boards", code="DMT-" + unit["code"], name="DMT, " + unit["name"],
                      kind="management", chair=c.post(unit["head"]),
                      purpose="Signs off the department's figures and plans")
            continue
        code, kind, chair = known[row["board"]]
        c.add("boards", code=code, name=row["board"], kind=kind, chair=c.post(chair),
              purpose=purpose.get(code, row["kind"][:1].upper() + row["kind"][1:]))


def make_corporate_plan(c):
    span = {"start": "2011-04-01", "end": "2014-03-31"}
    level = {row["level"]: row["name"] for row in c.read("luton_2011_plan_levels")}
    c.add("plans", code="SCS", title=level["1"], kind="community",
          end="2026-12-31", purpose="Vision for Luton to 2026; review and refresh due in 2014")
    c.add("aims", code="SCS-1", plan="SCS", kind="priority", title="Vision for Luton to 2026")
    for code, title, unit in (
            ("PP-CYPP", "Children and Young People's Plan 2010/11", "CL"),
            ("PP-LCSP", "Luton Community Safety Partnership Executive's priorities", "ER"),
            ("PP-HIS", "Health Inequalities Strategy", "PH"),
            ("PP-HSG", "Housing Strategy", "HCL")):
        c.add("plans", code=code, title=title, kind="partnership", unit=unit)
        c.add("aims", code=code + "-1", plan=code, kind="priority", title=title)
        c.add("contributions", aim=code + "-1", to_aim="SCS-1")
    c.add("plans", code="CP", title=level["3"], kind="corporate", owner="post-ce",
          board="EXEC", purpose="The needs of Luton's people will be first in everything we do.",
          **span)
    above = {"3": "PP-CYPP-1", "5": "PP-LCSP-1", "2": "PP-HIS-1", "6": "PP-HSG-1"}
    for row in c.read("luton_2011_priorities"):
        number = row["number"]
        c.add("aims", code="P" + number, plan="CP", kind="priority", title=row["name"])
        c.add("contributions", aim="P" + number, to_aim="SCS-1")
        if number in above:
            c.add("contributions", aim="P" + number, to_aim=above[number],
                  note="The priorities also link to key partnership plans")
    for row in c.read("example_outcomes"):
        c.add("aims", code=row["code"], plan="CP", kind="outcome", title=row["title"],
              parent="P" + row["priority"])


def make_department_plans(c):
    for unit in [u for u in c.files["units"] if u["kind"] == "directorate"]:
        c.add("plans", code="DP-" + unit["code"], title=unit["name"] + ": summary plan 2011-2014",
              kind="directorate", owner=unit["head"], unit=unit["code"],
              board="DMT-" + unit["code"], start="2011-04-01", end="2014-03-31",
              purpose="Departmental delivery priorities, Corporate Plan section 5")
    priorities = {a["code"]: a["title"] for a in c.files["aims"]}
    themes = set()
    for row in c.read("example_objectives"):
        plan, theme = "DP-" + row["department"], ""
        if row["theme"]:
            theme = f"{row['department']}-T{row['theme']}"
            if theme not in themes:
                themes.add(theme)
                title = f"Theme {row['theme']}: {priorities['P' + row['theme']]}"
                c.add("aims", code=theme, plan=plan, kind="theme", title=title)
                c.add("contributions", aim=theme, to_aim="P" + row["theme"])
        c.add("aims", code=row["code"], plan=plan, kind="objective", title=row["title"],
              parent=row["parent"] or theme)
        for upper in filter(None, row["contributes_to"].split(";")):
            c.add("contributions", aim=row["code"], to_aim=upper,
                  note="Placed under this priority for the example; the plan prints no theme")


def make_crosscutting_plans(c):
    facts = [(r["department"], r["plan"]) for r in c.read("luton_2011_crosscutting_plans")]
    added = c.read("example_crosscutting")
    if facts != [(r["department"], r["plan"]) for r in added]:
        raise SystemExit("example_crosscutting.csv does not list the plans of the source in order")
    for row in added:
        aim = row["code"] + "-1"
        if row["code"] not in {p["code"] for p in c.files["plans"]}:
            c.add("plans", code=row["code"], title=row["plan"], kind="cross_cutting")
            c.add("aims", code=aim, plan=row["code"], kind="theme", title=row["plan"])
        lower, upper = (aim, row["aim"]) if row["aim_is"] == "above" else (row["aim"], aim)
        c.add("contributions", aim=lower, to_aim=upper,
              note=f"Listed under {row['department']} in the Corporate Plan; "
                   "placed under this aim for the example")


def make_service_plans(c):
    """Service and team plans: that they exist is in the source, what stands in them is not."""
    for row in c.read("example_service_plans"):
        c.add("plans", code=row["code"], title=row["title"], kind=row["kind"],
              owner=row["owner"], unit=row["unit"], start="2011-04-01", end="2014-03-31",
              purpose="Illustrative")
        c.add("aims", code=row["code"] + "-1", plan=row["code"], kind="objective",
              title=row["objective"], owner=row["owner"])
        c.add("contributions", aim=row["code"] + "-1", to_aim=row["to_aim"])


def make_2040(c):
    c.add("plans", code="L40", title="Luton 2020-2040", kind="vision", board="L2040",
          start="2020-01-01", end="2040-12-31",
          purpose="Luton will be a healthy, fair and sustainable town, where all can thrive and "
                  "no-one has to live in poverty.")
    c.add("plans", code="CP40", title="Corporate Plan, Luton Council's response to Luton 2020-2040",
          kind="corporate", owner="post-ce", board="EXEC")
    for row in c.read("luton_2040_priorities"):
        number = row["number"]
        if number != "6":
            c.add("aims", code="V" + number, plan="L40", kind="priority", title=row["name"])
        title = re.sub(r"^\(Corporate Plan only\) ", "", row["name"])
        c.add("aims", code="K" + number, plan="CP40", kind="priority",
              title=title[:1].upper() + title[1:])
        if number != "6":
            c.add("contributions", aim="K" + number, to_aim="V" + number)
    boards = {"Health and Wellbeing Board": "HWB", "Inclusive Economy Board": "IEB"}
    for row in c.read("luton_2040_boards"):
        if row["strategy"]:
            board = boards[row["board"]]
            c.add("plans", code="ST-" + board, title=row["strategy"], kind="partnership",
                  board=board)
    to_vision = iter("V4 V2 V2 V4 V2 V5 V1 V1 V1 V1 V2 V5 V1".split())
    count = {"HWB": 0, "IEB": 0}
    for row in c.read("luton_2040_work_streams"):
        board = boards[row["board"]]
        count[board] += 1
        code = f"WS-{board}-{count[board]}"
        c.add("aims", code=code, plan="ST-" + board, kind="theme", title=row["work_stream"])
        c.add("contributions", aim=code, to_aim=next(to_vision),
              note="Placed under this priority for the example")
    first_stream = iter(("WS-HWB-2", "WS-HWB-1", "WS-IEB-1"))
    for number, row in enumerate(c.read("luton_2040_delivery_plans"), 1):
        code = f"DL-{number}"
        c.add("plans", code=code, title=row["plan"], kind="partnership",
              board=boards[row["board"]], purpose="Delivery plan of the board")
        c.add("aims", code=code + "-1", plan=code, kind="theme", title=row["plan"])
        c.add("contributions", aim=code + "-1", to_aim=next(first_stream),
              note="Placed under this work stream for the example")


# ---- measures, targets, figures ----

def make_measures(c):
    facts = {row["line"]: row for row in c.read("luton_2011_kpis")}
    printed = {"key performance measure": "", "listed as service challenge/priority":
               " Listed as a service challenge or priority."}
    for row in c.read("example_measures"):
        fact = facts.pop(row["line"])
        aims = row.pop("aims").split(";")
        remark = row.pop("remark")
        row.pop("line")
        title = fact["name"]
        if fact["group"]:
            title = f"{fact['group']}: {title}"
        note = (f"Luton Corporate Plan 2011-2014, section 5.{printed[fact['kind']]} {remark} "
                "Figures and targets are illustrative.")
        if row["state"] == "retired":
            row["retired_on"] = "2013-03-31"
        c.add("measures", title=title, note=re.sub(" +", " ", note), **row)
        for aim in aims:
            c.add("measure_aims", measure=row["code"], aim=aim)
    if facts:
        raise SystemExit(f"measures of the source without a line: {', '.join(facts)}")


def make_targets(c):
    measures = {m["code"]: m for m in c.files["measures"]}
    found = {}
    for row in c.read("example_targets"):
        measure = measures[row["measure"]]
        for period, value in target_rows(measure, row):
            cells = found.setdefault((row["measure"], row["part"], period), {})
            within = row["field"] in ("green_within", "amber_within")
            cells[row["field"]] = value.normalize() if within else value
            if row["rationale"]:
                cells["rationale"] = row["rationale"]
    for (measure, part, period), cells in found.items():
        cells["rationale"] = ("Illustrative. " + cells.get("rationale", "")).strip()
        year = int(period[:4])
        if re.fullmatch(r"\d{4}-\d{2}", period) and int(period[5:]) < 4:
            year -= 1
        elif period.endswith("-AY"):
            year += 1
        elif "_" in period:
            year = int(period[5:])
        c.add("targets", measure=measure, part=part, period=period, agreed_by="Executive",
              agreed_on=AGREED[year - YEARS[0]], **cells)


def make_observations(c):
    measures = {m["code"]: m for m in c.files["measures"]}
    for recipe in c.read("example_figures"):
        measure = measures[recipe["measure"]]
        periods = periods_of(measure["frequency"])
        if recipe["values"]:
            cells = dict(zip([p[0] for p in periods], recipe["values"].split("|")))
        else:
            cells = dict(recipe_cells(recipe, measure, periods))
            cells.update(pin.split("=") for pin in filter(None, recipe["pins"].split("|")))
        lag = int(measure["lag_days"])
        for period, end, _, _ in periods:
            if cells[period]:
                entered = end + datetime.timedelta(days=max(lag - 4, 1))
                c.add("observations", measure=measure["code"], part=recipe["part"], period=period,
                      note=FIGURE_NOTE, entered_by=c.post(measure["owner"]),
                      entered_on=entered.isoformat(), **figure_of(cells[period], measure))


# ---- judgement, delivery, risk, money ----

def make_judgements(c):
    c.copy("commentary")
    for row in c.read("example_overrides"):
        c.add("overrides", **dict(row, by=c.post(row["by"])))
    for name in ("actions", "projects", "benefits", "savings", "meetings"):
        c.copy(name)
    for row in c.read("example_gates"):
        c.add("gates", **dict(row, by=c.post(row["by"])))


def sentences(text):
    """Splits controls into sentences; the stop of "e.g." ends none."""
    text = re.sub(r"</?sup>", "", text)
    parts = re.split(r"(?<!e\.g)(?<=\.)\s+(?=[A-Z])", text)
    return [part.strip().rstrip(".") for part in parts if part.strip()]


def make_risks(c):
    facts = {row["number"]: row for row in c.read("luton_2011_risks")}
    for row in c.read("example_risks"):
        fact, code = facts[row["number"]], "R" + row["number"]
        matrix = {}
        for side in ("initial", "residual"):
            if row["illustrative_" + side]:
                likelihood, impact = row["illustrative_" + side].split("x")
                if int(likelihood) * int(impact) != int(fact[side + "_score"]):
                    raise SystemExit(f"{code}: {likelihood} x {impact} is not the printed score")
                matrix.update({side + "_likelihood": likelihood, side + "_impact": impact})
        c.add("risks", code=code, title=fact["title"].rstrip("."), owner=row["owner"],
              effect="(likelihood and impact illustrative)" if matrix else "",
              initial_score=fact["initial_score"], residual_score=fact["residual_score"],
              reviewed_on=row["reviewed_on"], aim=row["aim"], **matrix)
        for title in sentences(fact["existing_controls"]):
            c.add("controls", risk=code, title=title)


def printed_share(row):
    share = row["percentage as printed"]
    return f"Printed as {share} % of the whole." if share else "Printed without a percentage."


def make_budgets(c):
    source = "£m. Luton Corporate Plan 2011-2014, section 7."
    for row in c.read("luton_2011_revenue_budget"):
        if row["kind"] != "revenue":
            continue  # the subtotal and the total are computed, never entered
        note = f"{source} {printed_share(row)}" + (f" Note {row['note']}." if row["note"] else "")
        c.add("budgets", line=row["service"], year="2011-12-FY", kind="revenue",
              budget=row["2011/12 £m"], prior=row["2010/11 £m"], note=note)
    for kind, name in (("capital", "expenditure"), ("capital_financing", "financing")):
        for row in c.read("luton_2011_capital_" + name):
            line = row.get("service") or row.get("source")
            if line != "TOTAL":
                c.add("budgets", line=line, year="2011-12-FY", kind=kind,
                      budget=row["2011/12 £m"], note=f"{source} {printed_share(row)}")
    c.copy("budgets")


# ---- revisions ----

def make_revisions(c):
    """A second folder that supersedes a few targets and figures, as a later import would."""
    later = Council(c.source)
    measures = {m["code"]: m for m in c.files["measures"]}
    for row in c.read("revisions_targets"):
        later.add("targets", **row)
    for row in c.read("revisions_observations"):
        cells = figure_of(row.pop("figure") + "[revised]", measures[row["measure"]])
        cells["note"] = f"{FIGURE_NOTE}. {row.pop('reason')}"
        later.add("observations", **row, **cells)
    return later


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples", "luton")
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--source", default=os.path.join(root, "source"))
    arguments.add_argument("--out", default=root)
    options = arguments.parse_args()
    c = Council(options.source)
    make_organisation(c)
    make_boards(c)
    make_corporate_plan(c)
    make_department_plans(c)
    make_crosscutting_plans(c)
    make_service_plans(c)
    make_2040(c)
    c.copy("rules")
    make_measures(c)
    make_targets(c)
    make_observations(c)
    make_judgements(c)
    make_risks(c)
    make_budgets(c)
    c.write(options.out, COLUMNS)
    make_revisions(c).write(os.path.join(options.out, "revisions"), ("targets", "observations"))


if __name__ == "__main__":
    main()
