// Looks at the pages of reports in a real browser: nothing is fetched, nothing goes wrong, the filter filters, what is
// printed is whole, and axe finds nothing to say about accessibility.
//
// PAPERS is a folder of reports; scripts/test-pages makes it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const papers = process.env.PAPERS;
const ONE_OF_A_KIND = 1;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 700 };
// A4 within the margins of the page, at 96 dots an inch.
const SHEET = { width: Math.floor((186 / 25.4) * 96), height: Math.floor((273 / 25.4) * 96) };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
});
after(() => browser?.close());

/** Opens a page; whatever it says, fetches or asks is noted. */
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const noted = [];
  page.on("console", (message) => noted.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noted.push(`error: ${error}`));
  page.on("dialog", (dialog) => { noted.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) noted.push(`fetched: ${request.url()}`); });
  await page.goto(pathToFileURL(file).href);
  return { page, noted, close: () => context.close() };
}

/** The pages of a report: those of the folder, and one of each kind of the folders within. */
function pages(report) {
  const entries = readdirSync(report, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(report, entry.name);
    if (entry.isFile()) return entry.name.endsWith(".html") ? [path] : [];
    const inner = readdirSync(path).filter((name) => name.endsWith(".html")).sort();
    return inner.slice(0, ONE_OF_A_KIND).map((name) => join(path, name));
  });
}

const reports = readdirSync(papers).map((name) => join(papers, name));

for (const file of reports.flatMap(pages)) {
  const name = file.slice(papers.length + 1);

  test(`${name}: opens without a word`, async () => {
    const { page, noted, close } = await open(file);
    assert.deepEqual(noted, []);
    assert.ok((await page.title()).length > 0);
    await close();
  });

  for (const [look, options] of Object.entries({
    light: { colorScheme: "light" },
    dark: { colorScheme: "dark" },
    phone: { viewport: PHONE },
    "phone, dark": { viewport: PHONE, colorScheme: "dark" },
  })) {
    test(`${name}: accessible, ${look}`, async () => {
      const { page, close } = await open(file, options);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run());
      const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((n) => n.html).slice(0, 3)}`);
      assert.deepEqual(told, []);
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(beside <= 0, `${beside} pixels stick out`);
      await close();
    });
  }

  test(`${name}: printed whole`, async () => {
    const { page, close } = await open(file, { viewport: SHEET, colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate(({ width, height }) => {
      const wrong = [];
      for (const element of document.querySelectorAll("tr, figure, article.trip, .unmet > article, .message")) {
        const box = element.getBoundingClientRect();
        if (box.height === 0) continue;
        const told = `${element.tagName} ${element.textContent.slice(0, 40)}`;
        if (getComputedStyle(element).breakInside !== "avoid") wrong.push(`may be cut: ${told}`);
        if (box.height > height) wrong.push(`higher than a sheet: ${told}`);
        if (box.right > width + 1) wrong.push(`wider than a sheet: ${told}`);
      }
      if (getComputedStyle(document.body).backgroundColor !== "rgb(255, 255, 255)") wrong.push("printed on dark");
      return wrong;
    }, SHEET);
    assert.deepEqual(cut, []);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 1000);
    await close();
  });
}

const rota = join(papers, "south-wales", "rota.html");
const shown = (page) => page.locator("article.trip:visible").count();

test("the filter filters", async () => {
  const { page, noted, close } = await open(rota);
  const all = await shown(page);
  const unmet = await page.locator(".unmet > article").count();
  assert.ok(all > 1 && unmet > 1);
  const status = page.getByRole("status");

  await page.getByLabel("Search").fill("SCOURFIELD");
  assert.equal(await shown(page), 1);
  assert.equal(await status.textContent(), `1 of ${all} trips, 0 of ${unmet} visits not met`);
  assert.equal(await page.locator("section.day:visible").count(), 1);
  assert.equal(await page.locator("path.way:visible").count(), 1);

  await page.getByLabel("Search").fill("nobody at all");
  assert.equal(await shown(page), 0);
  assert.ok(await page.getByText("No trip matches.").isVisible());

  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction(() => document.querySelectorAll("article.trip[hidden]").length === 0);
  assert.equal(await status.textContent(), "");

  await page.getByLabel("Day").selectOption("2026-12-06");
  assert.equal(await shown(page), 3);
  assert.equal(await page.locator(".grid thead th:visible").count(), 2);

  await page.getByLabel("Volunteer", { exact: true }).selectOption("V12");
  assert.equal(await shown(page), 1, "as a chaperone too");
  assert.equal(await page.locator(".grid tbody tr:visible").count(), 1);
  assert.deepEqual(noted, []);
  await close();
});

test("everything is there without the script", async () => {
  const { page, close } = await open(rota, { javaScriptEnabled: false });
  assert.equal(await shown(page), await page.locator("article.trip").count());
  assert.ok(!(await page.locator("#filter").isVisible()));
  await close();
});

test("the keyboard gets everywhere", async () => {
  const { page, close } = await open(rota);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the rota");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  const trip = await page.evaluate(() => document.activeElement.hash);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.querySelector(":target")?.id), trip.slice(1));
  await close();
});

test("hostile names stay names", async () => {
  const { page, noted, close } = await open(join(papers, "hostile", "rota.html"));
  const text = await page.locator("body").textContent();
  assert.ok(text.includes("<script>alert('V1')</script>"), "told as it is");
  assert.equal(await page.locator("script").count(), 1, "the page's own");
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(noted, []);
  await close();
});
