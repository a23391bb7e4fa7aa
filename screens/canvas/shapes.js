// Draw what vis-network lacks: two shapes, and the small marks of layers; sizes as vis-network takes them (radius in canvas units).

function drawn(path) {
  return ({ ctx, x, y, state: { selected, hover }, style }) => ({
    drawNode() {
      ctx.save();
      ctx.beginPath();
      path(ctx, x, y, style.size);
      ctx.fillStyle = style.color;
      ctx.strokeStyle = style.borderColor;
      ctx.lineWidth = style.borderWidth * (selected || hover ? 1.5 : 1);
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    },
    nodeDimensions: { width: 2 * style.size, height: 2 * style.size },
  });
}

function pentagon(ctx, x, y, r) {
  for (let i = 0; i < 5; i++) {
    const angle = -Math.PI / 2 + (i * 2 * Math.PI) / 5;
    ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
}

function ring(ctx, x, y, r) {
  ctx.arc(x, y, r * 0.8, 0, 2 * Math.PI);
}

export const CUSTOM = { pentagon: drawn(pentagon), ring: drawn(ring) };

const CORNERS = { square: [4, Math.PI / 4], diamond: [4, 0], triangle: [3, 0], triangleDown: [3, Math.PI] };

// The mark of a layer at the corner of a node, in ink on a rim of ground.
export function layerMark(ctx, mark, x, y, r, ink, ground) {
  ctx.beginPath();
  if (mark === "dot") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else {
    const [count, turn] = CORNERS[mark];
    for (let i = 0; i < count; i++) {
      const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / count;
      ctx[i ? "lineTo" : "moveTo"](x + r * 1.2 * Math.cos(angle), y + r * 1.2 * Math.sin(angle));
    }
    ctx.closePath();
  }
  ctx.lineJoin = "round";
  ctx.lineWidth = r * 0.6;
  ctx.strokeStyle = ground;
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.fill();
}
