// Say which passage of the text a person means: what they marked in it, or a sentence that they begin to write.
// Places are counted in characters, as Python counts them; the browser's own offsets count an emoji as two.

import { NameField } from "./fields.js";

export const PASSAGE = "…passage";
const MOST = 6;

const characters = (text) => Array.from(text).length;
const onOneLine = (text) => text.replace(/\s+/g, " ").trim();

// What is marked within a box; undefined where nothing is. A selection inside a component is told in three ways, one for each engine.
export function marked(box) {
  const root = box.getRootNode();
  const selection = (root.getSelection ? root : document).getSelection();
  const range = selection?.getComposedRanges?.({ shadowRoots: [root] })[0] ?? (selection?.rangeCount ? selection.getRangeAt(0) : undefined);
  if (!range || range.collapsed || !box.contains(range.startContainer) || !box.contains(range.endContainer)) return undefined;
  const upTo = (node, offset) => {
    const before = document.createRange();
    before.selectNodeContents(box);
    before.setEnd(node, offset);
    return before.toString();
  };
  const whole = upTo(range.endContainer, range.endOffset);
  const before = upTo(range.startContainer, range.startOffset);
  const text = whole.slice(before.length);
  if (!text.trim()) return undefined;
  const start = characters(before) + characters(text) - characters(text.trimStart());
  return { text: onOneLine(text), span: [start, start + characters(text.trim())] };
}

export class PassageField extends NameField {
  constructor(field, form) {
    super({ ...field, text: "", kinds: [] }, form);
    this.input.placeholder = field.hint;
    this.sentences = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(form.acts.text())].flatMap(({ segment, index }) => {
      const start = characters(form.acts.text().slice(0, index)) + characters(segment) - characters(segment.trimStart());
      const text = onOneLine(segment);
      return text ? [{ text, name: text, span: [start, start + characters(segment.trim())] }] : [];
    });
  }

  typed() {
    const typed = onOneLine(this.input.value).toLowerCase();
    this.take({ text: this.input.value, span: undefined });
    this.offer(typed ? this.sentences.filter(({ text }) => text.toLowerCase().includes(typed)).slice(0, MOST) : []);
  }

  choose(index) {
    this.take(this.found[index]);
    this.offer([]);
  }

  // What was marked, chosen or written; it is shown in the text where its place is known.
  take({ text, span }) {
    if (this.input.value !== text) this.input.value = text;
    this.span = span;
    this.form.acts.point(span);
  }

  value() { return { text: this.input.value.trim(), span: this.span }; }
}
