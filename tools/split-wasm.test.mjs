// The two parts of a program, put together again and run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { constantsIn, constantsOf, numbersIn, pointedAt } from "./reach.mjs";
import { laterBy, split, splitFile } from "./split-wasm.mjs";
import { bytesOf, plainName } from "./wat.mjs";

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
  const one = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(first)), { page: { _0: (x) => noted.push(x) } });
  const complete = () => new WebAssembly.Instance(new WebAssembly.Module(readFileSync(rest)), { first: one.exports });
  return { exports: one.exports, noted, complete };
}

test("both parts together do what the program did", () => {
  const { counts, names: renamed } = splitFile(compiled(PROGRAM), at("first.wasm"), at("rest.wasm"), "page::later::");
  assert.deepEqual({ ...counts, shared: 0 }, { functions: 6, rest: 3, stubs: 1, shared: 0, data: 1 });
  assert.deepEqual([...renamed], [["note", "_0"]]);
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

// The table at 1032 is used by the first part, the one at 1148 by the rest alone; what lies at 1168 may be
// written to. 1040 and 1156 are texts. Nobody calls `$late`, `$early` and `$lazy` by name.
const CONSTANTS = String.raw`(module
 (type $one (func (param i32) (result i32)))
 (memory $m 1)
 (data $now (i32.const 1032) "\89\13\00\00\10\04\00\00now.....")
 (data $late (i32.const 1148) "\88\13\00\00\04\00\00\00late........\8a\13")
 (table $t 5003 5003 funcref)
 (elem $e (table $t) (i32.const 5000) func $late $early $lazy)
 (export "memory" (memory $m))
 (export "first" (func $first))
 (func $late (param $x i32) (result i32) (i32.const 1156))
 (func $early (param $x i32) (result i32) (i32.add (local.get $x) (i32.const 1)))
 (func $lazy (param $x i32) (result i32) (i32.add (local.get $x) (i32.const 2)))
 (func $"page[0123456789abcdef]::later::draw" (param $x i32) (result i32)
  (call_indirect $t (type $one) (local.get $x) (i32.load (i32.const 1148))))
 (func $first (param $x i32) (result i32)
  (if (result i32) (local.get $x)
   (then (call $"page[0123456789abcdef]::later::draw" (local.get $x)))
   (else (i32.add (call_indirect $t (type $one) (local.get $x) (i32.load (i32.const 1032)))
    (call_indirect $t (type $one) (local.get $x) (i32.load (i32.const 1168)))))))
)
`;
const PLACES = [[1032, 1040], [1040, 1048], [1148, 1156], [1156, 1164]].map(([start, end]) => ({ start, end }));

test("what only constants of the rest lead to leaves with them", () => {
  const counts = splitFile(compiled(CONSTANTS), at("first.wasm"), at("rest.wasm"), "page::later::", PLACES).counts;
  assert.deepEqual([counts.functions, counts.rest], [5, 2]);
  const { exports, complete } = run(at("first.wasm"), at("rest.wasm"));
  const text = (from) => Buffer.from(exports.memory.buffer, from, 4).toString("latin1");
  assert.equal(exports.first(0), 1 + 2);
  assert.deepEqual([text(1040), text(1156)], ["now.", "\0\0\0\0"]);
  assert.throws(() => exports.first(1), WebAssembly.RuntimeError);

  complete();
  assert.deepEqual([text(1040), text(1156)], ["now.", "late"]);
  assert.equal(exports.first(1), 1156);
  assert.equal(exports.first(0), 1 + 2);
});

test("numbers in code that could be addresses are all found", () => {
  const code = "(i32.const 7) (i32.load offset=5001 (i64.const 21474841481)) (i32.const -4)";
  assert.deepEqual([...numbersIn(code)].sort((a, b) => a - b), [-4, 5, 7, 5001]);
});

test("a table may be walked from before its beginning, a text may not", () => {
  const memory = Buffer.concat([Buffer.alloc(100), Buffer.from("text"), Buffer.from([1, 0, 0, 0])]);
  const table = { start: 5000, slots: ["$f"] };
  const all = constantsOf([{ start: 100, end: 104 }, { start: 104, end: 108 }], memory, table);
  const hit = (number) => pointedAt(all, number).map(({ start }) => start);
  assert.deepEqual(hit(39), []);
  assert.deepEqual(hit(99), [104]);
  assert.deepEqual(hit(100), [100, 104]);
  assert.deepEqual(hit(108), [104]);
  assert.deepEqual(hit(109), []);
});

test("methods are known by their beginning, and looked at as tables when they are none", () => {
  const table = { start: 5000, slots: ["$drop", "$call"] };
  const words = (...all) => Buffer.from(new Uint32Array(all).buffer);
  const hits = (...all) => {
    const memory = Buffer.concat([Buffer.alloc(100), words(...all)]);
    const constants = constantsOf([{ start: 100, end: memory.length }], memory, table);
    return [99, 100, memory.length].map((number) => pointedAt(constants, number).length);
  };
  assert.deepEqual(hits(5000, 24, 8, 5001), [0, 1, 0]);
  assert.deepEqual(hits(0, 0, 1, 5001), [0, 1, 0]);
  assert.deepEqual(hits(5000, 24, 3, 5001), [1, 1, 1], "no alignment");
  assert.deepEqual(hits(5000, 24, 8, 7), [1, 1, 1], "no function");
});

test("the linker's map says where constants are", () => {
  const map = `    Addr      Off     Size Out     In      Symbol
  100000   1ad367    61778 .rodata
  100004   1ad374       18         /some/where/app-1.o:(.rodata..Lanon.9ec1.16)
  161778   20eae9        4         /some/where/app-1.o:(.data.COUNT)
`;
  assert.deepEqual(constantsIn(map), [{ start: 0x100004, end: 0x10001c }]);
  assert.throws(() => constantsIn(""), /no constants/);
});
