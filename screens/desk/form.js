// The form in which a proposal is corrected, or a tie added: words of a few, plain fields, and names that are searched as they are typed.

import { element } from "./element.js";
import { NameField, PlainField } from "./fields.js";
import { PassageField } from "./passage.js";

export class Form {
  constructor(item, labels, acts) {
    this.key = item.key;
    this.labels = labels;
    this.acts = acts;
    this.seq = 0;
    this.box = element("form", "desk-form");
    this.first = this.made(item.first ?? item.fields);
    this.fields = this.first;
    const save = element("button", "accept", labels.save);
    const leave = element("button", "", labels.cancel);
    leave.type = "button";
    leave.onclick = () => acts.leave();
    this.problem = element("p", "desk-problem");
    this.row = element("div", "desk-buttons");
    this.row.append(save, leave);
    this.box.append(...this.first.map((field) => field.row), this.problem, this.row);
    if (item.first) this.followKind(item.fields);
    for (const { row } of item.first ? this.first : []) row.classList.add("wide");
    this.box.onsubmit = (event) => { event.preventDefault(); this.save(); };
    this.box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") { event.preventDefault(); acts.leave(); }
    });
  }

  made(fields) {
    const kinds = { name: NameField, passage: PassageField };
    return fields.map((field) => new (kinds[field.type] ?? PlainField)(field, this));
  }

  // What is asked of a tie depends on its kind; what was entered stays where the other kind asks it too. The list of kinds is not drawn
  // anew: a person may still be typing the name of one.
  followKind(byKind) {
    const kind = this.first.find((field) => field.name === "what").input;
    const follow = () => {
      const before = new Map(this.fields.map((field) => [field.name, field]));
      const asked = this.made(byKind[kind.value]);
      for (const field of asked) field.keep(before.get(field.name));
      for (const field of this.fields.slice(this.first.length)) field.row.remove();
      this.problem.before(...asked.map((field) => field.row));
      this.fields = [...this.first, ...asked];
    };
    follow();
    kind.onchange = follow;
  }

  focus() { this.fields[0]?.input.focus(); this.fields[0]?.input.select?.(); }

  save() { this.acts.save(Object.fromEntries(this.fields.map((field) => [field.name, field.value()]))); }

  answer(hits, problem) {
    this.problem.textContent = problem || "";
    const asking = this.fields.find((field) => field.asked && field.asked === hits?.number);
    asking?.offer(hits.found);
  }
}
