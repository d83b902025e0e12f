// Menus are <details>: open without any of this. Escape or a click elsewhere closes them, and Escape gives the focus back.
let listening = false;

export function menu(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("click", (event) => {
    for (const one of opened()) if (!(event.target instanceof Node) || !one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    for (const one of opened()) {
      one.open = false;
      one.querySelector("summary")?.focus();
    }
  });
}

function opened(): Iterable<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
}
