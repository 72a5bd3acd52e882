// The index of one stream: runs of segments that one decoder can play through, on the session's seconds.
// A run begins at its first key frame: what lies before it in the same segments cannot be shown.

export class Run {
  constructor(raw) {
    Object.assign(this, raw); // part, origin (s), timescale, codec, mime, width, height, segments
    this.update(raw.segments);
  }

  // Live sessions only ever grow at the end.
  update(segments) {
    this.segments = segments.map(([index, pts0, pts1, keys]) => ({ index, pts0, pts1, keys }));
    this.keys = [];
    this.segments.forEach((segment, place) => segment.keys.forEach((pts) => this.keys.push({ pts, place })));
    const last = this.segments[this.segments.length - 1];
    this.from = this.toSeconds(this.keys.length ? this.keys[0].pts : this.segments[0].pts0);
    this.to = this.toSeconds(last.pts1);
  }

  toSeconds(ticks) { return this.origin + ticks / this.timescale; }

  toTicks(seconds) { return Math.floor((seconds - this.origin) * this.timescale + 0.5); }

  toMicroseconds(ticks) { return Math.round(this.toSeconds(ticks) * 1e6); }

  // Position in `segments` of the one that holds `ticks`.
  segmentAt(ticks) { return lastNotAfter(this.segments, ticks, (segment) => segment.pts0); }

  // The last key frame at or before `ticks`.
  keyAt(ticks) { return this.keys[lastNotAfter(this.keys, ticks, (key) => key.pts)]; }
}

function lastNotAfter(list, value, of) {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (of(list[middle]) <= value) low = middle; else high = middle - 1;
  }
  return low;
}

export class StreamIndex {
  constructor(name, raw) {
    this.name = name;
    this.kind = raw.kind;
    this.runs = [];
    this.broken = new Set();
    this.lost = new Set(); // segments that turned out to be unreadable
    this.onLoss = () => {};
    this.holes = []; // { from, to } seconds that cannot be shown because of them
    this.update(raw);
  }

  // Takes a newer index of the same stream; runs keep their identity so that decoders go on.
  update(raw) {
    this.raw = raw;
    this.holes = [];
    const held = new Map(this.runs.map((run) => [run.segments[0].index, run]));
    this.runs = raw.runs.flatMap((run) => this.readable(run)).map((run) => {
      const known = held.get(run.segments[0][0]);
      if (!known) return new Run(run);
      known.update(run.segments);
      return known;
    });
  }

  // The run without what is lost: pictures come back with the next key frame.
  readable(raw) {
    if (!raw.segments.some(([index]) => this.lost.has(index))) return [raw];
    const seconds = (pts) => raw.origin + pts / raw.timescale;
    const pieces = [];
    let [piece, hole] = [null, null];
    for (const segment of raw.segments) {
      const [index, from, , keys] = segment;
      if (this.lost.has(index)) { piece = null; hole ??= seconds(from); continue; }
      if (!piece && !keys.length) continue;
      if (!piece) {
        piece = { ...raw, segments: [] };
        pieces.push(piece);
        if (hole !== null) this.holes.push({ from: hole, to: seconds(keys[0]) });
        hole = null;
      }
      piece.segments.push(segment);
    }
    if (hole !== null) this.holes.push({ from: hole, to: seconds(raw.segments.at(-1)[2]) });
    return pieces;
  }

  // A segment that cannot be read, found out while it is played. False: it is none of this stream, or known already.
  lose(index) {
    if (this.lost.has(index) || !this.runs.some((run) => run.segments.some((segment) => segment.index === index))) return false;
    this.lost.add(index);
    this.update(this.raw);
    this.onLoss(this);
    return true;
  }

  unreadableAt(t) {
    return this.holes.some((hole) => t >= hole.from && t < hole.to) || [...this.broken].some((run) => t >= run.from && t < run.to);
  }

  // The run that shows something at `t`; null in a gap.
  runAt(t) {
    return this.runs.find((run) => t >= run.from && t < run.to && !this.broken.has(run)) || null;
  }
}

// Media time that was really shown, as a union of spans: watching twice counts once.
export class Spans {
  constructor() { this.list = []; }

  add(from, to) {
    if (!(to > from)) return;
    const kept = [];
    let [a, b] = [from, to];
    for (const [x, y] of this.list) {
      if (y < a - 1e-6 || x > b + 1e-6) kept.push([x, y]);
      else { a = Math.min(a, x); b = Math.max(b, y); }
    }
    kept.push([a, b]);
    this.list = kept.sort((p, q) => p[0] - q[0]);
  }

  total() { return this.list.reduce((sum, [a, b]) => sum + b - a, 0); }
}
