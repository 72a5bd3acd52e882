// The keyboard; every key is in the list under `?`. Nothing happens while somebody types.

import { $ } from "./page.js";
import { stepFlag } from "./flags.js";

export function wireKeys(player) {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=range]), textarea, select, dialog[open]");
    if (busy || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const action = actions(player, event)[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actions(player, event) {
  const step = event.shiftKey ? 10 : 2;
  return {
    " ": () => player.toggle(),
    ArrowLeft: () => player.seek(player.position - step),
    ArrowRight: () => player.seek(player.position + step),
    Home: () => player.seek(player.start),
    End: () => player.seek(player.to),
    "+": () => changeRate(player, 1),
    "=": () => changeRate(player, 1),
    "-": () => changeRate(player, -1),
    n: () => stepFlag(player, 1),
    p: () => stepFlag(player, -1),
    m: () => $("mute").click(),
    v: () => $("verdict-reason")?.focus(),
    "?": () => $("shortcuts").showModal(),
    1: () => chooseScreen(1),
    2: () => chooseScreen(2),
    3: () => chooseScreen(3),
  };
}

function changeRate(player, by) {
  const rates = [...$("rate").options].map((option) => Number(option.value));
  const place = rates.indexOf(player.rate) + by;
  if (place >= 0 && place < rates.length) player.setRate(rates[place]);
}

function chooseScreen(number) { $("screens").querySelectorAll("button")[number - 1]?.click(); }
