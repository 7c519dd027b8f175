// How agencies compare: the ranking, two days side by side, the heat map, closing a period.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere, sealed } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const VIEW = "unit=bo-cong-an&asof=2023-07-15";
const RANK = `#/agencies?matrix=rank,role:lead,doc:CT05,period:2023-Q2&${VIEW}`;

/** What ministries reported in the first half of 2023, as a file. */
const reports = () => {
  const done = (date) => ({ state: "done", date });
  const acts = [
    ["2023-03-20", "bo-cong-an", "CT05-B-03", "status", done("2023-03-20")],
    ["2023-04-10", "bo-cong-an", "CT05-B-08", "status", done("2023-04-10")],
    ["2023-06-20", "bo-cong-an", "CT05-B-04", "status", done("2023-06-20")],
    ["2023-03-25", "bo-y-te", "CT05-B-12", "status", done("2023-03-25")],
    ["2023-03-25", "bo-tu-phap", "CT05-B-33", "status", done("2023-03-25")],
    ["2023-05-25", "bo-tai-chinh", "CT05-B-38", "status", done("2023-05-25")],
    ["2023-05-25", "bo-tai-chinh", "CT05-B-39", "extension", { due: "2023-09-30", document: "12/QĐ-TTg" }],
    ["2023-05-26", "bo-tai-chinh", "CT05-B-40", "status", done("2023-05-26")],
    ["2023-05-26", "bo-gddt", "CT05-B-41", "status", { state: "in_progress" }],
  ];
  const events = acts.map(([day, unit, subject, field, value], at) => ({
    replica: "may-khac-1",
    seq: at + 1,
    time: { ms: Date.parse(`${day}T03:00:00Z`), c: 0 },
    unit,
    subject,
    field,
    value,
    parents: [],
    author: "",
  }));
  return sealed({
    format: "tiendo06",
    schema: 1,
    minReader: 1,
    app: "tiendo06 0.1.0",
    plan: { id: "da06", source: "CT05", version: "2026-11" },
    kind: "full",
    unit: "toan-quoc",
    replica: "may-khac",
    exportedAt: "2023-07-01T08:00:00+07:00",
    count: events.length,
    events,
  });
};

/** Opens an address where these reports are known. */
async function open(tracker, address) {
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.choose({ name: "bao-cao.json", text: reports() });
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 9 cập nhật");
  await tracker.page.goto("about:blank");
  await tracker.open(address);
}

const sum = (tracker) => tracker.main.getByRole("status").first();
const menu = (tracker, name) => tracker.main.getByRole("combobox", { name });
const part = (tracker, name) => tracker.main.getByRole("rowgroup", { name });

/** The row of an agency in the table. */
const row = (tracker, name) =>
  tracker.main
    .getByRole("row")
    .filter({ has: tracker.page.getByRole("rowheader").getByRole("link", { name, exact: true }) });

/** The link of a number: "3/9 (33,3%) · BCA · Tỷ lệ hoàn thành". */
const number = (tracker, agency, what) =>
  row(tracker, agency).getByRole("link", { name: new RegExp(` · ${what}$`) });

/** Follows a number and looks whether as many tasks are listed. */
async function follow(tracker, link, count) {
  await link.click();
  await expect(tracker.title).toHaveText("Danh sách");
  await expect(sum(tracker)).toHaveText(new RegExp(`^${count} (trong|nhiệm vụ)`));
}

