// The consolidation desk: from choosing files to merging them, and back.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere, sealed } from "./app.mjs";
import { violations } from "./axe.mjs";

test.describe.configure({ timeout: 120_000 });

const DAY = 24 * 60 * 60 * 1000;
const NOON = Date.UTC(2026, 10, 20, 5);
const DESK = "#/consolidate?unit=toan-quoc&asof=2026-11-21";

/** An update, before it has an id. */
function update(replica, seq, ms, unit, subject, field, value, author = "") {
  return { replica, seq, time: { ms, c: 0 }, unit, subject, field, value, parents: [], author };
}

/** A file of these updates, with the digests that belong to it. */
function file(unit, replica, events, over = {}) {
  return sealed({
    format: "tiendo06",
    schema: 1,
    minReader: 1,
    app: "tiendo06 0.1.0",
    plan: { id: "da06", version: "1" },
    kind: "full",
    unit,
    replica,
    exportedAt: "2026-11-20T08:00:00Z",
    events,
    ext: {},
    ...over,
  });
}

const POLICE = [
  update("a-1", 1, NOON, "bo-cong-an", "CT05-B-06", "status", { state: "in_progress" }, "Nguyễn A"),
  update("a-1", 2, NOON, "bo-cong-an", "CT05-B-06", "progress", 60, "Nguyễn A"),
];
const OTHER = [
  update("b-1", 1, NOON + 1000, "bo-cong-an", "CT05-B-06", "status", { state: "done", date: "2026-11-10" }, "Trần B"),
  update("b-1", 2, NOON, "bo-cong-an", "CT05-B-06", "note", { text: "Đã nghiệm thu" }, "Trần B"),
];
const STALE = [
  update("c-1", 1, NOON - 80 * DAY, "bo-tu-phap", "CT05-B-33", "progress", 30, "Lê C"),
];

/** Five files as a reviewer gets them: two that differ, one cut short, one old, one too new. */
const FIVE = [
  { name: "bca-vu-1.json", text: file("bo-cong-an", "a", POLICE) },
  { name: "bca-vu-2.json", text: file("bo-cong-an", "b", OTHER) },
  { name: "hong.json", text: file("bo-cong-an", "a", POLICE).slice(0, 700) },
  { name: "btp-cu.json", text: file("bo-tu-phap", "c", STALE) },
  { name: "moi-hon.json", text: file("bo-y-te", "d", [], { schema: 9, minReader: 9 }) },
];

const buffers = (files) =>
  files.map(({ name, text }) => ({ name, mimeType: "application/json", buffer: Buffer.from(text, "utf8") }));

/** The desk in one tab. */
class Desk extends Tracker {
  constructor(page) {
    super(page);
    this.bar = page.getByRole("region", { name: "Bàn tổng hợp" });
    this.input = page.getByLabel("Chọn tệp");
    this.folder = page.getByLabel("Chọn thư mục");
    this.files = page.getByRole("table", { name: "Tổng hợp" });
    this.differences = page.getByRole("main").getByRole("group");
  }

  row(name) {
    return this.files.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name, exact: true }) });
  }

  async look(name) {
    const looks = this.main.getByRole("list", { name: "Cách xem bàn tổng hợp" });
    const link = looks.getByRole("link", { name: new RegExp(`^${name}( [\\d.]+)?$`) });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "true");
  }

  async put(files) {
    await this.input.setInputFiles(buffers(files));
  }
}

