// Comfort: light and dark, letters twice as large, every width, paper, a rail that folds.
import { chromium, expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const FEW = `#/board?unit=bo-cong-an&asof=2023-07-01&q=deadline:by%20${encodeURIComponent("dữ liệu")}`;
const BOARD = "#/board?unit=bo-cong-an&asof=2023-07-01";
const PAGES = {
  "the board": BOARD,
  "the list": "#/tasks?unit=bo-cong-an&asof=2023-07-01",
  "the timeline": "#/timeline?unit=bo-cong-an&asof=2023-07-01",
  "the agencies": "#/agencies?unit=bo-cong-an&asof=2023-07-01",
  "the bottlenecks": "#/bottlenecks?unit=bo-cong-an&asof=2023-07-01",
  "a task": "#/task/CT05-B-29?unit=toan-quoc&asof=2023-07-01",
  "the data page": "#/data?unit=bo-cong-an",
};

/** What hangs over the edge of the window to the right, if the page as a whole does. */
const overhang = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);

/** Controls and headings whose words do not fit into them, down or across. */
const clipped = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("h1, h2, h3, button, .button, label, legend, .badge, .tag, nav a")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.clientHeight <= 1) continue;
      const { overflow, display } = getComputedStyle(element);
      const over = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
      if (over && display !== "inline" && overflow !== "visible") found.push(element.outerHTML.slice(0, 120));
    }
    return found;
  });

const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("the theme follows the system until it is chosen, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const tracker = new Tracker(page);
  await tracker.open(FEW);
  const button = (name) => page.getByRole("banner").getByRole("button", { name });
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background(page);
  expect(dark).not.toBe(light);
  await page.emulateMedia({ colorScheme: "light" });

  await button("Giao diện theo hệ thống, chuyển sang tối").click();
  await expect(button("Giao diện tối, chuyển sang sáng")).toBeFocused();
  expect(await background(page)).toBe(dark);
  expect(await violations(page), "dark on a light system").toEqual([]);
  await page.reload();
  await expect(button("Giao diện tối, chuyển sang sáng")).toBeVisible();
  expect(await background(page)).toBe(dark);

  await page.emulateMedia({ colorScheme: "dark" });
  await button("Giao diện tối, chuyển sang sáng").click();
  expect(await background(page)).toBe(light);
  expect(await violations(page), "light on a dark system").toEqual([]);
  await button("Giao diện sáng, chuyển sang theo hệ thống").click();
  expect(await background(page)).toBe(dark);
});

test("the chosen theme holds before the program is there", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await page.getByRole("banner").getByRole("button", { name: /^Giao diện/ }).click();
  const dark = await background(page);
  await page.route("**/*.wasm", () => {});
  await page.reload({ waitUntil: "domcontentloaded" });
  await expect(page.getByRole("status")).toContainText("Đang mở");
  // The colours come with the style sheet, for which the first paint does not wait.
  await expect.poll(() => background(page)).toBe(dark);
});

test("the rail folds to icons and unfolds, by itself and by its button", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  const rail = page.getByRole("navigation");
  const wide = (await rail.boundingBox()).width;
  await rail.getByRole("button", { name: "Thu gọn" }).click();
  const unfold = rail.getByRole("button", { name: "Hiện tên trang" });
  await expect(unfold).toBeFocused();
  const narrow = (await rail.boundingBox()).width;
  expect(narrow).toBeLessThan(wide / 2);
  // The names are heard, and shown to who points.
  const link = rail.getByRole("link", { name: "Dữ liệu" });
  await expect(link).toHaveAttribute("title", "Dữ liệu");
  await page.reload();
  await expect(unfold).toBeVisible();
  await unfold.click();
  expect((await rail.boundingBox()).width).toBe(wide);
  await page.setViewportSize({ width: 1100, height: 800 });
  expect((await rail.boundingBox()).width, "the choice outweighs the width").toBe(wide);

  const other = await page.context().browser().newContext({ viewport: { width: 1100, height: 800 } });
  const fresh = new Tracker(await other.newPage());
  await fresh.page.goto(page.url());
  await expect(fresh.page.getByRole("button", { name: "Hiện tên trang" })).toBeVisible();
  await other.close();
});

