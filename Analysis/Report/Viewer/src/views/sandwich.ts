import type { App, View } from "../app.js";
import { callersOf } from "../model/callers.js";
import { calleesOf } from "../model/operations.js";
import type { Tree } from "../model/tree.js";
import { count, percent } from "../text/format.js";
import { coloringOf, isOfGroups } from "../ui/colors.js";
import { h } from "../ui/dom.js";
import { FlameCanvas } from "../ui/flamecanvas.js";
import { Layout } from "../ui/layout.js";
import { chosenMethod, MethodPicker } from "../ui/picker.js";
import type { Tooltip } from "../ui/tooltip.js";

/** One of the two graphs. */
interface Half {
  readonly canvas: FlameCanvas;
  readonly status: HTMLElement;
  tree?: Tree;
  layout?: Layout;
  selected: number;
  zoom: number;
}

/** One method in the middle: above it all that leads to it, below it all that it calls, merged over the whole tree. */
export class SandwichView implements View {
  readonly id = "sandwich";
  readonly title = "Sandwich";
  readonly element = h("div", { class: "view sandwich" });
  private readonly picker: MethodPicker;
  private readonly callers: Half;
  private readonly callees: Half;
  private key = "";

  constructor(private readonly app: App, private readonly tooltip: Tooltip) {
    this.picker = new MethodPicker(app, "sandwich-methods");
    this.callers = this.half("Callers: what leads to the method. The view Callers has the same as a table.", true);
    this.callees = this.half("Callees: what the method calls. The view Callers has the same as a table.", false);
    this.element.append(
      h("div", { class: "bar" }, this.picker.element, h("span", { class: "hint" }, "Double-click puts another method into the middle.")),
      this.callers.canvas.element, h("div", { class: "below" }, h("span", {}, "↑ callers"), this.callers.status),
      this.callees.canvas.element, h("div", { class: "below" }, h("span", {}, "↓ callees"), this.callees.status));
    const again = (): void => {
      if (app.state.view === this.id)
        void this.render();
    };
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      matchMedia(query).addEventListener("change", again);
    addEventListener("themechange", again);
  }

  async render(): Promise<void> {
    const { app } = this;
    const { state } = app;
    const method = chosenMethod(app);
    this.picker.show(method);
    const tree = await app.tree();
    const metric = app.hasTimes && state.metric !== "self" ? state.metric : app.hasTimes ? "total" : "calls";
    const key = `${method} ${state.thread} ${state.collapsed} ${metric}`;
    if (key !== this.key) {
      const callees = await app.work("Putting callees together", progress => calleesOf(tree, method, progress));
      if (state !== app.state)
        return;
      this.key = key;
      this.load(this.callers, callersOf(tree, method), metric);
      this.load(this.callees, callees, metric);
    }
    this.draw(this.callers);
    this.draw(this.callees);
  }

  private half(label: string, isUpward: boolean): Half {
    const half: Half = {
      selected: 0, zoom: 1, status: h("p", { class: "status", role: "status" }),
      canvas: new FlameCanvas(label, isUpward, {
        select: context => {
          half.selected = context;
          this.draw(half);
        },
        zoom: context => {
          const method = half.tree!.methods[context];
          if (method >= 0)
            this.app.update({ method });
        },
        hover: box => this.tooltip.show(box && half.tree && { app: this.app, tree: half.tree, weights: half.layout!.weights, ...box }),
      }),
    };
    return half;
  }

  private load(half: Half, tree: Tree, metric: string): void {
    half.tree = tree;
    half.layout = new Layout(tree, tree.weights(metric, new Set()));
    half.selected = 0;
  }

  private draw(half: Half): void {
    const { app } = this;
    const { tree, layout } = half;
    if (!tree || !layout)
      return;
    const root = tree.count > 1 ? 1 : 0;
    half.canvas.show({
      layout, coloring: coloringOf(app.profile, tree, isOfGroups(app.state.color) ? app.state.color : "namespace"), zoom: root, skipped: root, selected: half.selected,
      matches: app.matches, namesOf: context => context === 0 ? ["all"] : app.namesOf(tree, context), narrowName: number => `${count(number)} narrower`,
    });
    const context = half.selected > 0 ? half.selected : root;
    const row = app.profile.rowOf.get(chosenMethod(app));
    const missing = context === root && app.state.thread < 0 && row ? row.figures["calls"] - tree.figure("calls", root) : 0;
    half.status.textContent = root === 0 ? "It is in no call tree: the table has what is known of it." : [
      app.nameOf(tree, context),
      ...app.hasTimes ? [`total ${app.amount(tree.figure("total", context) * tree.unit)} (${percent(layout.weights[context], layout.weights[root])})`,
        `self ${app.amount(tree.figure("self", context) * tree.unit)}`] : [],
      `${count(tree.figure("calls", context))} calls`,
      ...missing > 0 && half === this.callers ? [`${count(missing)} more had no room in the tree`] : [],
    ].join(" · ");
  }
}
