// The clock below the lanes: round times of day, so many as have room.

import { clockAt } from "./page.js";

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
const WIDE = 76; // pixels a tick's text needs
const SVG = "http://www.w3.org/2000/svg";

// `ticks`: an SVG group that lies over `axis` seconds, of which `range` is seen.
export function drawTicks(ticks, zero, range, axis) {
  const width = document.querySelector(".reach").clientWidth || 1000;
  const most = Math.max(2, Math.floor(width / WIDE));
  const step = STEPS.find((seconds) => range.length / seconds <= most) ?? STEPS[STEPS.length - 1];
  const edge = (range.length * WIDE) / 2 / width; // no text is cut at an end
  const day = zero / 1000; // seconds of the clock at second 0 of the session
  const texts = [];
  for (let at = Math.ceil((day + range.from + edge) / step) * step; at - day <= range.to - edge; at += step) {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", `${((at - day - axis.from) * 100) / (axis.to - axis.from)}%`);
    text.setAttribute("y", "14");
    text.textContent = clockAt(zero, at - day);
    texts.push(text);
  }
  ticks.replaceChildren(...texts);
}
