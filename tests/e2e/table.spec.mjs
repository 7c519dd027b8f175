// The table: order, groups, columns, what is drawn, selecting, recording many, editing in place.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violations } from "./axe.mjs";

test.describe.configure({ timeout: 90_000 });

// The day that the lists are of: what is recorded on a later day does not show on it.
test.beforeEach(({ page }) => page.clock.setFixedTime(new Date("2023-07-01T10:00:00+07:00")));

const PHONE = { width: 390, height: 844 };

/** The parts of the table, in the words a user hears. */
function parts(page) {
  const tracker = new Tracker(page);
  const grid = page.getByRole("grid", { name: "Danh sách" });
  return {
    grid,
    tracker,
    head: (name) => grid.getByRole("columnheader", { name, exact: true }),
    rows: grid.getByRole("row").filter({ has: page.getByRole("link") }),
    row: (id) => grid.getByRole("row").filter({ has: page.getByRole("checkbox", { name: `Chọn ${id}`, exact: true }) }),
    check: (id) => grid.getByRole("checkbox", { name: `Chọn ${id}`, exact: true }),
    groups: grid.getByRole("row").filter({ hasText: /nhiệm vụ · / }),
    picked: page.getByRole("status").filter({ hasText: "đã chọn" }),
    bulk: page.getByRole("form", { name: "Ghi chung" }),
    open: async (query) => {
      await tracker.go(`#/tasks?${query}`);
      await expect(grid).toBeVisible();
    },
  };
}

/** The ids of the rows that are drawn, in order. */
const ids = (rows) => rows.getByRole("checkbox").evaluateAll((all) => all.map((c) => c.getAttribute("aria-label").slice(5)));

test("every task is in the table, in the columns of the official appendix first", async ({ page }) => {
  const { grid, open } = parts(page);
  await open("unit=toan-quoc&asof=2023-07-01");
  await expect(grid).toHaveAttribute("aria-rowcount", "147");
  const heads = await grid.getByRole("columnheader").allInnerTexts();
  expect(heads.map((h) => h.trim())).toEqual([
    "", "Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm", "Trạng thái", "Tiến độ", "Cập nhật",
  ]);
});

test("the head of a column sorts up, down, and no more; what is undefined comes last", async ({ page }) => {
  const { head, rows, open } = parts(page);
  await open("unit=toan-quoc&asof=2023-07-01");
  const own = await ids(rows);
  const due = head("Thời hạn");
  await expect(due).toHaveAttribute("aria-sort", "none");

  await due.getByRole("button").click();
  await expect(due).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/[?&]sort=due(&|$)/);
  await expect(rows.first()).toContainText("28/02/2023");

  await due.getByRole("button").click();
  await expect(due).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/[?&]sort=-due(&|$)/);
  await expect(rows.first()).toContainText("31/12/2025");
  await expect(due.getByRole("button")).toBeFocused();

  await due.getByRole("button").click();
  await expect(due).toHaveAttribute("aria-sort", "none");
  await expect.poll(() => ids(rows)).toEqual(own);

  await head("Nhiệm vụ").getByRole("button").click();
  const titles = await rows.getByRole("link").allInnerTexts();
  const sorted = titles.toSorted(new Intl.Collator("vi").compare);
  expect(titles, "by the Vietnamese alphabet").toEqual(sorted);
});

