// How to read the report, and how it was made: the legend from the rules in force, the method.

#include <string.h>

#include "view/quarterly_parts.h"
#include "view/signal.h"
#include "view/words.h"
#include "view/words_rule.h"

static const char *meaning(enum status s)
{
    static const char *const words[] = {
        [STATUS_ON_TARGET] =
            "the figure is at its target or better, or within what its rule allows",
        [STATUS_SLIGHTLY_OFF] = "worse than that, but within the tolerance of its rule",
        [STATUS_OFF_TARGET] = "worse than the tolerance of its rule",
        [STATUS_MISSING] = "a figure is due and has not been given; it is never read as nought",
        [STATUS_NO_TARGET] = "the figure is shown and not judged",
        [STATUS_NOT_DUE] = "the figure for this period is not expected yet",
        [STATUS_SUPPRESSED] = "the figure is withheld to protect people in small groups",
        [STATUS_NOT_APPLICABLE] = "there can be no figure for this period",
        [STATUS_IN_DEVELOPMENT] = "how to measure this is still being worked out"};
    return words[s];
}

static void put_statuses(struct tree *section)
{
    static const enum status order[] = {
        STATUS_ON_TARGET,      STATUS_SLIGHTLY_OFF,   STATUS_OFF_TARGET,
        STATUS_MISSING,        STATUS_NO_TARGET,      STATUS_NOT_DUE,
        STATUS_NOT_APPLICABLE, STATUS_IN_DEVELOPMENT, STATUS_SUPPRESSED};
    struct tree *list = tree_list(section, "statuses");
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "code", status_code(order[i]));
        tree_text(item, "word", words_status(order[i]));
        tree_text(item, "shape", words_status_shape(order[i]));
        tree_text(item, "meaning", meaning(order[i]));
    }
}

// Each rule version that judged at least one figure of this report, with how many it judged.
static void put_rules(struct page_request *q, struct tree *section)
{
    const struct council *c = q->council;
    const struct reading *all = page_readings(q);
    struct tree *table = tree_table(section, "rules", "rules", "Rules in force");
    tree_column(table, "code", "Rule", false);
    tree_column(table, "words", "What it says", false);
    tree_column(table, "from", "In force from", false);
    tree_column(table, "measures", "Measures it judges", true);
    for (size_t i = 0; i < c->rule_count; i++) {
        int measures = 0;
        for (size_t k = 0; k < c->measure_count; k++) {
            bool counts =
                c->measures[k].state != MEASURE_RETIRED && status_is_scored(all[k].status);
            measures += counts && all[k].rule == &c->rules[i] ? 1 : 0;
        }
        if (measures == 0) {
            continue;
        }
        struct tree *row = tree_row(table);
        tree_text(row, "code", c->rules[i].code);
        tree_text(row, "words", words_rule(q->arena, &c->rules[i].rule, NULL));
        tree_text(row, "from",
                  c->rules[i].from == DAY_NONE ? "the start"
                                               : day_shown(q->arena, c->rules[i].from));
        tree_int(row, "measures", measures);
    }
}

void quarterly_legend(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "legend", n, "How to read this report");
    put_statuses(section);
    put_rules(q, section);
    struct scope s = quarterly_scope(q);
    part_signal_legend(q, section, &s);
}

void quarterly_method(struct page_request *q, struct tree *page, int n)
{
    struct tree *section = quarterly_section(page, "method", n, "How the figures were made");
    struct tree *list = tree_list(section, "paragraphs");
    static const char *const paragraphs[] = {
        "Figures and targets are compared as they are shown: both are rounded first, halves away "
        "from nought, to the decimals of the measure. A report never shows a figure equal to its "
        "target as off target.",
        "A quarter made of months adds up counts and money, takes the last figure of a stock, and "
        "divides the sum of numerators by the sum of denominators for a percentage or rate. "
        "Percentages are never averaged. Where a month is missing the figure is shown with how "
        "many months it holds, and is not judged.",
        "A measure collected once a year keeps its status until the next figure is due; its period "
        "is written beside it.",
        "The status of a figure comes from the version of the rule in force at the end of its "
        "period. A rule changed later does not recolour the past. A status set by judgement stands "
        "beside what was computed.",
        "Change is told from chance by a control chart (XmR) of the figures up to this period: "
        "limits "
        "at 2.66 times the average difference between neighbours on both sides of the average. A "
        "figure outside them, seven in a row on one side or going one way, or two of three near a "
        "limit are change; all else is chance. With fewer than 13 figures nothing is said.",
        "A missing figure is not nought. It counts in the base of all measures and not among those "
        "with a status; both shares are printed.",
        "In a group, each measure counts once, however many aims it serves. The worst measure of a "
        "group is named beside its counts, so that no average hides it.",
        "Every sum and share of this report was computed a second time from what it prints; a "
        "report that does not add up is not made."};
    for (size_t i = 0; i < COUNT_OF(paragraphs); i++) {
        struct tree *item = tree_map(list, NULL);
        tree_int(item, "paragraph", (int64_t)i + 1);
        tree_text(item, "text", paragraphs[i]);
    }
    tree_text(section, "source",
              arena_printf(q->arena, "Made on %s from version %llu of the record.",
                           day_shown(q->arena, q->council->today),
                           (unsigned long long)q->council->revision));
}
