// Two tabs of one browser: each shows the other's updates, and none is lost.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

/** Two tabs of one browser, each with a task of the ministry open. */
async function two(context, left, right) {
  const tabs = [];
  for (const id of [left, right]) {
    const tracker = new Tracker(await context.newPage());
    await tracker.open(`#/task/${id}?unit=bo-cong-an`);
    await expect(tracker.save).toBeVisible();
    tabs.push(tracker);
  }
  return tabs;
}

test("each tab shows the other's update without a reload, and both are stored", async ({ context }) => {
  const [left, right] = await two(context, "CT05-B-06", "CT05-B-09");
  await left.record({ status: "Đang thực hiện", progress: "60" });
  await expect(right.card("CT05-B-06")).toContainText("60%");
  await expect(right.column("Đang thực hiện, quá hạn", 1)).toBeVisible();
  await right.record({ status: "Hoàn thành", doneOn: "30/06/2023" });
  await expect(left.column("Hoàn thành, đúng hạn", 1)).toContainText("CT05-B-09");
  await left.openTask("CT05-B-09");
  await expect(left.history.filter({ hasText: "Hoàn thành ngày 30/06/2023" })).toHaveCount(1);

  const stored = await left.stored();
  expect(Object.keys(stored)).toHaveLength(4);
  expect(await right.stored()).toEqual(stored);
  await left.page.reload();
  await expect(left.column("Đang thực hiện, quá hạn", 1)).toContainText("CT05-B-06");
  await expect(left.column("Hoàn thành, đúng hạn", 1)).toContainText("CT05-B-09");
});

test("two tabs that save at the same moment lose nothing", async ({ context }) => {
  const [left, right] = await two(context, "CT05-B-06", "CT05-B-06");
  await left.note.fill("từ cửa sổ trái");
  await right.note.fill("từ cửa sổ phải");
  await Promise.all([left.save.click(), right.save.click()]);
  for (const tab of [left, right]) {
    for (const note of ["từ cửa sổ trái", "từ cửa sổ phải"]) {
      await expect(tab.history.filter({ hasText: `Ghi chú: ${note}` })).toHaveCount(1);
    }
    await expect(tab.card("CT05-B-06")).toContainText("2 ghi chú");
  }
  await left.page.reload();
  await expect(left.history.filter({ hasText: "Ghi chú" })).toHaveCount(2);
});

test("what one is typing stays while the other tab saves", async ({ context }) => {
  const [left, right] = await two(context, "CT05-B-06", "CT05-B-06");
  await right.note.fill("chưa gõ xong");
  await left.record({ status: "Đang thực hiện", progress: "60" });
  await expect(right.history.filter({ hasText: "Tiến độ: 60%" })).toHaveCount(1);
  await expect(right.note).toHaveValue("chưa gõ xong");
  await expect(right.note).toBeFocused();
});

test("a task saved here does not take back what the other tab has just recorded", async ({ context }) => {
  const [left, right] = await two(context, "CT05-B-06", "CT05-B-06");
  // The draft on the right begins before the left records, and touches the note alone.
  await right.note.fill("chỉ thêm ghi chú");
  await left.record({ status: "Đang thực hiện", progress: "60" });
  await expect(right.history.filter({ hasText: "Tiến độ: 60%" })).toHaveCount(1);
  await right.save.click();
  await expect(right.history.filter({ hasText: "Ghi chú: chỉ thêm ghi chú" })).toHaveCount(1);
  for (const tab of [left, right]) {
    await expect(tab.card("CT05-B-06")).toContainText("60%");
    await expect(tab.column("Đang thực hiện, quá hạn", 1)).toContainText("CT05-B-06");
  }
});
