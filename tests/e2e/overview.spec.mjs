// The overview: the sentence of an official report, and that each of its numbers is what it says.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere, sealed } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** The appendix of Directive 05/CT-TTg, for the whole country. */
const APPENDIX = "unit=toan-quoc&q=doc:CT05%20group:A,B,C";

/** A file of six updates of the Ministry of Public Security on known days of 2023. */
let book;

test.beforeAll(async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history).toHaveCount(1);
  await tracker.follow("Dữ liệu");
  const file = JSON.parse((await tracker.export()).text);
  const written = [
    ["2023-03-30", "CT05-B-03", "status", { state: "done", date: "2023-03-28" }],
    ["2023-04-20", "CT05-B-08", "status", { state: "done", date: "2023-04-12" }],
    ["2023-04-01", "CT05-B-01", "status", { state: "in_progress" }],
    ["2023-04-15", "CT05-B-01", "blocker", { text: "Chưa có kinh phí" }],
    ["2023-05-20", "CT05-B-04", "status", { state: "done", date: "2023-05-15" }],
    ["2023-06-15", "CT05-B-05", "extension", { due: "2023-09-30", document: "99/VPCP-KSTT" }],
  ];
  const events = written.map(([day, subject, field, value], at) => ({
    ...file.events[0],
    replica: "may-khac-1",
    seq: at + 1,
    time: { ms: Date.parse(`${day}T05:00:00Z`), c: 0 },
    subject,
    field,
    value,
  }));
  book = { name: "so.json", text: sealed({ ...file, replica: "may-khac", events }) };
  await tracker.page.context().close();
});

/** Opens the overview with what the file holds. */
async function withBook(tracker, address) {
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choose(book);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 6 cập nhật");
  await tracker.open(address);
  await expect(tracker.title).toHaveText("Tổng quan");
}

const part = (tracker, name) => tracker.main.getByRole("region", { name, exact: true });
const sentence = (tracker) => part(tracker, "Tình hình thực hiện").getByRole("paragraph").first();
const number = (tracker, name) => part(tracker, "Tình hình thực hiện").getByRole("link", { name, exact: true });

/** How many tasks the table lists. */
async function listed(tracker) {
  await expect(tracker.title).toHaveText("Danh sách");
  const count = await tracker.main.getByRole("grid").getAttribute("aria-rowcount");
  return Number(count) - 1;
}

test("with nothing recorded the plan speaks for itself, and says what to do first", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/?${APPENDIX}&asof=2023-03-31`);
  await expect(tracker.title).toHaveText("Tổng quan");
  await expect(sentence(tracker)).toHaveText(
    "Tính đến ngày 31/03/2023, Toàn quốc: được giao 72 nhiệm vụ; theo thời hạn trong văn bản đã quá hạn 6, trong hạn 46, thường xuyên hoặc không thời hạn 20.",
  );
  const first = part(tracker, "Chưa ghi nhận cập nhật nào");
  await expect(first).toContainText("chỉ suy từ thời hạn trong văn bản");
  await expect(tracker.main.getByRole("row", { name: /^Hoàn thành đúng hạn/ }), "no wall of zeros").toHaveCount(0);
  await expect(number(tracker, "Đã đến hạn: 27")).toBeVisible();

  await first.getByRole("button", { name: "Chọn đơn vị của bạn" }).click();
  await expect(tracker.unit).toBeFocused();
  // Its list lies over what is below.
  await page.keyboard.press("Escape");
  await first.getByRole("link", { name: "Ghi tiến độ nhiệm vụ đầu tiên" }).click();
  await expect(tracker.title).toHaveText("Bảng việc");
  await page.goBack();
  await first.getByRole("link", { name: "Nhập tệp đã có" }).click();
  await expect(tracker.title).toHaveText("Dữ liệu");
});

test("before any deadline has passed there is no rate", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/?${APPENDIX}&asof=2023-02-28`);
  await expect(sentence(tracker)).toContainText("được giao 72 nhiệm vụ");
  await expect(sentence(tracker)).toContainText("chưa có nhiệm vụ đến hạn");
});

