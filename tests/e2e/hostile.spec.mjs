// Files and links made by somebody who means harm: all that they hold shows as text, what cannot be
// seen is made visible, and nothing of it runs, opens by itself or breaks a page.
import { expect, test } from "@playwright/test";
import { elsewhere, idOf, sealed } from "./app.mjs";
import { violations } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 120_000 });

const TASK = "CT05-B-06";
const UNIT = "bo-cong-an";
/** A file name that reads "bao-caonosj.exe" backwards in careless programs. */
const NAME = "bao-cao\u202enosj.exe.json";
const NAME_SHOWN = "bao-cao⟨U+202E⟩nosj.exe.json";
const MARKUP = `<script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"><svg onload=window.pwned=3>`;

/** Events with valid ids, one a piece of `pieces`. */
function events(...pieces) {
  return pieces.map((piece, index) => {
    const { json = "{}", ...plain } = piece;
    const event = {
      replica: "may-la-1", seq: index + 1, time: { ms: 1_780_000_000_000 + index, c: 0 },
      unit: UNIT, subject: TASK, parents: [], author: "Người gửi", ...plain,
      // A name such as "__proto__" is a member like others only when it is read from text.
      ...JSON.parse(json),
    };
    return { ...event, id: idOf(event) };
  });
}

function file(all, more = {}) {
  return sealed({
    format: "tiendo06", schema: 1, minReader: 1, app: "x\u0000<b>", plan: { id: "da06", version: "1" }, kind: "full",
    unit: UNIT, replica: "may-la", exportedAt: "2026-11-20T08:00:00Z", events: all, ext: {}, ...more,
  });
}

