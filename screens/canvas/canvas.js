// Host one vis-network in a Streamlit component and patch it on every rerun, so that nothing that is shown moves.
// Data come from graph/render/screen.py. Events go back in a numbered outbox: Streamlit's triggers lose some.

import { CUSTOM, layerMark } from "./shapes.js";
import { Labels } from "./labels.js";
import { legendEntry } from "./legend.js";
import { followLinks } from "./links.js";

const LIVE = new WeakMap();
const OUTBOX = 25;
const SECOND_CLICK_PX = 12;
const SECOND_CLICK_MS = 450;
const ROOM_ABOVE = 0.93;   // names stand around the outermost marks: a share of the height, pixels at each side
const ROOM_BESIDE = 56;

function variable(element, name, fallback) {
  return getComputedStyle(element).getPropertyValue(name).trim() || fallback;
}

class Canvas {
  constructor(root, data) {
    this.host = root.querySelector(".ponte-host");
    this.live = root.querySelector(".ponte-live");
    this.legend = root.querySelector(".ponte-legend");
    this.touched = false;   // whether the reader chose what is in view; until then the picture fits itself
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
    this.unfollow = followLinks(this);
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
    const changed = data.nodes.map(nodeOf).filter((node) => this.nodes.get(node.id) && !same(this.nodes.get(node.id), node));
    this.nodes.update(changed);
    this.nodes.add(added.map(nodeOf));
    this.edges.update(data.edges.filter((edge) => !same(this.edges.get(edge.id), edge)));
    this.after(data);
    if (added.some((node) => !this.inView(node)) || (changed.length && !this.touched)) this.fit(true);
  }

  inView(node) {
    const at = this.network.canvasToDOM({ x: node.x, y: node.y });
    return at.x > 0 && at.y > 0 && at.x < this.host.clientWidth && at.y < this.host.clientHeight;
  }

  after(data) {
    this.data = data;
    this.outbox = this.outbox.filter((event) => event.seq > (data.seen?.[this.id] ?? 0));
    this.showLabels = data.labels !== false;
    this.host.setAttribute("aria-label", data.aria);
    this.legend.replaceChildren(...data.legend.map(legendEntry));
    this.host.dataset.ready = "1";
    this.host.dataset.nodes = String(data.nodes.length);
    this.pinned = new Set(data.pinned || []);
    this.host.dataset.selected = data.selected || "";
    this.choose(data.selected);
    this.dirty = true;
    this.network.redraw();
  }

  choose(id) {
    const nodes = id && this.nodes.get(id) ? [id] : [];
    const edges = id && !nodes.length && this.edges.get(id) ? [id] : [];
    if (String(this.network.getSelectedNodes()) === String(nodes) && !edges.length) return;
    this.network.setSelection({ nodes, edges }, { highlightEdges: true });
  }

  // -- names and pins

