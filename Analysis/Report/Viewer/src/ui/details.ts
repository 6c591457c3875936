import type { App } from "../app.js";
import type { Tree } from "../model/tree.js";
import { count, percent, plural } from "../text/format.js";
import { button, h } from "./dom.js";

/** The line at the bottom: what is selected, its figures, and what can be done with it. */
export class Details {
  readonly element = h("section", { class: "details", "aria-label": "Selection" });
  private readonly text = h("div", { class: "details-text", "aria-live": "polite" });
  private readonly actions = h("div", { class: "details-actions" });

  constructor(private readonly app: App) {
    this.element.append(this.text, this.actions);
  }

  async render(): Promise<void> {
    const { app } = this;
    const { state } = app;
    const tree = app.hasTree && (state.view === "flame" || state.view === "tree") ? await app.tree() : undefined;
    if (state !== app.state)
      return;
    const isContext = tree !== undefined && state.context > 0 && state.context < tree.count;
    const method = app.profile.methods[state.method];
    this.element.classList.toggle("empty", !isContext && !method);
    if (!isContext && !method) {
      this.text.replaceChildren(h("p", { class: "hint" }, "Click a method to see its figures; press ? for the keys."));
      this.actions.replaceChildren();
      return;
    }
    const lines = isContext ? this.ofContext(tree, state.context) : [];
    if (method && (!isContext || tree.methods[state.context] >= 0))
      lines.push(this.ofMethod(state.method));
    const name = isContext ? app.nameOf(tree, state.context) : method.name;
    const place = isContext && tree.methods[state.context] < 0 || !method ? "" : app.originOf(method);
    this.text.replaceChildren(h("p", { class: "details-name" }, h("bdi", {}, name), h("span", { class: "place" }, place)), ...lines);
    this.actions.replaceChildren(...this.buttons(isContext, method ? state.method : -1));
  }

  /** Puts what is shown on the clipboard. */
  copy(): void {
    const text = [...this.text.querySelectorAll("p")].map(line => line.textContent).join("\n");
    void navigator.clipboard?.writeText(text).catch(() => copyOfOld(text));
  }

  private ofContext(tree: Tree, context: number): HTMLElement[] {
    const { app } = this;
    const caller = tree.callers[context];
    const figure = (name: string): number => tree.figure(name, context);
    const total = figure("total");
    const parts: (Node | string)[] = ["Here: "];
    if (app.hasTimes) {
      parts.push(value("total", app.amount(total * tree.unit), app.exact(total * tree.unit)), ` (${percent(total, tree.figure("total", 0))}`,
        caller > 0 ? `, ${percent(total, tree.figure("total", caller))} of its caller)` : ")",
        " · ", value("self", app.amount(figure("self") * tree.unit), app.exact(figure("self") * tree.unit)), " · ");
    }
    parts.push(value("calls", count(figure("calls")), `${figure("calls")}`));
    for (const name of ["elapsed", "waiting"]) {
      if (figure(name) > 0)
        parts.push(" · ", value(name, app.amount(figure(name) * tree.unit), app.exact(figure(name) * tree.unit)));
    }
    if (figure("resumes") > 0)
      parts.push(` · ${plural(figure("resumes"), "resume")}`);
    if (figure("truncated") > 0)
      parts.push(` · ${plural(figure("truncated"), "call")} from here had no room in the tree`);
    return [h("p", {}, ...parts), ...app.profile.isDifference ? [this.before(tree, context)] : []];
  }

  private before(tree: Tree, context: number): HTMLElement {
    const { app } = this;
    const [total, self] = [tree.sumsOf("beforeSelf")[context] * tree.unit, tree.figure("beforeSelf", context) * tree.unit];
    const calls = tree.figure("beforeCalls", context);
    return h("p", {}, "Before: ", ...app.hasTimes
      ? [value("total before", app.amount(total), app.exact(total)), " · ", value("self before", app.amount(self), app.exact(self)), " · "] : [],
    value("calls before", count(calls), `${calls}`));
  }

  private ofMethod(method: number): HTMLElement {
    const { app } = this;
    const row = app.profile.rowOf.get(method);
    if (!row)
      return h("p", {}, "The table has no row of it: it has not returned.");
    const { calls, primitive, self, total } = row.figures;
    const parts: (Node | string)[] = ["All calls: "];
    if (app.hasTimes) {
      parts.push(value("total", app.amount(total), app.exact(total)), ` (${percent(total, app.profile.total)}) · `,
        value("self", app.amount(self), app.exact(self)), ` (${percent(self, app.profile.total)}) · `);
    }
    parts.push(value("calls", count(calls), `${calls}`), ...primitive !== calls ? [`, ${count(primitive)} of them primitive`] : []);
    return h("p", {}, ...parts);
  }

  private buttons(isContext: boolean, method: number): HTMLElement[] {
    const { app } = this;
    const buttons: HTMLElement[] = [];
    if (isContext)
      buttons.push(button("Zoom", "Make it as wide as the window (Enter)", () => app.update({ view: "flame", zoom: app.state.context })));
    if (method >= 0) {
      if (app.hasTree)
        buttons.push(button("Sandwich", "All that leads to it, and all that it calls (s)", () => app.update({ view: "sandwich" })));
      buttons.push(
        button("Callers", "Who calls it, and whom it calls (c)", () => app.update({ view: "callers" })),
        button("Source", "Where it is written (o)", () => app.update({ view: "source" })));
      if (app.hasTree && !app.state.hidden.includes(method))
        buttons.push(button("Hide", "Leave it out of the flame graph, with all that it calls (x)", () => app.update({ hidden: [...app.state.hidden, method] })));
    }
    buttons.push(button("Copy", "Copy the figures (y)", () => this.copy()));
    return buttons;
  }
}

function value(name: string, text: string, exact: string): HTMLElement {
  return h("span", { title: exact, "data-figure": name }, `${name} ${text}`);
}

// A page that was opened from a file may not have the clipboard.
function copyOfOld(text: string): void {
  const area = h("textarea", {});
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