test("five files from choosing to merging, one difference settled, and all of it taken back", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await expect(desk.title).toHaveText("Tổng hợp");
  await expect(desk.main).toContainText("Đưa tệp của các đơn vị lên bàn");
  expect(await violations(page)).toEqual([]);

  await test.step("the files, each with what is in it or wrong with it", async () => {
    await desk.put(FIVE);
    await expect(desk.bar).toContainText("5 tệp, 3 tệp dùng được, 5 cập nhật mới.");
    await expect(desk.bar).toContainText("2 tệp không dùng được.");
    await expect(desk.row("bca-vu-1.json")).toContainText("Bộ Công an");
    await expect(desk.row("bca-vu-1.json")).toContainText("Nguyễn A");
    await expect(desk.row("hong.json")).toContainText("Chưa có gì thay đổi.");
    await expect(desk.row("hong.json")).toContainText("dòng");
    await expect(desk.row("btp-cu.json")).toContainText("Đã cũ");
    await expect(desk.row("moi-hon.json")).toContainText("phiên bản mới hơn");
    expect(await violations(page)).toEqual([]);
    expect(await desk.keptAnywhere(), "nothing is merged").toEqual({});
  });

  await test.step("who has reported, who is out of date, who has not", async () => {
    await desk.look("Nơi báo cáo");
    const table = page.getByRole("table", { name: "Nơi báo cáo" });
    const of = (name) => table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await expect(of("Bộ Công an")).toContainText("Đã báo cáo");
    await expect(of("Bộ Tư pháp")).toContainText("Báo cáo đã cũ");
    await expect(of("Bộ Tư pháp")).toContainText("01/09/2026, cách đây 81 ngày");
    await expect(of("Bộ Y tế")).toContainText("Chưa báo cáo");
    await page.getByLabel("Tình trạng").selectOption("stale");
    await expect(table.getByRole("row")).toHaveCount(2);
    await expect(desk.main.getByRole("table", { name: "Nhiệm vụ giao chung" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step("what would change, filtered", async () => {
    await desk.look("Thay đổi");
    const rows = desk.main.getByRole("listitem").filter({ hasText: "→" });
    await expect(rows).toHaveCount(4);
    await page.getByRole("combobox", { name: "Đơn vị", exact: true }).selectOption("bo-tu-phap");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText("CT05-B-33");
    await expect(rows).toContainText("Sau: 30%");
    expect(await violations(page)).toEqual([]);
  });

  await test.step("the difference: who wrote what, and a choice", async () => {
    await desk.look("Khác nhau");
    const difference = page.getByRole("group", { name: /CT05-B-06.*Trạng thái/ });
    await expect(difference).toContainText("Đang thực hiện");
    await expect(difference).toContainText("Nguyễn A · Bộ Công an · 20/11/2026 12:00 · từ tệp bca-vu-1.json");
    await expect(difference).toContainText("Trần B");
    await difference.getByRole("radio", { name: /Giá trị khác/ }).check();
    await difference.getByLabel("Trạng thái").selectOption("done");
    await expect(difference.getByRole("alert")).toContainText("Nhập ngày hoàn thành");
    await difference.getByLabel("Ngày hoàn thành").fill("15/11/2026");
    await expect(desk.bar).toContainText("1 giá trị khác nhau, đã chọn 1.");
    await page.getByRole("button", { name: "Lấy bản mới nhất cho cả 1 mục" }).click();
    await expect(difference.getByRole("radio", { name: /Hoàn thành ngày 10\/11\/2026/ })).toBeChecked();
    await difference.getByRole("radio", { name: /Đang thực hiện/ }).check();
    expect(await violations(page)).toEqual([]);
  });

  await test.step("merging is one step", async () => {
    await desk.merge.click();
    await expect(desk.notices).toContainText("Đã gộp 5 cập nhật vào sổ theo dõi. Đã thống nhất 1 giá trị khác nhau.");
    expect(Object.keys(await desk.keptAnywhere())).toHaveLength(6);
    await expect(desk.main).toContainText("Không có giá trị nào được ghi khác nhau");
    await desk.go("#/task/CT05-B-06?in=tasks&unit=bo-cong-an&asof=2026-11-21");
    await expect(desk.status.getByRole("radio", { name: "Đang thực hiện" })).toBeChecked();
  });

  await test.step("and one step takes it back", async () => {
    await page.keyboard.press("Control+z");
    await expect(desk.notices).toContainText("Đã hoàn tác");
    await expect(desk.status.getByRole("radio", { name: "Chưa thực hiện" })).toBeChecked();
    const kept = Object.values(await desk.keptAnywhere());
    expect(kept.length, "no update is deleted").toBeGreaterThan(6);
    await page.keyboard.press("Control+Shift+z");
    await expect(desk.status.getByRole("radio", { name: "Đang thực hiện" })).toBeChecked();
  });
});

for (const way of ["chosen", "dropped"]) {
  test(`a folder that is ${way} is read for its JSON files alone`, async ({ page }, info) => {
    const desk = new Desk(page);
    await desk.open(DESK);
    const folder = info.outputPath("thu-muc");
    await mkdir(join(folder, "con"), { recursive: true });
    await writeFile(join(folder, "a.json"), FIVE[0].text);
    await writeFile(join(folder, "con", "b.JSON"), FIVE[1].text);
    await writeFile(join(folder, "ghi-chu.txt"), "không phải tệp báo cáo");
    if (way === "chosen") await desk.folder.setInputFiles(folder);
    else await dropped(page, [folder]);
    await expect(desk.bar).toContainText("Đã bỏ qua 1 tệp không phải JSON hoặc không đọc được.");
    await expect(desk.bar).toContainText("2 tệp, 2 tệp dùng được, 4 cập nhật mới.");
    await page.getByRole("button", { name: "Bỏ tệp a.json khỏi bàn" }).click();
    await expect(desk.bar).toContainText("1 tệp, 1 tệp dùng được, 2 cập nhật mới.");
    await page.getByRole("button", { name: "Dọn bàn" }).click();
    await expect(desk.main).toContainText("Đưa tệp của các đơn vị lên bàn");
    expect(await desk.keptAnywhere()).toEqual({});
  });
}

/** Drops files or folders of the disk on the page, as from the system's file manager. */
async function dropped(page, files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
  await session.detach();
}

test("reading can be stopped, which leaves the desk as it was", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put([FIVE[0]]);
  await expect(desk.bar).toContainText("1 tệp, 1 tệp dùng được");
  // The second file is never handed over, so that reading goes on until it is stopped.
  await page.evaluate(() => {
    File.prototype.arrayBuffer = () => new Promise(() => {});
  });
  await desk.put([FIVE[1], FIVE[3]]);
  const progress = page.getByRole("progressbar", { name: "Đọc tệp" });
  await expect(progress).toHaveAttribute("aria-valuetext", "0 trên 2 tệp");
  await expect(desk.merge).toBeDisabled();
  await desk.follow("Dữ liệu");
  await expect(progress, "it goes on wherever the page is").toHaveAttribute("aria-valuetext", "0 trên 2 tệp");
  await desk.file.setInputFiles(buffers([FIVE[0]]));
  await expect(desk.notices).toContainText("Trang đang làm việc với tệp.");
  await desk.follow("Tổng hợp");
  await page.getByRole("button", { name: "Dừng" }).click();
  await expect(progress).toHaveCount(0);
  await expect(desk.bar).toContainText("1 tệp, 1 tệp dùng được, 2 cập nhật mới.");
  expect(await desk.keptAnywhere()).toEqual({});
});

test("files that come while others are read are read too", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  // The first file is handed over only when the second has come.
  await page.evaluate(() => {
    const read = File.prototype.arrayBuffer;
    const handed = new Promise((go) => (window.handOver = go));
    File.prototype.arrayBuffer = function () {
      return handed.then(() => read.call(this));
    };
  });
  await desk.put([FIVE[0]]);
  await expect(page.getByRole("progressbar", { name: "Đọc tệp" })).toHaveAttribute("aria-valuetext", "0 trên 1 tệp");
  await desk.put([FIVE[1]]);
  await expect(page.getByRole("progressbar", { name: "Đọc tệp" })).toHaveAttribute("aria-valuetext", "0 trên 2 tệp");
  await page.evaluate(() => window.handOver());
  await expect(desk.bar).toContainText("2 tệp, 2 tệp dùng được, 4 cập nhật mới.");
});

test("merging says how far it is, and is asked for once", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put([FIVE[3]]);
  await expect(desk.bar).toContainText("1 tệp dùng được");
  await desk.merge.click();
  await expect(desk.notices).toContainText("Đã gộp 1 cập nhật");
  const many = Array.from({ length: 1200 }, (_, at) =>
    update("m-1", at + 1, NOON + at, "bo-cong-an", "CT05-B-06", "note", { text: `Ghi chú ${at}` }));
  await desk.put([{ name: "nhieu.json", text: file("bo-cong-an", "m", many) }]);
  await expect(desk.bar).toContainText("1.200 cập nhật mới");
  await page.evaluate(() => {
    window.told = [];
    const look = () => {
      const bar = document.querySelector("[role=progressbar]");
      if (bar) window.told.push([bar.getAttribute("aria-label"), bar.getAttribute("aria-valuetext")].join(": "));
    };
    new MutationObserver(look).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
  });
  await desk.merge.evaluate((button) => {
    button.click();
    button.click();
  });
  await expect(desk.notices).toContainText("Đã gộp 1.200 cập nhật");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  const told = new Set(await page.evaluate(() => window.told));
  expect([...told]).toContain("Giữ bản khôi phục: đang làm");
  expect([...told]).toContain("Gộp: đang làm");
  expect([...told]).toContain("Lưu cập nhật: 500 trên 1.200 cập nhật");
  await desk.go("#/data?unit=toan-quoc");
  await expect(page.getByRole("region", { name: "Bản khôi phục" }).getByRole("listitem")).toHaveCount(1);
});

test("files are dropped on the page, and two of them compared without merging", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  const transfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, text } of files) data.items.add(new File([text], name, { type: "application/json" }));
    return data;
  }, FIVE.slice(0, 2));
  await desk.main.dispatchEvent("drop", { dataTransfer: transfer });
  await expect(desk.bar).toContainText("2 tệp, 2 tệp dùng được");
  await desk.look("So sánh hai tệp");
  await expect(desk.main).toContainText("Chỉ bca-vu-1.json có: 2 cập nhật; chỉ bca-vu-2.json có: 2; cả hai có: 0.");
  const rows = desk.main.getByRole("listitem").filter({ hasText: "→" });
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Trạng thái" })).toContainText("Tệp B: Hoàn thành ngày 10/11/2026");
  await page.getByLabel("Tệp A").selectOption({ label: "bca-vu-2.json" });
  await expect(rows.filter({ hasText: "Trạng thái" })).toContainText("Tệp A: Hoàn thành ngày 10/11/2026");
  expect(await violations(page)).toEqual([]);
  expect(await desk.keptAnywhere()).toEqual({});
});

