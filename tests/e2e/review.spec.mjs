// Review and return: reports go to a reviewer as files, verdicts come back as files, and whoever
// has something to do sees it.
import { expect, test } from "@playwright/test";
import { elsewhere } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 120_000 });

const PHONE = { width: 390, height: 844 };
const UNIT = "unit=bo-cong-an";
const [RETURNED, ACCEPTED] = ["CT05-B-03", "CT05-B-04"];
const REMARK = "Bổ sung minh chứng của địa phương";

/** Where nothing sticks out at the side. */
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

async function sign(tracker, name) {
  await tracker.follow("Dữ liệu");
  await tracker.page.getByRole("textbox", { name: "Tên của bạn" }).fill(name);
  await tracker.page.getByRole("textbox", { name: "Tên của bạn" }).blur();
}

/** Reports on both tasks, and the file of them. */
async function reported(browser) {
  const tracker = await elsewhere(browser);
  await tracker.open(`#/data?${UNIT}`);
  await sign(tracker, "Văn phòng Bộ");
  for (const [task, progress] of [[RETURNED, "60"], [ACCEPTED, "80"]]) {
    await tracker.open(`#/task/${task}?${UNIT}`);
    await tracker.record({ status: "Đang thực hiện", progress });
    await expect(tracker.notices).toContainText(`Đã lưu cập nhật của ${task}.`);
  }
  await tracker.open(`#/data?${UNIT}`);
  return [tracker, await tracker.export()];
}

async function take(tracker, file) {
  await tracker.choose(file);
  await expect(tracker.preview(file.name)).toBeVisible();
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp");
}

/** A reviewer of the whole country who has that file. */
async function reviewer(browser, file) {
  const tracker = await elsewhere(browser);
  await tracker.open("#/data?unit=toan-quoc");
  await sign(tracker, "Tổ tổng hợp");
  await take(tracker, file);
  return tracker;
}

const list = (tracker, name) => tracker.main.getByRole("button", { name, exact: true });
const remark = (tracker) => tracker.page.getByRole("textbox", { name: "Nội dung cần bổ sung, chỉnh sửa" });

/** Returns one report and accepts the other in the list of what waits. */
async function judge(tracker) {
  await tracker.open("#/consolidate?desk=reviews&unit=toan-quoc");
  await expect(list(tracker, "Chờ duyệt (2)")).toHaveAttribute("aria-pressed", "true");
  const unit = tracker.main.getByRole("region", { name: "Bộ Công an" });
  await expect(unit.getByRole("button", { name: "Bộ Công an (2)" })).toHaveAttribute("aria-expanded", "true");
  await unit.getByRole("button", { name: `Trả lại ${RETURNED}` }).click();
  await expect(remark(tracker)).toBeFocused();
  await unit.getByRole("button", { name: "Trả lại", exact: true }).click();
  await expect(tracker.main.getByRole("alert").filter({ hasText: "Ghi rõ cần bổ sung" })).toBeVisible();
  await expect(remark(tracker)).toHaveAttribute("aria-invalid", "true");
  await remark(tracker).fill(REMARK);
  await unit.getByRole("button", { name: "Trả lại", exact: true }).click();
  await expect(tracker.notices).toContainText(`Đã trả lại báo cáo ${RETURNED}.`);
  await expect(list(tracker, "Chờ duyệt (1)")).toBeVisible();
  await unit.getByRole("checkbox", { name: `Chọn ${ACCEPTED}` }).check();
  await tracker.main.getByRole("button", { name: "Chấp nhận 1 báo cáo đã chọn" }).click();
  await expect(tracker.notices).toContainText(`Đã chấp nhận báo cáo ${ACCEPTED}.`);
  await expect(list(tracker, "Chờ duyệt (0)")).toBeVisible();
}

