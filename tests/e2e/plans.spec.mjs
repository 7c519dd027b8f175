// Another plan in place of the bundled one: opened, refused, put away.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { Tracker, withoutDatabase } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

const NAME = "bo-nhiem-vu-tinh.json";
const FILES = ["plan", "documents", "agencies", "tasks", "indicators", "observations", "bottlenecks"];

/** The files of data/ in one text, changed. */
function bundle(change = () => {}) {
  const read = (name) => JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), "utf8"));
  const plan = Object.fromEntries(FILES.map((name) => [name, read(name)]));
  change(plan);
  return JSON.stringify(plan);
}

/** A plan of three of the tasks. */
const small = (change = () => {}) =>
  bundle((pack) => {
    pack.plan.id = "tinh06";
    pack.plan.version = "7";
    pack.plan.title = { vi: "Kế hoạch của tỉnh", en: "The province’s plan" };
    pack.tasks = pack.tasks.slice(0, 3);
    pack.tasks[0].title.vi = "Rà soát dữ liệu hộ tịch của tỉnh";
    for (const task of pack.tasks) Object.assign(task, { indicators: [], bottlenecks: [] });
    pack.indicators = [];
    pack.observations = [];
    pack.bottlenecks = [];
    change(pack);
  });

/** Puts another file, or none, where the page keeps the opened plan. Runs in the page. */
function keepText(text) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("tiendo06-plan");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const transaction = db.transaction("plan", "readwrite");
      const store = transaction.objectStore("plan");
      if (text === undefined) store.clear();
      else store.put(new File([text], "bo-nhiem-vu-tinh.json"), "file");
      transaction.oncomplete = () => {
        db.close();
        resolve();
      };
    };
  });
}

class Plans extends Tracker {
  constructor(page) {
    super(page);
    this.plan = this.main.getByRole("region", { name: "Bộ nhiệm vụ", exact: true });
    this.planFile = page.getByLabel("Mở bộ nhiệm vụ khác");
    this.back = page.getByRole("button", { name: "Trở về bộ nhiệm vụ có sẵn" });
  }

  async choosePlan(text) {
    await this.planFile.setInputFiles({ name: NAME, mimeType: "application/json", buffer: Buffer.from(text, "utf8") });
  }
}

const SCREENS = [
  { name: "desktop", viewport: { width: 1440, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
];

for (const { name, viewport } of SCREENS) {
  test.describe(name, () => {
    test.use({ viewport });

    test("another plan is opened, used, and put away", async ({ page }) => {
      const tracker = new Plans(page);
      await tracker.open("#/task/CT05-A-02?unit=toan-quoc");
      await tracker.record({ status: "Đang thực hiện" });
      await expect(tracker.history).toHaveCount(1);
      await tracker.open("#/data?unit=toan-quoc");
      await expect(tracker.plan).toContainText("146 nhiệm vụ");
      await expect(tracker.plan).toContainText("cho đến khi trở về bộ có sẵn");
      await expect(tracker.back).toHaveCount(0);

      await tracker.choosePlan(small());
      await expect(tracker.plan).toContainText("Kế hoạch của tỉnh, phiên bản 7, 3 nhiệm vụ");
      await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ Kế hoạch của tỉnh: 3 nhiệm vụ.");
      await expect(tracker.title).toBeFocused();
      const brand = page.getByRole("banner").getByRole("link", { name: /^Tiến độ 06/ });
      await expect(brand, "said on every page").toHaveAccessibleName("Tiến độ 06 Kế hoạch của tỉnh");
      // What was recorded is still there, and counts for the task of that id.
      await expect(tracker.main).toContainText("có 1 cập nhật");
      await tracker.go("#/board?unit=toan-quoc");
      await expect(tracker.card("CT05-A-01")).toContainText("Rà soát dữ liệu hộ tịch của tỉnh");
      await expect(tracker.main.getByRole("article")).toHaveCount(3);
      await expect(tracker.column("Thường xuyên, không thời hạn", 1)).toBeVisible();

      await tracker.go("#/data?unit=toan-quoc");
      await tracker.back.click();
      await expect(tracker.plan).toContainText("146 nhiệm vụ");
      await expect(tracker.back).toHaveCount(0);
      await expect(brand).toHaveAccessibleName("Tiến độ 06");
      await expect(tracker.title).toBeFocused();
      await expect(tracker.main).toContainText("có 1 cập nhật");
      expect(Object.keys(await tracker.stored())).toHaveLength(1);
    });

    test("the data page can be read by everyone with a refused plan on it", async ({ page }) => {
      const tracker = new Plans(page);
      await tracker.open("#/data?unit=toan-quoc");
      await tracker.choosePlan(small((pack) => { pack.tasks[1].topic = "khong-co"; }));
      await expect(tracker.plan).toContainText("không có mã “khong-co”");
      expect(await violationsInBothThemes(page)).toEqual([]);
    });
  });
}

test("an opened plan is there at the next visit, with the task of the address, until it is put away", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small((pack) => {
    pack.agencies.push({ ...pack.agencies.find((a) => a.id === "bo-cong-an"), id: "so-cua-tinh", abbreviation: "SCT", name: { vi: "Sở của tỉnh", en: "The province’s department" }, aliases: [] });
    pack.tasks[0].leads = ["so-cua-tinh"];
  }));
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ Kế hoạch của tỉnh");
  await tracker.go("#/task/CT05-A-01?unit=so-cua-tinh");
  await expect(tracker.panel).toHaveAccessibleName("Rà soát dữ liệu hộ tịch của tỉnh");
  await tracker.record({ status: "Đang thực hiện" });
  await page.reload();
  await tracker.whole();
  await expect(tracker.panel).toHaveAccessibleName("Rà soát dữ liệu hộ tịch của tỉnh");
  await expect(tracker.history).toHaveCount(1);
  await expect(page.getByRole("combobox", { name: "Đơn vị của tôi" })).toHaveValue(/Sở của tỉnh/);
  await expect(tracker.notices, "nobody asked").not.toContainText("Đã mở bộ nhiệm vụ");

  await tracker.open("#/data?unit=toan-quoc");
  await tracker.back.click();
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ");
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((db) => db.name))).toEqual(["tiendo06"]);
});

