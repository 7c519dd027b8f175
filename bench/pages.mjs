// The three pages that are measured, and how each does what all of them do. A step that a page cannot
// do is absent, and is reported so.

/** In the page, before anything else: from an input to the next painted frame, and frames in a row. */
export function instruments() {
  const painted = (from, done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - from);
      channel.port2.postMessage(null);
    });
  window.bench = {
    /** Milliseconds from the next trusted input of this kind to the frame that follows `after`. */
    arm(kind, after = kind) {
      window.bench.result = new Promise((done) => {
        let from = null;
        addEventListener(kind, (event) => { from = event.timeStamp; }, { capture: true, once: true });
        addEventListener(after, () => painted(from ?? performance.now(), done), { capture: true, once: true });
      });
    },
    /** Milliseconds from `from` until `selector` is there and painted. */
    until(selector, from) {
      return new Promise((done) => {
        const look = () => (document.querySelector(selector) ? painted(from, done) : setTimeout(look, 1));
        look();
      });
    },
    /**
     * The lengths of the frames from here until `stop`. A dot changes with each, since after one that had
     * nothing to draw the browser waits a sixtieth of a second. It does so at other times too: what lies
     * between the end of a frame and the beginning of the next, when the page has nothing to do, is in
     * no length.
     */
    frames() {
      const lengths = [];
      const dot = document.createElement("i");
      Object.assign(dot.style, { position: "fixed", inset: "auto 0 0 auto", width: "1px", height: "1px", zIndex: "9", willChange: "transform" });
      document.body.append(dot);
      let last = performance.now();
      // The end of the last frame; never, while it has not been drawn.
      let drawn = Infinity;
      let going = true;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { drawn = performance.now(); };
      const step = (begun) => {
        const now = performance.now();
        lengths.push(now - last - Math.max(0, begun - drawn));
        last = now;
        drawn = Infinity;
        // Never the same in two frames of which only one may be shown.
        dot.style.background = `rgb(${lengths.length % 256} 99 99)`;
        channel.port2.postMessage(null);
        if (going) requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
      window.bench.stop = () => {
        going = false;
        dot.remove();
        return lengths;
      };
    },
  };
  // When the first line of a list was there: the page's own policy forbids to be asked from outside.
  window.benchUsable = new Promise((done) => {
    const look = () => (window.benchReady && document.querySelector(window.benchReady) ? painted(0, done) : setTimeout(look, 4));
    look();
  });
}

const ours = {
  name: "Tiến độ 06",
  path: "/app/",
  row: "[role=grid] [role=row][aria-rowindex='2'], .columns article, .board article",
  async open(page, file) {
    await page.goto(`${page.base}/app/#/data?unit=toan-quoc`);
    await page.locator("#plan-file").waitFor({ state: "attached" });
    await page.evaluate(() => {
      window.openedAt = performance.now();
    });
    await page.locator("#plan-file").setInputFiles(file);
    await page.getByRole("button", { name: "Trở về bộ nhiệm vụ có sẵn" }).waitFor({ timeout: 120_000 });
    const list = (await hasTable(page)) ? "#/tasks" : "#/board";
    return page.evaluate(([hash, row]) => {
      location.hash = `${hash}?unit=toan-quoc`;
      return window.bench.until(row, window.openedAt);
    }, [list, ours.row]);
  },
  search: (page) => page.locator("#search"),
  async table(page) {
    await page.evaluate(() => { location.hash = "#/tasks?unit=toan-quoc"; });
    return hasTable(page);
  },
  sort: (page) => page.locator("[role=columnheader] .cell-sort").first(),
  regroup: { locate: (page) => page.locator("label", { hasText: "Nhóm theo" }).locator("select"), values: ["lead", ""] },
  task: (page, at) => page.locator("[role=grid] [role=row].is-task a, .columns article a, .board article a").nth(at),
  opened: "#task-panel, .panel",
  async status(page) {
    const radios = page.locator(".panel input[type=radio]");
    const on = await radios.nth(1).isChecked();
    await radios.nth(on ? 0 : 1).check();
    return page.locator(".panel button[type=submit]");
  },
  scroller: ".table",
  async board(page) {
    await page.evaluate(() => { location.hash = "#/board?unit=toan-quoc"; });
    await page.locator(".board .card-move").first().waitFor({ state: "attached", timeout: 20_000 });
    return page.locator(".board article").first();
  },
};

async function hasTable(page) {
  const before = await page.evaluate(() => location.hash);
  await page.evaluate(() => { location.hash = "#/tasks?unit=toan-quoc"; });
  const found = await page.locator("[role=grid]").waitFor({ timeout: 5_000 }).then(() => true, () => false);
  await page.evaluate((hash) => { location.hash = hash; }, before);
  return found;
}

const plain = {
  name: "plain JavaScript",
  path: "/plain/",
  row: "#rows .row",
  search: (page) => page.locator("#search"),
  sort: (page) => page.locator("#head button").first(),
  regroup: { locate: (page) => page.locator("#group"), values: ["lead", ""] },
  task: (page, at) => page.locator("#rows .row:not(.is-group)").nth(at),
  opened: "#detail button",
  status: (page) => page.locator("#start"),
  scroller: "#list",
};

const agGrid = {
  name: "AG Grid",
  path: "/aggrid/",
  row: ".ag-row",
  search: (page) => page.locator("#search"),
  sort: (page) => page.locator(".ag-header-cell").first(),
  task: (page, at) => page.locator(`.ag-row[row-index='${at}'] .ag-cell[col-id=title]`),
  opened: "#detail button",
  status: (page) => page.locator("#start"),
  scroller: ".ag-grid-viewport, .ag-body-viewport",
};

for (const yardstick of [plain, agGrid]) {
  yardstick.table = async () => true;
  yardstick.open = async (page, file) => {
    await page.goto(page.base + yardstick.path);
    await page.locator("#file").waitFor();
    await page.evaluate(() => {
      window.openedAt = performance.now();
    });
    await page.locator("#file").setInputFiles(file);
    return page.evaluate((row) => window.bench.until(row, window.openedAt), yardstick.row);
  };
}

export const PAGES = [ours, plain, agGrid];
