// Measures the built page beside two yardsticks, in one run on one machine: bench/plain, a page
// written by hand for this one list, and AG Grid Community. Prints a table and writes results.md.
//
// ./dev bench builds the page, installs the grid and calls:
// node bench/run.mjs <folder with ag-grid-community.min.js>
//
// CHROMIUM names the browser. BENCH_SIZES (1000,10000,100000), BENCH_ROUNDS (5), BENCH_OUT and BENCH_DIST narrow it.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync, copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PAGES, instruments } from "./pages.mjs";
import { makePlan } from "./plan.mjs";
import { report } from "./report.mjs";
import { serve } from "./serve.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const { chromium } = createRequire(join(root, "tests/e2e/package.json"))("@playwright/test");

const SIZES = (process.env.BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** First visits of each page in a round, and those of which only the first paint is asked: it varies more. */
const VISITS = 4;
const PAINTS = 10;
/** By then every page has been painted for the first time, and nobody need ask while it is. */
const PAINTED_MS = 500;
/** How often a list is scrolled in a round: the longest frame of one varies by what else the machine does. */
const SCROLLS = 4;
const OUT = process.env.BENCH_OUT ?? join(here, "results.md");
const TYPED = "dinh danh";
/** After so long a step counts as missing. */
const STEP_MS = 180_000;
/** By which the processes of this run's browser are told from all others. */
const MARK = `--bench-run=${process.pid}`;

const results = new Map();

/** Keeps values of one measure of one page at one size. */
function keep(size, measure, page, values) {
  const key = JSON.stringify([size, measure, page]);
  results.set(key, [...(results.get(key) ?? []), ...[values].flat()]);
}

const say = (text) => process.stderr.write(`${text}\n`);

/** Who visits: the same for every page. */
const CONTEXT = { viewport: { width: 1440, height: 900 }, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" };

async function fresh(browser, base) {
  const context = await browser.newContext(CONTEXT);
  await context.addInitScript(instruments);
  const page = await context.newPage();
  page.base = base;
  page.setDefaultTimeout(60_000);
  return page;
}

/** The time from an input that `act` makes to the next painted frame. */
async function timed(page, kind, act, after = kind) {
  await page.evaluate(([k, a]) => window.bench.arm(k, a), [kind, after]);
  await act();
  return page.evaluate(() => window.bench.result);
}

/** The memory of the browser's pages, in megabytes; nothing where /proc is not there. */
function memory() {
  try {
    const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      try {
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))[1];
        return [{ pid, parent, line: readFileSync(`/proc/${pid}/cmdline`, "utf8") }];
      } catch {
        return [];
      }
    });
    const ours = new Set(processes.filter((p) => p.line.includes(MARK)).map((p) => p.pid));
    for (let grown = true; grown; ) {
      const more = processes.filter((p) => ours.has(p.parent) && !ours.has(p.pid));
      for (const p of more) ours.add(p.pid);
      grown = more.length > 0;
    }
    const pages = processes.filter((p) => ours.has(p.pid) && p.line.includes("--type=renderer"));
    const sizes = pages.map(({ pid }) => {
      const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
      return Number(found[1]) / 1024;
    });
    return sizes.length > 0 ? [Math.max(...sizes)] : [];
  } catch {
    return [];
  }
}

/** The frames while `act` goes on. */
async function frames(page, act) {
  await page.evaluate(() => window.bench.frames());
  await act();
  return page.evaluate(() => window.bench.stop());
}

/** One round of one page with one plan. What fails is said and left out. */
async function round(browser, base, kind, size, file) {
  const page = await fresh(browser, base);
  const step = async (measure, measureIt) => {
    try {
      keep(size, measure, kind.name, await within(STEP_MS, measureIt()));
    } catch (error) {
      say(`  ${kind.name}, ${size}: ${measure} not measured: ${String(error.message).split("\n")[0]}`);
    }
  };
  await step("open the plan", () => kind.open(page, file));
  const table = await kind.table(page).catch(() => false);
  const search = kind.search(page);
  await step("keystroke", async () => {
    await search.click();
    const times = [];
    for (const letter of TYPED) times.push(await timed(page, "keydown", () => page.keyboard.press(letter === " " ? "Space" : letter), "input"));
    for (const _ of TYPED) times.push(await timed(page, "keydown", () => page.keyboard.press("Backspace"), "input"));
    // The first letter of a page may prepare what all others use.
    keep(size, "first keystroke", kind.name, times.shift());
    return times;
  });
  if (table) {
    await step("sort", async () => {
      const button = kind.sort(page);
      return [await timed(page, "click", () => button.click()), await timed(page, "click", () => button.click())];
    });
    if (kind.regroup) {
      await step("regroup", async () => {
        const times = [];
        for (const value of kind.regroup.values) {
          times.push(await timed(page, "change", () => kind.regroup.locate(page).selectOption(value)));
        }
        return times;
      });
    }
    const toTop = () => page.evaluate((selector) => {
      document.querySelector(selector)?.scrollTo(0, 0);
      scrollTo(0, 0);
    }, kind.scroller);
    await step("scrolling, longest frame", async () => {
      const box = await page.locator(kind.scroller).first().boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 800) / 2);
      const longest = [];
      for (let n = 0; n < SCROLLS; n += 1) {
        const lengths = await frames(page, async () => {
          for (let i = 0; i < 40; i += 1) await page.mouse.wheel(0, 400);
        });
        keep(size, "scrolling, median frame", kind.name, median(lengths));
        longest.push(Math.max(...lengths));
        await toTop();
      }
      return longest;
    });
  }
  await step("open a task", async () => {
    const times = [];
    for (const at of [1, 2]) {
      times.push(await timed(page, "click", () => kind.task(page, at).click()));
      await page.locator(kind.opened).first().waitFor();
    }
    return times;
  });
  await step("status change", async () => {
    const times = [];
    for (let i = 0; i < 2; i += 1) {
      const button = await kind.status(page);
      times.push(await timed(page, "click", () => button.click()));
    }
    return times;
  });
  await step("memory, MB", async () => memory());
  if (kind.board) {
    await step("dragging on the board, longest frame", async () => {
      const card = await kind.board(page);
      const box = await card.boundingBox();
      await page.mouse.move(box.x + 40, box.y + 20);
      await page.mouse.down();
      const lengths = await frames(page, async () => {
        for (let i = 1; i <= 40; i += 1) await page.mouse.move(box.x + 40 + i * 15, box.y + 20 + i * 5);
      });
      await page.keyboard.press("Escape");
      await page.mouse.up();
      keep(size, "dragging on the board, median frame", kind.name, median(lengths));
      return Math.max(...lengths);
    });
  }
  await page.context().close();
}

