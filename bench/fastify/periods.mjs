// Periods as their ids say them, counted in months since year 0. Financial years start in April.
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
                'September', 'October', 'November', 'December'];
const LENGTH = { month: 1, quarter: 3, half: 6, year: 12, academic_year: 12 };
const FIRST = { month: 0, quarter: 3, half: 3, year: 3, academic_year: 8 };

function period(kind, first) {
  return { kind, first, last: first + LENGTH[kind] - 1, key: kind + first };
}

// Several calendar years: "2011_2013".
function years(id) {
  const found = /^(\d{4})_(\d{4})$/.exec(id);
  if (!found) return null;
  const first = found[1] * 12, last = found[2] * 12 + 11;
  return { kind: 'years', first, last, key: `years${first}` };
}

const known = new Map();

export function read(id) {
  let p = known.get(id);
  if (p === undefined) {
    const month = /^(\d{4})-(\d\d)$/.exec(id);
    const other = /^(\d{4})-\d\d-(Q|H|F|A)(\d|Y)$/.exec(id);
    if (month) p = period('month', month[1] * 12 + Number(month[2]) - 1);
    else if (other) {
      const kind = { Q: 'quarter', H: 'half', F: 'year', A: 'academic_year' }[other[2]];
      const part = other[3] === 'Y' ? 0 : Number(other[3]) - 1;
      p = period(kind, other[1] * 12 + FIRST[kind] + part * LENGTH[kind]);
    } else p = years(id);
    if (p) p.id = id;
    known.set(id, p);
  }
  return p;
}

export function step(p, count) {
  if (p.kind === 'years') {
    const by = count * (p.last - p.first + 1);
    return { ...p, first: p.first + by, last: p.last + by, key: `years${p.first + by}` };
  }
  return period(p.kind, p.first + count * LENGTH[p.kind]);
}

export function yearBefore(p) {
  if (p.kind === 'years') {
    return { ...p, first: p.first - 12, last: p.last - 12, key: `years${p.first - 12}` };
  }
  return period(p.kind, p.first - 12);
}

// The period of this kind that contains a month.
export function of(kind, month) {
  const into = (month - FIRST[kind]) % LENGTH[kind];
  return period(kind, month - into);
}

export function monthsOf(kind) {
  return LENGTH[kind];
}

// The last day and so many more, as the record writes days. Kept, for making dates is slow.
const days = new Map();

export function end(p, more = 0) {
  const key = p.last * 1000 + more;
  let day = days.get(key);
  if (day === undefined) {
    const date = Date.UTC(Math.floor(p.last / 12), p.last % 12 + 1, 0) + more * 86400000;
    day = new Date(date).toISOString().slice(0, 10);
    days.set(key, day);
  }
  return day;
}

function financial(month) {
  const year = Math.floor((month - 3) / 12);
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
}

export function short(p) {
  switch (p.kind) {
  case 'month': return `${MONTHS[p.first % 12]} ${Math.floor(p.first / 12)}`;
  case 'quarter': return `${financial(p.first)} Q${((p.first + 9) % 12) / 3 + 1}`;
  case 'half': return `${financial(p.first)} H${((p.first + 9) % 12) / 6 + 1}`;
  case 'year': return financial(p.first);
  case 'years': return `${p.first / 12} to ${(p.last + 1) / 12 - 1}`;
  default: return `${financial(p.first)} academic year`;
  }
}

export function idOf(p) {
  if (p.id) return p.id;
  const year = Math.floor((p.first - FIRST[p.kind]) / 12);
  const years = `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
  switch (p.kind) {
  case 'month': return `${Math.floor(p.first / 12)}-${String(p.first % 12 + 1).padStart(2, '0')}`;
  case 'quarter': return `${years}-Q${((p.first + 9) % 12) / 3 + 1}`;
  case 'half': return `${years}-H${((p.first + 9) % 12) / 6 + 1}`;
  case 'year': return `${years}-FY`;
  default: return `${years}-AY`;
  }
}

export function long(p) {
  const from = MONTHS[p.first % 12], to = MONTHS[p.last % 12], year = Math.floor(p.last / 12);
  return `${short(p)} (${from} to ${to} ${year})`;
}

export function dayText(day) {
  return day ? `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
             : '';
}
