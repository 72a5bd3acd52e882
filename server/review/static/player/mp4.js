// Samples of a fragment (moof + mdat). The server has checked the structure; lengths are checked again
// because a wrong one would hand the decoder bytes of the next sample.

const MOOF = 0x6d6f6f66;
const MDAT = 0x6d646174;
const TRAF = 0x74726166;
const TFHD = 0x74666864;
const TFDT = 0x74666474;
const TRUN = 0x7472756e;
const NOT_SYNC = 0x10000;

// -> [{ pts, duration, key, data }], times in ticks; data are views into `bytes`.
export function samplesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = [];
  let pending = [];
  for (const [kind, start, end] of boxes(view, 0, bytes.length)) {
    if (kind === MOOF) pending = readMoof(view, start, end);
    else if (kind === MDAT) {
      for (const sample of pending) {
        if (sample.at < start || sample.at + sample.size > end) throw new Error("sample outside of its mdat");
        const data = bytes.subarray(sample.at, sample.at + sample.size);
        samples.push({ pts: sample.pts, duration: sample.duration, key: sample.key, data });
      }
      pending = [];
    }
  }
  return samples;
}

function* boxes(view, start, end) {
  while (start + 8 <= end) {
    const size = view.getUint32(start);
    if (size < 8 || start + size > end) throw new Error("torn box");
    yield [view.getUint32(start + 4), start + 8, start + size];
    start += size;
  }
}

function readMoof(view, start, end) {
  const samples = [];
  for (const [kind, first, last] of boxes(view, start, end)) {
    if (kind !== TRAF) continue;
    const track = { pts: 0, duration: 0, size: 0, flags: 0, base: start - 8 };
    for (const [inner, from, to] of boxes(view, first, last)) {
      if (inner === TFHD) readTfhd(view, from, track);
      else if (inner === TFDT) track.pts = view.getUint8(from) ? Number(view.getBigUint64(from + 4)) : view.getUint32(from + 4);
      else if (inner === TRUN) readTrun(view, from, to, track, samples);
    }
  }
  return samples;
}

function readTfhd(view, start, track) {
  const flags = view.getUint32(start) & 0xffffff;
  let at = start + 8;
  if (flags & 0x1) at += 8;
  if (flags & 0x2) at += 4;
  if (flags & 0x8) { track.duration = view.getUint32(at); at += 4; }
  if (flags & 0x10) { track.size = view.getUint32(at); at += 4; }
  if (flags & 0x20) track.flags = view.getUint32(at);
}

function readTrun(view, start, end, track, samples) {
  const flags = view.getUint32(start) & 0xffffff;
  const count = view.getUint32(start + 4);
  let at = start + 8;
  let place = track.base;
  let firstFlags = null;
  if (flags & 0x1) { place += view.getInt32(at); at += 4; }
  if (flags & 0x4) { firstFlags = view.getUint32(at); at += 4; }
  for (let i = 0; i < count; i += 1) {
    if (at > end) throw new Error("sample table longer than its box");
    let { duration, size, flags: sampleFlags } = track;
    if (i === 0 && firstFlags !== null) sampleFlags = firstFlags;
    if (flags & 0x100) { duration = view.getUint32(at); at += 4; }
    if (flags & 0x200) { size = view.getUint32(at); at += 4; }
    if (flags & 0x400) { sampleFlags = view.getUint32(at); at += 4; }
    if (flags & 0x800) at += 4;
    samples.push({ pts: track.pts, duration, size, key: !(sampleFlags & NOT_SYNC), at: place });
    track.pts += duration;
    place += size;
  }
}
