// The forms that ask for a reason: own words are asked for only where no ready reason is chosen.

for (const prepared of document.querySelectorAll("select[name=prepared]")) {
  const own = prepared.form.elements.reason;
  const show = () => {
    const asked = prepared.value === "own";
    own.closest(".own-words").hidden = !asked;
    own.disabled = !asked;
    own.required = asked;
  };
  prepared.addEventListener("change", () => { show(); if (!own.disabled) own.focus(); });
  show();
}
