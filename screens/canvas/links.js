// Make the names and numbers of the panel beside the picture do something: a name shows what it names in the picture,
// a number leads to its source, “correct” opens the dialog on a fact. Streamlit's HTML carries no scripts, so clicks are met on the document.

export function followLinks(canvas) {
  const follow = (event) => {
    const link = event.target.closest?.("a[data-go], a[data-cite], a[data-facts]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.facts) correct(canvas, link.dataset);
    else if (link.dataset.cite) showSource(link, link.dataset.cite);
    else go(canvas, link);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}

function go(canvas, link) {
  const node = link.dataset.go;
  const by = link.closest(".ponte-panel")?.querySelector("[data-panel]")?.dataset.panel ?? "";
  canvas.emit("go", { node, by, known: Boolean(canvas.nodes.get(node)) });
}

function correct(canvas, { facts, property, side }) {
  canvas.emit("correct", { facts: JSON.parse(facts), property, side });
}

// The nearest list of sources around the number is the one that it counts in.
function showSource(link, number) {
  let around = link.parentElement;
  while (around && !around.querySelector(`[data-source="${CSS.escape(number)}"]`)) around = around.parentElement;
  const source = around?.querySelector(`[data-source="${CSS.escape(number)}"]`);
  if (!source) return;
  for (let fold = source.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  document.querySelectorAll(".ponte-source.found").forEach((other) => other.classList.remove("found"));
  source.classList.add("found");
  source.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
