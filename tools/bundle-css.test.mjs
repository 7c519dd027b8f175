import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { bundle, order } from "./bundle-css.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-css-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("tokens and base come first, print last, the rest by name", () => {
  assert.deepEqual(order(["zebra.css", "print.css", "base.css", "notes.md", "card.css", "tokens.css"]), [
    "tokens.css",
    "base.css",
    "card.css",
    "zebra.css",
    "print.css",
  ]);
});

test("sheets are joined whole", () => {
  writeFileSync(join(folder, "card.css"), ".card { gap: 4px }\n\n");
  writeFileSync(join(folder, "tokens.css"), ":root { --gap: 4px }");
  assert.equal(bundle(folder), "/* tokens.css */\n:root { --gap: 4px }\n\n/* card.css */\n.card { gap: 4px }\n");
});

test("an empty folder is an error, not an empty sheet", () => {
  assert.throws(() => bundle(folder), /no style sheets/);
});

test("what would be ignored in a joined sheet is an error", () => {
  writeFileSync(join(folder, "card.css"), `@import "other.css";`);
  assert.throws(() => bundle(folder), /card\.css: @import/);
});
