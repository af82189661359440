// Charts as views make them, and the awkward ones. Shown together by `test_svg gallery.html`.
#ifndef GT_TESTS_SVG_CASES_H
#define GT_TESTS_SVG_CASES_H

struct svg_case {
    const char *says;
    const char *chart; // without "id", "title" and "description", which the test adds
};

// One year of quarters, so that cases stay short: values, then what all have.
#define QUARTER(name, rest) "{\"label\": \"" name "\", \"short\": \"" name "\", " rest "}"

static const struct svg_case svg_cases[] = {
    {"three years of quarters, lower is better, band, off target at the end",
     "\"kind\": \"line\", \"unit_suffix\": \"%\", \"decimals\": 1, \"points\": ["
     QUARTER("Q1 2023/24", "\"value\": 7.2, \"target\": 8.0, \"lower\": 8.0, \"upper\": 8.5, \"status\": \"on_target\"") ","
     QUARTER("Q2 2023/24", "\"value\": 7.9, \"target\": 8.0, \"lower\": 8.0, \"upper\": 8.5, \"status\": \"on_target\"") ","
     QUARTER("Q3 2023/24", "\"value\": 8.1, \"target\": 8.0, \"lower\": 8.0, \"upper\": 8.5, \"status\": \"slightly_off\"") ","
     QUARTER("Q4 2023/24", "\"value\": 7.4, \"target\": 8.0, \"lower\": 8.0, \"upper\": 8.5, \"status\": \"on_target\"") ","
     QUARTER("Q1 2024/25", "\"value\": 8.3, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"off_target\"") ","
     QUARTER("Q2 2024/25", "\"value\": 8.7, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"off_target\"") ","
     QUARTER("Q3 2024/25", "\"value\": null, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"missing\"") ","
     QUARTER("Q4 2024/25", "\"value\": 7.8, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"slightly_off\"") ","
     QUARTER("Q1 2025/26", "\"value\": 9.1, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"off_target\"") ","
     QUARTER("Q2 2025/26", "\"value\": 9.8, \"target\": 7.5, \"lower\": 7.5, \"upper\": 8.0, \"status\": \"off_target\", \"marker\": \"p\"") "]"},
    {"a year begun: targets to its end, figures to the second quarter",
     "\"kind\": \"line\", \"unit_suffix\": \"%\", \"decimals\": 0, \"points\": ["
     QUARTER("Q1 2025/26", "\"value\": 82, \"target\": 85, \"lower\": 80, \"upper\": 85, \"status\": \"slightly_off\"") ","
     QUARTER("Q2 2025/26", "\"value\": 84, \"target\": 86, \"lower\": 81, \"upper\": 86, \"status\": \"slightly_off\"") ","
     QUARTER("Q3 2025/26", "\"value\": null, \"target\": 88, \"lower\": 83, \"upper\": 88, \"status\": \"not_due\"") ","
     QUARTER("Q4 2025/26", "\"value\": null, \"target\": 90, \"lower\": 85, \"upper\": 90, \"status\": \"not_due\"") "]"},
    {"money in millions, cumulative over the year",
     "\"kind\": \"line\", \"unit_prefix\": \"£\", \"decimals\": 0, \"points\": ["
     QUARTER("Q1 2025/26", "\"value\": 11500000, \"target\": 12500000, \"status\": \"slightly_off\"") ","
     QUARTER("Q2 2025/26", "\"value\": 26250000, \"target\": 25000000, \"status\": \"on_target\"") ","
     QUARTER("Q3 2025/26", "\"value\": 38100250, \"target\": 37500000, \"status\": \"on_target\"") ","
     QUARTER("Q4 2025/26", "\"value\": 50425000, \"target\": 50000000, \"status\": \"on_target\"") "]"},
    {"no point at all", "\"kind\": \"line\", \"points\": []"},
    {"points, but neither figure nor target", "\"kind\": \"line\", \"points\": ["
     QUARTER("Q1 2025/26", "\"value\": null") "," QUARTER("Q2 2025/26", "\"value\": null") "]"},
    {"all missing, with a target", "\"kind\": \"line\", \"unit_suffix\": \"%\", \"empty\": \"No figures yet: the first is due on 15 October\", \"points\": ["
     QUARTER("Q1 2025/26", "\"target\": 75") "," QUARTER("Q2 2025/26", "\"target\": 75") "]"},
    {"one point", "\"kind\": \"line\", \"unit_suffix\": \" days\", \"decimals\": 1, \"points\": ["
     QUARTER("2024/25", "\"value\": 18.4, \"target\": 20, \"lower\": 20, \"upper\": 22, \"status\": \"on_target\"") "]"},
    {"all values equal, the target too", "\"kind\": \"line\", \"unit_suffix\": \"%\", \"decimals\": 0, \"points\": ["
     QUARTER("2022/23", "\"value\": 100, \"target\": 100, \"status\": \"on_target\"") ","
     QUARTER("2023/24", "\"value\": 100, \"target\": 100, \"status\": \"on_target\"") ","
     QUARTER("2024/25", "\"value\": 100, \"target\": 100, \"status\": \"on_target\"") "]"},
    {"all noughts", "\"kind\": \"line\", \"decimals\": 0, \"points\": ["
     QUARTER("2023/24", "\"value\": 0") "," QUARTER("2024/25", "\"value\": 0") "]"},
    {"figures between gaps, no status", "\"kind\": \"line\", \"decimals\": 0, \"points\": ["
     QUARTER("2018/19", "\"value\": 340") "," QUARTER("2019/20", "\"value\": null") ","
     QUARTER("2020/21", "\"value\": 310") "," QUARTER("2021/22", "\"value\": null") ","
     QUARTER("2022/23", "\"value\": 355") "," QUARTER("2023/24", "\"value\": 372") "]"},
    {"above and below nought", "\"kind\": \"line\", \"unit_prefix\": \"£\", \"unit_suffix\": \"m\", \"decimals\": 1, \"points\": ["
     QUARTER("Q1", "\"value\": -3.2, \"target\": 0, \"status\": \"off_target\"") ","
     QUARTER("Q2", "\"value\": -1.0, \"target\": 0, \"status\": \"slightly_off\"") ","
     QUARTER("Q3", "\"value\": 0.4, \"target\": 0, \"status\": \"on_target\"") ","
     QUARTER("Q4", "\"value\": 1.7, \"target\": 0, \"status\": \"on_target\"") "]"},
    {"huge", "\"kind\": \"line\", \"decimals\": 0, \"points\": ["
     QUARTER("2023/24", "\"value\": -999999999999999999, \"target\": 1") ","
     QUARTER("2024/25", "\"value\": 999999999999999999, \"target\": 1") "]"},
    {"huge and alike", "\"kind\": \"line\", \"decimals\": 0, \"points\": ["
     QUARTER("2023/24", "\"value\": 999999999999999998") ","
     QUARTER("2024/25", "\"value\": 999999999999999999") "]"},
    {"tiny", "\"kind\": \"line\", \"decimals\": 18, \"points\": ["
     QUARTER("2023/24", "\"value\": 0.000000000000000001") ","
     QUARTER("2024/25", "\"value\": 0.000000000000000003") "]"},
    {"every status", "\"kind\": \"line\", \"decimals\": 0, \"points\": ["
     QUARTER("a", "\"value\": 1, \"status\": \"on_target\"") "," QUARTER("b", "\"value\": 2, \"status\": \"slightly_off\"") ","
     QUARTER("c", "\"value\": 3, \"status\": \"off_target\"") "," QUARTER("d", "\"value\": 4, \"status\": \"no_target\"") ","
     QUARTER("e", "\"value\": 5, \"status\": \"not_due\"") "," QUARTER("f", "\"value\": 6, \"status\": \"missing\"") ","
     QUARTER("g", "\"value\": 7, \"status\": \"not_applicable\"") "," QUARTER("h", "\"value\": 8, \"status\": \"in_development\"") ","
     QUARTER("i", "\"value\": 9, \"status\": \"suppressed\"") "," QUARTER("j", "\"value\": 10, \"status\": \"completed\"") ","
     QUARTER("k", "\"value\": 11, \"status\": \"what else\"") "]"},
    {"bullet: a share, higher is better", "\"kind\": \"bullet\", \"unit_suffix\": \"%\", \"decimals\": 0, \"min\": 0, \"max\": 100, "
     "\"value\": 68, \"target\": 75, \"previous\": 71, \"status\": \"off_target\", "
     "\"ranges\": [{\"to\": 70, \"name\": \"Off target\"}, {\"to\": 75, \"name\": \"Slightly off\"}, {\"to\": 100, \"name\": \"On target\"}]"},
    {"bullet: days, lower is better, with a label", "\"kind\": \"bullet\", \"decimals\": 1, \"label\": \"Days to process a claim\", "
     "\"value\": 23.4, \"target\": 20, \"lower_is_better\": true, "
     "\"ranges\": [{\"to\": 20}, {\"to\": 22}, {\"to\": 30}]"},
    {"bullet: money below nought", "\"kind\": \"bullet\", \"unit_prefix\": \"£\", \"decimals\": 0, \"value\": -1250000, \"target\": 0, \"status\": \"off_target\""},
    {"bullet: no figure yet", "\"kind\": \"bullet\", \"unit_suffix\": \"%\", \"value\": null, \"target\": 90, \"min\": 0, \"max\": 100"},
    {"bullet: far from nought, a dot", "\"kind\": \"bullet\", \"decimals\": 1, \"value\": 81.2, \"target\": 80.5, \"previous\": 79.9, \"ranges\": [{\"to\": 79}, {\"to\": 80.5}, {\"to\": 83}]"},
    {"bullet: nothing at all", "\"kind\": \"bullet\""},
    {"bar: a quarter", "\"kind\": \"bar\", \"segments\": [{\"status\": \"on_target\", \"name\": \"On target\", \"count\": 31}, "
     "{\"status\": \"slightly_off\", \"name\": \"Slightly off\", \"count\": 9}, {\"status\": \"off_target\", \"name\": \"Off target\", \"count\": 14}, "
     "{\"status\": \"no_target\", \"name\": \"No target\", \"count\": 5}, {\"status\": \"missing\", \"name\": \"Missing\", \"count\": 4}, "
     "{\"status\": \"in_development\", \"name\": \"In development\", \"count\": 2}]"},
    {"bar: one red in five hundred", "\"kind\": \"bar\", \"segments\": [{\"status\": \"on_target\", \"count\": 499}, {\"status\": \"off_target\", \"count\": 1}]"},
    {"bar: one kind only", "\"kind\": \"bar\", \"segments\": [{\"status\": \"off_target\", \"count\": 3}, {\"status\": \"missing\", \"count\": 0}]"},
    {"bar: every status", "\"kind\": \"bar\", \"segments\": [{\"status\": \"on_target\", \"count\": 5}, {\"status\": \"slightly_off\", \"count\": 5}, "
     "{\"status\": \"off_target\", \"count\": 5}, {\"status\": \"no_target\", \"count\": 5}, {\"status\": \"not_due\", \"count\": 5}, "
     "{\"status\": \"missing\", \"count\": 5}, {\"status\": \"not_applicable\", \"count\": 5}, {\"status\": \"in_development\", \"count\": 5}, "
     "{\"status\": \"suppressed\", \"count\": 5}]"},
    {"bar: in a narrow cell", "\"kind\": \"bar\", \"width\": 120, \"segments\": [{\"status\": \"on_target\", \"count\": 4}, {\"status\": \"slightly_off\", \"count\": 1}, {\"status\": \"off_target\", \"count\": 2}]"},
    {"bar: nothing to count", "\"kind\": \"bar\", \"segments\": [{\"status\": \"on_target\", \"count\": 0}, {\"status\": \"off_target\", \"count\": -2}]"},
    {"spark: with a gap and a target", "\"kind\": \"spark\", \"points\": [7.2, 7.9, 8.1, 7.4, null, 8.7, 8.2, 9.1, 9.8], \"target\": 8, \"status\": \"off_target\""},
    {"spark: one figure", "\"kind\": \"spark\", \"points\": [null, 4], \"status\": \"on_target\""},
    {"spark: all alike", "\"kind\": \"spark\", \"points\": [4, 4, 4]"},
    {"spark: nothing", "\"kind\": \"spark\", \"points\": []"},
    {"mark: on target", "\"kind\": \"mark\", \"status\": \"on_target\""},
    {"mark: slightly off", "\"kind\": \"mark\", \"status\": \"slightly_off\""},
    {"mark: off target", "\"kind\": \"mark\", \"status\": \"off_target\""},
    {"mark: no target", "\"kind\": \"mark\", \"status\": \"no_target\""},
    {"mark: not due", "\"kind\": \"mark\", \"status\": \"not_due\""},
    {"mark: missing", "\"kind\": \"mark\", \"status\": \"missing\""},
    {"mark: not applicable", "\"kind\": \"mark\", \"status\": \"not_applicable\""},
    {"mark: in development", "\"kind\": \"mark\", \"status\": \"in_development\""},
    {"mark: suppressed", "\"kind\": \"mark\", \"status\": \"suppressed\""},
    {"mark: completed", "\"kind\": \"mark\", \"status\": \"completed\""},
};

#endif
