// Skipping what is quiet: stretches in which neither the screen nor the faces nor the sound changed.

import { $, duration, filled, words } from "./page.js";

const QUIET_SECONDS = 8; // shorter pauses are part of working
const QUIET_CHANGE = 0.001;
const QUIET_SOUND = 0.15;

export function offerQuiet(player, seconds) {
  const spans = quietSpans(seconds);
  if (!spans.length) return;
  const button = $("quiet");
  const sum = spans.reduce((total, [from, to]) => total + to - from, 0);
  const told = filled(words.quiet_sum, { time: duration(sum), n: spans.length, length: duration(player.to - player.start) });
  let skipped = 0;
  button.hidden = false;
  button.title = told;
  button.addEventListener("click", () => {
    player.quiet = player.quiet ? null : spans;
    skipped = 0;
    button.setAttribute("aria-pressed", String(player.quiet !== null));
    $("player-state").textContent = player.quiet ? told : "";
  });
  player.addEventListener("skipped", (event) => {
    skipped += event.detail;
    $("player-state").textContent = filled(words.quiet_skipped, { time: duration(event.detail), sum: duration(skipped) });
  });
}

function quietSpans(seconds) {
  const spans = [];
  let from = null;
  let last = null;
  let faces = null;
  const close = () => { if (from !== null && last - from >= QUIET_SECONDS) spans.push([from + 1, last - 1]); from = null; };
  for (const row of seconds) {
    const same = faces === null || row.faces === faces; // somebody who comes or goes ends the quiet
    faces = row.faces ?? faces;
    if (same && isQuiet(row) && (last === null || row.t / 1000 - last < 3)) { if (from === null) from = row.t / 1000; } else close();
    last = row.t / 1000;
  }
  close();
  return spans;
}

function isQuiet(row) {
  const changed = Object.values(row.changed && typeof row.changed === "object" ? row.changed : { all: row.changed ?? 1 });
  return changed.every((share) => share <= QUIET_CHANGE) && !row.typing && !(row.sound > QUIET_SOUND);
}
