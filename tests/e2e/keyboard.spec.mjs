// Shortcuts: the list of them, moving among tasks, pages by two keys, and where keys are left alone.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violations, violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const FEW = `#/board?unit=bo-cong-an&asof=2023-07-01&q=deadline:by%20${encodeURIComponent("dữ liệu")}`;
const BOARD = "#/board?unit=bo-cong-an&asof=2023-07-01";

/** The shortcut list of a page. */
const list = (page) => page.getByRole("dialog", { name: "Phím tắt" });

/** The links to tasks, in the order of the board. */
const tasks = (tracker) => tracker.main.getByRole("article").getByRole("link");

test("? lists the shortcuts; Escape closes the list and gives the focus back", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(FEW);
  const card = tasks(tracker).first();
  await card.focus();
  await page.keyboard.press("?");
  await expect(list(page)).toBeVisible();
  await expect(list(page).getByRole("term")).toHaveText([
    "Xem các phím tắt",
    "Tìm nhiệm vụ",
    "Hoàn tác bước vừa làm",
    "Làm lại bước vừa hoàn tác",
    "Đến nhiệm vụ sau",
    "Đến nhiệm vụ trước",
    "Mở nhiệm vụ",
    "Chọn hoặc bỏ chọn nhiệm vụ trong danh sách",
    "Cập nhật tiến độ của nhiệm vụ",
    "Đóng nhiệm vụ",
    "Nhấc thẻ đang chọn, hoặc thả xuống",
    "Đưa thẻ đang nhấc sang cột trước, cột sau",
    "Thôi chuyển thẻ đang nhấc",
    "Mở danh sách cột để chuyển thẻ",
    "Đến hàng trên, hàng dưới",
    "Lên, xuống 10 hàng",
    "Đến hàng đầu, hàng cuối",
    "Chọn thêm các hàng liền nhau",
    "Chọn tất cả nhiệm vụ đang hiện",
    "Bỏ chọn tất cả",
    "Tổng quan",
    "Bảng việc",
    "Danh sách",
    "Tiến trình",
    "Đơn vị",
    "Chỉ tiêu",
    "Điểm nghẽn",
    "Tổng hợp",
    "Dữ liệu",
  ]);
  await expect(list(page).getByRole("definition").nth(1)).toHaveText("Ctrl+K hoặc /");
  await expect(list(page).getByRole("definition").nth(3)).toHaveText("Ctrl+Shift+Z hoặc Ctrl+Y");
  await expect(list(page).getByRole("definition").nth(10)).toHaveText("Phím cách");
  await expect(list(page).getByRole("definition").last()).toHaveText("g rồi l");
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await violationsInBothThemes(page, "dialog")).toEqual([]);
  // What is behind the list hears nothing.
  await page.keyboard.press("j");
  await page.keyboard.press("/");
  await expect(list(page).getByRole("button", { name: "Đóng phím tắt" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeHidden();
  await expect(card).toBeFocused();
});

test("a button opens the list too, on a desktop and on a phone", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(FEW);
  const button = page.getByRole("navigation").getByRole("button", { name: "Phím tắt" });
  await button.click();
  await list(page).getByRole("button", { name: "Đóng phím tắt" }).click();
  await expect(list(page)).toBeHidden();
  await expect(button).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  const more = page.getByRole("navigation").getByRole("button", { name: "Thêm", exact: true });
  await more.click();
  await button.click();
  await expect(list(page)).toBeVisible();
  expect(await violations(page, "dialog")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(more, "the menu has closed").toBeFocused();
});

test("j and k walk the tasks, Enter opens one, Escape closes it, and j goes on from there", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  const all = tasks(tracker);
  await page.keyboard.press("k");
  await expect(all.first(), "nothing to go back to: the list is entered").toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(all.nth(2)).toBeFocused();
  await expect(all.nth(2)).toBeInViewport();
  await page.keyboard.press("k");
  await expect(all.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(all.first(), "the first has none before it").toBeFocused();
  await page.keyboard.press("j");

  const name = await all.nth(1).textContent();
  await page.keyboard.press("Enter");
  await expect(tracker.panel).toHaveAccessibleName(name);
  await page.keyboard.press("j");
  await expect(all.nth(2), "from the open task to the next").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tracker.panel).toHaveCount(0);
  await tracker.title.focus();
  await page.keyboard.press("j");
  await expect(all.nth(2), "on from the task that was open").toBeFocused();
});

