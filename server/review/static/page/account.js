// What the recorder itself noted, second by second, and the moments it kept small pictures of.

import { media } from "./page.js";

const KNOWN_MS = 3000; // a second's note holds for so long

export class Account {
  constructor() {
    this.seconds = []; // in the order of time; `t` in ms
    this.pictures = {}; // stream -> times in ms, in order
  }

  async load() {
    const response = await fetch(media("track"));
    if (response.status >= 500) throw Object.assign(new Error(`track ${response.status}`), { status: response.status });
    if (!response.ok) return;
    const { seconds, thumbs } = await response.json();
    this.seconds = seconds;
    this.pictures = thumbs;
  }

  // The newest line not after `ms`, if it is of the last three seconds.
  at(ms) {
    const place = lastNotAfter(this.seconds, ms, (row) => row.t);
    return place >= 0 && ms - this.seconds[place].t < KNOWN_MS ? this.seconds[place] : null;
  }

  // The lines of from..to ms.
  between(from, to) {
    return this.seconds.slice(lastNotAfter(this.seconds, from, (row) => row.t) + 1, lastNotAfter(this.seconds, to, (row) => row.t) + 1);
  }

  // Time in ms of the kept picture of `stream` nearest to `ms`, if one lies within `reach` ms.
  picture(stream, ms, reach) {
    const times = this.pictures[stream] ?? [];
    const before = lastNotAfter(times, ms, (t) => t);
    const near = [times[before], times[before + 1]].filter((t) => t !== undefined && Math.abs(t - ms) <= reach);
    return near.sort((a, b) => Math.abs(a - ms) - Math.abs(b - ms))[0] ?? null;
  }
}

// Position of the last entry not after `value`, -1 if all are after it.
function lastNotAfter(list, value, of) {
  let low = -1;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (of(list[middle]) <= value) low = middle; else high = middle - 1;
  }
  return low;
}
