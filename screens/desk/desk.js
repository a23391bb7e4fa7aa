// Host the review desk in a Streamlit component: the text with its marks on the left, what it proposes on the right, all of it by keyboard.
// Data come from screens/desk/items.py. Events go back in a numbered outbox, as from the canvas: Streamlit's triggers lose some.

import { Marks } from "./marks.js";
import { Form } from "./form.js";
import { PASSAGE, marked } from "./passage.js";
import { element } from "./element.js";

const LIVE = new WeakMap();
const ADD = "…add";
const OUTBOX = 250;   // more than a person decides while one page is drawn

class Desk {
  constructor(root, data) {
    this.host = root.querySelector(".desk");
    this.text = root.querySelector(".desk-text");
    this.adding = root.querySelector(".desk-add");
    this.list = root.querySelector(".desk-list");
    this.done = root.querySelector(".desk-done");
    this.problem = root.querySelector(".desk-side > .desk-problem");
    this.live = root.querySelector(".desk-live");
    this.help = root.querySelector(".desk-help");
    this.id = crypto.getRandomValues(new Uint32Array(1))[0];
    this.seq = 0;
    this.outbox = [];
    this.pending = new Map();   // what was decided here and is not yet told back: by key, [number of the event, status]
    this.marks = new Marks(this.text, (key) => this.clicked(key), (key) => this.point(key));
    this.host.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("mouseup", () => this.takeMarked());
    this.patch(data);
  }

  patch(data) {
    const fresh = data.view !== this.view;
    this.data = data;
    this.view = data.view;
    this.keepPending(data);
    if (fresh) { this.end(); this.selected = undefined; this.unfolded = false; }
    this.drawMarks(fresh);
    if (!this.shown().some((item) => item.key === this.selected)) this.selected = this.next();
    const saved = this.editing && (this.editing.key === ADD ? data.added === this.editing.number : this.item(this.editing.key)?.status);
    if (saved) this.end();
    this.say(data.problem || data.said);
    if (this.editing) {   // what a person is typing into is not drawn anew
      this.editing.answer(data.hits, data.problem);
      return;
    }
    this.problem.textContent = data.problem || data.said || "";
    this.problem.classList.toggle("quiet", !data.problem);
    this.draw();
    if (fresh || saved) this.host.focus({ preventScroll: true });
  }

  // A decision stands on screen at once; what comes back from before it was written does not take it away again.
  keepPending(data) {
    const seen = data.seen?.[String(this.id)] ?? 0;
    this.outbox = this.outbox.filter((event) => event.seq > seen);
    for (const [key, [number, status]] of this.pending) {
      if (number <= seen) this.pending.delete(key);
      else if (this.item(key)) this.item(key).status = status;
    }
  }

  open() { return this.data.items.filter((item) => !item.status); }
  decided() { return this.data.items.filter((item) => item.status); }
  item(key) { return this.data.items.find((item) => item.key === key); }
  shown() { return this.unfolded ? [...this.open(), ...this.decided()] : this.open(); }

  // The item that follows the one that was selected, in the order of the list; at its end the last.
  next() {
    const order = this.data.items.map((item) => item.key);
    const at = order.indexOf(this.selected);
    const open = this.open();
    return (open.find((item) => order.indexOf(item.key) > at) ?? open[open.length - 1])?.key;
  }

  // -- what is drawn

  draw() {
    const parts = [];
    let group;
    for (const item of this.open()) {
      if (item.group !== group) parts.push(element("div", "desk-group", item.groupTitle));
      group = item.group;
      parts.push(this.card(item));
    }
    if (!parts.length) parts.push(element("p", "desk-empty", this.data.labels.nothing));
    this.list.replaceChildren(...parts);
    this.drawAdd();
    this.drawDone();
    this.help.hidden = !this.helping;
    this.help.replaceChildren(...this.data.labels.keys.map(([key, text]) => {
      const row = element("div");
      row.append(element("kbd", "", key), element("span", "", text));
      return row;
    }));
    this.host.dataset.open = String(this.open().length);
    this.host.dataset.selected = this.selected ?? "";
    this.host.dataset.ready = "1";
    this.show();
  }