for (const [width, height] of [[320, 640], [390, 844], [768, 1024], [1024, 768], [1440, 900], [2560, 1300]]) {
  test(`every page fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const tracker = new Tracker(page);
    for (const [name, address] of Object.entries(PAGES)) {
      await page.goto("about:blank");
      await page.goto(`./${address}`);
      await expect(tracker.title.or(tracker.panel).first()).toBeVisible();
      expect.soft(await overhang(page), name).toBeLessThanOrEqual(0);
      expect.soft(await clipped(page), name).toEqual([]);
    }
  });
}

test("letters twice as large are not cut off, on a phone and on a desktop", async ({ page, launchOptions, baseURL }) => {
  const args = [...(launchOptions.args ?? []), "--blink-settings=defaultFontSize=32"];
  const browser = await chromium.launch({ ...launchOptions, args });
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    const context = await browser.newContext({ viewport, locale: "vi-VN", baseURL });
    const tracker = new Tracker(await context.newPage());
    for (const [name, address] of Object.entries(PAGES)) {
      await tracker.page.goto("about:blank");
      await tracker.page.goto(`./${address}`);
      await expect(tracker.title.or(tracker.panel).first()).toBeVisible();
      const size = await tracker.page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
      expect(size).toBe(32);
      expect.soft(await overhang(tracker.page), `${name}, ${viewport.width}`).toBeLessThanOrEqual(0);
      expect.soft(await clipped(tracker.page), `${name}, ${viewport.width}`).toEqual([]);
    }
    await context.close();
  }
  await browser.close();
  expect(page.isClosed()).toBe(false);
});

test("where the system dictates the colours, what is open is told by a line", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-27?unit=bo-cong-an&asof=2023-07-01");
  const outline = (element) => element.evaluate((e) => getComputedStyle(e).outlineStyle);
  const link = (name) => page.getByRole("navigation").getByRole("link", { name });
  expect(await outline(link("Bảng việc"))).toBe("solid");
  expect(await outline(link("Dữ liệu"))).toBe("none");
});

test("paper says whose tasks and as of when, and leaves out what can be pressed", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const tracker = new Tracker(page);
  await tracker.open(FEW);
  await page.emulateMedia({ media: "print" });
  const today = await page.evaluate(() => new Date().toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" }));
  await expect(page.getByText(`Bộ Công an · Tính đến ngày 01/07/2023 · In ngày ${today}`)).toBeVisible();
  await expect(page.getByText("Từ tìm kiếm: dữ liệu")).toBeVisible();
  await expect(page.getByText("Loại thời hạn: Có thời hạn")).toBeVisible();
  await expect(tracker.title).toBeVisible();
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button").and(page.locator(":visible"))).toHaveCount(0);
  const link = tracker.main.getByRole("article").first().getByRole("link");
  const [ink, paper, font] = await link.evaluate((e) => {
    const { color, fontFamily } = getComputedStyle(e);
    return [color, getComputedStyle(document.body.parentElement).backgroundColor, fontFamily];
  });
  expect([ink, paper]).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  expect(font).toContain("Times New Roman");
  expect(await overhang(page)).toBeLessThanOrEqual(0);

  await page.emulateMedia({ media: "screen" });
  await expect(page.getByText("In ngày")).toHaveCount(0);
});

test("a printed card is never cut by the end of a page, and every task is printed", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc&asof=2023-07-01");
  await page.emulateMedia({ media: "print" });
  await expect(tracker.main.getByRole("article").and(page.locator(":visible"))).toHaveCount(146);
  for (const card of [tracker.main.getByRole("article").first(), tracker.main.getByRole("article").last()]) {
    expect(await card.evaluate((e) => getComputedStyle(e).breakInside)).toBe("avoid");
  }
  await page.emulateMedia({ media: null });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type \/Page\b(?!s)/g).length;
  expect(pages, "146 tasks are more than a page and less than a book").toBeGreaterThan(5);
  expect(pages).toBeLessThan(40);
});

test("the table is printed whole, with all its columns and a head that is repeated", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/tasks?unit=toan-quoc&asof=2023-07-01");
  const head = tracker.main.getByRole("columnheader");
  const names = await head.allInnerTexts();
  await page.emulateMedia({ media: "print" });
  // As wide as A4.
  await page.setViewportSize({ width: 640, height: 900 });
  await expect(tracker.main.getByRole("row")).toHaveCount(147);
  await expect(head.and(page.locator(":visible"))).toHaveText(names.slice(1));
  const group = tracker.main.getByRole("rowgroup").first();
  expect(await group.evaluate((e) => getComputedStyle(e).display)).toBe("table-header-group");
  expect(await overhang(page)).toBeLessThanOrEqual(0);
});

test("an open task is printed by itself, without its form", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-29?unit=toan-quoc&asof=2023-07-01");
  await page.emulateMedia({ media: "print" });
  await expect(tracker.panel.or(page.getByRole("region")).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Lịch sử cập nhật" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Cập nhật tiến độ" })).toBeHidden();
  await expect(tracker.title).toBeHidden();
});

test("the print button opens the browser's dialog", async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => (document.title = "in");
  });
  const tracker = new Tracker(page);
  await tracker.open(BOARD);
  await page.getByRole("navigation").getByRole("button", { name: "In", exact: true }).click();
  await expect(page).toHaveTitle("in");
});

for (const lang of ["vi", "en"]) {
  test(`what the search box says of itself fits beside all that the bar can say, ${lang}`, async ({ page }) => {
    const tracker = new Tracker(page);
    await tracker.open("#/task/CT05-B-06?unit=bo-cong-an&asof=2023-07-01");
    await tracker.record({ progress: "60" });
    await expect(page.getByRole("banner").getByRole("button", { name: /chưa xuất/ })).toBeVisible();
    await tracker.open(`#/board?unit=bo-cong-an&asof=2023-07-01&lang=${lang}`);
    await expect(tracker.panel).toHaveCount(0);
    for (const width of [1440, 1280, 1024, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      // Once the bar has taken the shape of that width.
      const lacking = () => page.getByRole("searchbox").evaluate((field) => {
        const style = getComputedStyle(field);
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return pen.measureText(field.placeholder).width - room;
      });
      await expect.poll(lacking, `${width} px wide`).toBeLessThanOrEqual(0);
      await expect.poll(() => overhang(page), `${width} px wide`).toBeLessThanOrEqual(0);
    }
  });
}
