// Bundles the desk's styles and islands into the package. Run by the build hook; `npm run build` does the same.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const out = "../src/crible/web/static/desk/built";
rmSync(out, { recursive: true, force: true });
await build({
  // One entry for every page; the graph, which is heavy, only where a graph is drawn.
  entryPoints: { desk: "src/desk.ts", graph: "src/graph.ts", style: "src/css/desk.css" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  legalComments: "linked",
  logLevel: "warning",
});
for (const name of readdirSync(out)) {
  if (!/\.(js|css)$/.test(name)) continue;
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
}
