// Forms from the descriptors: every kind of thing has one, with each of its columns; what is typed
// comes back as it was typed; what cannot be is said in plain words; nothing is shown unescaped.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "base/embed.h"
#include "domain/thing_key.h"
#include "domain/undo.h"
#include "fixture_council.h"
#include "fixture_page.h"
#include "model/columns.h"
#include "render/page.h"
#include "view/edit_conflict.h"
#include "view/edit_history.h"
#include "view/edit_list.h"

#define HOSTILE "<script>alert(1)</script>\"'><b>not bold</b>{{csrf}}"

struct here {
    struct arena *arena;
    struct page_request q;
    struct err err;
};

static const char *no_query(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    assert_non_null(a);
    struct here *h = ARENA_NEW(a, struct here);
    h->arena = a;
    h->err = (struct err){.arena = a};
    h->q = (struct page_request){.council = fixture_council(a),
                                 .arena = a,
                                 .path = "/town/edit",
                                 .rest = "",
                                 .query_text = "",
                                 .query = no_query};
    h->q.period = page_default_period(h->q.council);
    *state = h;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct here *)*state)->arena);
    return 0;
}

// ---- the page around a view, as a visit makes it ----

static struct tree *new_page(struct here *h)
{
    struct tree *page = tree_new_map(h->arena);
    page_frame(&h->q, page, "");
    tree_null(page, "heading");
    tree_text(page, "csrf", "token");
    tree_list(page, "errors");
    return page;
}

static bool load_built_in(void *context, const char *name, struct template_source *out)
{
    static const char *const folders[] = {"templates/", "templates/partials/"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        const char *ending = strstr(name, ".html") == NULL ? ".html" : "";
        const struct embedded *e =
            embed_find(arena_printf(context, "%s%s%s", folders[i], name, ending));
        if (e != NULL) {
            *out = (struct template_source){(const char *)e->bytes, e->length};
            return true;
        }
    }
    return false;
}

static const char *const templates[] = {
    "edit_kinds.html", "edit_list.html",    "edit_form.html",     "edit_retire.html",
    "edit_undo.html",  "edit_history.html", "edit_conflict.html", "edit_answers.html"};

// Of the frame, which others put: asked for on every page alike.
static bool is_of_frame(const char *template_name)
{
    return strncmp(template_name, "frame_", 6) == 0 || strcmp(template_name, "account_link") == 0;
}

static void on_missing(void *context, const char *template_name, int line, const char *key)
{
    int *missing = context;
    if (!is_of_frame(template_name)) {
        print_error("%s line %d asks for %s\n", template_name, line, key);
        (*missing)++;
    }
}

// The page through its template: every name is there, and nothing hostile stands unescaped.
static const char *html(struct here *h, const char *name, struct tree *page)
{
    const struct templates *set =
        templates_load(h->arena, templates, COUNT_OF(templates), load_built_in, h->arena, &h->err);
    if (set == NULL) {
        fail_msg("%s", h->err.message);
    }
    int missing = 0;
    const struct tree *errors = tree_get(page, "errors");
    tree_bool(page, "has_errors", errors->count > 0);
    (void)templates_missing_keys(templates_find(set, name), page, on_missing, &missing, NULL);
    assert_int_equal(missing, 0);
    struct buf out = buf_new(h->arena, 16 << 20);
    if (!render_page(set, name, page, &out, &h->err)) {
        fail_msg("%s", h->err.message);
    }
    const char *text = buf_cstr(&out);
    assert_null(strstr(text, "<script>alert"));
    assert_null(strstr(text, "<b>not bold"));
    assert_null(strstr(text, "(null)"));
    return text;
}

static size_t times(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what)) {
        count++;
    }
    return count;
}

// ---- keys in addresses ----

