// Search and filters: what the search box offers, filters in words, saved views.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const query = (page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1] ?? "").get("q") ?? "";

/** What the search box offers. */
const offers = (page) => page.getByRole("listbox", { name: "Gợi ý bộ lọc" });
const offer = (page, name) => offers(page).getByRole("option", { name });

/** The saved views, opened by their button. */
class Views {
  constructor(page) {
    this.button = page.getByRole("button", { name: "Khung nhìn", exact: true });
    this.list = page.getByRole("list", { name: "Khung nhìn đã lưu" });
    this.name = page.getByRole("textbox", { name: /^Tên (khung nhìn|mới của )/ });
    this.save = page.getByRole("button", { name: "Lưu cách xem này" });
  }
  names() {
    return this.list.getByRole("link").allTextContents();
  }
}

test("the search box offers keys and then values, by keyboard alone", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.pressSequentially("tr");
  await expect(offer(page, "Trạng thái trangthai:")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "1 gợi ý" })).toBeAttached();
  await expect(tracker.search, "nothing is taken yet").not.toHaveAttribute("aria-activedescendant", /./);
  await tracker.search.press("ArrowDown");
  const active = await tracker.search.getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute("aria-selected", "true");
  await tracker.search.press("Enter");
  await expect(tracker.search).toHaveValue("trangthai:");
  await expect(tracker.search).toBeFocused();
  await expect(tracker.main, "it is being typed").not.toContainText("thiếu giá trị");
  await tracker.search.pressSequentially("qua h");
  await tracker.search.press("Backspace");
  await tracker.search.press("Backspace");
  await expect(offers(page).getByRole("option").first()).toHaveText(/^Quá hạn/);
  await tracker.search.press("ArrowDown");
  await tracker.search.press("ArrowDown");
  await tracker.search.press("ArrowUp");
  await tracker.search.press("Tab");
  await expect(tracker.search).toHaveValue("trangthai:overdue ");
  await expect(tracker.search, "Tab took a suggestion").toBeFocused();
  await expect(offers(page)).toBeHidden();
  await expect(tracker.main.getByRole("list", { name: "Bộ lọc đang dùng" })).toContainText("Trạng thái: Quá hạn");
  await tracker.search.press("Tab");
  await expect(tracker.search).not.toBeFocused();
});

test("Escape closes what is offered and leaves the text; Enter alone takes nothing", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.pressSequentially("co");
  await expect(offers(page)).toBeVisible();
  await tracker.search.press("Escape");
  await expect(offers(page)).toBeHidden();
  await expect(tracker.search).toHaveValue("co");
  await tracker.search.press("ArrowDown");
  await expect(offers(page)).toBeVisible();
  await tracker.search.fill("co");
  await tracker.search.press("Enter");
  await expect(offers(page)).toBeHidden();
  await expect(tracker.search).toHaveValue("co");
  await tracker.search.fill("");
  await expect(offers(page), "not before it is asked for").toBeHidden();
  await tracker.search.press("ArrowDown");
  await expect(offers(page).getByRole("option")).toHaveCount(20);
});

test("agencies are offered by name, taken by the mouse, and shown in words", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.pressSequentially('chutri:"công an');
  await offer(page, "Bộ Công an BCA").click();
  await expect(tracker.search).toHaveValue("chutri:BCA ");
  await expect(tracker.search).toBeFocused();
  await tracker.search.pressSequentially("hạn:<=30/06/2023 -có:ghichú");
  const chips = tracker.main.getByRole("list", { name: "Bộ lọc đang dùng" }).getByRole("listitem");
  await expect(chips.nth(0)).toHaveText("Chủ trì: Bộ Công an");
  await expect(chips.nth(1)).toHaveText("Hạn: đến hết 30/06/2023");
  await expect(chips.nth(2)).toHaveText("Trừ Có: Ghi chú");
  await expect(tracker.card("CT05-B-06")).toBeVisible();
  await expect(tracker.card("CT05-B-10")).toHaveCount(0);
});

test("keys of a composition belong to the input method", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.pressSequentially("vaitro:");
  await expect(offers(page).getByRole("option")).toHaveCount(2);
  await tracker.search.press("ArrowDown");
  await tracker.search.evaluate((field) => {
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }));
    }
  });
  await expect(tracker.search).toHaveValue("vaitro:");
  await tracker.search.press("Enter");
  await expect(tracker.search).toHaveValue("vaitro:lead ");
});

test("what is missing is found, and found no more once it is recorded", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await tracker.search.fill("khong:capnhat CT05-B-06");
  await expect(tracker.card("CT05-B-06")).toBeVisible();
  await tracker.openTask("CT05-B-06");
  await tracker.record({ status: "Đang thực hiện", note: "Đã họp" });
  await expect(tracker.card("CT05-B-06")).toHaveCount(0);
  await tracker.search.fill("co:ghichu thuchien:dang capnhat:>2020");
  await expect(tracker.card("CT05-B-06")).toBeVisible();
  await expect(tracker.main.getByRole("article").filter({ hasText: "CT05-" })).toHaveCount(1);
});

test("the menu of further filters begins one in the search box", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc&q=dinh%20danh");
  const more = tracker.main.getByRole("button", { name: "Thêm bộ lọc" });
  await more.press("Enter");
  await page.getByRole("button", { name: "Không có khong:" }).press("Enter");
  await expect(tracker.search).toBeFocused();
  await expect(tracker.search).toHaveValue("dinh danh khong:");
  await expect(offer(page, "Ghi chú note")).toBeAttached();
  await expect(more).toHaveAttribute("aria-expanded", "false");
  // Escape closes the menu, and the focus is where it was.
  await more.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(more).toBeFocused();
  await expect(more).toHaveAttribute("aria-expanded", "false");
});

