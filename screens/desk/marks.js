// Draw a text with the places of its proposals marked, and link both ways: a mark leads to its proposal, a proposal to its mark.

import { element } from "./element.js";
import { PASSAGE } from "./passage.js";

export class Marks {
  constructor(box, onSelect, onPoint) {
    this.box = box;
    this.onSelect = onSelect;
    this.onPoint = onPoint;
  }

  // Marks may overlap: the text is cut at every end of one, and each piece knows all marks that it lies in.
  draw(text, marks, items, fresh) {
    const status = new Map([[PASSAGE, PASSAGE], ...items.map((item) => [item.key, item.status])]);
    if (fresh) this.pieces = this.cut(text, marks);
    for (const piece of this.pieces) {
      const open = piece.keys.some((key) => !status.get(key));
      piece.node.classList?.toggle("open", open);
    }
  }

  cut(text, marks) {
    const letters = Array.from(text);   // marks count characters; the browser counts an emoji as two
    const ends = [...new Set([0, letters.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < ends.length; i += 1) {
      const inside = marks.filter(([start, end]) => start <= ends[i] && ends[i + 1] <= end);
      const shortest = [...inside].sort((a, b) => (a[1] - a[0]) - (b[1] - b[0]));
      const keys = shortest.map(([, , key]) => key);
      const words = letters.slice(ends[i], ends[i + 1]).join("");
      const node = keys.length ? element("mark", "", words) : document.createTextNode(words);
      if (keys.length) {
        node.onclick = () => this.onSelect(keys[0]);
        node.onmouseenter = () => this.onPoint(keys[0]);
        node.onmouseleave = () => this.onPoint(undefined);
      }
      pieces.push({ node, keys });
    }
    this.box.replaceChildren(...pieces.map((piece) => piece.node));
    return pieces.filter((piece) => piece.keys.length);
  }

  point(key, scroll) {
    if (scroll) this.chosen = key;
    let first;
    for (const { node, keys } of this.pieces) {
      const own = keys.includes(this.chosen);
      node.classList.toggle("chosen", own);
      node.classList.toggle("pointed", key !== this.chosen && keys.includes(key));
      first = first ?? (own ? node : undefined);
    }
    if (scroll && first) this.into(first);
  }

  // Only the text's own box moves, not the page.
  into(node) {
    const box = this.box.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    if (place.top < box.top + 20 || place.bottom > box.bottom - 20) this.box.scrollTop += place.top - box.top - box.height / 3;
  }
}
