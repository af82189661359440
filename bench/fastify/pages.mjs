// What the two pages show, as plain values for the templates.
import * as charts from './charts.mjs';
import * as periods from './periods.mjs';
import { ORDER, WORDS, reading, round, valueAt } from './judge.mjs';

const ARROWS = { improved: '↑', same: '→', worse: '↓' };
const TRAVELS = { improved: 'Improved', same: 'Same', worse: 'Worse',
                  not_comparable: 'Not comparable' };
const GOOD = { higher: 'Higher is better', lower: 'Lower is better', range: 'Inside its range',
               none: 'Neither way' };
const TREND = 12; // quarters

const formats = new Map();
function grouped(value, decimals) {
  if (!formats.has(decimals)) {
    formats.set(decimals, new Intl.NumberFormat('en-GB', { minimumFractionDigits: decimals,
                                                           maximumFractionDigits: decimals }));
  }
  return formats.get(decimals).format(value).replace('-', '−');
}

function shown(m, value) {
  if (value === null || value === undefined) return '';
  const text = grouped(round(value, m.decimals), m.decimals);
  switch (m.value_type) {
  case 'percent': return `${text}%`;
  case 'money': return `£${text}`;
  case 'rate': return `${text} per ${grouped(m.per, 0)}`;
  case 'days': return `${text} days`;
  default: return text;
  }
}

function goal(m, t) {
  if (!t) return '';
  if (t.lower !== null && t.upper !== null) return `${shown(m, t.lower)} to ${shown(m, t.upper)}`;
  if (t.target === null) return '';
  return shown(m, t.target) +
    (m.polarity === 'higher' ? ' or more' : m.polarity === 'lower' ? ' or less' : '');
}

function statusOf(code) {
  return { code, ...WORDS[code] };
}

function figureText(r) {
  return r.value !== null ? shown(r.measure, r.value)
    : r.figure?.text ?? (r.status === 'not_due' ? `No figure yet (due ${periods.dayText(r.due)})`
      : r.status === 'not_applicable' ? 'Not applicable' : 'No figure');
}

function travelOf(way) {
  return { way, arrow: ARROWS[way] ?? '', word: TRAVELS[way] };
}

function reason(r) {
  const m = r.measure;
  if (r.override) return `Set to ${WORDS[r.status].word} by ${r.override.by}: ${r.override.reason}`;
  if (r.gap === undefined) return `${figureText(r)} ${WORDS[r.status].word}.`;
  const unit = m.value_type === 'percent' ? ' points' : '';
  const way = m.polarity === 'lower' ? 'above' : 'below';
  const by = r.gap > 0 ? `: ${grouped(round(r.gap, m.decimals), m.decimals)}${unit} ${way}` : '';
  const within = r.tolerance ? `, and the tolerance is ${grouped(r.tolerance, 1)}` : '';
  return `${shown(m, r.value)} against a target of ${goal(m, r.target)}${by}${within}.`;
}

function linkTo(record, path, period) {
  return `/${record.org}${path}?period=${period.id}`;
}

function frame(record, path, period, section, title) {
  const link = (to) => linkTo(record, to, period);
  const choice = (p) => ({ short: periods.short(p), href: linkTo(record, path, p),
                           current: p.key === period.key });
  const previous = periods.step(period, -1), next = periods.step(period, 1);
  for (const p of [previous, next]) p.id = periods.idOf(p);
  return {
    title, organisation: record.organisation, home: link(''), section,
    nav: ['Overview', 'Scorecards', 'Measures', 'Plans', 'Delivery', 'Reports'].map((name) => ({
      name, current: name === section,
      href: link(name === 'Overview' ? '' : `/${name.toLowerCase()}`) })),
    period: { ...choice(period), long: periods.long(period) },
    previous: choice(previous), next: choice(next), choices: record.quarters.map(choice),
    asAt: periods.dayText(record.today), revision: record.revision,
    json: link(`${path}.json`), link,
  };
}

// The quarters up to the one shown, oldest first.
function quartersTo(record, period) {
  return Array.from({ length: TREND }, (_, i) => {
    const p = periods.step(period, i - TREND + 1);
    p.id = periods.idOf(p);
    return p;
  });
}

