// What keys a page has: a line of hints at its foot, and the list that ? opens. Both are made from the elements that
// carry a key, so that neither can say what the page does not do.
const HINTS = 8;
const LONGEST = 48;
const NAMES: Record<string, string> = {
  ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Space: "␣", Enter: "↵",
};

interface Way {
  keys: string[];
  label: string;
}

/** The line at the foot; none where the page has no key of its own. */
export function hints(): void {
  const line = document.getElementById("keys-here");
  if (!line) return;
  const ways = waysBy("data-key", "main").slice(0, HINTS);
  line.replaceChildren(...ways.map((way) => span(...named(way.keys), ` ${way.label}`)));
  const opener = document.querySelector<HTMLAnchorElement>("a[data-keys-list]");
  if (opener) {
    const all = document.createElement("a");
    all.href = opener.href;
    all.dataset.keysList = "";
    all.append(...named(["?"]), ` ${document.getElementById("keys-list-title")?.textContent ?? ""}`);
    line.append(all);
  }
  line.hidden = false;
}

/** Open the list; whether there is one. */
export function list(): boolean {
  const dialog = document.getElementById("keys-list");
  const place = dialog?.querySelector<HTMLElement>("[data-here]");
  if (!(dialog instanceof HTMLDialogElement) || !place) return false;
  const said = place.dataset;
  const always = [
    ...waysBy("data-key", "header"),
    { keys: ["?"], label: said.list ?? "" },
    { keys: ["Escape"], label: said.close ?? "" },
  ];
  place.replaceChildren(
    ...group(said.here, waysBy("data-key", "main")),
    ...group(said.always, always),
    ...group(said.go, waysBy("data-go", "header")),
  );
  dialog.showModal();
  dialog.querySelector<HTMLElement>("form[method=dialog] button")?.focus();
  return true;
}

function waysBy(attribute: string, within: string): Way[] {
  const ways = new Map<string, Way>();
  for (const one of document.querySelectorAll(`${within} [${attribute}]`)) {
    const keys = (one.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean);
    const label = labelOf(one);
    if (keys.length && label && !ways.has(keys.join(" "))) ways.set(keys.join(" "), { keys, label });
  }
  return [...ways.values()];
}

/** What the element says it does; `data-hint` where its own words are a document's. */
function labelOf(one: Element): string {
  const said = one.getAttribute("data-hint") ?? one.getAttribute("aria-label") ?? labelled(one) ?? one.textContent ?? "";
  const words = said.replace(/\s+/g, " ").trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

function labelled(one: Element): string | null | undefined {
  return one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement
    ? one.labels?.[0]?.textContent
    : undefined;
}

function group(title: string | undefined, ways: Way[]): Element[] {
  if (!ways.length) return [];
  const heading = document.createElement("h3");
  heading.textContent = title ?? "";
  const rows = document.createElement("dl");
  rows.className = "keylist";
  for (const way of ways) {
    const keys = document.createElement("dt");
    keys.append(...named(way.keys));
    const label = document.createElement("dd");
    label.textContent = way.label;
    rows.append(keys, label);
  }
  return [heading, rows];
}

function named(keys: string[]): (Element | string)[] {
  return keys.flatMap((key, n) => {
    const shown = document.createElement("kbd");
    shown.textContent = NAMES[key] ?? key;
    return n ? [" ", shown] : [shown];
  });
}

function span(...parts: (Element | string)[]): Element {
  const made = document.createElement("span");
  made.append(...parts);
  return made;
}
