// An officer records progress, closes the browser, comes back, and hands the work to a colleague.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere, sealed } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const TASK = "CT05-B-06";

test("an officer's work outlives the browser and reaches a colleague as a file", async ({
  playwright,
  browser,
}, info) => {
  const profile = info.outputPath("profile");
  const launch = () => playwright.chromium.launchPersistentContext(profile);
  let file;

  await test.step("the officer picks the ministry and records progress", async () => {
    const context = await launch();
    const tracker = new Tracker(context.pages()[0]);
    await tracker.open();
    await expect(tracker.title).toHaveText("Bạn theo dõi nhiệm vụ của đơn vị nào?");
    await tracker.chooseUnit("bo cong an", "Bộ Công an");
    await expect(tracker.title).toHaveText("Tổng quan");
    await tracker.follow("Bảng việc");

    // Named, through a collective, inherited.
    await expect(tracker.card("CT05-B-06")).not.toContainText(/theo nhóm|kế thừa/);
    await expect(tracker.card("CT05-A-01")).toContainText("theo nhóm");
    await expect(tracker.card("CT05-B-42")).toContainText("kế thừa từ BGTVT");
    await expect(tracker.card("CT05-B-10"), "of the Ministry of Health, coordinated").toContainText("Phối hợp");

    await tracker.search.fill("dinh danh");
    await expect(tracker.card(TASK)).toContainText("định danh");
    await expect(tracker.card("CT05-B-01"), "the data centre has nothing to do with it").toHaveCount(0);

    await tracker.openTask(TASK);
    await tracker.record({ status: "Đang thực hiện", progress: "60", note: "Đã cấp 48 triệu tài khoản" });
    await expect(tracker.notices).toContainText("Đã lưu cập nhật của CT05-B-06");
    await remembers(tracker);
    await context.close();
  });

  await test.step("after a restart of the browser everything is there", async () => {
    const context = await launch();
    const tracker = new Tracker(context.pages()[0]);
    await tracker.open();
    await expect(tracker.unit, "the choice is remembered").toHaveValue("Bộ Công an");
    await tracker.follow("Bảng việc");
    await expect(tracker.column("Đang thực hiện, quá hạn", 1)).toContainText(TASK);
    await tracker.openTask(TASK);
    await remembers(tracker);
    await tracker.follow("Dữ liệu");
    await expect(tracker.main).toContainText("Sổ theo dõi trong trình duyệt này có 3 cập nhật.");
    file = await tracker.export();
    expect(file.name).toMatch(/^tiendo06_bo-cong-an_\d{4}-\d\d-\d\d_\d{8}T\d{6}\.json$/);
    await context.close();
  });

  await test.step("a colleague imports the file and sees the same; once more changes nothing", async () => {
    const tracker = await elsewhere(browser);
    await tracker.open("#/data");
    await tracker.choose(file);
    await expect(tracker.preview(file.name)).toContainText("Bộ Công an");
    await expect(tracker.preview(file.name)).toContainText("3 cập nhật: 3 mới, 0 đã có.");
    expect(await tracker.keptAnywhere(), "a preview changes nothing").toEqual({});
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật vào sổ theo dõi.");
    const merged = await tracker.keptAnywhere();
    expect(Object.keys(merged)).toHaveLength(3);

    await tracker.choose(file);
    await expect(tracker.preview(file.name)).toContainText("3 cập nhật: 0 mới, 3 đã có.");
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Không có gì thay đổi.");
    expect(await tracker.keptAnywhere()).toEqual(merged);

    const again = await tracker.export();
    expect(JSON.parse(again.text).events, "what came in goes out").toEqual(JSON.parse(file.text).events);

    await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
    await expect(tracker.column("Đang thực hiện, quá hạn", 1)).toContainText(TASK);
    await remembers(tracker);
    await tracker.page.context().close();
  });
});

/** The open task shows what was recorded, in the form, the history and on the card. */
async function remembers(tracker) {
  await expect(tracker.status.getByRole("radio", { name: "Đang thực hiện" })).toBeChecked();
  await expect(tracker.progress).toHaveValue("60");
  await expect(tracker.history).toHaveCount(3);
  for (const said of ["Trạng thái: Đang thực hiện", "Tiến độ: 60%", "Ghi chú: Đã cấp 48 triệu tài khoản"]) {
    await expect(tracker.history.filter({ hasText: said })).toHaveCount(1);
  }
  await expect(tracker.card(TASK)).toContainText("60%");
  await expect(tracker.card(TASK)).toContainText("1 ghi chú");
}

