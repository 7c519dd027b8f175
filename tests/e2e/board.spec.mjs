// The board: columns, filters, the view in the address, the as-of day.
import { expect, test } from "@playwright/test";
import { BUCKETS, Tracker, elsewhere } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

// The appendix of Directive 05/CT-TTg: the tasks of its body have ids of their own.
const APPENDIX = encodeURIComponent('doc:CT05 -"CT05-BODY"');

const query = (page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1] ?? "");

test("the appendix of the directive falls overdue month by month", async ({ page }) => {
  const tracker = new Tracker(page);
  for (const [asof, overdue] of [
    ["2023-02-28", 0],
    ["2023-03-31", 6],
    ["2023-04-01", 27],
    ["2023-07-01", 47],
    ["2024-01-01", 52],
  ]) {
    await tracker.open(`#/board?unit=toan-quoc&asof=${asof}&q=${APPENDIX}`);
    await expect(tracker.column("Chưa thực hiện, quá hạn", overdue), asof).toBeVisible();
    await expect(tracker.main.getByRole("article"), "all of the appendix").toHaveCount(72);
  }
});

test("a column is named by its bucket and holds as many cards as it says", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc&asof=2025-04-01");
  const names = await tracker.columns();
  expect(names.map((name) => name.replace(/ \([\d.]+\)$/, ""))).toEqual(BUCKETS);
  let sum = 0;
  for (const name of names) {
    const count = Number(name.match(/\((\d+)\)$/)[1]);
    sum += count;
    await expect(page.getByRole("region", { name }).getByRole("article")).toHaveCount(count);
  }
  expect(sum, "every task of the plan is in one column").toBe(146);
  await expect(tracker.main.getByRole("status").first()).toContainText("146 nhiệm vụ của Toàn quốc");
});

test("filter menus write the query into the address, and the address sets the menus", async ({ page }) => {
  const tracker = new Tracker(page);
  const menu = (name) => tracker.main.getByRole("combobox", { name });
  await tracker.open("#/board?unit=bo-cong-an");
  await menu("Văn bản").selectOption("05/CT-TTg");
  await menu("Vai trò").selectOption("Chủ trì");
  await menu("Chủ đề").selectOption("Định danh, xác thực");
  await menu("Loại thời hạn").selectOption("Có thời hạn");
  await menu("Trạng thái").selectOption("Chưa thực hiện, quá hạn");
  for (const [name, shown] of [
    ["Văn bản", "05/CT-TTg"],
    ["Vai trò", "Chủ trì"],
    ["Chủ đề", "Định danh, xác thực"],
    ["Loại thời hạn", "Có thời hạn"],
    ["Trạng thái", "Chưa thực hiện, quá hạn"],
  ]) {
    await expect(menu(name).locator("option:checked"), name).toHaveText(shown);
  }
  const q = query(page).get("q");
  for (const filter of ["doc:CT05", "role:lead", "topic:dinh-danh", "deadline:by"]) expect(q).toContain(filter);
  await expect(tracker.main.getByRole("article")).toHaveCount(3);
  for (const id of ["CT05-A-12", "CT05-B-06", "CT05-B-09"]) await expect(tracker.card(id)).toBeVisible();

  const chips = tracker.main.getByRole("list", { name: "Bộ lọc đang dùng" });
  // What stays is not drawn anew: a menu keeps the focus when it is used, a card its element.
  const card = await tracker.card("CT05-B-06").elementHandle();
  await menu("Loại thời hạn").focus();
  await menu("Loại thời hạn").press("ArrowUp");
  await expect(menu("Loại thời hạn").locator("option:checked")).toHaveText("Tất cả");
  await expect(menu("Loại thời hạn")).toBeFocused();
  expect(await card.evaluate((element) => element.isConnected)).toBe(true);
  await chips.getByRole("button", { name: "Bỏ lọc Chủ đề: Định danh, xác thực" }).press("Enter");
  await expect(tracker.main.getByRole("heading", { name: "Bảng việc" }), "the chip is gone").toBeFocused();
  await expect(menu("Chủ đề").locator("option:checked")).toHaveText("Tất cả");
  expect(query(page).get("q")).not.toContain("topic:");
  await menu("Văn bản").selectOption("Tất cả");
  expect(query(page).get("q")).not.toContain("doc:");
  await chips.getByRole("button", { name: "Xóa tìm kiếm và bộ lọc" }).click();
  await expect(chips).toHaveCount(0);
  expect(query(page).has("q")).toBe(false);

  await tracker.search.fill("doc:CT07");
  await expect(menu("Văn bản").locator("option:checked"), "typed in the search box").toHaveText("07/CT-TTg");
});

