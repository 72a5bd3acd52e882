// Shows one question and reports each change of its answer. Runs in a world of its own: the question's own
// markup cannot see it, and the page's policy forbids every other script.
"use strict";
(() => {
  const MAX_TEXT = 100000;
  const LONG = 2000; // longer texts are sent at most every 200 ms
  let exam = null;
  let shown = null;
  let timer = 0;
  let waiting = null;

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };

  const hostile = (tag, html, name) => {
    const node = make(tag, { class: name });
    node.innerHTML = html; // scripts set this way never run; handlers are refused by the policy
    for (const bad of node.querySelectorAll("script,iframe,object,embed,form,link,meta,base,style,template")) bad.remove();
    for (const field of node.querySelectorAll("input,textarea,select,button,a,[tabindex],[autofocus],[contenteditable]")) {
      field.removeAttribute("autofocus");
      field.removeAttribute("contenteditable");
      field.setAttribute("tabindex", "-1");
      if (field.tagName !== "A") field.setAttribute("disabled", "");
      field.removeAttribute("href");
    }
    return node;
  };

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    if (waiting !== null) {
      exam.answer(waiting.id, JSON.stringify(waiting.value));
      waiting = null;
    }
  };

  const changed = (value) => {
    waiting = { id: shown.id, value };
    if (typeof value === "string" && value.length > LONG) {
      if (!timer) timer = setTimeout(send, 200);
    } else {
      send();
    }
  };

  const inputs = () => [...document.querySelectorAll("#senim-question .choice > input")];
  const picked = () => inputs().filter((i) => i.checked).map((i) => i.value);

  const choices = (q) => {
    const name = q.single ? q.labels.choose_one : q.labels.choose_several;
    const group = make("fieldset", { class: "choices" }, make("legend", {}, name));
    const chosen = new Set(Array.isArray(q.value) ? q.value : []);
    q.choices.forEach((choice, index) => {
      const input = make("input", {
        type: q.single ? "radio" : "checkbox", name: "answer", id: `choice-${index}`, value: choice.id,
      });
      input.checked = chosen.has(choice.id);
      const letter = make("span", { class: "letter", "aria-hidden": "true" }, String.fromCharCode(65 + (index % 26)));
      group.append(make("label", { class: "choice", for: `choice-${index}` }, input, letter, hostile("span", choice.html, "text")));
    });
    const clear = make("button", { type: "button", class: "clear", id: "choice-clear" }, q.labels.clear);
    clear.hidden = !q.single || chosen.size === 0;
    group.addEventListener("change", () => {
      const value = picked();
      clear.hidden = !q.single || value.length === 0;
      changed(value);
    });
    clear.addEventListener("click", () => {
      for (const input of inputs()) input.checked = false;
      clear.hidden = true;
      inputs()[0].focus();
      changed([]);
    });
    return [group, clear];
  };

  const text = (q) => {
    const long = q.kind === "essay";
    const field = long
      ? make("textarea", { id: "answer-text", rows: "12" })
      : make("input", { id: "answer-text", type: "text" });
    for (const [name, value] of Object.entries({
      autocomplete: "off", autocorrect: "off", spellcheck: "false", maxlength: long ? MAX_TEXT : 2000,
    })) field.setAttribute(name, value);
    field.value = typeof q.value === "string" ? q.value : "";
    field.addEventListener("input", () => changed(field.value));
    field.addEventListener("blur", send);
    return [make("label", { for: "answer-text", class: "field-name" }, q.labels.your_answer), field];
  };

  const look = (style) => {
    document.documentElement.style.colorScheme = style.scheme;
    for (const [name, value] of Object.entries(style)) document.documentElement.style.setProperty(`--${name}`, value);
  };

  const show = (json) => {
    send();
    const q = JSON.parse(json);
    const same = shown !== null && shown.id === q.id && !q.anew;
    document.documentElement.lang = q.language;
    look(q.style);
    if (same) return; // only the looks changed; what is being typed stays
    shown = q;
    const controls = q.kind === "description" || !q.text ? [] : q.choices.length ? choices(q) : text(q);
    const main = document.getElementById("senim-question");
    const heading = make("h1", { class: "heading" }, q.heading);
    main.replaceChildren(heading, hostile("div", q.html, "question"), ...controls);
    main.setAttribute("aria-label", q.heading);
    window.scrollTo(0, 0);
    if (q.focus) {
      const first = inputs().find((i) => i.checked) || inputs()[0] || document.getElementById("answer-text");
      if (first) first.focus({ preventScroll: true });
    }
    exam.drawn(q.id);
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches && event.target.matches("textarea, input[type=text]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = inputs();
    const number = /^[1-9]$/.test(event.key) ? Number(event.key) - 1
      : /^[a-z]$/i.test(event.key) ? event.key.toUpperCase().charCodeAt(0) - 65 : -1;
    if (number >= 0 && number < all.length) {
      event.preventDefault();
      all[number].focus();
      all[number].click();
    }
  });
  for (const stop of ["dragover", "drop", "contextmenu"]) {
    document.addEventListener(stop, (event) => event.preventDefault());
  }
  window.addEventListener("blur", () => exam && send());

  new QWebChannel(qt.webChannelTransport, (channel) => {
    exam = channel.objects.exam;
    exam.shown.connect(show);
    exam.flushed.connect(send);
    exam.ready();
  });
})();
