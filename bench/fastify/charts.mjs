// Charts as SVG, drawn on the server: a line with target and marks, a sparkline, a bar of counts.
const COLOURS = { on_target: '#4b9b7d', slightly_off: '#ffdd00', off_target: '#982828' };

const n = (x) => String(Math.round(x * 100) / 100);

function escape(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function mark(status, x, y, size) {
  const fill = COLOURS[status] ?? '#e7e9ea';
  const rest = `class="gt-chart__mark" fill="${fill}" stroke="#0b0c0c"`;
  if (status === 'off_target') {
    return `<path ${rest} d="M${n(x)} ${n(y - size * 1.2)}L${n(x + size * 1.2)} ${n(y + size * 0.95)}` +
      `L${n(x - size * 1.2)} ${n(y + size * 0.95)}Z"/>`;
  }
  if (status === 'slightly_off') {
    return `<path ${rest} d="M${n(x)} ${n(y - size * 1.25)}L${n(x + size * 1.25)} ${n(y)}` +
      `L${n(x)} ${n(y + size * 1.25)}L${n(x - size * 1.25)} ${n(y)}Z"/>`;
  }
  return `<circle ${rest} cx="${n(x)}" cy="${n(y)}" r="${size}"/>`;
}

// A round step so that there are about `count` of them between low and high.
function ticks(low, high, count) {
  const raw = (high - low) / count || 1, power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 2.5, 5, 10].find((k) => k * power >= raw) * power;
  const found = [];
  for (let t = Math.floor(low / unit) * unit; t < high + unit; t += unit) found.push(t);
  return found;
}

// points: [{ label, year, value, target, low, high, status }]; null values are gaps.
export function line(points, { id, title, description, width, height, size, unit, every }) {
  const values = points.flatMap((p) => [p.value, p.target, p.low, p.high]).filter((v) => v !== null);
  const scale = ticks(Math.min(...values), Math.max(...values), height > 300 ? 5 : 3);
  const left = 54, right = width - 100, top = 20, bottom = height - 46;
  const span = scale[scale.length - 1] - scale[0];
  const y = (v) => bottom - (v - scale[0]) / span * (bottom - top);
  const x = (i) => left + 10 + i * (right - left - 20) / Math.max(1, points.length - 1);
  const out = [`<svg class="gt-chart gt-chart--line" viewBox="0 0 ${width} ${height}" width="100%" ` +
    `font-family="Helvetica Neue,Helvetica,Arial,sans-serif" font-size="16" role="img" ` +
    `focusable="false" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">` +
    `${escape(title)}</title><desc id="${id}-desc">${escape(description)}</desc>`];
  const banded = points.map((p, i) => ({ ...p, i })).filter((p) => p.low !== null && p.high !== null);
  if (banded.length > 0) {
    const there = banded.map((p) => `${n(x(p.i))} ${n(y(p.high))}`);
    const back = banded.reverse().map((p) => `${n(x(p.i))} ${n(y(p.low))}`);
    out.push(`<path class="gt-chart__band" d="M${there.concat(back).join('L')}Z" fill="#e3ecf4" ` +
      `stroke="#595959" stroke-width="0.5"/>`);
  }
  scale.forEach((t, i) => {
    out.push(`<line class="gt-chart__${i === 0 ? 'axis' : 'grid'}" x1="${left}" y1="${n(y(t))}" ` +
      `x2="${right}" y2="${n(y(t))}" stroke="${i === 0 ? '#595959' : '#d3d6d8'}" ` +
      `stroke-width="1"/><text class="gt-chart__text" x="${left - 8}" y="${n(y(t) + 6)}" ` +
      `text-anchor="end" fill="#0b0c0c">${escape(unit(t))}</text>`);
  });
  points.forEach((p, i) => {
    if (i % every === every - 1) {
      out.push(`<line class="gt-chart__axis" x1="${n(x(i))}" y1="${bottom}" x2="${n(x(i))}" ` +
        `y2="${bottom + 5}" stroke="#595959" stroke-width="1"/><text class="gt-chart__text" ` +
        `x="${n(x(i))}" y="${bottom + 22}" text-anchor="middle" fill="#0b0c0c">${p.label}</text>` +
        `<text class="gt-chart__text" x="${n(x(i))}" y="${bottom + 40}" text-anchor="middle" ` +
        `fill="#0b0c0c">${p.year}</text>`);
    }
  });
  const path = (name) => points.map((p, i) => p[name] === null ? null : `${n(x(i))} ${n(y(p[name]))}`)
    .filter((p) => p !== null).join('L');
  if (points.some((p) => p.target !== null)) {
    out.push(`<path class="gt-chart__target" d="M${path('target')}" fill="none" stroke="#0b0c0c" ` +
      `stroke-width="2" stroke-dasharray="7 5"/>`);
  }
  out.push(`<path class="gt-chart__line" d="M${path('value')}" fill="none" stroke="#12436D" ` +
    `stroke-width="3" stroke-linejoin="round"/>`);
  points.forEach((p, i) => {
    if (p.value !== null) out.push(mark(p.status, x(i), y(p.value), size));
  });
  const last = points[points.length - 1];
  if (last.value !== null) {
    out.push(`<text class="gt-chart__text gt-chart__halo" x="${right + 4}" y="${n(y(last.value) + 6)}" ` +
      `font-weight="bold" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" ` +
      `paint-order="stroke" fill="#0b0c0c">${escape(unit(last.value))}</text>`);
  }
  if (last.target !== null) {
    out.push(`<text class="gt-chart__text gt-chart__halo" x="${right + 4}" y="${n(y(last.target) - 3)}" ` +
      `stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke" ` +
      `fill="#0b0c0c">Target ${escape(unit(last.target))}</text>`);
  }
  return out.join('') + '</svg>';
}

