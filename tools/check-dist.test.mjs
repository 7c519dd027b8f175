// The checks of the built page, seen to pass and to fail.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { afterLoad, firstLoad, machinePaths } from "./check-dist.mjs";

const SCRIPT = fileURLToPath(new URL("check-dist.mjs", import.meta.url));
const PAGE = {
  "index.html": `<!DOCTYPE html><html><head>
    <meta name="app-module" content="./app-1.js"><meta name="app-wasm" content="./app-1_bg.wasm">
    <link rel="stylesheet" href="./main-1.css"/><link rel=icon href=./icon.svg>
    <script defer src="./boot-1.js"></script></head><body></body></html>`,
  "app-1.js": `import { hash } from './snippets/hash.js';\nexport default function init() {}`,
  "snippets/hash.js": "export const hash = 1;",
  "app-1_bg.wasm": Buffer.from("\0asm\x01\0\0\0", "latin1"),
  "main-1.css": `body { background: url("./paper.svg") } a { cursor: url(data:image/png;base64,AA) }`,
  "paper.svg": "<svg/>",
  "icon.svg": "<svg/>",
  "boot-1.js": "import(address)",
  "sw.js": "// fetched later",
};

let dist;

function write(files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), content);
  }
}

function run(ceiling, ...paths) {
  return spawnSync(process.execPath, [SCRIPT, dist, "100", String(ceiling), ...paths], { encoding: "utf8" });
}

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "check-dist-"));
  write(PAGE);
});
afterEach(() => rmSync(dist, { recursive: true }));

test("the first load is what the page names, directly or not", () => {
  const names = firstLoad(dist).map((file) => file.name).sort();
  assert.deepEqual(names, Object.keys(PAGE).filter((name) => name !== "sw.js").sort());
});

test("the second part of the program is told apart from the first load", () => {
  assert.deepEqual(afterLoad(dist), []);
  const [tag] = PAGE["index.html"].match(/<meta name="app-wasm"[^>]*>/);
  write({
    "index.html": PAGE["index.html"].replace(tag, `${tag}<meta name="app-rest" content="./app-1_rest.wasm">`),
    "app-1_rest.wasm": randomBytes(4000),
  });
  assert.deepEqual(afterLoad(dist).map((file) => file.name), ["app-1_rest.wasm"]);
  assert.ok(!firstLoad(dist).some((file) => file.name === "app-1_rest.wasm"));
  const { status, stdout } = run(3000);
  assert.equal(status, 0, "4,000 bytes more would be over the ceiling");
  assert.match(stdout, /4\d\d\d +4000 +app-1_rest.wasm, right after it/);
  assert.match(stdout, /all that is ever loaded/);
});

test("a page under its ceiling passes, and is told how far it is from its goal", () => {
  const { status, stdout } = run(5000, "/home/someone");
  assert.equal(status, 0);
  assert.match(stdout, /total; goal 100, ceiling 5000 brotli/);
  assert.match(stdout, /The first load is \d+ bytes over its goal/);
});

test("a page over its ceiling fails", () => {
  // Random bytes do not compress: the excess is known.
  write({ "app-1_bg.wasm": randomBytes(6000) });
  const { status, stderr } = run(5000);
  assert.equal(status, 1);
  assert.match(stderr, /over its ceiling of 5000/);
});

test("a ceiling that is no number fails", () => {
  assert.equal(run("").status, 1);
  assert.equal(run("lots").status, 1);
});

test("a path of the machine fails, in any file and between any bytes", () => {
  write({ "snippets/more.bin": Buffer.concat([Buffer.from([0, 255]), Buffer.from("/home/someone/app/src/main.rs"), Buffer.from([0])]) });
  const { status, stderr } = run(5000, "/home/someone/");
  assert.equal(status, 1);
  assert.match(stderr, /more\.bin holds a path of this machine: \/home\/someone\//);
});

test("the crate registry of any machine is a path of a machine", () => {
  write({ "app-1_bg.wasm": "x/.cargo/registry/src/y" });
  assert.deepEqual(machinePaths(dist, []).map((found) => found.path), [".cargo/registry"]);
});

test("a path is a whole folder name, and the root folder is none", () => {
  write({ "app-1.js": "// /home/someoneelse/ and /" });
  assert.deepEqual(machinePaths(dist, ["/home/someone", "/", ""]), []);
});

test("a missing file fails", () => {
  rmSync(join(dist, "paper.svg"));
  assert.throws(() => firstLoad(dist), /paper\.svg is asked for by the page but not in/);
});

test("another server fails", () => {
  write({ "main-1.css": "@import url(https://fonts.example/font.css)" });
  assert.throws(() => firstLoad(dist), /main-1\.css asks another server/);
});

test("a page that names no program fails", () => {
  write({ "index.html": `<link rel="stylesheet" href="./main-1.css"><script src="./boot-1.js"></script>` });
  assert.throws(() => firstLoad(dist), /holds no \.wasm file/);
});
