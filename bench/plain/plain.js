// The yardstick: what a careful hand writes for this one list, without a framework. It reads the same
// plan, searches the same words without diacritics, ranks, sorts, groups, and draws only the rows on
// the screen.
const ROW = 40;
const MARGIN = 8;
const TODAY = new Date().toISOString().slice(0, 10);
const $ = (id) => document.getElementById(id);

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");

/** The last day of a period such as 2023-02, 2025-Q2, 2025 or 2025-07-01. */
function lastDay(period) {
  if (/^\d{4}$/.test(period)) return `${period}-12-31`;
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  const [year, month] = quarter ? [Number(quarter[1]), quarter[2] * 3] : period.split("-").map(Number);
  if (!quarter && period.length === 10) return period;
  return `${year}-${String(month).padStart(2, "0")}-${new Date(year, month, 0).getDate()}`;
}

let all = [];
let shown = [];
let lines = [];
let terms = [];
let sort = null;
let descending = false;
let group = "";
let open = null;

const statusOf = (row) => {
  if (row.done) return "Done";
  if (!row.due) return "Ongoing";
  return `${row.started ? "In progress" : "Not started"}, ${row.due < TODAY ? "overdue" : "in time"}`;
};
const COLUMNS = [
  ["id", "Id", (row) => row.id],
  ["title", "Task", (row) => row.title],
  ["lead", "Lead", (row) => row.lead],
  ["due", "Due", (row) => row.due],
  ["status", "Status", (row) => row.status],
];

function load(text) {
  const plan = JSON.parse(text);
  const agencies = new Map(plan.agencies.map((a) => [a.id, a]));
  const documents = new Map(plan.documents.map((d) => [d.id, d]));
  const topics = new Map(plan.plan.topics.map((t) => [t.id, t]));
  all = plan.tasks.map((task) => {
    const bodies = [...task.leads, ...task.coordinators].map((id) => agencies.get(id));
    const title = ` ${fold(task.title.vi)}`;
    const rest = [
      task.title.en, task.source.section.vi, documents.get(task.document).number, topics.get(task.topic).name.vi,
      topics.get(task.topic).name.en, task.deliverable?.vi, task.deliverable?.en,
      ...bodies.flatMap((a) => [a.name.vi, a.abbreviation, a.name.en]),
    ];
    const row = {
      id: task.id,
      title: task.title.vi,
      lead: agencies.get(task.leads[0])?.abbreviation ?? "",
      due: task.deadline.kind === "by" ? lastDay(task.deadline.period) : "",
      started: false,
      done: false,
      words: title,
      text: `${title} ${fold(task.id)} ${fold(rest.filter(Boolean).join(" "))}`,
    };
    row.status = statusOf(row);
    return row;
  });
  all.sort((a, b) => (a.due || "9") < (b.due || "9") ? -1 : 1);
  update();
}

/** How well a row has the words that were typed; 0 when it lacks one. */
function score(row) {
  let sum = 1;
  for (const term of terms) {
    if (!row.text.includes(term)) return 0;
    if (row.words.includes(` ${term}`)) sum += 3;
    else if (row.words.includes(term)) sum += 2;
    else sum += 1;
  }
  return sum;
}

function update() {
  if (terms.length > 0) {
    const scored = [];
    for (const row of all) {
      const found = score(row);
      if (found > 0) scored.push([found, row]);
    }
    scored.sort((a, b) => b[0] - a[0]);
    shown = scored.map((pair) => pair[1]);
  } else {
    shown = all.slice();
  }
  if (sort) {
    const value = COLUMNS.find((column) => column[0] === sort)[2];
    const compare = new Intl.Collator("vi").compare;
    shown.sort((a, b) => (descending ? compare(value(b), value(a)) : compare(value(a), value(b))));
  }
  lines = shown;
  if (group) {
    const groups = new Map();
    for (const row of shown) {
      const key = row[group];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    lines = [...groups].flatMap(([key, rows]) => [{ key, count: rows.length }, ...rows]);
  }
  const overdue = shown.filter((row) => row.status.endsWith("overdue")).length;
  $("sum").textContent = `${shown.length} of ${all.length} tasks, ${overdue} overdue`;
  $("rows").style.height = `${lines.length * ROW}px`;
  draw();
}

/** The title with what was found marked. */
function marked(row) {
  const cell = document.createElement("span");
  const at = terms.length > 0 ? row.words.indexOf(terms[0]) - 1 : -1;
  if (at < 0) {
    cell.textContent = row.title;
    return cell;
  }
  const mark = document.createElement("mark");
  mark.textContent = row.title.slice(at, at + terms[0].length);
  cell.append(row.title.slice(0, at), mark, row.title.slice(at + terms[0].length));
  return cell;
}

function drawLine(line, index) {
  const element = document.createElement("div");
  element.className = line.id ? "row" : "row is-group";
  element.setAttribute("role", "row");
  element.style.top = `${index * ROW}px`;
  if (!line.id) {
    element.textContent = `${line.key} (${line.count})`;
    return element;
  }
  for (const [key, , value] of COLUMNS) {
    if (key === "title") {
      element.append(marked(line));
      continue;
    }
    const cell = document.createElement("span");
    cell.textContent = value(line);
    element.append(cell);
  }
  element.onclick = () => detail(line);
  return element;
}

let drawn = new Map();
let drawnOf = null;

/** Draws the lines on the screen; those that are there already stay. */
function draw() {
  const list = $("list");
  const from = Math.max(0, Math.floor(list.scrollTop / ROW) - MARGIN);
  const to = Math.min(lines.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + MARGIN);
  const same = drawnOf === lines;
  const next = new Map();
  for (let index = from; index < to; index += 1) {
    const known = same && drawn.get(index);
    next.set(index, known || drawLine(lines[index], index));
    if (!known) $("rows").append(next.get(index));
    drawn.delete(index);
  }
  for (const element of drawn.values()) element.remove();
  [drawn, drawnOf] = [next, lines];
}

function detail(row) {
  open = row;
  const aside = $("detail");
  aside.hidden = false;
  aside.innerHTML = "";
  const title = document.createElement("h2");
  title.textContent = row.title;
  const status = document.createElement("p");
  status.textContent = row.status;
  const button = document.createElement("button");
  button.id = "start";
  button.textContent = "Start";
  button.onclick = () => {
    open.started = !open.started;
    open.status = statusOf(open);
    update();
    detail(open);
  };
  aside.append(title, status, button);
}

function refresh() {
  // What was drawn shows other rows now.
  for (const element of drawn.values()) element.remove();
  drawn = new Map();
  update();
}

for (const [key, name] of COLUMNS) {
  const button = document.createElement("button");
  button.textContent = name;
  button.dataset.sort = key;
  button.onclick = () => {
    descending = sort === key && !descending;
    sort = key;
    refresh();
  };
  $("head").append(button);
}
$("search").oninput = (event) => {
  terms = fold(event.target.value).split(/\s+/).filter(Boolean);
  refresh();
};
$("group").onchange = (event) => {
  group = event.target.value;
  refresh();
};
$("list").onscroll = draw;
$("file").onchange = async (event) => load(await event.target.files[0].text());