/** Puts a page on a slow line and a quarter of the processor. */
async function slowly(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** A first visit until something is painted. No script of ours is in the page: it would take of that time. */
async function firstPaint(browser, base, name, path) {
  const page = await (await browser.newContext(CONTEXT)).newPage();
  await slowly(page);
  await page.goto(base + path);
  await page.waitForTimeout(PAINTED_MS);
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  if (paint === undefined) throw new Error("nothing was painted");
  keep("first visit", "first paint", name, paint);
}

/** A first visit until the first line of the list is there. */
async function firstUse(browser, base, name, path, ready) {
  const page = await fresh(browser, base);
  await page.addInitScript((selector) => { window.benchReady = selector; }, ready);
  await slowly(page);
  await page.goto(base + path);
  keep("first visit", "usable", name, await page.evaluate(() => window.benchUsable));
}

/** What comes of a promise, or an error when that takes longer. */
function within(ms, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`took longer than ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

async function main([gridFolder]) {
  const work = mkdtempSync(join(tmpdir(), "bench-"));
  mkdirSync(join(work, "empty"));
  mkdirSync(join(work, "data"));
  writeFileSync(join(work, "empty/index.html"), "<!DOCTYPE html><title>Empty</title><link rel=icon href='data:,'><p>Empty");
  copyFileSync(join(gridFolder, "ag-grid-community.min.js"), join(work, "ag-grid-community.min.js"));
  for (const size of [100, ...SIZES]) writeFileSync(join(work, `data/${size}.json`), JSON.stringify(makePlan(size)));
  const server = await serve({
    "/app/": process.env.BENCH_DIST ?? join(root, "dist"),
    "/plain/": join(here, "plain"),
    "/aggrid/ag-grid-community.min.js": join(work, "ag-grid-community.min.js"),
    "/aggrid/": join(here, "aggrid"),
    "/empty/": join(work, "empty"),
    "/data/": join(work, "data"),
  });
  const start = (...more) => chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more,
    ],
  });
  // Without a limit, a frame takes as long as its work: nothing waits for the screen.
  const browser = await start("--disable-frame-rate-limit", "--disable-gpu-vsync", MARK);
  try {
    for (let n = 1; n <= ROUNDS; n += 1) {
      say(`round ${n} of ${ROUNDS}: first visit`);
      const visits = [
        ["an empty page", "/empty/", null],
        ["Tiến độ 06", "/app/#/board?unit=toan-quoc", "article"],
        ["AG Grid", "/aggrid/?plan=/data/100.json", ".ag-row"],
      ];
      const all = [
        ...Array(PAINTS).fill(visits).flat().map((visit) => [firstPaint, visit]),
        ...Array(VISITS).fill(visits.filter((visit) => visit[2])).flat().map((visit) => [firstUse, visit]),
      ];
      for (const [measure, visit] of all) {
        const visitor = await start();
        try {
          await within(120_000, measure(visitor, server.address, ...visit));
        } catch (error) {
          say(`  ${visit[0]}: first visit not measured: ${String(error.message).split("\n")[0]}`);
        }
        await visitor.close();
      }
      for (const size of SIZES) {
        for (const kind of PAGES) {
          say(`round ${n} of ${ROUNDS}: ${size} tasks, ${kind.name}`);
          await round(browser, server.address, kind, size, join(work, `data/${size}.json`));
        }
      }
    }
    const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB, Chromium ${browser.version()}`;
    const text = report(results, { machine, date: new Date().toISOString().slice(0, 10), rounds: ROUNDS, sizes: SIZES });
    writeFileSync(OUT, text);
    console.log(text);
  } finally {
    await browser.close();
    server.close();
    rmSync(work, { recursive: true });
  }
}

await main(process.argv.slice(2));
