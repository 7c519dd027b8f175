// A plan of thousands of tasks: the board draws only the cards near the screen, and nothing that is out
// of sight is lost by that.
import { expect, test } from "@playwright/test";
import { makePlan } from "../../bench/plan.mjs";
import { Tracker } from "./app.mjs";

const TASKS = 3000;

/** A tracker with a long plan open, on the board. */
async function longBoard(page, tasks = TASKS) {
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=toan-quoc");
  const buffer = Buffer.from(JSON.stringify(makePlan(tasks)), "utf8");
  await page.getByLabel("Mở bộ nhiệm vụ khác").setInputFiles({ name: "dai.json", mimeType: "application/json", buffer });
  await expect(tracker.notices).toContainText("Đã mở bộ nhiệm vụ");
  await tracker.open("#/board?unit=toan-quoc&asof=2026-11-21");
  const column = page.getByRole("region", { name: /^Chưa thực hiện, quá hạn/ });
  const list = column.getByRole("list");
  const card = (place) => list.locator(`[role=listitem][aria-posinset="${place}"]`);
  /** Scrolls to an end of the column, as far as it goes: what is not drawn yet has an estimated height. */
  const scrollTo = (end) =>
    expect.poll(() => list.evaluate((element, last) => {
      element.scrollTop = last ? element.scrollHeight : 0;
      return Math.round(last ? element.scrollHeight - element.clientHeight - element.scrollTop : element.scrollTop);
    }, end === "last")).toBeLessThan(2);
  return { tracker, column, list, card, scrollTo };
}

test("a long column is drawn near the screen, wherever it is scrolled to", async ({ page }) => {
  const { tracker, list, card, scrollTo } = await longBoard(page);
  await expect(card(1)).toBeInViewport();
  const size = Number(await card(1).getAttribute("aria-setsize"));
  expect(size).toBeGreaterThan(200);
  expect(await tracker.main.getByRole("article").count(), "of 3,000").toBeLessThan(200);
  await expect(card(size)).toHaveCount(0);
  await expect(async () => {
    await scrollTo("last");
    await expect(card(size)).toBeInViewport({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await expect(card(1), "out of sight").toHaveCount(0);
  await expect(list.getByRole("listitem").first()).not.toHaveAttribute("aria-posinset", "1");
  await scrollTo("first");
  await expect(card(1)).toBeInViewport();
  await expect(card(size)).toHaveCount(0);
});

test("a lifted card keeps the focus while its column is scrolled far away", async ({ page }) => {
  const { tracker, card, scrollTo } = await longBoard(page);
  const link = card(2).getByRole("link");
  await link.focus();
  await page.keyboard.press("Space");
  await scrollTo("last");
  await expect(card(1), "drawn with it").toHaveCount(1);
  await expect(link).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tracker.main.getByText(/ở lại cột Chưa thực hiện, quá hạn\.$/)).toBeVisible();
  await expect(link, "put back, it has the focus still").toBeFocused();
  await page.keyboard.press("j");
  await expect(card(3).getByRole("link"), "the next of the list, wherever that is").toBeFocused();
  await expect(card(3)).toBeInViewport();
});

test("a search narrows a long board to what was found, each card once", async ({ page }) => {
  const { tracker, list, card } = await longBoard(page);
  const before = Number(await card(1).getAttribute("aria-setsize"));
  await tracker.search.fill("du lieu");
  await expect.poll(async () => Number(await card(1).getAttribute("aria-setsize"))).toBeLessThan(before / 2);
  await expect(list.getByRole("article").first().locator("mark").first()).toHaveText(/^dữ$/i);
  const places = await list.getByRole("listitem").evaluateAll((items) => items.map((item) => Number(item.getAttribute("aria-posinset"))));
  expect(places).toEqual(places.map((_, at) => at + 1));
  await tracker.search.fill("");
  await expect.poll(async () => Number(await card(1).getAttribute("aria-setsize"))).toBe(before);
});

/** How many pages a PDF has. */
const pagesOf = (pdf) => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g).length;

test("on paper a long board is whole, and on screen it goes on where it was", async ({ page }) => {
  const tasks = 600;
  const { tracker, card, scrollTo } = await longBoard(page, tasks);
  await expect(card(1)).toBeInViewport();
  const last = card(await card(1).getAttribute("aria-setsize"));
  const toLast = () => expect(async () => {
    await scrollTo("last");
    await expect(last).toBeInViewport({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  const cards = tracker.main.getByRole("article");
  await page.emulateMedia({ media: "print" });
  await expect(cards.and(page.locator(":visible"))).toHaveCount(tasks);
  await page.emulateMedia({ media: "screen" });
  await expect.poll(() => cards.count(), "only those near the screen").toBeLessThan(100);
  await toLast();
  expect(pagesOf(await page.pdf()), "600 cards").toBeGreaterThan(30);
  await expect.poll(() => cards.count()).toBeLessThan(100);
  await expect(last).toBeInViewport();
});
