#include "view/words_outlook.h"

#include <math.h>
#include <string.h>

#include "view/words.h"

enum { SENTENCES_MAX = 4096 };

const char *words_forecast_method(enum forecast_method m)
{
    switch (m) {
    case FORECAST_RUN_RATE: return "the pace of the year so far";
    case FORECAST_PROFILE: return "last year's profile";
    case FORECAST_PROFILE_TWO: return "the profile of the last two years";
    case FORECAST_RECENT_PACE: return "the pace of the latest three periods";
    case FORECAST_SEASONAL_NAIVE: return "the same periods of last year";
    case FORECAST_TREND: return "the trend of all figures";
    case FORECAST_HOLT_WINTERS: return "level, slope and season of all figures";
    case FORECAST_METHOD_COUNT: break;
    }
    return "";
}

static const char *lower_status(struct arena *a, enum status s)
{
    char *word = arena_text(a, words_status(s));
    word[0] = (char)(word[0] >= 'A' && word[0] <= 'Z' ? word[0] - 'A' + 'a' : word[0]);
    return word;
}

const char *words_outlook(struct arena *a, const struct council *c, const struct measure *m,
                          const struct outlook *o)
{
    if (o->kind == OUTLOOK_NONE) {
        return NULL;
    }
    return arena_printf(a, "%s for %s: %s, %s", o->kind == OUTLOOK_OUTTURN ? "Outturn" : "Forecast",
                        words_period_short(a, o->year, c->year_start), words_figure(a, m, o->value),
                        lower_status(a, o->status));
}

static const char *reason_words(const struct outlook *o)
{
    switch (o->result.reason) {
    case FORECAST_NOTHING_ELAPSED: return "there is no figure of this year yet";
    case FORECAST_GAP_THIS_YEAR:
        return "a figure of this year is missing, and nothing is filled in";
    case FORECAST_NO_LAST_YEAR: return "there are no figures of last year";
    case FORECAST_GAP_LAST_YEAR: return "a figure of last year is missing";
    case FORECAST_ZERO_TO_DATE: return "nothing was counted yet this year";
    case FORECAST_ZERO_SHARE: return "nothing was counted by this time last year";
    case FORECAST_TOO_FEW: return "there are too few figures";
    case FORECAST_NO_DENOMINATOR: return "there were no cases to take a share of";
    case FORECAST_REASON_NONE:
    case FORECAST_YEAR_COMPLETE:
    case FORECAST_NO_RANGE:
    case FORECAST_REASON_COUNT: break;
    }
    return "the figures do not allow it";
}

static const char *why_none(const struct outlook *o)
{
    switch (o->why) {
    case OUTLOOK_NOT_FORECAST: return "this measure is not forecast";
    case OUTLOOK_FREQUENCY: return "it is not reported by the month or quarter";
    case OUTLOOK_NOT_ADDED_UP: return "its figures cannot be put together to one of the year";
    case OUTLOOK_NO_PARTS:
        return "it is a share, and its numerators and denominators are not recorded";
    case OUTLOOK_NO_METHOD: return reason_words(o);
    case OUTLOOK_TOLD: break;
    }
    return "the figures do not allow it";
}

// "2 of 4 quarters"
static const char *known(struct arena *a, const struct measure *m, const struct outlook *o)
{
    return arena_printf(a, "%d of %d %s", o->elapsed, o->of, words_periods(m->frequency));
}

static void put_computed(struct buf *b, struct arena *a, const struct measure *m,
                         const struct outlook *o)
{
    if (o->is_stock) {
        buf_printf(b, "The latest figure, carried to the end of the year (%s known).",
                   known(a, m, o));
    } else {
        buf_printf(b, "Worked out by %s (%s known).", words_forecast_method(o->method),
                   known(a, m, o));
    }
    if (o->low_80.present && o->high_80.present) {
        buf_printf(b, " Four times in five it would end between %s and %s%s.",
                   words_figure(a, m, o->low_80), words_figure(a, m, o->high_80),
                   o->result.is_trial ? ", roughly, for there are few figures to go by" : "");
    }
    // A chance from few figures would sound surer than it is.
    if (!isnan(o->chance) && !o->result.is_trial) {
        struct dec percent = dec_from_double(o->chance * 100, 0);
        bool low = percent.units<1, high = percent.units> 99;
        buf_printf(b, " The chance of meeting the target is %s%s%%.",
                   low    ? "less than "
                   : high ? "more than "
                          : "about ",
                   low    ? "1"
                   : high ? "99"
                          : dec_text(a, percent));
    }
}

static void put_manual(struct buf *b, struct arena *a, const struct measure *m,
                       const struct outlook *o)
{
    const struct forecast *f = o->manual;
    buf_printf(b, "Given by %s", f->by == NULL ? "the owner" : f->by);
    if (f->on != DAY_NONE) {
        buf_printf(b, " on %s", day_shown(a, f->on));
    }
    buf_printf(b, "%s%s.", f->reason == NULL ? "" : ": ", f->reason == NULL ? "" : f->reason);
    if (o->computed.present) {
        buf_printf(b, " The figures alone give %s. ", words_figure(a, m, o->computed));
        put_computed(b, a, m, o);
    }
}

const char *words_outlook_detail(struct arena *a, const struct council *c, const struct measure *m,
                                 const struct outlook *o)
{
    struct buf b = buf_new(a, SENTENCES_MAX);
    switch (o->kind) {
    case OUTLOOK_NONE: buf_printf(&b, "No forecast: %s.", why_none(o)); break;
    case OUTLOOK_COMPUTED: put_computed(&b, a, m, o); break;
    case OUTLOOK_MANUAL: put_manual(&b, a, m, o); break;
    case OUTLOOK_OUTTURN:
        buf_printf(&b, "%s is over: this is what it came to.",
                   words_period_short(a, o->year, c->year_start));
        break;
    }
    return buf_cstr(&b);
}

const char *words_outlooks(struct arena *a, const struct rollup *r)
{
    if (r->scored == 0) {
        return "No measure here has a forecast for the end of the year.";
    }
    int on = r->by_status[STATUS_ON_TARGET];
    return arena_printf(a,
                        "At the year's end %d of the %d %s with a forecast and a target would be "
                        "on target (%s%%); %d of all %d %s none.",
                        on, r->scored, r->scored == 1 ? "measure" : "measures",
                        dec_text(a, rollup_share(on, r->scored, 0)), r->total - r->scored, r->total,
                        r->total - r->scored == 1 ? "has" : "have");
}
