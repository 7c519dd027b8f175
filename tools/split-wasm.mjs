// Splits the built program in two: what the first view needs, and the rest, which boot.js fetches
// once that is there. Works on any linked program that has names; see tools/rest.txt for what goes
// into the rest.
//
// How: a function of the rest leaves the first part, and its place in the function table stays
// empty. Calls to it from the first part go through a stub of the same name that calls through a
// place of its own in that table. The rest takes memory, table, globals and functions from the first
// part and, when it is instantiated, puts its functions into those places. Until then a call ends in
// a trap, so the page has to ask before it goes there (src/platform/rest.rs). Bytes of data between
// BEGIN and END go with the rest too; until it is there, zeros stand in their place.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constantsOf, numbersBeside, numbersIn, reach } from "./reach.mjs";
import { ID, bytesOf, forms, literal, plainName, signature, uses } from "./wat.mjs";

/** What stands before and after data of the rest. */
const BEGIN = "{{rest}}";
const END = "{{/rest}}";
/** A segment of its own costs about as much as these many zeros. */
const GAP = 8;
/** What wasm-opt and wasm-dis are told of the program, as in index.html. */
const FEATURES = [
  "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext",
  "--enable-simd", "--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue",
];

/** The other options of wasm-opt in index.html. */
const OPTIONS = ["--low-memory-unused", "--one-caller-inline-max-function-size=0"];

/** A segment of data in the text form: where it begins, and its bytes. */
function segment(form) {
  const head = new RegExp(String.raw`^ \(data(?: ${ID})?(?: \(memory ${ID}\))? \(i32\.const (\d+)\) "`).exec(form.text);
  if (!head) throw new Error(`data without a constant place: ${form.text.slice(0, 80)}`);
  return { start: Number(head[1]), bytes: bytesOf(form.text.slice(head[0].length, form.text.lastIndexOf('"'))) };
}

/** The data between marks, and the marks: `{ start, end }` each. */
function marked({ start, bytes }) {
  const found = [];
  for (let at = 0; ;) {
    const from = bytes.indexOf(BEGIN, at);
    if (from < 0) return found;
    const to = bytes.indexOf(END, from);
    if (to < 0) throw new Error(`${BEGIN} without ${END} in the data`);
    at = to + END.length;
    found.push({ start: start + from, end: start + at });
  }
}

/**
 * The bytes of one part, as segments in the text form. Up to `gap` bytes of the other between them
 * become zeros of one segment.
 */
function runs({ start, bytes }, owner, part, gap) {
  const found = [];
  let [from, last] = [-1, -1];
  const end = () => {
    if (from < 0) return;
    const run = Buffer.from(bytes.subarray(from, last + 1));
    for (let at = from; at <= last; at += 1) if (owner[at] !== part) run[at - from] = 0;
    found.push(` (data (i32.const ${start + from}) "${literal(run)}")`);
    from = -1;
  };
  for (let at = 0; at < bytes.length; at += 1) {
    if (owner[at] !== part || (bytes[at] === 0 && from < 0)) continue;
    if (from >= 0 && at - last - 1 > gap) end();
    if (from < 0) from = at;
    last = at;
  }
  end();
  return found;
}

/**
 * Both parts of a module in Binaryen's text form.
 *
 * @param text the module; has one function table, filled by one segment from a constant place on
 * @param isLater whether a function, by its plain name, is to leave the first part
 * @param readOnly the constants of the program, `{ start, end }` each; those that only the rest
 *   reaches go with it, and functions that are only reached through these
 */