test("agencies are ranked, equal ones share a rank, and who has not reported stands apart", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, `#/agencies?${VIEW}`);
  await tracker.main.getByRole("link", { name: "Xếp hạng" }).click();
  await menu(tracker, "Vai trò").selectOption("Chủ trì");
  await menu(tracker, "Văn bản").selectOption("05/CT-TTg");
  await menu(tracker, "Kỳ báo cáo").selectOption("Quý II/2023");
  await expect(sum(tracker)).toHaveText("5 đơn vị được xếp hạng, 0 ít việc, 89 chưa báo cáo, tính đến 30/06/2023");

  const ranked = part(tracker, "Được xếp hạng (5)").getByRole("row");
  const told = async (at) => (await ranked.nth(at).locator("th, td").allTextContents()).slice(0, 3).map((t) => t.trim());
  expect(await told(1)).toEqual(["Bộ Công an", "1", "3/9 (33,3%)"]);
  expect(await told(2)).toEqual(["Bộ Tài chính", "2", "2/7 (28,6%)"]);
  expect(await told(3)).toEqual(["Bộ Tư pháp", "3", "1/6 (16,7%)"]);
  expect(await told(4)).toEqual(["Bộ Y tế", "3", "1/6 (16,7%)"]);
  expect(await told(5)).toEqual(["Bộ Giáo dục và Đào tạo", "5", "0/5 (0%)"]);

  const silent = part(tracker, "Chưa báo cáo (89)");
  await expect(silent).toContainText("chưa quá hạn cũng không có nghĩa là làm tốt");
  await expect(silent.getByRole("row").nth(1).getByRole("cell").first()).toContainText("chưa có căn cứ");

  // By another measure the same tasks are told otherwise: the fewest first.
  await menu(tracker, "Xếp theo").selectOption("Quá hạn");
  await expect(tracker.main.getByRole("columnheader", { name: "Quá hạn" })).toHaveAttribute("aria-sort", "ascending");
  await expect(row(tracker, "Bộ Công an").getByRole("cell").first()).toHaveText("5");
  await expect(row(tracker, "Bộ Tư pháp").getByRole("cell").first()).toHaveText("1");
  // Out of one or two completed tasks nobody is ranked.
  await menu(tracker, "Xếp theo").selectOption("Tỷ lệ đúng hạn");
  const few = part(tracker, "Ít việc (3)");
  await expect(few).toContainText("Tính trên chưa đến 3 nhiệm vụ nên không xếp hạng");
  await expect(few.getByRole("row").filter({ hasText: "Bộ Y tế" }).getByRole("cell").first()).toContainText("chưa có căn cứ");
  await expect(part(tracker, "Được xếp hạng (1)").getByRole("row").nth(1)).toContainText("Bộ Công an");
  await expect(part(tracker, "Chưa có căn cứ (1)")).toContainText("Bộ Giáo dục và Đào tạo");

  // The list narrows by a name; ranks stay.
  await menu(tracker, "Xếp theo").selectOption("Tỷ lệ hoàn thành");
  await tracker.main.getByRole("searchbox", { name: "Tìm đơn vị" }).fill("tu phap");
  await expect(part(tracker, "Được xếp hạng (1)").getByRole("row").nth(1).getByRole("cell").first()).toHaveText("3");
});

test("a number leads to exactly its tasks, as of its day", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, RANK);
  for (const [what, count] of [
    ["Tỷ lệ hoàn thành", 9],
    ["Tỷ lệ đúng hạn", 3],
    ["Quá hạn", 6],
    ["Ngày chậm bình quân", 7],
    ["Đã báo cáo", 3],
    ["Được giao", 32],
  ]) {
    await follow(tracker, number(tracker, "Bộ Công an", what), count);
    await expect(tracker.unit).toHaveValue("Bộ Công an");
    await expect(tracker.asof).toHaveValue("30/06/2023");
    await page.goBack();
    await expect(tracker.title).toHaveText("Đơn vị");
  }
  await follow(tracker, number(tracker, "Bộ Y tế", "Tỷ lệ hoàn thành"), 6);
  await expect(tracker.unit).toHaveValue("Bộ Y tế");
});

