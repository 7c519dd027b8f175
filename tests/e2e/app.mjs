// The steps that the journeys share, in the words a user sees: roles and accessible names.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";

/** The bucket names of the board's columns, in their order. */
export const BUCKETS = [
  "Chưa thực hiện, quá hạn",
  "Đang thực hiện, quá hạn",
  "Chưa thực hiện, trong hạn",
  "Đang thực hiện, trong hạn",
  "Thường xuyên, không thời hạn",
  "Hoàn thành, đúng hạn",
  "Hoàn thành, quá hạn",
  "Hoàn thành, không thời hạn",
];

const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The page in one tab. */
export class Tracker {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.title = page.getByRole("heading", { level: 1 });
    this.unit = page.getByRole("combobox", { name: "Đơn vị của tôi" });
    this.asof = page.getByRole("textbox", { name: "Tính đến ngày" });
    this.search = page.getByRole("searchbox", { name: "Tìm nhiệm vụ" });
    this.notices = page.getByRole("log", { name: "Thông báo" });
    this.panel = page
      .getByRole("region")
      .or(page.getByRole("dialog"))
      .filter({ has: page.getByRole("button", { name: "Đóng nhiệm vụ" }) });
    this.form = page.getByRole("region", { name: "Cập nhật tiến độ" });
    this.history = page.getByRole("region", { name: "Lịch sử cập nhật" }).getByRole("listitem");
    this.status = this.form.getByRole("radiogroup", { name: "Trạng thái" });
    this.doneOn = this.form.getByRole("textbox", { name: "Ngày hoàn thành" });
    this.progress = this.form.getByLabel("Tiến độ (%)");
    this.note = this.form.getByRole("textbox", { name: "Ghi chú" });
    this.save = this.form.getByRole("button", { name: "Lưu cập nhật" });
    this.file = page.getByLabel("Nhập tệp JSON");
    this.merge = page.getByRole("button", { name: "Gộp vào sổ theo dõi" });
  }

  /** Opens an address such as `#/board?unit=bo-cong-an` and waits for the app. */
  async open(address = "") {
    await this.go(address);
    await this.whole();
    await expect(this.title).toBeVisible();
  }

  /**
   * Goes to an address. In a page that is already open the browser is done before the page has drawn it, and
   * what stood there before may well have the same names.
   */
  async go(address) {
    const from = new URL(this.page.url());
    const to = from.protocol === "http:" ? new URL(`./${address}`, from) : null;
    const same = to && from.href !== to.href && from.href.split("#")[0] === to.href.split("#")[0];
    // After the page's own listener and what it has put off. Not by frames: a tab behind another draws none.
    const turned = same && await this.page.evaluateHandle(() => ({
      done: new Promise((resolve) => {
        addEventListener("hashchange", () => setTimeout(resolve), { once: true });
      }),
    }));
    await this.page.goto(`./${address}`);
    if (turned) await turned.evaluate(({ done }) => done);
  }

  /**
   * Waits until nothing of the program is still to come, nor of what the browser keeps. The page itself says
   * when: asked again and again from outside, each start would take half as long again.
   */
  async whole() {
    await this.page.evaluate(() => new Promise((resolve) => {
      const reading = (button) => /^(Đang đọc dữ liệu|Reading what is kept)/.test(button.textContent);
      const ready = () =>
        document.querySelector('meta[name="app-rest"]') === null &&
        ![...document.querySelectorAll("header button")].some(reading);
      const look = () => {
        if (!ready()) return;
        // The part that says what is being read is drawn a moment after its program has come.
        setTimeout(() => {
          if (!ready()) return;
          observer.disconnect();
          resolve();
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    }));
  }

  /** Follows a link of the navigation. */
  async follow(name) {
    await this.page.getByRole("navigation").getByRole("link", { name }).click();
    await expect(this.title).toHaveText(name);
  }

  /** Types into the combobox of units and takes the option of that name. */
  async chooseUnit(typed, name) {
    await this.unit.fill(typed);
    await this.page
      .getByRole("listbox", { name: "Đơn vị của tôi" })
      .getByRole("option", { name: new RegExp(`^${plain(name)}`) })
      .click();
    await expect(this.unit).toHaveValue(name);
  }

  /** The column of a bucket, holding so many tasks when a count is given. */
  column(bucket, count) {
    const tail = count === undefined ? "[\\d.]+" : plain(String(count));
    return this.page.getByRole("region", { name: new RegExp(`^${plain(bucket)} \\(${tail}\\)$`) });
  }

  /** The names of all columns, counts included. */
  async columns() {
    const columns = this.main.getByRole("region", { name: /\([\d.]+\)$/ });
    await expect(columns).toHaveCount(BUCKETS.length);
    return columns.evaluateAll((all) => all.map((column) => column.getAttribute("aria-label")));
  }

  /** The card of a task. */
  card(id) {
    return this.main.getByRole("article").filter({ hasText: id });
  }

  /** Opens a task from its card. */
  async openTask(id) {
    await this.card(id).getByRole("link").click();
    await expect(this.panel).toContainText(id);
  }

  /** Fills in the form of the open task and saves it. */
  async record({ status, doneOn, progress, note }) {
    if (status !== undefined) await this.status.getByRole("radio", { name: status }).check();
    if (doneOn !== undefined) await this.doneOn.fill(doneOn);
    if (progress !== undefined) await this.progress.fill(progress);
    if (note !== undefined) await this.note.fill(note);
    await this.save.click();
  }

  /** Saves the ledger as a file: its name and its text. */
  async export() {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.main.getByRole("button", { name: "Xuất JSON" }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  }

  /** Chooses files, each `{ name, text }` or `{ name, bytes }`, for import. */
  async choose(...files) {
    await this.file.setInputFiles(
      files.map(({ name, text, bytes }) => ({
        name,
        mimeType: "application/json",
        buffer: bytes ?? Buffer.from(text, "utf8"),
      })),
    );
  }

  /** What is said of a chosen file before it is merged. */
  preview(name) {
    return this.main.getByRole("article", { name });
  }

  /** The safety meter, by what it says. */
  safety(words, options = {}) {
    return this.page.getByRole("banner").getByRole("button", { name: words, ...options });
  }

  /** Opens the safety meter and follows its link to the data page. */
  async toData(words) {
    await this.safety(words).click();
    await this.page.getByRole("link", { name: "Mở trang Dữ liệu" }).click();
    await expect(this.title).toHaveText("Dữ liệu");
  }

  /** The stored events, by key, as localStorage keeps them. */
  stored() {
    return this.page.evaluate(() => {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith("tiendo06/e/"));
      return Object.fromEntries(keys.sort().map((key) => [key, localStorage.getItem(key)]));
    });
  }

  /** The stored events, by key, as IndexedDB keeps them. */
  async mirrored() {
    return Object.fromEntries(await this.page.evaluate(async () => {
      const known = await indexedDB.databases();
      if (!known.some(({ name }) => name === "tiendo06")) return [];
      const answer = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const db = await answer(indexedDB.open("tiendo06"));
      const store = () => db.transaction("events").objectStore("events");
      const [keys, values] = [await answer(store().getAllKeys()), await answer(store().getAll())];
      db.close();
      return keys.map((key, at) => [`tiendo06/e/${key}`, values[at]]);
    }));
  }

  /** What both places have, by key. */
  async keptAnywhere() {
    return { ...(await this.mirrored()), ...(await this.stored()) };
  }
}

/** Takes IndexedDB away from a page or context that was not opened yet. */
export function withoutDatabase(target) {
  return target.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
}

/** A tracker in a browser of its own: nothing stored, nothing chosen. */
export async function elsewhere(browser, options = {}) {
  const context = await browser.newContext(options);
  return new Tracker(await context.newPage());
}

/** Canonical JSON (RFC 8785) of a value without surprises: keys sorted, no spaces. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** The id that an event's content has. */
export function idOf({ id: _, ...content }) {
  return sha256(canonical(content));
}

/** The digest that a file's content has. */
export function digestOf({ sha256: _, ...content }) {
  return sha256(canonical(content));
}

/** The text of a file with valid ids, count and digest, as another program might write it. */
export function sealed(file) {
  const events = file.events.map((event) => ({ ...event, id: idOf(event) }));
  const content = { ...file, events, count: events.length };
  return JSON.stringify({ ...content, sha256: digestOf(content) }, null, 2);
}
