// The page opens, keeps quiet, and talks to no other server.
import { expect, test } from "@playwright/test";

/** Records what the page complains about and what it asks for. */
function watch(page) {
  const seen = { complaints: [], requests: [] };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  return seen;
}

test("the page opens without complaints and asks only its own server", async ({ page, baseURL }) => {
  const seen = watch(page);
  await page.clock.install();
  await page.goto("./");
  await expect(page).toHaveTitle(/Tiến độ 06/);
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await expect(page.locator("#boot"), "the app has taken over from the first paint").toHaveCount(0);
  await expect(page.locator("body")).not.toHaveText(/^\s*$/);

  await page.waitForLoadState("networkidle");
  const loaded = seen.requests.length;
  expect(seen.requests.filter((url) => !url.startsWith(baseURL))).toEqual([]);
  const programs = seen.requests.filter((url) => url.endsWith(".wasm"));
  expect(programs, "the program comes in two parts").toHaveLength(2);
  expect(new Set(programs).size, "each of them once").toBe(2);
  // Whatever waits for a timer or an idle moment has had it, many times over.
  await page.clock.runFor(10 * 60 * 1000);
  await page.evaluate(() => fetch("icon.svg"));
  await expect.poll(() => seen.requests.at(-1)).toMatch(/icon\.svg$/);
  expect(seen.requests.splice(loaded, 1), "one request that was made here").toHaveLength(1);
  expect(seen.requests.slice(loaded), "no request after load").toEqual([]);
  expect(seen.complaints).toEqual([]);
});

test("what is painted first stays where it is when its styles come", async ({ page }) => {
  let letGo;
  const gone = new Promise((resolve) => {
    letGo = resolve;
  });
  await page.route("**/main-*.css", async (route) => {
    await gone;
    await route.continue();
  });
  await page.route("**/*.wasm", () => {});
  await page.goto("./", { waitUntil: "commit" });
  const parts = [page.getByText("Tiến độ 06", { exact: true }), page.getByText("Đang mở…")];
  const places = () => Promise.all(parts.map((part) => part.boundingBox()));
  const sheets = () => page.evaluate(() => document.styleSheets.length);
  for (const part of parts) await expect(part).toBeVisible();
  expect(await sheets(), "painted without a style sheet").toBe(0);
  const before = await places();
  letGo();
  await expect.poll(sheets).toBeGreaterThan(0);
  expect(await places()).toEqual(before);
});

test("a program that cannot be loaded is reported in both languages", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Không mở được trang");
  await expect(alert).toContainText("The app could not be loaded or started");
});

test("without JavaScript the page says what it needs", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("./");
  // By selector: search by text passes over <noscript>.
  await expect(page.locator("noscript .boot-name")).toBeVisible();
  await expect(page.locator("noscript .boot-name")).toHaveText("Cần bật JavaScript");
  await expect(page.locator("#boot"), "nothing is being opened").toBeHidden();
  await context.close();
});

test("opened as a file, the page says that it needs a server", async ({ page }) => {
  await page.goto(new URL("../../dist/index.html", import.meta.url).href);
  await expect(page.getByRole("alert")).toContainText("Hãy mở qua một máy chủ web");
});
