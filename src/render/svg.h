// Charts as data (maps made by tree_chart) written as SVG. This file is the contract with views.
//
// A view puts a map with the keys below under a name; a template writes `{{name}}` and gets the
// SVG. The same map goes into the page's JSON as it stands, so it holds plain values only.
// What every kind has in common:
//   "kind"         "line", "bullet", "bar", "dots", "spark", "mark" or "signal"
//   "id"           unique on the page; letters, digits and hyphens (not for the last three)
//   "title"        the name read out for the picture: measure, place, period
//   "description"  the sentence that says what the picture shows; it is read out too
//   "unit_prefix"  "£" or absent;  "unit_suffix"  "%", " days" or absent
//   "decimals"     places of every figure written in the chart (default 0)
// Numbers are tree numbers; null or absent means that there is none: a gap, never a nought.
// Shown figures are rounded by base/decimal.h. Unknown keys are allowed (JSON readers use them).
//
// kind "line": one measure over time (UI-42, UI-44)
//   "points"  list, in order of time, evenly spaced, of maps:
//       "label"   the period in full: "2025/26 Q1"
//       "short"   what stands under the axis: "Q1 25/26" (the label when absent). Labels that
//                 would touch are left out; the last one always stands
//       "value"   number or null; no line is drawn over a null
//       "target"  number or null: dashed, labelled at its end
//       "lower", "upper"  both or neither: the edges of the tolerance (or of the range that is
//                 good), drawn as a light band
//       "status"  code (below): the shape at the point; a small plain dot when absent
//       "marker"  short text or null, such as "p": written over the point as [p] (RPT-23)
//       "mean" (or in its place "median"), "lower_limit", "upper_limit"  numbers or null: what the
//                 process gives, drawn as a thin line and two dotted ones, in steps where the
//                 limits differ from point to point; "segment" whole number: they start anew where
//                 it changes
//       "signal"  code of a variation (below) or null: a frame round the point and, at the last of
//                 several alike, its letter
//       "step"    short text or null, such as "A": a dotted upright line before this point, with
//                 this text over it
//   "target_word"  default "Target": the label is this word and the last target
//   "zero"         bool: true makes the axis start at nought whatever the figures (default: it
//                  does when nought is near enough not to flatten the line)
//   "empty"        text written where there is no figure at all; default "No figures yet"
// Figures with the suffix "%" that stay within 0 to 100 never get an axis beyond it.
// Two drawings are written, for wide and for narrow screens; the style sheet shows one (below).
//
// kind "bullet": one figure against its target (UI-45)
//   "value", "target", "previous"  numbers or null; previous is a second, thinner mark
//   "ranges"  list of maps {"to": number, "name": text}, ascending, at most 5; darkest = worst
//   "lower_is_better"  bool: the ranges darken upwards instead of downwards
//   "min", "max"       numbers: ends of the scale, when the kind of figure has natural ones (0 and
//                  100 for a share). Ignored where a figure lies outside. With a scale that does
//                  not start at nought the value is a dot, not a bar
//   "status"  code: the shape at the end of the bar, optional
//   "label"   text written above, optional
//   "empty"   text written where there is neither value nor target; default "No figures yet"
//
// kind "bar": counts by status, side by side (a roll-up)
//   "segments"  list of maps {"status": code, "name": text, "count": whole number}; noughts are
//               not drawn; counts below nought are taken as nought
//   "width"     the least width in CSS pixels it is shown at (default 280): a segment's shape and
//               count are written where they fit at that width
//   "empty"     text written when all counts are nought; default "Nothing to count"
//
// kind "dots": one figure of each of several places, with its interval (UI-41)
//   "rows"     list, drawn from the top in its order, of maps:
//       "name"    of the place; cut where it is longer than its room (the table has it in full)
//       "value"   number; a row without one is not drawn
//       "lower", "upper"  numbers or absent: the interval, a line with ends
//       "own"     bool: ours, a filled diamond with a bold name; the others are open rings
//   "benchmark", "median"  numbers or absent: lines through all rows, whole and dashed, each with
//                 its word and figure above; "benchmark_word" (default "All together"),
//                 "median_word" (default "Median")
//   "band_lower", "band_upper"  both or neither: a light band behind all rows
//   "empty"    text written where no row has a value; default "No figures yet"
// Two drawings, like the line's. From 41 rows on rows are thin and only ours has its name.
//
// kind "spark": word-sized, beside the printed figures and never instead of them (UI-46);
// hidden from screen readers
//   "points"  list of numbers and nulls     "target"  number, optional
//   "status"  code: shape of the mark at the last figure, optional; a plain dot stands there when
//             the last point is a null, for the status is then not that figure's
//
// kind "mark": the shape of a status, for use beside its word; hidden from screen readers
//   "status"  code
//
// kind "signal": signal or noise, for use beside its word; hidden from screen readers
//   "code"  of a variation: common_cause (grey ring, a wave in it), improvement_high/_low (blue
//           ring, H or L), concern_high/_low (orange square, H or L), neutral_high/_low (purple
//           diamond, H or L); of an assurance: pass (blue ring, P), fail (orange square, F),
//           inconsistent (grey ring, ?)
//
// Status codes and shapes (UI-31, UI-33): on_target circle, slightly_off diamond, off_target
// triangle, no_target dash, not_due ring, missing cross, not_applicable slash, in_development
// square, suppressed barred square, completed tick; not_scored, for all those without a score taken
// together, dash. Any other text is drawn as a small dot.
//
// Style sheet. Colours are presentation attributes, so that a chart is right without any style
// sheet (CSP: no style attributes); classes let the style sheet override them:
//   .gt-chart (every svg; plus .gt-chart--line, --bullet, --bar, --dots, --spark, --mark, --signal)
//   .gt-chart--wide / .gt-chart--narrow  show one of the two: narrow below 40em, wide above it
//   .gt-chart__text __grid __axis __line __target __band __range __bar __mark __segment __halo
//   __paper __mean __limit __step __signal
// assets/chart.css holds the rules these classes need (forced colours, print, narrow).
#ifndef GT_RENDER_SVG_H
#define GT_RENDER_SVG_H

#include "base/tree.h"

// Appends the chart. False, with nothing written, when the map is no chart this file describes:
// no known "kind", or no usable "id" where one is needed; `ret_why` (may be NULL) gets a sentence.
bool svg_chart(struct buf *out, const struct tree *chart, const char **ret_why) MUST_CHECK;

#endif