static void test_keys(void **state)
{
    struct here *h = *state;
    static const struct {
        const char *cells[3]; // measure, part, period
        const char *key;
    } cases[] = {
        {{"NI 117", NULL, "2013-14-Q4"}, "NI 117~~2013-14-Q4"},
        {{"NI 117", "North", "2013-14-Q4"}, "NI 117~North~2013-14-Q4"},
        {{"a~b/c!d", "!", "2013"}, "a!tb!sc!ed~!e~2013"},
        {{"..", NULL, "2013"}, NULL},
    };
    const struct descriptor *d = descriptor_of(KIND_OBSERVATION);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *cells[COLUMNS_MAX] = {NULL}, *back[COLUMNS_MAX] = {NULL};
        bool digest = false;
        memcpy(cells, cases[i].cells, sizeof cases[i].cells);
        const char *key = thing_key(h->arena, d, cells);
        if (cases[i].key != NULL) {
            assert_string_equal(key, cases[i].key);
        }
        assert_true(thing_key_read(h->arena, d, key, back, &digest));
        for (size_t c = 0; c < 3 && !digest; c++) {
            assert_true((back[c] == NULL) == (cells[c] == NULL));
            assert_true(back[c] == NULL || strcmp(back[c], cells[c]) == 0);
        }
        assert_true(digest == (cases[i].key == NULL));
    }
    const char *code[COLUMNS_MAX] = {"new"}, *back[COLUMNS_MAX] = {NULL};
    bool digest = false;
    const struct descriptor *measure = descriptor_of(KIND_MEASURE);
    assert_string_equal(thing_key(h->arena, measure, code), "!n");
    assert_true(thing_key_read(h->arena, measure, "!n", back, &digest));
    assert_string_equal(back[0], "new");
    assert_false(thing_key_read(h->arena, d, "one~two", back, &digest));
    assert_false(thing_key_read(h->arena, d, "1~2~3~4", back, &digest));
    assert_false(thing_key_read(h->arena, d, "!x~~2013", back, &digest));
    assert_ptr_equal(thing_of_folder("comparator_values"), descriptor_of(KIND_COMPARATOR_VALUE));
    assert_null(thing_of_folder("comparator_value"));
    assert_null(thing_of_folder(""));
}

// ---- forms of every kind ----

static void test_every_column_has_its_place(void **state)
{
    struct here *h = *state;
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        int places[COLUMNS_MAX] = {0};
        size_t count = 0;
        const struct edit_group *groups = edit_groups(h->arena, d, &count);
        for (size_t g = 0; g < count; g++) {
            for (const int *c = groups[g].columns; *c >= 0; c++) {
                places[*c]++;
            }
        }
        for (size_t c = 0; c < d->count; c++) {
            assert_int_equal(places[c], 1);
        }
    }
    static const char *const ours[] = {EDIT_REASON, EDIT_PART, "csrf", "seen",
                                       "choosing",  "go",      "step", "saved"};
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        for (size_t i = 0; i < COUNT_OF(ours); i++) {
            assert_int_equal(descriptor_column(descriptor_of((enum kind)k), ours[i]), -1);
        }
    }
    size_t kinds = 0;
    for (const enum kind *k = edit_kinds(); *k != KIND_NONE; k++, kinds++) {
        assert_non_null(edit_kind_title(*k));
    }
    assert_int_equal(kinds, KIND_COUNT - 1);
}

static struct edit_form form_of(const struct descriptor *d, enum who_action action,
                                const char *const *cells)
{
    return (struct edit_form){.kind = d,
                              .action = action,
                              .key = action == WHO_CREATES ? NULL : "KEY",
                              .cells = cells,
                              .seen = action == WHO_CREATES ? NULL : "5ee4",
                              .part = -1};
}

// Each column is asked for under its name, or, of a key that stands, said.
static void look_at_form(struct here *h, const struct descriptor *d, const char *page,
                         enum who_action action)
{
    for (size_t c = 0; c < d->count; c++) {
        const struct column *column = &d->columns[c];
        const char *name = arena_printf(h->arena, "name=\"%s%s\"", column->name,
                                        column->type == COLUMN_DATE ? "-day" : "");
        bool asked = action == WHO_CREATES || !column->key;
        if ((strstr(page, name) != NULL) != asked) {
            fail_msg("%s of %s: %s", column->name, d->name, name);
        }
        if (column->required && asked) {
            const char *optional = arena_printf(h->arena, ">%s (optional)", column->label);
            assert_null(strstr(page, optional));
        }
    }
}

