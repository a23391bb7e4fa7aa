// Place names where they do not collide: the highest rank first, four sides, nothing over another name.
// vis-network draws every label, which nobody can read at 200 nodes.

const SIDES = ["below", "right", "left", "above"];
const AIR = 0.5;        // between two names on one line, in letter sizes
const COVERED = 0.2;    // the part of another mark that a name may cover

export class Labels {
  constructor(limit) {
    this.limit = limit;
    this.widths = new Map();
    this.placed = [];
  }

  width(ctx, text, font) {
    const key = font + text;
    if (!this.widths.has(key)) {
      ctx.font = `100px ${font}`;
      this.widths.set(key, ctx.measureText(text).width / 100);
    }
    return this.widths.get(key);
  }

  // things: [{id, x, y, r, lines, bold, rank}] in view, in canvas units; px: size of the letters in canvas units; view: what is seen of them.
  place(ctx, things, px, font, view) {
    const marks = things.map((t) => ({ id: t.id, box: around(t, 0), wide: around(t, px * 0.5), area: 4 * t.r * t.r }));
    const names = [];
    const placed = [];
    for (const thing of [...things].sort((a, b) => b.rank - a.rank)) {
      if (placed.length >= this.limit) break;
      if (!thing.lines.length) continue;
      const width = Math.max(...thing.lines.map((line) => this.width(ctx, line, font))) * px * (thing.bold ? 1.07 : 1);
      const height = thing.lines.length * px * 1.15;
      let best = null;
      for (const [order, side] of SIDES.entries()) {
        const box = boxAt(thing, side, width, height, px);
        const air = [box[0] - px * AIR, box[1], box[2] + px * AIR, box[3]];
        if (names.some((other) => overlap(other, air) > 0) || box[0] < view[0] || box[1] < view[1] || box[2] > view[2] || box[3] > view[3]) continue;
        const others = marks.filter((mark) => mark.id !== thing.id);
        const covered = Math.max(0, ...others.map((mark) => overlap(mark.box, box) / mark.area));
        const crowded = others.some((mark) => overlap(mark.wide, box) > 0);   // would leave the neighbour no room for its own name
        const cost = covered * 10 + (crowded ? 3.5 : 0) + order;
        if (!best || cost < best.cost) best = { cost, covered, box, side };
      }
      if (!best || (best.covered > COVERED && !thing.bold)) continue;
      names.push(best.box);
      placed.push({ ...thing, box: best.box, side: best.side });
    }
    this.placed = placed;
    return placed;
  }

  draw(ctx, px, font, ink, ground) {
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const name of this.placed) {
      ctx.font = `${name.bold ? "600 " : ""}${px}px ${font}`;
      ctx.textAlign = name.side === "right" ? "left" : name.side === "left" ? "right" : "center";
      const [x0, y0, x1] = name.box;
      const x = name.side === "right" ? x0 : name.side === "left" ? x1 : (x0 + x1) / 2;
      name.lines.forEach((line, i) => {
        const y = y0 + (i + 0.5) * px * 1.15;
        ctx.lineWidth = px * 0.3;
        ctx.strokeStyle = ground;
        ctx.strokeText(line, x, y);
        ctx.fillStyle = ink;
        ctx.fillText(line, x, y);
      });
    }
    ctx.restore();
  }
}

function around(thing, room) {
  const r = thing.r + room;
  return [thing.x - r, thing.y - r, thing.x + r, thing.y + r];
}

function boxAt(thing, side, width, height, px) {
  const gap = thing.r + px * 0.3;
  if (side === "below") return [thing.x - width / 2, thing.y + gap, thing.x + width / 2, thing.y + gap + height];
  if (side === "above") return [thing.x - width / 2, thing.y - gap - height, thing.x + width / 2, thing.y - gap];
  if (side === "right") return [thing.x + gap, thing.y - height / 2, thing.x + gap + width, thing.y + height / 2];
  return [thing.x - gap - width, thing.y - height / 2, thing.x - gap, thing.y + height / 2];
}

function overlap(a, b) {
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return w > 0 && h > 0 ? w * h : 0;
}
