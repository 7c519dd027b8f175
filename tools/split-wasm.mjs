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

const ID = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const FORM = new RegExp(String.raw`^ \((\w+)(?: (${ID}))?`);
const USES = {
  func: new RegExp(String.raw`\((?:return_)?(?:call|ref\.func) (${ID})`, "g"),
  global: new RegExp(String.raw`\(global\.[gs]et (${ID})`, "g"),
  table: new RegExp(String.raw`\((?:call_indirect|table\.\w+) (${ID})`, "g"),
};
/** What stands before and after data of the rest. */
const BEGIN = "{{rest}}";
const END = "{{/rest}}";
/** What wasm-opt and wasm-dis are told of the program, as in index.html. */
const FEATURES = [
  "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext",
  "--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue",
];

/** The other options of wasm-opt in index.html. */
const OPTIONS = ["--low-memory-unused", "--one-caller-inline-max-function-size=0"];

/** The top-level forms of a module in Binaryen's text form: `{ kind, name, text }`. */
export function forms(text) {
  const found = [];
  let lines = [];
  const end = () => {
    if (lines.length === 0) return;
    const [, kind, name] = FORM.exec(lines[0]) ?? [];
    if (!kind) throw new Error(`not a form of a module: ${lines[0].slice(0, 80)}`);
    found.push({ kind, name, text: lines.join("\n") });
    lines = [];
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("(module") || line.startsWith(" ;;") || line === ")" || line === "") continue;
    if (line.startsWith(" (")) end();
    lines.push(line);
  }
  end();
  return found;
}

/** A function's name as it stands in the source: without quotes, escapes and digests of crates. */
export function plainName(id) {
  return id.replace(/^\$"?|"$/g, "").replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\[[0-9a-f]{12,16}\]/g, "");
}

const uses = (kind, text) => new Set([...text.matchAll(USES[kind])].map((match) => match[1]));

/** The first line of a function or of what it imports: its parameters and results. */
function signature(form) {
  const kinds = (word) =>
    [...form.text.split("\n", 1)[0].matchAll(new RegExp(String.raw`\(${word}((?: (?:\$\S+|[a-z0-9]+))+)\)`, "g"))].flatMap(
      ([, list]) => list.trim().split(/\s+/).filter((part) => !part.startsWith("$")),
    );
  return { params: kinds("param"), results: kinds("result") };
}

/** The bytes of a text literal of the text form. */
export function bytesOf(literal) {
  const bytes = [];
  const plain = Buffer.from(literal, "utf8");
  const short = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] !== 92) bytes.push(plain[at]);
    else {
      const next = String.fromCharCode(plain[at + 1]);
      if (next in short) {
        bytes.push(short[next]);
        at += 1;
      } else {
        bytes.push(parseInt(String.fromCharCode(plain[at + 1], plain[at + 2]), 16));
        at += 2;
      }
    }
  }
  return Buffer.from(bytes);
}

const literal = (bytes) => [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");

/** Parts a segment of data at the marks: `{ kept, moved }`, as segments in the text form. */
function partData(form) {
  const head = new RegExp(String.raw`^ \(data(?: ${ID})?(?: \(memory ${ID}\))? \(i32\.const (\d+)\) "`).exec(form.text);
  const whole = { kept: [form.text], moved: [] };
  if (!head || !form.text.includes(BEGIN)) return whole;
  const bytes = bytesOf(form.text.slice(head[0].length, form.text.lastIndexOf('"')));
  const start = Number(head[1]);
  const parts = { kept: [], moved: [] };
  const add = (part, from, to) => {
    if (to > from) parts[part].push(` (data (i32.const ${start + from}) "${literal(bytes.subarray(from, to))}")`);
  };
  let at = 0;
  for (;;) {
    const from = bytes.indexOf(BEGIN, at);
    if (from < 0) break;
    const to = bytes.indexOf(END, from);
    if (to < 0) throw new Error(`${BEGIN} without ${END} in the data`);
    add("kept", at, from);
    at = to + END.length;
    add("moved", from, at);
  }
  add("kept", at, bytes.length);
  return parts;
}

/**
 * Both parts of a module in Binaryen's text form.
 *
 * @param text the module; has one function table, filled by one segment from a constant place on
 * @param isLater whether a function, by its plain name, is to leave the first part
 */
export function split(text, isLater) {
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

  // What leaves: the functions named, and those that only they reach.
  const named = new Set([...functions.keys()].filter((name) => isLater(plainName(name))));
  const kept = new Set();
  const queue = [...of("export"), ...of("start")]
    .flatMap((form) => [...form.text.matchAll(new RegExp(String.raw`\((?:func|start) (${ID})`, "g"))].map((match) => match[1]))
    .concat(slots);
  while (queue.length > 0) {
    const name = queue.pop();
    if (kept.has(name) || named.has(name) || !functions.has(name)) continue;
    kept.add(name);
    queue.push(...uses("func", functions.get(name).text));
  }
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

  const data = new Map(of("data").map((form) => [form, partData(form)]));
  const moved = [...data.values()].flatMap((parts) => parts.moved);

  const types = of("type").map((form) => form.text);
  const first = all.flatMap((form) => {
    if (form.kind === "func") return kept.has(form.name) ? [form.text] : [];
    if (form.kind === "elem") return segments((name) => !isRest(name));
    if (form.kind === "data") return data.get(form).kept;
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

/** Splits one file into two, which need not exist yet. */
export function splitFile(program, firstFile, restFile, list) {
  const folder = mkdtempSync(join(tmpdir(), "split-"));
  try {
    const text = join(folder, "program.wat");
    execFileSync("wasm-dis", [program, "-o", text, ...FEATURES], { stdio: ["ignore", "ignore", "inherit"] });
    const parts = split(readFileSync(text, "utf8"), laterBy(list));
    for (const [part, file] of [["first", firstFile], ["rest", restFile]]) {
      const source = join(folder, `${part}.wat`);
      writeFileSync(source, parts[part]);
      // Equal functions of one part become one only here: before, they could be of either.
      const passes = ["-Oz", ...OPTIONS, "--strip-debug", "--strip-producers"];
      execFileSync("wasm-opt", [source, "-o", file, ...passes, ...FEATURES], { stdio: "inherit" });
    }
    return parts.counts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
