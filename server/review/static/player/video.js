// One video stream on a canvas through WebCodecs. The player's clock asks; this track shows the frame that is
// due, keeps the decoder a little ahead, and says whether it keeps up. In a gap it shows none.

import { Spans } from "./index.js";

const AHEAD_SECONDS = 12; // data fetched ahead at 1x; asked for again when half of it is used up
const MOST_DECODED = 40; // frames held; each is a full picture in memory
const MOST_QUEUED = 16; // frames the decoder is given at once: it goes on while the page draws
const LATE_SECONDS = 0.04; // at 1x a track further behind than this holds the clock; above it any frame that is due does
const EDGE_SECONDS = 0.0005; // nearer than this to a frame's beginning is within it
const FAR_SECONDS = 5; // to a key frame this much further on it is nearer than by decoding all before it

export class VideoTrack {
  constructor(index, source, canvas, onGap) {
    this.index = index;
    this.source = source;
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.onGap = onGap;
    this.played = new Spans();
    this.errors = [];
    this.frames = []; // decoded, oldest first
    this.shown = null; // { from, to } seconds of the frame on the canvas
    this.run = null;
    this.next = 0; // ticks of the next sample to decode
    this.token = 0; // a newer seek makes the older one stop
    this.decoder = null;
    this.floor = 0; // microseconds; earlier frames are closed unseen
    this.gap = false;
    this.lateness = 0;
    this.sought = 0; // seconds last asked for
    this.reached = 0; // microseconds at which the last decoded frame ends
    this.aim = null; // what the last tick asked for, while playing
    this.asked = -Infinity; // microseconds the last tick asked for
    this.drawn = 0; // frames shown while playing
    this.dropped = 0; // frames that were due at a tick, came too late and were passed over
  }

  static supported() { return typeof VideoDecoder === "function" && typeof EncodedVideoChunk === "function"; }

  // Shows the exact frame due at `t`. Resolves when it is on the canvas (or nothing can be).
  async seek(t) {
    this.token += 1;
    const token = this.token;
    const run = this.index.runAt(t);
    this.seeking = true;
    this.sought = t;
    this.aim = null;
    try {
      if (!run) this.blank();
      else await this.decodeTo(run, t, token);
    } catch (error) {
      if (token === this.token) {
        if (this.skip(error)) await this.seek(t); // on the other side, or nothing is there
        else this.fail(run, error);
      }
    } finally {
      if (token === this.token) this.seeking = false;
    }
  }

  async decodeTo(run, t, token) {
    const target = run.toTicks(t);
    const key = run.keyAt(target);
    const last = run.segmentAt(target);
    if (this.run === run && this.covers(t)) return;
    const forward = this.run === run && this.usable() && this.next >= key.pts && this.next <= target;
    let place = forward ? run.segmentAt(this.next) : key.place;
    this.source.want(run.segments[place].index, run.segments[last].index);
    if (!forward) this.restart(run, key.pts);
    this.floor = Math.max(this.floor, run.toMicroseconds(run.segments[last].pts0));
    let due = null;
    for (; place <= last; place += 1) {
      const samples = await this.source.samples(run.segments[place].index);
      if (token !== this.token) return;
      if (place === last) {
        for (const sample of samples) if (sample.pts <= target) due = sample;
        if (!due) due = samples[0];
        this.floor = run.toMicroseconds(due.pts);
      }
      for (const sample of samples) {
        if (sample.pts < this.next || (due && sample.pts > due.pts)) continue;
        if (this.decoder.decodeQueueSize > 24) await this.room();
        if (token !== this.token) return;
        this.push(run, sample);
      }
    }
    await this.arrival(token);
    if (token !== this.token) return;
    this.show(t);
  }