  drawMarks(fresh) {
    const marks = this.passage ? [...this.data.marks, [...this.passage, PASSAGE]] : this.data.marks;
    const drawn = JSON.stringify(marks);
    this.marks.draw(this.data.text, marks, this.data.items, fresh || drawn !== this.drawn);
    this.drawn = drawn;
  }

  drawAdd() {
    if (this.editing?.key === ADD) { this.adding.replaceChildren(this.editing.box); return; }
    const button = element("button", "", this.data.labels.add);
    button.type = "button";
    button.title = "n";
    button.onmousedown = (event) => event.preventDefault();   // what is marked in the text stays marked
    button.onclick = () => this.add();
    this.adding.replaceChildren(button);
  }

  drawDone() {
    const count = this.decided().length;
    const button = element("button", "desk-fold", this.data.labels.decided[count]);
    button.type = "button";
    button.setAttribute("aria-expanded", String(Boolean(this.unfolded)));
    button.onclick = () => this.fold();
    const rows = this.unfolded ? this.decided().map((item) => this.card(item)) : [];
    this.done.replaceChildren(...(count ? [button, ...rows] : []));
  }

  card(item) {
    const card = element("div", `desk-card${item.status ? ` ${item.status}` : ""}`);
    card.id = `item-${this.data.items.indexOf(item)}`;
    card.dataset.key = item.key;
    card.setAttribute("role", "option");
    card.append(element("div", "desk-title", item.title));
    const detail = element("div", "desk-detail", item.detail);
    for (const mark of item.signs) detail.append(element("span", "desk-sign", mark));
    card.append(detail);
    card.onclick = (event) => { if (!event.target.closest("button, form")) this.select(item.key); };
    card.onmouseenter = () => this.point(item.key);
    card.onmouseleave = () => this.point(this.selected);
    if (this.editing?.key === item.key) card.append(this.editing.box);
    else card.append(this.buttons(item));
    return card;
  }

  buttons(item) {
    const row = element("div", "desk-buttons");
    const acts = item.status ? [["back", "u"]] : [["accept", "a"], ["correct", "c"], ["reject", "r"]];
    for (const [act, key] of acts) {
      const button = element("button", act, this.data.labels[act]);
      button.type = "button";
      button.title = key;
      button.tabIndex = -1;
      button.onclick = () => { this.select(item.key); this.act(act); };
      row.append(button);
    }
    if (item.status) row.prepend(element("span", "desk-by", item.by));
    return row;
  }

  show() {
    const current = this.item(this.selected);
    for (const card of this.host.querySelectorAll(".desk-card")) {
      const own = card.dataset.key === this.selected;
      card.classList.toggle("selected", own);
      card.setAttribute("aria-selected", String(own));
      if (own) {
        card.scrollIntoView({ block: "nearest" });
        this.host.setAttribute("aria-activedescendant", card.id);
      }
    }
    this.marks.point(this.passage ? PASSAGE : current?.key, true);
  }

  point(key) {
    this.marks.point(key, false);
    for (const card of this.host.querySelectorAll(".desk-card")) card.classList.toggle("pointed", card.dataset.key === key && key !== this.selected);
  }

  say(text) {
    if (text && text !== this.live.textContent) this.live.textContent = text;
  }

  // -- what a person does

  emit(type, more) {
    this.outbox = [...this.outbox, { seq: ++this.seq, type, ...more }].slice(-OUTBOX);
    this.send("outbox", { id: this.id, events: this.outbox });
  }

  select(key) {
    if (this.editing && this.editing.key !== key) this.leave();
    this.selected = key;
    this.draw();
    this.host.focus({ preventScroll: true });
  }

  move(step) {
    const shown = this.shown();
    const at = shown.findIndex((item) => item.key === this.selected);
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    if (next) this.select(next.key);
  }

  fold() {
    this.unfolded = !this.unfolded;
    if (this.unfolded && this.decided().length) this.selected = this.decided()[0].key;
    else if (this.item(this.selected)?.status) this.selected = this.next();
    this.draw();
    this.host.focus({ preventScroll: true });
  }

