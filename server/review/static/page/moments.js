// What the recorder itself noted for the shown second: question, window in front, faces, loudness, network.

import { $, counted, data, duration, filled, media, words } from "./page.js";

const QUIET_SECONDS = 8; // shorter pauses are part of working
const QUIET_CHANGE = 0.001;
const QUIET_SOUND = 0.15;

export class Moments {
  constructor(player) {
    this.player = player;
    this.seconds = [];
    player.addEventListener("moved", () => this.show());
  }

  async load() {
    const response = await fetch(media("track"));
    if (!response.ok) return;
    this.seconds = (await response.json()).seconds;
    const spans = this.quietSpans();
    if (spans.length) this.offerQuiet(spans);
    this.show();
  }

  show() {
    const row = this.at(this.player.position * 1000);
    if (row === this.shown) return;
    this.shown = row;
    $("moment-question").textContent = text(row && String(data.questions[row.question] ?? row.question ?? ""));
    $("moment-window").textContent = text([row?.app, row?.title].filter((part) => typeof part === "string" && part).join(" · "));
    $("moment-window").title = $("moment-window").textContent;
    $("moment-faces").textContent = Number.isInteger(row?.faces) ? counted(words.faces, row.faces) : "–";
    $("moment-sound").value = typeof row?.sound === "number" ? row.sound : 0;
    $("moment-network").textContent = row?.net === "online" ? words.online : row?.net === "offline" ? words.offline : "–";
  }

  // The newest line not after `ms`, if it is of the last three seconds.
  at(ms) {
    let low = 0;
    let high = this.seconds.length - 1;
    if (high < 0 || this.seconds[0].t > ms) return null;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.seconds[middle].t <= ms) low = middle; else high = middle - 1;
    }
    return ms - this.seconds[low].t < 3000 ? this.seconds[low] : null;
  }

  quietSpans() {
    const spans = [];
    let from = null;
    let last = null;
    let faces = null;
    const close = () => { if (from !== null && last - from >= QUIET_SECONDS) spans.push([from + 1, last - 1]); from = null; };
    for (const row of this.seconds) {
      const same = faces === null || row.faces === faces; // somebody who comes or goes ends the quiet
      faces = row.faces ?? faces;
      if (same && isQuiet(row) && (last === null || row.t / 1000 - last < 3)) { if (from === null) from = row.t / 1000; } else close();
      last = row.t / 1000;
    }
    close();
    return spans;
  }

  offerQuiet(spans) {
    const button = $("quiet");
    button.hidden = false;
    const sum = spans.reduce((seconds, [from, to]) => seconds + to - from, 0);
    const told = filled(words.quiet_sum, { time: duration(sum), n: spans.length, length: duration(this.player.to - this.player.start) });
    button.title = told;
    button.addEventListener("click", () => {
      this.player.quiet = this.player.quiet ? null : spans;
      button.setAttribute("aria-pressed", String(this.player.quiet !== null));
      $("player-state").textContent = this.player.quiet ? told : "";
    });
  }
}

function isQuiet(row) {
  const changed = Object.values(row.changed && typeof row.changed === "object" ? row.changed : { all: row.changed ?? 1 });
  return changed.every((share) => share <= QUIET_CHANGE) && !row.typing && !(row.sound > QUIET_SOUND);
}

function text(value) { return typeof value === "string" && value ? value : "–"; }
