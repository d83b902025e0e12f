// Light, dark, or as the system has it. The choice is a cookie, so that the server writes it into the page and nothing
// flickers.
export function theme(within: ParentNode): void {
  for (const button of within.querySelectorAll<HTMLButtonElement>("button[data-theme]")) {
    button.addEventListener("click", () => {
      document.documentElement.dataset.theme = button.dataset.theme ?? "";
    });
  }
}