/** The reviews of the ministry as a file. */
async function reviews(tracker) {
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.main.getByRole("radio", { name: "Kết quả duyệt của một đơn vị" }).check();
  await expect(tracker.main.getByRole("combobox", { name: "Đơn vị nhận kết quả duyệt" })).toContainText("Bộ Công an");
  return tracker.export();
}

/** What stands at the top of a report that was returned. */
const back = (tracker) => tracker.panel.getByRole("region", { name: "Bị trả lại" });

test("a report is returned, seen, answered, and waits again", async ({ browser }) => {
  const [unit, file] = await reported(browser);
  const other = await reviewer(browser, file);
  await judge(other);
  const answer = await reviews(other);
  const sent = JSON.parse(answer.text);
  expect(sent.kind).toBe("review");
  expect(sent.unit).toBe("bo-cong-an");
  expect(sent.events.map((event) => event.field)).toEqual(["review", "review"]);
  expect(sent.events.every((event) => event.author === "Tổ tổng hợp")).toBe(true);

  // The reviewer's comparison of two periods says it, too.
  await other.open("#/agencies?matrix=change,role:lead,doc:CT05&unit=toan-quoc");
  await other.main.getByRole("button", { name: "Xem nhiệm vụ thay đổi của BCA" }).click();
  await expect(other.main.getByRole("list", { name: "Bị trả lại (1)" }).getByRole("link")).toContainText(RETURNED);

  await take(unit, answer);
  await unit.open(`#/?${UNIT}`);
  const todo = unit.main.getByRole("region", { name: "Bị trả lại, cần làm lại (1)" });
  await expect(todo.getByRole("listitem")).toContainText(RETURNED);
  await expect(todo.getByRole("listitem")).toContainText(REMARK);

  await unit.open(`#/board?${UNIT}&q=duyet:tralai`);
  await expect(unit.main.getByRole("article")).toHaveCount(1);
  await expect(unit.card(RETURNED)).toContainText("Bị trả lại");
  await expect(unit.main.getByRole("list", { name: "Bộ lọc đang dùng" })).toContainText("Kết quả duyệt: Bị trả lại");
  await unit.open(`#/tasks?${UNIT}&q=review:returned,accepted`);
  await expect(unit.main.getByRole("row").filter({ hasText: RETURNED })).toContainText("Bị trả lại");
  await expect(unit.main.getByRole("row").filter({ hasText: ACCEPTED })).not.toContainText("Bị trả lại");

  await unit.open(`#/task/${RETURNED}?${UNIT}`);
  await expect(back(unit)).toContainText(REMARK);
  await expect(back(unit)).toContainText("Tổ tổng hợp");
  await back(unit).getByRole("button", { name: "Đến phần cập nhật" }).click();
  await expect(unit.panel.getByRole("heading", { name: "Cập nhật tiến độ" })).toBeFocused();

  // Whatever is recorded answers; taking that back takes the answer back.
  await unit.record({ note: "Đã gửi biên bản của địa phương" });
  await expect(unit.notices).toContainText("chờ duyệt lại");
  await expect(back(unit)).toHaveCount(0);
  const standing = unit.panel.getByRole("region", { name: "Kết quả duyệt báo cáo" });
  await expect(standing).toContainText("đang chờ duyệt lại");
  await expect(standing).toContainText(REMARK);
  await unit.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(back(unit)).toContainText("Tổ tổng hợp");
  // What was recorded before already may be enough.
  await back(unit).getByRole("button", { name: "Đã bổ sung, gửi duyệt lại" }).click();
  await expect(standing).toContainText("đang chờ duyệt lại");
  await expect(unit.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await unit.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(back(unit)).toContainText(REMARK);
  await unit.record({ progress: "90" });
  await expect(back(unit)).toHaveCount(0);
  await unit.open(`#/board?${UNIT}&q=review:waiting`);
  await expect(unit.main.getByRole("article")).toHaveCount(1);
  await unit.open(`#/board?${UNIT}&q=review:returned`);
  await expect(unit.main.getByRole("article")).toHaveCount(0);

  // What is new goes back, and waits there.
  await unit.open(`#/data?${UNIT}`);
  await unit.main.getByRole("radio", { name: /^Chỉ phần mới từ lần xuất/ }).check();
  const delta = await unit.export();
  const content = JSON.parse(delta.text);
  expect(content.kind).toBe("delta");
  const known = new Set(JSON.parse(file.text).events.map((event) => event.id));
  expect(content.events.some((event) => known.has(event.id))).toBe(false);
  await unit.main.getByRole("button", { name: "Xuất JSON" }).click();
  await expect(unit.main.getByRole("alert").filter({ hasText: "Chưa có gì mới" })).toBeVisible();

  await other.open("#/data?unit=toan-quoc");
  await take(other, delta);
  await other.open("#/consolidate?desk=reviews&unit=toan-quoc");
  await expect(list(other, "Chờ duyệt (1)")).toBeVisible();
  await expect(list(other, "Đã chấp nhận (1)")).toBeVisible();
  await expect(other.main.getByRole("row").filter({ hasText: RETURNED })).toContainText("Đã báo cáo lại, chờ duyệt lại");
  await expect(other.main.getByRole("row").filter({ hasText: RETURNED }).getByRole("link")).toBeVisible();
  await unit.page.context().close();
  await other.page.context().close();
});

test("many are accepted in one step, which is taken back as one", async ({ browser }) => {
  const [unit, file] = await reported(browser);
  await unit.page.context().close();
  const tracker = await reviewer(browser, file);
  await tracker.open("#/consolidate?desk=reviews&unit=toan-quoc");
  await tracker.main.getByRole("checkbox", { name: "Chọn mọi báo cáo của Bộ Công an" }).check();
  await tracker.main.getByRole("button", { name: "Chấp nhận 2 báo cáo đã chọn" }).click();
  await expect(tracker.notices).toContainText("Đã lưu kết quả duyệt của 2 báo cáo.");
  await expect(list(tracker, "Đã chấp nhận (2)")).toBeVisible();
  await expect(tracker.main.getByRole("heading", { name: "Duyệt báo cáo" })).toBeFocused();
  await tracker.notices.getByRole("button", { name: "Hoàn tác" }).click();
  await expect(list(tracker, "Chờ duyệt (2)")).toBeVisible();
  await expect(list(tracker, "Đã chấp nhận (0)")).toBeVisible();
  await tracker.page.context().close();
});

test("a reviewer judges in the task's panel, with a rating beside the unit's own", async ({ browser }) => {
  const [unit, file] = await reported(browser);
  await unit.open(`#/task/${ACCEPTED}?${UNIT}`);
  await expect(unit.panel.getByRole("region", { name: "Duyệt báo cáo" }), "nobody reviews oneself").toHaveCount(0);
  await unit.page.context().close();
  const tracker = await reviewer(browser, file);
  await tracker.open(`#/task/${ACCEPTED}?unit=toan-quoc`);
  const section = tracker.panel.getByRole("region", { name: "Duyệt báo cáo" });
  await expect(section).toContainText("1 chờ duyệt");
  await section.getByRole("button", { name: "Duyệt báo cáo" }).click();
  await expect(section).toContainText("Bộ Công an");
  await expect(section).toContainText("80%");
  const save = section.getByRole("button", { name: "Lưu kết quả duyệt" });
  await save.click();
  await expect(section.getByRole("alert").filter({ hasText: "Chọn chấp nhận hoặc trả lại." })).toBeVisible();
  await section.getByRole("radio", { name: "Chấp nhận" }).check();
  await section.getByRole("radio", { name: "Vàng" }).check();
  await save.click();
  await expect(section.getByRole("textbox", { name: "Lý do đánh giá" })).toBeFocused();
  await section.getByRole("textbox", { name: "Lý do đánh giá" }).fill("Chậm so với kế hoạch");
  await save.click();
  await expect(tracker.notices).toContainText(`Đã chấp nhận báo cáo ${ACCEPTED}.`);
  await expect(section).toContainText("Vàng (Chậm so với kế hoạch)");
  await expect(section).toContainText("Đã chấp nhận");
  await expect(section).not.toContainText("chờ duyệt");
  // It stays open from task to task.
  await tracker.open(`#/task/${RETURNED}?unit=toan-quoc`);
  await expect(section.getByRole("radio", { name: "Trả lại" })).toBeVisible();
  await tracker.page.context().close();
});

test("files of chosen units hold what is theirs", async ({ browser }) => {
  const [unit, file] = await reported(browser);
  await unit.page.context().close();
  const tracker = await reviewer(browser, file);
  await tracker.open("#/task/CT05-B-38?unit=bo-tai-chinh");
  await tracker.record({ status: "Đang thực hiện" });
  await tracker.follow("Dữ liệu");
  await tracker.main.getByRole("radio", { name: "Của các đơn vị được chọn" }).check();
  await tracker.main.getByRole("button", { name: "Xuất JSON" }).click();
  await expect(tracker.main.getByRole("alert").filter({ hasText: "Chọn ít nhất một đơn vị." })).toBeVisible();
  await tracker.main.getByRole("checkbox", { name: /^Bộ Công an \(/ }).check();
  const content = JSON.parse((await tracker.export()).text);
  expect(content.unit).toBe("bo-cong-an");
  expect(new Set(content.events.map((event) => event.unit))).toEqual(new Set(["bo-cong-an"]));
  // Everything is what the button saves unless somebody chose otherwise.
  await tracker.main.getByRole("radio", { name: /^Tất cả/ }).check();
  const all = JSON.parse((await tracker.export()).text);
  expect(all.kind).toBe("full");
  expect(all.count).toBe(content.count + 1);
  await tracker.page.context().close();
});

test("it can be used by everyone, on a phone too", async ({ browser }) => {
  const [unit, file] = await reported(browser);
  const other = await reviewer(browser, file);
  expect(await violations(other.page), "the export").toEqual([]);
  await judge(other);
  await list(other, "Đã trả lại (1)").click();
  expect(await violations(other.page), "what was returned").toEqual([]);
  await take(unit, await reviews(other));
  for (const size of [{ width: 1440, height: 900 }, PHONE]) {
    await unit.page.setViewportSize(size);
    await other.page.setViewportSize(size);
    for (const lang of ["vi", "en"]) {
      await unit.open(`#/task/${RETURNED}?${UNIT}&lang=${lang}&q=${RETURNED}`);
      await expect(unit.page.getByRole("region", { name: /^(Bị trả lại|Returned)$/ })).toContainText(REMARK);
      expect(await violations(unit.page), `the returned report, ${size.width}, ${lang}`).toEqual([]);
      expect(await fits(unit.page)).toBe(true);
      await other.open(`#/consolidate?desk=reviews,show:returned&unit=toan-quoc&lang=${lang}`);
      await expect(other.main.getByRole("link", { name: new RegExp(RETURNED) })).toBeVisible();
      expect(await violations(other.page), `the list, ${size.width}, ${lang}`).toEqual([]);
      expect(await fits(other.page)).toBe(true);
    }
  }
  await other.open(`#/task/${RETURNED}?unit=toan-quoc&q=${RETURNED}`);
  await other.page.getByRole("button", { name: "Duyệt báo cáo" }).click();
  await other.page.getByRole("radio", { name: "Trả lại" }).check();
  await expect(remark(other)).toBeVisible();
  expect(await violations(other.page), "the panel of the reviewer on a phone").toEqual([]);
  expect(await fits(other.page)).toBe(true);
  await unit.page.context().close();
  await other.page.context().close();
});
