// What a figure is worth: found, rounded as shown, judged by its rule. In doubles, as is usual.
import * as periods from './periods.mjs';

export const WORDS = {
  on_target: { word: 'On target', shape: '●', tag: 'green' },
  slightly_off: { word: 'Slightly off target', shape: '◆', tag: 'yellow' },
  off_target: { word: 'Off target', shape: '▲', tag: 'red' },
  missing: { word: 'Missing', shape: '×', tag: 'grey' },
  no_target: { word: 'No target', shape: '–', tag: 'grey' },
  not_due: { word: 'Not yet due', shape: '○', tag: 'grey' },
  suppressed: { word: 'Suppressed', shape: '■', tag: 'grey' },
  not_applicable: { word: 'Not applicable', shape: '□', tag: 'grey' },
  in_development: { word: 'In development', shape: '◇', tag: 'grey' },
};
export const ORDER = ['off_target', 'slightly_off', 'on_target', 'missing', 'no_target', 'not_due',
                      'suppressed', 'not_applicable', 'in_development'];

export function round(value, decimals) {
  const by = 10 ** decimals;
  return Math.sign(value) * Math.round(Math.abs(value) * by * (1 + Number.EPSILON)) / by;
}

// What a percentage or a rate is counted by.
function multiplier(m) {
  return m.value_type === 'percent' ? 100 : m.value_type === 'rate' ? m.per || 1 : 1;
}

function valueOf(m, figure) {
  if (!figure) return null;
  if (figure.value !== null) return figure.value;
  if (figure.numerator === null || !figure.denominator) return null;
  return round(figure.numerator / figure.denominator * multiplier(m), m.decimals);
}

// Months made into a quarter.
function made(m, series, p) {
  const parts = [];
  for (let month = p.first; month <= p.last; month++) {
    const f = series.figures.get('month' + month);
    if (f) parts.push(f);
  }
  if (parts.length === 0) return null;
  const expected = p.last - p.first + 1, last = parts[parts.length - 1];
  if (m.cumulative || m.aggregation === 'last') {
    const closed = last.period.last === p.last;
    return { value: valueOf(m, last), numerator: last.numerator, denominator: last.denominator,
             marker: last.marker, whole: closed };
  }
  let numerator = null, denominator = null, sum = 0;
  for (const f of parts) {
    numerator = f.numerator === null ? numerator : (numerator ?? 0) + f.numerator;
    denominator = f.denominator === null ? denominator : (denominator ?? 0) + f.denominator;
    sum += valueOf(m, f) ?? 0;
  }
  const value = m.aggregation === 'sum' ? sum
    : m.aggregation === 'mean' ? sum / parts.length
    : denominator ? numerator / denominator * multiplier(m) : null;
  return { value: value === null ? null : round(value, m.decimals), numerator, denominator,
           marker: last.marker, whole: parts.length === expected };
}

function find(m, series, p) {
  const figure = series.figures.get(p.key);
  if (figure) return { ...figure, value: valueOf(m, figure), whole: true };
  return m.frequency === 'month' && p.kind === 'quarter' ? made(m, series, p) : null;
}

// The period that answers for `asked`: itself, or the latest coarser one that is over.
function answering(m, series, asked, today) {
  const months = periods.monthsOf(m.frequency);
  if (!months) {
    let found = asked;
    for (const f of series.figures.values()) {
      if (f.period.last <= asked.last) found = f.period;
    }
    return found;
  }
  if (months <= periods.monthsOf(asked.kind) && m.frequency !== 'academic_year') return asked;
  let p = periods.of(m.frequency, asked.last);
  if (p.last > asked.last) p = periods.step(p, -1);
  if (!series.figures.has(p.key) && today < periods.end(p, m.lag_days)) {
    const before = periods.step(p, -1);
    if (series.figures.has(before.key)) return before;
  }
  return p;
}

function targetOf(m, series, p) {
  const own = series.targets.get(p.key);
  if (own) return own;
  if (m.frequency === 'month' && p.kind === 'quarter') {
    const last = series.targets.get('month' + p.last);
    if (last) return last;
  }
  const year = periods.of('year', p.last);
  const holds = m.cumulative ? year.last === p.last : m.aggregation !== 'sum';
  return holds ? series.targets.get(year.key) ?? null : null;
}

function ruleOf(rules, code, day) {
  let found = null;
  for (const r of rules.get(code) ?? []) {
    if (!r.from || r.from <= day) found = r;
  }
  return found;
}

export function travel(m, value, before) {
  if (value === null || before === null || m.polarity === 'none') return 'not_comparable';
  const change = m.polarity === 'lower' ? before - value : value - before;
  return change > 1e-9 ? 'improved' : change < -1e-9 ? 'worse' : 'same';
}

