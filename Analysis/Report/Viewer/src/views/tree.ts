import type { App, View } from "../app.js";
import { contextFigures } from "../model/figures.js";
import { omittedMethod, type Tree } from "../model/tree.js";
import type { State } from "../state.js";
import { count, percent, plural } from "../text/format.js";
import { figureCell } from "../ui/cells.js";
import { button, h } from "../ui/dom.js";
import { Layout } from "../ui/layout.js";
import { sizeOf } from "./flame.js";

const firstShown = 12;
const moreShown = 100;

/** A line: a context, or those of a caller that are not shown yet. */
interface Line {
  readonly context: number;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  /** The contexts that the line stands for; empty: it is one. */
  readonly rest: readonly number[];
}

/** The call tree as a table that can be opened: the twin of the flame graph for readers of screens, and the hot path. */
export class TreeView implements View {
  readonly id = "tree";
  readonly title = "Call tree";
  readonly element = h("div", { class: "view" });
  private readonly scroller = h("div", { class: "scroller" });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly open = new Set<number>();
  private readonly shown = new Map<number, number>();
  private readonly hot = new Set<number>();
  private tree: Tree | undefined;
  private layout: Layout | undefined;
  private focused = 0;

  constructor(private readonly app: App) {
    this.element.append(
      h("div", { class: "bar" }, button("Hot path", "Open the heaviest chain of calls below what is selected (p)", () => this.openHotPath()),
        button("Close all", "Close all calls", () => this.closeAll())),
      this.scroller, h("div", { class: "below" }, this.status));
    this.scroller.addEventListener("keydown", event => this.walk(event));
  }

  async render(before: State | undefined): Promise<void> {
    const { app } = this;
    const { state } = app;
    const tree = await app.tree();
    if (state !== app.state)
      return;
    const weights = tree.weights(app.widthOf(app.hasTimes ? "total" : "calls"), new Set());
    if (this.tree !== tree || this.layout?.weights !== weights) {
      this.tree = tree;
      this.layout = new Layout(tree, weights);
      this.open.clear();
      this.shown.clear();
      this.addHotPath(0);
    }
    if (state.context > 0 && state.context < tree.count) {
      this.openTo(state.context);
      this.focused = state.context;
    }
    const hadFocus = this.scroller.contains(document.activeElement) && document.activeElement !== this.scroller;
    this.draw(tree);
    if (hadFocus || before?.view !== this.id && before !== undefined)
      this.focusLine(hadFocus);
  }

  /** Opens the heaviest chain below what is selected, and goes to its end. */
  openHotPath(): void {
    if (!this.tree)
      return;
    const end = this.addHotPath(this.app.state.context);
    this.app.update({ context: end, method: Math.max(-1, this.tree.methods[end]) });
  }

  private closeAll(): void {
    this.open.clear();
    this.shown.clear();
    this.hot.clear();
    this.app.update({ context: 0 });
  }

  private addHotPath(from: number): number {
    const { layout } = this;
    this.hot.clear();
    let context = from;
    for (let next = layout!.childrenOf(context)[0]; next !== undefined && this.tree!.methods[next] !== omittedMethod; next = layout!.childrenOf(context)[0]) {
      this.open.add(context);
      this.hot.add(next);
      context = next;
    }
    return context;
  }

  private openTo(context: number): void {
    const { tree, layout } = this;
    for (let at = context; at > 0; at = tree!.callers[at]) {
      const caller = tree!.callers[at];
      this.open.add(caller);
      const place = layout!.childrenOf(caller).indexOf(at);
      if (place >= (this.shown.get(caller) ?? firstShown))
        this.shown.set(caller, place + 1);
    }
  }

  private lines(): Line[] {
    const { layout } = this;
    const lines: Line[] = [];
    const pending: Line[] = [];
    const push = (caller: number, level: number): void => {
      const children = [...layout!.childrenOf(caller)];
      const limit = this.shown.get(caller) ?? firstShown;
      // A line for one is better than a line that says that it is one.
      const end = children.length <= limit + 1 ? children.length : limit;
      if (end < children.length)
        pending.push({ context: caller, level, place: end + 1, siblings: end + 1, rest: children.slice(end) });
      for (let i = end - 1; i >= 0; i--)
        pending.push({ context: children[i], level, place: i + 1, siblings: end + (end < children.length ? 1 : 0), rest: [] });
    };
    push(0, 1);
    for (let line = pending.pop(); line; line = pending.pop()) {
      lines.push(line);
      if (line.rest.length === 0 && this.open.has(line.context))
        push(line.context, line.level + 1);
    }
    return lines;
  }

  private draw(tree: Tree): void {
    const { app } = this;
    const extra = contextFigures.filter(figure => !["calls", "self", "elsewhere", "recursive", "truncated"].includes(figure.name) && tree.has(figure.name)
      && (app.hasTimes || !figure.isTime));
    const titles = ["Method", ...app.hasTimes ? ["Total"] : [], "% of whole", "% of caller", ...app.hasTimes ? ["Self"] : [], "Calls", ...extra.map(figure => figure.title)];
    const lines = this.lines();
    const body = h("tbody", {}, ...lines.map(line => this.row(tree, line, extra)));
    this.scroller.replaceChildren(h("table", { class: "figures tree", role: "treegrid", "aria-label": "Call tree" },
      h("thead", {}, h("tr", { role: "row" }, ...titles.map((title, i) => h("th", { scope: "col", role: "columnheader", class: i === 0 ? "text plain" : "plain" }, title)))),
      body));
    if (!body.querySelector("[tabindex='0']"))
      body.firstElementChild?.setAttribute("tabindex", "0");
    this.status.textContent = [plural(lines.length, "line"), ...sizeOf(app, tree)].join(" · ");
  }

