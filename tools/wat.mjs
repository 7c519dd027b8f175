// Reads a module in Binaryen's text form, as wasm-dis prints it: its forms, names, signatures and
// data. For split-wasm.mjs and reach.mjs.

export const ID = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const FORM = new RegExp(String.raw`^ \((\w+)(?: (${ID}))?`);
const USES = {
  func: new RegExp(String.raw`\((?:return_)?(?:call|ref\.func) (${ID})`, "g"),
  global: new RegExp(String.raw`\(global\.[gs]et (${ID})`, "g"),
  table: new RegExp(String.raw`\((?:call_indirect|table\.\w+) (${ID})`, "g"),
};
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

/** The names of one kind that a text uses. */
export const uses = (kind, text) => new Set([...text.matchAll(USES[kind])].map((match) => match[1]));

/** The first line of a function or of what it imports: its parameters and results. */
export function signature(form) {
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

/** Bytes as a text literal. */
export const literal = (bytes) => [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
