// `analyse suppress`: tables of counts with what could point to a person hidden.
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/analyse_confidence.h"
#include "engine/small_numbers.h"

enum { TABLE, ROW, COLUMN, COUNT };
enum { OUT_TABLE, OUT_ROW, OUT_COLUMN, SHOWN, MARK };
enum { LINES_MOST = 1000, THRESHOLD_USUAL = 5, THRESHOLD_MOST = 1000000 };
#define COUNT_MOST 1e12 // sums of all cells stay exact

static const char TOTAL[] = "total";
static const char *const COLUMNS[] = {
    [TABLE] = "table", [ROW] = "row", [COLUMN] = "column", [COUNT] = "count", NULL};
static const char *const RESULTS[] = {
    [OUT_TABLE] = "table", [OUT_ROW] = "row", [OUT_COLUMN] = "column",
    [SHOWN] = "shown",     [MARK] = "mark",   NULL,
};
static const char *const OPTIONS[] = {"--threshold", "--decimals", NULL};
static const char *const FLAGS[] = {"--totals", NULL};

struct suppression {
    struct small_rule rule;
    bool totals;
};

struct suppress_row {
    const char *row, *column;
    double count;
};

static bool start(struct analyse *j, struct err *e)
{
    struct suppression *s = ARENA_NEW(j->kept, struct suppression);
    const char *text = analyse_option(j->options, "--threshold");
    struct dec number = dec_int(THRESHOLD_USUAL);
    if (text != NULL && (!dec_parse(text, strlen(text), &number) || number.scale > 0 ||
                         number.units < 2 || number.units > THRESHOLD_MOST)) {
        return err_set(e, ERR_USAGE,
                       "--threshold takes a whole number from 2 to %d (5 hides 1 to 4), not "
                       "\"%s\".",
                       THRESHOLD_MOST, text);
    }
    s->rule = (struct small_rule){.threshold = (int)number.units};
    s->totals = analyse_flag(j->options, "--totals");
    j->state = s;
    return true;
}

static bool read_label(struct analyse *j, size_t column, const char **out)
{
    if (analyse_is_blank(j, column)) {
        return analyse_fault(j, "the %s is blank; write what is counted there.", COLUMNS[column]);
    }
    *out = analyse_text(j, column);
    if (strcasecmp(*out, TOTAL) == 0 || strcasecmp(*out, "totals") == 0) {
        return analyse_fault(j,
                             "%s is no cell of the table; leave totals out: they are worked out "
                             "and protected here (--totals gives them).",
                             analyse_shown(j, column));
    }
    return true;
}

static bool read_row(struct analyse *j)
{
    struct suppress_row *row = j->parsed;
    if (analyse_marker(j, COUNT) == MARKER_SUPPRESSED) {
        return analyse_fault(j,
                             "%s is suppressed already; what else has to be hidden follows from "
                             "the count itself, so give it.",
                             analyse_shown(j, COUNT));
    }
    if (!read_label(j, ROW, &row->row) || !read_label(j, COLUMN, &row->column) ||
        !analyse_double(j, COUNT, &row->count) || !analyse_not_negative(j, COUNT, row->count)) {
        return false;
    }
    return !(row->count > COUNT_MOST) ||
           analyse_fault(j, "%s is too large for a count.", analyse_shown(j, COUNT));
}

// --- From a list of cells to a table

// Numbers for texts: the first to stand in the list is 0, and so on.
struct labels {
    size_t count;
    const char **texts; // by number
    size_t *numbers;    // of each row of the list
};

struct label {
    const char *text;
    size_t at;
};

static int by_text(const void *a, const void *b)
{
    const struct label *left = a, *right = b;
    int order = strcmp(left->text, right->text);
    return order != 0 ? order : left->at < right->at ? -1 : left->at > right->at;
}

static struct labels number(struct arena *a, struct label *sorted, size_t count)
{
    struct labels l = {0, ARENA_ARRAY(a, count, const char *), ARENA_ARRAY(a, count, size_t)};
    size_t *firsts = ARENA_ARRAY(a, count, size_t); // where the same text stood first
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 0; i < count; i++) {
        bool is_new = i == 0 || strcmp(sorted[i - 1].text, sorted[i].text) != 0;
        size_t at = sorted[i].at;
        firsts[at] = is_new ? at : firsts[sorted[i - 1].at];
        l.texts[at] = sorted[i].text;
    }
    for (size_t i = 0; i < count; i++) {
        if (firsts[i] == i) {
            l.texts[l.count] = l.texts[i];
            l.numbers[i] = l.count++;
        } else {
            l.numbers[i] = l.numbers[firsts[i]];
        }
    }
    return l;
}

struct grid {
    struct labels rows, columns;
    double *cells;  // rows x columns
    size_t *places; // 1 + the row of the group a cell came from; 0: none
};

static bool refuse_all(struct analyse *j, const struct analyse_group *g, const struct grid *t,
                       struct err *e)
{
    const char *fault = arena_printf(
        j->arena,
        "table \"%s\" has %zu rows and %zu columns; up to %d together can be protected, so divide "
        "it.",
        g->name, t->rows.count, t->columns.count, LINES_MOST);
    for (size_t i = 0; i < g->count; i++) {
        if (!analyse_group_refuse(j, g, i, fault, e)) {
            return false;
        }
    }
    return true;
}

static void put_number(struct analyse *j, const struct analyse_group *g, struct grid *t)
{
    const struct suppress_row *given = g->rows;
    struct label *sorted = ARENA_ARRAY(j->arena, g->count, struct label);
    for (size_t i = 0; i < g->count; i++) {
        sorted[i] = (struct label){given[i].row, i};
    }
    t->rows = number(j->arena, sorted, g->count);
    for (size_t i = 0; i < g->count; i++) {
        sorted[i] = (struct label){given[i].column, i};
    }
    t->columns = number(j->arena, sorted, g->count);
}

