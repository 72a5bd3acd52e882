// The exam board: filters, search, sorting and keys work on the rows at hand; what changes comes by server-sent events.

import { body, count, filter, filters, foldAhead, onExchange, rows, showFound, sortBy, take, wanted } from "./board/rows.js";

const state = document.getElementById("board-state");
const pictures = document.getElementById("pictures");

// The chosen filters stand in the address: a reload or a link shows the same rows.
function remember() {
  const chosen = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value));
  history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
}

function listen() {
  const source = new EventSource(body.dataset.events);
  source.addEventListener("begin", (event) => {
    state.textContent = state.dataset.fresh;
    if (Number(event.data) !== count() || listen.again) refresh();
    listen.again = true;
  });
  source.addEventListener("rows", (event) => take(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    state.textContent = source.readyState === EventSource.CLOSED ? state.dataset.stale : state.textContent;
  });
}

// After a break in the connection the whole table is fetched once.
async function refresh() {
  try {
    const response = await fetch(body.dataset.rows, { headers: { accept: "text/html" }, redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    await take((await response.text()).split(/(?=<tr )/).map((html) => ({ html })));
  } catch {
    state.textContent = state.dataset.stale;
  }
}

function step(by) {
  const links = rows().filter((row) => !row.hidden).map((row) => row.querySelector("a")).filter(Boolean);
  const place = links.indexOf(document.activeElement);
  links[Math.min(Math.max(place + by, 0), links.length - 1)]?.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && typing?.id === "find") { typing.value = ""; changed(typing); typing.blur(); return; }
  if (typing) return;
  const action = { "/": () => document.getElementById("find").focus(), j: () => step(1), k: () => step(-1) }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function changed(field) {
  if (field.id === "find") {
    document.getElementById("found-state")?.replaceChildren();
    showFound([]);
  } else filter();
  remember();
}

// Reading what the review process opened is asked for, not done at every letter: each search is noted.
async function look() {
  if (!filters.dataset.found || !wanted().q.trim()) return;
  const { search } = await import("./board/found.js");
  await search();
}

async function turn(on) {
  const { turnPictures } = await import("./board/pictures.js");
  turnPictures(on, onExchange);
}

if (body) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (filters.elements[name]) filters.elements[name].value = value;
  }
  filters.addEventListener("input", (event) => changed(event.target));
  filters.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  document.addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => sortBy(button));
  pictures?.addEventListener("click", () => turn(pictures.getAttribute("aria-pressed") !== "true"));
  filter();
  listen();
  performance.mark("board-ready");
  foldAhead();
}
