// MapLibre GL JS in headless Chromium draws the vector tiles of a server by its TileJSON: `node maplibre.mjs BASE FOLDER`.
// Looks at what was drawn: features by their keys, and pixels. The page is of another origin than the tiles.
import { createServer } from "node:http";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { createRequire } from "node:module";
import { join } from "node:path";

const SKIPPED = 77;
const LIMIT = 90_000; // ms for a view
const packages = process.env.TUPU_CLIENTS_NPM ?? join(homedir(), ".cache/tupu/clients-npm");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const [base, folder] = process.argv.slice(2);

function skip(why) {
  console.log(`SKIPPED: ${why}`);
  process.exit(SKIPPED);
}

if (!executablePath) skip("chromium is not installed");
if (!existsSync(join(packages, "node_modules/maplibre-gl"))) skip(`maplibre-gl is not in ${packages}`);
const require = createRequire(join(packages, "package.json"));
const puppeteer = require("puppeteer-core");
const library = require.resolve("maplibre-gl/dist/maplibre-gl.js");

const PAGE = `<!doctype html><html lang="es"><meta charset="utf-8"><title>Mapa</title><style>body{margin:0}#map{width:800px;height:600px}</style>
<div id="map"></div><script src="/maplibre-gl.js"></script>`;

// A small server for the page and the library.
function pages() {
  const server = createServer((request, answer) => {
    const script = request.url === "/maplibre-gl.js";
    answer.setHeader("content-type", script ? "text/javascript" : "text/html");
    answer.end(script ? readFileSync(library) : PAGE);
  });
  return new Promise((made) => server.listen(0, "127.0.0.1", () => made(server)));
}

// In the page: draws a view and tells what is in it.
async function draw({ tilejson, names, view, limit }) {
  const { maplibregl } = window;
  const layers = names.flatMap((name) => [
    { id: `${name}-fill`, type: "fill", source: "tupu", "source-layer": name, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#227744", "fill-opacity": 0.4 } },
    { id: `${name}-line`, type: "line", source: "tupu", "source-layer": name, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": "#113355", "line-width": 1 } },
    { id: `${name}-point`, type: "circle", source: "tupu", "source-layer": name, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": "#aa2211", "circle-radius": 4 } },
  ]);
  const style = { version: 8, sources: { tupu: { type: "vector", url: tilejson } }, layers: [{ id: "paper", type: "background", paint: { "background-color": "#ffffff" } }, ...layers] };
  const errors = [];
  const map = new maplibregl.Map({ container: "map", style, interactive: false, attributionControl: { compact: false }, canvasContextAttributes: { preserveDrawingBuffer: true }, fadeDuration: 0, ...view });
  map.on("error", ({ error }) => errors.push(String(error?.message ?? error)));
  const idle = new Promise((done) => map.once("idle", done));
  const late = new Promise((done) => setTimeout(() => done("late"), limit));
  const inTime = (await Promise.race([idle, late])) !== "late";
  const canvas = map.getCanvas();
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const pen = copy.getContext("2d");
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, copy.width, copy.height);
  let drawn = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] !== 255 || data[at + 1] !== 255 || data[at + 2] !== 255) drawn += 1;
  const keys = {};
  for (const feature of map.queryRenderedFeatures()) (keys[feature.sourceLayer] ??= new Set()).add(feature.properties.key);
  const picture = canvas.toDataURL("image/png");
  const credits = document.querySelector(".maplibregl-ctrl-attrib")?.textContent ?? "";
  map.remove();
  const plain = Object.fromEntries(Object.entries(keys).map(([name, set]) => [name, [...set].sort()]));
  return { inTime, errors, drawn, share: drawn / (copy.width * copy.height), keys: plain, picture, credits };
}

// In the page: draws a style of ours and tells what its hatches and its names change on the picture.
async function dress({ style, view, limit }) {
  const { maplibregl } = window;
  const errors = [];
  const map = new maplibregl.Map({ container: "map", style, interactive: false, canvasContextAttributes: { preserveDrawingBuffer: true }, fadeDuration: 0, ...view });
  map.on("error", ({ error }) => errors.push(String(error?.message ?? error)));
  map.on("styleimagemissing", ({ id }) => errors.push(`no picture of ${id}`));
  const idle = () => Promise.race([new Promise((done) => map.once("idle", () => done(true))), new Promise((done) => setTimeout(() => done(false), limit))]);
  const pixels = () => {
    const canvas = map.getCanvas();
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pen = copy.getContext("2d");
    pen.drawImage(canvas, 0, 0);
    return pen.getImageData(0, 0, copy.width, copy.height).data;
  };
  const inTime = await idle();
  const whole = pixels();
  const picture = map.getCanvas().toDataURL("image/png");
  const layers = map.getStyle()?.layers ?? [];
  const kinds = {
    hatches: layers.filter((layer) => layer.paint?.["fill-pattern"]).map((layer) => layer.id),
    names: layers.filter((layer) => layer.layout?.["text-field"]).map((layer) => layer.id),
  };
  const changed = {};
  for (const [kind, ids] of Object.entries(kinds)) {
    for (const id of ids) map.setLayoutProperty(id, "visibility", "none");
    await idle();
    const without = pixels();
    changed[kind] = 0;
    for (let at = 0; at < whole.length; at += 4) if ([0, 1, 2, 3].some((part) => Math.abs(whole[at + part] - without[at + part]) > 24)) changed[kind] += 1;
    for (const id of ids) map.setLayoutProperty(id, "visibility", "visible");
    await idle();
  }
  const said = new Set(map.queryRenderedFeatures({ layers: kinds.names }).map((feature) => feature.sourceLayer));
  const hatched = new Set(map.queryRenderedFeatures({ layers: kinds.hatches }).map((feature) => feature.sourceLayer));
  const images = map.listImages();
  map.remove();
  return { inTime, errors, picture, changed, images, layers: layers.length, kinds, said: [...said].sort(), hatched: [...hatched].sort() };
}

