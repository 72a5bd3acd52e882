// Reviewer and time over the pictures, again and again: a photograph of the screen says who took it, and when.

import { renewTile } from "../tile.js";
import { dayAndMinute } from "./page.js";

const EVERY_MS = 20000;
const SIZE = 14; // px
const STEP = 90; // px between the lines
const TURN = -0.3; // radians

export function wireWatermark() {
  const marks = document.querySelectorAll("canvas.watermark");
  const show = () => marks.forEach(draw);
  new ResizeObserver(show).observe(marks[0]);
  setInterval(() => { show(); renewTile(); }, EVERY_MS);
  show();
}

function draw(mark) {
  const text = `${mark.dataset.who} · ${dayAndMinute(Date.now())}`;
  mark.width = mark.clientWidth;
  mark.height = mark.clientHeight;
  const pen = mark.getContext("2d");
  pen.font = `${SIZE}px Inter, sans-serif`;
  pen.rotate(TURN);
  const wide = pen.measureText(text).width + STEP;
  for (let y = 0; y < mark.height + mark.width; y += STEP) {
    for (let x = -mark.height + ((y / STEP) % 2) * (wide / 2); x < mark.width + mark.height; x += wide) {
      pen.fillStyle = "rgb(0 0 0 / 22%)";
      pen.fillText(text, x + 1, y + 1);
      pen.fillStyle = "rgb(255 255 255 / 30%)";
      pen.fillText(text, x, y);
    }
  }
}