test("Back undoes a menu or a chip, and does not go through what was typed", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.main.getByRole("combobox", { name: "Chủ đề" }).selectOption("Dữ liệu");
  await expect.poll(() => query(page)).toBe("topic:du-lieu");
  await tracker.main.getByRole("button", { name: "Bỏ lọc Chủ đề: Dữ liệu" }).click();
  await expect.poll(() => query(page)).toBe("");
  await tracker.search.pressSequentially("dinh");
  // The address follows once the letters rest.
  await expect.poll(() => query(page)).toBe("dinh");
  await page.goBack();
  await expect(tracker.search).toHaveValue("topic:du-lieu");
  await page.goBack();
  await expect(tracker.search).toHaveValue("");
  await page.goForward();
  await page.goForward();
  await expect(tracker.search).toHaveValue("dinh");
});

test("a view is saved, opened, renamed and deleted by keyboard", async ({ page }) => {
  const tracker = new Tracker(page);
  const views = new Views(page);
  await tracker.open("#/board?unit=bo-cong-an&asof=2023-07-01&q=bucket:overdue");
  await views.button.press("Enter");
  await expect(tracker.main).toContainText("Chưa lưu khung nhìn nào.");
  await views.save.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Hãy gõ một tên" })).toBeVisible();
  await expect(views.name).toBeFocused();
  await views.name.fill("Đến hạn");
  await views.name.press("Enter");
  await expect(tracker.notices).toContainText("Đã lưu khung nhìn “Đến hạn”.");
  await expect(views.name).toBeFocused();
  await expect(views.list.getByRole("link", { name: "Đến hạn" })).toHaveAttribute("aria-current", "true");

  // The list stays open while the view changes behind it.
  await tracker.open("#/board?unit=toan-quoc&q=vneid");
  await expect(views.list.getByRole("link", { name: "Đến hạn" })).not.toHaveAttribute("aria-current", "true");
  await views.name.fill("An toàn");
  await views.name.press("Enter");
  await expect.poll(() => views.names(), "in the order of the alphabet").toEqual(["An toàn", "Đến hạn"]);
  await views.list.getByRole("link", { name: "Đến hạn" }).press("Enter");
  await expect(tracker.title).toHaveText("Bảng việc");
  await expect(tracker.unit).toHaveValue("Bộ Công an");
  await expect(tracker.asof).toHaveValue("01/07/2023");
  await expect(tracker.search).toHaveValue("bucket:overdue");
  await page.goBack();
  await expect(tracker.search).toHaveValue("vneid");
  await expect(tracker.unit).toHaveValue("Toàn quốc");

  await page.reload();
  await views.button.press("Enter");
  await page.getByRole("button", { name: "Đổi tên Đến hạn" }).press("Enter");
  await expect(views.name).toHaveValue("Đến hạn");
  await views.name.fill("An toàn");
  await views.name.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "chưa dùng" }), "the name is taken").toBeVisible();
  await views.name.fill("Ăn khớp");
  await views.name.press("Enter");
  await expect.poll(() => views.names()).toEqual(["An toàn", "Ăn khớp"]);
  await page.getByRole("button", { name: "Xóa khung nhìn An toàn" }).press("Enter");
  await expect.poll(() => views.names()).toEqual(["Ăn khớp"]);
  await expect(views.name, "the button is gone").toBeFocused();
  await views.name.press("Escape");
  await expect(views.button).toBeFocused();
  await expect(views.list).toBeHidden();
});

test("views travel in files, and come in once", async ({ page, browser }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an&q=doc:CT05");
  const views = new Views(page);
  await views.button.click();
  await views.name.fill("Chỉ thị 05");
  await views.save.click();
  await tracker.follow("Dữ liệu");
  const file = await tracker.export();
  expect(JSON.parse(file.text).ext.views).toEqual([
    { name: "Chỉ thị 05", address: "#/board?q=doc:CT05&unit=bo-cong-an" },
  ]);

  const other = await elsewhere(browser);
  await other.open("#/data?unit=bo-y-te");
  await other.choose(file);
  await expect(other.preview(file.name)).toContainText("Tệp có 1 khung nhìn chưa có ở đây");
  await other.merge.click();
  await expect(other.notices).toContainText("Đã thêm 1 khung nhìn.");
  await other.choose(file);
  await expect(other.preview(file.name)).not.toContainText("khung nhìn");
  await other.merge.click();
  await other.follow("Bảng việc");
  const theirs = new Views(other.page);
  await theirs.button.click();
  await expect.poll(() => theirs.names()).toEqual(["Chỉ thị 05"]);
  await theirs.list.getByRole("link").click();
  await expect(other.search).toHaveValue("doc:CT05");
  await other.page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`on a phone too, without a fault of accessibility, ${colorScheme}`, async ({ browser }) => {
    const tracker = await elsewhere(browser, { viewport: PHONE, hasTouch: true, colorScheme });
    const { page } = tracker;
    const views = new Views(page);
    await tracker.open("#/board?unit=bo-cong-an&q=no:note%20due:%3C2024%20");
    await tracker.search.tap();
    await tracker.search.press("End");
    await tracker.search.pressSequentially("vaitro:");
    await expect(offer(page, "Chủ trì lead")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await offer(page, "Chủ trì lead").tap();
    await expect(tracker.search).toHaveValue("no:note due:<2024 vaitro:lead ");
    await views.button.tap();
    await views.name.fill("Chưa ghi chú");
    await views.save.tap();
    await expect(views.list.getByRole("link", { name: "Chưa ghi chú" })).toBeInViewport();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await tracker.main.getByRole("button", { name: "Thêm bộ lọc" }).tap();
    await expect(page.getByRole("button", { name: "Người phụ trách phutrach:" })).toBeInViewport();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
}