  // Called on every tick of the clock. False asks the clock to wait.
  tick(t, rate) {
    const run = this.index.runAt(t);
    if (!this.seeking) this.sought = t;
    if (!run) { this.leave(t); return true; }
    if (this.seeking) return false;
    if (run !== this.run || !this.usable() || this.far(run, t)) { this.seek(t); return false; }
    this.show(t);
    this.asked = (t + EDGE_SECONDS) * 1e6;
    this.aim = { run, t, rate };
    this.feed();
    this.lateness = this.shown ? Math.max(0, t - this.shown.to) : 1;
    return this.shown !== null && this.due(run, t, rate);
  }

  // Whether what is shown is what is due: it lasts long enough, a later frame is there already, or none comes any more.
  due(run, t, rate) {
    const last = this.frames[this.frames.length - 1];
    const beyond = last !== undefined && last.timestamp > (t + EDGE_SECONDS) * 1e6;
    return beyond || this.shown.to >= run.to - 0.001 || t - this.shown.to <= (rate > 1 ? -EDGE_SECONDS : LATE_SECONDS);
  }

  // After a jump over quiet: whether a key frame lies between what was decoded and `t`.
  far(run, t) { return t - run.toSeconds(this.next) > FAR_SECONDS && run.keyAt(run.toTicks(t)).pts > this.next; }

  // Also when the decoder has taken something: between two ticks of a slow page it would else stand still.
  feed() {
    if (this.pumping || this.seeking || !this.aim) return;
    const { run, t, rate } = this.aim;
    if (run === this.run && this.usable()) this.pumping = this.pump(run, t, rate, this.token).finally(() => { this.pumping = null; });
  }

  // Nothing to show here. A picture asked for just before, on the other side of the edge, is no longer waited for.
  leave(t) {
    if (this.gap) return;
    this.sought = t;
    this.token += 1;
    this.seeking = false;
    this.blank();
    this.wake();
  }

  // The clock went from..to with this track in step.
  advance(from, to) { if (this.shown && !this.gap) this.played.add(from, to); }

  async pump(run, t, rate, token) {
    const now = run.toTicks(t);
    const decodeTo = now + Math.ceil(run.timescale * Math.max(0.3, 0.25 * rate));
    const fetchTo = now + Math.ceil(run.timescale * AHEAD_SECONDS * Math.max(1, rate / 2));
    let place = run.segmentAt(this.next);
    const half = Math.max(place, run.segmentAt((now + fetchTo) / 2));
    const last = Math.max(place, run.segmentAt(fetchTo));
    if (!this.source.holds(run.segments[place].index, run.segments[half].index)) {
      this.source.want(run.segments[place].index, run.segments[last].index);
    }
    try {
      for (; place < run.segments.length && run.segments[place].pts0 <= decodeTo; place += 1) {
        const samples = await this.source.samples(run.segments[place].index);
        if (token !== this.token || !this.usable()) return;
        for (const sample of samples) {
          if (sample.pts < this.next) continue;
          if (sample.pts > decodeTo || this.decoder.decodeQueueSize >= MOST_QUEUED || this.frames.length > MOST_DECODED) return;
          this.push(run, sample);
        }
      }
    } catch (error) {
      if (token === this.token && !this.skip(error)) this.fail(run, error);
    }
  }

  restart(run, ticks) {
    this.close();
    const decoder = new VideoDecoder({
      output: (frame) => this.take(frame, decoder),
      error: (error) => { if (decoder === this.decoder) this.stumble(run, error); },
    });
    // Latency first: every frame comes out at once, and flush (which would demand a key frame next) is never needed.
    decoder.addEventListener("dequeue", () => { if (decoder === this.decoder) this.feed(); });
    decoder.configure({ codec: run.codec, optimizeForLatency: true });
    this.decoder = decoder;
    this.run = run;
    this.next = ticks;
    this.reached = run.toMicroseconds(ticks);
    this.floor = 0;
    this.gap = false;
    this.onGap(false);
  }

  take(frame, decoder) {
    if (decoder === this.decoder) this.reached = frame.timestamp + (frame.duration || 0);
    if (decoder !== this.decoder || frame.timestamp < this.floor) frame.close();
    else this.frames.push(frame);
    this.wake();
  }

