// What every module of the session page needs: its data, its words, addresses of media, times of day.

export const data = JSON.parse(document.getElementById("page-data").textContent);
export const words = data.words;

const ZONE_MS = 5 * 3600 * 1000; // UTC+5, the one time zone of Kazakhstan, as the rest of the page writes it

export function $(id) { return document.getElementById(id); }

// Every request names this opening of the page: it is what the audit chain notes.
export function media(path) { return `/sessions/${data.session}/media/${path}${path === "index" || path === "track" ? `?view=${data.view}` : ""}`; }

const here = (ms) => new Date(Math.floor(ms + ZONE_MS + 0.001)).toISOString(); // a frame's time is no round number

export function clockAt(zero, seconds, digits = 0) {
  return here(zero + seconds * 1000).slice(11, digits ? 20 + digits : 19);
}

// Day and minute by the same clock: at midnight the day is another one than in UTC.
export function dayAndMinute(ms) { return here(ms).slice(0, 16).replace("T", " "); }

export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 0.001));
  const pad = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A sentence whose form depends on a number.
export function counted(entry, n) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(n);
  return filled(entry[form] || entry.other || entry.many, { n });
}
