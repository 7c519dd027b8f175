// The board arranged: what columns and rows stand for, and cards that move to another column.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

// The day that the boards are of: what is recorded on a later day does not show on it.
test.beforeEach(({ page }) => page.clock.setFixedTime(new Date("2023-05-01T10:00:00+07:00")));

const PHONE = { width: 390, height: 844 };

// Led by the Ministry of Public Security, due on 30/06/2023.
const TASK = "CT05-B-06";
const BOARD = `#/board?unit=bo-cong-an&asof=2023-05-01&q=${TASK}`;
const NOT_STARTED = "Chưa thực hiện, trong hạn";
const IN_PROGRESS = "Đang thực hiện, trong hạn";
const ON_TIME = "Hoàn thành, đúng hạn";

class Board extends Tracker {
  constructor(page) {
    super(page);
    this.by = this.main.getByRole("combobox", { name: "Cột theo" });
    this.rows = this.main.getByRole("combobox", { name: "Hàng theo" });
    // What is said of a move; the list's sum and the filter's faults stand above it.
    this.says = this.main.getByRole("status").last();
    this.dialog = page.getByRole("dialog");
  }

  /** Opens the menu of a card. */
  async menu(id) {
    await this.card(id).getByRole("button", { name: `Chuyển ${id} tới…` }).click();
    await expect(this.dialog).toHaveAccessibleName(`Chuyển ${id} tới`);
  }

  /** A choice of the open menu. */
  target(name) {
    return this.dialog.getByRole("button", { name: new RegExp(`^${name}`) });
  }

  async holds(column, id) {
    await expect(this.column(column).getByRole("article").filter({ hasText: id })).toHaveCount(1);
  }
}

const counts = async (regions) => {
  const names = await regions.evaluateAll((all) => all.map((region) => region.getAttribute("aria-label")));
  return names.map((name) => Number(name.match(/\(([\d.]+)\)$/)[1]));
};
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

test("columns stand for what is chosen, and the address says so", async ({ page }) => {
  const board = new Board(page);
  await board.open("#/board?unit=toan-quoc&asof=2023-07-01");
  await expect(board.by.locator("option:checked")).toHaveText("Trạng thái và thời hạn");
  const regions = board.main.getByRole("region", { name: /\([\d.]+\)$/ });
  await expect(regions).toHaveCount(8);

  await board.by.focus();
  await board.by.selectOption("Trạng thái");
  await expect(page).toHaveURL(/by=status/);
  await expect(board.column("Chưa thực hiện", 146)).toBeVisible();
  await expect(regions).toHaveCount(3);
  await expect(board.by, "the menu that was used stays").toBeFocused();

  await board.by.selectOption("Văn bản");
  await expect(board.column("07/CT-TTg", 26)).toBeVisible();
  expect(sum(await counts(regions))).toBe(146);

  await board.by.selectOption("Tháng đến hạn");
  await expect(board.column("Tháng 6/2023")).toBeVisible();
  const names = await regions.evaluateAll((all) => all.map((region) => region.getAttribute("aria-label")));
  expect(names.at(-1)).toMatch(/^Không có thời hạn \(\d+\)$/);
  expect(sum(await counts(regions))).toBe(146);

  await board.by.selectOption("Đơn vị chủ trì");
  await expect(board.column("Bộ Công an")).toBeVisible();
  const several = Number((await board.main.getByText("có nhiều đơn vị chủ trì").textContent()).match(/^\d+/)[0]);
  expect(several).toBeGreaterThan(0);
  expect(sum(await counts(regions)), "a task of several leads is under each").toBeGreaterThanOrEqual(146 + several);

  await page.goBack();
  await expect(board.by.locator("option:checked")).toHaveText("Tháng đến hạn");
  await board.open("#/board?unit=toan-quoc&by=weather");
  await expect(regions).toHaveCount(8);
});

test("rows of columns count what they hold, and agree with the columns alone", async ({ page }) => {
  const board = new Board(page);
  await board.open("#/board?unit=toan-quoc&asof=2023-07-01");
  await expect(board.column("Chưa thực hiện, quá hạn")).toBeVisible();
  const overdue = (await counts(board.column("Chưa thực hiện, quá hạn")))[0];
  await board.rows.selectOption("Văn bản");
  await expect(page).toHaveURL(/rows=doc/);
  const row = board.main.getByRole("region", { name: "07/CT-TTg (26)" });
  await expect(row).toBeVisible();
  await expect(row.getByRole("article")).toHaveCount(26);
  expect(sum(await counts(row.getByRole("group", { name: /\([\d.]+\)$/ })))).toBe(26);
  expect(sum(await counts(board.main.getByRole("group", { name: /^Chưa thực hiện, quá hạn/ })))).toBe(overdue);
  await expect(board.rows.locator("option", { hasText: "Trạng thái và thời hạn" }), "already the columns").toHaveCount(0);
  await board.rows.selectOption("Không chia hàng");
  await expect(page).not.toHaveURL(/rows=/);
  await expect(row).toHaveCount(0);
});