/** A tracker that remembers what a hostile text would do if it could. */
async function watched(browser, options = {}) {
  const tracker = await elsewhere(browser, options);
  const { page } = tracker;
  tracker.events = [];
  page.on("dialog", (dialog) => { tracker.events.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => tracker.events.push(String(error)));
  page.on("popup", (popup) => tracker.events.push(`window ${popup.url()}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") tracker.events.push(`request ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.breaches = [];
    document.addEventListener("securitypolicyviolation", (event) => window.breaches.push(event.blockedURI));
  });
  return tracker;
}

/** Nothing ran, nothing was asked for, nothing sticks out, and the page can still be used by everybody. */
async function unharmed(tracker) {
  const { page } = tracker;
  const state = await page.evaluate(() => ({
    pwned: window.pwned, polluted: {}.polluted, breaches: window.breaches,
    scripts: document.querySelectorAll("main script, main img, main iframe, main object").length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  expect.soft(state).toEqual({ pwned: undefined, polluted: undefined, breaches: [], scripts: 0, wide: 0 });
  expect.soft(tracker.events).toEqual([]);
  // Every link stays here, or is marked as one that opens beside the page and tells it nothing.
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("a[href]")].map((a) => [a.getAttribute("href"), a.target, a.rel]));
  for (const [href, target, rel] of links) {
    if (/^(#|\.\/|$)/.test(href)) continue;
    expect.soft(href).toMatch(/^https?:\/\//);
    expect.soft([target, rel]).toEqual(["_blank", "noopener noreferrer"]);
  }
  // No invisible character is left in what is read.
  const hidden = await page.evaluate(() =>
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2065\u2066\u2067\ufeff]|[\u{e0000}-\u{e0fff}]/u.exec(document.body.innerText)?.index);
  expect.soft(hidden ?? "none").toBe("none");
}

/** The same, and nobody is kept out: slower, so only where a page has hostile texts of its own. */
async function unharmedForAll(tracker, part = "main") {
  await unharmed(tracker);
  // Sheets fade in, and half-transparent letters have no contrast.
  await tracker.page.evaluate(() => document.getAnimations().forEach((a) => a.finish()));
  expect.soft(await violations(tracker.page, part)).toEqual([]);
}

const HOSTILE = events(
  { field: "note", value: { text: MARKUP }, author: `Kẻ lạ\u202e${MARKUP}` },
  { field: "note", value: { text: "Đã nộp\u202efdp.exe, tổng\u200b cộng\u0000 \u2066x\u2069" } },
  { field: "note", value: { text: `z${"\u0337".repeat(300)} a${"\u{e0041}".repeat(5)}` } },
  { field: "note", value: { text: '=HYPERLINK("https://evil.example","x") +1+1 @SUM(A1) -2+3' } },
  { field: "evidence", value: { link: "javascript:window.pwned=4" } },
  { field: "evidence", value: { link: "JaVaScRiPt:window.pwned=5//https://a.gov.vn" } },
  { field: "evidence", value: { link: "data:text/html,<script>window.pwned=6</script>" } },
  { field: "evidence", value: { link: "//evil.example/x" } },
  { field: "evidence", value: { link: "https://dichvucong.gov.vn@evil.example/nop" } },
  { field: "evidence", value: { link: "https://moc.gov.vn/van-ban/5" } },
  { field: "evidence", value: { link: "https://a\u200b.gov.vn" } },
  { field: "assignee", value: MARKUP },
  { field: "blocker", value: { text: `Vướng\u202e ${MARKUP}` } },
  { field: "self_rating", value: { rating: "red", comment: `\u202d${MARKUP}` } },
  { field: "review", value: { verdict: "returned", remark: MARKUP } },
  { field: "note", value: { text: "của đơn vị lạ" }, unit: `__proto__\u202e<b>` },
  { field: "__proto__", value: { a: 1 } },
  { field: "constructor", value: "x" },
  { field: "tam\u202etrang", value: 1 },
  { field: "note", json: '{"value":{"text":"mang theo","__proto__":{"polluted":1}},"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":3}}}' },
  { field: "note", value: { text: "về việc lạ" }, subject: "__proto__" },
  { field: "note", value: { text: "về việc lạ" }, subject: "toString\u202e" },
  { subject: "KPI-CT05-06", field: "observation", value: { date: "2026-06-30", value: 12, qualifier: `\u202e${MARKUP}`, source: "javascript:window.pwned=7" } },
  { subject: "KPI-CT05-06", field: "observation", value: { date: "2026-07-31", value: 13, source: "https://gov.vn@evil.example/so-lieu" } },
);

const VIEWS = [
  { name: `Xem\u202e${"dài".repeat(60)}`, address: "javascript:window.pwned=8" },
  { name: MARKUP, address: "https://evil.example/" },
  { name: "__proto__", address: "//evil.example" },
];

test("a file full of traps is previewed, merged and shown as text on every page", async ({ browser }) => {
  const tracker = await watched(browser);
  const { page } = tracker;
  await tracker.open(`#/data?unit=${UNIT}`);
  await tracker.choose({ name: NAME, text: file(HOSTILE, { ext: { views: VIEWS } }) });
  const preview = tracker.preview(NAME_SHOWN);
  await expect(preview).toContainText(`${HOSTILE.length} cập nhật: ${HOSTILE.length} mới`);
  await expect(preview).toContainText("toString⟨U+202E⟩");
  await expect(preview).toContainText("__proto__⟨U+202E⟩<b>");
  await unharmedForAll(tracker);
  await tracker.merge.click();
  await expect(tracker.notices).toContainText(`Đã gộp ${HOSTILE.length} cập nhật`);

  await tracker.open(`#/task/${TASK}?unit=${UNIT}`);
  const kept = tracker.panel.getByRole("region", { name: "Ghi chú và minh chứng" }).or(tracker.panel);
  await expect(tracker.history.filter({ hasText: "<script>window.pwned = 1</script>" }).first()).toBeVisible();
  await expect(tracker.history.filter({ hasText: "Đã nộp⟨U+202E⟩fdp.exe, tổng⟨U+200B⟩ cộng⟨U+0000⟩ ⟨U+2066⟩x⟨U+2069⟩" })).toHaveCount(1);
  await expect(tracker.history.filter({ hasText: "z\u0337\u0337\u0337\u0337⟨U+0337⟩" })).toHaveCount(1);
  await expect(tracker.history.filter({ hasText: "Kẻ lạ⟨U+202E⟩" })).toHaveCount(1);
  await expect(tracker.history.filter({ hasText: "Trường “tam⟨U+202E⟩trang”" })).toHaveCount(1);
  await expect(kept.first()).toContainText("javascript:window.pwned=4");
  // Of the addresses two lead somewhere, and where is said of the one that hides it.
  const links = tracker.panel.getByRole("link", { name: /:\/\// });
  await expect(links).toHaveCount(2);
  await expect(tracker.panel).toContainText("https://dichvucong.gov.vn@evil.example/nop → mở trang của evil.example");
  await expect(tracker.panel.getByRole("link", { name: "https://moc.gov.vn/van-ban/5" })).toHaveAttribute("rel", "noopener noreferrer");
  await unharmedForAll(tracker, ".panel");

  for (const address of [
    "#/", "#/board", "#/tasks", "#/timeline", "#/agencies", `#/agencies/${UNIT}`, "#/indicators",
    "#/indicator/KPI-CT05-06", "#/bottlenecks", "#/data",
  ]) {
    await tracker.open(`${address}?unit=${UNIT}`);
    if (address === "#/board") await expect(tracker.card(TASK)).toBeVisible();
    if (address.includes("KPI")) {
      await expect(tracker.main).toContainText("javascript:window.pwned=7");
      await expect(tracker.main).toContainText("→ mở trang của evil.example");
    }
    if (address === "#/bottlenecks") await expect(tracker.main).toContainText("Vướng⟨U+202E⟩ <script>");
    await unharmed(tracker);
  }
  await page.context().close();
});

test("saved views of a file lead to pages of this one and nowhere else", async ({ browser }) => {
  const tracker = await watched(browser);
  const { page } = tracker;
  await tracker.open(`#/data?unit=${UNIT}`);
  await tracker.choose({ name: "khung-nhin.json", text: file([], { ext: { views: VIEWS } }) });
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("khung nhìn");
  await tracker.follow("Danh sách");
  await page.getByRole("button", { name: /^Khung nhìn/ }).click();
  const list = page.getByRole("list", { name: "Khung nhìn đã lưu" }).or(page.locator("ul").filter({ hasText: "__proto__" }));
  await expect(list.first().getByRole("link")).toHaveCount(VIEWS.length);
  for (const link of await list.first().getByRole("link").all()) {
    expect(await link.getAttribute("href")).toMatch(/^#\//);
  }
  await expect(list.first()).toContainText("Xem⟨U+202E⟩dài");
  await expect(list.first()).toContainText("… (còn ");
  await unharmed(tracker);
  await list.first().getByRole("link", { name: "__proto__" }).click();
  await expect(tracker.title).toHaveText("Không có trang này");
  expect(new URL(page.url()).hostname).toBe("127.0.0.1");
  await unharmed(tracker);
  await page.context().close();
});

test("a note of a million characters is cut, and shown whole when asked for", async ({ browser }) => {
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    const tracker = await watched(browser, { viewport: size });
    const { page } = tracker;
    await tracker.open(`#/data?unit=${UNIT}`);
    const long = events({ field: "note", value: { text: `Mở đầu ${"x".repeat(1_000_000)} kết thúc` } });
    await tracker.choose({ name: `${"dài".repeat(60)}.json`, text: file(long) });
    await expect(tracker.main.getByRole("article")).toContainText("… (còn ");
    await unharmed(tracker);
    await tracker.merge.click();
    await expect(tracker.notices).toContainText("Đã gộp 1 cập nhật");
    await tracker.open(`#/task/${TASK}?unit=${UNIT}`);
    const line = tracker.history.filter({ hasText: "Mở đầu" });
    await expect(line).toContainText("xxx…");
    expect((await line.innerText()).length).toBeLessThan(3_000);
    await unharmedForAll(tracker, ".panel");
    const all = line.getByRole("button", { name: "Xem cả (còn 998." });
    await expect(all).toHaveAttribute("aria-expanded", "false");
    await all.click();
    await expect(line).toContainText("xxx kết thúc");
    await line.getByRole("button", { name: "Thu gọn" }).click();
    await expect(line).not.toContainText("kết thúc");
    await unharmed(tracker);
    await page.context().close();
  }
});

test("a link to the page can carry no more than text", async ({ browser }) => {
  const tracker = await watched(browser);
  const bad = encodeURIComponent(`\u202e${MARKUP}`);
  for (const address of [
    `#/task/${bad}`, `#/agencies/${bad}`, `#/indicator/${bad}`, `#/${bad}`, `#/board?q=lead:${bad}&unit=${bad}`,
    `#/tasks?q=${bad}&sort=${bad}&group=${bad}&cols=${bad}`, "#/task/__proto__", "#/agencies/constructor", `#/data?lang=${bad}`,
  ]) {
    await tracker.open(address);
    await unharmed(tracker);
  }
  await tracker.open(`#/task/${bad}`);
  await expect(tracker.panel).toContainText("⟨U+202E⟩<script>");
  await expect(tracker.page).toHaveTitle(/⟨U\+202E⟩<script>/);
  await tracker.page.context().close();
});

test("a plan of somebody else is text too", async ({ browser }) => {
  const tracker = await watched(browser);
  const { page } = tracker;
  await tracker.open("#/data");
  const text = { vi: `Kế hoạch\u202e${MARKUP}`, en: "Plan\u200b" };
  const plan = {
    plan: { id: "la", version: "1\u0000", title: text, topics: [{ id: "t", name: text }] },
    documents: [], agencies: [], tasks: [], indicators: [], observations: [], bottlenecks: [],
  };
  await page.getByLabel("Mở bộ nhiệm vụ khác").setInputFiles({
    name: NAME, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)),
  });
  await expect(page.getByRole("main").or(tracker.notices).first()).toContainText("⟨U+202E⟩");
  await unharmed(tracker);
  await page.context().close();
});
