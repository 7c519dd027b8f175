// The agencies: their numbers and the tasks behind them, the matrix, one agency and its history.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const DAY = "2026-11-21";

/** The row of an agency in the table. */
const row = (tracker, name) =>
  tracker.main
    .getByRole("row")
    .filter({ has: tracker.page.getByRole("rowheader").getByRole("link", { name, exact: true }) });

/** The link of a number: "23 · BCA · Chủ trì đích danh". */
const number = (tracker, agency, column) =>
  row(tracker, agency).getByRole("link", { name: new RegExp(` · ${column}$`) });

/** Follows a number, and looks whether as many tasks are listed as it says. */
async function follow(tracker, agency, column) {
  const link = number(tracker, agency, column);
  const count = (await link.textContent()).trim();
  await link.click();
  await expect(tracker.title).not.toHaveText("Đơn vị");
  await expect(tracker.main.getByRole("status").first()).toHaveText(new RegExp(`^${count} (trong|nhiệm vụ)`));
  return Number(count);
}

test("every agency stands in its group, by the Vietnamese alphabet, with its numbers", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies?unit=bo-cong-an&asof=${DAY}`);
  await expect(tracker.main.getByRole("status").first()).toHaveText("150 đơn vị, tính đến 21/11/2026");
  await expect(tracker.main.getByRole("columnheader")).toHaveText([
    "Đơn vị",
    "Chủ trì đích danh",
    "Phối hợp đích danh",
    "Theo nhóm",
    "Kế thừa",
    "Tổng",
    "Quá hạn",
  ]);
  const names = await tracker.main.getByRole("rowheader").allTextContents();
  const groups = [
    "Bộ, cơ quan ngang bộ",
    "Cơ quan thuộc Chính phủ",
    "Tỉnh, thành phố",
    "Đơn vị khác",
    "Nhóm đơn vị",
    "Đơn vị đã kết thúc hoạt động",
  ];
  expect(names.filter((name) => groups.includes(name))).toEqual(groups);
  const ministries = names.slice(1, names.indexOf(groups[1])).map((name) => name.trim());
  expect(ministries).toHaveLength(17);
  expect(ministries.slice(0, 3)).toEqual(["Bộ Công an BCA", "Bộ Công Thương BCT", "Bộ Dân tộc và Tôn giáo BDTTG"]);
  expect(names.at(-1).trim()).toMatch(/đến hết 12\/03\/2025$/);

  // The parts are the whole.
  const cells = await row(tracker, "Bộ Công an").getByRole("cell").allTextContents();
  const [lead, coordinator, collective, inherited, total, overdue] = cells.map(Number);
  expect(lead + coordinator + collective + inherited).toBe(total);
  expect([lead, overdue].every((n) => n > 0 && n < total)).toBe(true);

  // A zero is a number and no link.
  const zero = row(tracker, "Bộ Ngoại giao").getByRole("cell").first();
  await expect(zero).toHaveText("0");
  await expect(zero.getByRole("link")).toHaveCount(0);
});

test("a number leads to exactly its tasks", async ({ page }) => {
  const tracker = new Tracker(page);
  const list = `#/agencies?unit=bo-cong-an&asof=${DAY}`;
  await tracker.open(list);
  const total = await follow(tracker, "Bộ Y tế", "Tổng");
  expect(total).toBeGreaterThan(50);
  await expect(tracker.unit).toHaveValue("Bộ Y tế");
  await page.goBack();
  const overdue = await follow(tracker, "Bộ Y tế", "Quá hạn");
  await expect(tracker.main.getByRole("status").first()).toContainText(`${overdue} quá hạn`);
  await page.goBack();
  // A collective's tasks are those of the country that name it.
  await follow(tracker, "Các bộ, ngành, địa phương", "Chủ trì đích danh");
  await expect(tracker.unit).toHaveValue("Toàn quốc");
  await page.goBack();
  await follow(tracker, "Bộ Thông tin và Truyền thông", "Tổng");
  await page.goBack();
  for (const column of ["Chủ trì đích danh", "Phối hợp đích danh", "Theo nhóm", "Kế thừa"]) {
    await follow(tracker, "Bộ Công an", column);
    await page.goBack();
    await expect(tracker.title).toHaveText("Đơn vị");
  }
});

