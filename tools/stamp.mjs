// Says whether the built page is that of the files that are here, so that nothing is built twice.
//
// node tools/stamp.mjs fresh <root> <dist> <stamp> <word>…  exits with 0 if it is, else with 1
// node tools/stamp.mjs write <root> <dist> <stamp> <word>…  notes that it is
//
// The words say with what it is built: compiler, options. The stamp holds one digest of all that goes
// into the page and one of all that came out, so that a changed file on either side is noticed.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** All that goes into the page. */
const SOURCES = [
  ".cargo", "Cargo.lock", "Cargo.toml", "Trunk.toml", "build.rs", "crates", "data", "index.html", "locales", "public",
  "rust-toolchain.toml", "src", "style", "tools",
];
/** What lies among it and does not. */
const APART = new Set(["node_modules", "target"]);

/** The files at or under a path, in one order everywhere; none where there is nothing. */
function files(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !APART.has(name)).sort();
  return names.flatMap((name) => files(join(path, name)));
}

/** One digest of files, by their names under `root` and their content. */
function digest(root, paths, words = []) {
  const whole = createHash("sha256");
  // A list of its own for each file, since a name or a word could hold any separator.
  const add = (...parts) => whole.update(`${JSON.stringify(parts)}\n`);
  for (const word of words) add(word);
  for (const path of paths.flatMap(files)) {
    add(relative(root, path).split(sep).join("/"), createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
  return whole.digest("hex");
}

/** The stamp of what is here now. */
export function stampOf(root, dist, words) {
  const sources = digest(root, SOURCES.map((name) => join(root, name)), words);
  return `${sources} ${digest(dist, [dist])}\n`;
}

/** Whether the stamp is that of what is here now, and there is a page at all. */
export function isFresh(root, dist, stamp, words) {
  const noted = statSync(stamp, { throwIfNoEntry: false })?.isFile() && readFileSync(stamp, "utf8");
  return files(join(dist, "index.html")).length > 0 && noted === stampOf(root, dist, words);
}

function main([command, root, dist, stamp, ...words]) {
  if (command === "fresh" && stamp) process.exitCode = isFresh(root, dist, stamp, words) ? 0 : 1;
  else if (command === "write" && stamp) writeFileSync(stamp, stampOf(root, dist, words));
  else throw new Error("node tools/stamp.mjs fresh|write <root> <dist> <stamp> <word>…");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
