// Two places for what people record: either alone is enough, "saved" is true of both, and what cannot
// simply be taken back is done only after a snapshot. Killed tabs and browsers: killed.spec.mjs.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Tracker, canonical, elsewhere, idOf, sealed, withoutDatabase } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const TASK = "#/task/CT05-B-06?unit=bo-cong-an";

/** Everything localStorage has, by key. */
const kept = (page) => page.evaluate(() => ({ ...localStorage }));

/** Two updates of a task, said to be saved. */
async function recorded(page, note) {
  const tracker = new Tracker(page);
  await tracker.open(TASK);
  await tracker.record({ status: "Đang thực hiện", progress: "60", note });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  return tracker;
}

/** The same, exported from a browser of its own. */
async function exported(browser, note) {
  const context = await browser.newContext();
  const tracker = await recorded(await context.newPage(), note);
  await tracker.follow("Dữ liệu");
  const file = await tracker.export();
  await context.close();
  return file;
}

/** The same file as another hand might have written it. */
function byAnother(file, hand) {
  const content = JSON.parse(file.text);
  expect(content.events.flatMap((event) => event.parents), "nothing refers to what gets another id").toEqual([]);
  return { ...file, text: sealed({ ...content, events: content.events.map((event) => ({ ...event, replica: hand })) }) };
}

/** Makes writes of localStorage under the prefix of updates fail as in a full store. */
const fill = (page) =>
  page.addInitScript(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (String(key).startsWith("tiendo06/e/") && !window.roomAgain) throw new DOMException("full", "QuotaExceededError");
      return setItem.call(this, key, value);
    };
  });

test("what is said to be saved is in both places, and either alone brings it back", async ({ page }) => {
  const tracker = await recorded(page);
  const stored = await tracker.stored();
  expect(Object.keys(stored)).toHaveLength(2);
  expect(await tracker.mirrored()).toEqual(stored);

  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(tracker.history, "from IndexedDB").toHaveCount(2);
  expect(await tracker.mirrored()).toEqual(stored);

  // And the other way round.
  await tracker.record({ note: "ghi sau" });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  const own = await tracker.stored();
  await page.goto("about:blank");
  await tracker.open("");
  await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.deleteDatabase("tiendo06");
    request.onsuccess = resolve;
    request.onerror = resolve;
  }));
  await page.goto("about:blank");
  await tracker.open(TASK);
  for (const key of Object.keys(own)) await expect.poll(async () => Object.keys(await tracker.mirrored()), "copied back").toContain(key);
  await expect(tracker.history.filter({ hasText: "ghi sau" })).toHaveCount(1);
});

test("what others wrote is kept in IndexedDB alone, and other tabs see it", async ({ page, context, browser }) => {
  const file = await exported(browser);
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  const other = new Tracker(await context.newPage());
  await other.open(TASK);
  await expect(other.history).toHaveCount(0);
  await tracker.choose(file);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 2 cập nhật");
  expect(await tracker.stored()).toEqual({});
  expect(Object.keys(await tracker.mirrored())).toHaveLength(2);
  await expect(other.history, "without a reload").toHaveCount(2);
  await page.reload();
  await expect(tracker.main).toContainText("có 2 cập nhật");
});

test("values of IndexedDB that cannot be read are set aside and offered, and the intact copy returns", async ({ page }) => {
  const tracker = await recorded(page);
  const stored = await tracker.stored();
  const [first] = Object.keys(stored);
  await page.evaluate(async (id) => {
    const answer = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await answer(indexedDB.open("tiendo06"));
    const store = db.transaction("events", "readwrite").objectStore("events");
    store.put("{hỏng", id);
    store.put({ not: "text" }, "ghi-chu");
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    db.close();
  }, first.replace("tiendo06/e/", ""));
  await page.reload();
  await tracker.toData("Có dữ liệu không đọc được");
  await expect(tracker.main.getByRole("heading", { name: "2 mục lưu trữ không đọc được" })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Tải về idb:ghi-chu" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toBe('{"not":"text"}');
  await expect.poll(() => tracker.mirrored()).toEqual(stored);
  for (const name of ["Xóa idb:ghi-chu", `Xóa idb:${first.replace("tiendo06/e/", "")}`]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.reload();
  await expect(tracker.main).toContainText("có 2 cập nhật");
  await expect(tracker.safety("Có dữ liệu không đọc được")).toHaveCount(0);
});

test("with localStorage full, IndexedDB takes over, which is said at once, with the file", async ({ page }) => {
  await fill(page);
  const tracker = new Tracker(page);
  await tracker.open(TASK);
  await tracker.record({ status: "Đang thực hiện", note: "lúc đã đầy" });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  await expect(tracker.notices).toContainText("Nơi lưu thứ nhất của trình duyệt không nhận thêm");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    tracker.notices.getByRole("button", { name: "Xuất JSON" }).click(),
  ]);
  expect(JSON.parse(await readFile(await download.path(), "utf8")).count).toBe(2);
  expect(await tracker.stored()).toEqual({});
  await page.reload();
  await expect(tracker.history).toHaveCount(2);

  await page.evaluate(() => {
    window.roomAgain = true;
  });
  await tracker.safety("Đã lưu ở một nơi").click();
  await page.getByRole("button", { name: "Thử lưu lại" }).first().click();
  await expect(tracker.notices).toContainText("Đã lưu hết vào trình duyệt.");
});

