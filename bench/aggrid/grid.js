// The other yardstick: AG Grid Community as its documentation has it, with the same plan, the quick
// filter (cached, over the same folded text) as search, and its own sorting. Grouping rows is not part
// of the Community edition.
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");
const $ = (id) => document.getElementById(id);

const grid = agGrid.createGrid($("list"), {
  columnDefs: [
    { field: "id", width: 110 },
    { field: "title", flex: 1, getQuickFilterText: ({ data }) => data.text },
    { field: "lead", width: 140, getQuickFilterText: () => "" },
    { field: "due", width: 110, getQuickFilterText: () => "" },
    { field: "status", width: 160, getQuickFilterText: () => "" },
  ],
  rowHeight: 40,
  cacheQuickFilter: true,
  getRowId: ({ data }) => data.id,
  onCellClicked: ({ node }) => detail(node),
  onModelUpdated: ({ api }) => { $("sum").textContent = `${api.getDisplayedRowCount()} tasks`; },
});

function load(text) {
  const plan = JSON.parse(text);
  const agencies = new Map(plan.agencies.map((a) => [a.id, a]));
  const documents = new Map(plan.documents.map((d) => [d.id, d]));
  const topics = new Map(plan.plan.topics.map((t) => [t.id, t]));
  const rows = plan.tasks.map((task) => {
    const bodies = [...task.leads, ...task.coordinators].map((id) => agencies.get(id));
    const words = [
      task.id, task.title.vi, task.title.en, task.source.section.vi, documents.get(task.document).number,
      topics.get(task.topic).name.vi, topics.get(task.topic).name.en, task.deliverable?.vi, task.deliverable?.en,
      ...bodies.flatMap((a) => [a.name.vi, a.abbreviation, a.name.en]),
    ];
    return {
      id: task.id,
      title: task.title.vi,
      lead: agencies.get(task.leads[0])?.abbreviation ?? "",
      due: task.deadline.period ?? "",
      status: "Not started",
      text: fold(words.filter(Boolean).join(" ")),
    };
  });
  grid.setGridOption("rowData", rows);
}

function detail(node) {
  const aside = $("detail");
  aside.hidden = false;
  aside.innerHTML = "";
  const title = document.createElement("h2");
  title.textContent = node.data.title;
  const status = document.createElement("p");
  status.textContent = node.data.status;
  const button = document.createElement("button");
  button.id = "start";
  button.textContent = "Start";
  button.onclick = () => {
    const next = node.data.status === "Not started" ? "In progress" : "Not started";
    grid.applyTransaction({ update: [{ ...node.data, status: next }] });
    status.textContent = next;
  };
  aside.append(title, status, button);
}

$("search").oninput = (event) => grid.setGridOption("quickFilterText", fold(event.target.value));
$("file").onchange = async (event) => load(await event.target.files[0].text());
const rows = new URLSearchParams(location.search).get("plan");
if (rows) load(await (await fetch(rows)).text());
