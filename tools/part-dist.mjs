// Parts what Trunk built into what the first view needs and the rest, which boot.js fetches after it:
// the style sheets of style/rest, and in a release the rest of the program (split-wasm.mjs, rest.txt).
// The page names them in <meta name="app-rest-style"> and <meta name="app-rest">.
//
// Trunk calls it with its staging folder, once the program has been made small. Comments, white space
// and long names go first (minify-dist.mjs).
import "./minify-dist.mjs";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle-css.mjs";
import { constantsIn } from "./reach.mjs";
import { splitFile } from "./split-wasm.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("no folder: let Trunk call this");
const page = join(folder, "index.html");
let html = readFileSync(page, "utf8");

/** Gives a file of the folder a name with the digest of what it holds. */
function named(file, stem, ending) {
  const digest = createHash("sha256").update(readFileSync(join(folder, file))).digest("hex").slice(0, 16);
  const name = `${stem}-${digest}${ending}`;
  renameSync(join(folder, file), join(folder, name));
  return name;
}

/** States a file in the page, beside the program and in its way of writing addresses. */
function state(meta, file) {
  const tag = /<meta name="?app-wasm"? content="?([^">]*\/)?[^">/]*"?\s*\/?>/.exec(html);
  if (!tag) throw new Error("index.html names no app-wasm");
  html = html.replace(tag[0], `${tag[0]}\n<meta name="${meta}" content="${tag[1] ?? ""}${file}">`);
}

/** The program's script, with what it gives to the program under other names. */
function withNames(script, names) {
  const found = new Set();
  const changed = script.replace(/\b(__wbg\w+|__wbindgen\w+)(?=:)/g, (name) => {
    if (!names.has(name)) return name;
    if (found.has(name)) throw new Error(`${name} stands twice in the script`);
    found.add(name);
    return names.get(name);
  });
  const missing = [...names.keys()].filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`not in the script: ${missing.join(", ")}`);
  return changed;
}

// The styles of the first view are not to hold up the first paint (boot.js puts them to use).
const style = /<link rel="?stylesheet"? href="?([^">\s]*main-[^">\s]*\.css)"?\s*\/?>/.exec(html);
if (!style) throw new Error("index.html links no main style sheet");
html = html.replace(
  style[0],
  `<link rel="preload" as="style" href="${style[1]}">\n<noscript><link rel="stylesheet" href="${style[1]}"></noscript>`,
);

const options = ["--loader=css", "--minify", "--charset=utf8", "--log-level=warning"];
writeFileSync(join(folder, "rest"), execFileSync("esbuild", options, { input: bundle("style/rest") }));
state("app-rest-style", named("rest", "rest", ".css"));

if (process.env.TRUNK_PROFILE === "release") {
  const programs = readdirSync(folder).filter((name) => name.endsWith("_bg.wasm"));
  if (programs.length !== 1) throw new Error(`expected one program in ${folder}, found ${programs.length}`);
  const list = readFileSync(new URL("rest.txt", import.meta.url), "utf8");
  const constants = constantsIn(readFileSync(process.env.LINK_MAP, "utf8"));
  const { counts, names } = splitFile(join(folder, programs[0]), join(folder, "first"), join(folder, "second"), list, constants);
  // A list that names nothing, or no data between the marks, is a mistake, not a wish.
  if (counts.rest === 0 || counts.data === 0) throw new Error(`nothing to part: ${JSON.stringify(counts)}`);
  console.log(`parted: ${JSON.stringify(counts)}`);
  rmSync(join(folder, programs[0]));
  const stem = programs[0].replace(/-[0-9a-f]+_bg\.wasm$/, "");
  state("app-rest", named("second", stem, "_rest.wasm"));
  const [script] = readdirSync(folder).filter((name) => name.startsWith(stem) && name.endsWith(".js"));
  writeFileSync(join(folder, script), withNames(readFileSync(join(folder, script), "utf8"), names));
  html = html.replaceAll(script, named(script, stem, ".js"));
  // Named anew, since what Trunk named them after was something else.
  html = html.replaceAll(programs[0], named("first", stem, "_bg.wasm"));
}

// What is asked for ahead stands behind what is painted first: as early on the line, and not in the way.
const ahead = html.match(/<link rel="?(?:modulepreload|preload)"?[^>]*>/g) ?? [];
if (ahead.length < 3) throw new Error(`expected style sheet, script and program to be asked for ahead, found ${ahead.length}`);
for (const link of ahead) html = html.replace(link, "");
html = html.replace("</body>", `${ahead.join("\n")}\n</body>`);

// What it says to those who work on it is in the source.
writeFileSync(page, html.replace(/\s*<!--[\s\S]*?-->/g, ""));
