// Writes SHA256SUMS into a finished folder: for whoever copies it, `sha256sum -c SHA256SUMS` says whether
// every file has come through as it was built.
//
// node tools/sums.mjs <dist>
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const NAME = "SHA256SUMS";
const [folder] = process.argv.slice(2);
if (!folder) throw new Error("no folder: node tools/sums.mjs <dist>");
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
  .filter((name) => name !== NAME)
  .sort();
const digest = (name) => createHash("sha256").update(readFileSync(join(folder, name))).digest("hex");
writeFileSync(join(folder, NAME), names.map((name) => `${digest(name)}  ${name}\n`).join(""));