test("what is odd about a file that can be used is said beside it", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  const odd = [
    update("o-1", 1, NOON, "bo-cong-an", "CT99-A-01", "progress", 10),
    update("o-1", 2, NOON, "so-la", "CT05-B-06", "progress", 10),
    update("o-1", 3, NOON, "bo-cong-an", "CT05-B-06", "progress", 400),
    update("o-1", 4, NOON, "bo-cong-an", "CT05-B-06", "mau\u202eu\u200b", 1),
    update("o-1", 5, NOON + 3650 * DAY, "bo-cong-an", "CT05-B-07", "progress", 20),
  ];
  const old = update("p-1", 1, NOON, "bo-cong-an", "CT05-B-06", "mau\u202eu\u200b", 2);
  await desk.put([
    { name: "la.json", text: file("bo-cong-an", "o", odd) },
    { name: "la-2.json", text: file("bo-cong-an", "p", [old]) },
    FIVE[0],
  ]);
  for (const words of [
    "1 cập nhật về nhiệm vụ, chỉ tiêu không có trong bộ nhiệm vụ này (CT99-A-01).",
    "1 cập nhật của đơn vị không có trong bộ nhiệm vụ này (so-la).",
    "1 cập nhật có trường mà phiên bản này chưa biết.",
    "1 cập nhật có giá trị mà phiên bản này không đọc được.",
    "1 cập nhật ghi giờ muộn hơn hôm nay",
  ]) {
    await expect(desk.row("la.json")).toContainText(words);
  }
  await expect(desk.row("bca-vu-1.json")).not.toContainText("giữ nguyên");
  expect(await violations(page)).toEqual([]);
  for (const look of ["Thay đổi", "Khác nhau", "So sánh hai tệp"]) {
    await desk.look(look);
    expect(await desk.main.textContent(), look).not.toMatch(/[\u202e\u200b]/);
  }
});