export function measurePage(record, code, period) {
  const found = record.measure(code);
  if (!found) return null;
  const { measure: m, series } = found;
  const path = `/measures/${encodeURIComponent(code)}`;
  const r = reading(record, m, series, period);
  const history = quartersTo(record, period).map((p) => reading(record, m, series, p));
  let running = 0;
  while (running < TREND && history[TREND - 1 - running].status === 'off_target') running++;
  const span = `${periods.short(history[0].period)} to ${periods.short(r.period)}`;
  const known = history.filter((h) => h.value !== null);
  const by = (better) => known.reduce((a, b) => (better(b.value, a.value) ? b : a), known[0]);
  const at = (h) => `${shown(m, h.value)} (${periods.short(h.period)})`;
  const description = known.length === 0 ? 'No figures.' :
    `From ${at(known[0])} to ${at(known[known.length - 1])}; highest ${at(by((a, b) => a > b))}, ` +
    `lowest ${at(by((a, b) => a < b))}; target ${goal(m, r.target)}.`;
  const points = history.map((h) => {
    const target = h.target?.target ?? null;
    const within = h.rule && target !== null ? (h.rule.within_unit === 'percent'
      ? h.rule.amber_within / 100 * Math.abs(target) : h.rule.amber_within) : null;
    return { label: periods.short(h.period).slice(-2), year: periods.short(h.period).slice(0, 7),
             value: h.value, target, status: h.status,
             low: within === null ? null : m.polarity === 'lower' ? target : target - within,
             high: within === null ? null : m.polarity === 'lower' ? target + within : target };
  });
  const title = `${m.title}, ${record.organisation.name}, ${span}`;
  const unit = (v) => shown(m, v);
  const chart = (id, width, height, size) =>
    charts.line(points, { id, title, description, width, height, size, unit,
                          every: width > 400 ? 2 : 4 });
  const row = (h) => ({ period: periods.short(h.period), figure: figureText(h),
                        of: h.figure?.denominator ? `${grouped(h.figure.numerator, 0)} of ` +
                          grouped(h.figure.denominator, 0) : '',
                        target: goal(m, h.target), status: statusOf(h.status),
                        rule: h.rule?.code ?? '', note: h.figure?.note ?? '',
                        marker: h.figure?.marker ?? '', current: h.period.key === r.period.key });
  const said = found.commentary.map((c) => ({ ...c, short: periods.short(periods.read(c.period)),
                                              due: periods.dayText(c.action_due) }));
  return {
    ...frame(record, path, period, 'Measures', `${m.code} ${m.title}`),
    m, line: found.line, good: GOOD[m.polarity], status: statusOf(r.status), reason: reason(r),
    running, short: travelOf(r.short), long: travelOf(r.long),
    previousText: shown(m, r.previous), lastYearText: shown(m, r.lastYear),
    span, chartTitle: title, description,
    wide: chart('line-1-wide', 620, 320, 5.5), narrow: chart('line-1-narrow', 288, 280, 4),
    rows: history.map(row), history: history.map(row).reverse(),
    story: said.find((c) => c.period === r.period.id), told: said.filter((c) => c.period !== r.period.id),
    actions: found.actions.map((a) => ({ ...a, due: periods.dayText(a.due),
      late: a.due < record.today && a.state !== 'completed' && a.state !== 'cancelled' })),
    parts: found.parts.map(({ part, series: own }) => {
      const p = reading(record, m, own, period);
      const values = quartersTo(record, period).map((q) => valueAt(record, m, own, q));
      return { part, figure: figureText(p), target: goal(m, p.target), status: statusOf(p.status),
               short: travelOf(p.short), long: travelOf(p.long),
               spark: charts.sparkline(values, p.status) };
    }),
    why: [['Figure', `${figureText(r)} for ${periods.short(r.period)}`,
           r.figure?.denominator ? row(r).of : ''],
          ['Target', goal(m, r.target), r.target?.agreed_by
            ? `Agreed by ${r.target.agreed_by} on ${periods.dayText(r.target.agreed_on)}. ` +
              `${r.target.rationale ?? ''}` : ''],
          ['Rule', r.rule ? `${r.rule.code}: ${r.rule.title}` : 'None', ''],
          ['Difference', r.gap > 0 ? grouped(r.gap, m.decimals) : 'None', ''],
          ['The period before', `${shown(m, r.previous)} in ${periods.short(r.previousPeriod)}`,
           TRAVELS[r.short]],
          ['A year before', `${shown(m, r.lastYear)} in ${periods.short(r.lastYearPeriod)}`,
           TRAVELS[r.long]]],
    targets: [...series.targets.values()].map((t) => ({ period: periods.short(t.period),
      target: goal(m, t), by: t.agreed_by, on: periods.dayText(t.agreed_on), why: t.rationale })),
    definition: [['Definition', m.definition], ['Code', m.code], ['Counted in', m.value_type],
      ['Good is', GOOD[m.polarity]], ['Measured', m.frequency], ['Over a longer period', m.aggregation],
      ['Shown with', `${m.decimals} decimal places`],
      ['Figure due', `${m.lag_days} days after the period ends`], ['Source', m.source],
      ['Unit', m.unit_name], ['Owner', m.owner_name], ['Checked by', m.checker_name],
      ['Class', m.class], ['Kind', m.kind], ['Public', m.public], ['State', m.state ?? 'live'],
      ['Note', m.note]].filter(([, text]) => text),
  };
}