test("with localStorage blocked, updates outlive the page in IndexedDB", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
  });
  const tracker = await recorded(page);
  await expect(tracker.safety(/Đã lưu ở một nơi/)).toBeVisible();
  await page.reload();
  await expect(tracker.history).toHaveCount(2);
  await tracker.follow("Dữ liệu");
  const fault = page.getByRole("region", { name: "Trình duyệt này chỉ lưu được ở một nơi" });
  await expect(fault).toContainText("vẫn được lưu ở nơi thứ hai");
  await expect(tracker.main).not.toContainText("sẽ mất");
  expect(await violations(page)).toEqual([]);
});

/** A file of that many notes of somebody else, each of so many letters. */
function notes(count, letters, name = "x") {
  const events = Array.from({ length: count }, (_, at) => ({
    replica: `${name}-1`, seq: at + 1, time: { ms: Date.UTC(2026, 10, 20, 5) + at, c: 0 }, unit: "bo-cong-an",
    subject: "CT05-B-06", field: "note", value: { text: `${name} ${at} ${"x".repeat(letters)}` }, parents: [], author: "",
  }));
  const text = sealed({
    format: "tiendo06", schema: 1, minReader: 1, app: "tiendo06 0.1.0", plan: { id: "da06", version: "1" }, kind: "full",
    unit: "bo-cong-an", replica: name, exportedAt: "2026-11-20T08:00:00Z", events, ext: {},
  });
  return { name: `${name}.json`, text };
}

test("taking back a merge of many leaves localStorage to what is recorded by hand", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choose(notes(1100, 1));
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 1.100 cập nhật");
  await page.keyboard.press("Control+z");
  await expect(tracker.notices).toContainText("Đã hoàn tác");
  expect(Object.keys(await tracker.mirrored())).toHaveLength(2200);
  expect(await tracker.stored()).toEqual({});
  await page.reload();
  await tracker.whole();
  await tracker.go(TASK);
  await expect(tracker.history).not.toHaveCount(0);
  expect(await tracker.stored(), "not copied back either").toEqual({});
  await tracker.record({ note: "ghi tay" });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  // The note, and with a first report the status.
  expect(Object.keys(await tracker.stored())).toHaveLength(2);
});

test("what is too large for one file is exported to several, which bring all of it back", async ({ page, browser }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choose(notes(16, 1_000_000, "a"), notes(16, 1_000_000, "b"));
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 32 cập nhật");
  const downloads = [];
  page.on("download", (download) => downloads.push(download));
  await tracker.main.getByRole("button", { name: "Xuất JSON" }).click();
  await expect(tracker.notices).toContainText("Đã xuất 32 cập nhật ra 2 tệp");
  await expect.poll(() => downloads.length).toBe(2);
  const files = await Promise.all(downloads.map(async (download) => ({
    name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8"),
  })));
  expect(files.map(({ name }) => name.replace(/.*_/, ""))).toEqual(["1-2.json", "2-2.json"]);
  for (const { text } of files) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(25 * 1024 * 1024);

  const there = new Tracker(await (await browser.newContext()).newPage());
  await there.open("#/data?unit=bo-cong-an");
  await there.choose(...files);
  await there.merge.click();
  await expect(there.notices).toContainText("Đã gộp 32 cập nhật");
  expect(await there.mirrored()).toEqual(await tracker.mirrored());
  await there.page.context().close();
});

