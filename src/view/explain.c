// One status in full, fact by fact, as an officer would lay it out: the facts are those of the
// measure's page ("Why this status"), so page and command cannot disagree.

#include "view/measure_formula.h"
#include "view/measure_why.h"
#include "view/parts.h"
#include "view/statuses.h"
#include "view/words.h"
#include "view/words_measure.h"

static void fact(struct tree *list, const char *key, const char *value, const char *note)
{
    if (value != NULL && value[0] != '\0') {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "key", key);
        tree_text(item, "value", value);
        tree_text(item, "note", note);
    }
}

// The same facts as a table, for CSV.
static void put_table(struct tree *page, const struct tree *facts)
{
    struct tree *table = tree_table(page, "table", "explanation", "The whole calculation");
    tree_column(table, "key", "What", false);
    tree_column(table, "value", "Value", false);
    tree_column(table, "note", "Note", false);
    for (const struct tree *f = facts->first; f != NULL; f = f->next) {
        struct tree *row = tree_row(table);
        const struct tree *note = tree_get(f, "note");
        tree_text(row, "key", tree_get(f, "key")->text);
        tree_text(row, "value", tree_get(f, "value")->text);
        tree_text(row, "note", note == NULL ? NULL : note->text);
    }
}

void view_explain(struct page_request *q, struct tree *page, const struct reading *r)
{
    struct arena *a = q->arena;
    const struct measure *m = r->measure;
    tree_text(page, "measure", m->code);
    tree_text(page, "title", m->title);
    tree_text(page, "part", r->series->part);
    tree_text(page, "period", period_id(a, r->period, q->council->year_start));
    part_status(page, "status", r->status);
    part_status(page, "computed_status", r->why.status);
    tree_text(page, "reason_code", status_reason_code(r->why.reason));
    tree_text(page, "sentence", words_reading(a, q->council, r));
    struct tree *list = tree_list(page, "facts");
    fact(list, "Measure", arena_printf(a, "%s %s", m->code, m->title), words_state_note(a, m));
    fact(list, "Part", r->series->part, NULL);
    fact(list, "Period", words_period(a, r->period, q->council->year_start), NULL);
    measure_why(q, list, r);
    fact(list, "Due", day_shown(a, r->due),
         r->due <= q->council->today ? words_due_note(a, q->council, r) : NULL);
    fact(list, "Good is", words_polarity(m->polarity), NULL);
    fact(list, "Status", words_status(r->status), NULL);
    put_table(page, list);
    measure_formula_tree(q, page, r);
}
