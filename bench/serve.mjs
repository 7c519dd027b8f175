// A static server for measuring: several folders and files under one address, compressed once.
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".json": "application/json", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json",
};

/** Serves `{ "/name/": folder, "/name": file }` on the loopback; its address and a way to end it. */
export async function serve(folders) {
  const packed = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const root = Object.keys(folders).find((name) => path.startsWith(name));
    const inside = normalize(`/${path.slice(root?.length ?? 0)}`);
    try {
      let file = inside === "/" ? folders[root] : join(folders[root], inside);
      if ((await stat(file)).isDirectory()) file = join(file, "index.html");
      const accepted = request.headers["accept-encoding"] ?? "";
      const encoding = accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : "identity";
      const key = `${encoding} ${file}`;
      if (!packed.has(key)) {
        const bytes = await readFile(file);
        const pack = {
          br: (b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
          gzip: gzipSync,
          identity: (b) => b,
        };
        packed.set(key, pack[encoding](bytes));
      }
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "cache-control": "no-store",
        ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
      });
      response.end(packed.get(key));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
