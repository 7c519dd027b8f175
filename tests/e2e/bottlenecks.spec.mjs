// The bottlenecks: which tasks answer them, how these stand, who is blocked.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere, sealed } from "./app.mjs";
import { violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const PHONE = { width: 390, height: 844 };
const FUNDING = "8. Chưa bố trí kinh phí kịp thời cho Đề án 06";

/** A file in which two ministries say what blocks them. */
let reports;

test.beforeAll(async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/task/CT05-B-35?unit=toan-quoc");
  await tracker.record({ status: "Đang thực hiện" });
  await expect(tracker.history).toHaveCount(1);
  await tracker.follow("Dữ liệu");
  const file = JSON.parse((await tracker.export()).text);
  const blocker = (unit, subject, value, seq) => ({ ...file.events[0], replica: "may-khac-1", field: "blocker", unit, subject, value, seq });
  const events = [
    blocker("bo-tai-chinh", "CT05-B-38", { bottleneck: "BN-8", text: "Chưa có định mức chi" }, 1),
    blocker("bo-y-te", "CT05-B-10", { bottleneck: "BN-8" }, 2),
    blocker("bo-y-te", "CT05-B-11", { text: "Chờ văn bản hướng dẫn" }, 3),
  ];
  reports = sealed({ ...file, replica: "may-khac", events });
  await tracker.page.context().close();
});

async function merge(tracker) {
  await tracker.open("#/data?unit=toan-quoc");
  await tracker.choose({ name: "vuong-mac.json", text: reports });
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
}

const part = (tracker, name) => tracker.main.getByRole("region", { name });
const bottleneck = (tracker, name) => tracker.main.getByRole("article", { name });

test("the eight of the directive and the areas of the letter, each with its tasks", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/bottlenecks?unit=toan-quoc&asof=2023-07-01");
  await expect(tracker.title).toHaveText("Điểm nghẽn");
  await expect(part(tracker, "05/CT-TTg").getByRole("article")).toHaveCount(8);
  await expect(part(tracker, "452/TTg-KSTT").getByRole("article")).toHaveCount(7);

  const funding = bottleneck(tracker, FUNDING);
  await expect(funding).toContainText("0 hoàn thành");
  await expect(funding.getByRole("link", { name: "3 quá hạn" })).toBeVisible();
  await expect(bottleneck(tracker, "7. Phiên họp")).toContainText("Không có nhiệm vụ nào của Toàn quốc");

  await funding.getByRole("link", { name: "3 quá hạn" }).click();
  await expect(tracker.title).toHaveText("Bảng việc");
  await expect(tracker.search).toHaveValue("bottleneck:BN-8 bucket:overdue");
  await expect(tracker.main.getByRole("article")).toHaveCount(3);
  await page.goBack();
  await expect(tracker.title).toHaveText("Điểm nghẽn");

  await funding.getByText("Nhiệm vụ tháo gỡ (3)").click();
  const answering = funding.getByRole("listitem").filter({ hasText: "CT05-B-35" });
  await expect(answering).toContainText("Chưa thực hiện, quá hạn");
  await answering.getByRole("link").click();
  await expect(tracker.panel).toContainText("CT05-B-35");
  await expect(tracker.title, "the list stays").toHaveText("Điểm nghẽn");
  await expect(answering.getByRole("link")).toHaveAttribute("aria-current", "true");

  await tracker.form.getByRole("radio", { name: "Hoàn thành" }).check();
  await tracker.doneOn.fill("28/02/2023");
  await tracker.save.click();
  await expect(answering).toContainText("Hoàn thành, đúng hạn");
  await expect(funding.getByRole("link", { name: "1 hoàn thành" })).toBeVisible();
  await expect(funding.getByRole("link", { name: "2 quá hạn" })).toBeVisible();
});

test("nobody is blocked yet: how to report it", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/bottlenecks?unit=bo-cong-an");
  await expect(tracker.main).toContainText("Chưa đơn vị nào báo vướng mắc. Để báo, mở nhiệm vụ đang vướng");
  await tracker.main.getByRole("link", { name: "Mở bảng việc" }).click();
  await expect(tracker.title).toHaveText("Bảng việc");
});

test("who reports being blocked stands under the bottleneck it names", async ({ page }) => {
  const tracker = new Tracker(page);
  await merge(tracker);
  await tracker.follow("Điểm nghẽn");
  await expect(tracker.main.getByRole("status").first()).toContainText("2 đơn vị báo vướng mắc");
  await expect(tracker.main).not.toContainText("Chưa đơn vị nào báo vướng mắc");
  const funding = bottleneck(tracker, FUNDING);
  await expect(funding.getByRole("heading", { level: 4 })).toHaveText("2 nơi báo vướng mắc");
  const first = funding.getByRole("listitem").filter({ hasText: "Chưa có định mức chi" });
  await expect(first).toContainText("Bộ Tài chính");
  await expect(first).toContainText(/\d{2}\/\d{2}\/\d{4}/);
  const other = part(tracker, "Vướng mắc khác, chưa gắn với điểm nghẽn nào").getByRole("listitem");
  await expect(other).toHaveCount(1);
  await expect(other).toContainText("Chờ văn bản hướng dẫn");
  await first.getByRole("link", { name: /^CT05-B-38/ }).click();
  await expect(tracker.panel).toContainText("CT05-B-38");
});

for (const [screen, viewport] of [["a desktop", undefined], ["a phone", PHONE]]) {
  test(`on ${screen} it breaks no rule, light or dark, and fits`, async ({ page }) => {
    if (viewport) await page.setViewportSize(viewport);
    const tracker = new Tracker(page);
    await merge(tracker);
    await tracker.open("#/bottlenecks?unit=toan-quoc&asof=2023-07-01");
    await bottleneck(tracker, FUNDING).getByText("Nhiệm vụ tháo gỡ (3)").click();
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect.soft(await violationsInBothThemes(page)).toEqual([]);
    const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect(needed, "nothing hangs over the edge").toBeLessThanOrEqual(given);
  });
}