test("by keyboard a card is lifted, taken to a column and dropped, and every step is said", async ({ page }) => {
  const board = new Board(page);
  await board.open(BOARD);
  const link = board.card(TASK).getByRole("link");
  await link.focus();
  await page.keyboard.press("Space");
  await expect(board.says).toHaveText(new RegExp(`^Đã nhấc ${TASK}, đang ở cột ${NOT_STARTED} \\(3 trên 8\\)`));
  await page.keyboard.press("ArrowLeft");
  await expect(board.says).toContainText("Cột Đang thực hiện, quá hạn (2 trên 8).");
  await expect(board.says).toContainText("không nhận thẻ: trong hạn hay quá hạn do thời hạn 30/06/2023 quyết định.");
  await page.keyboard.press("Space");
  await expect(board.says, "still lifted").toContainText("không nhận thẻ");
  await page.keyboard.press("Escape");
  await expect(board.says).toHaveText(`${TASK} ở lại cột ${NOT_STARTED}.`);
  await expect(link).toBeFocused();
  expect(Object.keys(await board.stored())).toHaveLength(0);

  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(board.says).toHaveText(`Cột ${IN_PROGRESS} (4 trên 8).`);
  await page.keyboard.press("Space");
  await board.holds(IN_PROGRESS, TASK);
  await expect(board.says).toHaveText(`Đã chuyển ${TASK}: Đang thực hiện.`);
  await expect(link, "the focus goes with the card").toBeFocused();
  await expect(page, "no task was opened").toHaveURL(/#\/board/);
  expect(Object.keys(await board.stored())).toHaveLength(1);

  await board.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await board.holds(NOT_STARTED, TASK);
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(board.panel).toContainText(TASK);
});

test("the menu moves a card; a completion asks for its date", async ({ page }) => {
  const board = new Board(page);
  await board.open(BOARD);
  await board.card(TASK).getByRole("link").focus();
  await page.keyboard.press("Shift+F10");
  await expect(board.dialog).toHaveAccessibleName(`Chuyển ${TASK} tới`);
  await expect(board.dialog.locator(":focus"), "the focus is inside").toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(board.dialog).toHaveCount(0);
  await expect(board.card(TASK).getByRole("link")).toBeFocused();

  await board.menu(TASK);
  const refused = board.target("Hoàn thành, quá hạn");
  await expect(refused).toBeDisabled();
  await expect(refused).toContainText("do thời hạn 30/06/2023 quyết định");
  await expect(board.target("Thường xuyên, không thời hạn")).toContainText("nhiệm vụ có thời hạn 30/06/2023");
  await expect(board.target(NOT_STARTED)).toContainText("đang ở đây");
  await board.target(ON_TIME).click();
  await expect(board.dialog).toHaveAccessibleName(`Hoàn thành ${TASK}`);
  const date = board.dialog.getByRole("textbox", { name: "Ngày hoàn thành" });
  await expect(date).toBeFocused();
  await expect(date).toHaveValue("01/05/2023");
  await board.dialog.getByRole("button", { name: "Hủy" }).click();
  await board.holds(NOT_STARTED, TASK);
  expect(Object.keys(await board.stored())).toHaveLength(0);

  await board.menu(TASK);
  await board.target(ON_TIME).click();
  await date.fill("hôm qua");
  await date.press("Enter");
  await expect(board.dialog.getByRole("alert")).toContainText("Ngày chưa đúng");
  await expect(date).toBeFocused();
  await date.fill("15/4/2023");
  await board.dialog.getByRole("button", { name: "Lưu" }).click();
  await expect(board.dialog).toHaveCount(0);
  await board.holds(ON_TIME, TASK);
  await expect(board.card(TASK)).toContainText("xong 15/04/2023");
  await expect(board.card(TASK), "completing implies all of it").toContainText("100%");
  await board.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await board.holds(NOT_STARTED, TASK);
  await expect(board.card(TASK), "one step is taken back whole").not.toContainText("100%");
});

test("a completion is asked for by the day that an extension grants", async ({ page }) => {
  const board = new Board(page);
  await board.open(`#/task/${TASK}?unit=bo-cong-an&asof=2023-05-01`);
  await board.panel.getByRole("button", { name: /^(Thêm|Thu gọn) chi tiết$/ }).click();
  await page.getByRole("textbox", { name: "Hạn mới" }).fill("31/12/2031");
  await page.getByRole("textbox", { name: "Văn bản cho phép gia hạn" }).fill("99/QĐ-TTg");
  await board.save.click();
  await expect(board.notices).toContainText("Đã lưu");
  await board.go(BOARD);
  await board.menu(TASK);
  await board.target(ON_TIME).click();
  await expect(board.dialog).toContainText("Thời hạn 31/12/2031");
});

test("columns that the plan decides take no card, but the menu still records a status", async ({ page }) => {
  const board = new Board(page);
  await board.open(`#/board?unit=bo-cong-an&asof=2023-05-01&by=topic`);
  await board.card(TASK).getByRole("link").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(board.says).toContainText("không nhận thẻ: bộ nhiệm vụ quy định điều này");
  await page.keyboard.press("Escape");
  await board.menu(TASK);
  await board.target("Đang thực hiện").click();
  await expect(board.says).toHaveText(`Đã chuyển ${TASK}: Đang thực hiện.`);
  await board.by.selectOption("Trạng thái");
  await board.holds("Đang thực hiện", TASK);
});

test("where several may be recorded for, the form asks for whom", async ({ page }) => {
  const board = new Board(page);
  // Two lead it.
  await board.open("#/board?unit=toan-quoc&by=status&q=CT05-B-46");
  await board.menu("CT05-B-46");
  await board.target("Đang thực hiện").click();
  await expect(board.panel).toContainText("CT05-B-46");
  await expect(board.says).toContainText("Chọn đơn vị trong biểu mẫu");
  await expect(board.form.getByRole("combobox", { name: "Ghi cho" })).toBeVisible();
});

/** Drags a card with the mouse to the middle of a column. */
async function drag(board, id, column) {
  const { mouse } = board.page;
  const box = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return [x + width / 2, y + Math.min(height / 2, 300)];
  };
  await mouse.move(...(await box(board.card(id))));
  await mouse.down();
  await mouse.move(...(await box(board.column(column))), { steps: 8 });
}

