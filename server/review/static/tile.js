// The drawing over the small pictures: the server makes it of who looks and its own time, anew each minute.

const MINUTE_MS = 60000;

export function renewTile() {
  const address = `/watermark.svg?${Math.floor(Date.now() / MINUTE_MS)}`;
  document.documentElement.style.setProperty("--watermark", `url("${address}")`);
}
