// Draw the two shapes that vis-network lacks; sizes as vis-network takes them (radius in canvas units).

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