for (const [screen, viewport] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
  test(`on ${screen} the sentence counts by the day, and each number lists its tasks`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(viewport);
    const tracker = new Tracker(page);
    await withBook(tracker, `#/?${APPENDIX}&asof=2023-06-30`);
    // 28 were due by 29/06, of which B-03 and B-08 are completed; B-04 was completed early; B-05 of
    // the 19 due on 30/06 was extended.
    await expect(sentence(tracker)).toHaveText(
      "Tính đến ngày 30/06/2023, Toàn quốc: được giao 72 nhiệm vụ; đã hoàn thành 3 (đã hoàn thành đúng hạn 2, đã hoàn thành quá hạn 1); chưa hoàn thành 49 (chưa hoàn thành trong hạn 23, chưa hoàn thành quá hạn 26); thường xuyên hoặc không thời hạn 20. Tỷ lệ hoàn thành 10,3%: 3 trong 29 nhiệm vụ đã hoàn thành hoặc quá hạn.",
    );
    for (const [name, count] of [
      ["Được giao", 72],
      ["Đã đến hạn", 46],
      ["Đã hoàn thành", 3],
      ["Hoàn thành đúng hạn", 2],
      ["Hoàn thành quá hạn", 1],
      ["Chưa hoàn thành", 49],
      ["Chưa hoàn thành, trong hạn", 23],
      ["Chưa hoàn thành, quá hạn", 26],
      ["Thường xuyên, không thời hạn", 20],
    ]) {
      await number(tracker, `${name}: ${count}`).click();
      await expect.poll(() => listed(tracker), name).toBe(count);
      await page.goBack();
      await expect(tracker.title).toHaveText("Tổng quan");
    }
    // The same from the sentence.
    await sentence(tracker).getByRole("link", { name: "chưa hoàn thành quá hạn 26" }).click();
    await expect.poll(() => listed(tracker)).toBe(26);
  });
}

test("what has changed is told since the end of the period that was chosen", async ({ page }) => {
  const tracker = new Tracker(page);
  await withBook(tracker, `#/?${APPENDIX}&asof=2023-06-30`);
  const row = (name) => part(tracker, "Tình hình thực hiện").getByRole("row", { name });
  await expect(tracker.main.getByRole("columnheader", { name: "So với 31/05/2023" })).toBeVisible();
  await expect(row(/^Đã hoàn thành/).getByRole("cell").last()).toHaveText("0");
  await tracker.main.getByRole("combobox", { name: "So với cuối" }).selectOption("quý trước");
  await expect(tracker.main.getByRole("columnheader", { name: "So với 31/03/2023" })).toBeVisible();
  // On 31/03 only B-03 was completed, and six tasks were overdue.
  await expect(row(/^Đã hoàn thành/).getByRole("cell").last()).toHaveText("+2");
  await expect(row(/^Chưa hoàn thành, quá hạn/).getByRole("cell").last()).toHaveText("+20");
  await expect(row(/^Chưa hoàn thành, trong hạn/).getByRole("cell").last()).toHaveText("−22");
  expect(page.url(), "a link carries the choice").toContain("since=quarter");
});

test("a past day knows nothing of what was recorded later", async ({ page }) => {
  const tracker = new Tracker(page);
  await withBook(tracker, `#/?${APPENDIX}&asof=2023-04-14`);
  const needs = part(tracker, "Cần chú ý");
  await expect(needs.getByRole("heading", { name: /^Quá hạn nhiều ngày nhất/ })).toBeVisible();
  await expect(needs.getByRole("heading", { name: /^Đang vướng mắc/ }), "reported on 15/04").toHaveCount(0);

  await tracker.asof.fill("15/04/2023");
  await tracker.asof.press("Enter");
  const blocked = needs.getByRole("region", { name: "Đang vướng mắc (1)" });
  await expect(blocked).toContainText("BCA: Chưa có kinh phí");
  await blocked.getByRole("link", { name: /CT05-B-01/ }).click();
  await expect(tracker.panel).toContainText("CT05-B-01");
  await expect(tracker.title, "the task stands beside the overview").toHaveText("Tổng quan");
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();

  // The list of a past day is that of the day, too.
  await tracker.open(`#/tasks?${APPENDIX}%20has:blocker&asof=2023-04-15`);
  expect(await listed(tracker)).toBe(1);
  await tracker.open(`#/board?${APPENDIX}%20has:blocker&asof=2023-04-14`);
  await expect(tracker.main.getByRole("article")).toHaveCount(0);
});