test("a task that has just opened does not take the focus back from a quick hand", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  const all = tasks(tracker);
  await all.first().focus();
  // Frames wait until both keys are through, as between two frames of a slow screen.
  await page.evaluate(() => {
    window.heldFrames = [];
    window.requestAnimationFrame = (callback) => window.heldFrames.push(callback);
  });
  await page.keyboard.press("Enter");
  await expect(tracker.panel).toBeVisible();
  await page.keyboard.press("j");
  await expect(all.nth(1)).toBeFocused();
  await page.evaluate(() => {
    for (const callback of window.heldFrames.splice(0)) callback(performance.now());
  });
  await expect(all.nth(1)).toBeFocused();
});

test("from the last task of a column j leads to the first of the next", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  const of = (bucket) => tracker.column(bucket).getByRole("article").getByRole("link");
  const last = of("Chưa thực hiện, quá hạn").last();
  await last.focus();
  await page.keyboard.press("j");
  const next = of("Chưa thực hiện, trong hạn").first();
  await expect(next).toBeFocused();
  await page.keyboard.press("k");
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
});

test("e leads to the form of the focused task, and of the open one", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await page.keyboard.press("e");
  await expect(tracker.panel, "no task is meant").toHaveCount(0);
  await tracker.card("CT05-B-45").getByRole("link").focus();
  await page.keyboard.press("e");
  await expect(tracker.panel).toContainText("CT05-B-45");
  const status = tracker.status.getByRole("radio", { name: "Chưa thực hiện" });
  await expect(status).toBeFocused();
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).focus();
  await page.keyboard.press("e");
  await expect(status).toBeFocused();
});

test("g and a letter open a page; the letter alone does not", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  for (const [letter, title] of [["o", "Tổng quan"], ["d", "Danh sách"], ["t", "Tiến trình"], ["v", "Đơn vị"], ["i", "Chỉ tiêu"], ["n", "Điểm nghẽn"], ["l", "Dữ liệu"], ["b", "Bảng việc"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await expect(tracker.title).toHaveText(title);
    await expect(tracker.title).toBeFocused();
  }
  await page.keyboard.press("l");
  await expect(tracker.title).toHaveText("Bảng việc");
  // The address keeps the view.
  await expect(page).toHaveURL(/unit=bo-cong-an&asof=2023-07-01$/);
});

test("Ctrl+K and / lead to the search box; what is typed there are letters", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await page.keyboard.press("/");
  await expect(tracker.search).toBeFocused();
  await page.keyboard.type("/j?gl");
  await expect(tracker.search, "nothing of it was a shortcut").toHaveValue("/j?gl");
  await expect(list(page)).toBeHidden();
  await tracker.asof.focus();
  await page.keyboard.press("Control+k");
  await expect(tracker.search).toBeFocused();
  await page.keyboard.type("dân cư");
  await expect(tracker.search, "what was there is selected, so that typing replaces it").toHaveValue("dân cư");
  await tracker.title.focus();
  await page.keyboard.press("Meta+k");
  await expect(tracker.search).toBeFocused();
  await tracker.title.focus();
  await page.keyboard.press("Control+j");
  await page.keyboard.press("Alt+j");
  await expect(tracker.title, "with another key it is the browser's").toBeFocused();
});

test("keys that belong to an input method are left alone", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await tracker.title.focus();
  await page.evaluate(() => {
    const down = (init) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
    down({ key: "?", isComposing: true });
    down({ key: "?", keyCode: 229 });
  });
  await page.keyboard.press("Shift");
  await expect(list(page)).toBeHidden();
  await page.keyboard.press("?");
  await expect(list(page)).toBeVisible();
});

