"""A second implementation of what a status is, for tests: written from the words of FORMAT.md and
docs, in decimal arithmetic, without looking at how the engine in C does it.

What a measure says for a quarter:
  its own period        the figure of the quarter
  months (halves etc.)  made by the measure's aggregation: sum, last, mean, ratio (sum of numerators
                        over sum of denominators); figures for the year so far: the last one
  longer periods        the last one that ended by then; while the next is not due, the one before
Value and targets are rounded to the measure's decimals, half away from zero, and then compared.
"""
import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

DAY = datetime.timedelta(days=1)


def first_of(year, month):
    return datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


class Period:
    """A span of days with a kind; `year_start` is the month in which a financial year begins."""

    def __init__(self, kind, start, end, name):
        self.kind, self.start, self.end, self.name = kind, start, end, name

    @classmethod
    def read(cls, text, year_start=4):
        """None when the text is no canonical id."""
        def months(kind, year, month, count):
            start = first_of(year, month)
            return cls(kind, start, first_of(year, month + count) - DAY, text)

        def match(pattern):
            found = re.fullmatch(pattern, text)
            return [int(g) for g in found.groups()] if found else None

        for letter, kind, count in (("Q", "quarter", 4), ("H", "half", 2)):
            got = match(rf"(\d{{4}})-(\d\d)-{letter}([1-{count}])")
            if got and (got[0] + 1) % 100 == got[1]:
                size = 12 // count
                return months(kind, got[0], year_start + size * (got[2] - 1), size)
        for letter, kind, month in (("FY", "year", year_start), ("AY", "academic_year", 9)):
            got = match(rf"(\d{{4}})-(\d\d)-{letter}")
            if got and (got[0] + 1) % 100 == got[1]:
                return months(kind, got[0], month, 12)
        got = match(r"(\d{4})-(\d\d)")
        if got and 1 <= got[1] <= 12:
            return months("month", got[0], got[1], 1)
        got = match(r"(\d{4})-Q([1-4])")
        if got:
            return months("calendar_quarter", got[0], 3 * got[1] - 2, 3)
        got = match(r"(\d{4})")
        if got:
            return months("calendar_year", got[0], 1, 12)
        got = match(r"(\d{4})_(\d{4})")
        if got and got[0] < got[1]:
            return months("years", got[0], 1, 12 * (got[1] - got[0] + 1))
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)", text)
        if found:
            try:
                start, end = map(datetime.date.fromisoformat, found.groups())
            except ValueError:
                return None
            return cls("span", start, end, text) if start <= end else None
        return None


def period_id(kind, last_day, year_start=4):
    """The id of the period of this kind that contains the day."""
    year, month = last_day.year, last_day.month
    if kind == "month":
        return f"{year}-{month:02d}"
    begin = 9 if kind == "academic_year" else year_start
    first = year if month >= begin else year - 1
    name = f"{first}-{(first + 1) % 100:02d}"
    place = (month - begin) % 12
    return {"quarter": f"{name}-Q{place // 3 + 1}", "half": f"{name}-H{place // 6 + 1}",
            "year": f"{name}-FY", "academic_year": f"{name}-AY"}[kind]


def rounded(value, decimals):
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(cell):
    return Decimal(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell or "") else None


MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Record:
    """The rows that matter for a status. Rows given later replace earlier ones of one key."""

    def __init__(self, files, today):
        self.today = today
        self.organisation = (files.get("organisation") or [{}])[0]
        self.year_start = int(self.organisation.get("financial_year_start") or 4)
        self.measures = {row["code"]: row for row in files["measures"]}
        self.rules = {}
        for row in files.get("rules", []):
            self.rules.setdefault(row["code"], []).append(row)
        self.figures = self.keyed(files.get("observations", []))
        self.targets = self.keyed(files.get("targets", []))
        self.overrides = {(r["measure"], r["period"]): r for r in files.get("overrides", [])}

    @staticmethod
    def keyed(rows):
        return {(r["measure"], r.get("part", ""), r["period"]): r for r in rows}

    def period(self, text):
        return Period.read(text, self.year_start)

    def rule(self, code, day):
        best, since = None, ""
        for row in self.rules.get(code, []):
            start = row.get("from", "")
            if start <= day.isoformat() and (best is None or start >= since):
                best, since = row, start
        return best

    # ---- the figure ----

    def scale(self, measure):
        if measure["value_type"] == "percent":
            return 100
        return int(measure.get("per") or 1) if measure["value_type"] == "rate" else 1

    def value_of(self, measure, row):
        value = number(row.get("value"))
        if value is None and row.get("numerator") and row.get("denominator"):
            denominator = Decimal(row["denominator"])
            if denominator:
                return Decimal(row["numerator"]) * self.scale(measure) / denominator
        return value

    def parts_of(self, frequency, whole):
        names, day = [], whole.start
        while day < whole.end:
            names.append(period_id(frequency, day, self.year_start))
            day = self.period(names[-1]).end + DAY
        return names

    def made(self, measure, part, whole):
        """(value, denominator, present, expected) of a period made of shorter ones."""
        names = self.parts_of(measure["frequency"], whole)
        rows = [self.figures.get((measure["code"], part, name)) for name in names]
        how = measure.get("aggregation") or "none"
        if measure.get("cumulative") == "yes" and how != "none":
            how = "last"
        values = [(self.value_of(measure, row), row) for row in rows if row]
        values = [(value, row) for value, row in values if value is not None]
        present, expected = len(values), len(rows)
        if not values or how == "none":
            return None, None, 0, expected
        if how == "last":
            whole_there = rows[-1] is not None and self.value_of(measure, rows[-1]) is not None
            denominator = number(values[-1][1].get("denominator"))
            return values[-1][0], denominator, expected if whole_there else present, expected
        if how == "ratio":
            pairs = [row for _, row in values if row.get("numerator") and row.get("denominator")]
            top = sum(Decimal(row["numerator"]) for row in pairs)
            base = sum(Decimal(row["denominator"]) for row in pairs)
            value = top * self.scale(measure) / base if base else None
            return value, base, len(pairs), expected
        total = sum(value for value, _ in values)
        return total if how == "sum" else total / present, None, present, expected

    def answering(self, measure, part, asked):
        frequency = measure["frequency"]
        if MONTHS.get(frequency, 99) <= MONTHS.get(asked.kind, 0):
            return asked
        own = [self.period(key[2]) for key in self.figures if key[:2] == (measure["code"], part)]
        if frequency in ("term", "other"):
            ended = [p for p in own if p.end <= asked.end]
            return max(ended, key=lambda p: (p.end, p.start)) if ended else asked
        there = {p.name for p in own}
        current = self.period(period_id(frequency, asked.end, self.year_start))
        if current.end > asked.end:
            current = self.before(current)
        if current.name not in there and self.today < self.due(measure, current):
            earlier = self.before(current)
            if earlier.name in there:
                return earlier
        return current

    def before(self, period):
        return self.period(period_id(period.kind, period.start - DAY, self.year_start))

    def year_before(self, period):
        start = period.start
        earlier = datetime.date(start.year - 1, start.month, start.day)
        return self.period(period_id(period.kind, earlier, self.year_start))

    @staticmethod
    def due(measure, period):
        return period.end + int(measure.get("lag_days") or 0) * DAY

    def comparable(self, measure, part, period):
        """The figure of an earlier period as travel clauses see it: whole, or none."""
        if period is None:
            return None
        row = self.figures.get((measure["code"], part, period.name))
        if row is None and MONTHS.get(measure["frequency"], 99) < MONTHS.get(period.kind, 0):
            value, _, present, expected = self.made(measure, part, period)
            return value if present == expected else None
        return self.value_of(measure, row) if row else None

    # ---- the status ----

    def reading(self, code, asked, part=""):
        """{value, target, computed_status, status, period}; value and target as shown, or ''."""
        measure = self.measures[code]
        period = self.answering(measure, part, asked)
        row = self.figures.get((code, part, period.name))
        present = expected = 0
        if row is None and MONTHS.get(measure["frequency"], 99) < MONTHS.get(period.kind, 0):
            value, denominator, present, expected = self.made(measure, part, period)
        else:
            value = self.value_of(measure, row) if row else None
            denominator = number(row.get("denominator")) if row else None
        decimals = measure.get("decimals")
        shown = rounded(value, int(decimals)) if decimals else value
        target = self.targets.get((code, part, period.name), {})
        incomplete = 0 < present < expected
        computed = self.unscored(measure, part, row, shown, period, incomplete)
        goal = ""
        if computed is None:
            rule = self.rule(measure.get("rule") or self.organisation.get("default_rule"),
                             period.end)
            few = measure.get("min_denominator") and denominator is not None and (
                denominator < Decimal(measure["min_denominator"]))
            computed, goal = self.judge(measure, part, period, shown, target, rule, few)
        status = computed
        override = self.overrides.get((code, period.name)) if part == "" else None
        if override:
            status = override["status"]
        text = str(shown) if shown is not None else (row or {}).get("value", "")
        return {"measure": code, "value": text, "target": str(goal), "status": status,
                "computed_status": computed, "period": period.name}

    def unscored(self, measure, part, row, value, period, incomplete):
        if measure["state"] == "development":
            return "in_development"
        marker = (row or {}).get("marker", "")
        if value is None and marker in ("suppressed", "not_applicable"):
            return marker
        if value is None and row and row.get("value"):
            rule = self.rule(measure.get("rule"), period.end)
            return "missing" if rule and rule["kind"] == "judgement" else "no_target"
        if value is None:
            wanted = [self.period(key[2]).start for rows in (self.figures, self.targets)
                      for key in rows if key[:2] == (measure["code"], part)]
            early = bool(wanted) and period.end < min(wanted)  # nothing was wanted yet
            waiting = self.today < self.due(measure, period)
            return "not_due" if waiting or early else "missing"
        return "missing" if incomplete else None

    def judge(self, measure, part, period, value, target, rule, few):
        if few:
            return "not_applicable", ""  # shown, not judged
        decimals = int(measure["decimals"])
        got = {name: rounded(number(target.get(name)), decimals)
               for name in ("target", "lower", "upper", "amber")}
        goal = got["target"] if got["target"] is not None else got["upper"]
        kind = rule["kind"] if rule else ""
        if measure["polarity"] == "range":
            goal = got["lower"]
        if goal is None or measure["polarity"] == "none" or kind in ("", "judgement"):
            return ("missing" if kind == "judgement" else "no_target"), ""
        tolerance = {name: number(target.get(name)) if number(target.get(name)) is not None
                     else number(rule.get(name)) or Decimal(0)
                     for name in ("green_within", "amber_within")}
        if kind == "range":
            low, high = got["lower"], got["upper"]
            if low <= value <= high:
                return "on_target", low
            missed = low if value < low else high
            room = self.room(rule, tolerance["amber_within"], missed)
            near = abs(value - missed) <= room
            return ("slightly_off" if near else "off_target"), missed
        sign = -1 if measure["polarity"] == "lower" else 1

        def worse_by(bound):
            return (bound - value) * sign

        if kind == "two_targets":
            by_amber = got["amber"] is not None
            bounds = [got[name] for name in (("target", "amber") if by_amber else
                                             ("lower", "upper"))]
            least, best = sorted(bounds, key=lambda bound: bound * sign)
            if worse_by(best) <= 0:
                return "on_target", best
            return ("slightly_off" if worse_by(least) <= 0 else "off_target"), best
        gap = worse_by(goal)
        if kind in ("target_only", "judgement_amber"):
            return ("on_target" if gap <= 0 else "off_target"), goal
        if kind == "dual":
            absolute, percent = number(rule["red_absolute"]), number(rule["red_percent"])
            red = gap > 0 and ((absolute is not None and gap >= absolute) or (
                percent is not None and gap * 100 >= percent * abs(goal)))
            return ("off_target" if red else "slightly_off" if gap > 0 else "on_target"), goal
        if gap <= self.room(rule, tolerance["green_within"], goal):
            return "on_target", goal
        if gap <= self.room(rule, tolerance["amber_within"], goal):
            return "slightly_off", goal
        earlier = {"travel_last_period": self.before, "travel_last_year": self.year_before}.get(
            rule.get("beyond") or "red")
        reference = self.comparable(measure, part, earlier(period)) if earlier else None
        if reference is not None and worse_by(rounded(reference, decimals)) <= 0:
            return "slightly_off", goal
        return "off_target", goal

    @staticmethod
    def room(rule, within, goal):
        return within * abs(goal) / 100 if rule.get("within_unit") == "percent" else within