test("values of half a million letters that differ are cut, and shown whole when asked for", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  const wide = (replica, letter) => ({
    name: `${replica}.json`,
    text: file("bo-cong-an", replica, [
      update(`${replica}-1`, 1, NOON, "bo-cong-an", "CT05-B-06", "assignee", letter.repeat(500_000), letter.repeat(500_000)),
    ]),
  });
  await desk.put([wide("e", "Á"), wide("f", "Ế")]);
  await expect(desk.bar).toContainText("1 giá trị khác nhau");
  await expect(desk.row("e.json")).toContainText("Á… (còn 499.840 ký tự)");
  await desk.look("Thay đổi");
  await expect(desk.main).toContainText("… (còn 498.000 ký tự)");
  await desk.look("Khác nhau");
  const first = page.getByRole("radio", { name: /^Á/ });
  await expect(first).toBeVisible();
  expect((await desk.main.textContent()).length).toBeLessThan(20_000);
  await page.getByRole("button", { name: "Xem cả (còn 498.000 ký tự)" }).first().click();
  await desk.main.getByRole("button", { name: "Thu gọn" }).click();
  await expect(first, "looking chooses nothing").not.toBeChecked();
  await first.check();
  await expect(desk.bar).toContainText("đã chọn 1");
});

test("files of one name are told apart, and choices are not left without a question", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put([FIVE[0], { ...FIVE[1], name: FIVE[0].name }]);
  await expect(desk.row("bca-vu-1.json")).toContainText("Nguyễn A");
  await expect(desk.row("bca-vu-1 (2).json")).toContainText("Trần B");
  await desk.look("Khác nhau");
  await page.getByRole("radio", { name: /bca-vu-1 \(2\)\.json/ }).check();
  const [dialog] = await Promise.all([page.waitForEvent("dialog"), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
});

test("another value that is typed and not valid holds merging back", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  const other = [update("b-1", 1, NOON + 1000, "bo-cong-an", "CT05-B-06", "progress", 70)];
  await desk.put([FIVE[0], { name: "khac.json", text: file("bo-cong-an", "b", other) }]);
  await desk.look("Khác nhau");
  const difference = page.getByRole("group", { name: /CT05-B-06.*Tiến độ/ });
  await difference.getByRole("radio", { name: "Giá trị khác" }).check();
  await difference.getByLabel("Tiến độ").fill("120");
  await expect(desk.bar).toContainText("1 giá trị khác vừa nhập chưa hợp lệ");
  await expect(desk.merge).toBeDisabled();
  await difference.getByLabel("Tiến độ").fill("65");
  await expect(desk.bar).toContainText("đã chọn 1");
  await expect(desk.merge).toBeEnabled();
  await difference.getByLabel("Tiến độ").fill("650");
  await expect(desk.merge).toBeDisabled();
  // What is left out of the list takes with it what was typed there.
  await page.getByRole("combobox", { name: "Loại", exact: true }).selectOption("progress");
  await desk.look("Tệp");
  await expect(desk.merge).toBeEnabled();
  await expect(desk.bar).not.toContainText("chưa hợp lệ");
});

