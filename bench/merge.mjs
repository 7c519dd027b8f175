// Measures import and merge of many files, in one run and one browser: the page's own code in
// WebAssembly with every check; JSON.parse and a last-writer-wins Map in plain JavaScript, which checks
// nothing (the floor); Yjs and Loro on the same updates. Then what the page does with these files: the
// longest block of its main thread; and what saving one update costs in a small and in a large ledger.
//
// ./dev bench builds the module, installs the others and calls:
// node bench/merge.mjs <merge_bench.wasm> <folder with node_modules> <esbuild> <results.md>
//
// CHROMIUM names the browser. MERGE_FILES (100), MERGE_EVENTS (1000), MERGE_ROUNDS (7; 0 for the page alone) narrow it, and
// BENCH_DIST names another built page; MERGE_PAGE=0 leaves the page out.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./serve.mjs";
import { cellOf, makeFiles } from "./updates.mjs";
import { UNJUDGED, longestBlock, savingCost } from "./page-import.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const { chromium } = createRequire(join(root, "tests/e2e/package.json"))("@playwright/test");

const FILES = Number(process.env.MERGE_FILES ?? 100);
/** As many as the desk is made for. */
const MANY = 300;
const EVENTS = Number(process.env.MERGE_EVENTS ?? 1000);
const ROUNDS = Number(process.env.MERGE_ROUNDS ?? 7);
const OURS = "Tiến độ 06";
const FLOOR = "JSON.parse and a Map";
const CONTENDERS = [OURS, FLOOR, "Yjs", "Loro"];

const say = (text) => process.stderr.write(`${text}\n`);
const quantile = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
};
const cell = (values) => `${quantile(values, 0.5).toFixed(1)} (${quantile(values, 0.1).toFixed(1)}–${quantile(values, 0.9).toFixed(1)})`;

/** The same updates as each of the two libraries sends them: one transaction an update. */
function updatesOf(files, packages) {
  const require = createRequire(join(packages, "package.json"));
  const Y = require("yjs");
  const { LoroDoc } = require("loro-crdt");
  return files.map((file, number) => {
    const yjs = new Y.Doc();
    yjs.clientID = number + 1;
    const cells = yjs.getMap("cells");
    const loro = new LoroDoc();
    loro.setPeerId(BigInt(number + 1));
    const map = loro.getMap("cells");
    for (const event of file.events) {
      const key = cellOf(event);
      // Who, when and what; ids, parents and places are the libraries' own.
      const kept = { value: event.value, author: event.author, ms: event.time.ms };
      yjs.transact(() => cells.set(key, kept));
      map.set(key, kept);
      loro.commit();
    }
    return { yjs: Y.encodeStateAsUpdate(yjs), loro: loro.export({ mode: "update" }) };
  });
}

