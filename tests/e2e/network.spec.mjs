// Once loaded, the page needs nobody: no request, no complaint, no breach of its own policy.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { Tracker } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

/** Listens to all that the page complains of, and, once it is cut off from the network, asks for. */
async function watch(page) {
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
  const cutOff = async () => {
    page.on("request", (request) => {
      // What the page makes itself, such as the file to save, has an address of its own kind.
      if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
    });
    page.on("websocket", (socket) => requests.push(socket.url()));
    await page.context().setOffline(true);
  };
  return { complaints, requests, cutOff };
}

test("after load every page works without a network and asks for nothing", async ({ page }) => {
  const { complaints, requests, cutOff } = await watch(page);

  const tracker = new Tracker(page);
  await tracker.open();
  await page.waitForLoadState("networkidle");
  await cutOff();

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

/** What stands for an id in the addresses of pages, by their first part. */
const EXAMPLES = { task: "CT05-B-06", agencies: "bo-cong-an", indicator: "KPI-CT05-06" };

/** Every page that has an address, from the list of pages itself: a new one is looked at as well. */
function addresses() {
  const source = readFileSync(new URL("../../src/route.rs", import.meta.url), "utf8");
  const [, pages] = /pub enum Page \{([^]*?)\n\}/.exec(source);
  return [...pages.matchAll(/\/\/\/ `#\/([^`]*)`/g)].map(([, address]) =>
    address.replace(/<id>/, () => {
      const example = EXAMPLES[address.split("/")[0]];
      if (!example) throw new Error(`EXAMPLES lacks an id for #/${address}`);
      return example;
    }),
  );
}

test("no page there is asks for anything, in either language, on any screen", async ({ page }) => {
  const pages = addresses();
  expect(pages.length).toBeGreaterThanOrEqual(11);
  const { complaints, requests, cutOff } = await watch(page);
  await page.addInitScript(() => {
    // Also what the policy reports to nobody yet, and what the browser sets about to do by itself.
    window.reports = [];
    new ReportingObserver((all) => window.reports.push(...all.map((report) => `${report.type} ${report.body?.message ?? ""}`))).observe();
  });
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await page.waitForLoadState("networkidle");
  const before = await page.evaluate(() => performance.getEntriesByType("resource").length);
  await cutOff();
  for (const [lang, width, colorScheme] of [["vi", 1440, "light"], ["en", 390, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const address of pages) {
      await page.evaluate((hash) => { location.hash = hash; }, `#/${address}?unit=bo-cong-an&lang=${lang}`);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`#/${address.replace(/[/.]/g, "\\$&")}\\?`));
    }
  }
  // The start, where no agency is chosen yet, and paper.
  await page.evaluate(() => { location.hash = "#/board?lang=vi"; });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading").first()).toBeAttached();
  expect.soft([...new Set(requests)], "requests").toEqual([]);
  expect.soft(await page.evaluate(() => performance.getEntriesByType("resource").length), "resources").toBe(before);
  expect.soft(complaints, "complaints").toEqual([]);
  expect.soft(await page.evaluate(() => window.breaches), "breaches").toEqual([]);
  expect.soft(await page.evaluate(() => window.reports), "reports").toEqual([]);
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
