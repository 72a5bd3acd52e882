// The text to send goes into the clipboard by a button; without scripts it can be selected in its field.

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = button.parentElement.querySelector("textarea");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // the browser does not let us: the text is selected, the keyboard copies it
    }
    button.querySelector("[role=status]").textContent = button.dataset.done;
  });
}
