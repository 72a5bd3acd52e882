// Words looked for in what the review process opened: applications, window titles, events.

import { filters, fold, showFound, wanted } from "./rows.js";

const AGAIN_MS = 3000;
const MOST_IDLE = 10;
const told = document.getElementById("found-state");
let round = 0;

// ``left``: sessions not read when it was asked before; ``idle``: how often nothing had become of that.
export async function search(left = Infinity, idle = 0) {
  const mine = ++round;
  const words = wanted().q.trim();
  told.textContent = told.dataset.looking;
  try {
    const form = new URLSearchParams({ form_token: filters.dataset.token, view: filters.dataset.view, q: words });
    const response = await fetch(filters.dataset.found, { method: "POST", body: form, headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    if (mine !== round || fold(wanted().q.trim()) !== fold(words)) return; // other words stand there by now
    showFound(answer.rows);
    told.textContent = answer.said;
    const waited = answer.unread < left ? 0 : idle + 1;
    if (!answer.unread || waited > MOST_IDLE) return; // a recording whose key is not here is never read
    setTimeout(() => { if (mine === round && wanted().q.trim() === words) search(answer.unread, waited); }, AGAIN_MS);
  } catch {
    told.textContent = told.dataset.failed;
  }
}
