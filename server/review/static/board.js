// The exam board: filters, search, sorting and keys work on the rows at hand; what changes comes by server-sent events.

const body = document.getElementById("session-rows");
const state = document.getElementById("board-state");
const filters = document.getElementById("filters");
const NUMBERS = new Set(["claimed", "proof", "flags"]);
const STATES = ["running", "preparing", "sending", "handed_in", "closed"];
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
const texts = new WeakMap();
let sorted = { key: "", down: false };

function rows() { return [...body.rows]; }

function fold(text) { return text.normalize("NFC").toLocaleLowerCase(document.documentElement.lang); }

function wanted() { return Object.fromEntries(new FormData(filters)); }

// What can be searched in a row, folded once: rows are replaced when they change.
function textOf(row) {
  if (!texts.has(row)) texts.set(row, fold(row.textContent));
  return texts.get(row);
}

function fits(row, want) {
  if (want.q && !textOf(row).includes(want.q)) return false;
  if (want.state && row.dataset.state !== want.state) return false;
  if (want.verdict && row.dataset.verdict !== want.verdict) return false;
  if (want.flags === "any") return Number(row.dataset.flags) > 0;
  return !want.flags || row.dataset.kinds.split(" ").includes(want.flags);
}

function filter() {
  const want = wanted();
  want.q = fold(want.q.trim());
  let shown = 0;
  for (const row of rows()) {
    const hidden = !fits(row, want);
    if (row.hidden !== hidden) row.hidden = hidden;
    if (!hidden) shown += 1;
  }
  const told = document.getElementById("shown");
  const sentence = told.dataset.shown;
  told.textContent = sentence.replace("{shown}", shown).replace("{all}", body.rows.length);
}

// The chosen filters stand in the address: a reload or a link shows the same rows.
function remember() {
  const chosen = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value));
  history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
}

function compare(key, a, b) {
  const [left, right] = [a.dataset[key] ?? "", b.dataset[key] ?? ""];
  if (NUMBERS.has(key)) return Number(left) - Number(right);
  if (key === "state") return STATES.indexOf(left) - STATES.indexOf(right);
  return collator.compare(left, right);
}

function sort() {
  if (!sorted.key) return;
  const turn = sorted.down ? -1 : 1;
  const focused = document.activeElement;
  body.append(...rows().sort((a, b) => turn * compare(sorted.key, a, b)));
  if (body.contains(focused)) focused.focus({ preventScroll: true });
}

function sortBy(button) {
  sorted = { key: button.dataset.sort, down: sorted.key === button.dataset.sort && !sorted.down };
  for (const other of document.querySelectorAll("[data-sort]")) {
    const mine = other === button;
    other.closest("th").setAttribute("aria-sort", mine ? (sorted.down ? "descending" : "ascending") : "none");
  }
  sort();
}

// Only changed rows are exchanged; the focus stays where it was.
function take(changed) {
  const holder = document.createElement("template");
  for (const { id, html } of changed) {
    holder.innerHTML = `<table><tbody>${html}</tbody></table>`; // escaped by the server, from our own origin
    const fresh = holder.content.querySelector("tr");
    const old = rows().find((row) => row.dataset.session === id);
    const focused = old?.contains(document.activeElement);
    if (old) old.replaceWith(fresh); else body.append(fresh);
    if (focused) fresh.querySelector("a")?.focus({ preventScroll: true });
  }
  sort();
  filter();
}

function listen() {
  const source = new EventSource(body.dataset.events);
  source.addEventListener("begin", (event) => {
    state.textContent = state.dataset.fresh;
    if (Number(event.data) !== body.rows.length || listen.again) refresh();
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
    const holder = document.createElement("template");
    holder.innerHTML = `<table><tbody>${await response.text()}</tbody></table>`;
    take([...holder.content.querySelectorAll("tr")].map((row) => ({ id: row.dataset.session, html: row.outerHTML })));
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
  if (event.key === "Escape" && typing?.id === "find") { typing.value = ""; filter(); remember(); typing.blur(); return; }
  if (typing) return;
  const action = { "/": () => document.getElementById("find").focus(), j: () => step(1), k: () => step(-1) }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

if (body) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (filters.elements[name]) filters.elements[name].value = value;
  }
  filters.addEventListener("input", () => { filter(); remember(); });
  filters.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => sortBy(button));
  filter();
  listen();
  performance.mark("board-ready");
}