test("two periods stand side by side, with what changed by name", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, RANK);
  await tracker.main.getByRole("link", { name: "So sánh hai kỳ" }).click();
  await expect(tracker.main.getByRole("heading", { level: 2 })).toHaveText("Quý II/2023 so với Quý I/2023");
  await expect(sum(tracker)).toContainText("từ 31/03/2023 đến 30/06/2023");
  const police = row(tracker, "Bộ Công an");
  await expect(police.getByRole("cell").nth(0)).toHaveText("1/1 (100%)");
  await expect(police.getByRole("cell").nth(1)).toHaveText("3/9 (33,3%)");
  const finance = row(tracker, "Bộ Tài chính");
  const show = finance.getByRole("button", { name: "Xem nhiệm vụ thay đổi của BTC" });
  await show.press("Enter");
  await expect(show).toHaveAttribute("aria-expanded", "true");
  await expect(show).toBeFocused();
  const tasks = (name) => tracker.main.getByRole("list", { name }).getByRole("link");
  await expect(tasks("Mới hoàn thành (2)")).toHaveText([/^CT05-B-38/, /^CT05-B-40/]);
  await expect(tasks("Được gia hạn (1)")).toHaveText([/^CT05-B-39/]);
  await tasks("Được gia hạn (1)").click();
  await expect(tracker.panel).toContainText("CT05-B-39");
  await expect(tasks("Được gia hạn (1)"), "stays open beside the task").toBeVisible();
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();

  await menu(tracker, "Loại kỳ").selectOption("6 tháng");
  await expect(page).toHaveURL(/period:2023-H2/);
  await menu(tracker, "Kỳ báo cáo").selectOption("6 tháng đầu năm 2023");
  await expect(tracker.main.getByRole("heading", { level: 2 })).toHaveText(
    "6 tháng đầu năm 2023 so với 6 tháng cuối năm 2022",
  );

  // Days of one's own; the wrong way round they are refused in words.
  await menu(tracker, "Loại kỳ").selectOption("Tự chọn ngày");
  const [first, last] = ["Từ ngày", "Đến ngày"].map((name) => tracker.main.getByRole("textbox", { name }));
  await first.fill("01/05/2023");
  await first.press("Enter");
  await expect(sum(tracker)).toContainText("từ 30/04/2023 đến 30/06/2023");
  await last.fill("31/05/2023");
  await last.press("Enter");
  await expect(sum(tracker)).toContainText("từ 30/04/2023 đến 31/05/2023");
  await last.fill("30/04/2023");
  await last.press("Enter");
  await expect(tracker.main.getByRole("alert").filter({ hasText: "ngày đầu không sau ngày cuối" })).toBeVisible();
});

test("the heat map counts month by month, and a square leads to its tasks then", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, `#/agencies?matrix=heat,role:lead,doc:CT05&${VIEW}`);
  await expect(tracker.main.getByRole("columnheader")).toHaveText([
    "Đơn vị",
    "02/2023",
    "03/2023",
    "04/2023",
    "05/2023",
    "06/2023",
    "15/07/2023",
  ]);
  await follow(tracker, number(tracker, "Bộ Công an", "Quá hạn, 30/06/2023"), 6);
  await expect(tracker.asof).toHaveValue("30/06/2023");
  await page.goBack();
  await menu(tracker, "Chỉ số").selectOption("Tỷ lệ hoàn thành");
  await expect(number(tracker, "Bộ Công an", "Tỷ lệ hoàn thành, 31/03/2023")).toHaveText("100%");
  await follow(tracker, number(tracker, "Bộ Công an", "Tỷ lệ hoàn thành, 30/06/2023"), 9);
  await page.goBack();
  await menu(tracker, "Đến tháng").selectOption("Tháng 5/2023");
  await expect(tracker.main.getByRole("columnheader")).toHaveCount(5);
  await menu(tracker, "Từ tháng").selectOption("Tháng 5/2023");
  await expect(tracker.main.getByRole("columnheader")).toHaveText(["Đơn vị", "05/2023"]);
});

