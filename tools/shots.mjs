// Takes the pictures of the README from the built page: ./dev shots
//
// node tools/shots.mjs <folder>; CHROMIUM and SIRV as for the end-to-end tests.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { once } from "node:events";
import { join } from "node:path";

const require = createRequire(new URL("../tests/e2e/package.json", import.meta.url));
const { chromium } = require("@playwright/test");
const [folder] = process.argv.slice(2);
const PORT = 4690;
const BASE = `http://127.0.0.1:${PORT}/`;
const VIEW = "unit=bo-cong-an&asof=2023-07-01";

/** What is recorded before, so that the pictures show a ledger in use: task, status, date or progress. */
const RECORDED = [
  ["CT05-B-06", "Đang thực hiện", "80"],
  ["CT05-B-09", "Đang thực hiện", "45"],
  ["CT05-B-08", "Hoàn thành", "30/03/2023"],
  ["CT05-B-03", "Hoàn thành", "28/04/2023"],
];

/** The pictures: name, colour scheme, address. */
const PICTURES = [
  ["board", "light", `#/board?${VIEW}`],
  ["table", "dark", `#/task/CT05-B-06?${VIEW}&group=topic&in=tasks`],
  ["timeline", "light", `#/timeline?${VIEW}`],
  ["agencies", "light", `#/agencies?${VIEW}&matrix=topic`],
];

const server = spawn(
  process.execPath,
  [process.env.SIRV, "dist", "--host", "127.0.0.1", "--port", String(PORT), "--quiet"],
  { stdio: "ignore", env: { ...process.env, PORT: "", HOST: "" } },
);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await fetch(BASE).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, locale: "vi-VN", reducedMotion: "reduce" });
  for (const [task, status, value] of RECORDED) {
    await page.goto(`${BASE}#/task/${task}?${VIEW}`);
    const form = page.getByRole("region", { name: "Cập nhật tiến độ" });
    await form.getByRole("radio", { name: status }).check({ force: true });
    const field = status === "Hoàn thành" ? form.getByRole("textbox", { name: "Ngày hoàn thành" }) : form.getByLabel("Tiến độ (%)");
    await field.fill(value);
    await form.getByRole("button", { name: "Lưu cập nhật" }).click();
    await page.getByRole("log", { name: "Thông báo" }).getByText(task).waitFor();
  }
  for (const [name, colorScheme, address] of PICTURES) {
    await page.emulateMedia({ colorScheme });
    await page.goto("about:blank");
    await page.goto(BASE + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    // The heading that has the focus shows it, which a picture does not need.
    await page.evaluate(() => document.activeElement?.blur());
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`${name}.png`);
  }
} finally {
  await browser.close();
  server.kill();
  await once(server, "exit");
}
