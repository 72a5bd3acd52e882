// Digests, keys, signed lines (FORMAT.md, sections 2 and 3). Lines are strings of bytes (latin-1).

import crypto from "node:crypto";
import { Malformed, isObject, parseJson } from "./json.mjs";

export { Malformed };
export class BadSignature extends Error {}

const MAX_LINE = 262_144;
const PRINTABLE = /^[\x20-\x7e]+$/;
const BASE64URL = /^[A-Za-z0-9_-]*$/;
const PUBLIC_HEAD = Buffer.from("302a300506032b6570032100", "hex"); // an Ed25519 key as SubjectPublicKeyInfo

export function sha256(...contents) {
  const hash = crypto.createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex");
}

export function digest(kind, content) {
  return sha256(`senim/${kind}/v1\n`, typeof content === "string" ? Buffer.from(content, "latin1") : content);
}

export function base64url(text) {
  if (!BASE64URL.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

/** A verifying key by its text; null if the text is none. */
export function readKey(text) {
  if (typeof text !== "string" || !text.startsWith("ed25519:")) return null;
  const bytes = base64url(text.slice("ed25519:".length));
  if (bytes === null || bytes.length !== 32) return null;
  return { text, key: crypto.createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, bytes]), format: "der", type: "spki" }) };
}

export function splitLine(line) {
  const tab = line.indexOf("\t");
  const payload = line.slice(0, tab);
  if (line.length > MAX_LINE || tab < 0 || !PRINTABLE.test(payload)) throw new Malformed("not a signed line");
  const signature = base64url(line.slice(tab + 1));
  if (signature === null || signature.length !== 64) throw new Malformed("not a signature");
  return { payload, signature };
}

export function payloadOf(line) {
  return parsePayload(splitLine(line).payload);
}

function parsePayload(text) {
  const value = parseJson(text);
  if (!isObject(value)) throw new Malformed("no object");
  return value;
}

export function lineDigest(kind, line) {
  return digest(kind, splitLine(line).payload);
}

export function fits(kind, { payload, signature }, key) {
  return crypto.verify(null, Buffer.from(`senim/${kind}/v1\n${payload}`, "latin1"), key.key, signature);
}

/** The payload, its signature checked before anything in it is believed. */
export function readLine(kind, line, key) {
  const parts = splitLine(line);
  if (!fits(kind, parts, key)) throw new BadSignature(kind);
  return parsePayload(parts.payload);
}
