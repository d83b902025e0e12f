// A password can be looked at while it is typed: a button beside each field, made here, for without a script it could
// do nothing. It hides itself again as the form is sent, so that no browser keeps it as plain text.
export function secret(within: ParentNode): void {
  for (const field of within.querySelectorAll<HTMLInputElement>("input[data-secret]")) {
    if (field.parentElement?.classList.contains("secret")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.setAttribute("aria-controls", field.id);
    const line = document.createElement("span");
    line.className = "secret";
    field.replaceWith(line);
    line.append(field, button);
    const show = (shown: boolean): void => {
      field.type = shown ? "text" : "password";
      button.textContent = (shown ? field.dataset.hide : field.dataset.show) ?? "";
    };
    show(false);
    button.addEventListener("click", () => show(field.type === "password"));
    field.form?.addEventListener("submit", () => show(false));
  }
}
