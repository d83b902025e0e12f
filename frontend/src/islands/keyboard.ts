// Single keys: an element that carries data-key="j" is pressed by j. Nothing is caught while somebody writes.
const WRITING = "input, textarea, select, [contenteditable]";

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(WRITING)) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches(WRITING)) wanted.focus();
  else wanted.click();
}

let listening = false;

export function keyboard(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", press);
}