test("after localStorage was cleared, nothing is said to be in a file that was never exported", async ({ page }) => {
  const tracker = await recorded(page);
  await page.goto("about:blank");
  await tracker.open("");
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await tracker.open("#/data?unit=bo-cong-an");
  await expect(tracker.main).toContainText("Chưa có tệp nào xuất từ trình duyệt này.");
  await tracker.export();
  await expect(tracker.main).toContainText("Mọi cập nhật ghi ở đây đều đã có trong tệp xuất đầy đủ gần nhất.");
});

test("without IndexedDB the page works with localStorage alone, and says so", async ({ page, browser }) => {
  const file = await exported(browser, "của người khác");
  await withoutDatabase(page);
  const tracker = await recorded(page);
  await tracker.safety("Đã lưu ở một nơi, chưa xuất 2 cập nhật").click();
  await expect(page.getByText("Nơi lưu thứ hai (IndexedDB) không dùng được: trình duyệt chặn hoặc không có.")).toBeVisible();
  await page.reload();
  await expect(tracker.history).toHaveCount(2);
  // No snapshot can be taken, so nothing is merged until the user has a file.
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choose(file);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Chưa giữ được bản khôi phục nên chưa làm gì.");
  await expect(tracker.main).toContainText("có 2 cập nhật");
  await tracker.export();
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
  expect(Object.keys(await tracker.stored())).toHaveLength(5);
});

test("beside a newer version the page shows and exports, and writes nothing", async ({ page, context }) => {
  const tracker = await recorded(page);
  await page.evaluate(() => localStorage.setItem("tiendo06/schema", "2"));
  const newer = { "tiendo06/e/moi": "dạng của phiên bản mới" };
  await page.evaluate((all) => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value)), newer);
  await page.reload();
  await expect(tracker.safety("Chỉ xem được")).toBeVisible();
  await expect(tracker.history).toHaveCount(2);
  const before = await kept(page);
  const mirrored = await tracker.mirrored();
  await tracker.record({ note: "không được ghi" });
  await expect(tracker.notices).toContainText("Dữ liệu trên máy này do một phiên bản mới hơn của trang ghi.");
  await expect(tracker.note, "what was typed can still be copied").toHaveValue("không được ghi");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  expect(await kept(page)).toEqual(before);
  expect(await tracker.mirrored()).toEqual(mirrored);
  await tracker.open("#/data?unit=bo-cong-an");
  expect(JSON.parse((await tracker.export()).text).count).toBe(2);
  expect(await kept(page)).toEqual(before);

  // A page that is open already notices it as well.
  delete before["tiendo06/e/moi"];
  await page.evaluate(() => {
    localStorage.removeItem("tiendo06/e/moi");
    localStorage.setItem("tiendo06/schema", "1");
  });
  const other = new Tracker(await context.newPage());
  await other.open(TASK);
  await page.evaluate(() => localStorage.setItem("tiendo06/schema", "2"));
  await expect(other.safety("Chỉ xem được")).toBeVisible();
  await other.record({ note: "cũng không" });
  await expect(other.note).toHaveValue("cũng không");
  expect(await kept(page)).toEqual({ ...before, "tiendo06/schema": "2" });
});

test("a database of a newer version is left alone", async ({ page }) => {
  await page.goto("./icon.svg");
  await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("tiendo06", 7);
    request.onupgradeneeded = () => request.result.createObjectStore("khac").put("của bản mới", 1);
    request.onsuccess = () => resolve(request.result.close());
  }));
  const tracker = new Tracker(page);
  await tracker.open(TASK);
  await expect(tracker.safety("Chỉ xem được")).toBeVisible();
  await tracker.record({ note: "không được ghi" });
  await expect(tracker.notices).toContainText("phiên bản mới hơn");
  expect(await tracker.stored()).toEqual({});
});

test("what another tab clears is stored again", async ({ page, context }) => {
  const tracker = await recorded(page);
  const stored = await tracker.stored();
  const other = await context.newPage();
  await other.goto("./icon.svg");
  await other.evaluate(() => localStorage.clear());
  await expect.poll(() => tracker.stored()).toEqual(stored);
  await expect.poll(async () => Object.keys(await kept(page))).toContain("tiendo06/settings");
  await page.reload();
  await expect(tracker.history).toHaveCount(2);
});

