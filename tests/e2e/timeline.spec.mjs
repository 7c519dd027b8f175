// The timeline: tasks on a scale of months, in words as well as in bars.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const APPENDIX = encodeURIComponent('doc:CT05 -"CT05-BODY"');

/** The timeline in a tab. */
class Timeline extends Tracker {
  constructor(page) {
    super(page);
    this.chart = this.main.getByRole("region", { name: /^Tiến trình 2022–2030, tính đến ngày/ });
    this.list = this.chart.getByRole("list", { name: "Nhiệm vụ" });
    this.lines = this.list.getByRole("listitem");
    this.lanes = this.list.getByRole("heading", { level: 2 });
  }

  /** The line of a task. */
  line(id) {
    return this.lines.filter({ has: this.page.getByRole("link", { name: new RegExp(`^${id} `) }) });
  }

  menu(name) {
    return this.main.getByRole("combobox", { name });
  }
}

/** Whether the scale has more to the left, and is wider than what is seen of it. */
const scrolled = (chart) =>
  chart.evaluate(({ scrollLeft, scrollWidth, clientWidth }) => [scrollLeft > 0, scrollWidth > clientWidth]);

test("each task reads as a sentence: what, by when, how late", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=toan-quoc&asof=2023-07-01");
  await expect(tracker.title).toHaveText("Tiến trình");
  await expect(tracker.chart).toHaveAccessibleName("Tiến trình 2022–2030, tính đến ngày 01/07/2023");
  for (const [q, id, words] of [
    ["CT05-A-01", "CT05-A-01", /, hạn 31\/03\/2023, quá hạn 92 ngày$/],
    ["KL0723-26", "KL0723-26", /, hạn 31\/12\/2024, còn 549 ngày$/],
    ["deadline:ongoing CT05", "CT05-A-02", /, Thực hiện thường xuyên$/],
    ["deadline:from", "CT05-B-46", /, Từ tháng 5\/2023$/],
    ["deadline:per-document", "CT05-A-16", /, Theo tiến độ của văn bản khác$/],
    ["deadline:none CT05-BODY-01", "CT05-BODY-01", /, Không nêu thời hạn$/],
  ]) {
    await tracker.search.fill(q);
    await expect(tracker.line(id).getByRole("link"), id).toHaveAccessibleName(words);
  }
});

test("what was recorded shows at once: when it was completed, and how late", async ({ page }) => {
  const tracker = new Timeline(page);
  await page.clock.setFixedTime(new Date("2023-09-30T10:00:00+07:00"));
  await tracker.open("#/timeline?unit=bo-cong-an&asof=2023-09-30&q=CT05-B-06");
  const link = tracker.line("CT05-B-06").getByRole("link");
  await expect(link).toHaveAccessibleName(/, hạn 30\/06\/2023, quá hạn 92 ngày$/);
  await link.click();
  await expect(tracker.panel).toContainText("CT05-B-06");
  await tracker.record({ status: "Đang thực hiện" });
  await expect(link).toHaveAccessibleName(/, hạn 30\/06\/2023, đang thực hiện, quá hạn 92 ngày$/);
  await tracker.record({ status: "Hoàn thành", doneOn: "15/08/2023" });
  await expect(link).toHaveAccessibleName(/, hạn 30\/06\/2023, xong 15\/08\/2023, trễ 46 ngày$/);
  await tracker.record({ doneOn: "30/06/2023" });
  await expect(link).toHaveAccessibleName(/, hạn 30\/06\/2023, xong 30\/06\/2023, đúng hạn$/);
});

test("tasks stand under their document, lead or topic, and the address says so", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open(`#/timeline?unit=toan-quoc&asof=2023-07-01&q=${APPENDIX}`);
  await expect(tracker.lanes).toHaveText(["05/CT-TTg"]);
  await expect(tracker.lines.first()).toContainText("72 nhiệm vụ, 47 quá hạn");
  await tracker.menu("Nhóm theo").selectOption("Chủ đề");
  await expect(tracker.lanes.first()).not.toHaveText("05/CT-TTg");
  await expect(page).toHaveURL(/lanes=topic/);
  await tracker.menu("Nhóm theo").selectOption("Đơn vị chủ trì");
  await expect(page).toHaveURL(/lanes=lead/);
  await expect(tracker.lanes.first()).toHaveText("Bộ Công an");
  await page.reload();
  await expect(tracker.lanes.first()).toHaveText("Bộ Công an");
  await expect(tracker.menu("Nhóm theo").locator("option:checked")).toHaveText("Đơn vị chủ trì");
});

test("years fit, quarters and months begin at the as-of day", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=toan-quoc&asof=2025-07-01");
  expect(await scrolled(tracker.chart)).toEqual([false, false]);
  let before = 0;
  for (const [zoom, name] of [["quarter", "Quý"], ["month", "Tháng"]]) {
    await tracker.menu("Chia theo").selectOption(name);
    await expect(page).toHaveURL(new RegExp(`zoom=${zoom}`));
    // The page is wider at once, and is scrolled with the frame after.
    const left = () => tracker.chart.evaluate((chart) => chart.scrollLeft);
    await expect.poll(left, "further in, further along").toBeGreaterThan(before);
    expect(await scrolled(tracker.chart), name).toEqual([true, true]);
    before = await left();
  }
  await tracker.chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => tracker.chart.evaluate((chart) => chart.scrollLeft)).toBeGreaterThan(before);
});

