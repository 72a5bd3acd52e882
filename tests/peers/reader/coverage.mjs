// Claimed coverage (FORMAT.md, section 9).

const JOINT_MS = 2;
const LISTED_MS = 100;

/** {stream: {ratio, gaps: [[from, to, cause]]}} from the session's lines. */
export function coverage(lines) {
  const streams = new Map(), data = new Set();
  const of = (name) => streams.get(name) ?? streams.set(name, { intervals: [], gaps: [], last: null }).get(name);
  for (const line of lines) {
    if (line.type === "begin") line.streams.forEach(of);
    else if (line.type === "part" && line.media === "application/x-ndjson") data.add(line.stream);
    else if (line.type === "segment") addSegment(of(line.stream), line);
    else if (line.type === "gap") of(line.stream).gaps.push([line.from, line.to, line.cause]);
  }
  const end = lines.findLast((line) => line.type === "end");
  const opened = lines.find((line) => line.type === "event" && line.name === "paper-opened") ?? lines[0];
  const begin = opened?.at ?? 0, until = end?.until ?? lines.at(-1)?.at ?? 0;
  const result = {};
  for (const [name, found] of streams) {
    if (!data.has(name)) result[name] = cover(found, begin, until, end ? "unexplained" : "unfinished");
  }
  return result;
}

function addSegment(found, line) {
  const late = found.last ? line.start - found.last.end : 0;
  const joint = found.last && found.last.part === line.part && found.last.pts1 === line.pts0;
  const start = joint && late > 0 && late <= JOINT_MS ? found.last.end : line.start;
  found.intervals.push([start, line.end]);
  found.last = line;
}

function cover({ intervals, gaps }, begin, until, tail) {
  const total = Math.max(0, until - begin);
  const holes = [];
  let place = begin;
  for (const [start, end] of intervals.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start >= until) break;
    if (start > place) holes.push([place, start]);
    place = Math.max(place, end);
  }
  if (place < until) holes.push([place, until]);
  const missing = holes.reduce((sum, [start, end]) => sum + end - start, 0);
  const ordered = gaps.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  const pieces = holes.flatMap(([start, end]) => explain(start, end, ordered, end === until ? tail : "unexplained"));
  return {
    ratio: total ? (total - missing) / total : intervals.length ? 1 : 0,
    gaps: pieces.filter(([start, end]) => end - start >= LISTED_MS),
  };
}

function explain(start, end, gaps, rest) {
  const pieces = [];
  let place = start;
  for (const [from, to, cause] of gaps) {
    const begin = Math.max(from, place), finish = Math.min(to, end);
    if (begin >= finish) continue;
    if (begin - place >= LISTED_MS) {
      pieces.push([place, begin, rest]);
      place = begin;
    }
    pieces.push([place, finish, cause]);
    place = finish;
  }
  if (place < end && end - place < LISTED_MS && pieces.length) pieces.at(-1)[1] = end;
  else if (place < end) pieces.push([place, end, rest]);
  return pieces;
}