static void test_every_kind_has_forms(void **state)
{
    struct here *h = *state;
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        const char *cells[COLUMNS_MAX] = {NULL};
        struct edit_form form = form_of(d, WHO_CREATES, cells);
        struct tree *page = new_page(h);
        edit_form_put(&h->q, page, &form);
        look_at_form(h, d, html(h, "edit_form.html", page), WHO_CREATES);

        for (size_t c = 0; c < d->count; c++) {
            cells[c] = HOSTILE;
        }
        form = form_of(d, WHO_CHANGES, cells);
        page = new_page(h);
        edit_form_put(&h->q, page, &form);
        const char *text = html(h, "edit_form.html", page);
        look_at_form(h, d, text, WHO_CHANGES);
        assert_non_null(strstr(text, "&lt;script&gt;"));
        assert_non_null(strstr(text, "name=\"seen\" value=\"5ee4\""));
        assert_true((strstr(text, "/retire\"") != NULL) == (edit_retire_means(d->kind) != NULL));

        page = new_page(h);
        form = form_of(d, WHO_RETIRES, cells);
        edit_retire_put(&h->q, page, &form);
        assert_non_null(strstr(html(h, "edit_retire.html", page), "name=\"" EDIT_REASON "\""));

        page = new_page(h);
        form = form_of(d, WHO_CHANGES, cells);
        edit_answers_put(&h->q, page, &form);
        (void)html(h, "edit_answers.html", page);
    }
}

// What is wrong stands on top, linked to its field, and beside the field; what was typed stays.
static void test_faults_are_shown(void **state)
{
    struct here *h = *state;
    const struct descriptor *d = descriptor_of(KIND_ACTION);
    const char *cells[COLUMNS_MAX] = {NULL};
    cells[ACTION_CODE] = "A" HOSTILE;
    cells[ACTION_PROGRESS] = "lots";
    struct edit_form form = form_of(d, WHO_CREATES, cells);
    form.faults = edit_check(h->arena, d, cells, NULL, &form.fault_count);
    struct tree *page = new_page(h);
    edit_form_put(&h->q, page, &form);
    const char *text = html(h, "edit_form.html", page);
    assert_int_equal(form.fault_count, 2);
    assert_string_equal(fixture_text(page, "errors.0.href"), "#f-title");
    assert_string_equal(fixture_text(page, "errors.0.text"), "Enter the title");
    assert_string_equal(fixture_text(page, "errors.1.href"), "#f-progress");
    assert_non_null(strstr(text, "id=\"f-progress\""));
    assert_non_null(strstr(text, "value=\"lots\""));
    assert_non_null(strstr(text, "aria-describedby=\"f-progress-hint f-progress-error\""));
    assert_int_equal(times(text, "Enter the title"), 2);
}

// ---- what is typed ----

struct posted {
    const char *names[12], *values[12];
};

static const char *nth(void *context, const char *name, size_t n)
{
    const struct posted *p = context;
    for (size_t i = 0; i < COUNT_OF(p->names) && p->names[i] != NULL; i++) {
        if (strcmp(p->names[i], name) == 0 && n-- == 0) {
            return p->values[i];
        }
    }
    return NULL;
}

