// Single keys. An element that carries data-key="j" is pressed by j, one with data-key="j ArrowDown" by either; one with
// data-go="q" by g, then q. Nothing is caught while somebody writes, holds Ctrl, Alt or Meta, or has a dialog open, nor
// at all where the person has turned single keys off (WCAG 2.1.4).
import { hints, list } from "./keylist";

const WRITING = "input, textarea, select, [contenteditable]";
const PRESSED = "a, button, summary";
const WAIT = 1500; // milliseconds in which a letter after g counts as its second

let listening = false;
let going = 0;

export function keyboard(): void {
  if (document.documentElement.dataset.keys === "off") return;
  hints();
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-keys-list]") || !list()) return;
    event.preventDefault();
  });
}

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(WRITING)) return;
  if ((event.key === "Enter" || event.key === " ") && at?.closest(PRESSED)) return;
  if (act(event)) event.preventDefault();
}

function act(event: KeyboardEvent): boolean {
  const key = event.key === " " ? "Space" : event.key;
  if (Date.now() - going < WAIT) {
    going = 0;
    return pressed(find("data-go", key), event.repeat);
  }
  if (key === "g") going = Date.now();
  else if (key === "?") return list();
  return pressed(find("data-key", key), event.repeat);
}

/** The element of a key: one that is seen before one that is folded away; a capital by Caps Lock counts as the letter. */
function find(attribute: string, key: string): HTMLElement | undefined {
  for (const name of new Set([key, key.toLowerCase()])) {
    const found = [...document.querySelectorAll<HTMLElement>(`[${attribute}~="${CSS.escape(name)}"]`)];
    const first = found.find((one) => one.getClientRects().length > 0) ?? found[0];
    if (first) return first;
  }
  return undefined;
}

function pressed(one: HTMLElement | undefined, again: boolean): boolean {
  if (!one) return false;
  for (let up = one.parentElement; up; up = up.parentElement) if (up instanceof HTMLDetailsElement) up.open = true;
  if (one.matches(WRITING)) {
    one.focus();
    if (one instanceof HTMLInputElement && one.type === "search") one.select();
  } else if (one instanceof HTMLFormElement) {
    if (!again) one.requestSubmit();
  } else if (!again || one instanceof HTMLAnchorElement) {
    // A key held down walks along links, but says a thing only once.
    one.click();
  }
  return true;
}
