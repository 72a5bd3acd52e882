// The curves of the lanes in the detail that the shown range asks for. The server draws the whole session in a few
// hundred columns; closer up each second is drawn, from the same notes and by the same measure.

import { $ } from "./page.js";

const COLUMNS = 600; // of the range: finer than any screen shows
const FULL_TURN = 60; // degrees that fill the lane
const REST_MS = 80;
const VALUES = { activity, pose, loudness };

export function wireCurves(range, account) {
  const lanes = $("lanes");
  const axis = { from: Number(lanes.dataset.from) * 1000, to: Number(lanes.dataset.to) * 1000 };
  const curves = Object.keys(VALUES).map((name) => ({ name, path: lanes.querySelector(`[data-lane="${name}"] .track path`) })).filter(({ path }) => path);
  const whole = new Map(curves.map(({ name, path }) => [name, path.getAttribute("d")]));
  let waiting = 0;
  range.addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const { name, path } of curves) {
        const detail = range.isWhole || !account.seconds.length ? "" : curve(account, VALUES[name], range, axis);
        path.setAttribute("d", detail || whole.get(name));
      }
    }, REST_MS);
  });
}

// The highest value of each column, of the range and as much beside it as panning shows at once.
function curve(account, value, range, axis) {
  const column = Math.max(1000, (range.length * 1000) / COLUMNS);
  const [from, to] = [(range.from - range.length) * 1000, (range.to + range.length) * 1000];
  const highest = new Map();
  for (const row of account.between(from, to)) {
    const found = value(row);
    if (found === null) continue;
    const place = Math.floor(row.t / column);
    highest.set(place, Math.max(highest.get(place) ?? 0, Math.min(1, Math.max(0, found))));
  }
  const x = (ms) => ((ms - axis.from) * 1000) / (axis.to - axis.from);
  const parts = [];
  for (const [place, share] of highest) {
    const [left, right] = [x(place * column), x((place + 1) * column)];
    parts.push(`M${left.toFixed(4)} 100V${(100 - share * 100).toFixed(0)}H${right.toFixed(4)}V100Z`);
  }
  return parts.join("");
}

function number(value) { return typeof value === "number" && Math.abs(value) < 1e6 ? value : null; }

function activity(row) {
  const shares = row.changed && typeof row.changed === "object" ? Object.values(row.changed) : [row.changed];
  const known = shares.map(number).filter((share) => share !== null && share >= 0);
  return known.length ? Math.sqrt(Math.max(...known)) : null;
}

function pose(row) {
  const turns = [number(row.yaw), number(row.pitch)].filter((turn) => turn !== null).map(Math.abs);
  return turns.length ? Math.max(...turns) / FULL_TURN : null;
}

function loudness(row) { return number(row.sound); }