test("before a merge a snapshot is kept, and returning to it is one step that can be taken back", async ({ page, browser }) => {
  const file = await exported(browser, "của người khác");
  const tracker = await recorded(page);
  await tracker.open("#/data?unit=bo-cong-an");
  const ring = page.getByRole("region", { name: "Bản khôi phục" });
  await expect(ring).toContainText("Chưa có bản nào.");
  await tracker.choose(file);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
  await expect(ring.getByRole("listitem")).toHaveCount(1);
  await expect(ring.getByRole("listitem")).toContainText(/\d\d\/\d\d\/\d{4} \d\d:\d\d · trước khi gộp tệp · 2 cập nhật/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    ring.getByRole("button", { name: /^Tải về/ }).click(),
  ]);
  expect(JSON.parse(await readFile(await download.path(), "utf8")).count).toBe(2);

  await ring.getByRole("button", { name: /^Khôi phục bản lúc/ }).click();
  await expect(ring).toContainText("Cập nhật ghi sau đó vẫn còn trong lịch sử");
  await ring.getByRole("button", { name: "Khôi phục", exact: true }).click();
  await expect(tracker.notices).toContainText("Đã khôi phục như lúc");
  await expect(ring.getByRole("listitem")).toHaveCount(2);
  await expect(tracker.main, "nothing is deleted; the note is retracted").toContainText(/có [67] cập nhật/);
  await tracker.open(TASK);
  await expect(tracker.card("CT05-B-06")).not.toContainText("1 ghi chú");
  await page.getByRole("button", { name: /^Hoàn tác:/ }).click();
  await expect(tracker.card("CT05-B-06")).toContainText("1 ghi chú");
});