test("who turns single keys off keeps them off", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await page.keyboard.press("?");
  const choice = list(page).getByRole("checkbox", { name: "Dùng phím tắt một ký tự" });
  await expect(choice).toBeChecked();
  await choice.uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(tracker.title).toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("j");
  await expect(tasks(tracker).first()).not.toBeFocused();
  await expect(list(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(tracker.search).toBeFocused();
});

test("in the table j walks the rows, also those that are not drawn yet, and x selects", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/tasks?unit=toan-quoc&asof=2023-07-01");
  const rows = tracker.main.getByRole("row");
  for (let step = 0; step < 60; step += 1) await page.keyboard.press("j");
  const focused = page.locator(":focus");
  const row = rows.filter({ has: focused });
  // The head is the first row.
  await expect(row).toHaveAttribute("aria-rowindex", "61");
  await expect(focused).toBeInViewport();
  await page.keyboard.press("x");
  await expect(row).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("x");
  await expect(row).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("k");
  await expect(rows.filter({ has: page.locator(":focus") })).toHaveAttribute("aria-rowindex", "60");
});

for (const [name, address, lines] of [
  ["the table", "#/tasks?unit=toan-quoc&asof=2023-07-01", 146],
  ["a table in groups", "#/tasks?unit=toan-quoc&asof=2023-07-01&group=lead", 146],
  ["the timeline", "#/timeline?unit=toan-quoc&asof=2023-07-01", 146],
]) {
  test(`keys that come faster than ${name} is drawn are not lost`, async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open(address);
    // All within one turn of the page: what a key asks for is done, but no scroll is heard of and
    // no frame drawn in between.
    const press = (key, times) =>
      page.evaluate(async ([key, times]) => {
        const seen = [];
        for (let step = 0; step < times; step += 1) {
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          for (let promise = 0; promise < 20; promise += 1) await null;
          seen.push(document.activeElement.closest("a")?.getAttribute("href").split("?")[0]);
        }
        return seen;
      }, [key, times]);
    const down = await press("j", lines);
    expect(new Set(down).size, "each press another task").toBe(lines);
    expect(await press("j", 1), "the end of the list").toEqual(down.slice(-1));
    const up = await press("k", lines - 1);
    expect(up, "the same way back").toEqual(down.slice(0, -1).reverse());
  });
}

test("Ctrl+Z takes a step back from wherever nothing is typed", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an&asof=2023-07-01");
  await tracker.record({ progress: "40" });
  const notes = (text) => expect(tracker.notices).toContainText(text);
  await notes("Đã lưu");
  await tracker.status.getByRole("radio", { name: "Chưa thực hiện" }).press("Control+z");
  await notes("Đã hoàn tác");
  await expect(tracker.progress).toHaveValue("");
  await tracker.main.getByRole("combobox", { name: "Chủ đề" }).press("Meta+Shift+Z");
  await notes("Đã làm lại");
  await expect(tracker.progress).toHaveValue("40");
  await tracker.search.press("Control+z");
  await expect(tracker.progress, "a text field takes back what was typed").toHaveValue("40");
});

for (const [name, where, first] of [
  ["the board", "board", (tracker) => tracker.main.getByRole("article").first().getByRole("link")],
  ["the table", "tasks", (tracker) => tracker.main.getByRole("row").nth(1).getByRole("link")],
  ["the timeline", "timeline", (tracker) => tracker.main.getByRole("list").getByRole("link").first()],
]) {
  test(`Enter leads from the search box to the first task of ${name}, wherever it is scrolled`, async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open(`#/${where}?unit=toan-quoc&asof=2023-07-01`);
    const start = await first(tracker).textContent();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press("j");
    await expect(page.locator(":focus"), "far down").not.toHaveText(start);
    await tracker.search.press("Enter");
    await expect(page.locator(":focus")).toHaveText(start);
    await expect(page.locator(":focus")).toBeInViewport();

    await tracker.search.fill("du lieu dan cu");
    await tracker.search.press("Enter");
    await expect(first(tracker)).toBeFocused();

    await tracker.search.fill("khong co gi nhu the");
    await tracker.search.press("Enter");
    await expect(tracker.main.getByRole("status").filter({ hasText: /^0 trong 146 / })).toBeVisible();
    await expect(tracker.search, "there is no task to go to").toBeFocused();
  });
}

