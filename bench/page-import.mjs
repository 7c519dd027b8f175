// What the page itself does with many files and with one update, measured from outside: its policy
// forbids to be asked from within.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Before the name of what is told and has no goal. */
export const UNJUDGED = "told:";
const UNIT = "bo-cong-an";
const TASK = "CT05-B-06";

/** In the page, before anything else: how long its main thread goes without taking a message. */
function watch() {
  const channel = new MessageChannel();
  let last = performance.now();
  window.longest = 0;
  channel.port1.onmessage = () => {
    const now = performance.now();
    window.longest = Math.max(window.longest, now - last);
    last = now;
    channel.port2.postMessage(null);
  };
  channel.port2.postMessage(null);
  // What the browser itself takes to hand over files, before the page hears of any, is told by itself.
  addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    const now = performance.now();
    window.handed = now - last;
    last = now;
  }, true);
}

async function opened(browser, address, hash) {
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.addInitScript(watch);
  await page.goto(`${address}${hash}`);
  await page.locator('meta[name="app-rest"]').waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** Chooses the files, and waits until the page offers to merge them. */
async function choose(page, paths) {
  await page.locator("#import").setInputFiles(paths);
  await page.getByRole("button", { name: "Gộp vào sổ theo dõi" }).waitFor();
}

const merge = (page) => page.getByRole("button", { name: "Gộp vào sổ theo dõi" });

/** The longest blocks while the page reads the files, and while it merges them; milliseconds. */
export async function longestBlock(browser, address, paths) {
  const page = await opened(browser, address, `#/data?unit=${UNIT}`);
  await page.waitForTimeout(1000);
  const during = async (act) => {
    await page.evaluate(() => { window.longest = 0; });
    await act();
    return page.evaluate(() => window.longest);
  };
  const reading = await during(() => choose(page, paths));
  const merging = await during(async () => {
    await merge(page).click();
    await merge(page).waitFor({ state: "detached" });
  });
  const handed = await page.evaluate(() => window.handed);
  await page.context().close();
  return { "reading and preview": reading, merging, [`${UNJUDGED}, before it the browser handed them over in`]: handed };
}

/** What saving a note costs where so many files are known: the page's own work, in milliseconds. */
export async function savingCost(browser, address, paths, files, work) {
  const page = await opened(browser, address, `#/data?unit=${UNIT}`);
  let chosen = paths.slice(0, Math.ceil(files));
  if (files < 1) {
    const { makeFiles } = await import("./updates.mjs");
    const few = join(work, "few.json");
    writeFileSync(few, JSON.stringify(makeFiles(1, Math.round(files * JSON.parse(readFileSync(paths[0], "utf8")).count))[0]));
    chosen = [few];
  }
  await choose(page, chosen);
  await merge(page).click();
  // Until all of it is stored, so that nothing else goes on.
  await page.getByRole("log").getByText("Đã gộp").waitFor({ timeout: 120_000 });
  await page.evaluate((hash) => { location.hash = hash; }, `#/task/${TASK}?unit=${UNIT}`);
  const note = page.getByRole("textbox", { name: "Ghi chú" });
  const save = page.getByRole("button", { name: "Lưu cập nhật" });
  const history = page.getByRole("region", { name: "Lịch sử cập nhật" });
  const deed = [];
  const seen = [];
  for (let at = 0; at < 12; at += 1) {
    await note.fill(`Ghi chú thứ ${at} của phép đo`);
    await page.evaluate(() => {
      window.saved = new Promise((done) => {
        // From the first listener to the last, with nothing else in between, since a press by a script
        // lets what follows from it (what is drawn) wait: the write, and reading it back.
        let from = 0;
        addEventListener("submit", () => { from = performance.now(); }, { capture: true, once: true });
        addEventListener("submit", () => {
          const deed = performance.now() - from;
          requestAnimationFrame(() => setTimeout(() => done([deed, performance.now() - from])));
        }, { once: true });
      });
    });
    await save.evaluate((button) => button.click());
    const [work, drawn] = await page.evaluate(() => window.saved);
    await history.getByText(`Ghi chú thứ ${at} của phép đo`).waitFor();
    deed.push(work);
    seen.push(drawn);
  }
  await page.context().close();
  // The first one is slower: the code is compiled by it.
  return { "saved and read back": deed.slice(2), [`${UNJUDGED} until drawn, the wait for a frame included`]: seen.slice(2) };
}
