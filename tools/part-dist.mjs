// Parts what Trunk built into what the first view needs and the rest, which boot.js fetches after it:
// the style sheets of style/rest, and in a release the rest of the program (split-wasm.mjs, rest.txt).
// The page names them in <meta name="app-rest-style"> and <meta name="app-rest">.
//
// Trunk calls it with its staging folder, once the program has been made small.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle-css.mjs";
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
  const counts = splitFile(join(folder, programs[0]), join(folder, "first"), join(folder, "second"), list);
  // A list that names nothing, or no data between the marks, is a mistake, not a wish.
  if (counts.rest === 0 || counts.data === 0) throw new Error(`nothing to part: ${JSON.stringify(counts)}`);
  console.log(`parted: ${JSON.stringify(counts)}`);
  rmSync(join(folder, programs[0]));
  const stem = programs[0].replace(/-[0-9a-f]+_bg\.wasm$/, "");
  state("app-rest", named("second", stem, "_rest.wasm"));
  // Named anew, since what Trunk named it after was not yet parted.
  html = html.replaceAll(programs[0], named("first", stem, "_bg.wasm"));
}
writeFileSync(page, html);
