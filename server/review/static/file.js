// A field for a file speaks the language of the page: the browser's own words are in the browser's.

for (const input of document.querySelectorAll("input[type=file][data-choose]")) {
  const box = part("div", "file");
  const name = part("span", "name");
  const choose = part("span", "button", input.dataset.choose);
  const show = () => { name.textContent = input.files[0]?.name ?? input.dataset.none; };
  for (const shown of [choose, name]) shown.ariaHidden = "true"; // the field itself is read out
  input.before(box);
  box.append(choose, name, input);
  input.addEventListener("change", show);
  show();
}

function part(kind, look, words = "") {
  const made = document.createElement(kind);
  made.className = look;
  made.textContent = words;
  return made;
}