function rollup(readings, id) {
  const counts = ORDER.map((code) => ({ ...statusOf(code), status: code,
    count: readings.filter((r) => r.status === code).length })).filter((s) => s.count > 0);
  counts.sort((a, b) => ['on_target', 'slightly_off', 'off_target'].indexOf(b.code) < 0 ? -1 : 0);
  const scored = readings.filter((r) => ORDER.indexOf(r.status) < 3);
  const good = scored.filter((r) => r.status === 'on_target').length;
  const percent = (of) => `${of === 0 ? 0 : Math.round(good / of * 100)}%`;
  const sentence = `${good} of the ${scored.length} measures with a status are on target ` +
    `(${percent(scored.length)}): ${percent(readings.length)} of all ${readings.length}.`;
  const worst = readings[0];
  return { counts, sentence, worst: worst && { code: worst.measure.code, title: worst.measure.title },
           bar: charts.bar(counts, id, 'Measures by status', sentence) };
}

// How far from its goal, as a share of it: the worst first.
function distance(r) {
  return r.gap ? r.gap / (Math.abs(r.goal) || 1) : 0;
}

export function scorecardPage(record, name, period) {
  const found = record.scorecard(name);
  if (found.measures.length === 0) return null;
  const trend = quartersTo(record, period);
  const all = found.measures.map((one) => ({ ...reading(record, one.measure, one.series, period), one }));
  all.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || distance(b) - distance(a) ||
    (a.measure.code < b.measure.code ? -1 : 1));
  const groups = new Map();
  for (const r of all) {
    const code = r.one.priority?.code ?? '';
    if (!groups.has(code)) groups.set(code, { aim: r.one.priority, readings: [] });
    groups.get(code).readings.push(r);
  }
  const ordered = [...groups.values()].sort((a, b) => ((a.aim?.code ?? '') < (b.aim?.code ?? '') ? -1 : 1));
  const row = (r) => {
    const m = r.measure, values = trend.map((p) => valueAt(record, m, r.one.series, p));
    return { code: m.code, title: m.title, lastYear: shown(m, r.lastYear) || 'No figure',
             previous: shown(m, r.previous) || 'No figure', now: figureText(r),
             target: goal(m, r.target) || 'No target', marker: r.figure?.marker,
             status: statusOf(r.status), judged: r.override && r.computed !== r.status
               ? WORDS[r.computed].word : '', short: travelOf(r.short), long: travelOf(r.long),
             period: r.period.key === period.key ? '' : periods.short(r.period),
             spark: charts.sparkline(values, r.status) };
  };
  const used = new Map();
  for (const r of all) {
    if (r.rule) used.set(r.rule.code, { rule: r.rule, count: (used.get(r.rule.code)?.count ?? 0) + 1 });
  }
  const tally = (get) => [...all.reduce((t, r) => t.set(get(r), (t.get(get(r)) ?? 0) + 1), new Map())]
    .filter(([key]) => key).sort();
  const title = `${name[0].toUpperCase()}${name.slice(1)} scorecard`;
  return {
    ...frame(record, `/scorecards/${name}`, period, 'Scorecards', title),
    heading: title, rollup: rollup(all, 'bar-1'),
    sorts: ['Status, worst first', 'Code', 'Title', 'Direction, getting worse first', 'Owner'],
    statuses: tally((r) => WORDS[r.status].word), kinds: tally((r) => r.measure.kind),
    owners: tally((r) => r.measure.owner_name),
    heads: { lastYear: periods.short(periods.yearBefore(period)),
             previous: periods.short(periods.step(period, -1)), now: periods.short(period) },
    groups: ordered.map((g, i) => ({ id: `group-${i}`, title: g.aim?.title ?? 'No priority',
      code: g.aim?.code ?? '', rollup: rollup(g.readings, `bar-${i + 2}`), rows: g.readings.map(row) })),
    rules: [...used.values()].sort((a, b) => b.count - a.count),
  };
}