  act(what) {
    const item = this.item(this.selected);
    if (!item || Boolean(item.status) !== (what === "back")) return;
    if (what === "correct") { this.edit(item); return; }
    this.emit(what, { key: item.key });
    this.pend([item], { accept: "accepted", reject: "rejected", back: "" }[what]);
  }

  acceptGroup() {
    const group = this.item(this.selected)?.group;
    const items = this.open().filter((item) => item.group === group);
    if (!items.length) return;
    this.emit("accept_all", { keys: items.map((item) => item.key) });
    this.pend(items, "accepted");
  }

  pend(items, status) {
    for (const item of items) {
      item.status = status;
      item.by = "…";
      this.pending.set(item.key, [this.seq, status]);
    }
    if (!this.shown().some((item) => item.key === this.selected)) this.selected = this.next();
    this.drawMarks(false);
    this.draw();
  }

  edit(item) {
    this.editing = new Form(item, this.data.labels, {
      search: (text, kinds, seq) => this.emit("search", { text, kinds, number: seq }),
      save: (values) => this.emit("correct", { key: item.key, values }),
      leave: () => this.leave(),
    });
    this.draw();
    this.editing.focus();
  }

  // A tie that the text states and that was not proposed; what is marked in the text is its passage.
  add() {
    const passage = marked(this.text);
    const { first, fields } = this.data.adding;
    this.editing = new Form({ key: ADD, first, fields }, this.data.labels, {
      text: () => this.data.text,
      point: (span) => this.pointAt(span),
      search: (text, kinds, seq) => this.emit("search", { text, kinds, number: seq }),
      save: (values) => {
        this.editing.number = `${this.id}-${this.seq + 1}`;
        this.emit("add", { number: this.editing.number, values });
      },
      leave: () => this.leave(),
    });
    this.draw();
    if (passage) this.editing.first[0].take(passage);
    this.editing.fields[passage ? 1 : 0].input.focus();
  }

  pointAt(span) {
    this.passage = span;
    this.drawMarks(false);
    if (span) this.marks.point(PASSAGE, true);
  }

  // While a tie is added, what is marked in the text is its passage, and a click there leads to no other proposal.
  takeMarked() {
    const passage = this.editing?.key === ADD && marked(this.text);
    if (passage) this.editing.first[0].take(passage);
  }

  clicked(key) {
    if (this.editing?.key !== ADD && !marked(this.text)) this.select(key);
  }

  end() {
    this.editing = undefined;
    this.passage = undefined;
  }

  leave() {
    this.end();
    this.drawMarks(false);
    this.draw();
    this.host.focus({ preventScroll: true });
  }

  key(event) {
    const path = event.composedPath()[0];
    if (path.closest?.("form")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const todo = {
      j: () => this.move(1), ArrowDown: () => this.move(1), k: () => this.move(-1), ArrowUp: () => this.move(-1),
      a: () => this.act("accept"), r: () => this.act("reject"), c: () => this.act("correct"), Enter: () => this.act("correct"),
      A: () => this.acceptGroup(), n: () => this.add(),
      u: () => this.item(this.selected)?.status ? this.act("back") : this.emit("undo", {}),
      d: () => this.fold(), p: () => this.emit("picture", {}), "?": () => { this.helping = !this.helping; this.draw(); },
    }[event.key];
    if (path.closest?.("button") && (event.key === "Enter" || event.key === " ")) return;
    if (!todo) return;
    todo();
    event.preventDefault();
    event.stopPropagation();   // Streamlit's own shortcuts must not fire from here
  }
}

export default function ({ data, parentElement, setStateValue }) {
  let desk = LIVE.get(parentElement);
  if (desk) {
    desk.send = setStateValue;
    desk.patch(data);
  } else {
    desk = new Desk(parentElement, data);
    desk.send = setStateValue;
    LIVE.set(parentElement, desk);
  }
  // Nothing to let go of: a desk ends with its place. Streamlit also lets go of a call that a newer one has overtaken.
}
