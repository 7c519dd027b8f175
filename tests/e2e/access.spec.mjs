// Everyone can use it: rules of accessibility, keyboard alone, a narrow screen, targets to hit.
import { expect, test } from "@playwright/test";
import { Tracker, elsewhere } from "./app.mjs";
import { violations, violationsInBothThemes } from "./axe.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

// A task with everything: a ministry that is gone, a source note, an indicator, bottlenecks.
const TASK = "CT05-B-29";

let exported;

test.beforeAll(async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open(`#/task/${TASK}?unit=toan-quoc`);
  await tracker.record({ status: "Đang thực hiện", progress: "60", note: "Đã phủ sóng 200 thôn, bản" });
  await expect(tracker.history).toHaveCount(3);
  await tracker.follow("Dữ liệu");
  exported = (await tracker.export()).text;
  await tracker.page.context().close();
});

/** Every page and state that is to be looked at: how it is reached. */
const VIEWS = {
  "the first choice": async (tracker, lang) => {
    await tracker.open(`#/?lang=${lang}`);
    await expect(tracker.page.getByRole("combobox")).toBeVisible();
  },
  "the open list of units": async (tracker, lang) => {
    await tracker.open(`#/board?unit=bo-cong-an&lang=${lang}&q=${TASK}`);
    await tracker.page.getByRole("combobox").first().click();
    await expect(tracker.page.getByRole("option", { selected: true }).first()).toBeVisible();
  },
  "the board of a ministry": async (tracker, lang) => {
    await tracker.open(`#/board?unit=bo-cong-an&lang=${lang}&q=deadline:by%20${encodeURIComponent("dữ liệu")}`);
    await expect(tracker.main.getByRole("article").first()).toBeVisible();
  },
  "the board of the country": async (tracker, lang) => {
    await tracker.open(`#/board?unit=toan-quoc&asof=2025-04-01&lang=${lang}`);
    await expect(tracker.main.getByRole("article")).toHaveCount(146);
  },
  "an empty result": async (tracker, lang) => {
    await tracker.open(`#/board?unit=bo-cong-an&lang=${lang}&q=mau:xanh%20khongco`);
    await expect(tracker.main.getByRole("article")).toHaveCount(0);
  },
  "a task with faults in its form": async (tracker, lang) => {
    await tracker.open(`#/task/${TASK}?unit=toan-quoc&lang=${lang}&q=deadline:from,by%20${TASK}`);
    await tracker.page.getByRole("radio").last().check();
    await tracker.page.getByLabel(/\(%\)/).fill("101");
    await tracker.page.getByRole("button", { name: /Lưu cập nhật|Save update/ }).click();
    await expect(tracker.page.locator("[aria-invalid=true]")).toHaveCount(2);
  },
  "a task with its history": async (tracker, lang) => {
    await tracker.open(`#/task/${TASK}?unit=toan-quoc&lang=${lang}&q=deadline:from,by%20${TASK}`);
    await tracker.page.getByRole("radio").nth(1).check();
    await tracker.page.getByLabel(/\(%\)/).fill("60");
    await tracker.page.getByRole("button", { name: /Lưu cập nhật|Save update/ }).click();
    await expect(tracker.page.getByRole("log").getByRole("button").first()).toBeVisible();
  },
  "the data page with previews": async (tracker, lang) => {
    await tracker.open(`#/data?unit=bo-cong-an&lang=${lang}`);
    await tracker.page.getByLabel(/Nhập tệp JSON|Import JSON file/).setInputFiles([
      { name: "tot.json", mimeType: "application/json", buffer: Buffer.from(exported) },
      { name: "hong.json", mimeType: "application/json", buffer: Buffer.from(exported.slice(0, 99)) },
    ]);
    await expect(tracker.main.getByRole("article")).toHaveCount(2);
  },
  "the data page with faults of storage": async (tracker, lang) => {
    await tracker.page.addInitScript(() => {
      localStorage.setItem("tiendo06/e/hong", "không đọc được");
      const setItem = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, value) {
        if (key === "tiendo06/settings") throw new DOMException("full", "QuotaExceededError");
        return setItem.call(this, key, value);
      };
    });
    await tracker.open(`#/data?unit=bo-cong-an&lang=${lang}`);
    await expect(tracker.main.getByRole("region")).toHaveCount(8);
  },
  "a page that is missing": async (tracker, lang) => {
    await tracker.open(`#/khong-co?unit=bo-cong-an&lang=${lang}`);
    await expect(tracker.main.getByRole("link")).toBeVisible();
  },
};