export function sparkline(values, status) {
  const known = values.filter((v) => v !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known), span = Math.max(...known) - low || 1;
  const width = 112, height = 30;
  const x = (i) => 7 + i * (width - 14) / (values.length - 1);
  const y = (v) => height - 7 - (v - low) / span * (height - 14);
  const points = values.map((v, i) => v === null ? null : `${n(x(i))} ${n(y(v))}`)
    .filter((p) => p !== null);
  const last = values.length - 1;
  const end = values[last] === null ? '' : mark(status, x(last), y(values[last]), 5);
  return `<svg class="gt-chart gt-chart--spark" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" aria-hidden="true" focusable="false"><path class="gt-chart__line" d="M${points.join('L')}" fill="none" stroke="#12436D" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>${end}</svg>`;
}

// parts: [{ status, count }]
export function bar(parts, id, title, description) {
  const total = parts.reduce((sum, p) => sum + p.count, 0) || 1;
  let at = 0;
  const out = [`<svg class="gt-chart gt-chart--bar" width="100%" height="34" ` +
    `font-family="Helvetica Neue,Helvetica,Arial,sans-serif" font-size="16" role="img" ` +
    `focusable="false" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">` +
    `${escape(title)}</title><desc id="${id}-desc">${escape(description)}</desc>`];
  for (const p of parts) {
    const share = p.count / total * 100;
    const ink = p.status === 'off_target' ? '#ffffff' : '#0b0c0c';
    out.push(`<rect class="gt-chart__segment" x="${n(at)}%" y="1" width="${n(share)}%" height="32" ` +
      `fill="${COLOURS[p.status] ?? '#e7e9ea'}" stroke="#0b0c0c"/><svg x="${n(at + share / 2)}%" ` +
      `y="17" overflow="visible"><text class="gt-chart__text" x="7.5" y="6" text-anchor="middle" ` +
      `font-weight="bold" fill="${ink}">${p.count}</text>${mark(p.status, -10, 0, 5)}</svg>`);
    at += share;
  }
  return out.join('') + '</svg>';
}