test("Enter that belongs to an input method does not leave the search box", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await tracker.search.focus();
  await tracker.search.evaluate((field) => {
    const down = (init) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }));
    down({ isComposing: true });
    down({ keyCode: 229 });
  });
  await page.keyboard.press("Shift");
  await expect(tracker.search).toBeFocused();
});

for (const [name, where, task] of [
  ["the card", "board", (tracker) => tracker.card("CT05-B-45").getByRole("link")],
  ["the row", "tasks", (tracker) => tracker.main.getByRole("row").filter({ hasText: "CT05-B-45" }).getByRole("link")],
]) {
  test(`Back closes a task and leads to ${name} it was opened from`, async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open(`#/${where}?unit=bo-cong-an&asof=2023-07-01`);
    await task(tracker).click();
    await expect(tracker.panel.getByRole("heading", { level: 2 })).toBeFocused();
    await page.goBack();
    await expect(tracker.panel).toHaveCount(0);
    await expect(task(tracker)).toBeFocused();
    await page.goForward();
    await expect(tracker.panel.getByRole("heading", { level: 2 })).toBeFocused();
    await page.goBack();
    await expect(task(tracker)).toBeFocused();

    await page.goForward();
    await expect(tracker.panel.getByRole("heading", { level: 2 })).toBeFocused();
    await tracker.search.focus();
    await page.goBack();
    await expect(tracker.panel).toHaveCount(0);
    await expect(tracker.search, "a focus that was not in the task stays").toBeFocused();
  });
}

// What sticks to the edges of the screen or of the panel must not lie over what has the focus.
for (const [screen, viewport] of [["desktop", { width: 1440, height: 700 }], ["phone", { width: 390, height: 700 }]]) {
  test.describe(screen, () => {
    test.use({ viewport });

    for (const [place, address, start] of [
      ["a task", "#/task/CT05-B-06?unit=bo-cong-an", (tracker) => tracker.save],
      ["the data page", "#/data?unit=bo-cong-an", (tracker) => tracker.page.getByRole("button", { name: "Xóa dữ liệu…" })],
    ]) {
      test(`nothing lies over what has the focus in ${place}, forwards or backwards`, async ({ page }) => {
        const tracker = new Tracker(page);
        await tracker.open(address);
        const details = tracker.form.getByRole("button", { name: "Thêm chi tiết" });
        if (await details.isVisible()) await details.click();
        await start(tracker).focus();
        const covered = [];
        let seen = 0;
        for (const key of ["Shift+Tab", "Tab"]) {
          for (let step = 0; step < 18; step += 1) {
            await page.keyboard.press(key);
            const [name, over] = await page.evaluate(() => {
              const at = document.activeElement;
              // Behind the last of the page comes the browser.
              if (at === document.body) return ["", null];
              const { left, top, width, height } = at.getBoundingClientRect();
              // Its first and its last line, as far as it is longer than the screen.
              const points = [4, Math.min(height, 120) - 4].map((y) => document.elementFromPoint(left + Math.min(width / 2, 40), top + y));
              const own = (found) => found && (at.contains(found) || found.contains(at) || [...(at.labels ?? [])].some((label) => label.contains(found)));
              return [at.id || at.textContent.trim().slice(0, 40), points.every(own) ? null : points.map((found) => found?.className ?? "outside")];
            });
            seen += 1;
            if (over) covered.push([key, name, over]);
          }
        }
        expect(covered).toEqual([]);
        expect(seen).toBe(36);
      });
    }
  });
}
