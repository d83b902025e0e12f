// The desk works without any of this: every page is whole as the server sends it, every act is a form. Islands add
// hands on the keyboard and changes in place. Each island finds its own elements by a data attribute.
import "htmx.org";
import { brush } from "./islands/brush";
import { bars } from "./islands/bars";
import { busy } from "./islands/busy";
import { copy } from "./islands/copy";
import { keyboard } from "./islands/keyboard";
import { menu } from "./islands/menu";
import { review } from "./islands/review";
import { secret } from "./islands/secret";
import { steps } from "./islands/steps";
import { theme } from "./islands/theme";

type Island = (within: ParentNode) => void;

/** In the order in which they wake; each may be called again on what htmx put into the page. */
const ISLANDS: readonly Island[] = [bars, theme, menu, busy, keyboard, brush, secret, copy, steps, review];

function wake(within: ParentNode): void {
  for (const island of ISLANDS) island(within);
}

wake(document);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element) wake(event.target);
});
