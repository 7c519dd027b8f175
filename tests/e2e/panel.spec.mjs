// The task panel in full: further details, what stands, the way through the list, undo and redo.
import { expect, test } from "@playwright/test";
import { Tracker, sealed } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const TASK = "CT05-B-06";

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-11-21T09:00:00+07:00"));
});

/** A tracker with the task open. */
async function opened(page, id = TASK, more = "") {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/${id}?unit=bo-cong-an${more}`);
  await expect(tracker.panel).toContainText(id);
  return tracker;
}

const details = (tracker) => tracker.form.getByRole("button", { name: /^(Thêm|Thu gọn) chi tiết$/ });
const field = (tracker, name) => tracker.form.getByLabel(name, { exact: true });
const bottleneck = (tracker) => tracker.form.getByRole("combobox", { name: "Điểm nghẽn" });
const rating = (tracker, name) =>
  tracker.form.getByRole("radiogroup", { name: "Tự đánh giá" }).getByRole("radio", { name });
const kept = (tracker) =>
  tracker.panel.getByRole("region", { name: "Ghi chú, minh chứng, nhận xét" }).getByRole("listitem");
const back = (tracker) => tracker.page.getByRole("banner").getByRole("button", { name: /hoàn tác/i });
const forth = (tracker) => tracker.page.getByRole("banner").getByRole("button", { name: /làm lại/i });

/** Fills in every detail, and saves. */
async function recordDetails(tracker) {
  await details(tracker).click();
  await field(tracker, "Ngày dự kiến hoàn thành").fill("31/12/2026");
  await field(tracker, "Người phụ trách").fill("Phòng Quản lý hành chính");
  await field(tracker, "Hạn mới").fill("31/3/2027");
  await field(tracker, "Văn bản cho phép gia hạn").fill("123/NQ-CP");
  await bottleneck(tracker).selectOption({ label: "Hệ thống, cơ sở dữ liệu rời rạc, thiếu đồng bộ, chưa bảo đảm an toàn" });
  await field(tracker, "Nội dung vướng mắc").fill("Chưa kết nối");
  await rating(tracker, "Vàng").check();
  await field(tracker, "Lý do đánh giá").fill("Thiếu kinh phí");
  await field(tracker, "Minh chứng").fill("https://example.org/bao-cao\n12/BC-BCA\njavascript:alert(1)");
  await tracker.save.click();
  await expect(tracker.history.filter({ hasText: "Minh chứng: 12/BC-BCA" })).toHaveCount(1);
}

test("every detail is recorded, stored, and seen again", async ({ page }) => {
  const tracker = await opened(page);
  await expect(field(tracker, "Người phụ trách"), "out of the way until wanted").toHaveCount(0);
  await recordDetails(tracker);
  await page.reload();
  await expect(details(tracker), "opens itself").toHaveAttribute("aria-expanded", "true");
  await expect(field(tracker, "Ngày dự kiến hoàn thành")).toHaveValue("31/12/2026");
  await expect(field(tracker, "Người phụ trách")).toHaveValue("Phòng Quản lý hành chính");
  await expect(field(tracker, "Hạn mới")).toHaveValue("31/03/2027");
  await expect(field(tracker, "Văn bản cho phép gia hạn")).toHaveValue("123/NQ-CP");
  await expect(bottleneck(tracker)).toHaveValue("BN-1");
  await expect(field(tracker, "Nội dung vướng mắc")).toHaveValue("Chưa kết nối");
  await expect(rating(tracker, "Vàng")).toBeChecked();
  await expect(field(tracker, "Lý do đánh giá")).toHaveValue("Thiếu kinh phí");
  await expect(field(tracker, "Minh chứng"), "adds up, so it starts empty").toHaveValue("");
  for (const said of [
    "Ngày dự kiến hoàn thành: 31/12/2026",
    "Gia hạn: đến 31/03/2027, theo 123/NQ-CP",
    "chưa bảo đảm an toàn (Chưa kết nối)",
    "Tự đánh giá: Vàng (Thiếu kinh phí)",
    "Người phụ trách: Phòng Quản lý hành chính",
  ]) {
    await expect(tracker.history.filter({ hasText: said })).toHaveCount(1);
  }
  await expect(tracker.column("Chưa thực hiện, trong hạn", 1), "the extension counts").toContainText(TASK);
  await expect(tracker.panel).toContainText("gia hạn đến 31/03/2027");

  const before = Object.keys(await tracker.stored()).length;
  await tracker.save.click();
  await expect(tracker.notices).toContainText("Chưa có gì mới để lưu.");
  await field(tracker, "Hạn mới").fill("30/06/2027");
  await rating(tracker, "Xanh").check();
  await field(tracker, "Lý do đánh giá").fill("");
  await field(tracker, "Người phụ trách").fill("");
  await tracker.save.click();
  const changed = tracker.history.filter({ hasText: "→" });
  await expect(changed).toHaveCount(3);
  await expect(changed.filter({ hasText: "đến 31/03/2027, theo 123/NQ-CP → đến 30/06/2027, theo 123/NQ-CP" })).toHaveCount(1);
  await expect(changed.filter({ hasText: "Vàng (Thiếu kinh phí) → Xanh" })).toHaveCount(1);
  await expect(changed.filter({ hasText: "Phòng Quản lý hành chính → để trống" })).toHaveCount(1);
  expect(Object.keys(await tracker.stored())).toHaveLength(before + 3);
});

test("a blocker shows on the card and goes when it is over", async ({ page }) => {
  const tracker = await opened(page);
  await details(tracker).click();
  await expect(field(tracker, "Ngày dự kiến hoàn thành"), "the details stand above the button").toBeFocused();
  await bottleneck(tracker).selectOption("BN-1");
  await tracker.save.click();
  await expect(tracker.card(TASK)).toContainText("vướng mắc");
  await tracker.form.getByRole("button", { name: "Đã hết vướng mắc" }).click();
  await expect(bottleneck(tracker), "the button is gone").toBeFocused();
  await tracker.save.click();
  await expect(tracker.card(TASK)).not.toContainText("vướng mắc");
  await expect(tracker.history.first()).toContainText("chưa bảo đảm an toàn → để trống");
});

test("who works on one task is offered at the next, and in the search box", async ({ page }) => {
  const tracker = await opened(page);
  await details(tracker).click();
  await field(tracker, "Người phụ trách").fill("Phòng Quản lý hành chính");
  await tracker.save.click();
  await expect(tracker.notices).toContainText("Đã lưu");
  await tracker.open("#/task/CT05-B-03?unit=bo-cong-an");
  await expect(tracker.panel).toContainText("CT05-B-03");
  await details(tracker).click();
  const assignee = tracker.form.getByRole("combobox", { name: "Người phụ trách" });
  await expect(assignee).toHaveValue("");
  // What the browser offers is not part of the page: asked of the field itself.
  expect(await assignee.evaluate((input) => [...input.list.options].map((option) => option.value))).toEqual(["Phòng Quản lý hành chính"]);
  await tracker.search.fill("");
  await tracker.search.pressSequentially("phutrach:quan");
  const offered = page.getByRole("option", { name: /Phòng Quản lý hành chính/ });
  await offered.click();
  await expect(tracker.search).toHaveValue('phutrach:"Phòng Quản lý hành chính" ');
  await expect(tracker.card(TASK)).toBeVisible();
});

test("a task without a due date has none to extend", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-02");
  await details(tracker).click();
  await expect(field(tracker, "Người phụ trách")).toBeVisible();
  await expect(field(tracker, "Hạn mới")).toHaveCount(0);
});

for (const [name, fill, at, words] of [
  ["a new due date without its document", { "Hạn mới": "31/12/2026" }, "Văn bản cho phép gia hạn", "Nêu văn bản cho phép gia hạn"],
  ["an extension to an earlier day", { "Hạn mới": "31/12/2002", "Văn bản cho phép gia hạn": "123/NQ-CP" }, "Hạn mới", "Hạn trong văn bản: \\d\\d/\\d\\d/2023.*phải sau hạn trong văn bản"],
  ["a document without a new due date", { "Văn bản cho phép gia hạn": "123/NQ-CP" }, "Hạn mới", "Nhập hạn mới"],
  ["a forecast that is no date", { "Ngày dự kiến hoàn thành": "cuối năm" }, "Ngày dự kiến hoàn thành", "Ngày chưa đúng"],
  ["red without a reason", {}, "Lý do đánh giá", "Nêu lý do khi tự đánh giá vàng hoặc đỏ"],
]) {
  test(`${name} is refused at its field, and nothing is saved`, async ({ page }) => {
    const tracker = await opened(page);
    await details(tracker).click();
    for (const [label, text] of Object.entries(fill)) await field(tracker, label).fill(text);
    if (Object.keys(fill).length === 0) await rating(tracker, "Đỏ").check();
    await details(tracker).click();
    await expect(field(tracker, "Người phụ trách"), "closed").toHaveCount(0);
    await tracker.save.click();
    const faulty = field(tracker, at);
    await expect(faulty, "open again, at the fault").toBeFocused();
    await expect(faulty).toHaveAttribute("aria-invalid", "true");
    await expect(faulty).toHaveAccessibleDescription(new RegExp(words));
    expect(await tracker.stored()).toEqual({});
    await faulty.fill(at.startsWith("Văn bản") ? "123/NQ-CP" : "31/12/2026");
    await expect(faulty, "mended").not.toHaveAttribute("aria-invalid", "true");
    await tracker.save.click();
    await expect(tracker.notices).toContainText("Đã lưu cập nhật");
  });
}

test("evidence is a safe link or a text, and can be retracted and brought back", async ({ page }) => {
  const tracker = await opened(page);
  await recordDetails(tracker);
  const link = kept(tracker).getByRole("link");
  await expect(link, "a script is no address").toHaveCount(1);
  await expect(link).toHaveAttribute("href", "https://example.org/bao-cao");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(kept(tracker).filter({ hasText: "javascript:alert(1)" })).toHaveCount(1);
  await expect(kept(tracker)).toHaveCount(3);
  await kept(tracker).filter({ hasText: "12/BC-BCA" }).getByRole("button", { name: "Rút lại" }).press("Enter");
  await expect(kept(tracker)).toHaveCount(2);
  await expect(tracker.panel.getByRole("heading", { name: "Ghi chú, minh chứng, nhận xét" })).toBeFocused();
  const retraction = tracker.history.filter({ hasText: "Minh chứng được rút lại: 12/BC-BCA" });
  await retraction.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(kept(tracker)).toHaveCount(3);
  await expect(tracker.history.first()).toContainText("Minh chứng được khôi phục: 12/BC-BCA");
});

test("notes stand with who and when, one by one, until the last is retracted", async ({ page }) => {
  const tracker = await opened(page);
  await tracker.record({ note: "Họp lần một" });
  await tracker.record({ note: "Họp lần hai" });
  await expect(kept(tracker)).toHaveText([/Họp lần hai/, /Họp lần một/]);
  await expect(kept(tracker).first()).toContainText("21/11/2026 09:00 · Chưa ghi tên · Bộ Công an");
  await expect(tracker.card(TASK)).toContainText("2 ghi chú");
  await kept(tracker).first().getByRole("button", { name: "Rút lại" }).click();
  await expect(kept(tracker)).toHaveText([/Họp lần một/]);
  await expect(tracker.card(TASK)).toContainText("1 ghi chú");
  await kept(tracker).first().getByRole("button", { name: "Rút lại" }).click();
  await expect(kept(tracker)).toHaveCount(0);
  await expect(tracker.panel.getByRole("heading", { name: "Ghi chú, minh chứng, nhận xét" })).toBeFocused();
});

test("a reviewer's rating and an unsafe link from a file are shown as what they are", async ({ page }) => {
  const tracker = await opened(page);
  await tracker.record({ note: "mẫu" });
  await tracker.follow("Dữ liệu");
  const file = JSON.parse((await tracker.export()).text);
  const [event] = file.events;
  const other = (seq, field, value) => ({ ...event, replica: "noi-khac", seq, field, value, parents: [], author: "Vụ A" });
  const events = [
    other(1, "reviewer_rating", { rating: "red", comment: "Chậm so với kế hoạch" }),
    other(2, "evidence", { link: "javascript:alert(1)" }),
  ];
  await tracker.choose({ name: "khac.json", text: sealed({ ...file, replica: "noi-khac", events }) });
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 2 cập nhật");
  await opened(page);
  await expect(kept(tracker).first()).toContainText("Đánh giá của người duyệt");
  await expect(kept(tracker).first()).toContainText("Đỏ (Chậm so với kế hoạch)");
  await expect(kept(tracker).first()).toContainText("Vụ A");
  await expect(kept(tracker), "the note, and the evidence as a text").toHaveCount(3);
  await expect(kept(tracker).filter({ hasText: "javascript:alert(1)" })).toHaveCount(1);
  await expect(tracker.panel.getByRole("link", { name: /javascript/ })).toHaveCount(0);
});

test("the panel goes on through the list, and closing leads back to the card", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-27");
  const next = tracker.panel.getByRole("button", { name: "Nhiệm vụ tiếp theo" });
  const previous = tracker.panel.getByRole("button", { name: "Nhiệm vụ trước" });
  await expect(tracker.panel).toContainText("1/99");
  await expect(previous).toBeDisabled();
  const first = await tracker.panel.getByRole("heading", { level: 2 }).textContent();
  await next.press("Enter");
  await expect(tracker.panel).toContainText("2/99");
  await expect(tracker.panel).not.toHaveAccessibleName(first);
  await expect(next, "one press after another").toBeFocused();
  await next.press("Enter");
  await expect(tracker.panel).toContainText("3/99");
  await previous.click();
  await previous.click();
  await expect(tracker.panel).toHaveAccessibleName(first);
  await expect(tracker.panel.getByRole("heading", { level: 2 }), "no further").toBeFocused();
  await next.click();
  const title = await tracker.panel.getByRole("heading", { level: 2 }).textContent();
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(tracker.main.getByRole("link", { name: title })).toBeFocused();

  await opened(page, "CT05-B-27", "&q=khongconhiemvunao");
  await expect(next, "not one of the list").toHaveCount(0);
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(tracker.title).toBeFocused();
});

test("the bar of the panel leads to its parts", async ({ page }) => {
  const tracker = await opened(page);
  const parts = tracker.panel.getByRole("group", { name: "Các phần của nhiệm vụ" });
  for (const [name, heading] of [["Lịch sử", "Lịch sử cập nhật"], ["Cập nhật", "Cập nhật tiến độ"]]) {
    await parts.getByRole("button", { name }).click();
    await expect(tracker.panel.getByRole("heading", { name: heading })).toBeFocused();
    await expect(tracker.panel.getByRole("heading", { name: heading })).toBeInViewport();
  }
});

test("steps go back and forth, by name, with buttons and keys", async ({ page }) => {
  const tracker = await opened(page);
  await expect(back(tracker)).toHaveAccessibleName("Chưa có gì để hoàn tác");
  await expect(back(tracker)).toBeDisabled();
  await tracker.record({ status: "Đang thực hiện", progress: "40" });
  await tracker.record({ progress: "60", note: "Họp" });
  await expect(back(tracker)).toHaveAccessibleName(`Hoàn tác: Tiến độ, ghi chú của ${TASK}`);
  await expect(forth(tracker)).toBeDisabled();

  await back(tracker).click();
  await expect(tracker.notices).toContainText(`Tiến độ, ghi chú của ${TASK} trở lại như trước.`);
  await expect(tracker.progress).toHaveValue("40");
  await expect(kept(tracker)).toHaveCount(0);
  await expect(forth(tracker)).toHaveAccessibleName(`Làm lại: Tiến độ, ghi chú của ${TASK}`);
  await back(tracker).press("Enter");
  await expect(tracker.progress, "back beyond what was taken back").toHaveValue("");
  await expect(back(tracker)).toBeDisabled();
  await expect(forth(tracker), "the focus is not lost").toBeFocused();

  await tracker.panel.getByRole("heading", { level: 2 }).focus();
  await page.keyboard.press("Control+Shift+Z");
  await expect(tracker.progress).toHaveValue("40");
  await page.keyboard.press("Control+y");
  await expect(tracker.progress).toHaveValue("60");
  await expect(kept(tracker)).toHaveText([/Họp/]);
  await page.keyboard.press("Control+z");
  await expect(tracker.progress).toHaveValue("40");

  await tracker.note.pressSequentially("đang gõ");
  await tracker.note.press("Control+z");
  await expect(tracker.progress, "in a field the keys are the field's").toHaveValue("40");
  await tracker.record({ progress: "70" });
  await expect(forth(tracker), "a new step ends what could be done again").toBeDisabled();
});

test("undoing from a message leaves the focus at what can be done next", async ({ page }) => {
  const tracker = await opened(page);
  await tracker.record({ progress: "40" });
  await tracker.notices.getByRole("button", { name: "Hoàn tác" }).press("Enter");
  await expect(tracker.panel.getByRole("heading", { name: "Lịch sử cập nhật" })).toBeFocused();
  await forth(tracker).click();
  await expect(tracker.progress).toHaveValue("40");
});

test("what another tab wrote since is not undone, and that is said", async ({ page, context }) => {
  const tracker = await opened(page);
  await tracker.record({ progress: "40" });
  const tab = await context.newPage();
  const other = await opened(tab);
  await expect(other.progress).toHaveValue("40");
  await other.record({ progress: "90" });
  await expect(tracker.progress).toHaveValue("90");
  await back(tracker).click();
  await expect(tracker.notices).toContainText("Không hoàn tác được 1 cập nhật vì đã có cập nhật mới hơn.");
  await expect(tracker.progress).toHaveValue("90");
});

for (const [screen, viewport] of [
  ["a desktop", { width: 1440, height: 900 }],
  ["a phone", { width: 390, height: 844 }],
]) {
  test(`the panel with all that can be in it breaks no rule on ${screen}, and fits`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    const tracker = await opened(page);
    await recordDetails(tracker);
    await field(tracker, "Văn bản cho phép gia hạn").fill("");
    await tracker.save.click();
    await expect(field(tracker, "Văn bản cho phép gia hạn")).toHaveAttribute("aria-invalid", "true");
    expect.soft(await violationsInBothThemes(page)).toEqual([]);
    const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect.soft(needed, "nothing hangs over the edge").toBeLessThanOrEqual(given);
    const wide = await tracker.panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
    expect.soft(wide, "nor over the panel's").toBeLessThanOrEqual(0);
    await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
    await expect(tracker.card(TASK).getByRole("link")).toBeFocused();
    await back(tracker).click();
    await expect(tracker.notices).toContainText("trở lại như trước.");
  });
}
