// Zooming and panning the lanes: wheel, dragging, buttons, and the overview, which always shows the whole session with
// the shown stretch in it. The lanes are drawn once, in percent of their axis; zooming only makes them wider.

import { drawTicks } from "./ticks.js";
import { $, clockAt, duration, filled, words } from "./page.js";

const STEP = 2; // each key or button shows half, or double
const WHEEL = 0.0022; // one notch of a wheel (100) changes the range by a fifth
const LINE_PIXELS = 16;
const GRIP_PIXELS = 4; // less than this is a click
const GESTURE_MS = 400; // a wheel that is scrolling the page goes on doing so when the lanes come under the pointer
const SAID_AFTER_MS = 400;

export function wireZoom(player, range) {
  const lanes = $("lanes");
  const axis = { from: Number(lanes.dataset.from), to: Number(lanes.dataset.to) };
  const show = () => draw(player, range, axis);
  range.addEventListener("changed", show);
  $("zoom-in").addEventListener("click", () => zoomBy(player, range, 1 / STEP));
  $("zoom-out").addEventListener("click", () => zoomBy(player, range, STEP));
  $("zoom-whole").addEventListener("click", () => range.reset());
  wireWheel(range, lanes);
  wireDrag(range, lanes);
  wireOverview(range);
  follow(player, range);
  show();
}

export function zoomBy(player, range, factor) { range.zoom(factor, player.position); }

// The range goes along with what is shown, unless somebody has moved it away from there.
function follow(player, range) {
  let before = player.position;
  player.addEventListener("moved", () => {
    const { position } = player;
    const jumped = Math.abs(position - before) > 5 || !player.playing;
    if (position !== before && (jumped || range.holds(before))) range.reach(position, before);
    before = position;
  });
}

function secondsAt(range, event) {
  const box = document.querySelector(".reach").getBoundingClientRect();
  return range.from + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * range.length;
}

function wireWheel(range, lanes) {
  let scrolled = -GESTURE_MS;
  document.addEventListener("wheel", (event) => { if (!event.defaultPrevented) scrolled = event.timeStamp; }, { passive: true });
  lanes.addEventListener("wheel", (event) => {
    const scale = event.deltaMode ? LINE_PIXELS : 1;
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    const pans = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const nothing = pans ? range.isWhole : range.isWhole && event.deltaY > 0;
    if (nothing || event.timeStamp - scrolled < GESTURE_MS) return; // the page scrolls
    event.preventDefault();
    const width = document.querySelector(".reach").clientWidth;
    if (pans) range.pan((sideways * scale * range.length) / width);
    else range.zoom(Math.exp(event.deltaY * scale * WHEEL), secondsAt(range, event));
  }, { passive: false });
}

// Dragging the lanes moves them; the click that ends a drag chooses nothing.
function wireDrag(range, lanes) {
  let grip = null;
  let ended = false;
  lanes.addEventListener("click", (event) => {
    if (ended) event.stopImmediatePropagation();
    ended = false;
  }, { capture: true });
  lanes.addEventListener("pointerdown", (event) => {
    ended = false;
    if (event.button !== 0 || range.isWhole || event.target.closest("button, input, #overview")) return;
    grip = { x: event.clientX, from: range.from, moved: false, id: event.pointerId };
  });
  lanes.addEventListener("pointermove", (event) => {
    if (!grip || grip.id !== event.pointerId) return;
    const by = event.clientX - grip.x;
    if (!grip.moved && Math.abs(by) < GRIP_PIXELS) return;
    if (!grip.moved) { grip.moved = true; lanes.setPointerCapture(grip.id); lanes.classList.add("dragged"); }
    range.place(grip.from - (by * range.length) / document.querySelector(".reach").clientWidth, range.length);
  });
  const end = () => {
    ended = Boolean(grip?.moved);
    grip = null;
    lanes.classList.remove("dragged");
  };
  lanes.addEventListener("pointerup", end);
  lanes.addEventListener("pointercancel", end);
}

function wireOverview(range) {
  const overview = $("overview");
  let grip = null;
  const at = (event) => {
    const box = overview.getBoundingClientRect();
    return range.whole[0] + ((event.clientX - box.left) / box.width) * (range.whole[1] - range.whole[0]);
  };
  overview.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const t = at(event);
    if (!range.holds(t)) range.centre(t);
    grip = t - range.from;
    overview.setPointerCapture(event.pointerId);
  });
  overview.addEventListener("pointermove", (event) => { if (grip !== null) range.place(at(event) - grip, range.length); });
  overview.addEventListener("pointerup", () => { grip = null; });
  overview.addEventListener("pointercancel", () => { grip = null; });
  overview.addEventListener("keydown", (event) => {
    const part = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -1, PageDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (part === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (Number.isFinite(part)) range.pan(part * range.length);
    else range.centre(part > 0 ? range.whole[1] : range.whole[0]);
  });
}

function draw(player, range, axis) {
  const lanes = $("lanes");
  const drawn = axis.to - axis.from;
  lanes.style.setProperty("--zoom", drawn / range.length);
  lanes.style.setProperty("--shift", (range.from - axis.from) / range.length);
  lanes.classList.toggle("zoomed", !range.isWhole);
  drawTicks($("ticks"), player.zero, range, axis);
  const [start, end] = range.whole;
  const all = end - start;
  $("window").style.left = `${((range.from - start) * 100) / all}%`;
  $("window").style.width = `${(range.length * 100) / all}%`;
  $("seek").min = range.from;
  $("seek").max = range.to;
  $("zoom-whole").disabled = range.isWhole;
  $("zoom-out").disabled = range.isWhole;
  say(player, range);
}

let saying = 0;

// In words, once the hand rests: a screen reader would else hear every notch of the wheel.
function say(player, range) {
  const length = duration(range.whole[1] - range.whole[0]);
  const told = range.isWhole ? filled(words.range_whole, { length }) : filled(words.range, {
    from: clockAt(player.zero, range.from), to: clockAt(player.zero, range.to), part: duration(range.length), length,
  });
  const [start, end] = range.whole;
  const room = end - start - range.length;
  $("overview").setAttribute("aria-valuenow", room > 0 ? Math.round(((range.from - start) * 100) / room) : 0);
  $("overview").setAttribute("aria-valuetext", told);
  clearTimeout(saying);
  saying = setTimeout(() => { $("range").textContent = told; }, SAID_AFTER_MS);
}
