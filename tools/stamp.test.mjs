// A page that is not that of the files here is never taken for it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isFresh, stampOf } from "./stamp.mjs";

/** A project with a built page, stamped. */
function built(t) {
  const root = mkdtempSync(join(tmpdir(), "stamp-"));
  t.after(() => rmSync(root, { recursive: true }));
  const put = (name, text) => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const name of ["Cargo.toml", "Cargo.lock", "index.html", "src/main.rs", "src/pages/a.rs", "style/a.css", "tools/build.sh"]) put(name, name);
  for (const name of ["dist/index.html", "dist/app.wasm"]) put(name, name);
  const [dist, stamp] = [join(root, "dist"), join(root, "target/dist.stamp")];
  put("target/dist.stamp", stampOf(root, dist, ["rustc 1"]));
  return { root, put, fresh: (words = ["rustc 1"]) => isFresh(root, dist, stamp, words) };
}

test("what was built of these files is fresh, and stays so beside what is no part of it", (t) => {
  const { put, fresh } = built(t);
  assert.ok(fresh());
  put("README.md", "no part of the page");
  put("tests/e2e/a.spec.mjs", "nor this");
  put("tools/node_modules/a/index.js", "nor what is installed");
  put("target/debug/a", "nor what is built");
  assert.ok(fresh());
});

for (const [what, change] of Object.entries({
  "a source with another content": ({ put }) => put("src/pages/a.rs", "another"),
  "a source more": ({ put }) => put("src/pages/b.rs", ""),
  "a source less": ({ root }) => rmSync(join(root, "style/a.css")),
  "a source with another name": ({ root, put }) => {
    rmSync(join(root, "src/pages/a.rs"));
    put("src/pages/b.rs", "src/pages/a.rs");
  },
  "another tool": ({ put }) => put("tools/build.sh", "another"),
  "a file of the page with another content": ({ put }) => put("dist/app.wasm", "another"),
  "a file of the page more": ({ put }) => put("dist/more.js", ""),
  "a file of the page less": ({ root }) => rmSync(join(root, "dist/app.wasm")),
  "no page": ({ root }) => rmSync(join(root, "dist"), { recursive: true }),
  "no stamp": ({ root }) => rmSync(join(root, "target"), { recursive: true }),
  "a stamp cut short": ({ put }) => put("target/dist.stamp", "0123"),
})) {
  test(`${what}: it is built again`, (t) => {
    const project = built(t);
    change(project);
    assert.ok(!project.fresh());
  });
}

test("another compiler, or other options: it is built again", (t) => {
  const { fresh } = built(t);
  assert.ok(!fresh(["rustc 2"]));
  assert.ok(!fresh(["rustc 1", "-O"]));
  assert.ok(!fresh([]));
});
