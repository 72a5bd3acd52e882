// Stepping through the moments to look at: the chosen one is shown, its form opened, its reason field focused.

import { data } from "./page.js";

const LEAD_SECONDS = 2; // a little of what came before

let chosen = -1;

export function wireFlags(player) {
  document.querySelectorAll("[data-flag] .jump, rect[data-select]").forEach((target) => {
    target.addEventListener("click", (event) => {
      event.stopPropagation();
      const id = target.dataset.select || target.closest("[data-flag]").dataset.flag;
      select(player, data.flags.findIndex((flag) => flag.id === id));
    });
  });
}

export function stepFlag(player, by) {
  if (!data.flags.length) return;
  select(player, (chosen + by + data.flags.length) % data.flags.length);
}

function select(player, place) {
  if (place < 0) return;
  chosen = place;
  const flag = data.flags[place];
  for (const item of document.querySelectorAll("[data-flag]")) {
    const mine = item.dataset.flag === flag.id;
    item.classList.toggle("selected", mine);
    const form = item.querySelector("form");
    if (form) form.hidden = !mine;
    if (mine) {
      item.scrollIntoView({ block: "nearest" });
      form?.querySelector("textarea").focus({ preventScroll: true });
    }
  }
  player.seek(Math.max(player.from, flag.from - LEAD_SECONDS));
}
