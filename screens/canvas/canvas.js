// Host one vis-network in a Streamlit component and patch it on every rerun, so that nothing that is shown moves.
// Data come from graph/render/screen.py. Events go back in a numbered outbox: Streamlit's triggers lose some.

import { CUSTOM } from "./shapes.js";
import { Labels } from "./labels.js";

const LIVE = new WeakMap();
const OUTBOX = 25;
const SECOND_CLICK_MS = 220;

function variable(element, name, fallback) {
  return getComputedStyle(element).getPropertyValue(name).trim() || fallback;
}

class Canvas {
  constructor(root, data) {
    this.host = root.querySelector(".ponte-host");
    this.live = root.querySelector(".ponte-live");
    this.legend = root.querySelector(".ponte-legend");
    this.id = crypto.getRandomValues(new Uint32Array(1))[0];
    this.seq = 0;
    this.outbox = [];
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.labels = new Labels(70);
    this.network = new vis.Network(this.host, { nodes: this.nodes, edges: this.edges }, this.options(data));
    this.fill(data);
    this.network.on("afterDrawing", (ctx) => this.drawLabels(ctx));
    this.bindMouse();
    this.bindKeys();
    this.fitWhenSized();
    root.querySelector(".ponte-fit").onclick = () => this.fit();
  }

  options(data) {
    const { maxLabels, ...options } = data.options;
    this.labels.limit = data.maxLabels ?? maxLabels ?? 70;
    return { ...options, nodes: { ...options.nodes, font: { size: 0 } }, interaction: { ...options.interaction, keyboard: false } };
  }

  // -- data

  fill(data) {
    this.view = data.view;
    this.nodes.clear();
    this.edges.clear();
    this.nodes.add(data.nodes.map(nodeOf));
    this.edges.add(data.edges);
    this.after(data);
  }

  patch(data) {
    if (data.view !== this.view) {
      this.fill(data);
      this.fit();
      return;
    }
    const keep = new Set(data.nodes.map((node) => node.id));
    const keepEdges = new Set(data.edges.map((edge) => edge.id));
    this.edges.remove(this.edges.getIds().filter((id) => !keepEdges.has(id)));
    this.nodes.remove(this.nodes.getIds().filter((id) => !keep.has(id)));
    const added = data.nodes.filter((node) => !this.nodes.get(node.id));
    const settled = data.moved || {};
    for (const node of data.nodes) {
      const old = this.nodes.get(node.id);
      if (!old) continue;
      const next = nodeOf(node);
      if (!(node.id in settled) && JSON.stringify(old) === JSON.stringify(next)) continue;
      this.nodes.update(next);
    }
    this.nodes.add(added.map(nodeOf));
    this.edges.update(data.edges.filter((edge) => JSON.stringify(this.edges.get(edge.id)) !== JSON.stringify(edge)));
    this.after(data);
    if (added.length) this.network.fit({ animation: { duration: 350, easingFunction: "easeInOutQuad" } });
  }

  after(data) {
    this.data = data;
    this.showLabels = data.labels !== false;
    this.host.setAttribute("aria-label", data.aria);
    this.legend.replaceChildren(...data.legend.map(legendEntry));
    this.host.dataset.ready = "1";
    this.host.dataset.nodes = String(data.nodes.length);
    const selected = data.selected && this.nodes.get(data.selected) ? [data.selected] : [];
    if (String(this.network.getSelectedNodes()) !== String(selected)) this.network.selectNodes(selected);
    this.dirty = true;
    this.network.redraw();
  }

  // -- names

  drawLabels(ctx) {
    if (!this.showLabels) return;
    const scale = this.network.getScale();
    const px = Math.max(13 / scale, 9);
    const font = variable(this.host, "--st-font", "sans-serif");
    const ink = variable(this.host, "--st-text-color", "#222");
    const ground = variable(this.host, "--st-background-color", "#fff");
    const view = this.network.getViewPosition();
    const selected = this.network.getSelectedNodes();
    const sign = [scale, view.x, view.y, selected, this.hovered, this.host.clientWidth, this.host.clientHeight].join("|");
    if (this.dirty || (sign !== this.sign && !this.moving)) {
      this.labels.place(ctx, this.visible(selected), px, font);
      this.sign = sign;
      this.dirty = false;
      this.host.dataset.labels = String(this.labels.placed.length);
    }
    this.labels.draw(ctx, px, font, ink, ground);
  }

  visible(selected) {
    const topLeft = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const bottomRight = this.network.DOMtoCanvas({ x: this.host.clientWidth, y: this.host.clientHeight });
    const near = new Set(selected.flatMap((id) => this.network.getConnectedNodes(id)));
    const things = [];
    for (const node of this.nodes.get()) {
      const at = this.network.getPosition(node.id);
      if (at.x < topLeft.x || at.x > bottomRight.x || at.y < topLeft.y || at.y > bottomRight.y) continue;
      const bold = node.focus || selected.includes(node.id) || node.id === this.hovered;
      const rank = node.rank + (selected.includes(node.id) || node.id === this.hovered ? 1e6 : near.has(node.id) ? 1e5 : 0);
      things.push({ id: node.id, x: at.x, y: at.y, r: node.size, lines: node.lines?.length ? node.lines : [node.name], bold, rank });
    }
    return things;
  }

  // -- what a person does

  emit(type, more) {
    this.outbox = [...this.outbox, { seq: ++this.seq, type, ...more }].slice(-OUTBOX);
    this.send("outbox", { id: this.id, events: this.outbox });
  }

