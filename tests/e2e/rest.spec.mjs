// The page while the second part of its program is on its way, or cannot be had: what is on the
// screen works or says what it waits for, and nothing breaks.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violations } from "./axe.mjs";

const REST = /_rest\.wasm$/;
const BOARD = "#/board?unit=bo-cong-an";

/** Keeps the second part back until it is let go. */
async function holdBack(page) {
  let letGo;
  const gone = new Promise((resolve) => {
    letGo = resolve;
  });
  await page.route(REST, async (route) => {
    await gone;
    await route.continue();
  });
  return letGo;
}

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const waiting = (page) => page.locator('meta[name="app-rest"]');

test.beforeEach(({ page }) => {
  page.on("pageerror", (error) => {
    throw error;
  });
});

test("the board can be read and searched before the rest is there, and lives on when it is", async ({ page }) => {
  const letGo = await holdBack(page);
  const app = new Tracker(page);
  await page.goto(`./${BOARD}`);
  await expect(app.title).toHaveText("Bảng việc");
  await expect(waiting(page), "this page comes in two parts").toHaveCount(1);
  await expect(app.column("Chưa thực hiện, quá hạn")).toBeVisible();

  await app.search.fill("dinh danh");
  await expect(page.getByRole("status").filter({ hasText: /\d+\/\d+ nhiệm vụ|trong \d+/ }).first()).toBeVisible();
  await app.search.fill("");

  // What moves cards is not there yet: the keys do nothing, and nothing breaks.
  const card = app.main.getByRole("article").first().getByRole("link");
  await card.focus();
  for (const key of ["Space", "ArrowRight", "Escape", "Shift+F10", "ContextMenu", "?", "j"]) await page.keyboard.press(key);
  const box = await card.boundingBox();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 600, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(app.title).toHaveText("Bảng việc");

  await card.focus();
  letGo();
  await app.whole();
  await expect(card, "nothing was drawn anew").toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByRole("status").filter({ hasText: "Đang giữ" }).or(page.getByText(/Đã nhấc|đang giữ/i)).first()).toBeVisible();
});

test("a filter that is chosen before the rest is there is applied as soon as it is", async ({ page }) => {
  const letGo = await holdBack(page);
  const app = new Tracker(page);
  await page.goto(`./${BOARD}`);
  const menu = app.main.getByRole("combobox", { name: "Chủ đề" }).first();
  await menu.selectOption("Dữ liệu");
  await expect(waiting(page)).toHaveCount(1);
  letGo();
  await app.whole();
  await expect(page).toHaveURL(/q=(topic|chude):/);
  await expect(menu.getByRole("option", { selected: true })).toHaveText("Dữ liệu");
});

// What comes with the rest: the menu of saved views, and what is wrong with a search.
for (const [what, address, late] of [
  ["the first choice", "", []],
  ["the board", `${BOARD}&q=topic:du-lieu+deadline:by`, ["Khung nhìn"]],
  [
    "a search that finds nothing",
    `${BOARD}&q=mau:xanh+due:khi+doc:+khongco`,
    [
      "Khung nhìn",
      "“mau:xanh”: không có bộ lọc tên “mau”. Bỏ dấu hai chấm để tìm như chữ thường.",
      "“due:khi”: “khi” không phải là ngày hay khoảng ngày, ví dụ 31/03/2023, 2023-03, <=2023-Q2, 2023-03..2023-06.",
      "“doc:”: thiếu giá trị sau dấu hai chấm. Gõ giá trị hoặc chọn trong gợi ý dưới ô tìm.",
    ],
  ],
]) {
  // A text that comes with the rest would be an empty name.
  test(`${what} has all of its words before the rest is there`, async ({ page }) => {
    const letGo = await holdBack(page);
    await page.goto(`./${address}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(waiting(page)).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
    const words = async () => (await page.getByRole("main").innerText()).replace(/\s+/g, " ");
    const before = await words();
    letGo();
    await new Tracker(page).whole();
    const withoutLate = async () => late.reduce((text, words) => text.replace(`${words} `, ""), await words());
    await expect.poll(withoutLate).toBe(before);
    for (const words of late) await expect(page.getByRole("main").getByText(words, { exact: true })).toBeVisible();
  });
}

test("a page of the rest says that it is coming, then comes", async ({ page }) => {
  const letGo = await holdBack(page);
  const app = new Tracker(page);
  await page.goto("./#/tasks?unit=bo-cong-an");
  await expect(app.main.getByRole("status").filter({ hasText: "Đang mở…" })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Bảng việc" })).toBeVisible();
  letGo();
  await expect(app.title).toHaveText("Danh sách");
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toBeVisible();
});

test("a task opened before the rest is there opens when it is", async ({ page }) => {
  const letGo = await holdBack(page);
  const app = new Tracker(page);
  await page.goto(`./${BOARD}`);
  await app.main.getByRole("article").first().getByRole("link").click();
  await expect(page.getByText("Đang mở…")).toBeVisible();
  letGo();
  await expect(app.status).toBeVisible();
  await expect(page.getByText("Đang mở…")).toHaveCount(0);
});

test("English waits for its words", async ({ page }) => {
  const letGo = await holdBack(page);
  await page.goto(`./${BOARD}&lang=en`);
  await expect(page.getByRole("status").filter({ hasText: "Opening…" })).toBeVisible();
  letGo();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Board");
  await expect(page.getByRole("region", { name: /^Not started, overdue \(/ })).toBeVisible();
});

test("English words are found in the search once they are there", async ({ page }) => {
  const letGo = await holdBack(page);
  const app = new Tracker(page);
  await page.goto("./#/board?unit=toan-quoc&q=database");
  await expect(app.title).toHaveText("Bảng việc");
  await expect(app.main.getByRole("article")).toHaveCount(0);
  letGo();
  await expect(app.main.getByRole("article").first().getByRole("link")).toBeVisible();
});

test("a rest that cannot be had is said, with a way out", async ({ page }) => {
  await page.route(REST, (route) => route.abort());
  const app = new Tracker(page);
  await page.goto(`./${BOARD}`);
  await expect(app.title).toHaveText("Bảng việc");
  await expect(app.notices).toContainText("Chưa tải được phần còn lại của trang");
  await page.goto("./#/data");
  await expect(app.main.getByRole("alert")).toContainText("Chưa tải được phần còn lại của trang");

  await page.unroute(REST);
  await app.main.getByRole("button", { name: "Tải lại trang" }).click();
  await expect(app.title).toHaveText("Dữ liệu");
  await expect(page.getByRole("button", { name: "Xuất JSON" })).toBeVisible();
});