/** The controls of a view that are smaller than 24 × 24 px to hit. Links within a sentence may be. */
function small(page) {
  return page.evaluate(() => {
    const found = [];
    const controls = document.querySelectorAll("a[href], button, input, select, textarea, [role=option]");
    for (const control of controls) {
      const target = control.closest("label") ?? control;
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest("[hidden]")) continue;
      target.scrollIntoView({ block: "center", inline: "center" });
      const box = target.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1 || box.right <= 0 || box.bottom <= 0) continue;
      const around = control.parentElement;
      const inSentence =
        control.matches("a") &&
        getComputedStyle(control).display === "inline" &&
        around.textContent.trim().length > control.textContent.trim().length;
      if (inSentence || (box.width >= 24 && box.height >= 24)) continue;
      // A target may be larger than its box, when a part of it is stretched: what does a pointer hit?
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const hits = [[0, -11.5], [0, 11.5], [-11.5, 0], [11.5, 0]].every(([dx, dy]) => {
        const hit = document.elementFromPoint(x + dx, y + dy);
        return hit !== null && target.contains(hit);
      });
      if (!hits) found.push(`${control.outerHTML.slice(0, 120)} ${Math.round(box.width)}×${Math.round(box.height)}`);
    }
    return found;
  });
}

const SCREENS = [["a desktop", DESKTOP], ["a phone", PHONE]];

/** Makes the page of another size, and waits until it is. */
async function resize(page, viewport) {
  await page.setViewportSize(viewport);
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(viewport.width);
}

for (const [name, reach] of Object.entries(VIEWS)) {
  test(`${name} breaks no rule, wide or narrow, light or dark, and fits`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    await reach(new Tracker(page), "vi");
    for (const [screen, viewport] of SCREENS) {
      await resize(page, viewport);
      expect.soft(await violationsInBothThemes(page), screen).toEqual([]);
      const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      expect.soft(needed, `${screen}: nothing hangs over the edge`).toBeLessThanOrEqual(given);
      expect.soft(await small(page), `${screen}: smaller than 24 px`).toEqual([]);
    }
  });
}

for (const name of ["a task with faults in its form", "the data page with previews"]) {
  test(`${name} in English breaks no rule`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await VIEWS[name](new Tracker(page), "en");
    expect(await violations(page)).toEqual([]);
  });
}

// A few tasks: the rules are looked at one element after another.
const ENGLISH = "unit=bo-cong-an&asof=2023-07-01&lang=en";
const FEW = `${ENGLISH}&q=du%20lieu%20dan%20cu`;

const ENGLISH_PAGES = {
  "every page of the navigation": async (page) => {
    const links = page.getByRole("navigation", { includeHidden: true }).getByRole("link", { includeHidden: true });
    const pages = await links.evaluateAll((all) => all.map((link) => link.hash));
    expect(pages.length).toBeGreaterThanOrEqual(6);
    return pages;
  },
  "other arrangements, and what no link of the navigation leads to,": async () => [
    `#/board?by=status&rows=topic&${FEW}`,
    `#/tasks?sort=-due&group=topic&${FEW}`,
    `#/timeline?zoom=month&lanes=lead&${FEW}`,
    `#/agencies?matrix=topic&${FEW}`,
    `#/agencies/bo-tttt?${FEW}`,
    `#/task/${TASK}?in=tasks&${FEW}`,
    `#/tasks?q=khongcogi&${ENGLISH}`,
    `#/missing?${ENGLISH}`,
    "#/?lang=en",
  ],
};

