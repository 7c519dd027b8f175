// The task panel: what is known of a task, the form that records progress, the history.
import { expect, test } from "@playwright/test";
import { Tracker, sealed } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-11-21T09:00:00+07:00"));
});

/** Opens a task at its address. */
async function opened(page, id, unit = "bo-cong-an", more = "") {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/${id}?unit=${unit}${more}`);
  await expect(tracker.panel).toContainText(id);
  return tracker;
}

/** The fact under a heading of the panel, such as "Thời hạn". */
function fact(tracker, name) {
  const facts = tracker.panel.getByRole("region", { name: "Nội dung nhiệm vụ" });
  const term = facts.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });
  return term.locator("xpath=following-sibling::dd[1]");
}

test("the panel shows everything known of a task", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  const { panel } = tracker;
  await expect(panel).toHaveAccessibleName(/^Hoàn thiện VNeID, phấn đấu cấp 40 triệu tài khoản/);
  await expect(panel).toContainText("Bộ Công an chủ trì, được nêu tên trong văn bản.");
  await expect(fact(tracker, "Chủ trì")).toHaveText("Bộ Công an");
  await expect(fact(tracker, "Phối hợp")).toHaveText("Không nêu");
  await expect(fact(tracker, "Thời hạn")).toContainText("Tháng 6/2023");
  await expect(fact(tracker, "Thời hạn")).toContainText("đến hạn 30/06/2023");
  await expect(fact(tracker, "Thời hạn"), "by 21/11/2026").toContainText("quá hạn 1.240 ngày");
  await expect(fact(tracker, "Sản phẩm")).toHaveText("40 triệu tài khoản định danh điện tử được cấp");
  await expect(fact(tracker, "Chủ đề")).toHaveText("Định danh, xác thực");
  await expect(fact(tracker, "Văn bản")).toContainText("05/CT-TTg, 23/02/2023");
  await expect(fact(tracker, "Văn bản")).toContainText("Phụ lục, mục B, số 6");
  await expect(panel.getByRole("heading", { name: "Lưu ý về nguồn" })).toBeVisible();
  await expect(panel).toContainText("Phụ lục để trống ô đơn vị phối hợp.");
  const related = panel.getByRole("region", { name: "Chỉ tiêu và điểm nghẽn" });
  await expect(related.getByRole("listitem")).toHaveCount(3);
  await expect(related).toContainText("Mục tiêu: ít nhất 40 triệu tài khoản · Tháng 6/2023");
  await expect(related).toContainText("Số liệu gần nhất: trên 48 triệu tài khoản (12/07/2023)");
});

test("a ministry that is gone is named as in the document, with who it is now", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-27");
  await expect(tracker.panel).toContainText("Bộ Công an phối hợp, được nêu tên trong văn bản.");
  await expect(fact(tracker, "Chủ trì")).toContainText("Bộ Thông tin và Truyền thông");
  await expect(fact(tracker, "Chủ trì")).toContainText(/nay là .*Bộ Khoa học và Công nghệ/);
  await expect(fact(tracker, "Chủ trì")).toContainText("có thể đã chuyển sang Bộ Khoa học và Công nghệ");
  await expect(fact(tracker, "Phối hợp")).toHaveText("Bộ Công an");
  const related = tracker.panel.getByRole("region", { name: "Chỉ tiêu và điểm nghẽn" });
  await expect(related.getByRole("heading", { name: "Điểm nghẽn mà nhiệm vụ tháo gỡ" })).toBeVisible();
  await expect(related.getByRole("listitem")).toHaveCount(1);

  await opened(page, "CT05-B-27", "bo-cong-an", "&asof=2023-07-01");
  await expect(fact(tracker, "Chủ trì"), "in 2023 it was itself").not.toContainText("nay là");
});

test("the basis of a role is said: collective, inherited, none", async ({ page }) => {
  const tracker = await opened(page, "CT05-A-01");
  await expect(tracker.panel).toContainText("Bộ Công an chủ trì, thuộc nhóm “Các bộ, ngành, địa phương”.");
  await opened(page, "CT05-B-42");
  await expect(tracker.panel).toContainText("Bộ Công an chủ trì, kế thừa từ Bộ Giao thông vận tải.");
  await opened(page, "CT05-B-06", "bo-y-te");
  await expect(tracker.panel).toContainText("Nhiệm vụ này không giao cho Bộ Y tế.");
  await expect(tracker.panel.getByText("Chỉ đơn vị được giao mới ghi được.")).toBeVisible();
  await expect(tracker.save).toHaveCount(0);
});

test("deadlines that never fall due say what they are", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-02");
  await expect(fact(tracker, "Thời hạn")).toContainText("Thực hiện thường xuyên");
  await opened(page, "CT05-B-07");
  await expect(fact(tracker, "Thời hạn")).toContainText(/Từ tháng 0?2\/2023/);
  await opened(page, "CT05-A-08");
  await expect(fact(tracker, "Thời hạn")).toContainText("Theo tiến độ của văn bản khác");
});

for (const [name, fields, fault, field] of [
  ["a completion without a date", { status: "Hoàn thành" }, "Nhập ngày hoàn thành, ví dụ 30/06/2023.", "doneOn"],
  ["a completion tomorrow", { status: "Hoàn thành", doneOn: "22/11/2026" }, "không thể ở tương lai", "doneOn"],
  ["a day that does not exist", { status: "Hoàn thành", doneOn: "31/06/2023" }, "Ngày chưa đúng", "doneOn"],
  ["101 percent", { status: "Đang thực hiện", progress: "101" }, "Nhập số nguyên từ 0 đến 100.", "progress"],
  ["half a percent", { status: "Đang thực hiện", progress: "0,5" }, "Nhập số nguyên từ 0 đến 100.", "progress"],
]) {
  test(`${name} is refused at its field, and nothing is saved`, async ({ page }) => {
    const tracker = await opened(page, "CT05-B-06");
    await tracker.record({ ...fields, note: "đang gõ dở" });
    await expect(tracker[field]).toBeFocused();
    await expect(tracker[field]).toHaveAttribute("aria-invalid", "true");
    await expect(tracker[field]).toHaveAccessibleDescription(new RegExp(fault.replace(".", "\\.")));
    await expect(tracker.note, "nothing typed is lost").toHaveValue("đang gõ dở");
    await expect(tracker.history.filter({ hasText: "Trạng thái" })).toHaveCount(0);
    expect(await tracker.stored()).toEqual({});

    await tracker[field].fill(field === "doneOn" ? "21/11/2026" : "100");
    await expect(tracker[field], "mended").not.toHaveAttribute("aria-invalid", "true");
    await tracker.save.click();
    await expect(tracker.history.filter({ hasText: "Ghi chú: đang gõ dở" })).toHaveCount(1);
  });
}

test("a completion counts as on time or late by its date", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  await tracker.record({ status: "Hoàn thành", doneOn: "30/6/2023" });
  await expect(tracker.column("Hoàn thành, đúng hạn", 1)).toContainText("CT05-B-06");
  await expect(tracker.history.filter({ hasText: "Hoàn thành ngày 30/06/2023" })).toHaveCount(1);
  await expect(tracker.progress, "completing is 100 percent").toHaveValue("100");
  await tracker.record({ doneOn: "01/07/2023" });
  await expect(tracker.column("Hoàn thành, quá hạn", 1)).toContainText("CT05-B-06");

  await tracker.open("#/board?unit=bo-cong-an&asof=2023-06-30");
  await expect(tracker.column("Hoàn thành, quá hạn", 0), "not done yet on that day").toBeVisible();
});

test("an update can be undone from its notice, all fields at once", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  await tracker.record({ status: "Đang thực hiện", progress: "60", note: "Đã cấp 48 triệu tài khoản" });
  await expect(tracker.column("Đang thực hiện, quá hạn", 1)).toBeVisible();
  await tracker.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(tracker.notices).toContainText("Đã hoàn tác.");
  await expect(tracker.column("Đang thực hiện, quá hạn", 0)).toBeVisible();
  await expect(tracker.progress).toHaveValue("");
  await expect(tracker.card("CT05-B-06")).not.toContainText("ghi chú");
  await expect(tracker.history, "an undo is an update too").toHaveCount(6);
  const retracted = "Ghi chú được rút lại: Đã cấp 48 triệu tài khoản";
  await expect(tracker.history.filter({ hasText: retracted })).toHaveCount(1);
  expect(Object.keys(await tracker.stored())).toHaveLength(6);
});

test("a single update can be undone from the history", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  await tracker.record({ status: "Đang thực hiện", progress: "40" });
  await expect(tracker.history).toHaveCount(2);
  await tracker.record({ progress: "60" });
  const line = tracker.history.filter({ hasText: "Tiến độ: 40% → 60%" });
  await line.getByRole("button", { name: "Hoàn tác" }).press("Enter");
  const heading = tracker.panel.getByRole("heading", { name: "Lịch sử cập nhật" });
  await expect(heading, "the button is gone, its place is not").toBeFocused();
  await expect(tracker.progress).toHaveValue("40");
  await expect(tracker.history.filter({ hasText: "Tiến độ: 60% → 40%" })).toHaveCount(1);
  await expect(tracker.card("CT05-B-06")).toContainText("40%");
  await expect(tracker.status.getByRole("radio", { name: "Đang thực hiện" }), "the rest stays").toBeChecked();
  await page.reload();
  await expect(tracker.progress, "stored, too").toHaveValue("40");
});

test("saving a form in which nothing is new says so and stores nothing", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  await tracker.record({ status: "Đang thực hiện", progress: "40" });
  await expect(tracker.history).toHaveCount(2);
  await tracker.save.click();
  await expect(tracker.notices).toContainText("Chưa có gì mới để lưu.");
  expect(Object.keys(await tracker.stored())).toHaveLength(2);
});

test("the country's book records for a collective; a member's own report outweighs it", async ({ page }) => {
  const tracker = await opened(page, "CT05-A-01", "toan-quoc");
  await expect(tracker.form).toContainText("Ghi cho Các bộ, ngành, địa phương.");
  await tracker.record({ status: "Hoàn thành", doneOn: "31/03/2023" });
  await expect(tracker.column("Hoàn thành, đúng hạn", 1)).toContainText("CT05-A-01");
  await expect(tracker.history.first()).toContainText("Các bộ, ngành, địa phương");

  await opened(page, "CT05-A-01", "bo-cong-an");
  await expect(tracker.column("Hoàn thành, đúng hạn", 0), "not the member's own report").toBeVisible();
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.column("Đang thực hiện, quá hạn", 1)).toContainText("CT05-A-01");

  await opened(page, "CT05-A-01", "toan-quoc");
  await expect(tracker.column("Hoàn thành, đúng hạn", 0), "one member has not completed it").toBeVisible();
  const share = tracker.card("CT05-A-01").getByText(/^\d+\/\d+ đơn vị đã xong$/);
  const [done, bound] = (await share.textContent()).match(/\d+/g);
  expect(Number(bound) - Number(done), "all other members").toBe(1);
});

test("the country's book records for the lead, or for who answers for it now", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06", "toan-quoc");
  await expect(tracker.form).toContainText("Ghi cho Bộ Công an.");
  await tracker.record({ status: "Hoàn thành", doneOn: "30/06/2023" });
  await expect(tracker.column("Hoàn thành, đúng hạn", 1)).toContainText("CT05-B-06");
  await expect(tracker.history.first()).toContainText("Bộ Công an");
});

test("what was typed outlives closing the panel, and can be put away", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06");
  await tracker.status.getByRole("radio", { name: "Đang thực hiện" }).check();
  await tracker.progress.fill("60");
  await tracker.note.fill("chưa gõ xong");
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(tracker.panel).toHaveCount(0);
  await tracker.openTask("CT05-B-09");
  await expect(tracker.note, "another task").toHaveValue("");
  await tracker.openTask("CT05-B-06");
  await expect(tracker.status.getByRole("radio", { name: "Đang thực hiện" })).toBeChecked();
  await expect(tracker.progress).toHaveValue("60");
  await expect(tracker.note).toHaveValue("chưa gõ xong");
  expect(await tracker.stored()).toEqual({});
  await tracker.form.getByRole("button", { name: "Bỏ thay đổi" }).click();
  await expect(tracker.note).toHaveValue("");
  await expect(tracker.status.getByRole("radio", { name: "Chưa thực hiện" })).toBeChecked();
});

test("Escape closes the panel and keeps the view", async ({ page }) => {
  const tracker = await opened(page, "CT05-B-06", "bo-cong-an", "&asof=2023-07-01&q=dinh%20danh");
  await tracker.note.press("Escape");
  await expect(tracker.panel).toHaveCount(0);
  await expect(page).toHaveURL(/#\/board\?q=dinh%20danh&unit=bo-cong-an&asof=2023-07-01$/);
});

test("an unknown task is said to be unknown, and can be closed", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT99-01?unit=bo-cong-an");
  await expect(tracker.panel).toHaveAccessibleName("Không có nhiệm vụ này");
  await expect(tracker.panel).toContainText("không có mã “CT99-01”");
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await expect(tracker.panel).toHaveCount(0);
  await expect(tracker.title).toHaveText("Bảng việc");
});

test("the name of who records goes with the update", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await page.getByRole("textbox", { name: "Tên của bạn" }).fill("Nguyễn Thị Hòa");
  await page.getByRole("textbox", { name: "Tên của bạn" }).blur();
  await opened(page, "CT05-B-06");
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history.first()).toContainText("21/11/2026 09:00 · Nguyễn Thị Hòa · Bộ Công an");
});

test("of a long history the newest is shown, and all of it when asked", async ({ page }) => {
  const noon = Date.UTC(2026, 10, 20, 5);
  const events = Array.from({ length: 41 }, (_, at) => ({
    replica: "a-1", seq: at + 1, time: { ms: noon + at * 60_000, c: 0 }, unit: "bo-cong-an", subject: "CT05-B-06",
    field: "note", value: { text: `Ghi chú số ${at + 1}` }, parents: [], author: "",
  }));
  const text = sealed({
    format: "tiendo06", schema: 1, minReader: 1, app: "tiendo06 0.1.0", plan: { id: "da06", version: "1" }, kind: "full",
    unit: "bo-cong-an", replica: "a", exportedAt: "2026-11-20T08:00:00Z", events, ext: {},
  });
  const tracker = new Tracker(page);
  await tracker.open("#/data?unit=bo-cong-an");
  await tracker.file.setInputFiles({ name: "dai.json", mimeType: "application/json", buffer: Buffer.from(text, "utf8") });
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 41 cập nhật");
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await expect(tracker.history).toHaveCount(30);
  await expect(tracker.history.first()).toContainText("Ghi chú số 41");
  const history = tracker.panel.getByRole("region", { name: "Lịch sử cập nhật" });
  const all = history.getByRole("button", { name: "Xem tất cả 41" });
  await expect(all).toHaveAttribute("aria-expanded", "false");
  await all.press("Enter");
  await expect(tracker.history).toHaveCount(41);
  await expect(tracker.history.last()).toContainText("Ghi chú số 1");
  const newest = history.getByRole("button", { name: "Chỉ xem phần mới nhất" });
  await expect(newest, "the same button").toBeFocused();
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history, "it stays as it was chosen").toHaveCount(42);
  await newest.click();
  await expect(tracker.history).toHaveCount(30);
  await expect(tracker.history.first()).toContainText("Đang thực hiện");
  const kept = tracker.panel.getByRole("region", { name: "Ghi chú, minh chứng, nhận xét" });
  await expect(kept.getByRole("listitem")).toHaveCount(30);
  await kept.getByRole("button", { name: "Xem tất cả 41" }).click();
  await expect(kept.getByRole("listitem")).toHaveCount(41);
  // On paper all of it.
  await page.emulateMedia({ media: "print" });
  await expect(tracker.history).toHaveCount(42);
});
