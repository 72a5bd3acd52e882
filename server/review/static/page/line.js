// What is said while the server cannot be reached, and what goes on by itself once it can: player, small pictures,
// forms. The clock stands where it is; what was typed stays on the page.

import { $, words } from "./page.js";

const TRIES = 2; // of a small picture while the server answers

export function wireLine(line, player) {
  const notice = $("line");
  const button = $("line-again");
  const say = (text) => {
    if ($("line-text").textContent !== text) $("line-text").textContent = text; // said once, not at each try
    notice.hidden = !text;
  };
  const asking = (now) => {
    button.setAttribute("aria-disabled", String(now));
    $("line-word").textContent = now ? words.line_trying : words.line_again;
  };
  line.addEventListener("down", () => { asking(false); if (!player()?.closed) say(words.line_down); });
  line.addEventListener("up", () => {
    asking(false);
    if (notice.contains(document.activeElement)) $("play").focus();
    say("");
    if (!player()?.closed) $("player-state").textContent = words.line_back;
  });
  line.addEventListener("gave-up", () => { if (!line.down && !player()?.closed) say(words.line_part); });
  button.addEventListener("click", () => {
    if (line.down) { asking(true); line.check(); return; }
    say("");
    player()?.again();
  });
  document.addEventListener("submit", (event) => {
    if (!line.down || event.target.method === "dialog") return;
    event.preventDefault();
    button.focus();
  }, true);
}

// Small pictures that did not come are asked for again; where the server answers and has none, the place stays empty.
export function mendPictures(line) {
  const missing = new Set();
  const tries = new WeakMap();
  document.addEventListener("error", async ({ target: image }) => {
    if (!(image instanceof HTMLImageElement) || !image.src.includes("/media/")) return;
    missing.add(image);
    image.classList.add("missing");
    if (await line.check() && (tries.get(image) ?? 0) < TRIES) again(image);
  }, true);
  document.addEventListener("load", ({ target: image }) => {
    if (!(image instanceof HTMLImageElement)) return;
    missing.delete(image);
    tries.delete(image);
    image.classList.remove("missing");
  }, true);
  line.addEventListener("up", () => { for (const image of missing) again(image); });
  function again(image) {
    tries.set(image, (tries.get(image) ?? 0) + 1);
    missing.delete(image);
    if (image.isConnected) image.src = image.getAttribute("src"); // loads anew
  }
}