  push(run, sample) {
    this.decoder.decode(new EncodedVideoChunk({
      type: sample.key ? "key" : "delta",
      timestamp: run.toMicroseconds(sample.pts),
      duration: Math.round((sample.duration / run.timescale) * 1e6),
      data: sample.data,
    }));
    this.next = sample.pts + sample.duration;
  }

  show(t) {
    const due = (t + EDGE_SECONDS) * 1e6;
    let best = -1;
    this.frames.forEach((frame, place) => { if (frame.timestamp <= due) best = place; });
    if (best < 0) return;
    const frame = this.frames[best];
    for (const passed of this.frames.slice(0, best)) if (passed.timestamp <= this.asked) this.dropped += 1;
    this.draw(frame);
    this.drawn += 1;
    this.shown = { from: frame.timestamp / 1e6, to: (frame.timestamp + (frame.duration || 0)) / 1e6 };
    for (const old of this.frames.splice(0, best + 1)) old.close();
  }

  draw(frame) {
    if (this.canvas.width !== frame.displayWidth || this.canvas.height !== frame.displayHeight) {
      this.canvas.width = frame.displayWidth;
      this.canvas.height = frame.displayHeight;
    }
    this.context.drawImage(frame, 0, 0, this.canvas.width, this.canvas.height);
  }

  covers(t) { return this.shown !== null && this.usable() && t >= this.shown.from - EDGE_SECONDS && t < this.shown.to; }

  usable() { return this.decoder !== null && this.decoder.state === "configured"; }

  blank() {
    this.close();
    this.run = null;
    this.gap = true;
    this.context.fillStyle = "#3b4448";
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.onGap(true, this.index.unreadableAt(this.sought));
  }

  end() {
    this.token += 1;
    this.seeking = false;
    this.source.forget();
    this.blank();
    this.wake();
  }

  forgive() {
    this.errors = [];
    this.index.broken.clear();
  }

  // Leaves out the segment that an error names: what comes before it is played to its end, then what follows it.
  skip(error) {
    if (error.segment === undefined || !this.index.lose(error.segment)) return false;
    this.errors.push(`${this.index.name}: ${error.message}`);
    return true;
  }

  // The decoder gave up: on the segment after the last frame that came out of it.
  stumble(run, error) {
    const place = run.segmentAt(run.toTicks(this.reached / 1e6));
    if (!this.skip(Object.assign(new Error(error.message), { segment: run.segments[place].index }))) { this.fail(run, error); return; }
    this.close();
    this.wake();
    if (this.seeking) this.seek(this.sought);
  }

  // A stretch that cannot be decoded is shown as a gap; the other streams go on.
  fail(run, error) {
    this.errors.push(`${this.index.name}: ${error.message || error}`);
    if (run) this.index.broken.add(run);
    this.blank();
    this.wake();
  }

  close() {
    this.aim = null;
    this.asked = -Infinity;
    if (this.decoder && this.decoder.state !== "closed") this.decoder.close();
    this.decoder = null;
    for (const frame of this.frames) frame.close();
    this.frames = [];
    this.shown = null;
  }

  room() {
    const { decoder } = this;
    return new Promise((resolve) => {
      const look = () => {
        if (decoder !== this.decoder || decoder.state !== "configured" || decoder.decodeQueueSize <= 12) {
          decoder.removeEventListener("dequeue", look);
          resolve();
        }
      };
      decoder.addEventListener("dequeue", look);
      look();
    });
  }

  async arrival(token) {
    while (token === this.token && !this.gap && !(this.frames.length && this.frames[this.frames.length - 1].timestamp >= this.floor)) {
      if (this.covers(this.floor / 1e6 + 0.0001)) return;
      await new Promise((resolve) => { this.waker = resolve; });
    }
  }

  wake() { const waker = this.waker; this.waker = null; if (waker) waker(); }

  pause() { this.aim = null; }

  get pull() { return 0; }

  get drift() { return this.gap ? 0 : this.lateness; }
}