test("a completion that is recorded changes the figures, its list and its document", async ({ page }) => {
  const tracker = new Tracker(page);
  await withBook(tracker, `#/?${APPENDIX}&asof=2023-07-01`);
  await expect(number(tracker, "Chưa hoàn thành, quá hạn: 43")).toBeVisible();
  const documents = part(tracker, "Theo văn bản");
  await expect(documents.getByRole("link", { name: "05/CT-TTg, Đã hoàn thành: 3" })).toBeVisible();
  const overdue = part(tracker, "Cần chú ý").getByRole("region", { name: "Quá hạn nhiều ngày nhất (43)" });
  await expect(overdue.getByRole("listitem")).toHaveCount(5);
  await overdue.getByRole("link", { name: /CT05-B-27/ }).click();
  await tracker.record({ status: "Hoàn thành", doneOn: "20/06/2023" });
  await expect(tracker.notices).toContainText("Đang xem ngày 01/07/2023: trừ việc hoàn thành, điều vừa ghi chỉ tính từ hôm nay.");
  await expect(number(tracker, "Chưa hoàn thành, quá hạn: 42")).toBeVisible();
  await expect(number(tracker, "Hoàn thành quá hạn: 2")).toBeVisible();
  await expect(documents.getByRole("link", { name: "05/CT-TTg, Đã hoàn thành: 4" })).toBeVisible();
  const all = part(tracker, "Cần chú ý").getByRole("link", { name: "Xem cả 42 nhiệm vụ: Quá hạn nhiều ngày nhất" });
  await all.click();
  await expect.poll(() => listed(tracker)).toBe(42);
});

test("the burn-up tells the rates and what the forecast assumes", async ({ page }) => {
  const tracker = new Tracker(page);
  await withBook(tracker, `#/?${APPENDIX}&asof=2023-06-30`);
  const burnup = part(tracker, "Tiến độ cộng dồn");
  // Completed from 31/03 to 30/06: B-08 and B-04; 49 remain.
  await expect(burnup.getByRole("link", { name: "Có thời hạn, chưa hoàn thành: 49" })).toBeVisible();
  await expect(burnup).toContainText("0,7 nhiệm vụ mỗi tháng");
  await expect(burnup.getByRole("status")).toContainText("không giao thêm, sẽ xong vào khoảng");
  const by = burnup.getByRole("textbox", { name: "Hoàn thành tất cả trước hết ngày" });
  await by.fill("30/06/2024");
  await by.press("Enter");
  // 49 tasks in 366 days of 30,4375 days a month.
  await expect(burnup).toContainText("4,1 nhiệm vụ mỗi tháng");
  await by.fill("khong biet");
  await by.press("Enter");
  await expect(by).toHaveAttribute("aria-invalid", "true");
  await burnup.getByText("Đến hạn và hoàn thành, cộng dồn theo tháng", { exact: true }).last().click();
  const march = burnup.getByRole("row", { name: /^tháng 3\/2023/ });
  await march.getByRole("link", { name: "Tháng 3/2023, Đến hạn, cộng dồn: 27" }).click();
  await expect.poll(() => listed(tracker)).toBe(27);
});

test("topics, leads and documents lead to their tasks", async ({ page }) => {
  const tracker = new Tracker(page);
  await withBook(tracker, "#/?unit=toan-quoc&asof=2023-07-01");
  const leads = part(tracker, "Theo đơn vị chủ trì");
  await expect(leads.getByRole("row")).toHaveCount(11);
  await leads.getByRole("button", { name: /^Xem cả \d+ đơn vị$/ }).click();
  expect(await leads.getByRole("row").count()).toBeGreaterThan(20);
  for (const [name, group] of [["Theo chủ đề", /Được giao: \d+$/], ["Theo đơn vị chủ trì", /^BCA, Được giao: \d+$/], ["Theo văn bản", /^07\/CT-TTg, Được giao: \d+$/]]) {
    const link = part(tracker, name).getByRole("link", { name: group }).first();
    const count = Number(await link.textContent());
    await link.click();
    await expect.poll(() => listed(tracker), name).toBe(count);
    await page.goBack();
    await expect(tracker.title).toHaveText("Tổng quan");
  }
});

test("the overview is where the brand, the navigation and g o lead", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await page.getByRole("banner").getByRole("link", { name: "Tiến độ 06" }).click();
  await expect(tracker.title).toHaveText("Tổng quan");
  await expect(page).toHaveTitle(/^Tổng quan/);
  await expect(page.getByRole("navigation").getByRole("link", { name: "Tổng quan" })).toHaveAttribute("aria-current", "page");
  await tracker.follow("Danh sách");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(tracker.title).toHaveText("Tổng quan");
  await tracker.search.fill("khongcogi");
  await expect(tracker.main).toContainText("khongcogi");
});

for (const [screen, viewport] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
  test(`the overview breaks no rule on ${screen}, light or dark, and fits`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    const tracker = new Tracker(page);
    await withBook(tracker, `#/?${APPENDIX}&asof=2023-07-01`);
    await expect(part(tracker, "Theo văn bản")).toBeVisible();
    expect.soft(await violationsInBothThemes(page)).toEqual([]);
    const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect(needed, "nothing hangs over the edge").toBeLessThanOrEqual(given);
  });
}
