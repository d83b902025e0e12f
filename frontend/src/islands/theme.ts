// Light, dark, or as the system has it. The form keeps the choice in a cookie, so that the server writes it into the page
// and nothing flickers; here it is done without loading the page again.
const CHANGED = new WeakSet<HTMLFormElement>();

export function theme(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-themes]")) {
    if (CHANGED.has(form)) continue;
    CHANGED.add(form);
    form.addEventListener("submit", (event) => {
      const chosen = event.submitter;
      if (!(chosen instanceof HTMLButtonElement)) return;
      event.preventDefault();
      show(chosen.value);
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form, chosen)) if (typeof value === "string") body.append(name, value);
      void fetch(form.action, { method: "POST", body, redirect: "manual" });
      for (const one of form.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === chosen));
    });
  }
}

function show(theme: string): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
