// Previous and next difference: two links that always lead from where the reader is. Without this they lead to the last
// and the first one.
function number(): number {
  const at = /^#d(\d+)$/.exec(location.hash);
  return at ? Number(at[1]) : 0;
}

export function steps(within: ParentNode): void {
  const next = within.querySelector<HTMLAnchorElement>("a[data-step=next]");
  const previous = within.querySelector<HTMLAnchorElement>("a[data-step=previous]");
  const last = document.querySelectorAll(".bands del[id]").length;
  if (!next || !previous || !last) return;
  const lead = (): void => {
    const here = number();
    next.hash = `#d${here >= last ? 1 : here + 1}`;
    previous.hash = `#d${here <= 1 ? last : here - 1}`;
  };
  addEventListener("hashchange", lead);
  lead();
}
