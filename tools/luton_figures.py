"""Periods and figures of the example council: what tools/make_luton.py counts with.

The same sources give the same figures on every machine: "chance" comes from SHA-256 of the
measure's code and the period, never from a random generator or a clock. Arithmetic is decimal and
rounds half away from zero.
"""
import datetime
import hashlib
import re
from decimal import ROUND_HALF_UP, Decimal

YEARS = (2011, 2012, 2013)  # financial years by the year they start in


def rounded(value, decimals):
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def wobble(*parts):
    """A steady number between -2 and 2, most of them near 0, that stands for chance."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).digest()
    return sum(Decimal(byte) / 255 for byte in digest[:4]) - 2


def month_end(year, month):
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)


def periods_of(frequency):
    """[(id, last day, financial year 0..2, place in the year)] of the three years."""
    found = []
    for index, year in enumerate(YEARS):
        name = f"{year}-{(year + 1) % 100:02d}"
        if frequency == "month":
            for place in range(12):
                y, m = year + (place + 3) // 12, (place + 3) % 12 + 1
                found.append((f"{y}-{m:02d}", month_end(y, m), index, place))
        elif frequency in ("quarter", "half"):
            count, letter = (4, "Q") if frequency == "quarter" else (2, "H")
            for place in range(count):
                months = (place + 1) * 12 // count + 3
                end = month_end(year + (months - 1) // 12, (months - 1) % 12 + 1)
                found.append((f"{name}-{letter}{place + 1}", end, index, place))
        elif frequency == "year":
            found.append((f"{name}-FY", month_end(year + 1, 3), index, 0))
        elif frequency == "academic_year":  # the one that ends in the financial year
            name = f"{year - 1}-{year % 100:02d}"
            found.append((f"{name}-AY", month_end(year, 8), index, 0))
        else:  # three calendar years together
            found.append((f"{year - 2}_{year}", month_end(year, 12), index, 0))
    return found


def target_rows(measure, row):
    """(period, value) for every period of the measure, and for quarters of a monthly one."""
    years = [row["y1"], row["y2"], row["y3"]]
    profile = [Decimal(p) for p in row["profile"].split()]
    decimals = int(measure["decimals"] or 0)
    monthly = measure["frequency"] == "month"
    for period, _, year, place in periods_of(measure["frequency"]):
        if years[year]:
            share = profile[place] if profile else 1
            yield period, rounded(Decimal(years[year]) * share, decimals)
    for period, _, year, place in periods_of("quarter") if monthly else ():
        if years[year]:
            share = profile[place * 3 + 2] if profile else 1
            months = 3 if measure["aggregation"] == "sum" else 1
            yield period, rounded(Decimal(years[year]) * share * months, decimals)


def figure_of(cell, measure):
    """One written figure: "12.5", "3/41", "22/3450[provisional]", "[missing]", or words."""
    value, _, marker = cell.partition("[")
    cells = {"marker": marker.rstrip("]")}
    fraction = re.fullmatch(r"(\d+)/(\d+)", value)
    if fraction:
        numerator, denominator = map(int, fraction.groups())
        scale = {"percent": 100, "rate": int(measure["per"] or 1)}.get(measure["value_type"], 1)
        decimals = int(measure["decimals"])
        value = rounded(Decimal(numerator) * scale / denominator, decimals + 2)
        if value == rounded(value, decimals):
            value = rounded(value, decimals)
        cells.update(numerator=numerator, denominator=denominator)
    cells["value"] = value
    return cells


def recipe_cells(recipe, measure, periods):
    """The figures of a series that runs from `start` to `end` with a profile and some chance."""
    start, end = Decimal(recipe["start"]), Decimal(recipe["end"])
    profile = [Decimal(p) for p in recipe["profile"].split()] or [Decimal(1)]
    bases = [Decimal(p) for p in recipe["denominator_profile"].split()] or [Decimal(1)]
    spread = Decimal(recipe["denominator_noise"] or 0)
    decimals = int(measure["decimals"])
    last = len(periods) - 1
    for index, (period, _, year, place) in enumerate(periods):
        key = (measure["code"], recipe["part"], period)
        level = start + (end - start) * index / last
        value = (level + Decimal(recipe["noise"] or 0) * wobble(*key)) * profile[
            place % len(profile)]
        if not recipe["denominator"]:
            yield period, str(rounded(value, decimals))
            continue
        # A figure for the year so far keeps one base through the year.
        chance = wobble(*key[:2], year if measure["cumulative"] == "yes" else period, "base")
        base = Decimal(recipe["denominator"]) * bases[place % len(bases)] * (1 + spread * chance)
        base = rounded(base, 0)
        scale = {"percent": 100, "rate": int(measure["per"] or 1)}.get(measure["value_type"], 1)
        yield period, f"{rounded(value * base / scale, 0)}/{base}"
