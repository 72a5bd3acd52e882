// Keeps the table of sessions fresh: fetches its rows every few seconds and swaps them when they changed.

const EVERY_MS = 4000;
const body = document.getElementById("session-rows");
const state = document.getElementById("board-state");

async function refresh() {
  try {
    const response = await fetch(body.dataset.rows, { headers: { accept: "text/html" }, redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    const rows = await response.text();
    if (rows !== body.dataset.last && !body.contains(document.activeElement)) {
      body.innerHTML = rows; // escaped by the server, from our own origin
      body.dataset.last = rows;
    }
    state.textContent = state.dataset.fresh;
  } catch {
    state.textContent = state.dataset.stale;
  }
}

if (body) {
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MS);
}