test("zooming keeps the time in view while the chart is still being scrolled", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=toan-quoc&asof=2025-07-01&zoom=quarter");
  await expect.poll(() => tracker.chart.evaluate((chart) => chart.scrollLeft)).toBeGreaterThan(0);
  const handles = [tracker.chart, tracker.chart.getByText("01/07/2025", { exact: true })].map((of) => of.elementHandle());
  const [before, after] = await tracker.menu("Chia theo").evaluate(async (menu, [chart, day]) => {
    const before = day.getBoundingClientRect().left;
    menu.value = "month";
    menu.dispatchEvent(new Event("change", { bubbles: true }));
    // The page has the new zoom; word of a scroll that was made before comes only now.
    for (let i = 0; i < 9; i += 1) await null;
    chart.dispatchEvent(new Event("scroll"));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [before, day.getBoundingClientRect().left];
  }, await Promise.all(handles));
  expect(Math.abs(after - before), "the as-of day stays where it was").toBeLessThan(40);
});

test("a name or its bar opens the task, and the list keeps its place", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=bo-cong-an&asof=2023-07-01&q=role:lead%20doc:CT05");
  const line = tracker.line("CT05-B-06");
  await tracker.chart.evaluate((chart) => chart.scrollTo(0, 400));
  await expect(line).toBeInViewport();
  const top = await tracker.chart.evaluate((chart) => chart.scrollTop);
  const { width, height } = await line.boundingBox();
  await line.click({ position: { x: width - 20, y: height / 2 } });
  await expect(tracker.panel).toContainText("CT05-B-06");
  await expect(page).toHaveURL(/#\/task\/CT05-B-06\?.*in=timeline/);
  await expect(tracker.title, "the timeline stays").toHaveText("Tiến trình");
  await expect(line.getByRole("link")).toHaveAttribute("aria-current", "true");
  expect(await tracker.chart.evaluate((chart) => chart.scrollTop)).toBe(top);
  await page.keyboard.press("Escape");
  await expect(tracker.panel).toHaveCount(0);
  await line.getByRole("link").click();
  await expect(tracker.panel).toContainText("CT05-B-06");
});

test("only lines near the screen are drawn, and the keyboard reaches them all", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=toan-quoc&asof=2023-07-01");
  await expect(tracker.lines.first()).toHaveAttribute("aria-setsize", "150");
  const line = (number) => tracker.list.locator(`[aria-posinset="${number}"]`);
  expect(await tracker.lines.count()).toBeLessThan(80);
  await expect(line(150)).toHaveCount(0);

  await line(2).getByRole("link").focus();
  await page.keyboard.press("End");
  await expect(line(150)).toBeInViewport();
  await expect(line(70)).toHaveCount(0);
  await expect(line(2).getByRole("link"), "what has the focus stays").toBeFocused();
  await page.keyboard.press("Home");
  await expect(line(1)).toBeInViewport();
  await page.keyboard.press("Tab");
  await expect(line(3).getByRole("link")).toBeFocused();

  await tracker.search.fill("CT05-B-06");
  await expect(tracker.lines).toHaveCount(2);
  await tracker.search.fill("khongconhiemvunao");
  await expect(tracker.main).toContainText("Không có nhiệm vụ nào khớp");
  await tracker.search.fill("");
  await expect(line(1)).toBeInViewport();
});

test("an as-of day that is not on the scale is said to be", async ({ page }) => {
  const tracker = new Timeline(page);
  await tracker.open("#/timeline?unit=toan-quoc&asof=2031-07-01");
  await expect(tracker.main).toContainText("Ngày 01/07/2031 nằm ngoài khoảng 2022–2030");
  await tracker.open("#/timeline?unit=toan-quoc&asof=2030-12-31");
  await expect(tracker.main).not.toContainText("nằm ngoài khoảng");
});

for (const [screen, viewport] of [["a desktop", undefined], ["a phone", PHONE]]) {
  test(`on ${screen} it breaks no rule, light or dark, and fits`, async ({ page }) => {
    if (viewport) await page.setViewportSize(viewport);
    const tracker = new Timeline(page);
    await tracker.open("#/timeline?unit=bo-cong-an&asof=2023-07-01");
    await expect(tracker.line("CT05-B-27")).toBeVisible();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ reducedMotion: "reduce", colorScheme });
      expect.soft(await violations(page), colorScheme).toEqual([]);
    }
    const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect(needed, "nothing hangs over the edge").toBeLessThanOrEqual(given);
    expect(await scrolled(tracker.chart), "the years fit").toEqual([false, false]);
    const box = await tracker.line("CT05-B-27").getByRole("link").boundingBox();
    expect(box.height, "a target to hit").toBeGreaterThanOrEqual(viewport ? 44 : 24);
    await tracker.line("CT05-B-27").getByRole("link").click();
    await expect(tracker.panel).toContainText("CT05-B-27");
  });
}
