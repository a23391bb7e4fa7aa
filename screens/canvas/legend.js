// Draw an entry of the legend: a mark or a line as in the picture, and what it means.

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

export function legendEntry(entry) {
  const item = document.createElement("span");
  item.className = "ponte-entry";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 14");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const outline = OUTLINES[entry.shape || entry.layerMark];
  shape.setAttribute("d", outline ?? "M0 7H20");
  shape.setAttribute("fill", outline ? entry.fill : "none");
  shape.setAttribute("stroke", outline ? entry.border : entry.colour);
  shape.setAttribute("stroke-width", outline ? "1" : String(entry.width));
  if (entry.layerMark) shape.setAttribute("transform", "translate(10 7) scale(.62) translate(-10 -7)");
  if (!outline && entry.dash.length) shape.setAttribute("stroke-dasharray", entry.dash.join(" "));
  svg.append(shape);
  const label = document.createElement("span");
  label.textContent = entry.shape ? `${entry.count} ${entry.label}` : entry.label;
  item.append(svg, label);
  return item;
}
