// Tabs and browsers that are killed: everything that was said to be saved is there, once and intact.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import { Tracker, sealed } from "./app.mjs";

// Many starts of the page, and of the browser, on a machine that is busy with something else.
test.describe.configure({ timeout: 600_000 });

// With one card behind it, since the page is opened many times.
const ADDRESS = "#/task/CT05-B-06?unit=bo-cong-an&q=CT05-B-06";
const KILLED_TABS = 100;
const KILLED_BROWSERS = 50;
const RUNS_OF_TWO = 20;

/** The texts of the notes among stored events, each as often as it is there. */
const notes = (stored) =>
  Object.values(stored).map((text) => JSON.parse(text)).filter(({ field }) => field === "note").map(({ value }) => value.text);

/** The form of the task, as soon as it takes what is typed. */
async function opened(page, base) {
  await page.goto(`${base}${ADDRESS}`);
  const tracker = new Tracker(page);
  await tracker.whole();
  return tracker;
}

/** All of `said` is stored, nothing is there twice, and nothing is damaged. */
async function complete(tracker, said) {
  // The places are united a moment after the start.
  await expect.poll(async () => new Set(notes(await tracker.mirrored()))).toEqual(new Set(notes(await tracker.keptAnywhere())));
  const found = notes(await tracker.keptAnywhere());
  expect(new Set(found).size, "nothing is doubled").toBe(found.length);
  expect(found).toEqual(expect.arrayContaining(said));
  await expect(tracker.safety("Có dữ liệu không đọc được")).toHaveCount(0);
  return found;
}

for (let part = 0; part < 4; part += 1) {
  test(`a tab killed in the middle of saving, ${KILLED_TABS / 4} times (${part + 1} of 4), keeps all it said was saved`, async ({ context, baseURL }) => {
    const said = [];
    const typed = [];
    for (let run = 0; run < KILLED_TABS / 4; run += 1) {
      const page = await context.newPage();
      const tracker = await opened(page, baseURL);
      const note = `lần ${part}-${run}`;
      typed.push(note);
      await tracker.note.fill(note);
      // The page says when it calls something saved; the tab dies so many milliseconds after the press.
      await page.exposeFunction("wasSaid", () => said.push(note));
      await page.evaluate(() => {
        const log = document.querySelector("[role=log]");
        let done = false;
        new MutationObserver(() => {
          if (!done && log.textContent.includes("Đã lưu cập nhật")) {
            done = true;
            window.wasSaid();
          }
        }).observe(log, { childList: true, subtree: true });
      });
      const session = await context.newCDPSession(page);
      const gone = new Promise((resolve) => page.once("crash", resolve));
      await tracker.save.evaluate((button, ms) => {
        setTimeout(() => button.click(), 0);
        // Something to be in the middle of.
        const end = performance.now() + ms;
        while (performance.now() < end);
      }, run % 5);
      // Half of the tabs die in the middle, half as soon as they have said it.
      if (run % 4 >= 2) await expect.poll(() => said.includes(note)).toBe(true);
      if (run % 2 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        await page.close({ runBeforeUnload: false });
      } else {
        session.send("Page.crash").catch(() => {});
        await gone;
        await page.close();
      }
    }
    const tracker = await opened(await context.newPage(), baseURL);
    expect(said.length, "some lived to say it").toBeGreaterThanOrEqual(12);
    const found = await complete(tracker, said);
    expect(typed).toEqual(expect.arrayContaining(found));
    test.info().annotations.push({ type: "saved", description: `${said.length} said, ${found.length} there, of ${typed.length}` });
  });
}

test("a tab killed in the middle of keeping a merge says so at the next start, and merging again completes it", async ({ context, baseURL }) => {
  const count = 20_000;
  const events = Array.from({ length: count }, (_, at) => ({
    replica: "x-1", seq: at + 1, time: { ms: Date.UTC(2026, 10, 20, 5) + at, c: 0 }, unit: "bo-cong-an",
    subject: "CT05-B-06", field: "note", value: { text: `ghi ${at}` }, parents: [], author: "",
  }));
  const text = sealed({
    format: "tiendo06", schema: 1, minReader: 1, app: "tiendo06 0.1.0", plan: { id: "da06", version: "1" }, kind: "full",
    unit: "bo-cong-an", replica: "x", exportedAt: "2026-11-20T08:00:00Z", events, ext: {},
  });
  const merged = async () => {
    const page = await context.newPage();
    await page.goto(`${baseURL}#/data?unit=bo-cong-an`);
    const tracker = new Tracker(page);
    await tracker.whole();
    return tracker;
  };
  const first = await merged();
  await first.choose({ name: "nhieu.json", text });
  const keeping = new Promise((resolve) => first.page.exposeFunction("isKeeping", resolve).then(() => first.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    let puts = 0;
    IDBObjectStore.prototype.put = function (...args) {
      puts += 1;
      if (puts === 1200) window.isKeeping();
      return put.apply(this, args);
    };
  })).then(() => first.merge.click()));
  await keeping;
  const session = await context.newCDPSession(first.page);
  const gone = new Promise((resolve) => first.page.once("crash", resolve));
  session.send("Page.crash").catch(() => {});
  await gone;
  await first.page.close();

  const second = await merged();
  await expect(second.notices).toContainText("Lần gộp 20.000 cập nhật trước đó bị ngắt giữa chừng");
  const part = Object.keys(await second.mirrored()).length;
  expect(part).toBeGreaterThan(0);
  expect(part).toBeLessThan(count);
  await second.choose({ name: "nhieu.json", text });
  await second.merge.click();
  await expect(second.notices).toContainText("Đã gộp");
  expect(Object.keys(await second.mirrored())).toHaveLength(count);
  await second.page.reload();
  await second.whole();
  await expect(second.safety("Đã lưu")).toBeVisible();
  await expect(second.notices).not.toContainText("bị ngắt giữa chừng");
});

