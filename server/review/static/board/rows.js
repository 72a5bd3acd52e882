// The board's rows at hand: which of them are shown, in which order, and how changed ones take their place.

export const body = document.getElementById("session-rows");
export const filters = document.getElementById("filters");
const NUMBERS = new Set(["claimed", "proof", "flags"]);
const STATES = ["running", "preparing", "sending", "handed_in", "closed"];
const AT_ONCE = 50; // rows exchanged in one task
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
const texts = new WeakMap();
const known = new Map([...(body?.rows ?? [])].map((row) => [row.dataset.session, row]));
const changed = []; // who wants to know of rows that were exchanged
let sorted = { key: "", down: false };
let found = new Map(); // session -> what the server found in it for the words that stand in the field

export function rows() { return [...body.rows]; }

export function count() { return known.size; }

export function onExchange(told) { changed.push(told); }

export function fold(text) { return text.normalize("NFC").toLocaleLowerCase(document.documentElement.lang); }

export function wanted() { return Object.fromEntries(new FormData(filters)); }

// What can be searched in a row, folded once: rows are replaced when they change.
function textOf(row) {
  if (!texts.has(row)) texts.set(row, fold(row.textContent));
  return texts.get(row);
}

// Done beforehand while nothing else is to be done, so that the first letter typed finds the rows folded.
export function foldAhead(from = 0) {
  requestIdleCallback((left) => {
    let place = from;
    while (place < body.rows.length && left.timeRemaining() > 1) textOf(body.rows[place++]);
    if (place < body.rows.length) foldAhead(place);
  });
}

function fits(row, want) {
  if (want.q && !found.has(row.dataset.session) && !textOf(row).includes(want.q)) return false;
  if (want.state && row.dataset.state !== want.state) return false;
  if (want.verdict && row.dataset.verdict !== want.verdict) return false;
  if (want.flags === "any") return Number(row.dataset.flags) > 0;
  return !want.flags || row.dataset.kinds.split(" ").includes(want.flags);
}

function asked() {
  const want = wanted();
  return { ...want, q: fold(want.q.trim()) };
}

export function filter() {
  const want = asked();
  let shown = 0;
  for (const row of body.rows) {
    const hidden = !fits(row, want);
    if (row.hidden !== hidden) row.hidden = hidden;
    if (!hidden) shown += 1;
  }
  const told = document.getElementById("shown");
  told.textContent = told.dataset.shown.replace("{shown}", shown).replace("{all}", known.size);
}

// What the server found stays beside the row until other words are looked for.
export function showFound(entries) {
  for (const session of found.keys()) known.get(session)?.querySelector(".found-here")?.remove();
  found = new Map(entries.map((entry) => [entry.id, entry]));
  for (const session of found.keys()) note(session);
  filter();
}

function note(session) {
  const row = known.get(session);
  if (!row || !found.has(session)) return;
  textOf(row); // folded before the note stands in it
  const line = document.createElement("small");
  line.className = "found-here";
  line.textContent = found.get(session).said; // hostile text: never as markup
  row.cells[0].append(line);
}

function compare(key, a, b) {
  const [left, right] = [a.dataset[key] ?? "", b.dataset[key] ?? ""];
  if (NUMBERS.has(key)) return Number(left) - Number(right);
  if (key === "state") return STATES.indexOf(left) - STATES.indexOf(right);
  return collator.compare(left, right);
}

// Only rows that stand elsewhere are moved.
function sort() {
  if (!sorted.key) return;
  const turn = sorted.down ? -1 : 1;
  const focused = document.activeElement;
  let place = body.firstElementChild;
  for (const row of rows().sort((a, b) => turn * compare(sorted.key, a, b))) {
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
  }
  if (body.contains(focused)) focused.focus({ preventScroll: true });
}

export function sortBy(button) {
  sorted = { key: button.dataset.sort, down: sorted.key === button.dataset.sort && !sorted.down };
  for (const other of document.querySelectorAll("[data-sort]")) {
    const mine = other === button;
    other.closest("th").setAttribute("aria-sort", mine ? (sorted.down ? "descending" : "ascending") : "none");
  }
  sort();
}

// Only changed rows are exchanged, some at a time: hundreds at once would hold the page up.
export async function take(entries) {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    if (from) await new Promise((done) => { setTimeout(done); });
    exchange(entries.slice(from, from + AT_ONCE));
  }
  sort();
  filter();
}

// The focus stays where it was.
function exchange(entries) {
  const holder = document.createElement("template");
  holder.innerHTML = `<table><tbody>${entries.map(({ html }) => html).join("")}</tbody></table>`; // escaped by the server
  const exchanged = [...holder.content.querySelectorAll("tr")];
  const want = asked();
  for (const fresh of exchanged) {
    const session = fresh.dataset.session;
    const old = known.get(session);
    const focused = old?.contains(document.activeElement);
    if (old) old.replaceWith(fresh); else body.append(fresh);
    known.set(session, fresh);
    note(session);
    fresh.hidden = !fits(fresh, want);
    if (focused) fresh.querySelector("a")?.focus({ preventScroll: true });
  }
  for (const told of changed) told(exchanged);
}
