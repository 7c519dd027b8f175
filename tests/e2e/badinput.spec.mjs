// Files that must not be taken, and files that hold more than this page knows.
import { writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Tracker, digestOf, elsewhere, idOf, sealed } from "./app.mjs";

// Long steps on a machine that is busy with something else.
test.describe.configure({ timeout: 90_000 });

const NAME = "bao-cao-cua-bo.json";

// A file the page itself exported, and the state of the browser it came from.
let exported;
let state;
let board;

test.beforeAll(async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await tracker.record({ status: "Đang thực hiện", progress: "60", note: "Đã cấp 48 triệu tài khoản" });
  await expect(tracker.history).toHaveCount(3);
  board = await tracker.columns();
  expect(board).toContain("Đang thực hiện, quá hạn (1)");
  await tracker.follow("Dữ liệu");
  exported = (await tracker.export()).text;
  state = await tracker.page.context().storageState();
  await tracker.page.context().close();
});

/** Where a piece of the exported file begins: line and column, both from 1. */
function place(piece) {
  const before = exported.slice(0, exported.indexOf(piece)).split("\n");
  return { line: before.length, column: before.at(-1).length + 1 };
}

/** The exported file with one piece replaced; the piece has to be there. */
function swapped(piece, other) {
  expect(exported).toContain(piece);
  return exported.replace(piece, other);
}

/** The exported file with some members changed and everything sealed again. */
function rewritten(change) {
  const file = JSON.parse(exported);
  change(file);
  return sealed(file);
}

test("an exported file can be checked without the page: ids and digest by RFC 8785", () => {
  const file = JSON.parse(exported);
  expect(file).toMatchObject({ format: "tiendo06", schema: 1, minReader: 1, kind: "full", unit: "bo-cong-an", count: 3 });
  expect(file.sha256).toBe(digestOf(file));
  for (const event of file.events) expect(event.id).toBe(idOf(event));
});

