import type { App, View } from "../app.js";
import type { Figures, Share } from "../model/profile.js";
import { percent, plural } from "../text/format.js";
import { figureCell, methodCell } from "../ui/cells.js";
import { appendAsSeen, h } from "../ui/dom.js";
import { chosenMethod, MethodPicker } from "../ui/picker.js";

/** Who calls a method, and whom it calls, with exact figures for each pair. */
export class CallersView implements View {
  readonly id = "callers";
  readonly title = "Callers";
  readonly element = h("div", { class: "view" });
  private readonly picker: MethodPicker;
  private readonly figures = h("div", { class: "figures-of" });
  private readonly callers = h("div", { class: "half callers" });
  private readonly callees = h("div", { class: "half callees" });

  constructor(private readonly app: App) {
    this.picker = new MethodPicker(app, "caller-methods");
    this.element.append(h("div", { class: "bar" }, this.picker.element, this.figures), h("div", { class: "halves" }, this.callers, this.callees));
  }

  render(): void {
    const { app } = this;
    const { profile } = app;
    const method = chosenMethod(app);
    const row = profile.rowOf.get(method);
    this.picker.show(method);
    const own = row?.figures;
    this.figures.textContent = own ? [plural(own["calls"], "call"), ...app.hasTimes ? [`total ${app.amount(own["total"])}`, `self ${app.amount(own["self"])}`] : [],
      app.placeOf(profile.methods[method])].join(" · ") : "";
    this.fill(this.callers, "Callers", row?.callers ?? [], own, "It was called from outside all recorded methods only.");
    this.fill(this.callees, "Callees", profile.calleesOf.get(method) ?? [], own, "It calls nothing that is recorded.");
  }

  private fill(half: HTMLElement, title: string, shares: readonly Share[], whole: Figures | undefined, nothing: string): void {
    const { app } = this;
    const name = app.hasTimes ? "total" : "calls";
    const sorted = [...shares].sort((left, right) => right.figures[name] - left.figures[name] || right.figures["calls"] - left.figures["calls"]);
    const hasPrimitive = sorted.some(share => share.figures["primitive"] !== share.figures["calls"]);
    const titles = ["Calls", ...hasPrimitive ? ["Primitive"] : [], ...app.hasTimes ? ["Self", "Total"] : [], "%"];
    const body = h("tbody", {});
    const table = h("table", { class: "figures" },
      h("thead", {}, h("tr", {}, ...titles.map(text => h("th", { scope: "col", class: "plain" }, text)), h("th", { scope: "col", class: "text plain" }, "Method"))), body);
    half.replaceChildren(h("h2", {}, `${title} (${sorted.length})`),
      sorted.length === 0 ? h("p", { class: "hint" }, nothing) : h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": title }, table));
    appendAsSeen(body, sorted.length, i => {
      const { method, figures } = sorted[i];
      const line = h("tr", { "data-method": method }, figureCell(app, figures["calls"], false),
        ...hasPrimitive ? [figureCell(app, figures["primitive"], false)] : [],
        ...app.hasTimes ? [figureCell(app, figures["self"], true), figureCell(app, figures["total"], true)] : [],
        h("td", {}, percent(figures[name], whole?.[name] ?? 0)), this.linkOf(method));
      return line;
    });
  }

  private linkOf(method: number): HTMLElement {
    const cell = methodCell(this.app, method);
    const link = h("button", { type: "button", class: "link" }, ...cell.childNodes);
    link.addEventListener("click", () => this.app.update({ method }));
    cell.append(link);
    return cell;
  }
}