test("the list narrows by a name or short form, without diacritics", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies?unit=bo-cong-an&asof=${DAY}`);
  const find = tracker.main.getByRole("searchbox", { name: "Tìm đơn vị" });
  const sum = tracker.main.getByRole("status").first();
  await find.fill("thong tin va truyen");
  await expect(sum).toContainText("1 đơn vị");
  await expect(row(tracker, "Bộ Thông tin và Truyền thông")).toBeVisible();
  await find.fill("bttTT");
  await expect(sum).toContainText("1 đơn vị");
  await find.fill("vinh long");
  await expect(sum, "the old one and the new one").toContainText("2 đơn vị");
  await expect(find).toBeFocused();
  await find.fill("khong co don vi nay");
  await expect(tracker.main).toContainText("Không có đơn vị nào khớp.");
  await expect(tracker.main.getByRole("table")).toBeHidden();
  await find.fill("");
  await expect(sum).toContainText("150 đơn vị");
});

test("the as-of day says which agencies there are", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/agencies?unit=bo-cong-an&asof=2025-02-28");
  await expect(row(tracker, "Bộ Nông nghiệp và Môi trường")).toHaveCount(0);
  await expect(tracker.main.getByRole("rowheader", { name: "Đơn vị đã kết thúc hoạt động" })).toBeHidden();
  await tracker.asof.fill("01/03/2025");
  await tracker.asof.press("Enter");
  await expect(row(tracker, "Bộ Nông nghiệp và Môi trường")).toBeVisible();
  await expect(row(tracker, "Bộ Thông tin và Truyền thông")).toContainText("đến hết 28/02/2025");
});

test("the matrix adds up, and a cell leads to its tasks", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies?unit=bo-cong-an&asof=${DAY}`);
  const menu = (name) => tracker.main.getByRole("combobox", { name });
  await expect(menu("Vai trò"), "a matter of matrices").toHaveCount(0);
  for (const [axis, key, columns] of [
    ["Chủ đề", "topic", 9],
    ["Văn bản", "doc", 4],
    ["Trạng thái", "bucket", 8],
  ]) {
    await menu("Đếm theo").selectOption(axis);
    await expect(page).toHaveURL(new RegExp(`matrix=${key}(&|$)`));
    await expect(tracker.main.getByRole("columnheader")).toHaveCount(columns + 2);
    const numbers = await tracker.main.getByRole("row").evaluateAll((rows) =>
      rows
        .map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent.replace(".", ""))))
        .filter((cells) => cells.length > 0),
    );
    const sum = (all) => all.reduce((a, b) => a + b, 0);
    for (const cells of numbers) expect(sum(cells.slice(0, -1))).toBe(cells.at(-1));
    const foot = numbers.pop();
    expect(numbers.length).toBeGreaterThan(20);
    expect(foot).toEqual(foot.map((_, at) => sum(numbers.map((cells) => cells[at]))));
  }
  await follow(tracker, "Bộ Công an", "Chưa thực hiện, quá hạn");
  await page.goBack();
  await expect(menu("Đếm theo").locator("option:checked")).toHaveText("Trạng thái");

  await menu("Đếm theo").selectOption("Chủ đề");
  await expect(row(tracker, "Bộ Ngoại giao"), "named by nothing").toHaveCount(0);
  await menu("Đơn vị").selectOption("Tất cả");
  await expect(row(tracker, "Bộ Ngoại giao")).toBeVisible();
  const all = Number(await number(tracker, "Bộ Công an", "Dữ liệu").textContent());
  await menu("Vai trò").selectOption("Chủ trì");
  await expect(page).toHaveURL(/matrix=topic%2Call%2Clead|matrix=topic,all,lead/);
  await expect(number(tracker, "Bộ Công an", "Dữ liệu")).not.toHaveText(String(all));
  expect(await follow(tracker, "Bộ Công an", "Dữ liệu")).toBeLessThan(all);
});

