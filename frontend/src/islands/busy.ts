// What is being fetched says so; what could not be fetched says that too, in words that stand in the page.
let listening = false;

export function busy(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("htmx:beforeRequest", (event) => mark(event, true));
  document.addEventListener("htmx:afterRequest", (event) => mark(event, false));
  document.addEventListener("htmx:responseError", () => say("failed"));
  document.addEventListener("htmx:sendError", () => say("away"));
}

function mark(event: Event, on: boolean): void {
  const place = event instanceof CustomEvent ? (event.detail as { target?: unknown }).target : undefined;
  if (!(place instanceof Element)) return;
  if (on) {
    hide();
    place.setAttribute("aria-busy", "true");
  } else place.removeAttribute("aria-busy");
}

function say(which: "failed" | "away"): void {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.textContent = notice.dataset[which] ?? "";
  notice.hidden = false;
}

function hide(): void {
  const notice = document.getElementById("notice");
  if (notice) notice.hidden = true;
}
