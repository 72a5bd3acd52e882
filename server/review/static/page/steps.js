// One frame of the screen back or forward, and which one it is.

import { $, clockAt, filled, words } from "./page.js";

let before = Promise.resolve(); // a held key asks faster than pictures come: one step after the other

export function stepFrame(player, by) {
  before = before.then(async () => {
    if (player.waits) return; // else each press would be made up for later
    const moved = await player.step(by);
    $("player-state").textContent = moved ? filled(words.frame, { at: clockAt(player.zero, player.position, 3) }) : words.no_frame;
  }).catch(() => { $("player-state").textContent = words.part_failed; });
  return before;
}
