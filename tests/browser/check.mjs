// Opens every page of a folder in headless Chromium and runs axe-core over it: `node check.mjs FOLDER CHROMIUM`.
// Also measures that nothing is wider than the screen, on phones, tablets and desks.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, executablePath] = process.argv.slice(2);
const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
if (pages.length === 0) throw new Error(`no pages in ${folder}`);

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await puppeteer.launch({ executablePath, args, headless: true });
let faults = 0;

// 1 where the page has to be moved sideways.
async function tooWide(page, name, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.error(`${name} at ${width} px: ${wide} px wider than the screen`);
  return wide > 0 ? 1 : 0;
}

try {
  for (const name of pages) {
    for (const width of [1200, 320]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      await page.goto(pathToFileURL(resolve(folder, name)).href);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, help, nodes } of violations) {
        console.error(`${name} at ${width} px: ${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join("\n  ")}`);
      }
      if (passes.length === 0) throw new Error(`${name}: axe-core checked nothing`);
      faults += violations.length + (await tooWide(page, name, width));
      for (const other of width > 320 ? [720, 1024] : []) {
        await page.setViewport({ width: other, height: 900 });
        faults += await tooWide(page, name, other);
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`${pages.length} pages at four widths: ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