test("groups have subtotals, and a sensible order", async ({ page }) => {
  const { grid, groups, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01");
  await page.getByRole("combobox", { name: "Nhóm theo" }).selectOption("Trạng thái");
  await expect(page).toHaveURL(/[?&]group=status(&|$)/);
  await expect(groups.first()).toContainText("Chưa thực hiện, quá hạn");
  await expect(groups.first()).toContainText("34 nhiệm vụ · 34 quá hạn · tỷ lệ hoàn thành 0%");
  await expect(grid).toHaveAttribute("aria-rowcount", "99");
  await page.getByRole("combobox", { name: "Nhóm theo" }).selectOption("Tháng đến hạn");
  await expect(groups.first()).toContainText("Tháng 02/2023");
});

test("columns are chosen and ordered by keyboard, and stay in the address", async ({ page }) => {
  const { grid, head, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01");
  const heads = async () => (await grid.getByRole("columnheader").allInnerTexts()).map((h) => h.trim()).filter(Boolean);
  await page.getByRole("button", { name: "Cột", exact: true }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("group", { name: "Cột" });
  await expect(menu.getByRole("checkbox", { name: "Nhiệm vụ" }), "the title opens the task").toBeDisabled();
  for (const name of ["Phối hợp", "Sản phẩm", "Cập nhật", "Tiến độ"]) {
    await menu.getByRole("checkbox", { name, exact: true }).press("Space");
    await expect(head(name)).toHaveCount(0);
    await expect(menu.getByRole("checkbox", { name, exact: true }), "it moves and keeps the focus").toBeFocused();
  }
  expect(await heads()).toEqual(["Mã", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Trạng thái"]);
  const up = menu.getByRole("button", { name: "Đưa Trạng thái lên trước" });
  await up.press("Enter");
  await expect(menu.getByRole("status")).toHaveText("Trạng thái: cột thứ 4");
  await expect(up, "the button keeps the focus").toBeFocused();
  await up.press("Enter");
  await expect(menu.getByRole("status")).toHaveText("Trạng thái: cột thứ 3");
  const down = menu.getByRole("button", { name: "Đưa Mã ra sau" });
  await down.press("Enter");
  await expect(down).toBeFocused();
  await expect.poll(heads).toEqual(["Nhiệm vụ", "Mã", "Trạng thái", "Chủ trì", "Thời hạn"]);
  await expect(page).toHaveURL(/[?&]cols=title,id,status,lead,due(&|$)/);
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await page.reload();
  await expect.poll(heads).toEqual(["Nhiệm vụ", "Mã", "Trạng thái", "Chủ trì", "Thời hạn"]);
});

test("only the rows on the screen are drawn, and each knows its number", async ({ page }) => {
  const { grid, rows, open } = parts(page);
  await open("unit=toan-quoc&asof=2023-07-01&sort=id");
  await expect.poll(() => rows.count()).toBeLessThan(50);
  await expect(rows.first()).toHaveAttribute("aria-rowindex", "2");
  await rows.first().focus();
  await page.keyboard.press("End");
  const last = rows.last();
  await expect(last).toHaveAttribute("aria-rowindex", "147");
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect.poll(() => rows.count()).toBeLessThan(50);
  // Scrolled away, the active row stays, and with it the focus.
  await grid.evaluate((grid) => grid.scrollTo(0, 0));
  await expect(rows.first()).toHaveAttribute("aria-rowindex", "2");
  await expect(last).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(rows.last().or(rows).and(page.locator(":focus"))).toHaveAttribute("aria-rowindex", "146");
  await expect(page.locator(":focus")).toBeInViewport();
  await page.keyboard.press("Home");
  await expect(rows.first()).toBeFocused();
  await expect(rows.first()).toBeInViewport({ ratio: 1 });
});

test("a row opens its task beside the table and is marked", async ({ page }) => {
  const { tracker, row, rows, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01&sort=id");
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(2)).toBeFocused();
  const title = await rows.nth(2).getByRole("link").innerText();
  await page.keyboard.press("Enter");
  await expect(tracker.panel).toHaveAccessibleName(title);
  await expect(page).toHaveURL(/#\/task\/[^?]+\?.*in=tasks/);
  await expect(rows.nth(2).getByRole("link")).toHaveAttribute("aria-current", "true");
  await row("CT05-A-01").getByRole("link").click();
  await expect(tracker.panel).toContainText("CT05-A-01");
  await expect(row("CT05-A-01").getByRole("link")).toHaveAttribute("aria-current", "true");
  await expect(tracker.title).toHaveText("Danh sách");
});

test("rows are selected one by one, as a range, all, and by keyboard", async ({ page }) => {
  const { grid, rows, picked, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01&sort=id");
  const box = (n) => rows.nth(n).getByRole("checkbox");
  await box(1).click();
  await expect(picked).toHaveText("1 đã chọn");
  await box(4).click({ modifiers: ["Shift"] });
  await expect(picked).toHaveText("4 đã chọn");
  await expect(rows.nth(2)).toHaveAttribute("aria-selected", "true");
  await box(3).click({ modifiers: ["Shift"] });
  await expect(box(3), "a range never takes out").toBeChecked();
  await expect(picked).toHaveText("4 đã chọn");
  await box(2).click();
  await expect(picked).toHaveText("3 đã chọn");

  await page.keyboard.press("ControlOrMeta+a");
  await expect(picked).toHaveText("95 đã chọn");
  await expect(grid.getByRole("checkbox", { name: "Chọn tất cả nhiệm vụ đang hiện" })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByText("đã chọn")).toHaveCount(0);

  await rows.nth(0).focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(picked).toHaveText("3 đã chọn");

  // What a filter hides is not selected for now.
  await new Tracker(page).search.fill("CT05-A-01");
  await expect(picked).toHaveText("1 đã chọn");
});

test("what is recorded for all selected tasks is one step, which one press takes back", async ({ page }) => {
  const { tracker, row, check, picked, bulk, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01&sort=id&q=lead:bo-cong-an");
  for (const id of ["CT05-B-03", "CT05-B-04", "CT05-B-06"]) await check(id).check();
  await page.getByRole("button", { name: "Ghi chung" }).click();
  await expect(bulk.getByText("Ghi cho 3 nhiệm vụ đã chọn.")).toBeVisible();
  await expect(bulk.getByRole("combobox", { name: "Trạng thái" })).toBeFocused();
  await bulk.getByRole("combobox", { name: "Trạng thái" }).selectOption("Hoàn thành");
  await bulk.getByRole("combobox", { name: "Người phụ trách" }).fill("Phòng 3");
  await bulk.getByRole("textbox", { name: "Ghi chú" }).fill("Theo báo cáo quý");
  await bulk.getByRole("button", { name: "Lưu cập nhật" }).click();
  await expect(bulk.getByRole("alert").filter({ hasText: "Nhập ngày hoàn thành" })).toBeVisible();
  await expect(bulk.getByRole("textbox", { name: "Ngày hoàn thành" })).toBeFocused();
  expect(Object.keys(await tracker.stored())).toHaveLength(0);
  await bulk.getByRole("textbox", { name: "Ngày hoàn thành" }).fill("31/03/2023");
  await page.keyboard.press("Enter");
  await expect(tracker.notices).toContainText("Đã lưu cập nhật của 3 nhiệm vụ.");
  await expect(bulk).toBeHidden();
  await expect(picked).toHaveText("3 đã chọn");
  await expect(row("CT05-B-04")).toContainText("Hoàn thành");
  await expect(row("CT05-B-04")).toContainText("100%");
  expect(Object.keys(await tracker.stored()), "status, progress, assignee and note of each").toHaveLength(12);

  await tracker.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(tracker.notices).toContainText("Đã hoàn tác.");
  for (const id of ["CT05-B-03", "CT05-B-04", "CT05-B-06"]) {
    await expect(row(id)).not.toContainText("Hoàn thành");
    await expect(row(id)).not.toContainText("100%");
  }
  expect(Object.keys(await tracker.stored()), "undone by new updates").toHaveLength(24);
});

test("where somebody has to say for whom, the task is left out and counted", async ({ page }) => {
  const { tracker, row, check, bulk, open } = parts(page);
  // CT05-B-46 has two leads.
  await open("unit=toan-quoc&asof=2023-07-01&sort=id&q=CT05-B-4");
  await check("CT05-B-44").check();
  await check("CT05-B-46").check();
  await page.getByRole("button", { name: "Ghi chung" }).click();
  await expect(bulk).toContainText("Ghi được 1/2 nhiệm vụ đã chọn");
  await bulk.getByRole("textbox", { name: "Vướng mắc" }).fill("Chờ kinh phí");
  await page.keyboard.press("Enter");
  await expect(tracker.notices).toContainText("Đã lưu cập nhật của 1 nhiệm vụ; 1 nhiệm vụ không ghi được từ đây.");
  await expect(row("CT05-B-46").getByRole("button", { name: "Sửa Tiến độ" })).toHaveCount(0);
  expect(Object.keys(await tracker.stored())).toHaveLength(1);
});

test("status and progress are edited in the row", async ({ page }) => {
  const { tracker, row, open } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01&sort=id&q=lead:bo-cong-an");
  const task = row("CT05-B-06");
  const form = (name) => page.getByRole("form", { name });

  // Progress: Escape puts it away, Enter saves.
  await task.getByRole("button", { name: "Sửa Tiến độ" }).click();
  const progress = form("Sửa Tiến độ: CT05-B-06").getByRole("spinbutton", { name: "Tiến độ (%)" });
  await expect(progress).toBeFocused();
  await progress.fill("30");
  await page.keyboard.press("Escape");
  await expect(progress).toHaveCount(0);
  await expect(task).toBeFocused();
  expect(Object.keys(await tracker.stored())).toHaveLength(0);
  await task.getByRole("button", { name: "Sửa Tiến độ" }).click();
  await progress.fill("101");
  await page.keyboard.press("Enter");
  await expect(form("Sửa Tiến độ: CT05-B-06").getByRole("alert")).toHaveText("Nhập số nguyên từ 0 đến 100.");
  await progress.fill("45");
  await page.keyboard.press("Enter");
  await expect(tracker.notices).toContainText("Đã lưu cập nhật của CT05-B-06.");
  await expect(task).toContainText("45%");
  await expect(task).toBeFocused();

  // Status: "done" asks for the day.
  await task.getByRole("button", { name: "Sửa Trạng thái" }).click();
  const status = form("Sửa Trạng thái: CT05-B-06");
  await expect(status.getByRole("combobox", { name: "Trạng thái" })).toBeFocused();
  await status.getByRole("combobox", { name: "Trạng thái" }).selectOption("Hoàn thành");
  await status.getByRole("button", { name: "Lưu" }).click();
  const day = status.getByRole("textbox", { name: "Ngày hoàn thành" });
  await expect(day).toBeFocused();
  await expect(status.getByRole("alert")).toContainText("Nhập ngày hoàn thành");
  await day.fill("30/06/2023");
  await page.keyboard.press("Enter");
  await expect(task).toContainText("Hoàn thành, đúng hạn");
  await expect(task).toContainText("100%");
});

test("what an agency inherits is not written over by looking at it in the row", async ({ page }) => {
  const { tracker, row, open } = parts(page);
  await tracker.open("#/task/CT05-B-22?unit=bo-tttt&asof=2024-06-01");
  await tracker.record({ status: "Đang thực hiện", progress: "60" });
  await expect(tracker.notices).toContainText("Đã lưu");
  const before = Object.keys(await tracker.stored()).length;
  await open("unit=bo-khcn&asof=2026-11-21&q=CT05-B-22");
  const task = row("CT05-B-22");
  await expect(task).toContainText("60%");
  await task.getByRole("button", { name: "Sửa Tiến độ" }).click();
  const progress = page.getByRole("spinbutton", { name: "Tiến độ (%)" });
  await expect(progress).toBeFocused();
  await expect(progress).toHaveValue("60");
  await page.keyboard.press("Enter");
  await expect(tracker.notices).toContainText("Chưa có gì mới để lưu");
  expect(Object.keys(await tracker.stored())).toHaveLength(before);
  await task.getByRole("button", { name: "Sửa Tiến độ" }).click();
  await progress.fill("65");
  await page.keyboard.press("Enter");
  await expect(task).toContainText("Đang thực hiện");
  await expect(task).toContainText("65%");
});

for (const lang of ["vi", "en"]) {
  test(`what is in a cell stays in it, with years overdue too, ${lang}`, async ({ page }) => {
    await page.goto(`./#/tasks?unit=toan-quoc&asof=2026-11-22&lang=${lang}`);
    const grid = page.getByRole("grid");
    await expect(grid.getByRole("row").nth(1)).toContainText(lang === "vi" ? "quá hạn 1.363 ngày" : "1,363 days overdue");
    for (const width of [1440, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await grid.getByRole("row").evaluateAll((rows) => {
        const cells = rows.flatMap((row) => [...row.querySelectorAll("[role=gridcell], [role=columnheader]")]);
        return cells.flatMap((cell) => {
          const edge = cell.getBoundingClientRect();
          const sticksOut = (box) => box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.top < edge.top - 1;
          // What is cut off at the end of a second line says so by its dots.
          const cut = (part) => part !== cell && (getComputedStyle(part).overflow === "hidden" || cut(part.parentElement));
          const parts = [...cell.querySelectorAll("*")].filter((part) => !cut(part.parentElement));
          const out = parts.filter((part) => sticksOut(part.getBoundingClientRect()));
          return out.map((part) => `${cell.className}: ${part.textContent}`);
        });
      });
      expect.soft(over, `${width} px wide`).toEqual([]);
    }
  });
}

test("nothing left to show says so and offers the way back", async ({ page }) => {
  const { grid, open, tracker } = parts(page);
  await open("unit=bo-cong-an");
  await tracker.search.fill("khongcogi");
  await expect(grid).toHaveCount(0);
  await tracker.main.getByRole("button", { name: "Xóa tìm kiếm và bộ lọc" }).click();
  await expect(grid).toBeVisible();
});

test("on a phone a task is a row of two lines, and the page scrolls", async ({ page }) => {
  await page.setViewportSize(PHONE);
  const { rows, row, open, tracker } = parts(page);
  await open("unit=bo-cong-an&asof=2023-07-01");
  await page.getByRole("combobox", { name: "Sắp xếp" }).selectOption("Mã, giảm dần");
  await expect(page).toHaveURL(/[?&]sort=-id(&|$)/);
  await expect(rows.first()).toContainText("KL");
  const width = () => page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  const [needed, given] = await width();
  expect(needed, "nothing hangs over the edge").toBeLessThanOrEqual(given);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(rows.last()).toHaveAttribute("aria-rowindex", "96");
  await expect(row("CT05-A-01")).toBeInViewport();
  await row("CT05-A-01").getByRole("link").click();
  await expect(tracker.panel).toContainText("CT05-A-01");
});

for (const [name, size] of [["on a desktop", { width: 1440, height: 900 }], ["on a phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the table breaks no rule ${name}, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { rows, row, bulk, open } = parts(page);
      await open("unit=bo-cong-an&asof=2023-07-01&sort=-due&group=topic");
      await rows.first().getByRole("checkbox").check();
      await page.getByRole("button", { name: "Ghi chung" }).click();
      await bulk.getByRole("combobox", { name: "Trạng thái" }).selectOption("Hoàn thành");
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await rows.nth(1).getByRole("button", { name: "Sửa Trạng thái" }).click();
      await expect(page.getByRole("form", { name: /^Sửa Trạng thái/ })).toBeVisible();
      await page.getByRole("button", { name: "Cột", exact: true }).click();
      expect(await violations(page)).toEqual([]);
    });
  }
}

test("a row that comes to show another task shows nothing of the one before", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/tasks?unit=bo-cong-an&asof=2023-07-01");
  const row = (id) => tracker.main.getByRole("row").filter({ hasText: id });
  const [gone, come] = ["CT05-B-27", "CT05-B-06"];
  await row(gone).getByRole("checkbox").check();
  await tracker.search.fill("dinh danh");
  await expect(row(gone)).toHaveCount(0);
  await expect(row(come).getByRole("checkbox")).not.toBeChecked();
  await expect(row(come)).toHaveAttribute("aria-selected", "false");

  // What is pressed in it counts for the task that it shows.
  await row(come).getByRole("link").click();
  await expect(tracker.panel).toContainText(come);
  await page.keyboard.press("Escape");
  await row(come).getByRole("checkbox").check();
  await tracker.search.fill("");
  for (const id of [gone, come]) await expect(row(id)).toHaveAttribute("aria-selected", "true");
  await expect(tracker.main.getByRole("row", { selected: true })).toHaveCount(2);
});
