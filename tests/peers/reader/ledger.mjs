// The ledger (FORMAT.md, sections 6, 8 and 10): each line against those before it, and how reading goes on behind damage.

import crypto from "node:crypto";
import { BadSignature, Malformed, digest, fits, payloadOf, readKey, readLine, sha256, splitLine } from "./signing.mjs";
import { checkGrant, checkShape } from "./shapes.mjs";

/** The Merkle tree hash of RFC 6962 over hex digests. */
export function merkleRoot(digests) {
  const hash = (...parts) => crypto.createHash("sha256").update(Buffer.concat(parts)).digest();
  if (digests.length === 0) return sha256("");
  function tree(leaves) {
    if (leaves.length === 1) return hash(Buffer.of(0), Buffer.from(leaves[0], "hex"));
    let split = 1;
    while (split * 2 < leaves.length) split *= 2;
    return hash(Buffer.of(1), tree(leaves.slice(0, split)), tree(leaves.slice(split)));
  }
  return tree(digests).toString("hex");
}

function answersDigest(answers) {
  const rows = [...answers].map(([id, { revision, commitment }]) => [Buffer.from(id), revision, commitment]);
  rows.sort((a, b) => Buffer.compare(a[0], b[0]));
  return digest("answers", Buffer.concat(rows.flatMap(([id, revision, mark]) => [id, Buffer.from(`\t${revision}\t${mark}\n`)])));
}

function sameObject(one, other) {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((name) => one[name] === other[name]);
}

export class Ledger {
  /** After reading: `lines` that count, `digests` by number, `doubtful` segments, `unanchored` numbers. */
  constructor(begin, serverKey, seatDigest, findings) {
    Object.assign(this, { session: begin.session, serverKey, findings });
    this.key = readKey(begin.key);
    this.expected = 0;
    this.prev = seatDigest; // null: not known
    this.at = 0;
    this.ended = false;
    this.whole = true; // nothing was left out, so that totals can be compared
    this.lines = [];
    this.digests = new Map();
    this.doubtful = new Set();
    this.unanchored = [];
    this.streams = new Map();
    this.hashes = [];
    this.answers = new Map();
    this.passedOver = 0;
    this.announced = new Set();
  }

  read(lines) {
    const later = new Map(); // where each number stands for the last time
    lines.forEach((line, place) => {
      const payload = wellShaped(line);
      if (payload) later.set(payload.n, place);
    });
    lines.forEach((line, place) => this.#take(line, place, later));
    this.#compareClocks();
  }

  #problem(code, place) {
    this.findings.problem(code, `ledger line ${place}`);
  }

