// Segments and receipts against the ledger (FORMAT.md, sections 8 and 10).

import { plain } from "./json.mjs";
import { BadSignature, Malformed, lineDigest, readLine, sha256 } from "./signing.mjs";
import { checkReceipt, readTime } from "./shapes.mjs";
import { Unreadable, segmentName, segmentOf } from "./files.mjs";

const MAX_SEGMENT = 4 * 1024 * 1024;
export const CLOCK_STEP = 2000;

export function checkSegments(files, ledger, erased, findings) {
  const listed = new Map();
  for (const line of ledger.lines) if (line.type === "segment") listed.set(`${line.stream}/${line.index}`, line);
  const owners = new Set([...listed.values()].map((line) => line.sha256));
  for (const line of listed.values()) {
    const name = segmentName(line.stream, line.index);
    const place = `segment ${line.stream} ${line.index}`;
    if (files.names.includes(name)) checkBytes(files, name, line, owners, findings);
    else if (erased) findings.notice("segment-erased", place);
    else if (ledger.ended) findings.problem("segment-missing", place);
    else findings.notice("segment-not-held", place);
  }
  for (const name of files.names.filter((entry) => entry.startsWith("segments/"))) {
    const key = segmentOf(name);
    if (key === null && /\.(part|tmp)$/.test(name)) findings.notice("file-unfinished", name);
    else if (key === null || !(listed.has(key) || ledger.doubtful.has(key))) findings.problem("segment-foreign", name);
  }
}

function checkBytes(files, name, line, owners, findings) {
  let content;
  try {
    content = files.read(name, MAX_SEGMENT);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return findings.problem("segment-unreadable", name);
  }
  const found = sha256(content);
  if (found === line.sha256) {
    if (content.length !== line.size) findings.problem("segment-size", name);
  } else if (owners.has(found)) findings.problem("segment-swapped", name);
  else if (content.length < line.size) findings.problem("segment-truncated", name);
  else if (!content.toString("latin1").startsWith("age-encryption.org/v1")) findings.problem("segment-not-age", name);
  else findings.problem("segment-changed", name);
}

/** {receipt, at} of a receipt the server signed; else the code of what is wrong with it. */
export function readReceipt(line, session, serverKey) {
  try {
    const receipt = checkReceipt(readLine("receipt", line, serverKey));
    const at = readTime(receipt.at);
    return receipt.session === session ? { receipt, at, line } : { code: "foreign" };
  } catch (error) {
    if (error instanceof BadSignature) return { code: "changed" };
    if (error instanceof Malformed) return { code: "malformed" };
    throw error;
  }
}

/** Whether the line a head names is here; tells what is not. */
export function compareHead(head, ledger, code, place, findings) {
  const last = Math.max(-1, ...ledger.digests.keys());
  if (head.n > last) findings.problem("ledger-truncated", place);
  else if (ledger.digests.has(head.n) && ledger.digests.get(head.n) !== head.digest) findings.problem(code, place);
  return ledger.digests.get(head.n) === head.digest;
}

export function checkReceipts(receipts, ledger, covered, findings) {
  let last = null, countersigned = null;
  receipts.forEach(({ receipt, at, code }, number) => {
    const place = `receipt ${number}`;
    if (code) return findings.problem(`receipt-${code}`, place);
    const { n } = receipt.head;
    if (last && at < last.at - CLOCK_STEP) findings.problem("receipt-time", place);
    if (n < (last?.n ?? -1)) findings.problem("receipt-order", place);
    last = { at, n };
    if (compareHead(receipt.head, ledger, "receipt-head", place, findings)) countersigned = Math.max(n, countersigned ?? 0);
    if (receipt.type === "closing") checkClosing(receipt, place, ledger, covered, findings);
  });
  return countersigned;
}

function checkClosing(receipt, place, ledger, covered, findings) {
  if (ledger.digests.has(0) && receipt.begin !== ledger.digests.get(0)) findings.problem("receipt-begin", place);
  if (receipt.key !== ledger.key.text) findings.problem("receipt-key", place);
  if (!ledger.ended || !ledger.whole) return;
  for (const [name, ratio] of Object.entries(receipt.coverage)) {
    if (Math.abs((covered[name]?.ratio ?? 0) - plain(ratio)) > 0.001) findings.problem("receipt-coverage", place);
  }
  if ((receipt.answers ?? null) !== null && receipt.answers !== ledger.totals().answers) findings.notice("receipt-answers", place);
}

/** The digests of the closing receipts among those that are good. */
export function closings(receipts) {
  return new Set(receipts.filter(({ receipt }) => receipt?.type === "closing").map(({ line }) => lineDigest("receipt", line)));
}
