// Once loaded, the page needs nobody: no request, no complaint, no breach of its own policy.
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

test("after load every page works without a network and asks for nothing", async ({ page, context }) => {
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    window.breaches = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.breaches.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`);
    });
  });

  const tracker = new Tracker(page);
  await tracker.open();
  await page.waitForLoadState("networkidle");
  // What the page makes itself, such as the file to save, has an address of its own kind.
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  await context.setOffline(true);

  await tracker.chooseUnit("bo cong an", "Bộ Công an");
  await tracker.follow("Bảng việc");
  await tracker.search.fill("dinh danh");
  await tracker.main.getByRole("combobox", { name: "Vai trò" }).selectOption("Chủ trì");
  await tracker.asof.fill("01/07/2023");
  await tracker.asof.press("Enter");
  await tracker.openTask("CT05-B-06");
  await tracker.record({ status: "Đang thực hiện", progress: "60", note: "Không cần mạng" });
  await expect(tracker.history).toHaveCount(3);
  await tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }).click();
  await tracker.follow("Dữ liệu");
  const file = await tracker.export();
  await tracker.choose(file, { name: "hong.json", text: "{" });
  await expect(tracker.preview(file.name)).toContainText("0 mới, 3 đã có");
  await expect(tracker.preview("hong.json")).toContainText("bị cắt");
  await tracker.merge.click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(tracker.title).toHaveText("Data");
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await tracker.open("#/khong-co");
  await expect(tracker.title).toHaveText("Không có trang này");
  await page.goBack();
  await expect(tracker.title).toHaveText("Dữ liệu");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await tracker.follow("Bảng việc");

  expect.soft([...new Set(requests)], "requests").toEqual([]);
  expect.soft(complaints, "complaints").toEqual([]);
  expect.soft(await page.evaluate(() => window.breaches)).toEqual([]);
});

test("the policy of the page keeps foreign and inline code out", async ({ page }) => {
  const tracker = new Tracker(page);
  await page.addInitScript(() => {
    window.breaches = [];
    document.addEventListener("securitypolicyviolation", (event) => window.breaches.push(event.effectiveDirective));
  });
  await tracker.open();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "https://example.org/count.gif";
    document.body.append(image);
    fetch("https://example.org/").catch(() => {});
  });
  const breaches = () => page.evaluate(() => window.breaches);
  await expect.poll(breaches).toEqual(expect.arrayContaining(["script-src-elem", "img-src", "connect-src"]));
  expect(await page.evaluate(() => window.intruder)).toBeUndefined();
});