  #take(line, place, later) {
    const payload = wellShaped(line);
    if (payload === null) return this.#passOver("line-malformed", place, null);
    const key = payload.type === "resume" ? readKey(payload.key) : this.key;
    const wrongKey = payload.type === "begin" && payload.n === 0 && payload.key !== this.key.text;
    if (!fits("ledger", splitLine(line), key) || wrongKey) return this.#passOver("line-changed", place, payload);
    const own = digest("ledger", splitLine(line).payload);
    if (payload.n < this.expected) return this.#early(payload, own, place);
    if (payload.n > this.expected) this.#missing(payload.n, place, later);
    this.passedOver = 0;
    if (this.prev !== null && payload.prev !== this.prev) {
      if (payload.n === 0) this.findings.problem("wrong-seat-key", "seat-key.txt");
      else this.#problem("line-unlinked", place);
    }
    const code = this.#rule(payload);
    if (code) this.#problem(code, place);
    if (code === "wrong-begin") {
      this.expected = payload.n + 1;
      this.prev = own;
      this.#loosen();
    } else this.#accept(payload, own);
  }

  #passOver(code, place, payload) {
    this.#problem(code, place);
    this.passedOver += 1;
    this.#doubt(payload);
  }

  #doubt(payload) {
    if (payload?.type === "segment") this.doubtful.add(`${payload.stream}/${payload.index}`);
  }

  #early(payload, own, place) {
    if (this.announced.delete(payload.n)) {
      this.lines.push(payload);
      this.digests.set(payload.n, own);
    } else if (this.digests.get(payload.n) === own) this.#problem("line-repeated", place);
    else {
      this.#problem("line-foreign", place);
      this.#doubt(payload);
    }
  }

  #missing(n, place, later) {
    const first = this.expected + this.passedOver; // each line passed over stands for one that is missing
    const moved = [...later].filter(([number, where]) => first <= number && number < n && where > place);
    for (const [number] of moved) this.announced.add(number);
    if (moved.length > 0) this.#problem("line-reordered", place);
    if (n - first > moved.length) this.#problem("lines-missing", place);
    this.expected = n;
    this.prev = null;
    this.#loosen();
  }

  #loosen() {
    this.whole = false;
    for (const stream of this.streams.values()) Object.assign(stream, { loose: true, pts1: null });
  }

  /** The code of the first rule the line breaks, or null. */
  #rule(line) {
    if (this.ended) return "after-end";
    if ((line.type === "begin") !== (line.n === 0)) return "wrong-begin";
    if (line.at < this.at) return "time-backwards";
    switch (line.type) {
      case "part":
        return (this.streams.get(line.stream)?.part ?? -1) >= line.part ? "part-order" : null;
      case "segment":
        return this.#segmentRule(line);
      case "gap":
        return line.from > line.to ? "times" : null;
      case "resume":
        return this.#resumeRule(line);
      case "answer":
        return line.revision < (this.answers.get(line.id)?.revision ?? 0) ? "answer-backwards" : null;
      case "end":
        return this.whole ? this.#endRule(line) : null;
      default:
        return null;
    }
  }

  #segmentRule(line) {
    const stream = this.streams.get(line.stream);
    if (this.hashes.includes(line.sha256)) return "segment-repeated";
    if (line.pts1 < line.pts0 || line.end < line.start) return "times";
    if (!stream) return this.whole ? "unknown-part" : null;
    if (stream.loose) return null;
    if (line.part !== stream.part) return "unknown-part";
    if (line.index < stream.next) return "segment-repeated";
    if (line.index > stream.next) return "segment-skipped";
    return stream.pts1 !== null && line.pts0 < stream.pts1 ? "pts-backwards" : null;
  }

  #resumeRule(line) {
    if (line.after !== line.n - 1) return "wrong-resume";
    if (line.grant === null || this.serverKey === null) return null;
    let grant;
    try {
      grant = checkGrant(readLine("grant", line.grant, this.serverKey));
    } catch (error) {
      if (error instanceof Malformed || error instanceof BadSignature) return "grant-forged";
      throw error;
    }
    const head = this.prev === null || (grant.head.n === line.n - 1 && grant.head.digest === this.prev);
    const names = grant.session === this.session && grant.new_key === line.key && grant.old_key === this.key.text;
    return head && names ? null : "grant-mismatch";
  }

  totals() {
    const counts = Object.create(null), last = Object.create(null);
    for (const [name, stream] of this.streams) if (stream.last) [counts[name], last[name]] = [stream.next, stream.last];
    return { counts, last, root: merkleRoot(this.hashes), answers: answersDigest(this.answers) };
  }

  #endRule(line) {
    const totals = this.totals();
    const counts = Object.fromEntries(Object.entries(line.counts).filter(([, count]) => count > 0));
    if (!sameObject(counts, totals.counts)) return "end-counts";
    if (!sameObject(line.last, totals.last)) return "end-last";
    if (line.root !== totals.root) return "end-root";
    return line.answers !== null && line.answers !== totals.answers ? "end-answers" : null;
  }

  #accept(line, own) {
    this.lines.push(line);
    this.digests.set(line.n, own);
    [this.expected, this.prev, this.at] = [line.n + 1, own, line.at];
    const of = (name) => this.streams.get(name) ?? this.streams.set(name, { part: -1, next: 0, pts1: null, last: "" }).get(name);
    if (line.type === "part") Object.assign(of(line.stream), { part: line.part, pts1: null });
    else if (line.type === "segment") {
      const { part, pts1, sha256: last } = line;
      Object.assign(of(line.stream), { part, pts1, last, next: line.index + 1, loose: false });
      this.hashes.push(last);
    } else if (line.type === "answer") this.answers.set(line.id, line);
    else if (line.type === "resume") {
      if (line.key !== this.key.text && (line.grant === null || this.serverKey === null)) this.unanchored.push(line.n);
      this.key = readKey(line.key);
    } else if (line.type === "end") this.ended = true;
  }

  #compareClocks() {
    const parts = new Map(), told = new Set();
    for (const line of this.lines) {
      if (line.type === "part") parts.set(`${line.stream}/${line.part}`, line);
      const part = line.type === "segment" ? parts.get(`${line.stream}/${line.part}`) : null;
      if (!part || told.has(line.stream)) continue;
      if (Math.abs(part.origin + (line.pts0 * 1000) / part.timescale - line.start) > 250) {
        told.add(line.stream);
        this.findings.notice("times-disagree", `${line.stream}/${line.index}`);
      }
    }
  }
}

/** The payload of a signed line with the shape of its type, signature unchecked; null for anything else. */
export function wellShaped(line) {
  try {
    const payload = payloadOf(line);
    checkShape(payload);
    return payload;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
