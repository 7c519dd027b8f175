// Checks the contrast of the design's tokens, light and dark, and keeps the table of it at the end
// of their sheet: text needs 4.5:1 with what is behind it, the edges of controls and marks 3:1.
//
// node tools/contrast.mjs [--write]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const SHEET = fileURLToPath(new URL("../style/tokens.css", import.meta.url));
const TEXT = 4.5;
const MARK = 3;
const SURFACES = ["surface-0", "surface-1", "surface-2", "surface-3"];
const HEAT = ["heat-1", "heat-2", "heat-3", "done-1", "done-2", "done-3"];
const STATES = ["slate", "blue", "green", "olive", "red", "amber", "violet", "magenta", "brown"];

/** What is drawn on what, and the least ratio: [front, backs, least]. */
export const PAIRS = [
  ["ink-1", [...SURFACES, "accent-wash", "amber-wash", "red-wash", "mark", ...HEAT], TEXT],
  ["ink-2", SURFACES, TEXT],
  ["ink-3", SURFACES, TEXT],
  ["accent", [...SURFACES, "accent-wash"], TEXT],
  ["accent-hover", ["surface-0", "surface-1", "surface-2", "accent-wash"], TEXT],
  ["accent-ink", ["accent", "accent-hover"], TEXT],
  ...STATES.map((state) => [state, [...SURFACES, `${state}-wash`], TEXT]),
  ["line-strong", ["surface-0", "surface-1", "surface-2"], MARK],
  ["focus", [...SURFACES, "accent-wash", ...HEAT], MARK],
];

/** The colours of a sheet by name, each `{ light, dark }` as three parts of OKLCH. */
export function colours(css) {
  const found = {};
  const part = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const both = new RegExp(String.raw`--([\w-]+):\s*light-dark\(\s*${part},\s*${part}\s*\)`, "g");
  for (const [, name, ...parts] of css.matchAll(both)) {
    if (name in found) throw new Error(`--${name} is declared twice`);
    const numbers = parts.map(Number);
    found[name] = { light: numbers.slice(0, 3), dark: numbers.slice(3) };
  }
  return found;
}

/** The linear red, green and blue of an OKLCH colour, each cut to what a screen shows. */
export function linear([lightness, chroma, hue]) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((value) => Math.min(1, Math.max(0, value)));
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
export function contrast(one, other) {
  const luminance = (colour) => {
    const [r, g, b] = linear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Every pair with its two ratios, and the faults: pairs under their least, names that are missing. */
export function check(css, pairs = PAIRS) {
  const all = colours(css);
  const faults = [];
  const lines = [];
  for (const [front, backs, least] of pairs) {
    for (const back of backs) {
      const missing = [front, back].filter((name) => !(name in all));
      if (missing.length > 0) {
        faults.push(`--${missing[0]} has no light and dark value`);
        continue;
      }
      const ratios = ["light", "dark"].map((theme) => contrast(all[front][theme], all[back][theme]));
      // Cut, not rounded: 4.46 is not 4.5.
      const [light, dark] = ratios.map((ratio) => (Math.floor(ratio * 10) / 10).toFixed(1).padStart(4));
      lines.push(`${front.padEnd(12)} on ${back.padEnd(13)} ${light} ${dark}  (${least})`);
      for (const [theme, ratio] of [["light", ratios[0]], ["dark", ratios[1]]]) {
        if (ratio < least) faults.push(`${front} on ${back}, ${theme}: ${ratio.toFixed(2)} is under ${least}`);
      }
    }
  }
  return { lines, faults };
}

const OPENING = "/* Contrast, light and dark, and the least there may be; written by tools/contrast.mjs --write";

/** The sheet with its table brought up to date. */
export function documented(css) {
  const [sheet] = css.split(OPENING);
  const { lines } = check(sheet);
  return `${sheet.trimEnd()}\n\n${OPENING}\n${lines.map((line) => `   ${line}\n`).join("")}*/\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let css = readFileSync(SHEET, "utf8");
  if (process.argv.includes("--write")) {
    css = documented(css);
    writeFileSync(SHEET, css);
  }
  const { lines, faults } = check(css);
  if (documented(css) !== css) faults.push("the table in style/tokens.css is not current: node tools/contrast.mjs --write");
  for (const fault of faults) console.error(fault);
  console.log(`${lines.length} pairs of colours, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