test("a ministry that was split says who took over what, and who answers now", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies?unit=bo-cong-an&asof=${DAY}`);
  await row(tracker, "Bộ Thông tin và Truyền thông").getByRole("rowheader").getByRole("link").click();
  await expect(tracker.title).toHaveText("Bộ Thông tin và Truyền thông");
  await expect(page).toHaveTitle("Bộ Thông tin và Truyền thông · Tiến độ 06");
  await expect(tracker.main).toContainText("Đơn vị đã kết thúc hoạt động.");
  await expect(tracker.main).toContainText("Đến hết 28/02/2025");
  const history = tracker.main.getByRole("region", { name: "Lịch sử" }).getByRole("listitem");
  await expect(history).toHaveCount(4);
  await expect(history.nth(3)).toHaveText("01/03/2025 Chuyển sang Bộ Công an: an toàn thông tin mạng.");
  const leads = tracker.main.getByRole("region", { name: /^Chủ trì \(/ });
  const owed = leads.getByRole("listitem").filter({ hasText: "CT05-B-22" });
  await expect(owed).toContainText("(nay là Bộ Khoa học và Công nghệ)");

  await history.first().getByRole("link", { name: "Bộ Khoa học và Công nghệ" }).click();
  await expect(tracker.title).toHaveText("Bộ Khoa học và Công nghệ");
  await expect(tracker.title).toBeFocused();
  await expect(history).toHaveCount(2);
  await expect(history.first()).toHaveText(/^01\/03\/2025 Nhận từ Bộ Thông tin và Truyền thông: chuyển đổi số/);
  await expect(leads.getByRole("heading", { name: /^Kế thừa từ Bộ Thông tin và Truyền thông \(\d+\)$/ })).toBeVisible();
  const suggested = /^Có thể kế thừa từ Bộ Thông tin và Truyền thông: gợi ý, chưa được xác nhận \(\d+\)$/;
  await expect(leads.getByRole("heading", { name: suggested })).toBeVisible();

  // On the day before there was nothing to inherit.
  await tracker.asof.fill("28/02/2025");
  await tracker.asof.press("Enter");
  await expect(leads.getByRole("heading", { name: /ế thừa từ/ })).toHaveCount(0);
});

test("a merged province tells its merger from either side", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies/ubnd-bac-giang?unit=bo-cong-an&asof=${DAY}`);
  const history = tracker.main.getByRole("region", { name: "Lịch sử" }).getByRole("listitem");
  await expect(history).toHaveText([
    "01/07/2025 Nhập cùng Ủy ban nhân dân tỉnh Bắc Ninh thành Ủy ban nhân dân tỉnh Bắc Ninh.",
  ]);
  await history.getByRole("link").last().click();
  await expect(tracker.title).toHaveText("Ủy ban nhân dân thành phố Bắc Ninh");
  await expect(history).toHaveText([
    /^01\/07\/2025 Thành lập trên cơ sở nhập Ủy ban nhân dân tỉnh Bắc Giang, Ủy ban nhân dân tỉnh Bắc Ninh \(cũ\)\.$/,
    "20/09/2026 Đổi tên thành Ủy ban nhân dân thành phố Bắc Ninh.",
  ]);
});