test("erasing this device lets go of the opened plan as well", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small());
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ");
  const erase = page.getByRole("region", { name: "Xóa dữ liệu trên máy này" });
  for (const name of ["Xóa dữ liệu…", "Tiếp tục xóa…", "Xóa hẳn"]) await erase.getByRole("button", { name }).click();
  await expect(tracker.unit, "as on a first visit").toHaveValue("");
  await tracker.open("#/data?unit=toan-quoc");
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
});

test("a plan that this browser cannot keep is open until the page is loaded again, and says so", async ({ page }) => {
  await withoutDatabase(page);
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small());
  await expect(tracker.plan).toContainText("3 nhiệm vụ");
  await expect(tracker.notices).toContainText("chỉ đến khi đóng hoặc tải lại trang: trình duyệt chặn hoặc không có.");
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await expect(tracker.notices).not.toContainText("bộ nhiệm vụ");
});

test("a kept plan that is gone or broken leaves the built-in one, says so, and can be let go of", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small());
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ");
  await page.evaluate(keepText, '{"tasks": [');
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await expect(tracker.notices).toContainText(`Không mở lại được bộ nhiệm vụ đã giữ (${NAME}).`);
  await expect(tracker.plan).toContainText(`${NAME}: không đọc được`);
  await page.evaluate(keepText, small());
  await tracker.plan.getByRole("button", { name: "Mở lại" }).click();
  await expect(tracker.plan).toContainText("3 nhiệm vụ");
  await expect(tracker.title).toBeFocused();

  await page.evaluate(keepText, undefined);
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText(`Trình duyệt không trả lại tệp ${NAME} đã giữ`);
  await tracker.plan.getByRole("button", { name: "Bỏ tệp này" }).click();
  await expect(tracker.plan).not.toContainText(NAME);
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await expect(tracker.notices).not.toContainText("Không mở lại được");
});

test("a kept plan whose opening never ends is not opened by itself for ever", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small());
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ");
  await page.evaluate(() => localStorage.setItem("tiendo06/plan-trials", "xxxx"));
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan, "once more").toContainText("3 nhiệm vụ");
  await page.evaluate(() => localStorage.setItem("tiendo06/plan-trials", "xxxxx"));
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await expect(tracker.plan).toContainText("lần này trang không tự mở lại");
  await tracker.plan.getByRole("button", { name: "Mở lại" }).click();
  await expect(tracker.plan).toContainText("3 nhiệm vụ");
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan, "by itself again").toContainText("3 nhiệm vụ");
});

