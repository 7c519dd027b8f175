// The key figures in WebAssembly, beside the same natively: 100 agencies, 10,000 tasks, 100,000 updates.
//
// node bench/figures.mjs <module> < what the example kpi_speed printed
//
// The first column is the first update after the page was opened, the second the median of those after it, when the
// engine has made the module fast.
import { readFileSync } from "node:fs";

const ROUNDS = 9;
/** Steps of the opening; the rest are the views. As in crates/tracker/examples/kpi_speed/world.rs. */
const OPENING = 3;

const [, , path] = process.argv;
const names = [...readFileSync(0, "utf8").matchAll(/^\| ([^|]+) \| ([\d.]+) \|$/gm)].map(([, name, ms]) => ({ name, ms: Number(ms) }));
const { instance } = await WebAssembly.instantiate(readFileSync(path), {});
const { figures_new, figures_update, figures_step, memory } = instance.exports;

function timed(step) {
  const start = performance.now();
  const found = figures_step(step) >>> 0;
  const ms = performance.now() - start;
  if (found === 0xffffffff) throw new Error(`there is no step ${step}`);
  return ms;
}
const median = (all) => all.toSorted((a, b) => a - b)[all.length >> 1];
const tenth = (ms) => ms.toFixed(1);

figures_new();
const views = names.slice(OPENING).findIndex(({ name }, at, all) => at > 0 && name === all[0].name);
const opening = Array.from({ length: OPENING + views }, (_, step) => timed(step));
const rounds = Array.from({ length: ROUNDS }, () => {
  figures_update();
  return Array.from({ length: views }, (_, view) => timed(OPENING + view));
});
const native = names.slice(OPENING + views);
const sum = (row) => row.reduce((all, ms) => all + ms, 0);

console.log("| once, when the page opens | native, ms | WebAssembly, ms |\n|---|---|---|");
opening.forEach((ms, step) => console.log(`| ${names[step].name} | ${tenth(names[step].ms)} | ${tenth(ms)} |`));
console.log("\n| after one update | native, ms | WebAssembly, the first time, ms | later, ms |\n|---|---|---|---|");
for (let view = 0; view < views; view += 1) {
  const later = median(rounds.slice(1).map((round) => round[view]));
  console.log(`| ${native[view].name} | ${tenth(native[view].ms)} | ${tenth(rounds[0][view])} | ${tenth(later)} |`);
}
const all = native[views];
console.log(`| ${all.name} | ${tenth(all.ms)} | ${tenth(sum(rounds[0]))} | ${tenth(median(rounds.slice(1).map(sum)))} |`);
console.log(`\nIn WebAssembly at most ${Math.round(memory.buffer.byteLength / 1e6)} MB in all.`);