static void test_dates(void **state)
{
    struct here *h = *state;
    static const struct {
        const char *day, *month, *year, *cell, *fault;
    } cases[] = {
        {"27", "3", "2026", "2026-03-27", NULL},
        {"7", "Mar", "2026", "2026-03-07", NULL},
        {" 07 ", "march", "2026", "2026-03-07", NULL},
        {"29", "2", "2024", "2024-02-29", NULL},
        {"", "", "", NULL, NULL},
        {"29", "2", "2026", "29 2 2026", "Due must be a real date, like 27 3 2026"},
        {"", "3", "2026", "3 2026", "Due must be a real date, like 27 3 2026"},
        {"27", "3", "26", "27 3 26", "Due must be a real date, like 27 3 2026"},
        {"27", "ma", "2026", "27 ma 2026", "Due must be a real date, like 27 3 2026"},
    };
    const struct descriptor *d = descriptor_of(KIND_ACTION);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct posted p = {{"code", "title", "due-day", "due-month", "due-year"},
                           {"A1", "Do", cases[i].day, cases[i].month, cases[i].year}};
        struct edit_typed typed = {&p, nth};
        const char *cells[COLUMNS_MAX] = {NULL};
        size_t count = 0;
        edit_cells(h->arena, d, &typed, cells);
        assert_string_equal(cells[ACTION_DUE] == NULL ? "" : cells[ACTION_DUE],
                            cases[i].cell == NULL ? "" : cases[i].cell);
        const struct edit_fault *faults = edit_check(h->arena, d, cells, NULL, &count);
        assert_int_equal(count, cases[i].fault != NULL);
        if (count > 0) {
            assert_string_equal(faults[0].text, cases[i].fault);
            // The three parts come back as they were typed.
            struct edit_form form = form_of(d, WHO_CREATES, cells);
            form.typed = &typed;
            struct tree *page = new_page(h);
            edit_form_put(&h->q, page, &form);
            assert_non_null(strstr(html(h, "edit_form.html", page),
                                   arena_printf(h->arena,
                                                "name=\"due-month\" type=\"text\" "
                                                "value=\"%s\"",
                                                cases[i].month)));
        }
    }
}

static void test_several_choices(void **state)
{
    struct here *h = *state;
    struct posted p = {{"code", "class", "class"}, {"M", "statutory", "corporate"}};
    struct edit_typed typed = {&p, nth};
    const char *cells[COLUMNS_MAX] = {NULL};
    edit_cells(h->arena, descriptor_of(KIND_MEASURE), &typed, cells);
    assert_string_equal(cells[MEASURE_CLASS], "statutory;corporate");
    assert_null(cells[MEASURE_TITLE]);
}

static void test_faults(void **state)
{
    struct here *h = *state;
    static const struct {
        enum kind kind;
        int column;
        const char *typed, *fault;
    } cases[] = {
        {KIND_MEASURE, MEASURE_TITLE, NULL, "Enter the title"},
        {KIND_MEASURE, MEASURE_POLARITY, NULL, "Choose an answer for “Good is”"},
        {KIND_PERSON, PERSON_EMAIL, "nobody",
         "E-mail: “nobody” is not an e-mail address: write it as name@council.gov.uk"},
        {KIND_ACTION, ACTION_PROGRESS, "101",
         "Progress: “101” is not a whole number from 0 to 100: write one, or leave the cell blank"},
        {KIND_SAVING, SAVING_TARGET, "£1,200,000", NULL},
        {KIND_SAVING, SAVING_TARGET, "a lot",
         "Target: “a lot” is not a plain number: write digits such as 1234.5"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct descriptor *d = descriptor_of(cases[i].kind);
        const char *cells[COLUMNS_MAX] = {NULL};
        const int columns[] = {cases[i].column, -1};
        size_t count = 0;
        cells[cases[i].column] = cases[i].typed;
        const struct edit_fault *faults = edit_check(h->arena, d, cells, columns, &count);
        assert_int_equal(count, cases[i].fault != NULL);
        assert_string_equal(count == 0 ? "" : faults[0].text,
                            cases[i].fault == NULL ? "" : cases[i].fault);
    }
}

// UI-22: the words that an error never uses.
static void test_words_of_errors(void **state)
{
    struct here *h = *state;
    static const char *const never[] = {"please",  "sorry", "valid",      "forbidden",
                                        "illegal", "oops",  "prohibited", "you forgot"};
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        const char *cells[COLUMNS_MAX] = {NULL};
        for (int round = 0; round < 2; round++) {
            size_t count = 0;
            const struct edit_fault *faults = edit_check(h->arena, d, cells, NULL, &count);
            for (size_t i = 0; i < count; i++) {
                for (size_t w = 0; w < COUNT_OF(never); w++) {
                    assert_null(strcasestr(faults[i].text, never[w]));
                }
            }
            for (size_t c = 0; c < d->count; c++) {
                cells[c] = "\x01";
            }
        }
    }
}