const CASES = [
  {
    title: "a file that is not JSON is refused, with line and column",
    make: () => ({ text: swapped('"schema": 1,', '"schema": 1;') }),
    says: () => {
      const { line, column } = place('"schema": 1,');
      return [`không phải là JSON: sai ở dòng ${line}, cột ${column + '"schema": 1'.length}.`];
    },
  },
  {
    title: "a text that never was JSON is refused",
    make: () => ({ text: "Kính gửi: Văn phòng Chính phủ\nBáo cáo tháng 11" }),
    says: () => ["không phải là JSON: sai ở dòng 1, cột 1."],
  },
  {
    title: "a JSON file of something else is refused, with the field that is missing",
    make: () => ({ text: '{"type":"FeatureCollection","features":[]}' }),
    says: () => ["không phải tệp của Tiến độ 06", "thiếu trường format"],
  },
  {
    title: "a JSON file that is a list is refused",
    make: () => ({ text: "[]" }),
    says: () => ["không phải tệp của Tiến độ 06"],
  },
  {
    title: "a truncated file is refused, with the place where it ends",
    make: () => ({ text: exported.slice(0, exported.indexOf('"parents"')) }),
    says: () => [`bị cắt ở dòng ${place('"parents"').line}, cột `],
  },
  {
    title: "a file that lacks its last byte is refused",
    make: () => ({ text: exported.slice(0, -1) }),
    says: () => [`bị cắt ở dòng ${exported.split("\n").length}, cột `],
  },
  {
    title: "a file cut inside a letter is refused as cut",
    make: () => {
      const at = Buffer.from(exported.slice(0, exported.indexOf("Đã cấp")), "utf8").length + 1;
      return { bytes: Buffer.from(exported, "utf8").subarray(0, at) };
    },
    says: () => [`bị cắt ở dòng ${place("Đã cấp").line}, cột `],
  },
  {
    title: "a file whose content was altered is refused, with the field of the checksum",
    make: () => ({ text: swapped("48 triệu", "84 triệu") }),
    says: () => ["đã bị sửa sau khi xuất", "trường sha256"],
  },
  {
    title: "a file whose checksum was altered is refused",
    make: () => {
      const { sha256 } = JSON.parse(exported);
      return { text: swapped(sha256, sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))) };
    },
    says: () => ["đã bị sửa sau khi xuất", "trường sha256"],
  },
  {
    title: "an altered update under a checksum that fits is refused, with its number",
    make: () => {
      const file = JSON.parse(exported);
      file.events[1].author = "người khác";
      return { text: JSON.stringify({ ...file, sha256: digestOf(file) }) };
    },
    says: () => ["cập nhật thứ 2 đã bị sửa"],
  },
  {
    title: "a file of a newer schema that asks for a newer reader is refused",
    make: () => ({ text: rewritten((file) => Object.assign(file, { schema: 99, minReader: 99 })) }),
    says: () => ["phiên bản mới hơn", "lược đồ 99", "cần trình đọc 99"],
  },
  {
    title: "a file about another plan is refused, with both plans and the field",
    make: () => ({ text: rewritten((file) => { file.plan.id = "da-khac"; }) }),
    says: () => ["“da-khac”", "“da06”", "trường plan.id"],
  },
  {
    title: "a file with a wrong field is refused, with field and line",
    make: () => ({ text: rewritten((file) => { file.exportedAt = "hôm qua"; }) }),
    says: (text) => {
      const line = text.slice(0, text.indexOf('"exportedAt"')).split("\n").length;
      return [`sai ở trường exportedAt, dòng ${line}`];
    },
  },
  {
    title: "an update with a wrong field is refused, with field and line",
    make: () => ({ text: rewritten((file) => { file.events[2].seq = "ba"; }) }),
    says: (text) => {
      const line = text.slice(0, text.indexOf('"seq": "ba"')).split("\n").length;
      return [`sai ở trường events[2].seq, dòng ${line}`];
    },
  },
  {
    title: "a file that says another number of updates is refused",
    make: () => {
      const file = { ...JSON.parse(exported), count: 4 };
      return { text: JSON.stringify({ ...file, sha256: digestOf(file) }) };
    },
    says: () => ["ghi có 4 cập nhật (trường count) nhưng chứa 3"],
  },
  {
    title: "a file that names a field twice is refused, with the place",
    make: () => ({ text: swapped('"schema": 1,', '"schema": 1,\n  "schema": 1,') }),
    says: () => ["khóa “schema” hai lần", `dòng ${place('"schema": 1,').line + 1}`],
  },
  {
    title: "a file over 25 MB is refused, with its size and the limit",
    make: () => ({ bytes: Buffer.alloc(26 * 1024 * 1024, " ") }),
    says: () => ["lớn 26 MB", "giới hạn 25 MB"],
  },
  { title: "an empty file is refused", make: () => ({ text: "" }), says: () => ["không có nội dung"] },
  { title: "a file of blanks is refused", make: () => ({ text: " \n\t\n" }), says: () => ["không có nội dung"] },
  {
    title: "a file in another encoding is refused, with the byte",
    make: () => ({ bytes: Buffer.from(`\ufeff${exported}`, "utf16le") }),
    says: () => ["không phải là văn bản UTF-8", "byte 0"],
  },
];

for (const { title, make, says } of CASES) {
  test(title, async ({ browser }, info) => {
    const tracker = await elsewhere(browser, { storageState: state });
    await tracker.open("#/data?unit=bo-cong-an");
    const stored = await tracker.keptAnywhere();
    expect(Object.keys(stored)).toHaveLength(3);

    // From the disk, as a user has it: the protocol of the test would choke on 26 MB.
    const { text, bytes } = make();
    const path = info.outputPath(NAME);
    await writeFile(path, bytes ?? text);
    await tracker.file.setInputFiles(path);
    const preview = tracker.preview(NAME);
    await expect(preview).toContainText(`Tệp ${NAME}`);
    for (const words of says(text)) await expect(preview).toContainText(words);
    await expect(preview).toContainText("Chưa có gì thay đổi.");
    await expect(tracker.merge).toHaveCount(0);

    expect(await tracker.keptAnywhere()).toEqual(stored);
    await tracker.follow("Bảng việc");
    expect(await tracker.columns()).toEqual(board);
    await tracker.page.context().close();
  });
}

test("a refusal is said in English too", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/data?lang=en");
  await tracker.page.getByLabel("Import JSON file").setInputFiles({
    name: NAME,
    mimeType: "application/json",
    buffer: Buffer.from(exported.slice(0, -1), "utf8"),
  });
  const preview = tracker.preview(NAME);
  await expect(preview).toContainText(NAME);
  await expect(preview).toContainText(new RegExp(`line ${exported.split("\n").length}\\b`));
  await tracker.page.context().close();
});

