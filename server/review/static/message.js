// The forms for messages: a ready phrase fills the fields of all languages, minutes are asked for only where they count.

for (const phrase of document.querySelectorAll("select[name=phrase]")) wire(phrase.form, phrase);

function wire(form, phrase) {
  const kind = form.elements.kind;
  const texts = [...form.querySelectorAll(".texts textarea")];
  const [first] = texts;
  const minutes = () => { form.querySelector(".minutes").hidden = kind.value !== "time_added"; };
  const complain = () => {
    const some = phrase.value || texts.some((text) => text.value.trim());
    first.setCustomValidity(some ? "" : form.querySelector(".texts").dataset.missing);
  };
  phrase.addEventListener("change", () => {
    const { dataset } = phrase.selectedOptions[0];
    for (const text of texts) text.value = dataset[text.lang] ?? "";
    if ([...kind.options].some((option) => option.value === dataset.kind)) kind.value = dataset.kind;
    minutes();
    complain();
  });
  kind.addEventListener("change", minutes);
  form.addEventListener("input", complain);
  // What was typed last counts: without its phrase an emptied field stays empty.
  form.addEventListener("submit", () => { if (texts.some((text) => text.value.trim())) phrase.value = ""; });
  minutes();
  complain();
}