/** In the page: takes in everything and returns milliseconds by step, and how many values there are. */
async function contend([name, count]) {
  const bytesOf = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
  const all = (ending) => Promise.all(Array.from({ length: count }, (_, n) => bytesOf(`/files/${n}.${ending}`)));
  const steps = {};
  const timed = (step, act) => {
    const from = performance.now();
    const made = act();
    steps[step] = (steps[step] ?? 0) + performance.now() - from;
    return made;
  };
  let values = 0;
  if (name === "Tiến độ 06") {
    const files = await all("json");
    const { instance } = await WebAssembly.instantiateStreaming(fetch("/files/merge.wasm"), {});
    const { room, read, unite, fold, memory } = instance.exports;
    for (const bytes of files) {
      timed("read and check", () => {
        // First, for the memory may grow by it.
        const at = room(bytes.length);
        new Uint8Array(memory.buffer).set(bytes, at);
        if (read() === -1) throw new Error("refused");
      });
      timed("unite", unite);
    }
    values = timed("fold", fold);
  } else if (name === "JSON.parse and a Map") {
    const files = await all("json");
    const cells = new Map();
    const decoder = new TextDecoder();
    const later = (a, b) =>
      a.time.ms - b.time.ms || a.time.c - b.time.c || (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : a.id < b.id ? -1 : 1);
    for (const bytes of files) {
      const { events } = timed("parse", () => JSON.parse(decoder.decode(bytes)));
      timed("Map", () => {
        for (const event of events) {
          const adds = event.field === "note" || event.field === "evidence";
          const cell = `${event.unit}|${event.subject}|${event.field}${adds ? `|${event.id}` : ""}`;
          const known = cells.get(cell);
          if (known === undefined || later(known, event) < 0) cells.set(cell, event);
        }
      });
    }
    values = cells.size;
  } else if (name === "Yjs") {
    const Y = await import("/files/yjs.js");
    const files = await all("yjs");
    const doc = new Y.Doc();
    for (const bytes of files) timed("apply", () => Y.applyUpdate(doc, bytes));
    values = timed("fold", () => Object.keys(doc.getMap("cells").toJSON()).length);
  } else {
    const { default: init, LoroDoc } = await import("/files/loro/index.js");
    await init?.();
    const files = await all("loro");
    const doc = new LoroDoc();
    timed("import", () => doc.importBatch(files));
    values = timed("fold", () => Object.keys(doc.getMap("cells").toJSON()).length);
  }
  return { steps, total: Object.values(steps).reduce((a, b) => a + b, 0), values };
}

/** Writes files, and says where and how large they are together. */
function written(files, folder, prefix) {
  let bytes = 0;
  const paths = files.map((file, number) => {
    const text = JSON.stringify(file, null, 2);
    bytes += Buffer.byteLength(text);
    const path = join(folder, `${prefix}${number}.json`);
    writeFileSync(path, text);
    return path;
  });
  return { bytes, paths };
}

