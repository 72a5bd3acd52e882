// One clock for all streams: session seconds move on only while every track keeps up, so nothing can drift apart.

const STEP_LIMIT = 0.25; // seconds one animation frame may move the clock: a hidden tab does not jump

const PULL = 0.25; // share of the sound's lead that the clock takes over at each beat

export class Player extends EventTarget {
  constructor(tracks, { from, to, start }) {
    super();
    Object.assign(this, { tracks, from, to, start });
    this.position = start;
    this.rate = 1;
    this.playing = false;
    this.quiet = null; // spans to jump over, or null
    this.drifts = new Uint32Array(1001); // ticks by drift in ms, the last one for all above
    this.errors = [];
  }

  async seek(t) {
    this.position = Math.min(this.to, Math.max(this.from, t));
    const { position } = this;
    for (const track of this.tracks) track.pause();
    this.changed();
    await Promise.all(this.tracks.map((track) => track.seek(position)));
    this.changed();
  }

  async play() {
    if (this.playing) return;
    if (this.position >= this.to - 0.05) await this.seek(this.start);
    this.playing = true;
    this.drifts.fill(0);
    this.moment = performance.now();
    requestAnimationFrame((now) => this.beat(now));
    this.changed();
  }

  pause() {
    this.playing = false;
    for (const track of this.tracks) track.pause();
    this.changed();
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  setRate(rate) { this.rate = rate; this.changed(); }

  beat(now) {
    if (!this.playing) return;
    const passed = Math.min(STEP_LIMIT, Math.max(0, (now - this.moment) / 1000));
    this.moment = now;
    const pull = this.tracks.reduce((sum, track) => sum + track.pull, 0) * PULL;
    const step = Math.max(0, passed * this.rate + pull);
    const aim = Math.min(this.to, this.overQuiet(this.position + step));
    const due = Math.min(aim, this.to - 1e-4); // the end itself shows the last frame
    const ready = this.tracks.map((track) => track.tick(due, this.rate));
    if (ready.every(Boolean)) {
      if (aim - this.position <= step + 1e-6) for (const track of this.tracks) track.advance(this.position, aim);
      this.position = aim;
      const drift = Math.max(...this.tracks.map((track) => track.drift));
      this.drifts[Math.min(1000, Math.round(drift * 1000))] += 1;
    }
    this.dispatchEvent(new Event("moved"));
    if (this.position >= this.to) { this.pause(); this.dispatchEvent(new Event("ended")); return; }
    requestAnimationFrame((next) => this.beat(next));
  }

  overQuiet(t) {
    if (!this.quiet) return t;
    const span = this.quiet.find(([a, b]) => t >= a && t < b);
    return span ? span[1] : t;
  }

  changed() { this.dispatchEvent(new Event("moved")); this.dispatchEvent(new Event("changed")); }

  // Milliseconds within which all streams were together for this share of the ticks since play.
  driftBelow(share) {
    let left = this.drifts.reduce((sum, count) => sum + count, 0) * share;
    return Math.max(0, this.drifts.findIndex((count) => { left -= count; return count && left <= 1e-9; }));
  }

  stats() {
    const played = {};
    for (const track of this.tracks) played[track.index.name] = Math.round(track.played.total() * 1000) / 1000;
    return {
      position: this.position,
      playing: this.playing,
      ended: this.position >= this.to - 0.05,
      rate: this.rate,
      from: this.from,
      start: this.start,
      to: this.to,
      played,
      drift_ms: this.driftBelow(0.95),
      worst_drift_ms: this.driftBelow(1),
      errors: [...this.errors, ...this.tracks.flatMap((track) => track.errors)],
    };
  }
}