  drawPins(ctx) {
    const px = 1 / this.network.getScale();
    ctx.save();
    ctx.fillStyle = variable(this.host, "--st-primary-color", "#0F5C8C");
    for (const id of this.pinned) {
      if (!this.nodes.get(id)) continue;
      const { size } = this.nodes.get(id);
      const at = this.network.getPosition(id);
      ctx.beginPath();
      ctx.arc(at.x + size * 0.9, at.y - size * 0.9, 3.2 * px, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.restore();
  }

  drawLayers(ctx) {
    const px = 1 / this.network.getScale();
    const ink = variable(this.host, "--st-text-color", "#222");
    const ground = variable(this.host, "--st-background-color", "#fff");
    ctx.save();
    for (const node of this.nodes.get({ filter: (one) => one.layerMark })) {
      const at = this.network.getPosition(node.id);
      const corner = node.size * 0.75 + Math.min(2 * px, node.size * 0.3);
      layerMark(ctx, node.layerMark, at.x - corner, at.y - corner, Math.min(3.6 * px, node.size * 0.5), ink, ground);
    }
    ctx.restore();
  }

  drawLabels(ctx) {
    this.drawPins(ctx);
    this.drawLayers(ctx);
    if (!this.showLabels) { this.host.dataset.labels = "0"; return; }
    const scale = this.network.getScale();
    const px = Math.max(13 / scale, 9);
    const font = variable(this.host, "--st-font", "sans-serif");
    const ink = variable(this.host, "--st-text-color", "#222");
    const ground = variable(this.host, "--st-background-color", "#fff");
    const view = this.network.getViewPosition();
    const selected = this.network.getSelectedNodes();
    const sign = [scale, view.x, view.y, selected, this.hovered, this.host.clientWidth, this.host.clientHeight].join("|");
    if (this.dirty || (sign !== this.sign && !this.moving)) {
      this.labels.place(ctx, this.visible(selected), px, font, this.seen());
      this.sign = sign;
      this.dirty = false;
      this.host.dataset.labels = String(this.labels.placed.length);
    }
    this.labels.draw(ctx, px, font, ink, ground);
  }

  seen() {
    const topLeft = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const bottomRight = this.network.DOMtoCanvas({ x: this.host.clientWidth, y: this.host.clientHeight });
    return [topLeft.x, topLeft.y, bottomRight.x, bottomRight.y];
  }

  visible(selected) {
    const [left, top, right, bottom] = this.seen();
    const near = new Set(selected.flatMap((id) => this.network.getConnectedNodes(id)));
    const things = [];
    for (const node of this.nodes.get()) {
      const at = this.network.getPosition(node.id);
      if (at.x < left || at.x > right || at.y < top || at.y > bottom) continue;
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

  // A click tells at once, so that the panel is there at once. The second click of a pair expands what the first one met,
  // even if the picture has moved aside for the panel in between. A click elsewhere is no second one, however quick.
  bindMouse() {
    let last = { node: undefined, at: 0, x: 0, y: 0 };
    this.network.on("click", (event) => {
      const [node] = event.nodes;
      const [edge] = event.edges;
      const now = performance.now();
      const { x, y } = event.pointer.DOM;
      if (last.node !== undefined && now - last.at < SECOND_CLICK_MS && Math.hypot(x - last.x, y - last.y) < SECOND_CLICK_PX) return;
      last = { node, at: now, x, y };
      if (node !== undefined) this.emit("select", { node });
      else if (edge !== undefined) this.emit("select_edge", { node: edge });
      else this.emit("clear", {});
    });
    this.network.on("doubleClick", (event) => {
      const node = event.nodes[0] ?? (performance.now() - last.at < 2 * SECOND_CLICK_MS ? last.node : undefined);
      if (node !== undefined) this.emit("expand", { node });
    });
    this.network.on("dragEnd", (event) => {
      this.settle();
      if (!event.nodes.length) { this.touched = true; return; }
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
    this.network.on("dragging", () => this.settle());
    this.network.on("zoom", () => { this.touched = true; this.settle(); });
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
      else if (zoom) { this.touched = true; this.network.moveTo({ scale: this.network.getScale() * zoom }); }
      else if (event.key === "0") this.fit();
      else if (event.key === "Escape") { this.network.unselectAll(); this.emit("fold", {}); }
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
    if (!this.inView({ ...best.node, ...this.network.getPosition(best.node.id) })) this.network.moveTo({ position: this.network.getPosition(best.node.id) });
    this.live.textContent = best.node.title.replaceAll("\n", ", ");
    this.dirty = true;
  }

  fit(gently = false) {
    this.touched = false;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.fit({ animation: false, maxZoomLevel: 1.3 });
    const { x, y } = this.network.getViewPosition();
    const scale = this.network.getScale() * Math.min(ROOM_ABOVE, 1 - 2 * ROOM_BESIDE / Math.max(this.host.clientWidth, 6 * ROOM_BESIDE));
    this.network.moveTo({ position: { x, y }, scale, animation: gently && !still ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
    this.dirty = true;
  }

  // A hidden tab or a folded panel has no size yet: fit when it gets one.
  fitWhenSized() {
    let size = 0;
    this.observer = new ResizeObserver(() => {
      const next = this.host.clientWidth * this.host.clientHeight;
      if (!next || next === size) return;
      size = next;
      this.network.setSize("100%", "100%");
      this.network.redraw();
      if (!this.touched) this.fit();
      this.dirty = true;
    });
    this.observer.observe(this.host);
  }

  destroy() {
    this.unfollow();
    this.observer.disconnect();
    clearTimeout(this.idle);
    this.network.destroy();
  }
}

function nodeOf(node) {
  const custom = CUSTOM[node.shape];
  return custom ? { ...node, shape: "custom", ctxRenderer: custom } : { ...node };   // vis-network shows titles as plain text
}

// Whether vis-network already draws this: it keeps more in a node than it was given.
function same(old, next) {
  return Boolean(old) && Object.keys(next).every((key) => JSON.stringify(old[key]) === JSON.stringify(next[key]));
}

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
    if (parentElement.isConnected) return;   // Streamlit also lets go of a call that a newer one has overtaken: the picture ends with its place
    canvas.destroy();
    LIVE.delete(parentElement);
  };
}
