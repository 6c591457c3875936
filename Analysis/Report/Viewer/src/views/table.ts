import type { App, View } from "../app.js";
import { rowFigures } from "../model/figures.js";
import type { Row } from "../model/profile.js";
import { count, percent, plural } from "../text/format.js";
import { printable } from "../text/printable.js";
import { appendAsSeen, h } from "../ui/dom.js";
import { figureCell, methodCell } from "../ui/cells.js";

interface Column {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly isText?: boolean;
  /** What it is sorted by. */
  value(row: Row): number | string;
  cell(row: Row): HTMLElement;
}

/** The flat table: a row for each method. */
export class TableView implements View {
  readonly id = "table";
  readonly title = "Table";
  readonly element = h("div", { class: "view" });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "Methods" });
  private readonly columns: readonly Column[];

  constructor(private readonly app: App) {
    this.columns = columnsOf(app);
    this.element.append(this.scroller, h("div", { class: "below" }, this.status));
  }

  render(): void {
    const { app } = this;
    const { sort, ascending } = app.state;
    const column = this.columns.find(known => known.id === sort) ?? this.columns[0];
    const matches = app.matches;
    const rows = app.profile.rows.filter(row => !matches || matches[row.method] === 1);
    const direction = ascending ? 1 : -1;
    rows.sort((left, right) => direction * compare(column.value(left), column.value(right)));

    const head = h("thead", {}, h("tr", {}, ...this.columns.map(known => {
      const isSorted = known === column;
      const heading = h("button", { type: "button", title: known.hint }, known.title);
      heading.addEventListener("click", () => app.update({ sort: known.id, ascending: isSorted ? !ascending : known.isText ?? false }));
      return h("th", { scope: "col", class: known.isText ? "text" : undefined, "aria-sort": isSorted ? ascending ? "ascending" : "descending" : undefined }, heading);
    })));
    const body = h("tbody", {});
    this.scroller.replaceChildren(h("table", { class: "figures" }, head, body));
    appendAsSeen(body, rows.length, i => {
      const row = rows[i];
      const line = h("tr", { "data-method": row.method, class: row.method === app.state.method ? "selected" : undefined }, ...this.columns.map(known => known.cell(row)));
      line.addEventListener("click", () => this.select(line, row.method));
      line.addEventListener("dblclick", () => app.update({ view: "sandwich", method: row.method }));
      return line;
    });
    const self = rows.reduce((sum, row) => sum + row.figures["self"], 0);
    this.status.textContent = matches
      ? `${plural(rows.length, "method")} of ${count(app.profile.rows.length)} match${app.hasTimes ? `, with ${percent(self, app.profile.total)} of the time of their own` : ""}`
      : plural(rows.length, "method");
  }

  private select(line: HTMLElement, method: number): void {
    this.scroller.querySelector("tr.selected")?.classList.remove("selected");
    line.classList.add("selected");
    this.app.update({ method });
  }
}

function columnsOf(app: App): Column[] {
  const { profile } = app;
  const columns: Column[] = [];
  for (const { name, title, isTime, isOptional } of rowFigures) {
    if (isTime && !app.hasTimes || isOptional && !profile.rows.some(row => isTelling(row, name)))
      continue;
    columns.push({
      id: name, title, hint: hints[name] ?? title,
      value: row => row.figures[name], cell: row => figureCell(app, row.figures[name], isTime, name === "self" && isDominated(row) ? "~" : ""),
    });
    if (name === "self" || name === "total") {
      columns.push({
        id: `${name} share`, title: "%", hint: `Share of ${title.toLowerCase()} in the whole`,
        value: row => row.figures[name], cell: row => shareCell(row.figures[name], profile.total),
      }, {
        id: `${name} per call`, title: "per call", hint: `${title} per ${name === "self" ? "call" : "primitive call"}`,
        value: row => perCall(row, name), cell: row => figureCell(app, perCall(row, name), true),
      });
    }
  }
  columns.push(
    { id: "callers", title: "Callers", hint: "By how many methods it is called", value: row => row.callers.length, cell: row => figureCell(app, row.callers.length, false) },
    { id: "name", title: "Method", hint: "Name", isText: true, value: row => profile.methods[row.method].name, cell: row => methodCell(app, row.method) },
    {
      id: "place", title: "Place", hint: "File and line", isText: true, value: row => app.placeOf(profile.methods[row.method]),
      cell: row => h("td", { class: "text place", title: printable(profile.methods[row.method].file) }, app.placeOf(profile.methods[row.method])),
    });
  return columns;
}

const hints: Readonly<Record<string, string>> = {
  calls: "All calls", primitive: "Calls while it was not already active", resumes: "How often it went on after an await or a yield",
  samples: "How often it was found on top of a stack", open: "Activations that had not ended", elapsed: "From the call of an async method to its end, with what it waited for",
  waiting: "The part of it in which no thread was in it", slowest: "The longest call", self: "Time in the method itself", total: "Time in it and all that it calls",
};

// A column that says what another one says is left out.
function isTelling(row: Row, name: string): boolean {
  return name === "primitive" ? row.figures["primitive"] !== row.figures["calls"] : (row.figures[name] ?? 0) !== 0;
}

function isDominated(row: Row): boolean {
  return row.figures["recording"] > 0 && row.figures["recording"] >= row.figures["self"];
}

function perCall(row: Row, name: string): number {
  const calls = row.figures[name === "self" ? "calls" : "primitive"];
  return calls === 0 ? 0 : row.figures[name] / calls;
}

function shareCell(value: number, whole: number): HTMLElement {
  const cell = h("td", { class: "share" }, percent(value, whole));
  cell.style.setProperty("--share", `${Math.max(0, Math.min(100, 100 * value / whole || 0))}%`);
  return cell;
}

function compare(left: number | string, right: number | string): number {
  return typeof left === "number" && typeof right === "number" ? left - right || 0 : `${left}`.localeCompare(`${right}`, "en");
}
