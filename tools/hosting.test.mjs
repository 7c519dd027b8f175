// The policy of the page is the same wherever it is stated: in the page, and in the headers that are
// ready for four kinds of hosts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

/** What the page may do, word for word. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/** Headers that every host sends with every file. */
const HEADERS = {
  // A page cannot say of itself who may frame it.
  "Content-Security-Policy": `${POLICY}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
    "microphone=(), midi=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** How each host writes a header, and where it says what WebAssembly is. */
const HOSTS = {
  _headers: { line: (name, value) => `\n  ${name}: ${value}\n` },
  ".htaccess": { line: (name, value) => `Header always set ${name} "${value}"\n`, wasm: "AddType application/wasm .wasm" },
  "nginx.conf": { line: (name, value) => `add_header ${name} "${value}" always;\n`, wasm: "application/wasm wasm;" },
  "web.config": {
    line: (name, value) => `<add name="${name}" value="${value}" />\n`,
    wasm: '<mimeMap fileExtension=".wasm" mimeType="application/wasm" />',
  },
};

/** Every policy that a text states, without comments on it. */
const policies = (text) => [...text.matchAll(/default-src[^"\n]*/g)].map(([policy]) => policy.trim());

test("the page states its policy once, before anything else that it names", () => {
  const page = read("index.html");
  assert.deepEqual(policies(page), [POLICY]);
  const meta = page.indexOf('http-equiv="Content-Security-Policy"');
  const first = page.search(/<(link|script|style|img|base)\b/);
  assert.ok(meta > 0 && meta < first, "a policy holds only for what comes after it");
});

test("the page needs nothing that its policy forbids", () => {
  const page = read("index.html").replace(/<!--.*?-->/gs, "");
  assert.ok(!/<style\b|\sstyle\s*=|<base\b|<form\b|<iframe\b|<object\b/i.test(page));
  assert.ok(!/\son[a-z]+\s*=|javascript:/i.test(page));
  for (const [, inner] of page.matchAll(/<script\b[^>]*>([^]*?)<\/script>/gi)) assert.equal(inner.trim(), "");
  for (const [, address] of page.matchAll(/\s(?:src|href)="([^"]*)"/g)) assert.doesNotMatch(address, /^(https?:)?\/\//);
});

for (const [file, { line, wasm }] of Object.entries(HOSTS)) {
  test(`${file} sends the policy of the page and the other headers, once each`, () => {
    const text = read(`public/hosting/${file}`);
    assert.deepEqual(policies(text), [HEADERS["Content-Security-Policy"]]);
    for (const [name, value] of Object.entries(HEADERS)) {
      assert.equal(text.split(line(name, value)).length, 2, name);
    }
    if (wasm) assert.ok(text.includes(wasm));
  });
}

test("browsers keep the files whose names change, and ask for the others", () => {
  const built = ["boot-bdd4d6e2a0e1b20f.js", "main-6ef5d45db23cef6e.css", "tiendo06-f97a5f1db7422416_bg.wasm", "tiendo06-aaf3a7ba24614d9a_rest.wasm"];
  const fixed = ["index.html", "icon.svg", "manifest.webmanifest", "SHA256SUMS", "my-notes.js"];
  for (const file of [".htaccess", "nginx.conf"]) {
    const text = read(`public/hosting/${file}`);
    const [, pattern] = /"~?(-\[0-9a-f\][^"]*\$)"/.exec(text);
    for (const name of built) assert.match(name, new RegExp(pattern));
    for (const name of fixed) assert.doesNotMatch(name, new RegExp(pattern));
    assert.match(text, /max-age=31536000, immutable/);
    assert.match(text, /no-cache/);
  }
  const headers = read("public/hosting/_headers");
  for (const name of ["/", "/index.html", "/manifest.webmanifest", "/icon.svg"]) {
    assert.ok(headers.includes(`\n${name}\n  Cache-Control: no-cache\n`), name);
  }
  for (const name of ["/*.js", "/*.css", "/*.wasm"]) {
    assert.ok(headers.includes(`\n${name}\n  Cache-Control: public, max-age=31536000, immutable\n`), name);
  }
  // Two rules of one file that both set a header would send both values.
  const [all] = /^\/\*\n( {2}.*\n)+/m.exec(headers);
  assert.doesNotMatch(all, /Cache-Control/);
});

test("the files that a host reads from the folder are copied into it", () => {
  const page = read("index.html");
  for (const file of ["_headers", ".htaccess", "web.config"]) {
    assert.ok(page.includes(`rel="copy-file" href="public/hosting/${file}"`), file);
  }
});
