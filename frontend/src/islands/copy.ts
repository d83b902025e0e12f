// A button that copies what a field holds; without a script, the field can be selected all the same.
export function copy(within: ParentNode): void {
  for (const field of within.querySelectorAll<HTMLInputElement>("input[data-copy]")) {
    if (!navigator.clipboard || field.nextElementSibling?.matches("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = field.dataset.copy ?? "";
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(field.value).then(() => {
        button.textContent = field.dataset.copied ?? "";
      });
    });
    field.after(button);
  }
}
