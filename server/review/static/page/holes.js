// Stretches that turned out to be unreadable while they were played, drawn on their stream's lane.

import { $, words } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";

export function drawHoles(index) {
  const lanes = $("lanes");
  const [from, to] = [Number(lanes.dataset.from), Number(lanes.dataset.to)];
  const track = lanes.querySelector(`[data-lane="${CSS.escape(index.name)}"] .track`);
  if (!track) return;
  track.querySelectorAll("rect.found").forEach((old) => old.remove());
  for (const hole of index.holes) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", "broken found");
    bar.setAttribute("x", `${((hole.from - from) * 100) / (to - from)}%`);
    bar.setAttribute("width", `${((hole.to - hole.from) * 100) / (to - from)}%`);
    bar.setAttribute("height", "100%");
    bar.append(document.createElementNS(SVG, "title"));
    bar.firstChild.textContent = words.unreadable;
    track.append(bar);
  }
}