const safety = (tracker, words) => tracker.page.getByRole("banner").getByRole("button").filter({ hasText: new RegExp(`^${words}\\d*$`) });

test("the bar says how many updates no file holds yet", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await expect(safety(tracker, "Đã lưu")).toBeVisible();
  await tracker.record({ status: "Đang thực hiện", progress: "60" });
  await tracker.toData("Đã lưu, chưa xuất 2 cập nhật");
  await tracker.export();
  await expect(safety(tracker, "Đã lưu")).toBeVisible();
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await tracker.record({ progress: "70" });
  await expect(safety(tracker, "Đã lưu, chưa xuất 1 cập nhật")).toBeVisible();
  await page.reload();
  await expect(safety(tracker, "Đã lưu, chưa xuất 1 cập nhật")).toBeVisible();
});

test("the bar counts right though the clock was set back after an export", async ({ page }) => {
  const tracker = new Tracker(page);
  await page.clock.setFixedTime(new Date("2026-11-21T10:00:00+07:00"));
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await tracker.record({ progress: "60" });
  await tracker.toData("Đã lưu, chưa xuất 2 cập nhật");
  await tracker.export();
  await expect(safety(tracker, "Đã lưu")).toBeVisible();
  await page.clock.setFixedTime(new Date("2026-11-21T09:00:00+07:00"));
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await tracker.record({ progress: "70" });
  await expect(safety(tracker, "Đã lưu, chưa xuất 1 cập nhật")).toBeVisible();
});

test("reports that differ are both kept and shown, and one save settles them", async ({ page, browser }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history).toHaveCount(1);
  await tracker.follow("Dữ liệu");
  const file = JSON.parse((await tracker.export()).text);

  // Another officer of the ministry, who did not know of it.
  const other = { ...file.events[0], replica: "may-khac-1", author: "Trần Văn An", value: { state: "done", date: "2023-06-30" } };
  await tracker.choose({ name: "nguoi-khac.json", text: sealed({ ...file, replica: "may-khac", events: [other] }) });
  await expect(tracker.preview("nguoi-khac.json")).toContainText("1 chỗ sẽ khác với điều đang có");
  await tracker.merge.click();
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await expect(tracker.card(TASK)).toContainText("có chỗ khác nhau");
  const heads = tracker.form.getByRole("list").getByRole("listitem");
  await expect(heads).toHaveCount(2);
  await expect(heads.filter({ hasText: "Hoàn thành ngày 30/06/2023 · Trần Văn An" })).toHaveCount(1);
  await expect(heads.filter({ hasText: "Đang thực hiện · Chưa ghi tên" })).toHaveCount(1);

  await tracker.record({ status: "Hoàn thành", doneOn: "29/06/2023" });
  await expect(tracker.card(TASK)).not.toContainText("có chỗ khác nhau");
  await expect(tracker.column("Hoàn thành, đúng hạn", 1)).toContainText(TASK);
  await expect(heads).toHaveCount(0);

  // Whoever gets everything sees it settled as well.
  await tracker.follow("Dữ liệu");
  const settled = await tracker.export();
  const reader = await elsewhere(browser);
  await reader.open("#/data");
  await reader.choose(settled);
  await reader.merge.click();
  await reader.open(`#/task/${TASK}?unit=bo-cong-an`);
  await expect(reader.column("Hoàn thành, đúng hạn", 1)).toContainText(TASK);
  await expect(reader.card(TASK)).not.toContainText("có chỗ khác nhau");
  await reader.page.context().close();
});

test("a report that differs can be settled by confirming what is shown", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history).toHaveCount(1);
  await tracker.follow("Dữ liệu");
  const file = JSON.parse((await tracker.export()).text);
  const other = { ...file.events[0], replica: "may-khac-1", value: { state: "not_started" } };
  await tracker.choose({ name: "nguoi-khac.json", text: sealed({ ...file, replica: "may-khac", events: [other] }) });
  await tracker.merge.click();
  await tracker.open(`#/task/${TASK}?unit=bo-cong-an`);
  await expect(tracker.card(TASK)).toContainText("có chỗ khác nhau");
  await tracker.save.click();
  await expect(tracker.card(TASK), "“Lưu một giá trị để thống nhất”").not.toContainText("có chỗ khác nhau");
});
