import type { App, View } from "../app.js";
import type { Row } from "../model/profile.js";
import { printable } from "../text/printable.js";
import { figureCell } from "../ui/cells.js";
import { appendAsSeen, h, select } from "../ui/dom.js";
import { chosenMethod } from "../ui/picker.js";

/** A line of a file; the methods that begin in it. */
interface Line {
  readonly number: number;
  readonly text: string;
  readonly row: Row | undefined;
}

/** Files with the figures of each method beside its first line; without their text, the methods in their order. */
export class SourceView implements View {
  readonly id = "source";
  readonly title = "Source";
  readonly element = h("div", { class: "view" });
  private readonly bar = h("div", { class: "bar" });
  private readonly scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "Lines" });
  private readonly rowsOf = new Map<string, Row[]>();

  constructor(private readonly app: App) {
    this.element.append(this.bar, this.scroller);
    for (const row of app.profile.rows) {
      const method = app.profile.methods[row.method];
      if (!method.isExternal)
        this.rowsOf.set(method.file, [...this.rowsOf.get(method.file) ?? [], row]);
    }
  }

  render(): void {
    const { app } = this;
    const method = chosenMethod(app);
    const chosen = app.profile.methods[method].file;
    const file = this.rowsOf.has(chosen) ? chosen : [...this.rowsOf.keys()][0];
    if (file === undefined) {
      this.scroller.replaceChildren(h("p", { class: "hint" }, "No source file is known."));
      return;
    }
    const text = app.profile.sources.get(file);
    const files = [...this.rowsOf.keys()].sort().map(value => ({ value, title: app.placeOf({ ...app.profile.methods[method], file: value, line: 0, isExternal: false }) }));
    this.bar.replaceChildren(
      select("File", files, file, value => app.update({ method: this.heaviestOf(value) })),
      h("span", { class: "hint" }, text === undefined ? "The text is not in this report: dotnet prof report --source embeds it." : ""));
    this.show(text === undefined ? this.places(file) : this.lines(file, text), method, text !== undefined);
  }

  private show(lines: readonly Line[], method: number, hasText: boolean): void {
    const { app } = this;
    const titles = ["Line", "Calls", ...app.hasTimes ? ["Self", "Total"] : []];
    const body = h("tbody", {});
    this.scroller.replaceChildren(h("table", { class: hasText ? "figures source" : "figures" },
      h("thead", {}, h("tr", {}, ...titles.map(title => h("th", { scope: "col", class: "plain" }, title)), h("th", { scope: "col", class: "text plain" }, hasText ? "Text" : "Method"))),
      body));
    const selected = lines.findIndex(line => line.row?.method === method);
    appendAsSeen(body, lines.length, i => {
      const { number, text, row } = lines[i];
      const figures = row?.figures;
      const line = h("tr", { class: i === selected ? "selected" : figures ? "begins" : undefined, "data-method": row?.method },
        h("td", { class: "line" }, number > 0 ? `${number}` : ""), figureCell(app, figures?.["calls"], false),
        ...app.hasTimes ? [figureCell(app, figures?.["self"], true), figureCell(app, figures?.["total"], true)] : [],
        h("td", { class: hasText ? "text code" : "text name", title: row ? app.profile.methods[row.method].name : undefined }, text));
      if (row)
        line.addEventListener("click", () => app.update({ method: row.method }));
      return line;
    }, selected + 60);
    body.children[selected]?.scrollIntoView({ block: "center" });
  }

  private lines(file: string, text: string): Line[] {
    const rows = new Map<number, Row[]>();
    for (const row of this.rowsOf.get(file) ?? []) {
      const { line } = this.app.profile.methods[row.method];
      rows.set(line, [...rows.get(line) ?? [], row]);
    }
    return text.split(/\r\n|\r|\n/).flatMap((content, i): Line[] => {
      const [first, ...others] = rows.get(i + 1) ?? [];
      return [{ number: i + 1, text: printable(content.replaceAll("\t", "    ")), row: first },
        ...others.map(row => ({ number: 0, text: `  ↳ ${this.app.profile.methods[row.method].short}`, row }))];
    });
  }

  private places(file: string): Line[] {
    const { methods } = this.app.profile;
    return [...this.rowsOf.get(file) ?? []].sort((left, right) => methods[left.method].line - methods[right.method].line)
      .map(row => ({ number: methods[row.method].line, text: methods[row.method].name, row }));
  }

  private heaviestOf(file: string): number {
    const name = this.app.hasTimes ? "total" : "calls";
    return this.rowsOf.get(file)!.reduce((best, row) => row.figures[name] > best.figures[name] ? row : best).method;
  }
}
