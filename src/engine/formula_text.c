#include <string.h>

#include "engine/formula.h"

struct writer {
    struct buf *out;
    const struct formula *formula;
    const char *const *texts;
    enum formula_style style;
};

const char *formula_function(enum formula_kind kind)
{
    switch (kind) {
    case FORMULA_IF: return "if";
    case FORMULA_SUM: return "sum";
    case FORMULA_MEAN: return "mean";
    case FORMULA_MIN: return "min";
    case FORMULA_MAX: return "max";
    case FORMULA_ABS: return "abs";
    case FORMULA_ROUND: return "round";
    default: return NULL;
    }
}

// ---- parts ----

static void write_code(struct buf *b, const char *code)
{
    buf_char(b, '[');
    for (const char *c = code; *c != '\0'; c++) {
        buf_text(b, *c == ']' ? "]" : "");
        buf_char(b, *c);
    }
    buf_char(b, ']');
}

void formula_write_part(struct buf *b, const struct formula_part *part)
{
    static const char *const looks[] = {[FORMULA_VALUE] = NULL,
                                        [FORMULA_NUMERATOR] = "numerator(",
                                        [FORMULA_DENOMINATOR] = "denominator("};
    buf_text(b, looks[part->look]);
    buf_text(b, part->to_date ? "ytd(" : "");
    buf_text(b, part->steps_back > 0 ? "previous(" : "");
    for (int i = 0; i < part->years_back; i++) {
        buf_text(b, "same_period_last_year(");
    }
    write_code(b, part->code);
    for (int i = 0; i < part->years_back; i++) {
        buf_char(b, ')');
    }
    if (part->steps_back > 1) {
        buf_text(b, ", ");
        buf_int(b, part->steps_back);
    }
    buf_text(b, part->steps_back > 0 ? ")" : "");
    buf_text(b, part->to_date ? ")" : "");
    buf_text(b, part->look != FORMULA_VALUE ? ")" : "");
}

// ---- the tree ----

// How tightly a kind binds.
static int level_of(enum formula_kind kind)
{
    switch (kind) {
    case FORMULA_OR: return 1;
    case FORMULA_AND: return 2;
    case FORMULA_NOT: return 3;
    case FORMULA_EQUAL:
    case FORMULA_UNEQUAL:
    case FORMULA_LESS:
    case FORMULA_AT_MOST:
    case FORMULA_MORE:
    case FORMULA_AT_LEAST: return 4;
    case FORMULA_ADD:
    case FORMULA_SUBTRACT: return 5;
    case FORMULA_MULTIPLY:
    case FORMULA_DIVIDE: return 6;
    case FORMULA_NEGATE: return 7;
    default: return 8;
    }
}

static const char *sign_of(enum formula_kind kind, enum formula_style style)
{
    bool shown = style == FORMULA_SHOWN;
    switch (kind) {
    case FORMULA_OR: return " or ";
    case FORMULA_AND: return " and ";
    case FORMULA_EQUAL: return " = ";
    case FORMULA_UNEQUAL: return shown ? " \u2260 " : " <> ";
    case FORMULA_LESS: return " < ";
    case FORMULA_AT_MOST: return shown ? " \u2264 " : " <= ";
    case FORMULA_MORE: return " > ";
    case FORMULA_AT_LEAST: return shown ? " \u2265 " : " >= ";
    case FORMULA_ADD: return " + ";
    case FORMULA_SUBTRACT: return shown ? " \u2212 " : " - ";
    case FORMULA_MULTIPLY: return shown ? " \u00d7 " : " * ";
    case FORMULA_DIVIDE: return " / ";
    default: return "";
    }
}

static void write_node(const struct writer *w, uint16_t node, int level);

static bool is_left_out(const struct writer *w, const struct formula_node *n)
{
    return n->kind == FORMULA_PART && w->texts != NULL && w->texts[n->part] == NULL;
}

static void write_function(const struct writer *w, const struct formula_node *n)
{
    buf_text(w->out, formula_function(n->kind));
    buf_char(w->out, '(');
    bool started = false;
    for (uint16_t child = n->first; child != FORMULA_NO_NODE;
         child = w->formula->nodes[child].next) {
        if (!is_left_out(w, &w->formula->nodes[child])) {
            buf_text(w->out, started ? ", " : "");
            write_node(w, child, 0);
            started = true;
        }
    }
    if (n->kind == FORMULA_ROUND) {
        buf_text(w->out, ", ");
        buf_int(w->out, n->places);
    }
    buf_char(w->out, ')');
}

static void write_alone(const struct writer *w, const struct formula_node *n)
{
    if (n->kind == FORMULA_NUMBER) {
        if (w->style == FORMULA_SHOWN) {
            dec_write_shown(w->out, n->number, n->number.scale);
        } else {
            dec_write(w->out, n->number);
        }
    } else if (n->kind == FORMULA_PART) {
        buf_text(w->out, w->texts == NULL ? w->formula->parts[n->part].text : w->texts[n->part]);
    } else {
        write_function(w, n);
    }
}

// In parentheses where it binds more loosely than what it stands in.
static void write_node(const struct writer *w, uint16_t node, int level)
{
    const struct formula_node *n = &w->formula->nodes[node];
    int own = level_of(n->kind);
    buf_text(w->out, own < level ? "(" : "");
    if (own == 8) {
        write_alone(w, n);
    } else if (n->kind == FORMULA_NEGATE || n->kind == FORMULA_NOT) {
        buf_text(w->out, n->kind == FORMULA_NOT      ? "not "
                         : w->style == FORMULA_SHOWN ? "\u2212"
                                                     : "-");
        write_node(w, n->first, own);
    } else {
        // What stands on the right of a sign is read after it, so an equal there needs them too;
        // a comparison stands in no other without.
        write_node(w, n->first, own == 4 ? own + 1 : own);
        buf_text(w->out, sign_of(n->kind, w->style));
        write_node(w, w->formula->nodes[n->first].next, own + 1);
    }
    buf_text(w->out, own < level ? ")" : "");
}

void formula_write(struct buf *b, const struct formula *f, const char *const *texts,
                   enum formula_style style)
{
    write_node(&(struct writer){b, f, texts, style}, f->root, 0);
}

// ---- words ----

static const char *const MISSING[] = {[FORMULA_MISSING_BLANK] = "blank",
                                      [FORMULA_MISSING_SKIP] = "skip",
                                      [FORMULA_MISSING_ZERO] = "zero"};
static const char *const ZERO[] = {[FORMULA_ZERO_BLANK] = "blank", [FORMULA_ZERO_ZERO] = "zero"};

bool formula_missing_from_text(const char *text, enum formula_missing *out)
{
    for (size_t i = 0; text != NULL && i < COUNT_OF(MISSING); i++) {
        if (strcmp(MISSING[i], text) == 0) {
            *out = (enum formula_missing)i;
            return true;
        }
    }
    return false;
}

const char *formula_missing_text(enum formula_missing m)
{
    return MISSING[m];
}

bool formula_zero_from_text(const char *text, enum formula_zero *out)
{
    for (size_t i = 0; text != NULL && i < COUNT_OF(ZERO); i++) {
        if (strcmp(ZERO[i], text) == 0) {
            *out = (enum formula_zero)i;
            return true;
        }
    }
    return false;
}

const char *formula_zero_text(enum formula_zero z)
{
    return ZERO[z];
}
