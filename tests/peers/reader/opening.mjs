// Opens the sealed segments and compares what is in them with the ledger (FORMAT.md, sections 4, 6 and 7).

import { Decrypter } from "age-encryption";
import { parseJson } from "./json.mjs";
import { Unreadable, segmentName } from "./files.mjs";
import { digest } from "./signing.mjs";

const MAX_SEGMENT = 4 * 1024 * 1024;
const MAX_HEADER = 4097;

/** {segments: how many opened and agree, problems: [[what, place]], commitments: how many hold} */
export async function openSegments(files, ledger, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const result = { segments: 0, commitments: 0, problems: [] };
  const parts = new Map(), first = new Set();
  const promised = new Map(ledger.lines.filter((line) => line.type === "finding").map((line) => [line.id, line.commitment]));
  for (const line of ledger.lines) {
    const part = `${line.stream}/${line.part}`;
    if (line.type === "part") parts.set(part, line);
    if (line.type !== "segment") continue;
    const place = segmentName(line.stream, line.index);
    let plaintext;
    try {
      plaintext = Buffer.from(await decrypter.decrypt(files.read(place, MAX_SEGMENT)));
    } catch (error) {
      result.problems.push([error instanceof Unreadable ? "absent" : "sealed", place]);
      continue;
    }
    const problem = compare(plaintext, line, parts.get(part), !first.has(part), ledger.session);
    first.add(part);
    if (problem) result.problems.push([problem, place]);
    else result.segments += 1;
    if (line.stream === "events") result.commitments += commitments(plaintext, promised);
  }
  return result;
}

function compare(plaintext, line, part, isFirst, session) {
  const end = plaintext.indexOf("\n");
  if (end < 0 || end >= MAX_HEADER) return "header";
  const header = parseJson(plaintext.toString("utf8", 0, end));
  const body = plaintext.subarray(end + 1);
  const names = ["stream", "part", "index"].every((name) => header[name] === line[name]);
  if (!names || header.session !== session || header.media !== part.media) return "header";
  if (body.length !== line.plain) return "length";
  const init = body.subarray(0, header.init);
  if (isFirst && part.init !== null) return digest("init", init) === part.init ? null : "init";
  return header.init === 0 ? null : "init";
}

function commitments(plaintext, promised) {
  const lines = plaintext.toString("utf8").split("\n").slice(1).filter(Boolean);
  return lines.filter((line) => {
    const { id, salt, content } = JSON.parse(line);
    const canonical = Buffer.from(ascii(JSON.stringify(sorted(content))));
    return digest("commitment", Buffer.concat([Buffer.from(salt, "hex"), canonical])) === promised.get(id);
  }).length;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const ascii = (text) => text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