test("with the mouse a card is dragged; a column that refuses says why", async ({ page }) => {
  const board = new Board(page);
  await board.open(BOARD);
  await drag(board, TASK, IN_PROGRESS);
  await expect(board.says).toHaveText(`Thả để chuyển ${TASK} sang cột ${IN_PROGRESS}.`);
  await page.mouse.up();
  await board.holds(IN_PROGRESS, TASK);
  await expect(page, "a drop is no click").toHaveURL(/#\/board/);

  await drag(board, TASK, "Thường xuyên, không thời hạn");
  await page.mouse.up();
  await expect(board.says).toContainText("không nhận thẻ: nhiệm vụ có thời hạn 30/06/2023.");
  await board.holds(IN_PROGRESS, TASK);

  await drag(board, TASK, ON_TIME);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(board.dialog).toHaveCount(0);
  await board.holds(IN_PROGRESS, TASK);

  await drag(board, TASK, ON_TIME);
  await page.mouse.up();
  await board.dialog.getByRole("button", { name: "Lưu" }).click();
  await board.holds(ON_TIME, TASK);
  await board.openTask(TASK);
});

test("no text is selected under a card that is dragged", async ({ page }) => {
  const board = new Board(page);
  await board.open("#/board?unit=bo-cong-an&asof=2023-05-01");
  const { x, y, width, height } = await board.main.getByRole("listitem").first().boundingBox();
  // The edge of a card is no link, from which a browser selects nothing anyway.
  await page.mouse.move(x + width / 2, y + height - 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 2, y + height + 300, { steps: 8 });
  await expect(board.says).toContainText("không nhận thẻ");
  expect(await page.evaluate(() => getSelection().toString())).toBe("");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  // Elsewhere texts are selected as ever.
  await board.title.dblclick();
  expect(await page.evaluate(() => getSelection().toString())).not.toBe("");
});

for (const [name, viewport] of [["a desktop", null], ["a phone", PHONE]]) {
  test(`rows, the menu and the question on ${name} break no rule, light or dark`, async ({ page }) => {
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const board = new Board(page);
    const broken = async () => {
      const found = await violationsInBothThemes(page);
      const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      if (needed > given) found.push(`${needed - given} px hang over the edge`);
      return found;
    };
    await board.open("#/board?unit=bo-cong-an&asof=2023-05-01&by=status&rows=topic&q=doc:CT07");
    await expect(board.main.getByRole("article").first()).toBeVisible();
    expect.soft(await broken(), "rows").toEqual([]);
    await board.open(BOARD);
    await board.card(TASK).getByRole("link").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    expect.soft(await broken(), "a lifted card").toEqual([]);
    await page.keyboard.press("Escape");
    await board.menu(TASK);
    expect.soft(await broken(), "the menu").toEqual([]);
    await board.target(ON_TIME).click();
    await board.dialog.getByRole("textbox").fill("x");
    await board.dialog.getByRole("textbox").press("Enter");
    expect.soft(await broken(), "the question").toEqual([]);
    await board.dialog.getByRole("textbox").fill("1/5/2023");
    await board.dialog.getByRole("button", { name: "Lưu" }).click();
    await expect(board.dialog).toHaveCount(0);
    await board.holds(ON_TIME, TASK);
  });
}
