// Lock files name packages, versions and digests, and not the server that somebody happened to have
// them from; and there is one for everything that is installed.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The folders with a package.json, not looking into what is installed or built. */
function packages(folder = "") {
  const found = existsSync(join(root, folder, "package.json")) ? [folder] : [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (!entry.isDirectory() || ["node_modules", "target", "dist", ".git"].includes(entry.name)) continue;
    found.push(...packages(join(folder, entry.name)));
  }
  return found;
}

test("every npm package here has a lock file with versions and digests and no address", () => {
  const folders = packages();
  assert.ok(folders.length >= 3, folders.join());
  for (const folder of folders) {
    const text = readFileSync(join(root, folder, "package-lock.json"), "utf8");
    // Where their authors ask for money may stand there.
    assert.doesNotMatch(text.replace(/"(funding|url)": "[^"]*"/g, ""), /"resolved"|:\/\//, folder);
    assert.match(readFileSync(join(root, folder, ".npmrc"), "utf8"), /^omit-lockfile-registry-resolved=true$/m, folder);
    for (const [name, locked] of Object.entries(JSON.parse(text).packages)) {
      if (name === "") continue;
      assert.match(locked.version, /^\d+\.\d+\.\d+/, `${folder} ${name}`);
      assert.match(locked.integrity, /^sha512-/, `${folder} ${name}`);
    }
  }
});

test("every npm package here names exact versions", () => {
  for (const folder of packages()) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, `${folder} ${name}`);
    }
  }
});

test("crates come from crates.io or from here, each with its digest", () => {
  const entries = readFileSync(join(root, "Cargo.lock"), "utf8").split("[[package]]").slice(1);
  assert.ok(entries.length > 50);
  for (const entry of entries) {
    const source = /^source = "(.*)"$/m.exec(entry)?.[1];
    if (source === undefined) continue;
    assert.equal(source, "registry+https://github.com/rust-lang/crates.io-index", entry);
    assert.match(entry, /^checksum = "[0-9a-f]{64}"$/m, entry);
  }
});
