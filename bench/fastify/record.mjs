// The record, read with prepared statements. What hardly ever changes (the organisation, its rules,
// the quarters there are) is read once at the start, in favour of this side of the comparison.
import Database from 'better-sqlite3';
import * as periods from './periods.mjs';

const number = (text) => (text === null ? null : Number(text));

const NUMBERS = ['value', 'numerator', 'denominator', 'target', 'lower', 'upper', 'amber',
                 'green_within', 'amber_within'];

function numbers(row) {
  for (const name of NUMBERS) {
    if (name in row && row[name] !== null) {
      const number = Number(row[name]);
      if (Number.isNaN(number)) row.text = row[name];
      row[name] = Number.isNaN(number) ? null : number;
    }
  }
  return row;
}

function emptySeries() {
  return { figures: new Map(), targets: new Map(), overrides: new Map() };
}

export class Record {
  constructor(file, organisation, today) {
    this.db = new Database(file, { readonly: true, fileMustExist: true });
    this.today = today;
    this.org = organisation;
    const prepare = (sql) => this.db.prepare(sql);
    const measure = `SELECT m.*, u.name AS unit_name, o.name AS owner_name, c.name AS checker_name
      FROM measures m LEFT JOIN units u ON u.org = m.org AND u.code = m.unit
      LEFT JOIN people o ON o.org = m.org AND o.code = m.owner
      LEFT JOIN people c ON c.org = m.org AND c.code = m.checker WHERE m.org = ?`;
    const figures = `SELECT o.measure, o.part, o.period, o.value, o.numerator, o.denominator,
      o.marker, o.note FROM observations o`;
    const targets = `SELECT t.measure, t.part, t.period, t.target, t.lower, t.upper, t.amber,
      t.green_within, t.amber_within, t.rationale, t.agreed_by, t.agreed_on FROM targets t`;
    const overrides = `SELECT v.measure, v.period, v.status, v.reason, v.by FROM overrides v`;
    const one = (x) => ` WHERE ${x}.org = ? AND ${x}.measure = ? AND ${x}.superseded_at IS NULL
      ORDER BY ${x}.period`;
    // CROSS JOIN keeps the order of the tables: the few measures first, then theirs by key.
    const many = (table, columns, rest) => prepare(`SELECT x.measure, x.period, ${columns}
      FROM measures m CROSS JOIN ${table} x ON x.org = m.org AND x.measure = m.code
      WHERE m.org = ? AND instr(m.class, ?) > 0 AND x.superseded_at IS NULL ${rest}`).raw();
    this.statements = {
      measure: prepare(`${measure} AND m.code = ?`),
      measures: prepare(`${measure} AND instr(m.class, ?) > 0 ORDER BY m.code`),
      figures: prepare(figures + one('o')),
      targets: prepare(targets + one('t')),
      overrides: prepare(overrides + one('v')),
      figuresOfClass: many('observations', 'x.value, x.numerator, x.denominator, x.marker',
                           "AND x.part = ''"),
      targetsOfClass: many('targets', `x.target, x.lower, x.upper, x.amber, x.green_within,
                           x.amber_within`, "AND x.part = ''"),
      overridesOfClass: many('overrides', 'x.status, x.reason, x.by', ''),
      commentary: prepare(`SELECT c.*, a.name AS action_owner_name, w.name AS author_name
        FROM commentary c LEFT JOIN people a ON a.org = c.org AND a.code = c.action_owner
        LEFT JOIN people w ON w.org = c.org AND w.code = c.author
        WHERE c.org = ? AND c.measure = ? AND c.superseded_at IS NULL ORDER BY c.period DESC`),
      actions: prepare(`SELECT a.*, p.name AS owner_name FROM actions a
        LEFT JOIN people p ON p.org = a.org AND p.code = a.owner
        WHERE a.org = ? AND a.measure = ? ORDER BY a.code`),
      aims: prepare(`SELECT a.code, a.title, a.parent, a.plan FROM measure_aims l
        JOIN aims a ON a.org = l.org AND a.code = l.aim WHERE l.org = ? AND l.measure = ?`),
      aim: prepare('SELECT code, title, parent, plan FROM aims WHERE org = ? AND code = ?'),
      to: prepare('SELECT to_aim FROM contributions WHERE org = ? AND aim = ?'),
      priorities: prepare(`SELECT l.measure, coalesce(u.code, a.code) AS code,
        coalesce(u.title, a.title) AS title FROM measure_aims l
        JOIN aims a ON a.org = l.org AND a.code = l.aim
        LEFT JOIN aims u ON u.org = a.org AND u.code = a.parent
        JOIN plans p ON p.org = a.org AND p.code = a.plan AND p.kind = 'corporate'
        WHERE l.org = ? ORDER BY l.measure, l.aim`),
    };
    this.organisation = prepare('SELECT code, name, notice, default_rule FROM organisations WHERE org = ?')
      .get(organisation);
    this.revision = prepare('SELECT max(number) AS number FROM revisions WHERE org = ?')
      .get(organisation).number;
    this.rules = new Map();
    const rules = prepare('SELECT * FROM rules WHERE org = ? AND superseded_at IS NULL ORDER BY code, "from"');
    for (const row of rules.all(organisation)) {
      for (const name of ['green_within', 'amber_within', 'red_absolute', 'red_percent']) {
        row[name] = row[name] === null ? null : Number(row[name]);
      }
      row.green_within ??= 0;
      row.amber_within ??= 0;
      row.beyond ??= 'red';
      if (!this.rules.has(row.code)) this.rules.set(row.code, []);
      this.rules.get(row.code).push(row);
    }
    this.quarters = this.readQuarters();
  }