static void test_reasons(void **state)
{
    struct here *h = *state;
    static const struct {
        enum kind kind;
        enum who_action action;
        bool needed;
    } cases[] = {
        {KIND_OBSERVATION, WHO_CREATES, false}, {KIND_OBSERVATION, WHO_CHANGES, true},
        {KIND_TARGET, WHO_CHANGES, true},       {KIND_OVERRIDE, WHO_CHANGES, true},
        {KIND_ACTION, WHO_CHANGES, false},      {KIND_ACTION, WHO_RETIRES, true},
        {KIND_RULE, WHO_CHANGES, true},         {KIND_MEASURE, WHO_CHANGES, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *fault = NULL;
        assert_int_equal(edit_reason_given(h->arena, cases[i].kind, cases[i].action, "", &fault),
                         !cases[i].needed);
        assert_int_equal(fault != NULL, cases[i].needed);
        assert_true(
            edit_reason_given(h->arena, cases[i].kind, cases[i].action, "Minute 7", &fault));
    }
}

// ---- two at once ----

static void test_a_conflict_shows_both_values(void **state)
{
    struct here *h = *state;
    const struct descriptor *d = descriptor_of(KIND_ACTION);
    const char *mine[COLUMNS_MAX] = {NULL}, *now[COLUMNS_MAX] = {NULL};
    mine[ACTION_CODE] = now[ACTION_CODE] = "A1";
    mine[ACTION_TITLE] = "Mine " HOSTILE;
    now[ACTION_TITLE] = "Theirs " HOSTILE;
    mine[ACTION_NOTE] = now[ACTION_NOTE] = "The same";
    now[ACTION_PROGRESS] = "40";
    struct edit_form form = form_of(d, WHO_CHANGES, mine);
    struct tree *page = new_page(h);
    edit_conflict_put(&h->q, page, &form, now);
    const char *text = html(h, "edit_conflict.html", page);
    assert_int_equal(times(text, "value=\"mine\""), 2);
    assert_non_null(strstr(text, "name=\"choose-title\""));
    assert_non_null(strstr(text, "name=\"choose-progress\""));
    assert_null(strstr(text, "name=\"choose-note\""));
    assert_non_null(strstr(text, "name=\"note\" value=\"The same\""));

    struct posted p = {{"choose-title", "choose-progress"}, {"mine", "now"}};
    struct edit_typed typed = {&p, nth};
    const struct edit_fault *faults = NULL;
    const char *settled[COLUMNS_MAX];
    size_t count = 0;
    memcpy(settled, mine, sizeof settled);
    assert_true(edit_conflict_settle(h->arena, d, &typed, now, settled, &faults, &count));
    assert_ptr_equal(settled[ACTION_TITLE], mine[ACTION_TITLE]);
    assert_string_equal(settled[ACTION_PROGRESS], "40");

    p.names[1] = NULL;
    memcpy(settled, mine, sizeof settled);
    assert_false(edit_conflict_settle(h->arena, d, &typed, now, settled, &faults, &count));
    assert_int_equal(count, 1);
    assert_string_equal(faults[0].text, "Choose which to keep for “Progress”");

    page = new_page(h);
    edit_conflict_put(&h->q, page, &form, NULL);
    text = html(h, "edit_conflict.html", page);
    assert_non_null(strstr(text, "was taken out of the record"));
    assert_non_null(strstr(text, "name=\"title\" value=\"Mine"));
}

// ---- history and undo ----

static const char *const action_now[ACTION_COLUMNS] = {
    [ACTION_CODE] = "A1", [ACTION_TITLE] = "Third", [ACTION_PROGRESS] = "40"};
static const struct audit_step action_steps[] = {
    {.seq = 3,
     .at = "2014-04-01T09:05:00Z",
     .actor = "officer",
     .action = "create",
     .reason = "",
     .changes = "{\"code\":[null,\"A1\"],\"title\":[null,\"First\"]}"},
    {.seq = 5,
     .at = "2014-04-02T14:30:00Z",
     .actor = "head",
     .action = "change",
     .reason = "",
     .changes = "{\"title\":[\"First\",\"Second\"],\"progress\":[null,\"40\"]}"},
    {.seq = 9,
     .at = "2014-04-03T00:00:00Z",
     .actor = HOSTILE,
     .action = "change",
     .reason = HOSTILE,
     .changes = "{\"title\":[\"Second\",\"Third\"]}"},
};

static void test_history(void **state)
{
    struct here *h = *state;
    struct edit_history history = {descriptor_of(KIND_ACTION), "A1", action_now, action_steps,
                                   COUNT_OF(action_steps),     true};
    struct tree *page = new_page(h);
    assert_true(edit_history_put(&h->q, page, &history, &h->err));
    const char *text = html(h, "edit_history.html", page);
    assert_string_equal(fixture_text(page, "steps.0.when"), "3 April 2014");
    assert_string_equal(fixture_text(page, "steps.1.when"), "2 April 2014, 2:30pm UTC");
    assert_string_equal(fixture_text(page, "steps.1.fields.0.from"), "First");
    assert_string_equal(fixture_text(page, "steps.1.fields.0.to"), "Second");
    assert_string_equal(fixture_text(page, "steps.2.what"), "Added");
    assert_int_equal(times(text, "?undo="), 2);
    history.may_change = false;
    page = new_page(h);
    assert_true(edit_history_put(&h->q, page, &history, &h->err));
    assert_int_equal(times(html(h, "edit_history.html", page), "?undo="), 0);
}

static void test_undo(void **state)
{
    struct here *h = *state;
    const struct descriptor *d = descriptor_of(KIND_ACTION);
    const struct door_row now = {action_now, 0, "5ee4"}, gone = {NULL, 0, NULL};
    struct door_change change = {0};
    const char *why = NULL;
    size_t count = COUNT_OF(action_steps);
    assert_true(
        undo_make(h->arena, d, action_steps, count, 2, &now, "2014-05-15", &change, &why, &h->err));
    assert_int_equal(change.action, WHO_CHANGES);
    assert_string_equal(change.cells[ACTION_TITLE], "Second");
    assert_true(change.told[ACTION_TITLE]);
    assert_false(change.told[ACTION_PROGRESS]);
    assert_string_equal(change.seen, "5ee4");
    static const struct {
        size_t at;
        bool there;
        const char *why;
    } cases[] = {
        {0, true, "This step added it. To undo that, take it out."},
        {1, true,
         "Title was changed again on 2014-04-03. Undo that change first, or change it by hand."},
        {2, false, "It is no longer there. Undo the step that took it out first."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(undo_make(h->arena, d, action_steps, count, cases[i].at,
                               cases[i].there ? &now : &gone, "2014-05-15", &change, &why,
                               &h->err));
        assert_string_equal(why, cases[i].why);
    }
}

static void test_undo_of_what_is_gone(void **state)
{
    struct here *h = *state;
    const struct door_row gone = {NULL, 0, NULL};
    struct door_change change = {0};
    const char *why = NULL;
    const struct audit_step action = {.seq = 4,
                                      .at = "2014-04-01T09:05:00Z",
                                      .actor = "o",
                                      .action = "retire",
                                      .reason = "",
                                      .changes =
                                          "{\"code\":[\"A1\",null],\"title\":[\"Gone\",null]}"};
    assert_true(undo_make(h->arena, descriptor_of(KIND_ACTION), &action, 1, 0, &gone, "2014-05-15",
                          &change, &why, &h->err));
    assert_int_equal(change.action, WHO_CREATES);
    assert_string_equal(change.cells[ACTION_TITLE], "Gone");
    const struct audit_step person = {
        .seq = 4,
        .at = "2014-04-01T09:05:00Z",
        .actor = "o",
        .action = "retire",
        .reason = "",
        .changes = "{\"code\":[\"p\",null],\"name\":[{\"sha256\":\"ab\"},null]}"};
    assert_false(undo_make(h->arena, descriptor_of(KIND_PERSON), &person, 1, 0, &gone, "2014-05-15",
                           &change, &why, &h->err));
    assert_string_equal(why, "Name is private: the history has not kept it. Add it again by hand.");
}

// Of kinds with versions a step is what differs from the version before, and what is set back is
// known from today on.
static void test_undo_of_a_version(void **state)
{
    struct here *h = *state;
    static const char *const first[OBSERVATION_COLUMNS] = {[OBSERVATION_MEASURE] = "M 1",
                                                           [OBSERVATION_PERIOD] = "2013-14-Q4",
                                                           [OBSERVATION_VALUE] = "68.0",
                                                           [OBSERVATION_ENTERED_ON] = "2014-04-10"};
    static const char *const second[OBSERVATION_COLUMNS] = {[OBSERVATION_MEASURE] = "M 1",
                                                            [OBSERVATION_PERIOD] = "2013-14-Q4",
                                                            [OBSERVATION_VALUE] = "86.0",
                                                            [OBSERVATION_ENTERED_ON] =
                                                                "2014-04-20"};
    const struct audit_step steps[] = {{.seq = 1,
                                        .at = "2014-04-10T09:00:00Z",
                                        .actor = "o",
                                        .action = "import",
                                        .reason = "",
                                        .version = 1,
                                        .changes = "{}",
                                        .cells = first},
                                       {.seq = 2,
                                        .at = "2014-04-20T09:00:00Z",
                                        .actor = "o",
                                        .action = "change",
                                        .reason = "",
                                        .version = 2,
                                        .changes = "{}",
                                        .cells = second}};
    const struct door_row now = {second, 2, "5ee4"};
    struct door_change change = {0};
    const char *why = NULL;
    assert_true(undo_make(h->arena, descriptor_of(KIND_OBSERVATION), steps, 2, 1, &now,
                          "2014-05-15", &change, &why, &h->err));
    assert_string_equal(change.cells[OBSERVATION_VALUE], "68.0");
    assert_string_equal(change.cells[OBSERVATION_ENTERED_ON], "2014-05-15");
}

// ---- lists ----

static void test_lists(void **state)
{
    struct here *h = *state;
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        const char *cells[COLUMNS_MAX] = {NULL};
        for (size_t c = 0; c < d->count; c++) {
            cells[c] = HOSTILE;
        }
        const char *const *rows[] = {cells};
        struct things_found found = {rows, 1, 120, false};
        struct edit_list list = {d, &found, HOSTILE, "M 1", 2, "Saved", true};
        struct tree *page = new_page(h);
        edit_list_put(&h->q, page, &list);
        const char *text = html(h, "edit_list.html", page);
        assert_non_null(strstr(text, "Page 2 of 3"));
        assert_non_null(strstr(text, "page=1"));
        assert_non_null(strstr(text, "page=3"));
    }
    struct edit_offer offer = {.collect = true};
    struct tree *page = new_page(h);
    edit_kinds_put(&h->q, page, &offer);
    assert_non_null(strstr(html(h, "edit_kinds.html", page), "nothing here that you may change"));
    offer.kinds[KIND_RISK] = true;
    page = new_page(h);
    edit_kinds_put(&h->q, page, &offer);
    assert_non_null(strstr(html(h, "edit_kinds.html", page), "/town/edit/risks/new"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_column_has_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_kind_has_forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_faults_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_several_choices, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_faults, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_of_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reasons, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_conflict_shows_both_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_history, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undo_of_what_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undo_of_a_version, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