// By how much a value is worse than the target, and what tolerance the rule gives.
function judge(m, rule, value, target, previous, lastYear) {
  const outside = (low, high) => low !== null && value < low ? low - value
    : high !== null && value > high ? value - high : 0;
  const ranged = rule.kind === 'range' || m.polarity === 'range';
  const goal = rule.kind === 'two_targets' && target.target === null
    ? m.polarity === 'higher' ? target.upper : target.lower : target.target;
  const gap = ranged ? outside(target.lower, target.upper)
    : m.polarity === 'higher' ? outside(goal, null) : outside(null, goal);
  const base = ranged ? (target.lower !== null && value < target.lower ? target.lower
    : target.upper) : goal;
  const amount = (within) => rule.within_unit === 'percent' ? within / 100 * Math.abs(base) : within;
  const done = (status, tolerance) => ({ status, gap, goal: base, tolerance });
  const near = 1e-9;
  if (gap <= near) return done('on_target', amount(target.amber_within ?? rule.amber_within));
  switch (rule.kind) {
  case 'tolerance': {
    const green = amount(target.green_within ?? rule.green_within);
    const amber = amount(target.amber_within ?? rule.amber_within);
    if (gap <= green + near) return done('on_target', green);
    if (gap <= amber + near) return done('slightly_off', amber);
    if (rule.beyond.startsWith('travel')) {
      const then = rule.beyond === 'travel_last_period' ? previous : lastYear;
      const way = travel(m, value, then);
      return done(way === 'improved' || way === 'same' ? 'slightly_off' : 'off_target', amber);
    }
    return done('off_target', amber);
  }
  case 'range': {
    const amber = amount(target.amber_within ?? rule.amber_within);
    return done(gap <= amber + near ? 'slightly_off' : 'off_target', amber);
  }
  case 'two_targets': {
    const other = target.amber ?? (m.polarity === 'higher' ? target.lower : target.upper);
    const past = other === null || (m.polarity === 'higher' ? value < other : value > other);
    return done(past ? 'off_target' : 'slightly_off', 0);
  }
  case 'dual': {
    const red = gap >= (rule.red_absolute ?? Infinity) - near ||
      gap >= (rule.red_percent ?? Infinity) / 100 * Math.abs(goal) - near;
    return done(red ? 'off_target' : 'slightly_off', 0);
  }
  default: return done('off_target', 0);
  }
}

function stateOf(m, r, today) {
  if (m.state === 'development') return 'in_development';
  if (m.state === 'retired' && !r.figure) return 'not_applicable';
  if (r.value === null) {
    if (r.figure?.marker === 'suppressed') return 'suppressed';
    if (r.figure?.marker === 'not_applicable' || r.figure?.denominator === 0) return 'not_applicable';
    if (r.figure?.text) return 'no_target';
    return today < r.due ? 'not_due' : 'missing';
  }
  if (!r.figure.whole) return today < r.due ? 'not_due' : 'missing';
  if (m.min_denominator !== null && r.figure.denominator !== null &&
      r.figure.denominator < m.min_denominator) return 'not_applicable';
  return m.polarity === 'none' ? 'no_target' : null;
}

// Its figure alone, as shown, for a trend.
export function valueAt(record, m, series, asked) {
  const figure = find(m, series, answering(m, series, asked, record.today));
  return figure && figure.value !== null ? round(figure.value, m.decimals) : null;
}

// One measure at one period: its figure, target, status and the way it went.
export function reading(record, m, series, asked) {
  const p = answering(m, series, asked, record.today);
  const figure = find(m, series, p);
  const value = figure && figure.value !== null ? round(figure.value, m.decimals) : null;
  const end = periods.end(p);
  const r = { measure: m, period: p, figure, value, due: periods.end(p, m.lag_days),
              target: targetOf(m, series, p), rule: ruleOf(record.rules, m.rule, end) };
  const at = (q) => {
    const f = find(m, series, q);
    return f && f.whole && f.value !== null ? round(f.value, m.decimals) : null;
  };
  r.previousPeriod = periods.step(p, -1);
  r.lastYearPeriod = periods.yearBefore(p);
  r.previous = at(r.previousPeriod);
  r.lastYear = at(r.lastYearPeriod);
  const whole = figure && figure.whole ? value : null;
  const sameYear = r.previousPeriod.last >= periods.of('year', p.last).first;
  const share = ['percent', 'rate', 'ratio'].includes(m.value_type);
  const comparable = !m.cumulative || (share && sameYear);
  r.long = travel(m, whole, r.lastYear);
  r.short = travel(m, whole, comparable ? r.previous : null);
  r.status = stateOf(m, r, record.today);
  if (r.rule?.kind === 'judgement' && r.status !== 'not_due') r.status = 'missing';
  if (r.status === null) {
    const t = r.target;
    const some = t && (t.target !== null || t.lower !== null || t.upper !== null);
    if (!some || !r.rule) r.status = 'no_target';
    else Object.assign(r, judge(m, r.rule, value, t, comparable ? r.previous : null, r.lastYear));
  }
  const override = series.overrides.get(p.key);
  if (override) {
    r.override = override;
    r.computed = r.status;
    r.status = override.status;
  }
  return r;
}
