import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { check, colours, contrast, documented, linear } from "./contrast.mjs";

const tokens = readFileSync(new URL("../style/tokens.css", import.meta.url), "utf8");

test("every pair of the design keeps its contrast, light and dark", () => {
  const { lines, faults } = check(tokens);
  assert.deepEqual(faults, []);
  assert.ok(lines.length > 60);
});

test("the table at the end of the tokens is current", () => {
  assert.equal(tokens, documented(tokens), "run node tools/contrast.mjs --write");
});

test("black on white is 21:1, and a colour on itself 1:1", () => {
  assert.ok(Math.abs(contrast([0, 0, 0], [1, 0, 0]) - 21) < 0.01);
  assert.equal(contrast([0.5, 0.1, 250], [0.5, 0.1, 250]), 1);
});

test("a colour is converted as browsers do it", () => {
  // The three primaries of sRGB in OKLCH.
  const near = (colour, expected) =>
    linear(colour).forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 0.001, `${colour}: ${value}`));
  near([0.62796, 0.25768, 29.234], [1, 0, 0]);
  near([0.86644, 0.29483, 142.495], [0, 1, 0]);
  near([0.45201, 0.31321, 264.052], [0, 0, 1]);
  // #777777 on white is the well-known 4.48: just not enough.
  near([0.5693, 0, 0], [0.1845, 0.1845, 0.1845]);
  assert.ok(contrast([0.5693, 0, 0], [1, 0, 0]) < 4.5);
});

test("a pair that is too weak in one theme is named, and so is a missing colour", () => {
  const css = ":root { --ink: light-dark(oklch(0.2 0 0), oklch(0.5 0 0)); --back: light-dark(oklch(1 0 0), oklch(0.3 0 0)); }";
  assert.deepEqual(check(css, [["ink", ["back"], 4.5]]).faults, ["ink on back, dark: 2.27 is under 4.5"]);
  assert.deepEqual(check(css, [["ink", ["gone"], 3]]).faults, ["--gone has no light and dark value"]);
});

test("a colour that is declared twice is an error", () => {
  const once = "--ink: light-dark(oklch(0 0 0), oklch(1 0 0));";
  assert.deepEqual(colours(once), { ink: { light: [0, 0, 0], dark: [1, 0, 0] } });
  assert.throws(() => colours(once + once), /--ink is declared twice/);
});