  readQuarters() {
    let first = Infinity, last = -Infinity;
    const all = this.db.prepare('SELECT DISTINCT period FROM observations WHERE org = ?');
    for (const { period } of all.all(this.org)) {
      const p = periods.read(period);
      if (p) {
        first = Math.min(first, p.first);
        last = Math.max(last, p.last);
      }
    }
    const found = [];
    for (let p = periods.of('quarter', last); p.last >= first; p = periods.step(p, -1)) {
      p.id = periods.idOf(p);
      found.push(p);
    }
    return found;
  }

  measureOf(row) {
    row.decimals = Number(row.decimals ?? 0);
    row.per = row.per === null ? null : Number(row.per);
    row.lag_days = Number(row.lag_days ?? 0);
    row.cumulative = row.cumulative === 'yes';
    row.min_denominator = row.min_denominator === null ? null : Number(row.min_denominator);
    row.rule ??= this.organisation.default_rule;
    return row;
  }

  fill(all, rows, name) {
    for (const row of rows) {
      row.period = periods.read(row.period);
      if (row.period === null) continue; // a span of days: on none of these two pages
      const key = `${row.measure}\n${row.part ?? ''}`;
      if (!all.has(key)) all.set(key, emptySeries());
      all.get(key)[name].set(row.period.key, numbers(row));
    }
  }

  measure(code) {
    const s = this.statements;
    const row = s.measure.get(this.org, code);
    if (!row) return null;
    const all = new Map([[`${code}\n`, emptySeries()]]);
    this.fill(all, s.figures.all(this.org, code), 'figures');
    this.fill(all, s.targets.all(this.org, code), 'targets');
    this.fill(all, s.overrides.all(this.org, code), 'overrides');
    const parts = [...all].map(([key, series]) => ({ part: key.split('\n')[1], series }));
    return { measure: this.measureOf(row), series: parts[0].series, parts: parts.slice(1),
             commentary: s.commentary.all(this.org, code), actions: s.actions.all(this.org, code),
             line: this.lineOf(code) };
  }

  // From the vision down to the aim the measure hangs on.
  lineOf(code) {
    const s = this.statements, line = [];
    let aim = s.aims.all(this.org, code)[0];
    while (aim && line.length < 12 && !line.includes(aim)) {
      line.unshift(aim);
      const up = aim.parent ?? s.to.get(this.org, aim.code)?.to_aim;
      aim = up ? s.aim.get(this.org, up) : null;
    }
    return line;
  }

  scorecard(name) {
    const s = this.statements, all = new Map();
    const measures = s.measures.all(this.org, name).map((row) => this.measureOf(row));
    for (const m of measures) all.set(`${m.code}\n`, emptySeries());
    const put = (into, code, id, row) => {
      row.period = periods.read(id);
      if (row.period) all.get(`${code}\n`)[into].set(row.period.key, row);
    };
    for (const r of s.figuresOfClass.all(this.org, name)) {
      const value = number(r[2]);
      const text = Number.isNaN(value) ? r[2] : undefined;
      put('figures', r[0], r[1], { value: text === undefined ? value : null, text,
        numerator: number(r[3]), denominator: number(r[4]), marker: r[5] });
    }
    for (const r of s.targetsOfClass.all(this.org, name)) {
      put('targets', r[0], r[1], { target: number(r[2]), lower: number(r[3]), upper: number(r[4]),
        amber: number(r[5]), green_within: number(r[6]), amber_within: number(r[7]) });
    }
    for (const r of s.overridesOfClass.all(this.org, name)) {
      put('overrides', r[0], r[1], { status: r[2], reason: r[3], by: r[4] });
    }
    const groups = new Map();
    for (const link of s.priorities.all(this.org)) {
      if (!groups.has(link.measure)) groups.set(link.measure, link);
    }
    return { measures: measures.map((m) => ({ measure: m, series: all.get(`${m.code}\n`),
                                              priority: groups.get(m.code) })) };
  }
}
