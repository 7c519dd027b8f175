// Joins the style sheets of a folder (not of those in it) into one file, since every further file is a further request
// before the first paint. Order: tokens.css, base.css, the rest by name, print.css, so that a
// component never has to outweigh the base by force and paper has the last word.
//
// node tools/bundle-css.mjs <folder> <out>
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const FIRST = ["tokens.css", "base.css"];
const LAST = ["print.css"];

/** The style sheets among these file names, in the order in which they are joined. */
export function order(names) {
  const sheets = names.filter((name) => name.endsWith(".css")).sort();
  const middle = sheets.filter((name) => !FIRST.includes(name) && !LAST.includes(name));
  return [FIRST, middle, LAST].flat().filter((name) => sheets.includes(name));
}

/** The joined text. Throws if there is nothing to join or a sheet holds what only works at the top of a file. */
export function bundle(folder) {
  const names = order(readdirSync(folder));
  if (names.length === 0) throw new Error(`no style sheets in ${folder}`);
  return names
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      if (/^\s*@(import|charset)\b/m.test(text)) {
        throw new Error(`${name}: @import and @charset do not work in the middle of a joined sheet`);
      }
      return `/* ${name} */\n${text.trimEnd()}\n`;
    })
    .join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, out] = process.argv.slice(2);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, bundle(folder));
}
