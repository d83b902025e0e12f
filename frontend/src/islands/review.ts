// Notes on a passage: what is selected in the text when the note's form opens becomes its passage; passages with notes are
// marked where they stand, by the highlight registry, so that the text itself stays as the server sent it.
const LONGEST = 2000;

let selected = { words: "", near: 0 };
let listening = false;

export function review(within: ParentNode): void {
  if (!listening) {
    listening = true;
    document.addEventListener("selectionchange", remember);
    // The browser tells of a selection only at its next turn; a quick key comes before that, and takes the selection away.
    document.addEventListener("keydown", remember, { capture: true });
    document.addEventListener("focusin", fill);
  }
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-note]")) form.addEventListener("input", forget);
  mark();
}

function texts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".sheet .text")];
}

function remember(): void {
  const selection = document.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed) return;
  const text = texts().find((one) => one.contains(range.commonAncestorContainer));
  if (!text) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  selected = { words: range.toString().trim().slice(0, LONGEST), near: before.toString().length };
}

/** The note's own field takes the focus: whatever was selected last goes into the passage, unless one is written there. */
function fill(event: FocusEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || field.name !== "text" || !selected.words) return;
  const form = field.closest<HTMLFormElement>("form[data-note]");
  const passage = form?.querySelector<HTMLTextAreaElement>("[name=passage]");
  const near = form?.querySelector<HTMLInputElement>("[name=near]");
  if (!passage || !near || passage.value) return;
  passage.value = selected.words;
  near.value = String(selected.near);
  selected = { words: "", near: 0 };
}

function forget(): void {
  selected = { words: "", near: 0 };
}

function mark(): void {
  const registry = "highlights" in CSS ? CSS.highlights : undefined;
  if (!registry) return;
  const ranges: Range[] = [];
  for (const note of document.querySelectorAll<HTMLElement>("#notes [data-passage]")) {
    const words = note.querySelector("blockquote")?.textContent ?? "";
    const range = words && rangeOf(words, Number(note.dataset.passage));
    if (range) ranges.push(range);
  }
  registry.set("noted", new Highlight(...ranges));
}

/** Where these words stand in a text of the page, nearest to where the note says. */
function rangeOf(words: string, near: number): Range | undefined {
  for (const text of texts()) {
    const whole = text.textContent ?? "";
    let best = -1;
    for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + 1)) {
      if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
    }
    if (best < 0) continue;
    const range = document.createRange();
    const start = place(text, best);
    const end = place(text, best + words.length);
    if (!start || !end) continue;
    range.setStart(...start);
    range.setEnd(...end);
    return range;
  }
  return undefined;
}

function place(text: HTMLElement, at: number): [Node, number] | undefined {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) return [node, left];
    left -= length;
  }
  return undefined;
}