test("the ranking is saved as CSV, the heat map as SVG, PNG and CSV", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, `#/agencies?matrix=rank,role:lead,doc:CT05&${VIEW}`);
  const file = async (name) => {
    const download = page.waitForEvent("download");
    await tracker.main.getByRole("button", { name }).click();
    const found = await download;
    return { name: found.suggestedFilename(), bytes: await readFile(await found.path()) };
  };
  const ranking = await file("Tải CSV");
  expect(ranking.name).toBe("tien-do-06-xep-hang-2023-07-15.csv");
  const lines = ranking.bytes.toString("utf8").split("\r\n");
  expect(lines[0]).toBe("\ufeffĐơn vị;Hạng;Tỷ lệ hoàn thành;Tỷ lệ đúng hạn;Quá hạn;Ngày chậm bình quân;Đã báo cáo;Được giao");
  const rows = await tracker.main.getByRole("row").filter({ has: page.getByRole("rowheader").getByRole("link") }).count();
  expect(lines.filter(Boolean)).toHaveLength(rows + 1);

  await tracker.open(`#/agencies?matrix=heat,role:lead,doc:CT05&${VIEW}`);
  const heat = await file("Tải CSV");
  expect(heat.name).toBe("tien-do-06-theo-thang-2023-07-15.csv");
  const [head, ...months] = heat.bytes.toString("utf8").split("\r\n");
  expect(head).toBe("\ufeffĐơn vị;02/2023;03/2023;04/2023;05/2023;06/2023;15/07/2023");
  const police = months.find((line) => line.startsWith("Bộ Công an;"));
  const shown = await tracker.main.getByRole("row", { name: /^Bộ Công an/ }).getByRole("cell").allInnerTexts();
  expect(police.split(";").slice(1)).toEqual(shown.map((text) => text.trim()));

  const names = page.getByText("Bộ Công an", { exact: true });
  const before = await names.count();
  const svg = await file("Tải SVG");
  const text = svg.bytes.toString("utf8");
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(text).not.toMatch(/class=|style=|href=|url\(|var\(|oklch/);
  expect(text).toContain("Bộ Công an");
  expect(text).toContain("15/07/2023");
  expect(text, "squares are shaded").toMatch(/<rect [^>]*fill="#[0-9a-f]{6}"/);
  const png = await file("Tải PNG");
  expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.bytes.length).toBeGreaterThan(5_000);
  await expect(names, "the drawing is gone").toHaveCount(before);
});

test("on paper the heat map is whole: every month beside its agency, every agency", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/agencies?matrix=heat,role:lead&unit=toan-quoc&asof=2024-02-15");
  const table = tracker.main.getByRole("table");
  await expect(tracker.main.getByRole("columnheader")).toHaveCount(13);
  await page.emulateMedia({ media: "print" });
  // What A4 leaves between its margins.
  await page.setViewportSize({ width: 643, height: 900 });
  const last = tracker.main.getByRole("row").last().getByRole("cell").last();
  const place = () => last.evaluate((cell) => {
    const { right, bottom } = cell.getBoundingClientRect();
    const box = cell.closest("table").parentElement.getBoundingClientRect();
    return { beside: right <= innerWidth + 1, within: bottom <= box.bottom + 1 && right <= box.right + 1 };
  });
  await expect.poll(place).toEqual({ beside: true, within: true });
  await expect(table).toBeVisible();
});

test("the as-of day moves from month to month by arrow keys", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, `#/agencies?matrix=rank&${VIEW}`);
  const slider = tracker.main.getByRole("slider", { name: "Tua theo tháng" });
  await slider.focus();
  await slider.press("ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", "30/06/2023");
  await expect(tracker.asof).toHaveValue("30/06/2023");
  await expect(sum(tracker)).toContainText("tính đến 30/06/2023");
  await expect(slider).toBeFocused();
  await slider.press("ArrowRight");
  await expect(tracker.asof).toHaveValue("31/07/2023");
  await slider.press("Home");
  await expect(tracker.asof).toHaveValue("28/02/2023");
  await slider.press("End");
  await expect(page, "today needs no day in the address").not.toHaveURL(/asof=/);
});

