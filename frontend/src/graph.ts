// The graph of correspondents: loaded by the one page that draws it. Points and lines come as JSON from the desk; the
// places are worked out here, from a circle and without chance, so that the same case gives the same picture. No worker:
// the content policy lets none start from a blob, and 150 points take a tenth of a second.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";

interface Told {
  readonly nodes: readonly {
    readonly label: string;
    readonly address: string;
    readonly href: string;
    readonly weight: number;
    readonly owner: boolean;
    readonly middle: boolean;
  }[];
  readonly edges: readonly (readonly [number, number, number])[];
}

interface Colours {
  readonly ink: string;
  readonly quiet: string;
  readonly sheet: string;
  readonly link: string;
  readonly focus: string;
  readonly faint: string;
}

const LABEL = 13;
const OWNER = "\u25C9 ";
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The tokens as the page paints them now: a token may stand for two colours, and only an element says which. */
function colours(): Colours {
  const probe = document.body.appendChild(document.createElement("span"));
  const of = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = { ink: of("--ink"), quiet: of("--ink-2"), sheet: of("--sheet"), link: of("--link"), focus: of("--focus"), faint: of("--faint") };
  probe.remove();
  return found;
}

/** Points on a circle, heaviest first, then pulled by their lines: 300 steps of the same sums everywhere. */
function laid(told: Told): Graph {
  const graph = new Graph({ type: "undirected" });
  const heaviest = Math.max(1, ...told.nodes.map((node) => node.weight));
  told.nodes.forEach((node, at) => {
    const angle = (2 * Math.PI * at) / told.nodes.length;
    graph.addNode(at, {
      x: Math.cos(angle),
      y: Math.sin(angle),
      size: 4 + 12 * Math.sqrt(node.weight / heaviest),
      label: (node.owner ? OWNER : "") + node.label,
      forceLabel: node.owner || node.middle,
      ...{ address: node.address, href: node.href, owner: node.owner, middle: node.middle },
    });
  });
  const thickest = Math.max(1, ...told.edges.map(([, , weight]) => weight));
  for (const [a, b, weight] of told.edges) {
    graph.addUndirectedEdge(a, b, { size: 0.6 + 4 * Math.sqrt(weight / thickest), weight: Math.log2(1 + weight) });
  }
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: false, barnesHutOptimize: false, gravity: 0.6, scalingRatio: 12 };
  forceAtlas2.assign(graph, { iterations: 300, getEdgeWeight: "weight", settings });
  return graph;
}

type Label = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

/** A name beside its point, on a rim of the sheet's colour so that lines do not cross it. */
function label(context: CanvasRenderingContext2D, data: Label, settings: Settings, colour: Colours): void {
  if (!data.label) return;
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = colour.sheet;
  context.fillStyle = colour.ink;
  const [x, y] = [data.x + data.size + 3, data.y + settings.labelSize / 3];
  context.strokeText(data.label, x, y);
  context.fillText(data.label, x, y);
}

function shown(holder: HTMLElement, told: Told): Sigma {
  const sheet = holder.querySelector<HTMLElement>(".graph-sheet");
  if (!sheet) throw new Error("no sheet to draw on");
  const graph = laid(told);
  let colour = colours();
  let over: string | null = null;
  const written = (context: CanvasRenderingContext2D, data: Label, settings: Settings): void => label(context, data, settings, colour);
  const sigma = new Sigma(graph, sheet, {
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: LABEL,
    labelRenderedSizeThreshold: 7,
    defaultDrawNodeLabel: written,
    defaultDrawNodeHover: written,
    zIndex: true,
    nodeReducer: (node, data) => {
      const near = over === null || over === node || graph.areNeighbors(over, node);
      const own = data.middle ? colour.ink : data.owner ? colour.focus : colour.link;
      return { ...data, color: near ? own : colour.faint, label: near ? data.label : "", forceLabel: data.forceLabel || (over !== null && near), zIndex: near ? 1 : 0 };
    },
    edgeReducer: (edge, data) => {
      const lit = over !== null && graph.hasExtremity(edge, over);
      return { ...data, color: lit ? colour.quiet : colour.faint, hidden: over !== null && !lit, zIndex: lit ? 1 : 0 };
    },
  });
  const said = holder.querySelector<HTMLElement>("[data-graph-said]");
  const look = (node: string | null): void => {
    over = node;
    sheet.toggleAttribute("data-over", node !== null);
    if (said) said.textContent = node === null ? "" : `${String(graph.getNodeAttribute(node, "address"))}`;
    sigma.refresh({ skipIndexation: true });
  };
  sigma.on("enterNode", ({ node }) => look(node));
  sigma.on("leaveNode", () => look(null));
  sigma.on("clickNode", ({ node }) => location.assign(String(graph.getNodeAttribute(node, "href"))));
  const recolour = (): void => {
    colour = colours();
    sigma.refresh({ skipIndexation: true });
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return sigma;
}

function buttons(holder: HTMLElement, sigma: Sigma): void {
  const camera = sigma.getCamera();
  const acts: Readonly<Record<string, (duration: number) => unknown>> = {
    in: (duration) => camera.animatedZoom({ duration, factor: 1.5 }),
    out: (duration) => camera.animatedUnzoom({ duration, factor: 1.5 }),
    whole: (duration) => camera.animatedReset({ duration }),
  };
  for (const button of holder.querySelectorAll<HTMLButtonElement>("button[data-graph-act]")) {
    button.addEventListener("click", () => acts[button.dataset.graphAct ?? ""]?.(still.matches ? 1 : 200));
  }
}

async function draw(holder: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(holder.dataset.graph ?? "", { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
    const told = (await answer.json()) as Told;
    holder.hidden = false;
    const sigma = shown(holder, told);
    buttons(holder, sigma);
    holder.dataset.graphDrawn = String(told.nodes.length);
  } catch {
    // No WebGL, as a rule. The table below says the same.
    holder.hidden = true;
    document.querySelector<HTMLElement>("[data-graph-failed]")?.removeAttribute("hidden");
  }
}

const holder = document.querySelector<HTMLElement>("[data-graph]");
if (holder) void draw(holder);
