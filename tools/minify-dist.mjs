// Takes comments, white space and long names out of the built scripts and style sheets. Trunk calls
// it with its staging folder; the names of the files keep the digest of what they were made from.
//
// node tools/minify-dist.mjs [folder]
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("no folder: name one, or let Trunk call this");

for (const name of readdirSync(folder)) {
  if (!/\.(js|css)$/.test(name)) continue;
  const file = join(folder, name);
  const options = ["--minify", "--log-level=warning", "--charset=utf8", "--allow-overwrite", `--outfile=${file}`];
  // Only in a module may the names at the top be shortened.
  if (name.endsWith(".js") && /^export\b/m.test(readFileSync(file, "utf8"))) options.push("--format=esm");
  execFileSync("esbuild", [file, ...options], { stdio: "inherit" });
}
