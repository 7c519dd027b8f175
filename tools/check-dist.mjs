// Checks the built page: what its first load costs, and that it holds no path of the machine that
// built it. Prints a table; exits with 1 if a check fails.
//
// node tools/check-dist.mjs <dist> <goal in bytes> <ceiling in bytes> <forbidden path>…
//
// A first load over the goal is said; one over the ceiling fails.
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

/** Link relations whose target the browser fetches by itself. */
const FETCHED = ["stylesheet", "icon", "manifest", "modulepreload", "preload"];
/** Names under which index.html states the files that boot.js fetches before anything is drawn. */
const STATED = ["app-module", "app-wasm"];
/** Names of what it fetches after them: everything that the first view does without. */
const AFTER = ["app-rest", "app-rest-style"];
/** Paths of any machine, whichever built the page: the registry of crates and the home of rustup. */
const ALWAYS_FORBIDDEN = [".cargo/registry", ".rustup/toolchains"];

/** The attributes of an HTML tag, quoted or not. */
function attributes(tag) {
  const found = {};
  for (const [, name, a, b, c] of tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)) {
    found[name.toLowerCase()] = a ?? b ?? c;
  }
  return found;
}

/** What a file makes the browser fetch, as written in it. */
function references(name, text) {
  if (name.endsWith(".html")) {
    return [...text.matchAll(/<(script|link|meta|img)\b[^>]*>/gi)].flatMap(([tag, element]) => {
      const { src, href, rel = "", name: meta, content } = attributes(tag);
      if (element.toLowerCase() === "link") return rel.split(/\s+/).some((r) => FETCHED.includes(r)) ? [href] : [];
      if (element.toLowerCase() === "meta") return STATED.includes(meta) ? [content] : [];
      return src ? [src] : [];
    });
  }
  const pattern = name.endsWith(".css")
    ? /(?:url\(\s*["']?|@import\s+["'])([^"')\s]+)/g
    : name.endsWith(".js")
      ? /(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g
      : undefined;
  return pattern ? [...text.matchAll(pattern)].map((match) => match[1]) : [];
}

/** A file with its sizes, in bytes. */
function weigh(name, bytes) {
  const compressed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { name, raw: bytes.length, brotli: compressed.length };
}

/** The files that are fetched once the first load is there. */
export function afterLoad(dist) {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const named = [...html.matchAll(/<meta\b[^>]*>/gi)].map(([tag]) => attributes(tag)).filter(({ name }) => AFTER.includes(name));
  return named.map(({ content }) => posix.normalize(content)).map((name) => weigh(name, readFileSync(join(dist, name))));
}

/**
 * The files of the first load with their sizes: index.html, what it names, and what those name.
 * Throws if one is missing or comes from another server, or if no program is among them: then this
 * function, or the page, has lost track.
 */
export function firstLoad(dist) {
  const files = new Map();
  const queue = ["index.html"];
  while (queue.length > 0) {
    const name = queue.shift();
    if (files.has(name)) continue;
    let bytes;
    try {
      bytes = readFileSync(join(dist, name));
    } catch {
      throw new Error(`${name} is asked for by the page but not in ${dist}`);
    }
    files.set(name, weigh(name, bytes));
    for (const reference of references(name, bytes.toString("utf8"))) {
      if (reference.startsWith("data:") || reference.startsWith("#")) continue;
      if (/^([a-z]+:)?\/\//i.test(reference)) throw new Error(`${name} asks another server: ${reference}`);
      queue.push(posix.join(posix.dirname(name), reference));
    }
  }
  for (const ending of [".js", ".wasm", ".css"]) {
    if (![...files.keys()].some((name) => name.endsWith(ending))) {
      throw new Error(`the first load of ${dist} holds no ${ending} file`);
    }
  }
  return [...files.values()];
}

/** Which files of the folder hold which of these paths: `[{ name, path }]`. */
export function machinePaths(dist, paths) {
  // A path that is a single slash, or nothing, would be found everywhere and mean nothing.
  const forbidden = [...paths.filter((path) => path.length > 1).map((path) => `${path.replace(/\/+$/, "")}/`), ...ALWAYS_FORBIDDEN];
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = readFileSync(file);
      return forbidden.filter((path) => bytes.includes(path)).map((path) => ({ name: file, path }));
    });
}

function main([dist, goalText, ceilingText, ...paths]) {
  const [goal, ceiling] = [goalText, ceilingText].map((text) => {
    const bytes = Number(text);
    if (!(bytes > 0)) throw new Error(`"${text}" is no size in bytes`);
    return bytes;
  });
  const files = firstLoad(dist);
  const total = files.reduce((sum, file) => ({ raw: sum.raw + file.raw, brotli: sum.brotli + file.brotli }), { raw: 0, brotli: 0 });
  const row = (brotli, raw, name) => console.log(`${String(brotli).padStart(9)} ${String(raw).padStart(9)}  ${name}`);
  console.log("\nFirst load, bytes:");
  row("brotli", "raw", "file");
  for (const file of files) row(file.brotli, file.raw, file.name);
  row(total.brotli, total.raw, `total; goal ${goal}, ceiling ${ceiling} brotli`);
  const rest = afterLoad(dist);
  for (const file of rest) row(file.brotli, file.raw, `${file.name}, right after it`);
  const sum = (of) => rest.reduce((all, file) => all + of(file), 0);
  row(total.brotli + sum((file) => file.brotli), total.raw + sum((file) => file.raw), "all that is ever loaded");
  if (total.brotli > goal) console.log(`The first load is ${total.brotli - goal} bytes over its goal.`);

  const failures = machinePaths(dist, paths).map(({ name, path }) => `${name} holds a path of this machine: ${path}`);
  if (total.brotli > ceiling) failures.push(`the first load is ${total.brotli - ceiling} bytes over its ceiling of ${ceiling}`);
  for (const failure of failures) console.error(`dev: ${failure}`);
  return failures.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = main(process.argv.slice(2)) ? 0 : 1;
  } catch (error) {
    console.error(`dev: ${error.message}`);
    process.exitCode = 1;
  }
}