static bool fill(struct analyse *j, const struct analyse_group *g, struct grid *t, struct err *e)
{
    const struct suppress_row *given = g->rows;
    size_t count = t->rows.count * t->columns.count;
    t->cells = ARENA_ARRAY(j->arena, count, double);
    t->places = ARENA_ARRAY(j->arena, count, size_t);
    for (size_t i = 0; i < count; i++) {
        t->cells[i] = NAN;
    }
    for (size_t i = 0; i < g->count; i++) {
        size_t cell = t->rows.numbers[i] * t->columns.count + t->columns.numbers[i];
        if (t->places[cell] != 0) {
            const char *fault = arena_printf(
                j->arena,
                "table \"%s\" has a second count for row \"%s\", column \"%s\" (the first is on "
                "line %zu); take one out.",
                g->name, given[i].row, given[i].column, g->lines[t->places[cell] - 1]);
            if (!analyse_group_refuse(j, g, i, fault, e)) {
                return false;
            }
            continue;
        }
        t->places[cell] = i + 1;
        t->cells[cell] = given[i].count;
    }
    return true;
}

// --- Results

static void put(struct analyse *j, const char *row, const char *column, double count,
                enum small_mark mark)
{
    static const char *const words[] = {
        [SMALL_SHOWN] = "shown",
        [SMALL_MISSING] = "missing",
        [SMALL_PRIMARY] = "primary",
        [SMALL_SECONDARY] = "secondary",
    };
    j->results[OUT_ROW] = row;
    j->results[OUT_COLUMN] = column;
    j->results[SHOWN] = mark == SMALL_SHOWN ? analyse_double_text(j, count) : NULL;
    j->results[MARK] = words[mark];
    analyse_put(j);
}

// The sum of `count` cells, `step` apart; NaN when none is present.
static double sum_of(const double *cells, size_t count, size_t step)
{
    long double sum = 0;
    bool is_there = false;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(cells[i * step])) {
            sum += cells[i * step];
            is_there = true;
        }
    }
    return is_there ? (double)sum : NAN;
}

static void put_total(struct analyse *j, const char *row, const char *column, double sum,
                      enum small_mark mark)
{
    put(j, row, column, sum, isnan(sum) ? SMALL_MISSING : mark);
}

static void put_totals(struct analyse *j, const struct grid *t, const struct small_table *s)
{
    for (size_t r = 0; r < s->rows; r++) {
        put_total(j, t->rows.texts[r], TOTAL, sum_of(t->cells + r * s->columns, s->columns, 1),
                  s->row_totals[r]);
    }
    for (size_t c = 0; c < s->columns; c++) {
        put_total(j, TOTAL, t->columns.texts[c], sum_of(t->cells + c, s->rows, s->columns),
                  s->column_totals[c]);
    }
    put_total(j, TOTAL, TOTAL, sum_of(t->cells, s->rows * s->columns, 1), s->total);
}

static bool put_table(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct suppression *how = j->state;
    const struct suppress_row *given = g->rows;
    struct grid t;
    put_number(j, g, &t);
    if (t.rows.count + t.columns.count > LINES_MOST) {
        return refuse_all(j, g, &t, e);
    }
    if (!fill(j, g, &t, e)) {
        return false;
    }
    struct small_table s =
        small_protect(&how->rule, t.cells, t.rows.count, t.columns.count, j->arena);
    j->results[OUT_TABLE] = g->name;
    for (size_t i = 0; i < g->count; i++) {
        size_t cell = t.rows.numbers[i] * t.columns.count + t.columns.numbers[i];
        if (t.places[cell] == i + 1) {
            put(j, given[i].row, given[i].column, given[i].count, s.cells[cell]);
        }
    }
    if (how->totals) {
        put_totals(j, &t, &s);
    }
    return true;
}

const struct analyse_method analyse_method_suppress = {
    .name = "suppress",
    .summary = "tables of counts without small numbers, nor what would give them away",
    .columns = COLUMNS,
    .required = COUNT + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .flags = FLAGS,
    .row_size = sizeof(struct suppress_row),
    .start = start,
    .row = read_row,
    .group = put_table,
    .help =
        "goldthread analyse suppress [--threshold 5] [--totals] [FILE]\n\n"
        "Hides counts from 1 up to the threshold, and as few others as will do, so that no hidden\n"
        "one can be worked out from the rest and the totals. Nought is shown.\n\n"
        "Columns\n"
        "  table          the cells of one table have the same text here; up to 1,000 rows and\n"
        "                 columns together\n"
        "  row, column    where the count stands; each cell once, without totals\n"
        "  count          blank: missing; a cell without a line is missing, too\n"
        "Gives one row a cell, and nothing else of the input: a percentage beside it would tell\n"
        "the count\n"
        "  table, row, column\n"
        "  shown          the count, or blank\n"
        "  mark           shown, missing, primary (small), secondary (would give a small one "
        "away)\n\n"
        "Example\n"
        "  printf 'table,row,column,count\\nX,East,A,3\\nX,East,B,20\\nX,West,A,40\\n"
        "X,West,B,50\\n' |\n"
        "    goldthread analyse suppress --totals\n\n"
        "Options\n"
        "  --threshold N  the least count that is shown (5)\n"
        "  --totals       the totals as well, as rows and columns \"total\": those of the cells "
        "there\n"
        "                 are, with marks of their own; totals protected without it, too\n"
        "  --decimals N   places of the counts\n",
};
