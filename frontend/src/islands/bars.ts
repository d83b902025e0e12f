// Charts whose bars are links: one stop for Tab, arrow keys from bar to bar. Without script the table below does it.
const STEPS: Readonly<Record<string, (at: number, of: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at) => at - 10,
  PageDown: (at) => at + 10,
  Home: () => 0,
  End: (_, of) => of - 1,
};

function step(event: KeyboardEvent, chart: Element): void {
  const go = STEPS[event.key];
  if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
  const bars = [...chart.querySelectorAll<SVGAElement>("a")];
  const at = bars.findIndex((bar) => bar === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  const next = bars[Math.min(Math.max(go(at, bars.length), 0), bars.length - 1)];
  bars[at]?.setAttribute("tabindex", "-1");
  next?.setAttribute("tabindex", "0");
  next?.focus();
}

export function bars(within: ParentNode): void {
  for (const chart of within.querySelectorAll<SVGElement>("svg[data-bars]:not([data-awake])")) {
    chart.setAttribute("data-awake", "");
    chart.addEventListener("keydown", (event) => step(event, chart));
  }
}