  private row(tree: Tree, line: Line, extra: typeof contextFigures): HTMLElement {
    const { app, layout } = this;
    const { context, level, rest } = line;
    const isRest = rest.length > 0;
    const children = isRest ? 0 : layout!.childrenOf(context).length;
    const isOpen = this.open.has(context);
    const sum = (name: string): number => isRest ? rest.reduce((sum, child) => sum + tree.figure(name, child), 0) : tree.figure(name, context);
    const caller = isRest ? context : tree.callers[context];
    const weights = layout!.weights;
    const weight = isRest ? rest.reduce((sum, child) => sum + weights[child], 0) : weights[context];
    const time = (name: string): HTMLElement => figureCell(app, sum(name) * tree.unit, true);

    const name = h("td", { class: "text name", role: "gridcell" },
      h("span", { class: "twig", "aria-hidden": "true" }, isRest || children === 0 ? "" : isOpen ? "▾" : "▸"),
      h("bdi", {}, isRest ? `… ${count(rest.length)} more` : app.nameOf(tree, context)));
    name.style.paddingLeft = `${8 + Math.min(60, level - 1) * 14}px`;
    const cells = [name, ...app.hasTimes ? [time("total")] : [],
      h("td", {}, percent(weight, weights[0])), h("td", {}, caller <= 0 ? "" : percent(weight, weights[caller])),
      ...app.hasTimes ? [time("self")] : [], figureCell(app, sum("calls"), false),
      ...extra.map(figure => figureCell(app, figure.isTime ? sum(figure.name) * tree.unit : sum(figure.name), figure.isTime))];
    for (const cell of cells)
      cell.setAttribute("role", "gridcell");
    const isSelected = !isRest && context === app.state.context && context > 0;
    const row = h("tr", {
      role: "row", "aria-level": level, "aria-posinset": line.place, "aria-setsize": line.siblings, tabindex: !isRest && context === this.focused ? 0 : -1,
      "aria-expanded": children > 0 ? `${isOpen}` : undefined, "aria-selected": `${isSelected}`, "data-context": isRest ? undefined : context, "data-rest": isRest ? context : undefined,
      class: isSelected ? "selected" : this.hot.has(context) && !isRest ? "hot" : undefined,
    }, ...cells);
    row.addEventListener("click", event => {
      const onTwig = (event.target as HTMLElement).classList.contains("twig");
      if (isRest)
        this.showMore(context);
      else if (onTwig)
        this.toggle(context);
      else
        this.choose(context);
    });
    row.addEventListener("dblclick", () => !isRest && this.toggle(context));
    return row;
  }

  private showMore(caller: number): void {
    this.shown.set(caller, (this.shown.get(caller) ?? firstShown) + moreShown);
    this.draw(this.tree!);
    this.focusLine(true);
  }

  private toggle(context: number): void {
    if (!this.open.delete(context))
      this.open.add(context);
    this.focused = context;
    this.draw(this.tree!);
    this.focusLine(true);
  }

  private choose(context: number): void {
    this.app.update({ context, method: Math.max(-1, this.tree!.methods[context]) });
  }

  private focusLine(isFocused: boolean): void {
    const line = this.scroller.querySelector<HTMLElement>("tr[tabindex='0']");
    if (isFocused)
      line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: "nearest" });
  }

  private walk(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("tbody tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const rows = [...this.scroller.querySelectorAll<HTMLElement>("tbody tr")];
    const at = rows.indexOf(row);
    const context = Number(row.dataset["context"] ?? -1);
    const expanded = row.getAttribute("aria-expanded");
    const go = (next: HTMLElement | undefined): void => {
      if (!next)
        return;
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      if (next.dataset["context"])
        this.choose(Number(next.dataset["context"]));
    };
    switch (event.key) {
      case "ArrowDown": go(rows[at + 1]); break;
      case "ArrowUp": go(rows[at - 1]); break;
      case "Home": go(rows[0]); break;
      case "End": go(rows[rows.length - 1]); break;
      case "ArrowRight":
        if (expanded === "false")
          this.toggle(context);
        else if (expanded === "true")
          go(rows[at + 1]);
        break;
      case "ArrowLeft":
        if (expanded === "true")
          this.toggle(context);
        else
          go(rows.slice(0, at).reverse().find(above => Number(above.getAttribute("aria-level")) < Number(row.getAttribute("aria-level"))));
        break;
      case "Enter":
      case " ":
        if (row.dataset["rest"])
          this.showMore(Number(row.dataset["rest"]));
        else if (expanded !== null)
          this.toggle(context);
        break;
      default: return;
    }
    event.preventDefault();
  }
}