test("a merge that is asked for twice before its snapshot is kept happens once", async ({ page, browser }) => {
  const file = await exported(browser, "của người khác");
  const tracker = await recorded(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choose(file);
  await tracker.merge.evaluate((button) => {
    button.click();
    button.click();
  });
  await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
  // What is said last would stand there alone.
  await tracker.whole();
  await expect(tracker.notices).not.toContainText("Không có gì mới");
  await expect(page.getByRole("region", { name: "Bản khôi phục" }).getByRole("listitem")).toHaveCount(1);
});

test("only the last three snapshots are kept; one that cannot be kept stops the merge", async ({ page, browser }) => {
  const tracker = await recorded(page);
  await tracker.open("#/data?unit=bo-cong-an");
  const ring = page.getByRole("region", { name: "Bản khôi phục" });
  const file = await exported(browser, "của người khác");
  for (let n = 1; n <= 4; n += 1) {
    await tracker.choose(byAnother(file, `tay-${n}`));
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
    await tracker.notices.getByRole("button", { name: "Đóng thông báo" }).click();
    await expect(ring.getByRole("listitem")).toHaveCount(Math.min(n, 3));
  }
  const sum = await tracker.main.getByText(/Sổ theo dõi trong trình duyệt này có/).textContent();
  await page.evaluate(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await tracker.choose(byAnother(file, "tay-5"));
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Chưa giữ được bản khôi phục nên chưa làm gì. Đã đầy.");
  await expect(tracker.notices.getByRole("button", { name: "Xuất JSON" })).toBeVisible();
  await expect(tracker.main).toContainText(sum);
  await expect(ring.getByRole("listitem")).toHaveCount(3);
});

test("erasing asks twice, offers the file, keeps a snapshot, and empties the other tabs too", async ({ page, context }) => {
  const tracker = await recorded(page);
  const other = new Tracker(await context.newPage());
  await other.open(TASK);
  await expect(other.history).toHaveCount(2);
  await tracker.open("#/data?unit=bo-cong-an");
  const erase = page.getByRole("region", { name: "Xóa dữ liệu trên máy này" });
  await erase.getByRole("button", { name: "Xóa dữ liệu…" }).click();
  await expect(erase.getByRole("button", { name: "Xuất JSON" })).toBeFocused();
  await erase.getByRole("button", { name: "Thôi" }).click();
  await erase.getByRole("button", { name: "Xóa dữ liệu…" }).click();
  await erase.getByRole("button", { name: "Tiếp tục xóa…" }).click();
  await expect(erase).toContainText("Xóa 2 cập nhật? Một bản khôi phục được giữ lại trong trình duyệt này.");
  await erase.getByRole("button", { name: "Xóa hẳn" }).click();

  await expect(tracker.unit, "as on a first visit").toHaveValue("");
  await expect.poll(async () => Object.keys(await tracker.keptAnywhere())).toEqual([]);
  await expect(other.history).toHaveCount(0);
  await tracker.open("#/data?unit=bo-cong-an");
  await expect(tracker.main).toContainText("có 0 cập nhật");
  const ring = page.getByRole("region", { name: "Bản khôi phục" });
  await expect(ring.getByRole("listitem")).toContainText("trước khi xóa dữ liệu · 2 cập nhật");
  await ring.getByRole("button", { name: /^Khôi phục bản lúc/ }).click();
  await ring.getByRole("button", { name: "Khôi phục", exact: true }).click();
  await expect(tracker.notices).toContainText("lấy lại 2 cập nhật");

  // With the snapshots too, nothing is left.
  await erase.getByRole("button", { name: "Xóa dữ liệu…" }).click();
  await erase.getByRole("checkbox", { name: /^Xóa cả các bản khôi phục/ }).check();
  await erase.getByRole("button", { name: "Tiếp tục xóa…" }).click();
  await expect(erase).toContainText("mọi bản khôi phục? Không lấy lại được");
  await erase.getByRole("button", { name: "Xóa hẳn" }).click();
  await expect(tracker.unit).toHaveValue("");
  await tracker.open("#/data?unit=bo-cong-an");
  await expect(ring).toContainText("Chưa có bản nào.");
  await expect(tracker.main).toContainText("có 0 cập nhật");
});

test("nothing is erased while files are worked on, since what is being stored would come back", async ({ page }) => {
  const tracker = await recorded(page);
  await tracker.open("#/data?unit=bo-cong-an");
  // The file is never handed over, so that reading goes on until it is stopped.
  await page.evaluate(() => {
    File.prototype.arrayBuffer = () => new Promise(() => {});
  });
  await tracker.choose({ name: "a.json", text: "{}" });
  await expect(page.getByRole("progressbar", { name: "Đọc tệp" })).toBeVisible();
  const erase = page.getByRole("region", { name: "Xóa dữ liệu trên máy này" });
  await erase.getByRole("button", { name: "Xóa dữ liệu…" }).click();
  await erase.getByRole("checkbox", { name: /^Xóa cả các bản khôi phục/ }).check();
  await erase.getByRole("button", { name: "Tiếp tục xóa…" }).click();
  await erase.getByRole("button", { name: "Xóa hẳn" }).click();
  await expect(tracker.notices).toContainText("Trang đang làm việc với tệp.");
  expect(Object.keys(await tracker.stored())).toHaveLength(2);
  await expect(tracker.main).toContainText("có 2 cập nhật");
});

test("a clone of this browser profile is said", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open(TASK);
  await tracker.record({ note: "nhánh một" });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  const [event] = Object.values(await tracker.stored()).map((text) => JSON.parse(text)).filter(({ field }) => field === "note");
  const clone = { ...event, value: { text: "nhánh hai" } };
  clone.id = idOf(clone);
  await tracker.page.evaluate(([key, text]) => localStorage.setItem(key, text), [`tiendo06/e/${clone.id}`, canonical(clone)]);
  await tracker.page.reload();
  await expect(tracker.history.filter({ hasText: "nhánh" }), "both branches").toHaveCount(2);
  await tracker.safety("Có bản sao trình duyệt").click();
  await expect(tracker.page.getByText("hồ sơ trình duyệt này đã bị sao chép")).toBeVisible();
  await tracker.page.context().close();
});

test("the safety meter opens by keyboard, breaks no rule, fits a phone, and closes with Escape", async ({ page }) => {
  const tracker = await recorded(page);
  await tracker.open("#/data?unit=bo-cong-an");
  const meter = tracker.safety("Đã lưu, chưa xuất 2 cập nhật");
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(viewport);
    await meter.focus();
    await page.keyboard.press("Enter");
    const link = page.getByRole("link", { name: "Mở trang Dữ liệu" });
    await expect(link).toBeInViewport();
    await expect(page.getByText(/^2 cập nhật chưa xuất, từ \d\d\/\d\d\/\d{4}\.$/)).toBeVisible();
    await expect(page.getByText("Mọi thứ được giữ ở hai nơi trong trình duyệt")).toBeVisible();
    await expect(page.getByText(/^Chỗ cho cập nhật ghi ở đây: đã dùng [\d,.]+ MB trên 5 MB/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(link).toBeHidden();
    await expect(meter).toBeFocused();
  }
  // What is promised is the browser's to say.
  await meter.click();
  await page.getByRole("button", { name: "Xin giữ lâu dài" }).click();
  await expect(page.getByText(/Trình duyệt (chưa đồng ý|cam kết)/)).toBeVisible();
});