test("a menu never says that everything is shown while a filter holds", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  for (const [typed, menu, words] of [
    ["vanban:452/TTg-KSTT", "Văn bản", "452/TTg-KSTT"],
    ["bucket:overdue", "Trạng thái", "Quá hạn"],
    ["bucket:overdue,done", "Trạng thái", "Quá hạn, Hoàn thành"],
    ["-topic:du-lieu", "Chủ đề", /^(Không|Trừ) .*Dữ liệu$/],
  ]) {
    await tracker.search.fill(typed);
    await expect(tracker.main.getByRole("status").first(), typed).toContainText(/\d+ trong 146 nhiệm vụ/);
    const chosen = tracker.main.getByRole("combobox", { name: menu }).locator("option:checked");
    await expect(chosen, typed).toHaveText(words);
  }
});

test("a filter that narrows nothing says so by its chip, and long words stay on the page", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/tasks?unit=toan-quoc&q=${encodeURIComponent(`doc:CT05 lead:xyz ${"a".repeat(3000)}`)}`);
  const chips = tracker.main.getByRole("list", { name: "Bộ lọc đang dùng" });
  const color = (text) => chips.getByRole("listitem").filter({ hasText: text }).evaluate((chip) => getComputedStyle(chip).color);
  expect(await color("lead:xyz")).not.toBe(await color("05/CT-TTg"));
  await tracker.search.fill(`lead:${"x".repeat(3000)}`);
  await expect(tracker.main.getByRole("status").filter({ hasText: "xxx" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("words are found without diacritics, ids and abbreviations too", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.fill("bệnh án ĐIỆN TỬ");
  await expect(tracker.card("CT07-21")).toBeVisible();
  const shown = await tracker.columns();
  await tracker.search.fill("benh an dien tu");
  await expect(tracker.card("CT07-21")).toBeVisible();
  expect(await tracker.columns()).toEqual(shown);
  await tracker.search.fill("bệnh án điện tử".normalize("NFD"));
  await expect(tracker.card("CT07-21")).toBeVisible();
  expect(await tracker.columns()).toEqual(shown);
  await tracker.search.fill("CT05-B-27");
  await expect(tracker.main.getByRole("article")).toHaveCount(1);
  await tracker.search.fill("chutri:BTTTT");
  await expect(tracker.card("CT05-B-22")).toBeVisible();
  await expect(tracker.card("CT05-B-06")).toHaveCount(0);
});

test("a link shares a view: unit, query, day and language, and leaves one's own unit alone", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  const { page } = tracker;
  await tracker.open("#/board?q=deadline:by%20y%20t%E1%BA%BF&unit=bo-y-te&asof=2023-07-01&lang=en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(tracker.title).toHaveText("Board");
  await expect(page.getByRole("searchbox")).toHaveValue("deadline:by y tế");
  await expect(page.getByRole("textbox").first()).toHaveValue("01/07/2023");
  await expect(page.getByRole("combobox").first()).toHaveValue("Ministry of Health");
  await expect(tracker.card("CT05-B-10")).toBeVisible();
  await expect(tracker.card("CT05-B-11"), "an ongoing task").toHaveCount(0);

  await page.goto("about:blank");
  await tracker.open("#/board");
  await expect(tracker.title, "no unit was chosen here yet").toHaveText(/^Bạn theo dõi nhiệm vụ/);
  // Nor on any other page that lists tasks, behind an open one too, or of a unit that is none.
  for (const address of ["#/tasks", "#/timeline", "#/task/CT05-B-06", "#/tasks?unit=khong-co"]) {
    await page.goto("about:blank");
    await tracker.open(address);
    await expect(page.getByRole("heading", { name: /^Bạn theo dõi nhiệm vụ/ }), address).toBeVisible();
  }
  await tracker.chooseUnit("bca", "Bộ Công an");
  await expect(page.getByRole("grid", { name: "Danh sách" })).toBeVisible();
  await page.goto("about:blank");
  await tracker.open("#/board?unit=bo-y-te");
  await expect(tracker.unit).toHaveValue("Bộ Y tế");
  await tracker.main.getByRole("button", { name: "Về Bộ Công an" }).click();
  await expect(tracker.unit).toHaveValue("Bộ Công an");
  await page.context().close();
});

test("Back and Forward go through units, days and tasks", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await tracker.chooseUnit("bo y te", "Bộ Y tế");
  await tracker.asof.fill("01/07/2023");
  await tracker.asof.press("Enter");
  await expect(page).toHaveURL(/asof=2023-07-01/);
  await tracker.openTask("CT05-B-10");
  await expect(page).toHaveURL(/#\/task\/CT05-B-10\?/);

  await page.goBack();
  await expect(tracker.panel).toHaveCount(0);
  await expect(tracker.asof).toHaveValue("01/07/2023");
  await page.goBack();
  await expect(tracker.asof).not.toHaveValue("01/07/2023");
  await expect(tracker.unit).toHaveValue("Bộ Y tế");
  await page.goBack();
  await expect(tracker.unit).toHaveValue("Bộ Công an");
  await page.goForward();
  await expect(tracker.unit).toHaveValue("Bộ Y tế");
  await page.goForward();
  await page.goForward();
  await expect(tracker.panel).toContainText("CT05-B-10");
  await expect(tracker.asof).toHaveValue("01/07/2023");
});

test("typing a search does not fill the history", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.follow("Bảng việc");
  await tracker.search.pressSequentially("dinh danh");
  await expect(page).toHaveURL(/q=dinh%20danh/);
  await page.goBack();
  await expect(tracker.title).toHaveText("Dữ liệu");
});

test("English is one click away, is remembered, and leads back", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(tracker.title).toHaveText("Board");
  await expect(page.getByRole("heading", { level: 2, name: "Improve VNeID" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save update" })).toBeVisible();
  await page.reload();
  await expect(tracker.title).toHaveText("Board");
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await expect(tracker.title).toHaveText("Bảng việc");
  await expect(tracker.save).toBeVisible();
});

test("the as-of day takes a Vietnamese date and refuses nonsense in words", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-11-21T09:00:00+07:00"));
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await expect(tracker.asof).toHaveValue("21/11/2026");
  await tracker.asof.fill("1/7/2023");
  await tracker.asof.press("Enter");
  await expect(tracker.asof).toHaveValue("01/07/2023");
  await expect(page).toHaveURL(/asof=2023-07-01/);
  const columns = await tracker.columns();

  for (const nonsense of ["31/02/2023", "hôm qua", "07/13/2023"]) {
    await tracker.asof.fill(nonsense);
    await tracker.asof.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "Ngày chưa đúng" })).toBeVisible();
    await expect(tracker.asof).toHaveAttribute("aria-invalid", "true");
    await expect(tracker.asof, "what was typed stays to be mended").toHaveValue(nonsense);
    await expect(page).toHaveURL(/asof=2023-07-01/);
    expect(await tracker.columns()).toEqual(columns);
  }
  await page.getByRole("banner").getByRole("button", { name: "Hôm nay" }).press("Enter");
  await expect(page.getByLabel("Tính đến ngày"), "the button is gone").toBeFocused();
  await expect(tracker.asof).toHaveValue("21/11/2026");
  await expect(page).not.toHaveURL(/asof=/);
  await expect(tracker.asof, "the fault is gone with the text").not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").filter({ hasText: "Ngày chưa đúng" })).toHaveCount(0);
});

test("an empty result says what to do and offers it", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  const all = await tracker.columns();
  await tracker.search.fill("máy bay giấy");
  await expect(tracker.main).toContainText("Không có nhiệm vụ nào khớp với “máy bay giấy”.");
  await tracker.main.getByRole("button", { name: "Xóa tìm kiếm và bộ lọc" }).press("Enter");
  await expect(tracker.search).toHaveValue("");
  await expect(tracker.main.getByRole("heading", { name: "Bảng việc" }), "the button is gone").toBeFocused();
  expect(await tracker.columns()).toEqual(all);
});

test("a filter that cannot be read is named, and the rest still holds", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=toan-quoc");
  await tracker.search.fill("doc:CT07 mau:xanh");
  await expect(tracker.main).toContainText("“mau:xanh”: không có bộ lọc tên “mau”.");
  await expect(tracker.main.getByRole("article")).toHaveCount(26);
  await tracker.search.fill("lead:khongcodonvi");
  await expect(tracker.main).toContainText("không có mục nào tên “khongcodonvi”");
  await tracker.search.fill("due:thang-ba");
  await expect(tracker.main).toContainText("“thang-ba” không phải là ngày hay khoảng ngày");
});

test("an address that leads nowhere says so and leads back", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/khong-co?unit=bo-cong-an");
  await expect(tracker.title).toHaveText("Không có trang này");
  await expect(tracker.main).toContainText("“khong-co”");
  await tracker.main.getByRole("link", { name: "Mở bảng việc" }).click();
  await expect(tracker.title).toHaveText("Bảng việc");
});

test("every link of the navigation opens the page of its name", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  const links = page.getByRole("navigation").getByRole("link");
  const names = await links.allTextContents();
  expect(names).toEqual(expect.arrayContaining(["Bảng việc", "Dữ liệu"]));
  for (const name of names) {
    await tracker.follow(name);
    await expect(page.getByRole("navigation").getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle(`${name} · Tiến độ 06`);
  }
});
