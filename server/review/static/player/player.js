// One clock for all streams: session seconds move on only while every track keeps up, so nothing can drift apart.

import { neighbour } from "./frames.js";

const STEP_LIMIT = 0.25; // seconds one animation frame may move the clock: a hidden tab does not jump

const TOLD_MS = 50; // between two tellings of the position while playing: pictures go with each beat, words need not
const PULL = 0.25; // share of the sound's lead that the clock takes over at each beat

export class Player extends EventTarget {
  constructor(tracks, { from, to, start }) {
    super();
    Object.assign(this, { tracks, from, to, start });
    this.position = start;
    this.rate = 1;
    this.playing = false;
    this.quiet = null; // spans to jump over, or null
    this.held = null; // where the clock would be if all tracks could show it
    this.drifts = new Uint32Array(1001); // ticks by drift in ms, the last one for all above
    this.errors = [];
  }

  async seek(t) {
    if (this.closed) return;
    this.held = null;
    this.position = Math.min(this.to, Math.max(this.from, t));
    const { position } = this;
    for (const track of this.tracks) track.pause();
    this.changed();
    await Promise.all(this.tracks.map((track) => track.seek(position)));
    this.changed();
  }

  // To the next or previous frame of the first stream of pictures. False at the end of the recording.
  async step(by) {
    if (this.playing) this.pause();
    const track = this.tracks.find((one) => one.index.kind === "video");
    const at = track ? await neighbour(track.index, track.source, this.position, by) : null;
    if (at === null) return false;
    await this.seek(at);
    return true;
  }

  async play() {
    if (this.playing || this.closed) return;
    if (this.position >= this.to - 0.05) await this.seek(this.start);
    this.playing = true;
    this.held = null;
    this.drifts.fill(0);
    this.moment = this.told = performance.now();
    requestAnimationFrame((now) => this.beat(now));
    this.changed();
  }

  // Whether the server is out of reach.
  get waits() { return this.tracks.some((track) => track.source.line.down); }

  // What failed is asked for anew, from where the clock stands.
  async again() {
    for (const track of this.tracks) track.forgive();
    await this.seek(this.position);
  }

  pause() {
    this.playing = false;
    for (const track of this.tracks) track.pause();
    this.changed();
  }

  // For good: whoever may no longer watch keeps no picture on the page.
  close() {
    this.pause();
    this.closed = true;
    for (const track of this.tracks) track.end();
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
    // A moment that was asked for and could not be shown yet is asked for again: what is due is not passed over.
    const { aim, skipped } = this.held ?? this.ahead(step);
    const due = Math.min(aim, this.to - 1e-4); // the end itself shows the last frame
    const ready = this.tracks.map((track) => track.tick(due, this.rate));
    this.held = ready.every(Boolean) ? null : { aim, skipped };
    if (!this.held) {
      if (skipped <= 1e-6) for (const track of this.tracks) track.advance(this.position, aim);
      this.position = aim;
      if (skipped > 1e-6) this.dispatchEvent(new CustomEvent("skipped", { detail: skipped }));
      const drift = Math.max(...this.tracks.map((track) => track.drift));
      this.drifts[Math.min(1000, Math.round(drift * 1000))] += 1;
    }
    if (now - this.told >= TOLD_MS || this.position >= this.to) {
      this.told = now;
      this.dispatchEvent(new Event("moved"));
    }
    if (this.position >= this.to) { this.pause(); this.dispatchEvent(new Event("ended")); return; }
    requestAnimationFrame((next) => this.beat(next));
  }

  // Where the clock goes from here, and how many seconds of quiet it leaves out on the way.
  ahead(step) {
    const straight = this.position + step;
    const span = this.quiet?.find(([a, b]) => straight >= a && straight < b);
    const aim = Math.min(this.to, span ? span[1] : straight);
    return { aim, skipped: Math.max(0, aim - straight) };
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
      dropped: this.tracks.reduce((sum, track) => sum + (track.dropped ?? 0), 0),
      errors: [...this.errors, ...this.tracks.flatMap((track) => track.errors)],
    };
  }
}
