// localStorage alone, damaged, full or blocked: the user is told, and nothing is lost. With IndexedDB
// beside it: durability.spec.mjs.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Tracker, withoutDatabase } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const safety = (tracker, words) => tracker.safety(words);

test.beforeEach(({ page }) => withoutDatabase(page));

/** Everything the browser keeps for the page, by key. */
const kept = (page) => page.evaluate(() => ({ ...localStorage }));

/** Two updates of a task, stored. */
async function recorded(page) {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await tracker.record({ status: "Đang thực hiện", progress: "60" });
  await expect(tracker.history).toHaveCount(2);
  return tracker;
}

test("stored updates that are cut short, altered or empty are set aside, announced and offered, never lost", async ({
  page,
}) => {
  const tracker = await recorded(page);
  await tracker.record({ progress: "70", note: "Ghi chú lành lặn" });
  await expect(tracker.history).toHaveCount(4);
  const entries = Object.entries(await tracker.stored()).filter(([, text]) => !text.includes("lành lặn"));
  const damaged = [
    (text) => text.slice(0, 40),
    (text) => text.replace('"author":""', '"author":"ai đó"'),
    () => "",
  ].map((damage, index) => [entries[index][0], damage(entries[index][1])]);
  damaged.forEach(([, bytes], index) => expect(bytes).not.toBe(entries[index][1]));
  await page.evaluate((all) => all.forEach(([key, bytes]) => localStorage.setItem(key, bytes)), damaged);
  await page.reload();

  await expect(tracker.history, "the intact update is there").toHaveCount(1);
  await tracker.toData("Có dữ liệu không đọc được");
  await expect(tracker.main.getByRole("heading", { name: "3 mục lưu trữ không đọc được" })).toBeVisible();
  for (const [key, bytes] of damaged) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: `Tải về ${key}` }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8")).toBe(bytes);
  }

  // Recording goes on, and another start still has the bytes.
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await tracker.record({ note: "vẫn ghi tiếp được" });
  await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  await page.reload();
  await expect(tracker.history.filter({ hasText: "vẫn ghi tiếp được" })).toHaveCount(1);
  for (const [, bytes] of damaged) expect(Object.values(await kept(page))).toContain(bytes);

  await tracker.open("#/data?unit=bo-cong-an");
  for (const [key, bytes] of damaged) {
    await page.getByRole("button", { name: `Xóa ${key}` }).click();
    await expect(page.getByRole("button", { name: `Xóa ${key}` })).toHaveCount(0);
    expect(Object.values(await kept(page))).not.toContain(bytes);
  }
  await expect(safety(tracker, "Có dữ liệu không đọc được")).toHaveCount(0);
});

test("something else under the prefix of updates is set aside like damage", async ({ page }) => {
  const tracker = await recorded(page);
  await page.evaluate(() => localStorage.setItem("tiendo06/e/ghi-chu-rieng", "không phải cập nhật"));
  await page.reload();
  await expect(tracker.history).toHaveCount(2);
  await tracker.toData("Có dữ liệu không đọc được");
  await expect(page.getByRole("button", { name: "Tải về tiendo06/e/ghi-chu-rieng" })).toBeVisible();
  expect(Object.values(await kept(page))).toContain("không phải cập nhật");
});

test("damaged settings are set aside, and the page starts afresh with its updates", async ({ page }) => {
  const tracker = await recorded(page);
  await page.evaluate(() => localStorage.setItem("tiendo06/settings", '{"unit":"bo-cong-an'));
  await page.goto("about:blank");
  await tracker.open("#/data");
  await expect(tracker.main).toContainText("có 2 cập nhật");
  await expect(page.getByRole("button", { name: "Tải về tiendo06/settings" })).toBeVisible();
  expect(Object.values(await kept(page))).toContain('{"unit":"bo-cong-an');
});

test("settings of a newer version keep what this one does not know", async ({ page }) => {
  const tracker = await recorded(page);
  await page.evaluate(() => {
    const settings = JSON.parse(localStorage.getItem("tiendo06/settings"));
    localStorage.setItem("tiendo06/settings", JSON.stringify({ ...settings, mau_nen: "kem" }));
  });
  await page.reload();
  await page.getByRole("button", { name: "English" }).click();
  await expect(tracker.title).toHaveText("Board");
  const settings = JSON.parse((await kept(page))["tiendo06/settings"]);
  expect(settings).toMatchObject({ mau_nen: "kem", lang: "en" });
});

