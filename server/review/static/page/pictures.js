// The small pictures the recorder kept: the film above the lanes, for the shown range, and one beside the pointer (or
// the focused time slider). Each is opened by the server when it is asked for, and lives in this page's memory alone.

import { $, clockAt, data, filled, media, words } from "./page.js";
import { windowOf } from "./moments.js";

const NEAR_MS = 8000; // a picture is kept every 10 s: beyond half of that, with some room, there is none
const KEPT = 120;
const REST_MS = 150; // the film is filled once the range rests

export function pictureAddress(stream, t) { return `${media(`thumbs/${stream}/${t}`)}?view=${data.view}`; }

export function wirePictures(player, range, account, shownScreen) {
  const peek = new Peek(player, account, shownScreen);
  wirePointer(peek, range);
  wireFocus(peek, player, range);
  let waiting = 0;
  range.addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fillFilm(player, range, account), REST_MS);
  });
}

class Peek {
  constructor(player, account, shownScreen) {
    Object.assign(this, { player, account, shownScreen });
    this.images = new Map(); // address -> element, oldest first
  }

  // `t`: seconds of the session; `share`: where on the axis, 0..1.
  show(t, share) {
    const ms = t * 1000;
    const stream = this.shownScreen();
    const at = this.account.picture(stream, ms, NEAR_MS);
    this.picture(at === null ? null : pictureAddress(stream, at));
    $("peek-clock").textContent = clockAt(this.player.zero, t);
    $("peek-window").textContent = at === null ? words.no_picture : windowOf(this.account.at(ms));
    $("peek").hidden = false;
    const reach = document.querySelector(".reach");
    const width = $("peek").offsetWidth;
    const left = reach.offsetLeft + share * reach.clientWidth - width / 2;
    $("peek").style.left = `${Math.min(Math.max(left, 0), $("lanes").clientWidth - width)}px`;
  }

  hide() { $("peek").hidden = true; }

  picture(address) {
    const frame = $("peek-picture");
    frame.hidden = address === null;
    if (address === null || frame.dataset.shown === address) return;
    const image = this.images.get(address) ?? new Image();
    image.alt = "";
    if (!this.images.has(address)) {
      image.src = address;
      image.addEventListener("error", () => { this.images.delete(address); delete frame.dataset.shown; }); // asked for again
    }
    this.images.delete(address); // newest use last
    this.images.set(address, image);
    if (this.images.size > KEPT) this.images.delete(this.images.keys().next().value);
    frame.dataset.shown = address;
    frame.replaceChildren(image);
  }
}

function wirePointer(peek, range) {
  const lanes = $("lanes");
  lanes.addEventListener("pointermove", (event) => {
    const box = document.querySelector(".reach").getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const elsewhere = event.buttons !== 0 || share < 0 || share > 1 || event.target.closest(".zoom-row");
    if (elsewhere) peek.hide(); else peek.show(range.from + share * range.length, share);
  });
  lanes.addEventListener("pointerleave", () => peek.hide());
}

// With the keyboard the picture stands at the slider's place and goes along with it.
function wireFocus(peek, player, range) {
  const slider = $("seek");
  const follow = () => {
    const { position } = player;
    slider.setAttribute("aria-valuetext", clockAt(player.zero, position));
    if (document.activeElement !== slider) return;
    if (range.holds(position) && slider.matches(":focus-visible")) peek.show(position, (position - range.from) / range.length);
    else peek.hide();
  };
  slider.addEventListener("focus", follow);
  slider.addEventListener("blur", () => peek.hide());
  range.addEventListener("changed", follow);
  player.addEventListener("changed", follow);
}

// Pictures at even distances of the shown range; where none was kept the place stays empty.
function fillFilm(player, range, account) {
  const places = [...document.querySelectorAll(".film .thumb")];
  const step = range.length / places.length;
  const shown = new Set();
  places.forEach((place, n) => {
    const ms = (range.from + step * (n + 0.5)) * 1000;
    const stream = place.dataset.stream;
    const at = account.picture(stream, ms, Math.max(NEAR_MS, step * 500));
    const empty = at === null || shown.has(at);
    place.classList.toggle("empty", empty);
    if (empty) return;
    shown.add(at);
    place.dataset.seek = at / 1000;
    place.setAttribute("aria-label", filled(words.picture_at, { at: clockAt(player.zero, at / 1000) }));
    const address = pictureAddress(stream, at);
    const image = place.querySelector("img");
    if (image.getAttribute("src") !== address) image.src = address;
  });
}
