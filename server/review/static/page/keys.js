// The keyboard; every key is in the list under `?`. Nothing happens while somebody types.

import { $ } from "./page.js";
import { stepFlag } from "./flags.js";
import { stepFrame } from "./steps.js";
import { zoomBy } from "./zoom.js";

// What the key has on it where the layout is not a Latin one: the letters of our list are found by their place.
const PLACES = { Comma: ",", Period: ".", BracketLeft: "[", BracketRight: "]", Minus: "-", Equal: "=" };

export function wireKeys(player, range) {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=range]), textarea, select, dialog[open]");
    if (busy || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const known = actions(player, range, event);
    const action = known[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? known[onLatin(event.code)];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function onLatin(code) { return PLACES[code] ?? /^(?:Key|Digit)(\w)$/.exec(code)?.[1].toLowerCase(); }

function actions(player, range, event) {
  const step = event.shiftKey ? 10 : 2;
  const screens = Object.fromEntries([..."1234567890"].map((digit, place) => [digit, () => chooseScreen(place)]));
  return {
    " ": () => player.toggle(),
    ArrowLeft: () => player.seek(player.position - step),
    ArrowRight: () => player.seek(player.position + step),
    ",": () => stepFrame(player, -1),
    ".": () => stepFrame(player, 1),
    Home: () => player.seek(player.start),
    End: () => player.seek(player.to),
    "+": () => changeRate(player, 1),
    "=": () => changeRate(player, 1),
    "-": () => changeRate(player, -1),
    i: () => zoomBy(player, range, 0.5),
    o: () => zoomBy(player, range, 2),
    w: () => range.reset(),
    "[": () => range.pan(-range.length / 2),
    "]": () => range.pan(range.length / 2),
    n: () => stepFlag(player, 1),
    p: () => stepFlag(player, -1),
    q: () => $("quiet").click(),
    m: () => $("mute").click(),
    v: () => $("verdict-reason")?.focus(),
    "?": () => $("shortcuts").showModal(),
    ...screens,
  };
}

function changeRate(player, by) {
  const rates = [...$("rate").options].map((option) => Number(option.value));
  const place = rates.indexOf(player.rate) + by;
  if (place >= 0 && place < rates.length) player.setRate(rates[place]);
}

function chooseScreen(place) { $("screens").querySelectorAll("button")[place]?.click(); }
