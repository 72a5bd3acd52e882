// The session page: fetches the index, builds tracks and player, and wires buttons, lanes, keys and flags to it.

import { Follower } from "./player/follower.js";
import { StreamIndex } from "./player/index.js";
import { Line } from "./player/line.js";
import { Player } from "./player/player.js";
import { SegmentSource } from "./player/source.js";
import { VideoTrack } from "./player/video.js";
import { Account } from "./page/account.js";
import { showControls, wireControls } from "./page/controls.js";
import { wireCurves } from "./page/curves.js";
import { wireFlags } from "./page/flags.js";
import { drawHoles } from "./page/holes.js";
import { wireKeys } from "./page/keys.js";
import { mendPictures, wireLine } from "./page/line.js";
import { Moments } from "./page/moments.js";
import { $, data, media, words } from "./page/page.js";
import { wirePictures } from "./page/pictures.js";
import { offerQuiet } from "./page/quiet.js";
import { ShownRange } from "./page/range.js";
import { wireWatermark } from "./page/watermark.js";
import { wireZoom } from "./page/zoom.js";

const LIVE_MS = 4000;
const STILL_MS = 15000; // of a session that is over: decisions of others, the right to watch
const sources = new Map();
const indexes = new Map();
const line = new Line("/health");
let player = null;
let range = null;
let sound = null;

async function main() {
  wireLine(line, () => player);
  mendPictures(line);
  const index = await line.attempt(fetchIndex);
  const streams = Object.entries(index.streams);
  if (!streams.length) { say(words.nothing); return; }
  streams.forEach(([name, raw]) => {
    indexes.set(name, new StreamIndex(name, raw));
    indexes.get(name).onLoss = drawHoles;
    sources.set(name, new SegmentSource(media(name), data.view, line, denied));
  });
  const screens = [...indexes.keys()].filter((name) => name.startsWith("screen"));
  const tracks = [videoTrack(screens[0], "screen"), videoTrack(indexes.has("camera") ? "camera" : null, "camera")];
  sound = soundTrack();
  const playable = [...tracks, sound].filter(Boolean);
  if (!playable.length) { say(words.unsupported); return; }
  const [start] = index.exam;
  player = new Player(playable, { from: index.from, to: index.to, start });
  player.zero = index.wall_zero;
  range = new ShownRange(index.from, index.to);
  window.senimPlayer = player;
  window.senimRange = range;
  const first = player.seek(start); // asked for at once: all else is wired while it is on its way
  wireControls(player, range, { screens, chooseScreen, sound: $("sound") });
  wireZoom(player, range);
  wireFlags(player);
  wireKeys(player, range);
  await first;
  $("play").disabled = false;
  say(words.ready);
  showAccount();
  watchErrors();
  setInterval(look, data.live ? LIVE_MS : STILL_MS);
}

// What the recorder noted comes after the first picture: nothing of it is needed for that.
async function showAccount() {
  const account = new Account();
  const moments = new Moments(player, account);
  wirePictures(player, range, account, () => player.tracks.find((track) => track.index.kind === "video")?.index.name);
  wireCurves(range, account);
  await line.attempt(() => account.load());
  offerQuiet(player, account.seconds);
  moments.show();
}

async function fetchIndex() {
  const response = await fetch(media("index"));
  if (!response.ok) throw Object.assign(new Error(`index ${response.status}`), { status: response.status });
  return response.json();
}

function videoTrack(name, place) {
  const gap = $(`${place}-gap`);
  const none = place === "screen" ? words.gap_screen : words.gap_camera;
  gap.textContent = none;
  if (!name) { gap.hidden = false; return null; }
  const onGap = (missing, unreadable = false) => {
    gap.hidden = !missing;
    if (missing) gap.textContent = unreadable ? words.unreadable : none;
  };
  const index = indexes.get(name);
  if (VideoTrack.supported()) return new VideoTrack(index, sources.get(name), $(place), onGap);
  if (!Follower.supported(index.runs[0].mime)) return null;
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  $(place).replaceWith(video);
  video.id = place;
  return new Follower(index, sources.get(name), video, { fastest: 16, onGap });
}

function soundTrack() {
  const index = indexes.get("sound");
  if (!index || !Follower.supported(index.runs[0].mime)) return null;
  return new Follower(index, sources.get("sound"), $("sound"), { fastest: 2, leads: true });
}

// Another screen takes the place of the shown one; what was played of each is kept.
async function chooseScreen(name) {
  const place = player.tracks.findIndex((track) => track.index.name.startsWith("screen"));
  if (player.tracks[place].index.name === name) return;
  player.tracks[place].close();
  player.tracks[place] = videoTrack(name, "screen");
  await player.seek(player.position);
}

// What has changed since; while the session runs, what has come to it.
async function look() {
  if (player.closed || (document.hidden && data.live)) return;
  try {
    const answer = await fetch(`/sessions/${data.session}/live`);
    if (answer.status === 401 || answer.status === 403) { denied(answer.status); return; }
    const now = await answer.json();
    if (now.state !== data.state || now.flags !== data.flags.length || now.break !== data.break) $("news").hidden = false;
    if (data.live) await grow();
  } catch {
    line.check(); // the next round tries again; what is on the page stays usable meanwhile
  }
}

async function grow() {
  const index = await fetchIndex();
  for (const [name, raw] of Object.entries(index.streams)) indexes.get(name)?.update(raw);
  player.to = index.to;
  range.grow(index.to);
  showControls(player);
}

// The right to watch ended: no picture, sound or small picture stays on the page, and it says why.
function denied(status) {
  if (!player || player.closed) return;
  player.close();
  for (const source of sources.values()) source.forget();
  document.querySelectorAll(`img[src*="/media/"], #sheet, #peek-picture > *`).forEach((part) => part.remove());
  $("moment").hidden = true;
  $("line").hidden = true;
  for (const gap of document.querySelectorAll(".picture .gap")) { gap.textContent = words[`denied_${status}`]; gap.hidden = false; }
  document.querySelectorAll(".controls button, .controls select, #seek").forEach((control) => { control.disabled = true; });
  say(words[`denied_${status}`]);
}

function watchErrors() {
  player.addEventListener("moved", () => {
    if (!player.closed && player.tracks.some((track) => track.errors.length)) say(words.part_failed);
  });
}

function say(text) { $("player-state").textContent = text; }

// Small pictures come after the first one of the player: they would stand before it in the line.
function showPictures() {
  document.querySelectorAll("img[data-src]").forEach((image) => { image.src = image.dataset.src; delete image.dataset.src; });
}

main().catch((error) => {
  say(words.failed.replace("{code}", error.message));
  window.senimPlayer = { stats: () => ({ position: 0, playing: false, played: {}, drift_ms: 0, errors: [String(error)] }) };
}).finally(showPictures);
wireWatermark();
