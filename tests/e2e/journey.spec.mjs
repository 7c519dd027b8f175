// An officer records progress, closes the browser, comes back, and hands the work to a colleague.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere } from "./app.mjs";

const TASK = "CT05-B-06";

test("an officer's work outlives the browser and reaches a colleague as a file", async ({
  playwright,
  browser,
}, info) => {
  test.slow();
  const profile = info.outputPath("profile");
  const launch = () => playwright.chromium.launchPersistentContext(profile);
  let file;

  await test.step("the officer picks the ministry and records progress", async () => {
    const context = await launch();
    const tracker = new Tracker(context.pages()[0]);
    await tracker.open();
    await expect(tracker.title).toHaveText("Bạn theo dõi nhiệm vụ của đơn vị nào?");
    await tracker.chooseUnit("bo cong an", "Bộ Công an");
    await expect(tracker.title).toHaveText("Bảng việc");

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
    expect(await tracker.stored(), "a preview changes nothing").toEqual({});
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật vào sổ theo dõi.");
    const merged = await tracker.stored();
    expect(Object.keys(merged)).toHaveLength(3);

    await tracker.choose(file);
    await expect(tracker.preview(file.name)).toContainText("3 cập nhật: 0 mới, 3 đã có.");
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Không có gì thay đổi.");
    expect(await tracker.stored()).toEqual(merged);

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