test("a task opens beside its agency, and what is recorded there shows at once", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/agencies/bo-cong-an?unit=bo-cong-an&asof=${DAY}`);
  const leads = tracker.main.getByRole("region", { name: /^Chủ trì \(/ });
  const task = leads.getByRole("listitem").filter({ hasText: "CT05-B-06" });
  await expect(task).toContainText("Chưa thực hiện, quá hạn");
  await task.getByRole("link").click();
  await expect(tracker.panel).toContainText("CT05-B-06");
  await expect(tracker.title, "the page stays").toHaveText("Bộ Công an");
  await tracker.record({ status: "Hoàn thành", doneOn: "01/06/2023" });
  await expect(task).toContainText("Hoàn thành, đúng hạn");
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(tracker.panel).toHaveCount(0);
  await expect(page).toHaveURL(/#\/agencies\/bo-cong-an\?/);
  await leads.getByRole("link", { name: "Mở trong danh sách" }).click();
  await expect(tracker.main.getByRole("status").first()).toContainText(/^\d+ trong 99 nhiệm vụ của Bộ Công an/);
});

test("who coordinates sees whose lead is late", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/agencies/bo-cong-an?unit=bo-cong-an&asof=2023-01-01");
  const coordinates = tracker.main.getByRole("region", { name: /^Phối hợp \(/ });
  await expect(coordinates).toBeVisible();
  await expect(coordinates, "nothing has fallen due").not.toContainText("Chậm:");
  await tracker.asof.fill("01/07/2023");
  await tracker.asof.press("Enter");
  await expect(coordinates).toContainText(/\d+ nhiệm vụ có đơn vị chủ trì chậm\./);
  const late = coordinates.getByRole("listitem").filter({ hasText: "Chậm: " });
  const said = (await coordinates.textContent()).match(/(\d+) nhiệm vụ có đơn vị chủ trì chậm/)[1];
  await expect(late).toHaveCount(Number(said));
});

test("a collective names its members on the day, or says that nobody is named", async ({ page }) => {
  const tracker = new Tracker(page);
  const members = tracker.main.getByRole("region", { name: /^Thành viên vào ngày/ });
  await tracker.open("#/agencies/nhom-ubnd-tinh?unit=bo-cong-an&asof=2025-06-30");
  await expect(members.getByRole("listitem")).toHaveCount(63);
  await tracker.asof.fill("01/07/2025");
  await tracker.asof.press("Enter");
  await expect(members.getByRole("listitem")).toHaveCount(34);
  await members.getByRole("link", { name: "Ủy ban nhân dân thành phố Hà Nội" }).click();
  await expect(tracker.title).toHaveText("Ủy ban nhân dân thành phố Hà Nội");
  await page.goto("about:blank");
  await tracker.open(`#/agencies/nhom-co-quan-lien-quan?unit=bo-cong-an&asof=${DAY}`);
  await expect(members).toContainText("Văn bản không nêu tên đơn vị nào");
  await expect(members.getByRole("listitem")).toHaveCount(0);
});

test("an agency that the plan does not know is said so, with the way back", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/agencies/khong-co?unit=bo-cong-an");
  await expect(tracker.title).toHaveText("Đơn vị không có trong bộ nhiệm vụ (khong-co)");
  await tracker.main.getByRole("link", { name: "Xem mọi đơn vị" }).click();
  await expect(tracker.title).toHaveText("Đơn vị");
});

for (const [colorScheme, viewport] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", PHONE],
]) {
  test(`the rules of accessibility hold, ${colorScheme}, ${viewport.width} px wide`, async ({ browser }) => {
    // Thousands of elements, each asked about every rule.
    test.setTimeout(300_000);
    const tracker = await elsewhere(browser, { viewport, colorScheme });
    const { page } = tracker;
    for (const address of ["", "?matrix=bucket", "/bo-tttt", "/nhom-ubnd-tinh"]) {
      await page.goto("about:blank");
      const [path, options] = address.split("?");
      await tracker.open(`#/agencies${path}?unit=bo-cong-an&asof=${DAY}&${options ?? ""}`);
      // All kinds of rows, but not all of each: every element is looked at.
      if (path === "") await tracker.main.getByRole("searchbox").fill("nam");
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await violations(page), address).toEqual([]);
    }
    await page.context().close();
  });
}

test("on a phone every number has its name, and the matrix keeps the agency in sight", async ({ browser }) => {
  const tracker = await elsewhere(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
  await tracker.open(`#/agencies?unit=bo-cong-an&asof=${DAY}`);
  const cell = row(tracker, "Bộ Công an").getByRole("cell").first();
  await expect(cell).toBeInViewport({ ratio: 1 });
  await expect(cell.getByRole("link")).toHaveAccessibleName(/^\d+ · BCA · Chủ trì đích danh$/);
  const last = row(tracker, "Bộ Công an").getByRole("cell").last();
  await expect(last, "no sideways scrolling").toBeInViewport({ ratio: 1 });
  await tracker.main.getByRole("combobox", { name: "Đếm theo" }).selectOption("Văn bản");
  await expect(last, "more columns than the screen holds").not.toBeInViewport();
  const header = row(tracker, "Bộ Công an").getByRole("rowheader");
  await expect(header).toBeInViewport();
  await row(tracker, "Bộ Công an").getByRole("cell").last().scrollIntoViewIfNeeded();
  await expect(header, "stays while the numbers scroll").toBeInViewport();
  expect(await follow(tracker, "Bộ Công an", "Tổng")).toBe(99);
  await tracker.page.context().close();
});