test("a closed period keeps its figures, and says what has come in since", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, RANK);
  await tracker.main.getByRole("button", { name: "Chốt kỳ" }).click();
  const form = tracker.main.getByRole("region", { name: "Chốt kỳ" });
  const name = form.getByRole("textbox", { name: "Tên lần chốt" });
  await expect(name).toHaveValue("Quý II/2023");
  await expect(form).toContainText("Giữ lại số liệu của Bộ Công an cho Quý II/2023, tính đến 30/06/2023");
  await expect(form).toContainText("Chưa chốt kỳ nào.");
  await name.fill("  ");
  await form.getByRole("button", { name: "Chốt số liệu" }).click();
  await expect(form.getByRole("alert")).toHaveText("Nhập tên cho lần chốt, ví dụ Quý II/2025.");
  await expect(name).toBeFocused();
  await name.fill("Báo cáo quý II");
  await name.press("Enter");
  await expect(tracker.notices).toContainText("Đã chốt kỳ “Báo cáo quý II”.");
  await expect(tracker.main.getByRole("status").first()).toContainText("5 đơn vị được xếp hạng");

  const closings = form.getByRole("list", { name: "Các lần chốt của Bộ Công an" }).getByRole("listitem");
  await expect(closings).toHaveCount(1);
  await expect(closings).toContainText("Quý II/2023, tính đến 30/06/2023");
  await expect(closings).toContainText("Hoàn thành: 3");
  const compare = closings.getByRole("button", { name: "So sánh với hiện nay: Báo cáo quý II" });
  await compare.click();
  await expect(closings).toContainText("Chưa có cập nhật nào từ khi chốt.");
  const figures = (what) => closings.getByRole("row").filter({ hasText: what }).getByRole("cell");
  await expect(figures("Hoàn thành đúng hạn")).toHaveText(["2", "2", "2"]);

  // Something done by then and told only now.
  await tracker.go("#/task/CT05-B-05?in=agencies&matrix=rank,role:lead,doc:CT05,period:2023-Q2&unit=bo-cong-an");
  await tracker.record({ status: "Hoàn thành", doneOn: "15/06/2023" });
  await expect(tracker.history, "status and progress").toHaveCount(2);
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(closings, "still open beside the task").toContainText("2 cập nhật được ghi từ khi chốt.");
  await expect(figures("Hoàn thành đúng hạn").first()).toHaveText("2");
  await expect(figures("Hoàn thành đúng hạn").nth(1)).toHaveText("3");

  // Taken back, and by the step of the bar there again.
  await closings.getByRole("button", { name: "Rút lại lần chốt Báo cáo quý II" }).click();
  await expect(form).toContainText("Chưa chốt kỳ nào.");
  await expect(tracker.notices).toContainText("Đã hoàn tác. Chốt kỳ của quý II/2023 trở lại như trước.");
});

test("on a phone every number has its name, and the heat map keeps the agency in sight", async ({ browser }) => {
  const tracker = await elsewhere(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
  await open(tracker, RANK);
  const link = number(tracker, "Bộ Tài chính", "Tỷ lệ hoàn thành");
  await expect(link, "ranked by what was reported").toHaveAccessibleName(/^[1-9]/);
  await link.scrollIntoViewIfNeeded();
  await expect(link).toBeInViewport({ ratio: 1 });
  await follow(tracker, link, 7);
  await tracker.page.goBack();
  await tracker.main.getByRole("link", { name: "Bản đồ nhiệt" }).click();
  // The ranking has a row of that agency too, and goes only now.
  await expect(tracker.main.getByRole("columnheader", { name: "15/07/2023" })).toBeAttached();
  const header = row(tracker, "Bộ Công an").getByRole("rowheader");
  await row(tracker, "Bộ Công an").getByRole("cell").last().scrollIntoViewIfNeeded();
  await expect(header, "stays while the months scroll").toBeInViewport();
  await tracker.page.context().close();
});

for (const [colorScheme, viewport] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", PHONE],
]) {
  test(`the rules of accessibility hold, ${colorScheme}, ${viewport.width} px wide`, async ({ browser }) => {
    // Thousands of elements, each asked about every rule.
    test.setTimeout(300_000);
    const tracker = await elsewhere(browser, { viewport, colorScheme });
    const { page } = tracker;
    await open(tracker, RANK);
    for (const look of ["rank", "change", "heat", "heat,by:completion-rate"]) {
      await page.goto("about:blank");
      await tracker.open(`#/agencies?matrix=${look},role:lead,doc:CT05,period:2023-Q2&${VIEW}`);
      if (look === "rank") {
        await tracker.main.getByRole("button", { name: "Chốt kỳ" }).click();
        await tracker.main.getByRole("button", { name: "Chốt số liệu" }).click();
        await tracker.main.getByRole("button", { name: /^So sánh với hiện nay/ }).click();
        await tracker.notices.getByRole("button", { name: "Đóng thông báo" }).click();
      }
      if (look === "change") await tracker.main.getByRole("button", { name: /^Xem nhiệm vụ/ }).first().click();
      // All kinds of rows, but not all of each: every element is looked at.
      await tracker.main.getByRole("searchbox", { name: "Tìm đơn vị" }).fill("bo t");
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `${look} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await violations(page), look).toEqual([]);
    }
    await page.context().close();
  });
}