async function main([module, packages, esbuild, out]) {
  const work = mkdtempSync(join(tmpdir(), "merge-"));
  say(`making ${FILES} files of ${EVENTS} updates`);
  const files = makeFiles(FILES, EVENTS);
  const { bytes, paths } = written(files, work, "");
  if (ROUNDS > 0) updatesOf(files, packages).forEach(({ yjs, loro }, number) => {
    writeFileSync(join(work, `${number}.yjs`), yjs);
    writeFileSync(join(work, `${number}.loro`), loro);
  });
  copyFileSync(module, join(work, "merge.wasm"));
  writeFileSync(join(work, "index.html"), "<!DOCTYPE html><title>Merge</title><link rel=icon href='data:,'>");
  const bundle = (from, to) => execFileSync(esbuild, [from, "--bundle", "--minify", "--format=esm", `--outfile=${to}`, "--log-level=error"]);
  bundle(join(packages, "node_modules/yjs/dist/yjs.mjs"), join(work, "yjs.js"));
  mkdirSync(join(work, "loro"));
  bundle(join(packages, "node_modules/loro-crdt/web/index.js"), join(work, "loro/index.js"));
  copyFileSync(join(packages, "node_modules/loro-crdt/web/loro_wasm_bg.wasm"), join(work, "loro/loro_wasm_bg.wasm"));

  const dist = process.env.BENCH_DIST ?? join(root, "dist");
  const server = await serve({ "/files/": work, "/app/": dist });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const lines = [];
  const print = (text = "") => lines.push(text);
  try {
    const totals = new Map(CONTENDERS.map((name) => [name, []]));
    const parts = new Map();
    const values = new Map();
    for (let round = 0; round < ROUNDS; round += 1) {
      // Another order in every round, each in a page of its own.
      for (let at = 0; at < CONTENDERS.length; at += 1) {
        const name = CONTENDERS[(at + round) % CONTENDERS.length];
        const page = await browser.newPage();
        page.setDefaultTimeout(120_000);
        try {
          await page.goto(`${server.address}/files/`);
          const got = await page.evaluate(contend, [name, FILES]);
          totals.get(name).push(got.total);
          values.set(name, got.values);
          for (const [step, ms] of Object.entries(got.steps)) {
            const key = `${name}: ${step}`;
            parts.set(key, [...(parts.get(key) ?? []), ms]);
          }
          say(`round ${round + 1} of ${ROUNDS}: ${name} ${got.total.toFixed(0)} ms`);
        } catch (error) {
          say(`  ${name}: not measured: ${String(error.message).split("\n")[0]}`);
        }
        await page.close();
      }
    }
    const mine = totals.get(OURS);
    const median = mine.length > 0 ? quantile(mine, 0.5) : NaN;
    print(`\n## Import and merge: ${FILES} files of ${EVENTS.toLocaleString("en")} updates, ${(bytes / 2 ** 20).toFixed(0)} MB of JSON`);
    print();
    print(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Chromium ${browser.version()}, ${ROUNDS} rounds, load ${loadavg()[0].toFixed(1)} on the machine.`);
    print("Milliseconds: median (tenth to ninetieth of a hundred). The page reads UTF-8 and JSON, checks the digest of the");
    print("file and the id of every update, unites and folds; the floor parses and keeps the last writer and checks nothing;");
    print("Yjs and Loro take in the same values in their own binary form, and check neither digests nor ids.");
    print();
    print("| | ms | Tiến độ 06 takes, of that | values |");
    print("|---|---|---|---|");
    for (const [name, all] of totals) {
      const ratio = all.length > 0 && mine.length > 0 ? (median / quantile(all, 0.5)).toFixed(2) : "";
      print(`| ${name} | ${all.length > 0 ? cell(all) : "missing"} | ${ratio} | ${values.get(name) ?? ""} |`);
    }
    print();
    print("| of which | ms |");
    print("|---|---|");
    for (const [step, all] of parts) print(`| ${step} | ${cell(all)} |`);
    print();
    const goal = (text, got, met) => print(`- ${met ? "met" : "**missed**"}: ${text}; ${got}`);
    const against = (name, limit, text) => {
      const all = totals.get(name);
      if (all.length === 0 || mine.length === 0) return print(`- not measured: ${text}`);
      const ratio = median / quantile(all, 0.5);
      goal(text, ratio.toFixed(2), ratio <= limit);
    };
    against(FLOOR, 1, "no slower than the floor");
    against("Yjs", 0.5, "at most half of Yjs");
    against("Loro", 0.5, "at most half of Loro");
    if (process.env.MERGE_PAGE !== "0") {
      for (const [text, limit, measure] of [
        ...[paths, written(makeFiles(MANY, EVENTS), work, "many-").paths].map((all) => [
          `the page reads ${all.length} files: longest block of the main thread at most 50 ms`,
          50,
          () => longestBlock(browser, `${server.address}/app/`, all),
        ]),
        ["saving one update beside 100: under 5 ms", 5, () => savingCost(browser, `${server.address}/app/`, paths, 100 / EVENTS, work)],
        ["saving one update beside 50,000: under 5 ms", 5, () => savingCost(browser, `${server.address}/app/`, paths, 50_000 / EVENTS, work)],
      ]) {
        try {
          const all = await measure();
          for (const [step, ms] of Object.entries(all)) {
            if (step.startsWith(UNJUDGED)) print(`- ${text.split(":")[0]}${step.slice(UNJUDGED.length)}: ${cell([ms].flat())} ms`);
            else goal(`${text}${step ? `, ${step}` : ""}`, `${cell([ms].flat())} ms`, quantile([ms].flat(), 0.5) <= limit);
          }
        } catch (error) {
          print(`- not measured: ${text}; ${String(error.message).split("\n")[0]}`);
        }
      }
    }
    const text = `${lines.join("\n")}\n`;
    console.log(text);
    if (out) appendFileSync(out, text);
  } finally {
    await browser.close();
    server.close();
    rmSync(work, { recursive: true });
  }
}

await main(process.argv.slice(2));
