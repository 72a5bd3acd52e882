// What the recorder itself noted for the shown second: question, window in front, faces, loudness, network.

import { $, counted, data, words } from "./page.js";

export class Moments {
  constructor(player, account) {
    Object.assign(this, { player, account });
    player.addEventListener("moved", () => this.show());
  }

  show() {
    const row = this.account.at(this.player.position * 1000);
    if (row === this.shown) return;
    this.shown = row;
    $("moment-question").textContent = text(row && String(data.questions[row.question] ?? row.question ?? ""));
    $("moment-window").textContent = text(windowOf(row));
    $("moment-window").title = $("moment-window").textContent;
    $("moment-faces").textContent = Number.isInteger(row?.faces) ? counted(words.faces, row.faces) : "–";
    $("moment-sound").value = typeof row?.sound === "number" ? row.sound : 0;
    $("moment-network").textContent = row?.net === "online" ? words.online : row?.net === "offline" ? words.offline : "–";
  }
}

// Program and title of the window in front; both come from the student's computer.
export function windowOf(row) {
  return [row?.app, row?.title].filter((part) => typeof part === "string" && part).join(" · ");
}

function text(value) { return typeof value === "string" && value ? value : "–"; }
