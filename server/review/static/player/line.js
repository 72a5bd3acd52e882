// The line to the server, one for all that the page plays and shows: what fails in passing is tried again, and where
// that is in vain, waits until the server answers a question that is about nothing else.

const AGAIN_MS = [500, 1500, 4000]; // a line that broke, a server that starts again
const ROUNDS = 3; // the server answers and still refuses this, all tries over: it is this that it cannot give
const PROBE_MS = 3000; // between two questions while nothing comes
const PROBE_PATIENCE_MS = 8000;
const SILENCE_MS = 20000; // a request of which nothing comes for so long is given up

// Tells "down" (at each vain question), "up" and "gave-up".
export class Line extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.down = false;
    this.timer = 0;
    globalThis.addEventListener?.("online", () => { if (this.down) this.check(); });
  }

  // What `work` comes to. It may be called several times; it rejects only with what trying again will not mend.
  async attempt(work) {
    if (this.down) await this.back();
    for (let round = 1; ; round += 1) {
      for (let tries = 0; ; tries += 1) {
        try {
          return await work();
        } catch (error) {
          if (!passing(error)) throw error;
          if (tries === AGAIN_MS.length && round === ROUNDS) { this.tell("gave-up"); throw error; }
          if (this.down || tries === AGAIN_MS.length) break;
          await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS[tries]); });
        }
      }
      if (!await this.check()) { await this.back(); round = 0; }
    }
  }

  // Asks the server whether it is there. One question at a time.
  check() {
    this.question ??= this.ask().finally(() => { this.question = null; });
    return this.question;
  }

  async ask() {
    clearTimeout(this.timer);
    let there = false;
    try {
      const answer = await fetch(this.address, { cache: "no-store", signal: AbortSignal.timeout(PROBE_PATIENCE_MS) });
      there = answer.status < 500;
    } catch {
      // It is not.
    }
    if (there && this.down) { this.down = false; this.tell("up"); }
    if (!there) {
      this.down = true;
      this.tell("down");
      this.timer = setTimeout(() => this.check(), PROBE_MS);
    }
    return there;
  }

  // Resolves when the server answers again.
  back() {
    if (!this.down) return Promise.resolve();
    return new Promise((resolve) => { this.addEventListener("up", resolve, { once: true }); });
  }

  tell(word) { this.dispatchEvent(new Event(word)); }
}

// A request that is given up when nothing comes for a while; `heard` is to be called with each piece that does.
export async function patiently(address, use) {
  const given = new AbortController();
  let timer = 0;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => given.abort(new TypeError("nothing came")), SILENCE_MS);
  };
  heard();
  try {
    return await use(await fetch(address, { signal: given.signal }), heard);
  } finally {
    clearTimeout(timer);
  }
}

// Not of one piece that cannot be read, nor of a server that says no.
function passing(error) { return error.segment === undefined && (!error.status || error.status >= 500); }