test("a full store is said, what was recorded stays in view, and is stored once there is room", async ({ page }) => {
  const tracker = await recorded(page);
  // The real quota: fill the rest of it with something of another page, to the last unit.
  await page.evaluate(() => {
    for (let size = 4 * 1024 * 1024, name = 0; size >= 1; ) {
      try {
        localStorage.setItem(`khac${name}`, "x".repeat(size));
        name += 1;
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });
  const before = await tracker.stored();
  await tracker.record({ progress: "70", note: "Ghi lúc đã đầy" });
  await expect(tracker.notices).toContainText("Trình duyệt không lưu được 2 cập nhật.");
  await expect(tracker.notices).not.toContainText("Đã lưu cập nhật");
  await expect(safety(tracker, "Không lưu được 2 cập nhật")).toBeVisible();
  await expect(tracker.history.filter({ hasText: "Ghi lúc đã đầy" })).toHaveCount(1);
  await expect(tracker.card("CT05-B-06")).toContainText("70%");
  expect(await tracker.stored(), "what was there is untouched").toEqual(before);

  await tracker.toData("Không lưu được 2 cập nhật");
  await expect(tracker.main).toContainText("Bộ nhớ dành cho trang đã đầy.");
  await expect(tracker.main).toContainText("2 cập nhật đang chỉ có trong trang này.");
  const file = JSON.parse((await tracker.export()).text);
  expect(file.count).toBe(4);
  expect(file.events.map((event) => event.value)).toContainEqual({ text: "Ghi lúc đã đầy" });

  await page.getByRole("button", { name: "Thử lưu lại" }).click();
  await expect(safety(tracker, "Không lưu được 2 cập nhật"), "still full").toBeVisible();
  expect(await tracker.stored()).toEqual(before);

  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("khac")) localStorage.removeItem(key);
  });
  await page.getByRole("button", { name: "Thử lưu lại" }).click();
  await expect(tracker.notices).toContainText("Đã lưu hết vào trình duyệt.");
  await expect(tracker.main).not.toContainText("chưa lưu được");
  expect(Object.keys(await tracker.stored())).toHaveLength(4);
  await page.reload();
  await expect(tracker.main).toContainText("có 4 cập nhật");
});

test("leaving with updates that are not stored asks first", async ({ page }) => {
  await page.addInitScript(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (String(key).startsWith("tiendo06/e/")) throw new DOMException("full", "QuotaExceededError");
      return setItem.call(this, key, value);
    };
  });
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.notices).toContainText("Trình duyệt không lưu được 1 cập nhật.");
  await expect(tracker.history, "in view all the same").toHaveCount(1);
  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(tracker.history, "the user stayed").toHaveCount(1);
});

test("a file merged into a full store is in view, and is said not to be stored", async ({ page, browser }) => {
  const source = await recorded(page);
  await source.follow("Dữ liệu");
  const file = await source.export();
  const other = await browser.newContext();
  await withoutDatabase(other);
  await other.addInitScript(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (String(key).startsWith("tiendo06/e/")) throw new DOMException("full", "QuotaExceededError");
      return setItem.call(this, key, value);
    };
  });
  const tracker = new Tracker(await other.newPage());
  await tracker.open("#/data");
  await tracker.choose(file);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Trình duyệt không lưu được 2 cập nhật.");
  await expect(tracker.main).toContainText("có 2 cập nhật");
  expect(await tracker.stored()).toEqual({});
  await other.close();
});

test.describe("with storage blocked", () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      });
    });
  });

  test("the page works in memory and says so", async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open();
    await expect(safety(tracker, "Không lưu được")).toBeVisible();
    await tracker.chooseUnit("bo cong an", "Bộ Công an");
    await tracker.follow("Bảng việc");
    await tracker.openTask("CT05-B-06");
    await tracker.record({ status: "Đang thực hiện", progress: "60" });
    await expect(tracker.history).toHaveCount(2);
    await expect(tracker.card("CT05-B-06")).toContainText("60%");
    await tracker.toData("Không lưu được");
    await expect(tracker.main).toContainText("Trình duyệt chặn lưu trữ của trang");
    expect(JSON.parse((await tracker.export()).text).count, "a file is the way out").toBe(2);
  });

  test("nothing claims to be saved", async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
    await tracker.record({ status: "Đang thực hiện" });
    await expect(tracker.history).toHaveCount(1);
    await expect(tracker.notices).not.toHaveText("");
    await expect(tracker.notices).not.toContainText("Đã lưu");
    await expect(safety(tracker, "Không lưu được")).toBeVisible();
  });

  test("trying again does not turn memory into storage", async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open("#/data?unit=bo-cong-an");
    await page.getByRole("button", { name: "Thử lưu lại" }).click();
    await expect(safety(tracker, "Không lưu được")).toBeVisible();
    await expect(tracker.notices).not.toContainText("Đã lưu hết");
    await expect(tracker.main).toContainText("Trình duyệt chặn lưu trữ của trang");
  });

  test("leaving with updates that live in memory alone asks first", async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
    await tracker.record({ status: "Đang thực hiện" });
    await expect(tracker.history).toHaveCount(1);
    const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
  });
});
