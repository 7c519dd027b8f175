// What the first part of a program can reach, functions and constants: the rest is for the second
// part (split-wasm.mjs). Nothing in a linked program says which number is an address, so every
// number that could be one counts as one. A number that only looks like one keeps a little too much;
// nothing that is used is ever missed.
import { uses } from "./wat.mjs";

/**
 * How far before a table code may point that walks it: an index that starts at one, or a loop that
 * counts up to zero, is made a constant with its offset. Texts and methods are handed on whole.
 */
const BEFORE = 64;

const NUMBERS = /\(i32\.const (-?\d+)\)|\bi64\.const (-?\d+)|\boffset=(\d+)/g;

/** The numbers in code that could be addresses or places of the function table. */
export function numbersIn(text) {
  const found = new Set();
  for (const [, word, double, offset] of text.matchAll(NUMBERS)) {
    if (word !== undefined) found.add(Number(word));
    else if (offset !== undefined) found.add(Number(offset));
    else {
      // Two words may be stored at once.
      const bits = BigInt.asUintN(64, BigInt(double));
      found.add(Number(bits & 0xffffffffn)).add(Number(bits >> 32n));
    }
  }
  return found;
}

/** Whether bytes can only be text. */
const isText = (bytes) => bytes.every((byte) => byte >= 0x20 || byte === 9 || byte === 10);

/**
 * Whether bytes are the methods of a type, as the compiler writes them down: how it is dropped, its
 * size and alignment, then places of the table alone. Code knows them by their beginning.
 */
function areMethods(bytes, table) {
  if (bytes.length < 12 || bytes.length % 4 !== 0) return false;
  const word = (at) => bytes.readUInt32LE(4 * at);
  const isPlace = (number) => table.slots[number - table.start] !== undefined;
  for (let at = 3; 4 * at < bytes.length; at += 1) if (!isPlace(word(at))) return false;
  return (word(0) === 0 || isPlace(word(0))) && [1, 2, 4, 8, 16].includes(word(2));
}

/** Where in rising numbers the first one is that is not less. */
function place(numbers, wanted) {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle] < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The constants that a number may point into, of constants in rising order. */
export function pointedAt(constants, number) {
  const found = [];
  for (let at = place(constants.ends, number); at < constants.list.length; at += 1) {
    const { start, end, text, methods } = constants.list[at];
    if (start - BEFORE > number) break;
    const hit = methods ? start <= number && number < end : start <= number || !text;
    if (hit) found.push(constants.list[at]);
  }
  return found;
}

/**
 * The constants of a program, `{ start, end }` each, ready for pointedAt; `memory` is its data, `table`
 * its functions as in reach.
 */
export function constantsOf(list, memory, table) {
  const sorted = [...list].sort((a, b) => a.start - b.start);
  return {
    list: sorted.map(({ start, end }) => {
      const bytes = memory.subarray(start, end);
      return { start, end, bytes, text: isText(bytes), methods: areMethods(bytes, table) };
    }),
    ends: sorted.map(({ end }) => end),
  };
}

/** The numbers in memory that is not among the constants: it may change, so nobody knows who reads it. */
export function numbersBeside(constants, memory) {
  const found = [];
  let next = 0;
  for (let at = 0; at + 4 <= memory.length; at += 4) {
    while (next < constants.list.length && constants.list[next].end <= at) next += 1;
    const constant = constants.list[next];
    if (!constant || constant.start > at) found.push(memory.readUInt32LE(at));
  }
  return found;
}

/**
 * What is reached from functions `roots` and from `numbers` without entering a function of `named`: the names of functions, and
 * constants. Functions are reached by calls and by their place in the table.
 *
 * @param functions their texts by name
 * @param table `{ start, slots }`: its first place, and the functions in it
 */
export function reach({ roots, numbers, named, functions, table, constants }) {
  const kept = new Set();
  const live = new Set();
  const calls = [...roots];
  const words = [...numbers];
  const called = (name) => {
    if (kept.has(name) || named.has(name) || !functions.has(name)) return;
    kept.add(name);
    const text = functions.get(name);
    calls.push(...uses("func", text));
    words.push(...numbersIn(text));
  };
  const pointed = (number) => {
    const slot = table.slots[number - table.start];
    if (slot !== undefined) calls.push(slot);
    for (const constant of pointedAt(constants, number)) {
      if (live.has(constant)) continue;
      live.add(constant);
      if (constant.text) continue;
      // Words lie on even places, whatever they are part of.
      const { bytes, start } = constant;
      for (let at = (4 - (start % 4)) % 4; at + 4 <= bytes.length; at += 4) words.push(bytes.readUInt32LE(at));
    }
  };
  while (calls.length > 0 || words.length > 0) {
    while (calls.length > 0) called(calls.pop());
    if (words.length > 0) pointed(words.pop());
  }
  return { kept, live };
}

const ENTRY = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s.*:\(\.rodata[^()]*\)$/;

/** The constants that the linker placed, `{ start, end }` each, by the map that it wrote. */
export function constantsIn(map) {
  const found = [];
  for (const line of map.split("\n")) {
    const entry = ENTRY.exec(line);
    if (!entry) continue;
    const start = parseInt(entry[1], 16);
    const size = parseInt(entry[2], 16);
    if (size > 0) found.push({ start, end: start + size });
  }
  if (found.length === 0) throw new Error("the linker's map names no constants");
  return found;
}