test("differences in the ledger are settled without any file", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put(FIVE.slice(0, 2));
  await expect(desk.bar).toContainText("2 tệp, 2 tệp dùng được");
  await desk.merge.click();
  await expect(desk.notices).toContainText("Đã gộp 4 cập nhật");
  await desk.look("Khác nhau");
  await page.getByRole("radio", { name: /Hoàn thành ngày 10\/11\/2026/ }).check();
  await page.getByRole("button", { name: "Ghi 1 lựa chọn" }).click();
  await expect(desk.notices).toContainText("Đã thống nhất 1 giá trị khác nhau.");
  await expect(desk.main).toContainText("Không có giá trị nào được ghi khác nhau");
});

test("the page answers while many files are read", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  const many = Array.from({ length: 30 }, (_, hand) => ({
    name: `don-vi-${hand}.json`,
    text: file("bo-cong-an", `m${hand}`, Array.from({ length: 1000 }, (_, at) => {
      const task = `CT05-B-${String(1 + (at % 40)).padStart(2, "0")}`;
      return update(`m${hand}-1`, at + 1, NOON + at, "bo-cong-an", task, "note", { text: `Ghi chú ${hand}/${at}` });
    })),
  }));
  // Counts how often the page gets to do something else while files are read.
  await page.evaluate(() => {
    window.answers = 0;
    const look = () => {
      window.answers += document.querySelector("[role=progressbar]") ? 1 : 0;
      setTimeout(look, 0);
    };
    look();
  });
  await desk.put(many);
  await expect(desk.bar).toContainText("30 tệp, 30 tệp dùng được, 30.000 cập nhật mới.", { timeout: 90_000 });
  expect(await page.evaluate(() => window.answers)).toBeGreaterThan(10);
});

test("on a phone the desk is one column", async ({ browser }) => {
  const { page } = await elsewhere(browser, { viewport: { width: 390, height: 844 } });
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put(FIVE);
  await expect(desk.bar).toContainText("5 tệp");
  for (const look of ["Tệp", "Nơi báo cáo", "Thay đổi", "Khác nhau", "So sánh hai tệp"]) {
    await desk.look(look);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, look).toBe(false);
  }
  expect(await violations(page)).toEqual([]);
  await desk.look("Tệp");
  await page.getByRole("button", { name: "Bỏ tệp bca-vu-1.json khỏi bàn" }).click();
  await expect(desk.bar).toContainText("4 tệp");
});

test("on paper the matrix of collective tasks is whole, on pages turned sideways", async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(DESK);
  await desk.put([FIVE[0]]);
  await expect(desk.bar).toContainText("1 tệp dùng được");
  await desk.look("Nơi báo cáo");
  const matrix = desk.main.getByRole("table", { name: "Nhiệm vụ giao chung, theo từng đơn vị" });
  const lines = Number(await matrix.getAttribute("aria-rowcount"));
  expect(lines).toBeGreaterThan(50);
  // A4 lies on its side there; what its margins leave.
  const turned = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/MediaBox \[0 0 (?:792 612|842 595)/g);
  expect(turned?.length).toBeGreaterThan(1);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 1009, height: 700 });
  await expect(matrix.getByRole("row")).toHaveCount(lines);
  const last = matrix.getByRole("row").last();
  await expect.poll(() => last.getByRole("cell").last().evaluate((cell) => cell.getBoundingClientRect().right - innerWidth)).toBeLessThanOrEqual(1);
  const head = matrix.getByRole("rowgroup").first();
  expect(await head.evaluate((e) => getComputedStyle(e).display), "on every page").toBe("table-header-group");
});
