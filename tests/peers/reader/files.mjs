// A session's files, from a folder or from a zip (FORMAT.md, section 1). Nothing here follows a link or a path upwards.

import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { stream } from "./shapes.mjs";

export class Unreadable extends Error {}

const SEGMENT = /^segments\/([^/]+)\/([0-9]{6}|[1-9][0-9]{6,9})\.age$/;

export function segmentName(name, index) {
  return `segments/${name}/${String(index).padStart(6, "0")}.age`;
}

/** "stream/index" of a segment's file name; null for any other name. */
export function segmentOf(name) {
  const found = SEGMENT.exec(name);
  return found && stream(found[1]) ? `${found[1]}/${Number(found[2])}` : null;
}

export function openSession(place) {
  let isFolder;
  try {
    isFolder = fs.statSync(place).isDirectory();
  } catch (error) {
    throw new Unreadable(error.message);
  }
  if (isFolder) return openFolder(place);
  return withinBytes(() => openZip(fs.readFileSync(place)));
}

/** A zip may point anywhere: what lies outside its bytes cannot be read. */
function withinBytes(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(error.message);
    throw error;
  }
}

function openFolder(root) {
  const names = [], odd = [];
  (function scan(folder, prefix, depth) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile()) names.push(prefix + entry.name);
      else if (entry.isDirectory() && depth < 3) scan(path.join(folder, entry.name), `${prefix}${entry.name}/`, depth + 1);
      else odd.push(prefix + entry.name);
    }
  })(root, "", 0);
  return {
    names, odd,
    read(name, limit) {
      if (!names.includes(name)) throw new Unreadable(`${name} is absent`);
      return within(fs.readFileSync(path.join(root, name)), limit);
    },
  };
}

function within(content, limit) {
  if (content.length > limit) throw new Unreadable("too long");
  return content;
}

function openZip(bytes) {
  const entries = new Map(), odd = [];
  for (const entry of directory(bytes)) {
    if (entry.name.endsWith("/")) continue;
    const kind = entry.attributes >>> 28; // the file type of Unix; 0 where none is stated
    if (entries.has(entry.name) || (kind !== 0 && kind !== 8)) odd.push(entry.name);
    else entries.set(entry.name, entry);
  }
  return {
    names: [...entries.keys()], odd,
    read(name, limit) {
      if (!entries.has(name)) throw new Unreadable(`${name} is absent`);
      return within(withinBytes(() => unpack(bytes, entries.get(name), limit)), limit);
    },
  };
}

function directory(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  if (end < 0 || end + 22 > bytes.length) throw new Unreadable("no zip");
  const result = [];
  let place = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (place + 46 > bytes.length || bytes.readUInt32LE(place) !== 0x02014b50) throw new Unreadable("a torn zip");
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(place + offset));
    result.push({
      method: bytes.readUInt16LE(place + 10), crc: bytes.readUInt32LE(place + 16), packed: bytes.readUInt32LE(place + 20),
      size: bytes.readUInt32LE(place + 24), attributes: bytes.readUInt32LE(place + 38), offset: bytes.readUInt32LE(place + 42),
      name: bytes.toString("utf8", place + 46, place + 46 + nameLength),
    });
    place += 46 + nameLength + extraLength + noteLength;
  }
  return result;
}

function unpack(bytes, entry, limit) {
  const head = entry.offset;
  if (head + 30 > bytes.length || bytes.readUInt32LE(head) !== 0x04034b50) throw new Unreadable("a torn zip");
  const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  let content;
  try {
    content = entry.method === 0 ? packed : zlib.inflateRawSync(packed, { maxOutputLength: limit + 1 });
  } catch (error) {
    throw new Unreadable(error.message);
  }
  if ((entry.method !== 0 && entry.method !== 8) || zlib.crc32(content) !== entry.crc) throw new Unreadable("damaged in the zip");
  return content;
}
