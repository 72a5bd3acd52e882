// The stretch of the axis that the lanes show, in seconds of the session. It never leaves the whole, never gets
// shorter than a few seconds, and tells when it changed.

const SHORTEST_SECONDS = 5;
const MARGIN = 0.1; // of the range: how far inside its edge a moment comes that had been outside

export class ShownRange extends EventTarget {
  constructor(from, to) {
    super();
    this.whole = [from, to];
    [this.from, this.to] = this.whole;
  }

  get length() { return this.to - this.from; }

  get isWhole() { return this.from <= this.whole[0] && this.to >= this.whole[1]; }

  holds(t) { return t >= this.from && t <= this.to; }

  // A session that is still being recorded grows at its end; who looks at all of it goes on seeing all of it.
  grow(to) {
    if (to <= this.whole[1]) return;
    const all = this.isWhole;
    this.whole[1] = to;
    if (all) this.reset(); else this.dispatchEvent(new Event("changed"));
  }

  // `factor` below 1 shows less; the moment `t` stays where it is on the screen.
  zoom(factor, t) {
    const [start, end] = this.whole;
    const length = Math.min(end - start, Math.max(Math.min(SHORTEST_SECONDS, end - start), this.length * factor));
    const held = this.holds(t) ? t : this.from + this.length / 2;
    this.place(held - ((held - this.from) / this.length) * length, length);
  }

  pan(seconds) { this.place(this.from + seconds, this.length); }

  centre(t) { this.place(t - this.length / 2, this.length); }

  reset() { this.place(this.whole[0], this.whole[1] - this.whole[0]); }

  // Brings `t` into the range: going on forward the next page begins with it, a jump puts it in the middle.
  reach(t, before) {
    if (this.holds(t)) return;
    const goesOn = t > before && t - before < this.length;
    if (goesOn) this.place(t - this.length * MARGIN, this.length); else this.centre(t);
  }

  place(from, length) {
    const [start, end] = this.whole;
    const first = Math.min(Math.max(from, start), end - length);
    if (first === this.from && first + length === this.to) return;
    this.from = first;
    this.to = first + length;
    this.dispatchEvent(new Event("changed"));
  }
}