test("opening a long plan says how far it is, and can be stopped", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  const long = small((pack) => {
    pack.tasks = Array.from({ length: 3000 }, (_, number) => ({ ...pack.tasks[0], id: `T-${number}` }));
  });
  // Work that makes way for the page goes on when it is let, as on a slow machine.
  await page.evaluate(() => {
    const [now, later] = [Date.now, window.setTimeout];
    let [shift, held] = [0, []];
    Date.now = () => now() + (shift += 20);
    window.setTimeout = (callback, ms, ...more) => (ms === 0 ? held.push(callback) : later(callback, ms, ...more));
    window.letGo = (count) => {
      for (; count > 0 && held.length > 0; count -= 1) held.shift()();
    };
  });
  await tracker.choosePlan(long);
  const progress = page.getByRole("progressbar", { name: "Mở bộ nhiệm vụ" });
  await expect(progress).toHaveAttribute("aria-valuetext", "0%");
  let percent = 0;
  for (let step = 0; step < 8; step += 1) {
    const before = percent;
    await expect.poll(async () => {
      await page.evaluate(() => window.letGo(1));
      return (percent = Number(await progress.getAttribute("aria-valuenow")));
    }).toBeGreaterThan(before);
  }
  await page.getByRole("button", { name: "Dừng" }).click();
  await expect(progress).toHaveCount(0);
  await page.evaluate(() => window.letGo(100));
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await expect(tracker.plan).not.toContainText(NAME);
  // Nothing of it is left over.
  await page.reload();
  await tracker.whole();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
});

test("an address leads to the same unit in the opened plan, and a search finds its tasks", async ({ page }) => {
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choosePlan(small());
  await expect(tracker.back).toBeVisible();
  await tracker.go("#/board?unit=toan-quoc");
  await tracker.search.fill("ho tich cua tinh");
  await expect(tracker.main.getByRole("article")).toHaveCount(1);
  await page.goBack();
  await expect(tracker.plan).toContainText("3 nhiệm vụ");
});

const BROKEN = [
  {
    title: "a dangling id and an empty text, each by file, id and field",
    make: () => small((pack) => {
      pack.tasks[1].leads = ["so-khong-co"];
      pack.tasks[2].title.en = " ";
    }),
    says: [
      `Tệp ${NAME} không phải là bộ nhiệm vụ dùng được, có 2 lỗi:`,
      "tasks.json, CT05-A-02, trường leads: không có mã “so-khong-co”.",
      "tasks.json, CT05-A-03, trường title: văn bản trống",
    ],
  },
  {
    title: "an id that comes twice",
    make: () => small((pack) => { pack.tasks[1].id = pack.tasks[0].id; }),
    says: ["tasks.json, CT05-A-01, trường id: mã này có hai lần."],
  },
  {
    title: "a file of the plan that is missing",
    make: () => small((pack) => { delete pack.documents; }),
    says: ["documents.json: không đọc được"],
  },
  { title: "what is not JSON, with its place", make: () => '{"plan": ', says: [`${NAME}: không đọc được`, "line 1 column"] },
  {
    title: "more faults than anybody reads, by their number",
    make: () => bundle((pack) => { for (const task of pack.tasks) task.topic = "khong-co"; }),
    says: ["có 146 lỗi", "và 126 lỗi khác."],
  },
];

for (const { title, make, says } of BROKEN) {
  test(`a broken plan is refused: ${title}`, async ({ page }) => {
    const tracker = new Plans(page);
    await tracker.open("#/data?unit=toan-quoc");
    await tracker.choosePlan(make());
    for (const words of says) await expect(tracker.plan).toContainText(words);
    await expect(tracker.plan).toContainText("Bộ nhiệm vụ đang mở vẫn giữ nguyên.");
    await expect(tracker.plan).toContainText("146 nhiệm vụ");
    // The same file, mended.
    await tracker.choosePlan(small());
    await expect(tracker.plan).toContainText("3 nhiệm vụ");
  });
}

test("with another plan open, the page still takes the shape of a narrower screen", async ({ page }) => {
  const broken = [];
  page.on("pageerror", (error) => broken.push(String(error)));
  const tracker = new Plans(page);
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choosePlan(small());
  await expect(tracker.back).toBeVisible();
  await expect(page.getByRole("button", { name: "Thu gọn", exact: true })).toBeVisible();
  await page.setViewportSize({ width: 1100, height: 800 });
  await expect(page.getByRole("button", { name: "Hiện tên trang" })).toBeVisible();
  await page.pdf();
  await tracker.back.click();
  await expect(tracker.plan).toContainText("146 nhiệm vụ");
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole("button", { name: "Thu gọn", exact: true })).toBeVisible();
  expect(broken).toEqual([]);
});
