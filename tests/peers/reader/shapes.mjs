// The shapes of fields (FORMAT.md, sections 1, 5, 6 and 8).

import { Encrypter } from "age-encryption";
import { Fraction, Malformed, isObject, plain } from "./json.mjs";
import { readKey } from "./signing.mjs";

const LIMIT = 2 ** 53;
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const WALL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

const length = (text) => [...text].length; // in code points

export const whole = (v) => typeof v === "number" && v >= 0 && v < LIMIT;
const signed = (v) => typeof v === "number" && Math.abs(v) < LIMIT;
const number = (v) => (typeof v === "number" || v instanceof Fraction) && Math.abs(plain(v)) < LIMIT;
const text = (v) => typeof v === "string" && length(v) <= 8192;
export const identifier = (v) => typeof v === "string" && /^[^\u0000-\u001f\u007f]{1,256}$/u.test(v);
export const hash = (v) => typeof v === "string" && /^[0-9a-f]{64}$/.test(v);
const word = (v) => typeof v === "string" && /^[a-z][a-z0-9-]{0,63}$/.test(v);
const wall = (v) => typeof v === "string" && WALL.test(v);
export const stream = (v) => typeof v === "string" && /^[a-z][a-z0-9-]{0,31}$/.test(v) && !RESERVED.test(v);
const key = (v) => readKey(v) !== null;
const any = () => true;
const orNull = (check) => (v) => v === null || check(v);
const listOf = (check) => (v) => Array.isArray(v) && v.every(check);
const byStream = (check) => (v) => isObject(v) && Object.keys(v).every(stream) && Object.values(v).every(check);

const COMMON = { n: whole, type: word, prev: hash, at: whole, wall };
const FIELDS = {
  begin: {
    session: identifier, seat: identifier, nonce: text, client: any, system: any, key, streams: listOf(stream),
    devices: any, simulated: any, policy: any, server_key: orNull(key),
  },
  part: {
    stream, part: whole, origin: signed, timescale: (v) => whole(v) && v > 0, media: text, width: orNull(whole),
    height: orNull(whole), rate: orNull(number), init: orNull(hash), reason: text,
  },
  segment: {
    stream, part: whole, index: whole, pts0: signed, pts1: signed, start: signed, end: signed, plain: whole,
    size: whole, frames: whole, keys: listOf(signed), changed: orNull(number), sha256: hash,
  },
  event: { name: word, data: any },
  finding: { id: identifier, about: word, commitment: hash },
  answer: { id: identifier, revision: whole, commitment: hash },
  gap: { stream, from: signed, to: signed, cause: word },
  resume: { reason: text, after: whole, grant: orNull((v) => text(v) && v !== ""), key },
  end: { reason: text, until: whole, counts: byStream(whole), last: byStream(hash), root: hash, answers: orNull(hash) },
};

function checkFields(payload, fields) {
  for (const [name, check] of Object.entries(fields)) {
    if (!(name in payload) || !check(payload[name])) throw new Malformed(`field ${name}`);
  }
}

/** A ledger line's payload has the shape of its type. */
export function checkShape(payload) {
  if (typeof payload.type !== "string" || !Object.hasOwn(FIELDS, payload.type)) throw new Malformed("unknown type");
  checkFields(payload, COMMON);
  checkFields(payload, FIELDS[payload.type]);
}

/** A date and time as milliseconds since 1970; the calendar is checked too. */
export function readTime(value) {
  const found = typeof value === "string" ? WALL.exec(value) : null;
  if (!found) throw new Malformed("no time");
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const [offsetHours, offsetMinutes] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  const real = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
  if (!real || offsetHours > 23 || offsetMinutes > 59) throw new Malformed("no such time");
  const offset = (found[8] === "-" ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  return Date.UTC(year, month - 1, day, hour, minute - offset, second) + Number(`0.${found[7] ?? 0}`) * 1000;
}

export function readHead(value) {
  if (!isObject(value) || typeof value.n !== "number" || typeof value.digest !== "string") throw new Malformed("head");
  return value;
}

const texts = (payload, ...names) => names.every((name) => typeof payload[name] === "string");

export function checkReceipt(payload) {
  if (!["head", "closing", "erasure"].includes(payload.type)) throw new Malformed("unknown receipt");
  let good = texts(payload, "session", "at");
  readHead(payload.head);
  if (payload.type === "erasure") good &&= texts(payload, "cause");
  if (payload.type === "closing") {
    const ratio = (v) => typeof v === "number" || v instanceof Fraction;
    good &&= texts(payload, "begin", "key", "opened") && isObject(payload.coverage);
    good &&= Object.values(payload.coverage).every(ratio);
    good &&= payload.answers === undefined || payload.answers === null || typeof payload.answers === "string";
  }
  if (!good) throw new Malformed("receipt");
  return payload;
}

export function checkGrant(payload) {
  if (!texts(payload, "session", "old_key", "new_key", "reason", "at")) throw new Malformed("grant");
  readHead(payload.head);
  return payload;
}

const filled = (v) => typeof v === "string" && length(v) > 0 && length(v) <= 4096;

export function checkSeatKey(payload) {
  if (![payload.seat, payload.institution, payload.recipient, payload.made].every(filled)) throw new Malformed("seat key");
  try {
    new Encrypter().addRecipient(payload.recipient);
  } catch (error) {
    throw new Malformed(`no recipient: ${error.message}`);
  }
  return payload;
}

export function checkServerKey(payload) {
  const found = filled(payload.key) ? readKey(payload.key) : null;
  if (found === null) throw new Malformed("server key");
  return found;
}
