// The fields of a form: a word of a few or plain text, and a name that is searched as it is typed.

import { element } from "./element.js";

const PAUSE_MS = 120;

export class PlainField {
  constructor({ name, label, value, choices, hint }) {
    this.name = name;
    this.row = element("label", "desk-field");
    this.input = element(choices ? "select" : "input");
    if (choices) this.input.append(...choices.map(([word, text]) => Object.assign(element("option", "", text), { value: word })));
    this.input.value = value;
    if (!choices) this.input.placeholder = hint || "";
    this.row.append(element("span", "", label), this.input);
  }

  keep(before) {
    const said = before?.input.value;
    if (said && (this.input.tagName !== "SELECT" || [...this.input.options].some(({ value }) => value === said))) this.input.value = said;
  }

  value() { return this.input.value.trim(); }
}

export class NameField {
  constructor({ name, label, value, text, kinds }, form) {
    Object.assign(this, { name, kinds, form, chosen: value });
    this.row = element("label", "desk-field");
    this.input = element("input");
    this.input.value = text;
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.autocomplete = "off";
    this.hits = element("div", "desk-hits");
    this.hits.setAttribute("role", "listbox");
    this.row.append(element("span", "", label), this.input, this.hits);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.offer([]), 150));
  }

  typed() {
    this.chosen = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.form.seq += 1;
      this.asked = this.form.seq;
      this.form.acts.search(this.input.value, this.kinds, this.asked);
    }, PAUSE_MS);
  }

  offer(found) {
    this.found = found;
    this.at = found.length ? 0 : -1;
    this.hits.replaceChildren(...found.map(({ text }, index) => {
      const row = element("div", "desk-hit", text);
      row.setAttribute("role", "option");
      row.onmousedown = (event) => { event.preventDefault(); this.choose(index); };
      return row;
    }));
    this.light();
  }

  light() {
    [...this.hits.children].forEach((row, index) => { row.classList.toggle("chosen", index === this.at); row.setAttribute("aria-selected", String(index === this.at)); });
    this.input.setAttribute("aria-expanded", String(this.hits.children.length > 0));
  }

  key(event) {
    const count = this.found?.length ?? 0;
    if (!count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.light();
    } else if (event.key === "Enter") this.choose(this.at);
    else if (event.key === "Escape") this.offer([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(index) {
    const hit = this.found[index];
    this.chosen = hit.id;
    this.input.value = hit.name;
    this.offer([]);
  }

  keep(before) {
    if (before) [this.input.value, this.chosen] = [before.input.value, before.chosen];
  }

  value() { return { id: this.chosen, text: this.input.value.trim() }; }
}