const faults = [];
let held = 0;
function that(holds, what) {
  if (holds) held += 1;
  else faults.push(what);
}

async function keysOf(name) {
  const keys = [];
  for (let url = `${base}/collections/${name}/items?f=json&limit=100`; url; ) {
    const page = await (await fetch(url)).json();
    keys.push(...page.features.map((feature) => feature.id));
    url = page.links.find((link) => link.rel === "next")?.href;
  }
  return keys.sort();
}

const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const server = await pages();
const browser = await puppeteer.launch({ executablePath, args, headless: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 800, height: 600 });
  page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
  page.on("response", (answer) => answer.url().startsWith(base) && that([200, 204, 304].includes(answer.status()), `${answer.status()} ${answer.url()}`));
  page.on("requestfailed", (request) => request.url().startsWith(base) && !/ERR_ABORTED/.test(request.failure()?.errorText) && faults.push(`${request.failure()?.errorText} ${request.url()}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const webgl = await page.evaluate(() => Boolean(document.createElement("canvas").getContext("webgl2")));
  if (!webgl) skip("this Chromium has no WebGL, not even in software");

  const about = await (await fetch(`${base}/tiles/WebMercatorQuad?f=tilejson`)).json();
  const names = about.vector_layers.map((layer) => layer.id);
  const look = async (what, tilejson, view, layers) => {
    const seen = await page.evaluate(draw, { tilejson, names: layers, view, limit: LIMIT });
    writeFileSync(join(folder, `${what}.png`), Buffer.from(seen.picture.split(",")[1], "base64"));
    that(seen.inTime, `${what}: not drawn after ${LIMIT} ms`);
    that(seen.errors.length === 0, `${what}: ${seen.errors.slice(0, 3).join("; ")}`);
    return seen;
  };
  const fit = { bounds: about.bounds, fitBoundsOptions: { padding: 20 } };
  const whole = await look("all-layers", `${base}/tiles/WebMercatorQuad?f=tilejson`, fit, names);
  that(whole.share > 0.2, `all layers: ${whole.drawn} pixels drawn`);
  for (const name of names) {
    const [found, expected] = [whole.keys[name] ?? [], await keysOf(name)];
    that(JSON.stringify(found) === JSON.stringify(expected), `${name}: ${found.length} of ${expected.length} features are on the map`);
  }
  that(whole.credits.trim().length > 0, "the sources are named on the map");
  const tilejson = `${base}/collections/concessions/tiles/WebMercatorQuad?f=tilejson`;
  const [west, south, east, north] = about.bounds;
  const far = await look("far", tilejson, { center: [(west + east) / 2, (south + north) / 2], zoom: 4 }, ["concessions"]);
  that(far.drawn > 0 && (far.keys.concessions ?? []).length === (await keysOf("concessions")).length, `far away: ${far.drawn} pixels, ${(far.keys.concessions ?? []).length} rights`);
  const near = await look("near", tilejson, { center: [-72.06, -13.37], zoom: 17 }, ["concessions"]);
  that(near.drawn > 0, "beyond the last zoom of the tiles");
  const empty = await look("empty", tilejson, { center: [-70, 10], zoom: 10 }, ["concessions"]);
  that(empty.drawn === 0, `where there is nothing, nothing is drawn: ${empty.drawn} pixels`);

  // our own styles, with our sprites and letters, as another origin reads them
  const sheet = await (await fetch(`${base}/sprites/tupu.json`)).json();
  for (const [what, id, hatched, said] of [["styled", "todas", ["concessions", "zoning"], ["communities"]], ["styled-rights", "concessions", ["concessions"], ["concessions"]]]) {
    const view = { center: [(west + east) / 2, (south + north) / 2], zoom: 13 };
    const seen = await page.evaluate(dress, { style: `${base}/styles/${id}?f=mapbox`, view, limit: LIMIT });
    writeFileSync(join(folder, `${what}.png`), Buffer.from(seen.picture.split(",")[1], "base64"));
    that(seen.inTime, `${what}: not drawn after ${LIMIT} ms`);
    that(seen.errors.length === 0, `${what}: ${seen.errors.slice(0, 3).join("; ")}`);
    that(seen.layers > 2 && seen.kinds.hatches.length > 0 && seen.kinds.names.length > 0, `${what}: ${seen.layers} layers, ${seen.kinds.hatches.length} with hatches, ${seen.kinds.names.length} with names`);
    that(seen.images.length === Object.keys(sheet).length, `${what}: ${seen.images.length} of ${Object.keys(sheet).length} hatches were loaded`);
    that(seen.changed.hatches > 4000, `${what}: hatches change ${seen.changed.hatches} pixels`);
    that(seen.changed.names > 150, `${what}: names change ${seen.changed.names} pixels`);
    for (const layer of hatched) that(seen.hatched.includes(layer), `${what}: ${layer} has a hatch on the map; those that have: ${seen.hatched}`);
    for (const layer of said) that(seen.said.includes(layer), `${what}: ${layer} has names on the map; those that have: ${seen.said}`);
  }
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults.slice(0, 20)) console.log(`  does not hold: ${fault}`);
console.log(`  MapLibre GL JS ${require("maplibre-gl/package.json").version}: ${held} checks hold, ${faults.length} do not`);
process.exit(faults.length === 0 && held > 0 ? 0 : 1);
