// A media element in step with the player's clock through Media Source Extensions: the sound, and the pictures
// where the browser has no WebCodecs. Ears notice a change of speed, eyes do not: so the clock gives way to the
// sound (`pull`), while pictures are played a little faster or slower. Sound above 2x helps nobody: it rests there.

import { Spans } from "./index.js";

const AHEAD_SECONDS = 12;
const JUMP_SECONDS = 0.4; // further off than this: jump; closer: play a little faster or slower
const CLOSE_SECONDS = 0.02;
const INSIDE_SECONDS = 0.0005; // a picture is sought within it, not on its edge
const FROZEN_SECONDS = 0.5; // an element that stands still for this long no longer pulls the clock
const START_SECONDS = 2; // a stream that does not come for this long no longer holds the others

export class Follower {
  constructor(index, source, element, { fastest, leads = false, onGap = () => {} }) {
    Object.assign(this, { index, source, element, fastest, leads, onGap });
    this.played = new Spans();
    this.errors = [];
    this.run = null;
    this.chain = Promise.resolve(); // operations on the source buffer, one after the other
    this.token = 0;
    this.waited = 0;
    this.at = 0; // seconds last asked for
    this.off = 0; // seconds ahead of the clock
    this.stood = -1; // where it stood at the last tick
    this.begun = null; // where the element stood when it was told to play
  }

  static supported(mime) { return typeof MediaSource === "function" && MediaSource.isTypeSupported(mime); }

  async open(mime) {
    this.media = new MediaSource();
    this.address = URL.createObjectURL(this.media);
    this.element.src = this.address;
    await new Promise((resolve) => { this.media.addEventListener("sourceopen", resolve, { once: true }); });
    this.buffer = this.media.addSourceBuffer(mime);
    this.buffer.mode = "segments";
  }

  operate(work) {
    const step = this.chain.then(() => new Promise((resolve, reject) => {
      const done = () => { this.buffer.removeEventListener("error", bad); resolve(); };
      const bad = () => { this.buffer.removeEventListener("updateend", done); reject(new Error("media refused by the browser")); };
      this.buffer.addEventListener("updateend", done, { once: true });
      this.buffer.addEventListener("error", bad, { once: true });
      work();
      if (!this.buffer.updating) { this.buffer.removeEventListener("updateend", done); done(); }
    }));
    this.chain = step.catch(() => {});
    return step;
  }

  async seek(t) {
    this.at = t;
    this.token += 1;
    const token = this.token;
    const run = this.index.runAt(t);
    if (!run) { this.rest(); return; }
    this.seeking = true;
    try {
      if (!this.media) { this.opening ??= this.open(run.mime); await this.opening; }
      if (this.run !== run || !this.buffered(t)) await this.load(run, t, token);
      if (token !== this.token) return;
      this.element.currentTime = this.index.kind === "video" ? t + INSIDE_SECONDS : t;
      this.onGap(false);
    } catch (error) {
      if (token === this.token) {
        if (this.skip(error)) await this.seek(t);
        else this.fail(run, error);
      }
    } finally {
      if (token === this.token) this.seeking = false;
    }
  }

  async load(run, t, token) {
    const target = run.toTicks(t);
    const first = this.index.kind === "video" ? run.keyAt(target).place : Math.max(0, run.segmentAt(target) - 1);
    const last = Math.min(run.segments.length - 1, run.segmentAt(target) + 1);
    const init = await this.source.init(run.part);
    const bytes = await this.collect(run, first, last);
    if (token !== this.token) return;
    if (this.element.buffered.length) await this.operate(() => { this.buffer.abort(); this.buffer.remove(0, Infinity); });
    this.run = run;
    await this.operate(() => { this.buffer.timestampOffset = run.origin; this.buffer.appendBuffer(init); });
    await this.operate(() => this.buffer.appendBuffer(bytes));
    this.last = last;
  }

  async collect(run, first, last) {
    this.source.want(run.segments[first].index, run.segments[last].index);
    const pieces = [];
    for (let place = first; place <= last; place += 1) pieces.push(await this.source.bytesOf(run.segments[place].index));
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }

  tick(t, rate) {
    this.at = t;
    if (rate > this.fastest) { this.rest(); return true; }
    const run = this.index.runAt(t);
    if (!run) { this.rest(); return true; }
    if (this.seeking) return this.patient();
    if (run !== this.run || !this.buffered(t)) { this.seek(t); return this.patient(); }
    this.fill(run, t, rate);
    this.off = this.element.currentTime - t;
    if (this.element.paused) this.begin(t);
    if (this.begun !== null) { // a media element takes a moment to start; the clock waits for it
      if (this.element.currentTime <= this.begun) return this.patient();
      this.begun = null;
      this.off = this.element.currentTime - t;
    }
    this.follow(t, rate);
    if (this.element.currentTime === this.stood) this.waited += 1 / 60;
    else this.waited = 0;
    this.stood = this.element.currentTime;
    const nearEnd = run.to - t < 0.3 * Math.max(1, rate); // there readyState stays low for ever
    return this.element.readyState >= 3 || nearEnd || this.patient();
  }

  begin(t) {
    if (Math.abs(this.off) > CLOSE_SECONDS) this.element.currentTime = t;
    this.begun = this.element.currentTime;
    this.element.play().catch((error) => { if (error.name !== "AbortError") this.errors.push(`${this.index.name}: ${error.message}`); });
  }

  follow(t, rate) {
    if (Math.abs(this.off) > JUMP_SECONDS * Math.max(1, rate / 2)) {
      if (!this.element.seeking) this.element.currentTime = t + 0.03 * rate;
      return;
    }
    const push = !this.leads && Math.abs(this.off) > CLOSE_SECONDS * rate ? Math.max(-0.1, Math.min(0.1, this.off / Math.max(1, rate))) : 0;
    const speed = Math.min(16, Math.max(0.0625, rate * (1 - push)));
    if (Math.abs(this.element.playbackRate - speed) > 0.004 * rate) this.element.playbackRate = speed;
  }

  fill(run, t, rate) {
    const wanted = run.segmentAt(run.toTicks(t + AHEAD_SECONDS * Math.max(1, rate / 2)));
    if (this.filling || wanted <= this.last) return;
    const { token } = this;
    const first = this.last + 1;
    this.filling = this.collect(run, first, wanted)
      .then(async (bytes) => {
        if (token !== this.token) return;
        await this.operate(() => this.buffer.appendBuffer(bytes));
        this.last = wanted;
        const cut = this.element.currentTime - 60;
        if (cut > run.from + 1) await this.operate(() => this.buffer.remove(0, cut));
      })
      .catch((error) => { if (token === this.token && !this.skip(error)) this.fail(run, error); })
      .finally(() => { this.filling = null; });
  }

  // Without a line every stream holds the others: no second passes without what belongs to it.
  patient() {
    this.waited = this.source.line.down ? 0 : this.waited + 1 / 60;
    return this.waited > START_SECONDS;
  }

  advance(from, to) {
    if (!this.element.paused && this.run && Math.abs(this.off) < JUMP_SECONDS) this.played.add(from, to);
  }

  buffered(t) {
    const ranges = this.element.buffered;
    for (let i = 0; i < ranges.length; i += 1) if (ranges.start(i) - 0.05 <= t && ranges.end(i) > t + 0.001) return true;
    return false;
  }

  rest() {
    this.pause();
    this.off = 0;
    this.waited = 0;
    this.onGap(true, this.index.unreadableAt(this.at));
  }

  end() {
    this.token += 1;
    this.source.forget();
    this.rest();
    this.element.removeAttribute("src");
    this.element.load();
    this.media = null;
  }

  forgive() {
    this.errors = [];
    this.index.broken.clear();
  }

  // Leaves out the segment that an error names; what comes before it is played to its end.
  skip(error) {
    if (error.segment === undefined || !this.index.lose(error.segment)) return false;
    this.errors.push(`${this.index.name}: ${error.message}`);
    return true;
  }

  fail(run, error) {
    this.errors.push(`${this.index.name}: ${error.message || error}`);
    this.index.broken.add(run);
    this.rest();
  }

  pause() { if (!this.element.paused) this.element.pause(); }

  // Seconds by which the clock should move to be where this element is.
  get pull() {
    const moving = !this.element.paused && this.begun === null && this.waited < FROZEN_SECONDS;
    return this.leads && moving && !this.element.seeking && Math.abs(this.off) <= JUMP_SECONDS ? this.off : 0;
  }

  get drift() { return this.element.paused || this.begun !== null ? 0 : Math.abs(this.off); }
}