test("of several files the good ones are merged and the bad one is named", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/data");
  await tracker.choose({ name: "tot.json", text: exported }, { name: "hong.json", text: exported.slice(0, 100) });
  await expect(tracker.preview("tot.json")).toContainText("3 cập nhật: 3 mới, 0 đã có.");
  await expect(tracker.preview("hong.json")).toContainText("Tệp hong.json bị cắt");
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 3 cập nhật");
  expect(Object.keys(await tracker.keptAnywhere())).toHaveLength(3);
  await tracker.page.context().close();
});

test("the same file can be chosen again after it was mended", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/data");
  await tracker.choose({ name: NAME, text: exported.slice(0, -1) });
  await expect(tracker.preview(NAME)).toContainText("bị cắt");
  await tracker.choose({ name: NAME, text: exported });
  await expect(tracker.preview(NAME)).toContainText("3 mới");
  await tracker.page.getByRole("button", { name: "Không gộp" }).click();
  await expect(tracker.preview(NAME)).toHaveCount(0);
  expect(await tracker.keptAnywhere()).toEqual({});
  await tracker.page.context().close();
});

test("what this page does not know is counted, kept, and survives the next export", async ({ browser }) => {
  const tracker = await elsewhere(browser, { storageState: state });
  await tracker.open("#/data?unit=bo-cong-an");
  const strange = [
    { unit: "so-tuong-lai", subject: "CT05-B-06", field: "status", value: { state: "in_progress" } },
    { unit: "bo-cong-an", subject: "CT99-01", field: "progress", value: 12 },
    { unit: "bo-cong-an", subject: "CT05-B-06", field: "tam_trang", value: { vui: true, muc: 0.5 } },
    { unit: "bo-cong-an", subject: "CT05-B-09", field: "progress", value: 30, mui_gio: "+07:00" },
    { unit: "bo-cong-an", subject: "CT05-B-09", field: "status", value: "gần xong" },
  ].map((event, index) => {
    const whole = {
      replica: "may-khac-1", seq: index + 1, time: { ms: 1_790_000_000_000 + index, c: 0 },
      parents: [], author: "Máy khác", ...event,
    };
    return { ...whole, id: idOf(whole) };
  });
  const text = rewritten((file) => { file.events = strange; file.replica = "may-khac"; });
  await tracker.choose({ name: NAME, text });
  const preview = tracker.preview(NAME);
  await expect(preview).toContainText("5 cập nhật: 5 mới, 0 đã có.");
  await expect(preview).toContainText("1 cập nhật về nhiệm vụ, chỉ tiêu không có trong bộ nhiệm vụ này (CT99-01)");
  await expect(preview).toContainText("1 cập nhật của đơn vị không có trong bộ nhiệm vụ này (so-tuong-lai)");
  await expect(preview).toContainText("2 cập nhật có trường mà phiên bản này chưa biết");
  await expect(preview).toContainText("1 cập nhật có giá trị mà phiên bản này không đọc được");
  await tracker.merge.click();
  await expect(tracker.notices).toContainText("Đã gộp 5 cập nhật");

  await tracker.page.reload();
  await expect(tracker.main).toContainText("có 8 cập nhật");
  const after = JSON.parse((await tracker.export()).text);
  expect(after.count).toBe(8);
  for (const event of [...strange, ...JSON.parse(exported).events]) {
    expect(after.events).toContainEqual(event);
  }

  await tracker.open("#/task/CT05-B-06?unit=bo-cong-an");
  await expect(tracker.history.filter({ hasText: "Trường “tam_trang” của phiên bản mới hơn" })).toHaveCount(1);
  await expect(tracker.history.filter({ hasText: "so-tuong-lai" })).toHaveCount(1);
  await tracker.page.context().close();
});

test("a newer schema that an older reader can read is taken", async ({ browser }) => {
  const tracker = await elsewhere(browser);
  await tracker.open("#/data");
  const text = rewritten((file) => Object.assign(file, { schema: 2, minReader: 1, "chữ ký": "ở đây" }));
  await tracker.choose({ name: NAME, text });
  await expect(tracker.preview(NAME)).toContainText("3 cập nhật: 3 mới, 0 đã có.");
  await tracker.page.context().close();
});
