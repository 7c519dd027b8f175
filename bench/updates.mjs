// Makes the files of many officers for measuring: updates of the tasks of data/, drawn by a seed, with
// ids and digests that hold. The same seed gives the same bytes, on any machine.
import { createHash } from "node:crypto";
import { data, numbers } from "./seeded.mjs";

const SEED = 20230223;
const WORDS = (
  "đã hoàn thành rà soát dữ liệu dân cư kết nối hệ thống thông tin giải quyết thủ tục hành chính của tỉnh với cơ sở quốc gia " +
  "còn vướng mắc về kinh phí nhân lực hạ tầng đường truyền đề nghị bộ hướng dẫn báo cáo chủ tịch trong tháng tới triển khai tại cấp xã"
).split(" ");

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** Canonical JSON (RFC 8785) of a value without surprises: keys sorted, no spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** What a cell is known by. Notes and evidence add up: each has a cell of its own. */
export function cellOf({ unit, subject, field, id }) {
  const cell = `${unit}|${subject}|${field}`;
  return field === "note" || field === "evidence" ? `${cell}|${id}` : cell;
}

/**
 * Files of so many events each. Two officers of every agency work apart, so that what they say of one
 * task often differs; each goes on from what they said themselves.
 */
export function makeFiles(files, events, seed = SEED) {
  const next = numbers(seed);
  const under = (n) => Math.floor(next() * n);
  const words = (n) => Array.from({ length: n }, () => WORDS[under(WORDS.length)]).join(" ");
  const units = data("agencies").filter((a) => a.kind !== "collective" && !a.valid_to).map((a) => a.id);
  const tasks = data("tasks").map((t) => t.id);
  const values = {
    status: () => (next() < 0.5 ? { state: "in_progress" } : { state: "done", date: `2026-0${1 + under(9)}-1${under(10)}` }),
    progress: () => under(101),
    assignee: () => words(3),
    forecast: () => `2026-1${under(3)}-2${under(9)}`,
    note: () => ({ text: words(8 + under(30)) }),
    evidence: () => ({ link: `https://a.gov.vn/van-ban/${under(100000)}` }),
  };
  const fields = ["status", "status", "progress", "progress", "assignee", "forecast", "note", "note", "note", "evidence"];
  return Array.from({ length: files }, (_, number) => {
    const unit = units[(number >> 1) % units.length];
    const replica = `may-${number}-1`;
    const last = new Map();
    const list = [];
    for (let seq = 1; seq <= events; seq += 1) {
      const field = fields[under(fields.length)];
      const event = {
        replica, seq, time: { ms: 1_780_000_000_000 + seq * 60_000 + under(50_000), c: 0 }, unit,
        subject: tasks[under(tasks.length)], field, value: values[field](), parents: [], author: `Cán bộ ${number}`,
      };
      const cell = `${event.subject}|${field}`;
      const adds = field === "note" || field === "evidence";
      if (!adds && last.has(cell)) event.parents = [last.get(cell)];
      const id = sha256(canonical(event));
      if (!adds) last.set(cell, id);
      list.push({ id, ...event });
    }
    const content = {
      format: "tiendo06", schema: 1, minReader: 1, app: "bench", plan: { id: "da06", version: "1" }, kind: "full", unit,
      replica: `may-${number}`, exportedAt: "2026-11-22T08:00:00Z", count: events, events: list, ext: {},
    };
    return { ...content, sha256: sha256(canonical(content)) };
  });
}
