// A second reader of the sealed recording, written from evidence/FORMAT.md alone.
//
//   node reader.mjs PATH [--key ed25519:...] [--receipt FILE] [--checkpoint FILE] [--identity AGE-SECRET-KEY-...]
//
// or with a JSON list of such cases ({path, key, receipt, checkpoint, identity}) on standard input and no arguments.
// Prints one JSON object, or a list of them. With an identity the segments are opened as well.

import fs from "node:fs";
import path from "node:path";
import { coverage } from "./coverage.mjs";
import { Unreadable, openSession } from "./files.mjs";
import { Ledger, wellShaped } from "./ledger.mjs";
import { openSegments } from "./opening.mjs";
import { compareCheckpoints, compareReceipts } from "./outside.mjs";
import { checkReceipts, checkSegments, readReceipt } from "./parts.mjs";
import { BadSignature, Malformed, lineDigest, payloadOf, readKey, readLine } from "./signing.mjs";
import { checkSeatKey, checkServerKey } from "./shapes.mjs";

const MAX_TEXT = 256 * 1024 * 1024;
const MAX_KEY_LINE = 64 * 1024;
const KNOWN = ["seat-key.txt", "server-key.txt", "ledger.txt", "receipts.txt"];

class Findings {
  problems = [];
  notices = [];
  problem(code, place) {
    this.problems.push([code, place]);
  }
  notice(code, place) {
    this.notices.push([code, place]);
  }
}

export async function read(given) {
  const findings = new Findings();
  const report = { state: "unusable", countersigned: null, unanchored: [], erased: null, coverage: {} };
  try {
    await readSession(given, report, findings);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    findings.problem("unusable", path.basename(given.path));
  }
  const exit = report.state === "unusable" ? 2 : findings.problems.length ? 1 : 0;
  return { exit, ...report, problems: told(findings.problems), notices: told(findings.notices) };
}

const told = (entries) => [...new Set(entries.map((entry) => JSON.stringify(entry)))].map((entry) => JSON.parse(entry));

async function readSession(given, report, findings) {
  const files = openSession(given.path);
  const lines = wholeLines(files.read("ledger.txt", MAX_TEXT), "ledger.txt", findings);
  if (lines.length === 0) throw new Unreadable("no line");
  report.state = "open";
  const institution = given.key ? readKey(given.key) : null;
  const keys = readKeys(files, institution, findings);
  const begin = readBegin(lines[0], findings);
  if (begin === null) return;
  if (keys.seat && keys.seat.seat !== begin.seat) findings.problem("wrong-seat", "seat-key.txt");
  if (keys.server && ![null, keys.server.text].includes(begin.server_key)) findings.problem("wrong-server-key", "server-key.txt");
  const ledger = new Ledger(begin, keys.server, keys.seatDigest, findings);
  ledger.read(lines);
  report.state = ledger.ended ? "complete" : "open";
  report.coverage = coverage(ledger.lines);
  const receiptLines = readReceiptLines(files, findings);
  const receipts = keys.server ? receiptLines.map((line) => readReceipt(line, begin.session, keys.server)) : [];
  report.erased = receipts.findLast(({ receipt }) => receipt?.type === "erasure")?.receipt.at ?? null;
  checkSegments(files, ledger, report.erased !== null, findings);
  report.countersigned = checkReceipts(receipts, ledger, report.coverage, findings);
  if (given.receipt) {
    compareReceipts(fs.readFileSync(given.receipt, "utf8"), ledger, receipts, keys.server, findings);
  }
  if (given.checkpoint) {
    compareCheckpoints(fs.readFileSync(given.checkpoint), ledger, receiptLines, keys.server, institution, findings);
  }
  report.unanchored = ledger.unanchored.filter((n) => n > (report.countersigned ?? -1));
  for (const n of report.unanchored) findings.notice("unanchored", `ledger line ${n}`);
  if (!ledger.ended) findings.notice("open", "ledger.txt");
  for (const name of files.odd) findings.problem("file-odd", name);
  for (const name of files.names) if (!KNOWN.includes(name) && !name.startsWith("segments/")) findings.notice("file-unknown", name);
  if (given.identity) report.opened = await openSegments(files, ledger, given.identity);
}

function wholeLines(content, name, findings) {
  const lines = content.toString("latin1").split("\n");
  if (lines.pop() !== "") findings.problem("torn", name);
  return lines;
}

function readBegin(line, findings) {
  const begin = wellShaped(line);
  if (begin?.type === "begin") return begin;
  findings.problem(begin ? "begin-missing" : "line-malformed", "ledger line 0");
  return null;
}

function readKeys(files, institution, findings) {
  if (!institution) findings.notice("institution-not-checked", "seat-key.txt");
  const keys = { seat: null, seatDigest: null, server: null };
  const one = (name, kind, absent, unsigned, use) => {
    if (!files.names.includes(name)) return absent();
    const line = keyLine(files, name);
    if (line === null) return findings.problem("key-unreadable", name);
    try {
      use(line, () => (institution ? readLine(kind, line, institution) : payloadOf(line)));
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof BadSignature)) throw error;
      findings.problem(unsigned, name);
    }
  };
  const noSeat = () => findings.problem("seat-key-missing", "seat-key.txt");
  one("seat-key.txt", "seat-key", noSeat, "seat-key-unsigned", (line, payload) => {
    keys.seatDigest = lineDigest("seat-key", line);
    keys.seat = checkSeatKey(payload());
  });
  const noServer = () => findings.notice("server-key-missing", "server-key.txt");
  one("server-key.txt", "server-key", noServer, "server-key-unsigned", (_line, payload) => {
    keys.server = checkServerKey(payload());
  });
  return keys;
}

function keyLine(files, name) {
  let text;
  try {
    text = files.read(name, MAX_KEY_LINE).toString("latin1");
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
  const line = text.endsWith("\n") ? text.slice(0, -1) : text;
  return line.includes("\n") ? null : line;
}

function readReceiptLines(files, findings) {
  if (!files.names.includes("receipts.txt")) {
    findings.notice("receipts-missing", "receipts.txt");
    return [];
  }
  try {
    return wholeLines(files.read("receipts.txt", MAX_TEXT), "receipts.txt", findings);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    findings.problem("receipts-unreadable", "receipts.txt");
    return [];
  }
}

async function main(words) {
  if (words.length === 0) {
    const cases = JSON.parse(fs.readFileSync(0, "utf8"));
    const reports = [];
    for (const given of cases) reports.push(await read(given));
    return reports;
  }
  const given = { path: words[0] };
  for (let i = 1; i < words.length; i += 2) given[words[i].replace(/^--/, "")] = words[i + 1];
  return read(given);
}

const result = await main(process.argv.slice(2));
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = Array.isArray(result) ? 0 : result.exit;