/** A browser of our own with a profile, and its process. */
async function launched(profile) {
  const options = test.info().project.use.launchOptions;
  const child = spawn(options.executablePath, [
    ...options.args, "--headless", "--remote-debugging-port=0", "--no-default-browser-check", `--user-data-dir=${profile}`, "about:blank",
  ], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const endpoint = await new Promise((resolve, reject) => {
    let text = "";
    child.stderr.on("data", (chunk) => {
      text += chunk;
      const found = /DevTools listening on (ws:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.once("exit", () => reject(new Error(`the browser ended: ${text.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  return { child, browser, page: browser.contexts()[0].pages()[0] ?? (await browser.contexts()[0].newPage()) };
}

/** Ends the browser and what it started, at once. */
async function kill(child) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  // The group that this very process leads.
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

for (let part = 0; part < 2; part += 1) {
  test(`a browser killed right after "saved", ${KILLED_BROWSERS / 2} times (${part + 1} of 2), keeps it`, async ({ baseURL }) => {
    const profile = await mkdtemp(join(tmpdir(), "tiendo06-"));
    const said = [];
    try {
      for (let run = 0; run < KILLED_BROWSERS / 2; run += 1) {
        const { child, page } = await launched(profile);
        try {
          const tracker = await opened(page, baseURL);
          const note = `lần ${part}-${run}`;
          await tracker.note.fill(note);
          await tracker.save.click();
          await expect(tracker.notices).toContainText("Đã lưu cập nhật");
          said.push(note);
        } finally {
          await kill(child);
        }
      }
      const { child, page } = await launched(profile);
      try {
        const found = await complete(await opened(page, baseURL), said);
        expect(found.sort()).toEqual(said.sort());
      } finally {
        await kill(child);
      }
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

// Person in charge, obstacle and note of each of the unit's 95 tasks.
const EACH = 3 * 95;

for (let part = 0; part < 4; part += 1) {
  test(`two tabs that record ${EACH} updates each at the same moment, ${RUNS_OF_TWO / 4} times (${part + 1} of 4), store all ${2 * EACH}`, async ({ context }) => {
    const tabs = [];
    for (let tab = 0; tab < 2; tab += 1) {
      const tracker = new Tracker(await context.newPage());
      await tracker.open("#/tasks?unit=bo-cong-an&asof=2023-07-01");
      await tracker.page.getByRole("checkbox", { name: "Chọn tất cả nhiệm vụ đang hiện" }).check();
      tabs.push(tracker);
    }
    for (let run = 0; run < RUNS_OF_TWO / 4; run += 1) {
      const forms = [];
      for (const [tab, { page }] of tabs.entries()) {
        await page.getByRole("button", { name: "Ghi chung" }).click();
        const form = page.getByRole("form", { name: "Ghi chung" });
        const said = `cửa sổ ${tab}, lần ${run}`;
        for (const name of ["Người phụ trách", "Vướng mắc", "Ghi chú"]) await form.getByLabel(name, { exact: true }).fill(said);
        forms.push(form);
      }
      await Promise.all(forms.map((form) => form.getByRole("button", { name: "Lưu cập nhật" }).click()));
      const wanted = 2 * EACH * (run + 1);
      for (const [tab, form] of forms.entries()) {
        await expect(form).toBeHidden();
        await expect(tabs[tab].notices).toContainText("Đã lưu cập nhật của 95 nhiệm vụ.");
        await tabs[tab].notices.getByRole("button", { name: "Đóng thông báo" }).click();
      }
      expect(Object.keys(await tabs[0].stored())).toHaveLength(wanted);
      expect(Object.keys(await tabs[1].mirrored())).toHaveLength(wanted);
    }
    const [left] = tabs;
    await left.page.reload();
    await left.open("#/data?unit=bo-cong-an");
    await expect(left.main).toContainText(`có ${new Intl.NumberFormat("vi").format(2 * EACH * (RUNS_OF_TWO / 4))} cập nhật`);
  });
}