for (const [which, addresses] of Object.entries(ENGLISH_PAGES)) {
  test(`${which} in English breaks no rule, wide or narrow, and fits`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    const tracker = new Tracker(page);
    await tracker.open(`#/board?${FEW}`);
    for (const address of await addresses(page)) {
      // Elsewhere in between, so that no page is taken for the next.
      await page.goto("about:blank");
      await page.setViewportSize(DESKTOP);
      await tracker.open(address);
      for (const [screen, viewport] of SCREENS) {
        await resize(page, viewport);
        expect.soft(await violations(page), `${address}, ${screen}`).toEqual([]);
        const [needed, given] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        expect.soft(needed, `${address}, ${screen}: nothing hangs over the edge`).toBeLessThanOrEqual(given);
      }
    }
  });
}

test("the whole journey works by keyboard alone", async ({ page }) => {
  const tracker = new Tracker(page);
  const { keyboard } = page;
  await tracker.open();

  // The first choice, typed.
  for (let presses = 0; presses < 24; presses += 1) {
    await keyboard.press("Tab");
    if (await tracker.unit.evaluate((field) => field === document.activeElement)) break;
  }
  await expect(tracker.unit).toBeFocused();
  await keyboard.type("bo cong an");
  await expect(page.getByRole("option", { name: /^Bộ Công an/ })).toBeVisible();
  await keyboard.press("Enter");
  await expect(tracker.title).toHaveText("Tổng quan");
  await expect(tracker.title, "a new page starts at its heading").toBeFocused();
  await keyboard.press("g");
  await keyboard.press("b");
  await expect(tracker.title).toHaveText("Bảng việc");
  await expect(tracker.title).toBeFocused();

  // From the heading: the saved views, the filters, then the cards.
  const controls = [
    ["button", "Khung nhìn"],
    ...["Vai trò", "Văn bản", "Chủ đề", "Loại thời hạn", "Trạng thái"].map((name) => ["combobox", name]),
    ["button", "Thêm bộ lọc"],
    ...["Cột theo", "Hàng theo"].map((name) => ["combobox", name]),
  ];
  for (const [role, name] of controls) {
    await keyboard.press("Tab");
    await expect(tracker.main.getByRole(role, { name })).toBeFocused();
  }
  await keyboard.press("Tab");
  const first = tracker.main.getByRole("article").first().getByRole("link");
  await expect(first).toBeFocused();
  await keyboard.press("Tab");
  await expect(tracker.main.getByRole("article").nth(1).getByRole("link")).toBeFocused();
  await keyboard.press("Shift+Tab");
  const title = await first.textContent();
  await keyboard.press("Enter");
  await expect(tracker.panel).toHaveAccessibleName(title);
  await expect(tracker.panel.getByRole("heading", { level: 2 }), "the panel starts at its heading").toBeFocused();

  // The form.
  await keyboard.press("Tab");
  await expect(tracker.status.getByRole("radio", { name: "Chưa thực hiện" })).toBeFocused();
  await keyboard.press("ArrowRight");
  await expect(tracker.status.getByRole("radio", { name: "Đang thực hiện" })).toBeChecked();
  await keyboard.press("Tab");
  await expect(tracker.progress).toBeFocused();
  await keyboard.type("60");
  await keyboard.press("Tab");
  await expect(tracker.note).toBeFocused();
  await keyboard.type("Ghi bằng bàn phím");
  await keyboard.press("Tab");
  await expect(tracker.save).toBeFocused();
  await keyboard.press("Enter");
  await expect(tracker.history).toHaveCount(3);
  await expect(tracker.save, "focus stays where it was").toBeFocused();

  await keyboard.press("Escape");
  await expect(tracker.panel).toHaveCount(0);
  await expect(tracker.title.or(tracker.main.getByRole("link", { name: title })).and(page.locator(":focus"))).toHaveCount(1);
});

