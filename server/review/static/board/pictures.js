// The newest pictures of sessions that run: asked for only while switched on, and only of rows in sight.

import { renewTile } from "../tile.js";
import { body, rows } from "./rows.js";

const EVERY_MS = 2500;
const button = document.getElementById("pictures");
const seen = new Set(); // sessions whose row is in sight
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target.dataset.session); else seen.delete(target.dataset.session);
  }
  soon();
});
let timer = 0;
let listening = false;

export function turnPictures(on, onExchange) {
  button.setAttribute("aria-pressed", String(on));
  body.parentElement.classList.toggle("pictures", on);
  watcher.disconnect();
  seen.clear();
  clearTimeout(timer);
  if (!on) { for (const place of body.querySelectorAll(".newest")) place.remove(); return; }
  if (!listening) onExchange((fresh) => { if (isOn()) prepare(fresh); });
  listening = true;
  prepare(rows());
}

function isOn() { return button.getAttribute("aria-pressed") === "true"; }

// Room is kept for each picture before it comes: nothing jumps.
function prepare(some) {
  for (const row of some) {
    watcher.unobserve(row);
    if (row.dataset.state !== "running" && row.dataset.state !== "preparing") continue;
    const place = document.createElement("div");
    place.className = "newest";
    row.cells[0].append(place);
    watcher.observe(row);
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, 100);
}

async function look() {
  if (!isOn()) return;
  if (seen.size && !document.hidden) {
    renewTile();
    try {
      const asked = new URLSearchParams([["view", button.dataset.view], ...[...seen].map((one) => ["s", one])]);
      const response = await fetch(`${button.dataset.from}?${asked}`, { headers: { accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      for (const entry of await response.json()) show(entry);
    } catch {
      // The next round asks again; the board's own line says when the server is gone.
    }
  }
  clearTimeout(timer);
  timer = setTimeout(look, EVERY_MS);
}

function show({ id, said, pictures }) {
  const place = body.querySelector(`[data-session="${CSS.escape(id)}"] .newest`);
  if (!place) return;
  for (const { stream, address, word } of pictures) {
    let picture = place.querySelector(`[data-stream="${CSS.escape(stream)}"]`);
    if (!picture) {
      picture = document.createElement("img");
      picture.dataset.stream = stream;
      const frame = document.createElement("span");
      frame.className = "marked";
      frame.append(picture);
      place.append(frame);
    }
    picture.alt = word;
    if (picture.getAttribute("src") !== address) picture.src = address;
  }
  const age = place.querySelector("small") ?? place.appendChild(document.createElement("small"));
  age.textContent = said;
}