export function split(text, isLater, readOnly) {
  const all = forms(text);
  const of = (kind) => all.filter((form) => form.kind === kind);
  const functions = new Map(of("func").map((form) => [form.name, form]));
  const imported = new Map(
    of("import").filter((form) => /\(func /.test(form.text)).map((form) => {
      const name = new RegExp(String.raw`\(func (${ID})`).exec(form.text)[1];
      return [name, { ...form, name, text: form.text.slice(form.text.indexOf("(func ")) }];
    }),
  );
  const [elem, ...more] = of("elem");
  const head = elem && new RegExp(String.raw`^ \(elem ${ID} (?:\(table ${ID}\) )?\(i32\.const (\d+)\) (?:func )?`).exec(elem.text);
  if (!head || more.length > 0) throw new Error("expected one segment of functions at a constant place");
  const [, start] = head;
  const table = of("table").find((form) => form.text.includes(" funcref"));
  const tableName = table.name;
  const slots = [...elem.text.slice(head[0].length).matchAll(new RegExp(ID, "g"))].map(([name]) => name);

  // What leaves: what is named, and what only that reaches.
  const named = new Set([...functions.keys()].filter((name) => isLater(plainName(name))));
  const segments_ = of("data").map((form) => ({ form, ...segment(form) }));
  const memoryEnd = Math.max(0, ...segments_.map(({ start, bytes }) => start + bytes.length));
  // The zeros at the end of a segment are left out of it.
  const image = Buffer.alloc(memoryEnd + 8);
  for (const { start, bytes } of segments_) bytes.copy(image, start);
  const filled = { start: Number(start), slots };
  const constants = constantsOf(readOnly ?? [], image, filled);
  // Without a map of the data nothing says which places of the table are used from it.
  const slotRoots = readOnly ? [] : slots;
  const { kept, live } = reach({
    roots: [...of("export"), ...of("start")]
      .flatMap((form) => [...form.text.matchAll(new RegExp(String.raw`\((?:func|start) (${ID})`, "g"))].map((match) => match[1]))
      .concat(slotRoots),
    numbers: [
      ...of("global").flatMap((form) => [...numbersIn(form.text)]),
      ...numbersBeside(constants, image),
    ],
    named,
    functions: new Map([...functions].map(([name, form]) => [name, form.text])),
    table: filled,
    constants,
  });
  const rest = [...functions.keys()].filter((name) => !kept.has(name));
  const restText = rest.map((name) => functions.get(name).text).join("\n");

  // Calls out of the first part.
  const keptText = [...kept].map((name) => functions.get(name).text).join("\n");
  const called = [...uses("func", keptText)].filter((name) => functions.has(name) && !kept.has(name));
  const size = /(\d+) (\d+) funcref/.exec(table.text);
  const places = Number(size[1]);
  const stubs = called.map((name, at) => {
    const { params, results } = signature(functions.get(name));
    const params_ = params.map((type) => `(param ${type})`).join(" ");
    const results_ = results.map((type) => `(result ${type})`).join(" ");
    const given = params.map((_, index) => `(local.get ${index})`).join(" ");
    return ` (func ${name} ${params_} ${results_} (call_indirect ${tableName} ${params_} ${results_} ${given} (i32.const ${places + at})))`;
  });

  // Runs of places that are filled by the same part.
  const segments = (mine) => {
    const runs = [];
    slots.forEach((name, at) => {
      if (!mine(name)) return;
      const last = runs.at(-1);
      if (last && last.end === at) {
        last.names.push(name);
        last.end += 1;
      } else runs.push({ at, end: at + 1, names: [name] });
    });
    return runs.map(({ at, names }) => ` (elem (table ${tableName}) (i32.const ${Number(start) + at}) func ${names.join(" ")})`);
  };
  const isRest = (name) => functions.has(name) && !kept.has(name);

  // What the rest takes from the first part, under short names.
  let count = 0;
  const exports = [];
  const imports = [];
  const share = (kind, name, declared) => {
    const short = (count++).toString(36);
    exports.push(` (export "${short}" (${kind} ${name}))`);
    imports.push(` (import "first" "${short}" ${declared})`);
  };
  const memory = of("memory")[0];
  share("memory", memory.name, memory.text.trim());
  const grown = ` (table ${tableName} ${places + called.length} ${places + called.length} funcref)`;
  for (const form of of("table")) {
    if (form.name === tableName) share("table", form.name, grown.trim());
    else if (uses("table", restText).has(form.name)) share("table", form.name, form.text.trim());
  }
  for (const name of uses("global", restText)) {
    const form = of("global").find((each) => each.name === name);
    const [, type] = new RegExp(String.raw`\(global ${ID} (\(mut \w+\)|\w+)`).exec(form.text.replace(/^ /, "").replace(name, "$g"));
    share("global", name, `(global ${name} ${type})`);
  }
  // In the order of the module: numbers that rise evenly compress better.
  const needed = uses("func", restText);
  for (const [name, form] of [...imported, ...functions]) {
    if (!needed.has(name) || isRest(name)) continue;
    const { params, results } = signature(form);
    const declared = [...params.map((type) => `(param ${type})`), ...results.map((type) => `(result ${type})`)].join(" ");
    share("func", name, `(func ${name} ${declared})`);
  }

  const data = new Map();
  for (const each of segments_) {
    // Whose a byte is: 1 for the first part, 2 for the rest.
    const owner = new Uint8Array(each.bytes.length).fill(1);
    const later = [...marked(each), ...constants.list.filter((constant) => !live.has(constant))];
    for (const { start, end } of later) owner.fill(2, Math.max(0, start - each.start), Math.max(0, end - each.start));
    data.set(each.form, { kept: runs(each, owner, 1, GAP), moved: runs(each, owner, 2, 0) });
  }
  const moved = [...data.values()].flatMap((parts) => parts.moved);

  // What the program takes from the page, under names that are no longer than they have to be.
  const names = new Map();
  const renamed = (form) =>
    form.text.replace(/^ \(import "([^"]*)" "([^"]*)"/, (_, from, name) => {
      names.set(name, names.get(name) ?? `_${names.size.toString(36)}`);
      return ` (import "${from}" "${names.get(name)}"`;
    });

  const types = of("type").map((form) => form.text);
  const first = all.flatMap((form) => {
    if (form.kind === "func") return kept.has(form.name) ? [form.text] : [];
    if (form.kind === "elem") return segments((name) => !isRest(name));
    if (form.kind === "data") return data.get(form).kept;
    if (form.kind === "import") return [renamed(form)];
    if (form.kind === "table" && form.name === tableName) return [grown];
    return [form.text];
  });
  return {
    first: `(module\n${[...first, ...stubs, ...exports].join("\n")}\n)\n`,
    rest: `(module\n${[
      ...types,
      ...imports,
      ...segments(isRest),
      ...(called.length > 0 ? [` (elem (table ${tableName}) (i32.const ${places}) func ${called.join(" ")})`] : []),
      ...moved,
      restText,
    ].join("\n")}\n)\n`,
    counts: { functions: functions.size, rest: rest.length, stubs: called.length, shared: count, data: moved.length },
    names,
  };
}

/**
 * Whether a plain name belongs to the rest, by a list of parts of names, one a line. A line that
 * begins with `!` names what does not, though it is in one of the others.
 */
export function laterBy(list) {
  const lines = list.split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
  const later = lines.filter((line) => !line.startsWith("!"));
  const first = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const holds = (parts, name) => parts.some((part) => name.includes(part));
  return (name) => holds(later, name) && !holds(first, name);
}

/**
 * Splits one file into two, which need not exist yet. Returns counts, and what the names under which
 * the program takes functions from the page have become.
 */
export function splitFile(program, firstFile, restFile, list, readOnly) {
  const folder = mkdtempSync(join(tmpdir(), "split-"));
  try {
    const text = join(folder, "program.wat");
    execFileSync("wasm-dis", [program, "-o", text, ...FEATURES], { stdio: ["ignore", "ignore", "inherit"] });
    const parts = split(readFileSync(text, "utf8"), laterBy(list), readOnly);
    for (const [part, file] of [["first", firstFile], ["rest", restFile]]) {
      const source = join(folder, `${part}.wat`);
      writeFileSync(source, parts[part]);
      // Equal functions of one part become one only here: before, they could be of either.
      const passes = ["-Oz", ...OPTIONS, "--strip-debug", "--strip-producers"];
      execFileSync("wasm-opt", [source, "-o", file, ...passes, ...FEATURES], { stdio: "inherit" });
    }
    return { counts: parts.counts, names: parts.names };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
