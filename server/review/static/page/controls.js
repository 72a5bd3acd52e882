// Buttons, clock, lanes.

import { $, clockAt, duration, filled, words } from "./page.js";
import { stepFrame } from "./steps.js";

const SMALL_PIXELS = 12; // a stretch narrower than this is gone to at its beginning

export function wireControls(player, range, { screens, chooseScreen, sound }) {
  $("play").addEventListener("click", () => player.toggle());
  $("back").addEventListener("click", () => player.seek(player.position - 2));
  $("forward").addEventListener("click", () => player.seek(player.position + 2));
  $("frame-back").addEventListener("click", () => stepFrame(player, -1));
  $("frame-forward").addEventListener("click", () => stepFrame(player, 1));
  $("rate").addEventListener("change", (event) => player.setRate(Number(event.target.value)));
  $("mute").addEventListener("click", () => {
    sound.muted = !sound.muted;
    $("mute").setAttribute("aria-pressed", String(sound.muted));
    swap($("mute"), sound.muted ? "muted" : "loud");
  });
  $("help").addEventListener("click", () => $("shortcuts").showModal());
  $("seek").addEventListener("input", (event) => player.seek(Number(event.target.value)));
  $("lanes").addEventListener("click", (event) => toPointer(player, range, event));
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-seek]");
    if (target) player.seek(Number(target.dataset.seek));
  });
  if (screens.length > 1) screenButtons(screens, chooseScreen);
  player.addEventListener("moved", () => showPosition(player, range));
  player.addEventListener("changed", () => showControls(player));
  range.addEventListener("changed", () => showPosition(player, range));
  showControls(player);
  showPosition(player, range);
}

// Clicking anywhere in the lanes goes there; marks and pictures go to their own moment, small stretches to their beginning.
function toPointer(player, range, event) {
  if (event.target.closest("[data-seek], .zoom-row") || event.target.id === "seek") return;
  const stretch = event.target.closest("[data-start]");
  if (stretch && stretch.getBoundingClientRect().width < SMALL_PIXELS) { player.seek(Number(stretch.dataset.start)); return; }
  const box = document.querySelector(".reach").getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  if (share >= 0 && share <= 1) player.seek(range.from + share * range.length);
}

function screenButtons(screens, chooseScreen) {
  $("screens").hidden = false;
  screens.forEach((name, place) => {
    const button = document.createElement("button");
    button.textContent = place + 1;
    button.title = filled(words.screen_number, { n: place + 1 });
    button.setAttribute("aria-label", button.title);
    button.dataset.screen = name;
    button.setAttribute("aria-pressed", String(place === 0));
    button.addEventListener("click", () => {
      for (const other of $("screens").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
      chooseScreen(name);
    });
    $("screens").append(button);
  });
}

export function showControls(player) {
  swap($("play"), player.playing ? "playing" : "paused");
  $("play-word").textContent = player.playing ? words.pause : words.play;
  $("play").setAttribute("aria-label", player.playing ? words.pause : words.play);
  $("rate").value = String(player.rate);
}

function showPosition(player, range) {
  const { position, start, to } = player;
  $("wall").textContent = clockAt(player.zero, position);
  $("position").textContent = position < start - 0.05 ? words.before
    : filled(words.position, { at: duration(position - start), length: duration(to - start) });
  $("head").hidden = !range.holds(position);
  $("head").style.left = `${((position - range.from) * 100) / range.length}%`;
  const [first, last] = range.whole;
  $("overview-head").style.left = `${((position - first) * 100) / (last - first)}%`;
  if (document.activeElement !== $("seek")) $("seek").value = position;
}

function swap(button, state) {
  for (const part of button.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
}