  bindMouse() {
    let waiting = null;
    this.network.on("click", (event) => {
      clearTimeout(waiting);
      const [node] = event.nodes;
      const [edge] = event.edges;
      if (node !== undefined) waiting = setTimeout(() => this.emit("select", { node }), SECOND_CLICK_MS);
      else if (edge !== undefined) this.emit("select_edge", { edge });
      else this.emit("clear", {});
    });
    this.network.on("doubleClick", (event) => {
      clearTimeout(waiting);
      if (event.nodes.length) this.emit("expand", { node: event.nodes[0] });
    });
    this.network.on("dragEnd", (event) => {
      this.settle();
      if (!event.nodes.length) return;
      const moved = {};
      for (const id of event.nodes) {
        const at = this.network.getPosition(id);
        moved[id] = [Math.round(at.x), Math.round(at.y)];
        this.nodes.update({ id, x: moved[id][0], y: moved[id][1] });
      }
      this.emit("moved", { moved });
    });
    this.network.on("hoverNode", (event) => { this.hovered = event.node; this.dirty = true; });
    this.network.on("blurNode", () => { this.hovered = undefined; this.dirty = true; });
    for (const name of ["dragging", "zoom"]) this.network.on(name, () => this.settle());
  }

  settle() {
    this.moving = true;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => { this.moving = false; this.network.redraw(); }, 120);
  }

  bindKeys() {
    this.host.tabIndex = 0;
    this.host.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const [current] = this.network.getSelectedNodes();
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const zoom = { "+": 1.25, "-": 0.8 }[event.key];
      if (step) this.walk(current, step);
      else if (zoom) this.network.moveTo({ scale: this.network.getScale() * zoom });
      else if (event.key === "0") this.fit();
      else if (event.key === "Escape") { this.network.unselectAll(); this.emit("clear", {}); }
      else if (event.key === "Enter" && current !== undefined) this.emit("select", { node: current });
      else if (event.key === "e" && current !== undefined) this.emit("expand", { node: current });
      else if (event.key === "h" && current !== undefined) this.emit("hide", { node: current });
      else if (event.key !== "r" && event.key !== "c") return;   // Streamlit's own shortcuts must not fire from here
      event.stopPropagation();
      event.preventDefault();
    });
  }

  walk(current, [dx, dy]) {
    const from = current === undefined ? this.network.getViewPosition() : this.network.getPosition(current);
    let best = null;
    for (const node of this.nodes.get()) {
      if (node.id === current) continue;
      const at = this.network.getPosition(node.id);
      const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
      const aside = Math.abs((at.y - from.y) * dx - (at.x - from.x) * dy);
      if (along <= 0 && current !== undefined) continue;
      const cost = Math.abs(along) + 2 * aside;
      if (!best || cost < best.cost) best = { cost, node };
    }
    if (!best) return;
    this.network.selectNodes([best.node.id]);
    this.network.moveTo({ position: this.network.getPosition(best.node.id) });
    this.live.textContent = best.node.title.replaceAll("\n", ", ");
    this.dirty = true;
  }

  fit() {
    this.network.fit({ animation: false });
    this.dirty = true;
  }

  // A hidden tab or a folded panel has no size yet: fit when it gets one.
  fitWhenSized() {
    let size = 0;
    this.observer = new ResizeObserver(() => {
      const next = this.host.clientWidth * this.host.clientHeight;
      if (!next || next === size) return;
      const first = !size;
      size = next;
      this.network.setSize("100%", "100%");
      this.network.redraw();
      if (first) this.fit();
      this.dirty = true;
    });
    this.observer.observe(this.host);
  }

  destroy() {
    this.observer.disconnect();
    clearTimeout(this.idle);
    this.network.destroy();
  }
}

function nodeOf(node) {
  const custom = CUSTOM[node.shape];
  return custom ? { ...node, shape: "custom", ctxRenderer: custom } : { ...node };   // vis-network shows titles as plain text
}

function legendEntry(entry) {
  const item = document.createElement("span");
  item.className = "ponte-entry";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 14");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const outline = OUTLINES[entry.shape];
  shape.setAttribute("d", outline ?? "M0 7H20");
  shape.setAttribute("fill", outline ? entry.fill : "none");
  shape.setAttribute("stroke", outline ? entry.border : entry.colour);
  shape.setAttribute("stroke-width", outline ? "1" : String(entry.width));
  if (!outline && entry.dash.length) shape.setAttribute("stroke-dasharray", entry.dash.join(" "));
  svg.append(shape);
  const label = document.createElement("span");
  label.textContent = outline ? `${entry.count} ${entry.label}` : entry.label;
  item.append(svg, label);
  return item;
}

const OUTLINES = {
  square: "M4.5 1.5h11v11h-11z",
  dot: "M10 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
  triangle: "M10 1L16 12.5H4z",
  triangleDown: "M10 13L16 1.5H4z",
  diamond: "M10 .8L16.2 7L10 13.2L3.8 7z",
  hexagon: "M6.8 1.5h6.4L16.4 7l-3.2 5.5H6.8L3.6 7z",
  star: "M10 .8l1.9 4.1 4.4.5-3.3 3 .9 4.4-3.9-2.2-3.9 2.2.9-4.4-3.3-3 4.4-.5z",
  pentagon: "M10 1l6 4.4-2.3 7.1H6.3L4 5.4z",
  ring: "M10 2.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 1 1 0-8.8z",
};

export default function ({ data, parentElement, setStateValue }) {
  let canvas = LIVE.get(parentElement);
  if (canvas) canvas.patch(data);
  else {
    canvas = new Canvas(parentElement, data);
    LIVE.set(parentElement, canvas);
  }
  canvas.send = setStateValue;
  canvas.host.ponte = canvas;
  return () => {
    canvas.destroy();
    LIVE.delete(parentElement);
  };
}
