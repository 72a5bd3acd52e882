// Fetches opened segments of one stream: a run of missing ones is one streamed request, each segment is
// usable as soon as its bytes are there, and a bounded number of bytes stays in the page's memory.
// Frames of the body: segment index (u32), length (u32), bytes; length 0 = could not be opened.

import { patiently } from "./line.js";
import { samplesOf } from "./mp4.js";

const CACHE_BYTES = 48e6; // a whole group of pictures stays: jumps inside it need no request
const KEEP_AT_LEAST = 40;
const MOST_PER_REQUEST = 300;

// `onDenied` hears the status with which the server refused to hand out more: nobody may go on watching then.
const DENIED = [401, 403, 409, 410];

export class SegmentSource {
  constructor(base, view, line, onDenied = () => {}) {
    this.base = base; // address of the stream's media, no slash at the end
    this.view = view; // every request names the opened page
    this.line = line;
    this.onDenied = onDenied;
    this.held = new Map(); // index -> { bytes, samples }
    this.waiting = new Map(); // index -> { promise, resolve, reject }
    this.inits = new Map();
    this.bytes = 0;
  }

  // Starts fetching what is missing of first..last (segment indexes). Does not wait.
  want(first, last) {
    let from = null;
    for (let index = first; index <= last + 1; index += 1) {
      const missing = index <= last && !this.held.has(index) && !this.waiting.has(index);
      if (missing && from === null) from = index;
      const full = from !== null && index - from >= MOST_PER_REQUEST;
      if (from !== null && (!missing || full)) {
        this.request(from, index - 1);
        from = missing ? index : null;
      }
    }
  }

  // Whether first..last are there or on their way.
  holds(first, last) {
    for (let index = first; index <= last; index += 1) if (!this.held.has(index) && !this.waiting.has(index)) return false;
    return true;
  }

  // The samples of one segment; rejects when it could not be fetched or read. Of what will never be readable the error
  // names the `segment`.
  async samples(index) {
    const entry = await this.entry(index);
    try {
      if (!entry.samples) entry.samples = samplesOf(entry.bytes);
    } catch (error) {
      throw Object.assign(error, { segment: index });
    }
    return entry.samples;
  }

  async bytesOf(index) { return (await this.entry(index)).bytes; }

  async init(part) {
    if (!this.inits.has(part)) {
      const answer = this.line.attempt(() => patiently(`${this.base}/init-${part}?view=${this.view}`, (response) => {
        this.refused(response, `init ${part}`);
        return response.arrayBuffer();
      }));
      answer.catch(() => this.inits.delete(part));
      this.inits.set(part, answer);
    }
    return new Uint8Array(await this.inits.get(part));
  }

  async entry(index) {
    if (!this.held.has(index)) {
      this.want(index, index);
      await this.waiting.get(index).promise;
    }
    const entry = this.held.get(index);
    if (!entry) throw new Error(`segment ${index} left the memory`);
    this.held.delete(index); // newest use last: the oldest is let go first
    this.held.set(index, entry);
    return entry;
  }

  request(first, last) {
    for (let index = first; index <= last; index += 1) {
      const wait = {};
      wait.promise = new Promise((resolve, reject) => { wait.resolve = resolve; wait.reject = reject; });
      wait.promise.catch(() => {});
      this.waiting.set(index, wait);
    }
    this.deliver(first, last);
  }

  // Of a line that broke only what is still missing is asked for again.
  async deliver(first, last) {
    try {
      await this.line.attempt(() => {
        let from = first;
        while (from <= last && !this.waiting.has(from)) from += 1;
        return from > last ? null : this.stream(from, last);
      });
    } catch (error) {
      for (let index = first; index <= last; index += 1) this.settle(index, null, error);
    }
  }

  stream(first, last) {
    return patiently(`${this.base}/${first}-${last}?view=${this.view}`, async (response, heard) => {
      this.refused(response, `segments ${first}-${last}`);
      const reader = response.body.getReader();
      let rest = new Uint8Array(0);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        heard();
        rest = this.takeFrames(joined(rest, value));
      }
      for (let index = first; index <= last; index += 1) this.settle(index, null, unreadable(index, "did not come"));
    });
  }

  refused(response, what) {
    if (DENIED.includes(response.status)) this.onDenied(response.status);
    if (!response.ok) throw Object.assign(new Error(`${what}: ${response.status}`), { status: response.status });
  }

  // Lets go of all that was fetched.
  forget() {
    this.held.clear();
    this.bytes = 0;
  }

  takeFrames(buffer) {
    let at = 0;
    while (buffer.length - at >= 8) {
      const view = new DataView(buffer.buffer, buffer.byteOffset + at, 8);
      const index = view.getUint32(0);
      const length = view.getUint32(4);
      if (buffer.length - at - 8 < length) break;
      const bytes = buffer.slice(at + 8, at + 8 + length);
      this.settle(index, length ? bytes : null, unreadable(index, "cannot be opened"));
      at += 8 + length;
    }
    return at ? buffer.subarray(at) : buffer;
  }

  settle(index, bytes, error) {
    const wait = this.waiting.get(index);
    if (!wait) return;
    this.waiting.delete(index);
    if (bytes === null) { wait.reject(error); return; }
    this.held.set(index, { bytes, samples: null });
    this.bytes += bytes.length;
    for (const [old, entry] of this.held) {
      if (this.bytes <= CACHE_BYTES || this.held.size <= KEEP_AT_LEAST) break;
      this.held.delete(old);
      this.bytes -= entry.bytes.length;
    }
    wait.resolve();
  }
}

function unreadable(index, why) { return Object.assign(new Error(`segment ${index} ${why}`), { segment: index }); }

function joined(a, b) {
  if (!a.length) return b;
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
