// The two parts of a program, put together again and run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { bytesOf, laterBy, plainName, split, splitFile } from "./split-wasm.mjs";

// Calls into the rest: one direct, one through the table; and back: a function, a global, an
// import, memory. `$inner` is only reached from the rest, `$both` from either part.
const PROGRAM = String.raw`(module
 (type $pair (func (param i32 i32) (result i32)))
 (type $one (func (param i32) (result i32)))
 (import "page" "note" (func $note (param i32)))
 (global $depth (mut i32) (i32.const 7))
 (memory $m 1)
 (data $words (i32.const 16) "here{{rest}}\n\d1\84\n{{/rest}}there")
 (table $t 3 3 funcref)
 (elem $e (table $t) (i32.const 1) func $both $"page[0123456789abcdef]::later::slot")
 (export "memory" (memory $m))
 (export "direct" (func $direct))
 (export "indirect" (func $indirect))
 (func $both (param $x i32) (result i32) (i32.add (local.get $x) (i32.const 1)))
 (func $inner (param $x i32) (result i32) (i32.mul (local.get $x) (global.get $depth)))
 (func $"page[0123456789abcdef]::later::call" (param $a i32) (param $b i32) (result i32)
  (call $note (local.get $b))
  (global.set $depth (i32.const 10))
  (i32.add (call $inner (local.get $a)) (call $both (i32.load8_u (i32.const 29)))))
 (func $"page[0123456789abcdef]::later::slot" (param $x i32) (result i32) (i32.sub (i32.const 0) (local.get $x)))
 (func $direct (param $x i32) (result i32)
  (i32.add (call $both (i32.const 0)) (call $"page[0123456789abcdef]::later::call" (local.get $x) (i32.const 5))))
 (func $indirect (param $x i32) (result i32) (call_indirect $t (type $one) (local.get $x) (i32.const 2)))
)
`;

const folder = mkdtempSync(join(tmpdir(), "split-test-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name) => join(folder, name);

function compiled(text) {
  writeFileSync(at("program.wat"), text);
  execFileSync("wasm-as", [at("program.wat"), "-g", "-o", at("program.wasm"), "--enable-reference-types", "--enable-mutable-globals", "--enable-bulk-memory"]);
  return at("program.wasm");
}

function run(first, rest) {
  const noted = [];
  const one = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(first)), { page: { note: (x) => noted.push(x) } });
  const complete = () => new WebAssembly.Instance(new WebAssembly.Module(readFileSync(rest)), { first: one.exports });
  return { exports: one.exports, noted, complete };
}

test("both parts together do what the program did", () => {
  const counts = splitFile(compiled(PROGRAM), at("first.wasm"), at("rest.wasm"), "page::later::");
  assert.deepEqual({ ...counts, shared: 0 }, { functions: 6, rest: 3, stubs: 1, shared: 0, data: 1 });
  const { exports, noted, complete } = run(at("first.wasm"), at("rest.wasm"));
  const text = () => Buffer.from(exports.memory.buffer, 16, 35).toString("latin1");

  assert.throws(() => exports.direct(3), WebAssembly.RuntimeError, "the rest is not there");
  assert.throws(() => exports.indirect(3), WebAssembly.RuntimeError);
  assert.equal(text(), `here${"\0".repeat(21)}there\0\0\0\0\0`);

  complete();
  assert.equal(text(), "here{{rest}}\n\xd1\x84\n{{/rest}}there\0\0\0\0\0");
  assert.equal(exports.direct(3), 1 + 3 * 10 + (0xd1 + 1));
  assert.deepEqual(noted, [5]);
  assert.equal(exports.indirect(3), -3);
});

test("the first part holds nothing of the rest", () => {
  splitFile(compiled(PROGRAM), at("first.wasm"), at("rest.wasm"), "page::later::");
  const names = (file) => WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file)));
  assert.ok(names(at("first.wasm")).length > 3, "it shares what the rest needs");
  assert.deepEqual(names(at("rest.wasm")), []);
  assert.ok(!readFileSync(at("first.wasm")).includes("{{rest}}"));
  assert.ok(readFileSync(at("rest.wasm")).includes("{{rest}}"));
});

test("exceptions stay in the first part", () => {
  const isLater = laterBy("page::later:: # the pages\n!later::slot\n\n");
  assert.ok(isLater("page::later::call"));
  assert.ok(!isLater("page::later::slot"));
  assert.ok(!isLater("page::now::call"));
});

test("names are read without quotes and digests", () => {
  assert.equal(plainName('$"<tracker[c7aa04722458e1de]::plan::Plan>::read"'), "<tracker::plan::Plan>::read");
  assert.equal(plainName("$start"), "start");
});

test("texts are read byte by byte", () => {
  assert.deepEqual([...bytesOf(String.raw`a\0a\ff\"\\\n`)], [97, 10, 255, 34, 92, 10]);
});

test("a mark without its end is refused", () => {
  assert.throws(() => split(PROGRAM.replace("{{/rest}}", "{{/rast}}"), () => false), /without/);
});
