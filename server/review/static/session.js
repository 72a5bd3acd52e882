// The session page: fetches the index, builds tracks and player, and wires buttons, lanes, keys and flags to it.

import { Follower } from "./player/follower.js";
import { StreamIndex } from "./player/index.js";
import { Player } from "./player/player.js";
import { SegmentSource } from "./player/source.js";
import { VideoTrack } from "./player/video.js";
import { wireFlags } from "./page/flags.js";
import { wireKeys } from "./page/keys.js";
import { Moments } from "./page/moments.js";
import { wireWatermark } from "./page/watermark.js";
import { $, data, media, words } from "./page/page.js";
import { showControls, wireControls } from "./page/controls.js";

const LIVE_MS = 4000;
const sources = new Map();
const indexes = new Map();
let player = null;
let sound = null;

async function main() {
  wireWatermark();
  const index = await fetchIndex();
  const streams = Object.entries(index.streams);
  if (!streams.length) { say(words.nothing); return; }
  streams.forEach(([name, raw]) => {
    indexes.set(name, new StreamIndex(name, raw));
    sources.set(name, new SegmentSource(media(name), data.view));
  });
  const screens = [...indexes.keys()].filter((name) => name.startsWith("screen"));
  const tracks = [videoTrack(screens[0], "screen"), videoTrack(indexes.has("camera") ? "camera" : null, "camera")];
  sound = soundTrack();
  const playable = [...tracks, sound].filter(Boolean);
  if (!playable.length) { say(words.unsupported); return; }
  const [start] = index.exam;
  player = new Player(playable, { from: index.from, to: index.to, start });
  player.zero = index.wall_zero;
  window.senimPlayer = player;
  wireControls(player, { screens, chooseScreen, sound: $("sound") });
  wireFlags(player);
  wireKeys(player);
  const moments = new Moments(player);
  await player.seek(start);
  $("play").disabled = false;
  say(words.ready);
  moments.load();
  watchErrors();
  if (data.live) setInterval(grow, LIVE_MS);
}

async function fetchIndex() {
  const response = await fetch(media("index"));
  if (!response.ok) throw new Error(`index ${response.status}`);
  return response.json();
}

function videoTrack(name, place) {
  const gap = $(`${place}-gap`);
  gap.textContent = place === "screen" ? words.gap_screen : words.gap_camera;
  if (!name) { gap.hidden = false; return null; }
  const onGap = (missing) => { gap.hidden = !missing; };
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

async function grow() {
  if (document.hidden) return;
  try {
    const index = await fetchIndex();
    for (const [name, raw] of Object.entries(index.streams)) indexes.get(name)?.update(raw);
    player.to = index.to;
    showControls(player);
    const answer = await fetch(`/sessions/${data.session}/live`);
    const now = await answer.json();
    if (now.state !== data.state || now.flags !== data.flags.length) $("news").hidden = false;
  } catch {
    // The next round tries again; what is on the page stays usable meanwhile.
  }
}

function watchErrors() {
  player.addEventListener("moved", () => {
    if (player.tracks.some((track) => track.errors.length)) say(words.part_failed);
  });
}

function say(text) { $("player-state").textContent = text; }

main().catch((error) => {
  say(words.failed.replace("{code}", error.message));
  window.senimPlayer = { stats: () => ({ position: 0, playing: false, played: {}, drift_ms: 0, errors: [String(error)] }) };
});
