// The indicators: verdicts and the links that count them, one indicator with its chart, recording a figure.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const COUNTRY = "unit=toan-quoc";
const ACCOUNTS = "Số tài khoản định danh điện tử đã cấp";

/** The rows of indicators, without the heads of their tables. */
const rows = (tracker) => tracker.main.getByRole("row").filter({ has: tracker.page.getByRole("rowheader") });

/** What is said of the indicator that is open. */
const verdict = (tracker) => tracker.main.getByRole("status").first();

/** The chart of the indicator that is open. */
const chart = (tracker, name = ACCOUNTS) => tracker.main.getByRole("group", { name, exact: true });

/** Opens an indicator as of a day. */
const open = (tracker, id, asof) => tracker.open(`#/indicator/${id}?${COUNTRY}&asof=${asof}`);

/** The file that a button of the chart gives. */
async function file(tracker, button) {
  const [download] = await Promise.all([
    tracker.page.waitForEvent("download"),
    tracker.main.getByRole("button", { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

for (const [device, viewport] of [["desktop", { width: 1440, height: 900 }], ["phone", PHONE]]) {
  test(`the list counts verdicts, and each count leads to just these (${device})`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const tracker = new Tracker(page);
    await tracker.open(`#/indicators?${COUNTRY}&asof=2026-11-22`);
    await expect(tracker.title).toHaveText("Chỉ tiêu");
    await expect(rows(tracker)).toHaveCount(72);
    const tallies = tracker.main.getByRole("list", { name: "Số chỉ tiêu theo kết quả" }).first();
    await expect(tallies.getByRole("link")).toHaveText([
      "Tất cả 72",
      "Đạt 1",
      "Đạt, sau thời hạn 1",
      "Chưa đạt khi đến hạn 1",
      "Chưa đến hạn 0",
      "Chưa có số liệu 34",
      "Chỉ theo dõi 35",
    ]);
    for (const [name, count] of [["Chưa có số liệu", 34], ["Đạt, sau thời hạn", 1], ["Chỉ theo dõi", 35]]) {
      await tallies.getByRole("link", { name }).click();
      await expect(rows(tracker)).toHaveCount(count);
      await expect(tallies.getByRole("link", { name })).toHaveAttribute("aria-current", "true");
    }
    await tallies.getByRole("link", { name: "Chưa đến hạn 0" }).click();
    await expect(tracker.main).toContainText("Không có chỉ tiêu nào như vậy.");
    await tracker.main.getByRole("link", { name: "Xem tất cả chỉ tiêu" }).click();
    await expect(rows(tracker)).toHaveCount(72);
    // The count of one document leads to those of that document.
    const directive = tracker.main.getByRole("region", { name: "05/CT-TTg" });
    await directive.getByRole("link", { name: "Chưa có số liệu 16" }).click();
    await expect(rows(tracker)).toHaveCount(16);
    await tracker.main.getByRole("link", { name: "Xem mọi nhóm" }).click();
    await expect(rows(tracker)).toHaveCount(34);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });
}

test("by topic, with words of the search, and back", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/indicators?${COUNTRY}`);
  await tracker.main.getByRole("link", { name: "Theo chủ đề" }).click();
  await expect(page).toHaveURL(/sets=topic/);
  await expect(rows(tracker)).toHaveCount(72);
  await expect(tracker.main.getByRole("region", { name: "Không gắn với nhiệm vụ nào" })).toBeVisible();
  await tracker.search.fill("dinh danh dien tu da cap");
  await expect(rows(tracker)).toHaveCount(1);
  await expect(tracker.main.getByRole("link", { name: ACCOUNTS })).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/sets=topic/);
});

test("48 of 40 million accounts are 120%, met by a figure after the month", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-CT05-06", "2023-12-31");
  await expect(tracker.title).toHaveText(ACCOUNTS);
  await expect(verdict(tracker)).toContainText("Đạt, sau thời hạn");
  await expect(verdict(tracker)).toContainText("Số liệu đến 12/07/2023 là trên 48 triệu tài khoản, bằng 120% mục tiêu.");
  await expect(verdict(tracker)).toContainText("sau thời hạn 30/06/2023; không rõ mục tiêu có đạt đúng hạn hay không");
  const apart = tracker.main.getByRole("region", { name: "Chỉ tiêu liên quan" });
  await expect(apart.getByRole("heading", { name: "Liên quan nhưng không so sánh được" })).toBeVisible();
  await expect(apart.getByRole("link", { name: "Số tài khoản VNeID hiển thị được hồ sơ sức khỏe điện tử" })).toBeVisible();
  // Before the figure there is none.
  await open(tracker, "KPI-CT05-06", "2023-07-01");
  await expect(verdict(tracker)).toContainText("Chưa có số liệu");
});

test("9 of 12 are 75%: not met once the year is over", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-UBQG-01", "2023-01-01");
  await expect(verdict(tracker)).toContainText("Chưa đạt khi đến hạn");
  await expect(verdict(tracker)).toContainText("Số liệu đến 25/12/2022 là 9/12 (75%), bằng 75% mục tiêu.");
  await expect(verdict(tracker)).toContainText("Thời hạn 31/12/2022 đã qua.");
  await open(tracker, "KPI-UBQG-01", "2022-12-31");
  await expect(verdict(tracker)).toContainText("Chưa đến hạn");
});

test("what measures another quantity is shown with its share and never compared", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-OBS-20", "2026-11-22");
  await expect(rows(tracker).first()).toContainText("2.164/2.418 (89,5%)");
  await open(tracker, "KPI-OBS-03", "2026-11-22");
  await expect(verdict(tracker)).toContainText("Chỉ theo dõi");
  await expect(rows(tracker).first()).toContainText("35/53 (66,0%)");
  await expect(rows(tracker).first()).toContainText("không so với mục tiêu đó");
  await expect(rows(tracker).last()).toContainText("Suy ra từ số liệu đã in");
  // Nor is it a figure of the target that it is near to.
  const beside = tracker.main.getByRole("region", { name: "Chỉ tiêu liên quan" });
  await beside.getByRole("link", { name: /tái cấu trúc/ }).click();
  await expect(verdict(tracker)).toContainText("Chưa có số liệu");
  await expect(beside).toContainText("Số liệu: 35/53 (66,0%)");
});

test("a figure is recorded, drawn, still there after a reload, and taken back", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-CT05-06", "2026-11-22");
  const form = tracker.main.getByRole("region", { name: "Ghi số liệu" });
  const field = (name) => form.getByRole("textbox", { name });
  const save = form.getByRole("button", { name: "Lưu số liệu" });
  await save.click();
  await expect(field("Ngày")).toBeFocused();
  await expect(form).toContainText("Nhập ngày của số liệu");
  await expect(form).toContainText("Nhập giá trị, hoặc nhập tử số và mẫu số.");
  await expect(form).toContainText("Nêu nguồn của số liệu");
  await field("Ngày").fill("30/9/2023");
  await field("Giá trị").fill("55,5");
  await expect(form).toContainText("Hiểu là: 55,5 triệu tài khoản");
  await field("Nguồn").fill("Báo cáo 12/BC-BCA");
  await save.click();
  await expect(tracker.notices).toContainText("Đã lưu số liệu của KPI-CT05-06.");
  await expect(rows(tracker)).toHaveCount(2);
  await expect(chart(tracker).getByRole("img")).toHaveCount(2);
  await expect(verdict(tracker)).toContainText("138,8%");
  await page.reload();
  await tracker.whole();
  await expect(rows(tracker).first()).toContainText("55,5 triệu tài khoản");
  await expect(rows(tracker).first()).toContainText("Báo cáo 12/BC-BCA");
  await expect(chart(tracker).getByRole("img").last()).toHaveAccessibleName(
    "30/09/2023: 55,5 triệu tài khoản (nguồn: Báo cáo 12/BC-BCA)",
  );
  await rows(tracker).first().getByRole("button", { name: /^Rút lại/ }).click();
  await expect(rows(tracker)).toHaveCount(1);
  await expect(tracker.main.getByRole("heading", { name: "Bảng số liệu (1)" })).toBeFocused();
  await expect(verdict(tracker)).toContainText("120% mục tiêu");
});

test("a ratio is understood as what it makes, and a unit has figures of its own", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/indicator/KPI-CT05-18?unit=bo-cong-an");
  await expect(tracker.main).toContainText("Số liệu công bố là của cả nước. Ở đây chỉ có số liệu ghi cho Bộ Công an.");
  await expect(verdict(tracker)).toContainText("Chưa có số liệu");
  const form = tracker.main.getByRole("region", { name: "Ghi số liệu" });
  await expect(form).toContainText("Ghi cho Bộ Công an.");
  await form.getByRole("textbox", { name: "Tử số" }).fill("3");
  await form.getByRole("textbox", { name: "Mẫu số" }).fill("4");
  await expect(form).toContainText("Hiểu là: 4 (tức 75%)");
  await form.getByRole("textbox", { name: "Ngày" }).fill("1/1/2024");
  await form.getByRole("textbox", { name: "Nguồn" }).fill("Báo cáo quý");
  await form.getByRole("button", { name: "Lưu số liệu" }).click();
  await expect(verdict(tracker)).toContainText("3/4 (75%)");
  await tracker.main.getByRole("link", { name: "Xem số liệu toàn quốc" }).click();
  await expect(verdict(tracker)).toContainText("về cơ bản");
  await expect(rows(tracker)).toHaveCount(1);
});

test("arrow keys walk through the values of a chart, each with its name", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-OBS-34", "2026-11-22");
  const marks = tracker.main.getByRole("group", { name: /Tỷ lệ hệ thống thông tin/ }).getByRole("img");
  await expect(marks).toHaveCount(2);
  await marks.last().focus();
  await expect(marks.last()).toHaveAccessibleName(/^Tháng 6\/2023: 63%/);
  await page.keyboard.press("ArrowLeft");
  await expect(marks.first()).toBeFocused();
  await expect(marks.first()).toHaveAccessibleName(/^Tháng 6\/2022: 31,5%/);
  await page.keyboard.press("End");
  await expect(marks.last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(marks.first()).toBeFocused();
});

test("a chart is saved as SVG that stands alone, as PNG and as CSV", async ({ page }) => {
  const tracker = new Tracker(page);
  await open(tracker, "KPI-CT05-06", "2026-11-22");
  const csv = await file(tracker, "Tải CSV");
  expect(csv.name).toBe("KPI-CT05-06-toan-quoc.csv");
  expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = csv.bytes.toString("utf8").split("\r\n");
  expect(lines[0]).toContain("Ngày;Giá trị;Đơn vị tính");
  expect(lines[1]).toMatch(/^12\/07\/2023;48;triệu tài khoản;/);
  const svg = await file(tracker, "Tải SVG");
  expect(svg.name).toBe("KPI-CT05-06-toan-quoc.svg");
  const text = svg.bytes.toString("utf8");
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(text).not.toMatch(/class=|style=|href=|url\(|var\(|oklch/);
  expect(text).toContain(ACCOUNTS);
  expect(text).toMatch(/fill="#[0-9a-f]{6}"/);
  const png = await file(tracker, "Tải PNG");
  expect(png.name).toBe("KPI-CT05-06-toan-quoc.png");
  expect([...png.bytes.subarray(1, 4)].map((c) => String.fromCharCode(c)).join("")).toBe("PNG");
  expect(png.bytes.length).toBeGreaterThan(5_000);
});

test("the pages are reached by key and from a task, and an unknown one says so", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/board?${COUNTRY}`);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(tracker.title).toHaveText("Chỉ tiêu");
  await expect(tracker.title).toBeFocused();
  await tracker.open(`#/task/CT05-B-06?${COUNTRY}`);
  await tracker.panel.getByRole("link", { name: ACCOUNTS }).click();
  await expect(tracker.title).toHaveText(ACCOUNTS);
  await expect(page).toHaveTitle(`${ACCOUNTS} · Tiến độ 06`);
  await tracker.main.getByRole("link", { name: /CT05-B-06/ }).click();
  await expect(tracker.panel).toContainText("CT05-B-06");
  await expect(tracker.title).toHaveText(ACCOUNTS);
  await tracker.open("#/indicator/KPI-NONE");
  await expect(tracker.title).toHaveText("Không có chỉ tiêu này");
  await tracker.main.getByRole("link", { name: "Tất cả chỉ tiêu" }).click();
  await expect(tracker.title).toHaveText("Chỉ tiêu");
});

for (const [device, viewport] of [["desktop", { width: 1440, height: 900 }], ["phone", PHONE]]) {
  test(`both pages keep the rules of accessibility, light or dark (${device})`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const tracker = new Tracker(page);
    for (const [path, count] of [["indicators", 72], ["indicator/KPI-CT05-06", undefined]]) {
      await tracker.open(`#/${path}?${COUNTRY}`);
      await expect(rows(tracker).first()).toBeVisible();
      if (count) await expect(rows(tracker)).toHaveCount(count);
      expect(await violationsInBothThemes(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    }
  });
}