test("from the top, Tab goes through the bar and the navigation to the page", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  const bar = page.getByRole("banner");
  const navigation = page.getByRole("navigation");
  const skip = page.getByRole("link", { name: "Đến nội dung chính" });
  for (const control of [
    skip,
    bar.getByRole("link", { name: "Tiến độ 06" }),
    tracker.unit,
    tracker.asof,
    tracker.search,
    bar.getByRole("button", { name: "Đã lưu" }),
    bar.getByRole("button", { name: "English" }),
    bar.getByRole("button", { name: /^Giao diện/ }),
    ...["Tổng quan", "Bảng việc", "Danh sách", "Tiến trình", "Đơn vị", "Chỉ tiêu", "Điểm nghẽn", "Tổng hợp", "Dữ liệu"].map((name) =>
      navigation.getByRole("link", { name }),
    ),
    ...["In", "Phím tắt", "Thu gọn"].map((name) => navigation.getByRole("button", { name, exact: true })),
    tracker.main.getByRole("button", { name: "Khung nhìn" }),
  ]) {
    await page.keyboard.press("Tab");
    await expect(control).toBeFocused();
    await expect(control).toBeInViewport();
  }
  await skip.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(tracker.main.getByRole("button", { name: "Khung nhìn" })).toBeFocused();
});

test("on a phone the open task covers the page, and focus never hides behind it", async ({ page }) => {
  await page.setViewportSize(PHONE);
  const tracker = new Tracker(page);
  await tracker.open("#/board?unit=bo-cong-an");
  await tracker.openTask("CT05-B-06");
  await expect(tracker.panel.getByRole("heading", { level: 2 })).toBeFocused();
  for (const key of ["Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
    await page.keyboard.press(key);
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === document.body) return "";
      const { left, top, width, height } = focused.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit === null || focused.contains(hit) || hit.contains(focused) ? "" : focused.outerHTML.slice(0, 120);
    });
    expect(covered, "the control that has the focus and is covered").toBe("");
  }
});

test("focus can be seen on every kind of control", async ({ page }) => {
  const tracker = new Tracker(page);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  const controls = {
    "the search box": tracker.search,
    "a button": page.getByRole("button", { name: "English" }),
    "a link": page.getByRole("navigation").getByRole("link", { name: "Dữ liệu" }),
    "a menu": tracker.main.getByRole("button", { name: "Khung nhìn" }),
    "a card": tracker.card("CT05-B-27").getByRole("link"),
    "a button with an icon": tracker.panel.getByRole("button", { name: "Đóng nhiệm vụ" }),
    "a radio button": tracker.status.getByRole("radio", { name: "Chưa thực hiện" }),
    "a text field": tracker.note,
    "the main button": tracker.save,
  };
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [name, control] of Object.entries(controls)) {
      await control.scrollIntoViewIfNeeded();
      await tracker.title.focus();
      const without = await picture(page, control);
      // A key first, so that the browser takes what follows for the keyboard's doing.
      await page.keyboard.press("Shift");
      await control.focus();
      await expect(control).toBeFocused();
      expect(without.equals(await picture(page, control)), `${name}, ${colorScheme}`).toBe(false);
    }
  }
});

/** A picture of a control with a little of what is around it, where a focus ring is. */
async function picture(page, control) {
  const box = await control.evaluate((element) => {
    const { x, y, width, height } = (element.closest("article, label") ?? element).getBoundingClientRect();
    return { x, y, width, height };
  });
  const { width, height } = page.viewportSize();
  const [x, y] = [Math.max(0, box.x - 4), Math.max(0, box.y - 4)];
  const clip = { x, y, width: Math.min(box.width + 8, width - x), height: Math.min(box.height + 8, height - y) };
  return page.screenshot({ clip, caret: "hide", animations: "disabled" });
}
