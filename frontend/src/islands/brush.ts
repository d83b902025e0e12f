// Draw over the bars of a chart to search that span: by pointer, by touch, or by shift and the arrow keys. Without
// it each bar is a link and two lists of months stand below.
const AROUND: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

class Brush {
  private readonly bars: SVGAElement[];
  private from = -1;
  private to = -1;
  private drawing = false;

  constructor(private readonly chart: SVGSVGElement, private readonly said: Element | null) {
    this.bars = [...chart.querySelectorAll<SVGAElement>("a[data-period]")];
    const chosen = this.bars.findIndex((bar) => bar.classList.contains("chosen"));
    this.rove(Math.max(0, chosen));
    chart.addEventListener("pointerdown", (event) => this.begin(event));
    chart.addEventListener("pointermove", (event) => this.extend(event));
    chart.addEventListener("pointerup", () => this.end());
    chart.addEventListener("pointercancel", () => this.clear());
    chart.addEventListener("keydown", (event) => this.key(event));
    // A link that is dragged would be carried off as a link; a click after a drag would open a single bar.
    chart.addEventListener("dragstart", (event) => event.preventDefault());
    chart.addEventListener("click", (event) => this.from !== this.to && event.preventDefault());
  }

  /** One stop of the tab key for all bars; the arrows go from one to the next. */
  private rove(at: number): void {
    this.bars.forEach((bar, index) => bar.setAttribute("tabindex", index === at ? "0" : "-1"));
  }

  private at(event: PointerEvent): number {
    const box = this.chart.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * this.bars.length);
    return Math.min(Math.max(place, 0), this.bars.length - 1);
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0 || event.ctrlKey || event.metaKey) return;
    this.drawing = true;
    this.mark(this.at(event), this.at(event));
  }

  private extend(event: PointerEvent): void {
    if (!this.drawing) return;
    const to = this.at(event);
    // Captured only once it is a drag: a captured pointer would take the click away from the link below it.
    if (to !== this.from && !this.chart.hasPointerCapture(event.pointerId)) this.chart.setPointerCapture(event.pointerId);
    if (to !== this.to) this.mark(this.from, to);
  }

  private end(): void {
    if (!this.drawing) return;
    this.drawing = false;
    if (this.from !== this.to) this.go();
  }

  private key(event: KeyboardEvent): void {
    const at = this.bars.indexOf(document.activeElement as unknown as SVGAElement);
    const step = AROUND[event.key];
    if (at >= 0 && step !== undefined) {
      event.preventDefault();
      const next = Math.min(Math.max(at + step, 0), this.bars.length - 1);
      this.rove(next);
      this.bars[next]?.focus();
      if (event.shiftKey) this.mark(this.from < 0 ? at : this.from, next);
      else this.clear();
    } else if (event.key === "Enter" && this.from >= 0 && this.from !== this.to) {
      event.preventDefault();
      this.go();
    } else if (event.key === "Escape") this.clear();
  }

  private mark(from: number, to: number): void {
    [this.from, this.to] = [from, to];
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    this.bars.forEach((bar, index) => bar.classList.toggle("drawn", index >= first && index <= last));
    if (this.said) this.said.textContent = from === to ? "" : `${this.label(first)} – ${this.label(last)}`;
  }

  private label(at: number): string {
    return this.bars[at]?.getAttribute("aria-label") ?? "";
  }

  private clear(): void {
    this.drawing = false;
    this.mark(-1, -1);
  }

  private go(): void {
    const first = this.bars[Math.min(this.from, this.to)]?.dataset.period ?? "";
    const last = this.bars[Math.max(this.from, this.to)]?.dataset.period ?? "";
    location.assign(`${this.chart.dataset.brush ?? "?"}&in=${encodeURIComponent(`date:${first}..${last}`)}`);
  }
}

export function brush(within: ParentNode): void {
  for (const chart of within.querySelectorAll<SVGSVGElement>("svg[data-brush]")) {
    new Brush(chart, chart.parentElement?.querySelector("[data-brushed]") ?? null);
  }
}
