// The student's receipts and published checkpoints against the session (FORMAT.md, sections 8 and 10).

import { isObject } from "./json.mjs";
import { BadSignature, Malformed, digest, lineDigest, payloadOf, readKey, readLine } from "./signing.mjs";
import { checkServerKey, hash, identifier, readTime, whole } from "./shapes.mjs";
import { CLOCK_STEP, closings, compareHead, readReceipt } from "./parts.mjs";

const KINDS = ["head", "closing", "erasure"];

function isReceipt(line) {
  try {
    return KINDS.includes(payloadOf(line).type);
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

export function compareReceipts(text, ledger, receipts, serverKey, findings) {
  const kept = text.split("\n").map((line) => line.replace(/\r$/, "")).filter(isReceipt);
  if (kept.length === 0) findings.problem("kept-receipt-malformed", "kept receipt");
  if (serverKey === null) return;
  const here = receipts.filter(({ receipt }) => receipt);
  kept.forEach((line, number) => {
    const place = `kept receipt ${number}`;
    const { receipt, at, code } = readReceipt(line, ledger.session, serverKey);
    if (code) return findings.problem(`kept-receipt-${code}`, place);
    compareHead(receipt.head, ledger, "kept-receipt-head", place, findings);
    if (receipt.type === "closing" && !closings(receipts).has(lineDigest("receipt", line))) {
      findings.problem("kept-receipt-other", place);
    }
    const contradicts = here.some((other) => {
      const [n, m] = [receipt.head.n, other.receipt.head.n];
      return (at > other.at + CLOCK_STEP && n < m) || (other.at > at + CLOCK_STEP && m < n);
    });
    if (contradicts) findings.problem("kept-receipt-time", place);
  });
}

const entry = (v) => isObject(v) && whole(v.n) && hash(v.digest);
const mark = (v) => isObject(v) && identifier(v.session) && entry(v.head) && entry(v.receipts);

function readCheckpoint(line, institution) {
  const unsigned = payloadOf(line);
  if (typeof unsigned.server !== "string") throw new Malformed("server");
  let server;
  if (institution) {
    try {
      server = checkServerKey(readLine("server-key", unsigned.server, institution));
    } catch (error) {
      if (error instanceof Malformed) throw new BadSignature("server"); // not what the institution signs
      throw error;
    }
  } else {
    server = readKey(payloadOf(unsigned.server).key);
    if (server === null) throw new Malformed("server");
  }
  const payload = readLine("checkpoint", line, server);
  if (!whole(payload.n) || !hash(payload.prev) || !Array.isArray(payload.sessions)) throw new Malformed("checkpoint");
  const time = readTime(payload.at);
  if (!((payload.audit ?? null) === null || entry(payload.audit)) || !payload.sessions.every(mark)) throw new Malformed("checkpoint");
  return { ...payload, time, server, own: lineDigest("checkpoint", line) };
}

export function compareCheckpoints(bytes, ledger, receiptLines, serverKey, institution, findings) {
  const lines = bytes.toString("latin1").split("\n");
  if (lines.pop() !== "") findings.problem("checkpoint-torn", "checkpoints");
  else if (lines.length === 0) findings.problem("checkpoint-malformed", "checkpoints");
  let before = null, refused = false, listed = false;
  lines.forEach((line, number) => {
    const place = `checkpoint ${number}`;
    let found;
    try {
      found = readCheckpoint(line, institution);
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof BadSignature)) throw error;
      refused = true;
      return findings.problem(error instanceof Malformed ? "checkpoint-malformed" : "checkpoint-changed", place);
    }
    if (!follows(found, before, refused)) findings.problem("checkpoint-unlinked", place);
    [before, refused] = [found, false];
    for (const one of found.sessions.filter(({ session }) => session === ledger.session)) {
      listed = true;
      if (!institution && found.server.text !== serverKey?.text) findings.problem("checkpoint-changed", place);
      else compareMark(one, ledger, receiptLines, place, findings);
    }
  });
  if (!listed) findings.notice("checkpoint-absent", "checkpoints");
}

function follows(found, before, refused) {
  if (before === null) return found.n > 0 || found.prev === "0".repeat(64);
  const linked = refused ? found.n > before.n : found.n === before.n + 1 && found.prev === before.own;
  return linked && found.time >= before.time - CLOCK_STEP;
}

function compareMark(one, ledger, receiptLines, place, findings) {
  compareHead(one.head, ledger, "checkpoint-head", place, findings);
  const first = receiptLines.slice(0, one.receipts.n).map((line) => `${line}\n`).join("");
  if (digest("receipts", first) !== one.receipts.digest) findings.problem("checkpoint-receipts", place);
}
