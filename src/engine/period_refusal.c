#include <string.h>

#include "engine/period_read.h"

enum { QUOTED_MOST = 60 };

// The reading in words: "November 2010", "the financial year 2010/11".
static const char *in_words(struct arena *a, struct period p, int year_start)
{
    struct ymd start = day_to_ymd(p.start);
    const char *id = period_id(a, p, year_start);
    switch (p.kind) {
    case PERIOD_MONTH: return arena_printf(a, "%s %d", period_month_name(start.month), start.year);
    case PERIOD_QUARTER:
    case PERIOD_HALF: return arena_printf(a, "%.4s/%.2s %s", id, id + 5, id + 8);
    case PERIOD_YEAR: return arena_printf(a, "the financial year %.4s/%.2s", id, id + 5);
    case PERIOD_ACADEMIC_YEAR: return arena_printf(a, "the academic year %.4s/%.2s", id, id + 5);
    case PERIOD_CALENDAR_YEAR: return arena_printf(a, "the calendar year %s", id);
    case PERIOD_YEARS:
        return arena_printf(a, "the calendar years %d to %d", start.year, day_to_ymd(p.end).year);
    case PERIOD_CALENDAR_QUARTER: return arena_printf(a, "quarter %c of %.4s", id[6], id);
    case PERIOD_SPAN:
        if (p.start == p.end) {
            return day_shown(a, p.start);
        }
        return arena_printf(a, "%s to %s", day_shown(a, p.start), day_shown(a, p.end));
    case PERIOD_NONE: break;
    }
    return "";
}

// At most QUOTED_MOST bytes of the label, cut between characters.
static const char *quoted(struct arena *a, const char *label)
{
    size_t length = strlen(label);
    if (length <= QUOTED_MOST) {
        return label;
    }
    length = QUOTED_MOST;
    while (length > 0 && ((unsigned char)label[length] & 0xc0) == 0x80) {
        length--;
    }
    return arena_printf(a, "%s\u2026", arena_textn(a, label, length));
}

const char *period_refusal(struct arena *a, const char *label, const struct period_reading *r,
                           int year_start)
{
    struct buf b = buf_new(a, 4096);
    buf_printf(&b, "\"%s\" ", quoted(a, label));
    if (r->count == 0) {
        buf_text(&b, "is not a period; write it like 2025-26-Q1, 2025-04, 2025-26-FY, 2025 or "
                     "2023-05-17_2023-06-11.");
        return buf_cstr(&b);
    }
    buf_text(&b, "could be ");
    for (int i = 0; i < r->count; i++) {
        buf_text(&b, i == 0 ? "" : i + 1 < r->count ? ", " : " or ");
        const char *id = period_plain_id(a, r->readings[i], PERIOD_NONE, year_start);
        buf_printf(&b, "%s (write %s)", in_words(a, r->readings[i], year_start), id);
    }
    buf_text(&b, "; write the one you mean.");
    return buf_cstr(&b);
}
