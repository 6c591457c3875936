import type { App, KeyBinding, View } from "../app.js";
import { contextFigures } from "../model/figures.js";
import { weightOfMatches } from "../model/search.js";
import type { Tree } from "../model/tree.js";
import type { State } from "../state.js";
import { count, nounOf, percent, plural } from "../text/format.js";
import { coloringOf, coloringsOf, type Coloring } from "../ui/colors.js";
import { button, checkbox, h, select } from "../ui/dom.js";
import { FlameCanvas } from "../ui/flamecanvas.js";
import { Layout } from "../ui/layout.js";
import type { Tooltip } from "../ui/tooltip.js";

/** The call tree as a picture: callees below their callers, as wide as their share. */
export class FlameView implements View {
  readonly id = "flame";
  readonly title = "Flame graph";
  readonly element = h("div", { class: "view" });
  private readonly bar = h("div", { class: "bar" });
  private readonly crumbs = h("nav", { class: "crumbs", "aria-label": "Callers of what is zoomed to" });
  private readonly legend = h("ul", { class: "legend", "aria-label": "Colors" });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly canvas: FlameCanvas;
  private tree: Tree | undefined;
  private layout: Layout | undefined;
  private layoutKey = "";
  private coloring: Coloring | undefined;
  private coloringKey = "";

  constructor(private readonly app: App, tooltip: Tooltip) {
    this.canvas = new FlameCanvas("Flame graph. The arrow keys walk through the calls; the view Call tree has the same as a table.", false, {
      select: context => this.choose(context),
      zoom: context => app.update({ zoom: context, ...this.chosen(context) }),
      hover: box => tooltip.show(box && this.tree && { app, tree: this.tree, weights: this.layout!.weights, ...box }),
    });
    this.element.append(this.bar, this.crumbs, this.canvas.element, h("div", { class: "below" }, this.legend, this.status));
    this.canvas.element.addEventListener("keydown", event => this.walk(event));
    const again = (): void => {
      this.coloringKey = "";
      if (app.state.view === this.id)
        void this.render();
    };
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      matchMedia(query).addEventListener("change", again);
    addEventListener("themechange", again);
  }

  get keys(): readonly KeyBinding[] {
    const { app } = this;
    return [
      { key: "Enter", title: "Zoom to what is selected", action: () => app.update({ zoom: app.state.context }) },
      { key: "Backspace", title: "Zoom out to the caller", action: () => app.update({ zoom: Math.max(0, this.tree?.callers[app.state.zoom] ?? 0) }) },
      { key: "0", title: "Zoom out to the whole", action: () => app.update({ zoom: 0 }) },
      { key: "+", title: "Magnify", action: () => this.canvas.magnify(1.5, 0.5) },
      { key: "-", title: "Magnify less", action: () => this.canvas.magnify(1 / 1.5, 0.5) },
      { key: "[", title: "Move to the left", action: () => this.canvas.pan(-0.2) },
      { key: "]", title: "Move to the right", action: () => this.canvas.pan(0.2) },
      { key: "m", title: "Next measure of the width", action: () => this.next("metric", metricsOf(app, this.tree).map(metric => metric.value)) },
      { key: "k", title: "Next colors", action: () => this.next("color", coloringsOf(app.profile).map(coloring => coloring.value)) },
      ...app.profile.isDifference ? [{ key: "d", title: "Widths before, or now", action: () => app.update({ negated: !app.state.negated }) }] : [],
      { key: "r", title: "Collapse recursion, or not", action: () => app.update({ collapsed: !app.state.collapsed }) },
      { key: "n", title: "Next match", action: () => this.nextMatch() },
    ];
  }

  async render(): Promise<void> {
    const { app } = this;
    const { state } = app;
    const tree = this.tree = await app.tree();
    if (state !== app.state)
      return;
    const metrics = metricsOf(app, tree);
    const metric = metrics.some(known => known.value === state.metric) ? state.metric : metrics[0].value;
    const width = app.widthOf(metric);
    const key = `${state.thread} ${state.collapsed} ${metric} ${width} ${state.hidden.join()}`;
    if (key !== this.layoutKey || this.layout?.tree !== tree) {
      this.layout = new Layout(tree, tree.weights(width, new Set(state.hidden)));
      this.layoutKey = key;
      this.coloringKey = "";
    }
    if (this.coloringKey !== state.color) {
      this.coloring = coloringOf(app.profile, tree, state.color, metric);
      this.coloringKey = state.color;
    }
    const zoom = state.zoom < tree.count ? state.zoom : 0;
    this.renderBar(metrics, metric);
    this.renderCrumbs(tree, zoom);
    this.renderStatus(tree, metric);
    this.legend.replaceChildren(...this.coloring!.legend.map(({ title, paint }) => {
      const swatch = h("span", { class: "swatch" });
      swatch.style.background = paint.fill;
      return h("li", {}, swatch, title);
    }));
    this.canvas.show({
      layout: this.layout!, coloring: this.coloring!, zoom, skipped: 0, selected: state.context, matches: app.matches,
      namesOf: context => app.namesOf(tree, context),
      narrowName: number => `${count(number)} narrower`,
    });
  }

  private renderBar(metrics: readonly { value: string; title: string }[], metric: string): void {
    const { app } = this;
    const { state } = app;
    const threads = [
      { value: "-1", title: "all as one" }, ...app.profile.threads.map((thread, i) => ({ value: `${i}`, title: thread.name })),
    ];
    const focused = this.bar.contains(document.activeElement) ? [...this.bar.querySelectorAll("select, input, button")].indexOf(document.activeElement!) : -1;
    this.bar.replaceChildren(
      select("Width", metrics, metric, value => app.update({ metric: value })),
      select("Colors", coloringsOf(app.profile), state.color, value => app.update({ color: value })),
      ...threads.length > 2 ? [select("Thread", threads, `${state.thread}`, value => app.update({ thread: Number(value) }))] : [],
      checkbox("Collapse recursion", "Calls of a method that is already active belong to its first activation (r)", state.collapsed,
        value => app.update({ collapsed: value })),
      ...app.profile.isDifference ? [checkbox("Negated", "Contexts are as wide as before, so that what is gone can be seen (d)", state.negated,
        value => app.update({ negated: value }))] : [],
      ...state.hidden.map(method => button(`${app.profile.methods[method].short} is hidden ×`, `Show ${app.profile.methods[method].name} again`,
        () => app.update({ hidden: state.hidden.filter(other => other !== method) }), { class: "chip" })),
    );
    if (focused >= 0)
      this.bar.querySelectorAll<HTMLElement>("select, input, button")[focused]?.focus();
  }

  private renderCrumbs(tree: Tree, zoom: number): void {
    const path = tree.path(zoom);
    this.crumbs.hidden = path.length < 2;
    // The outermost and the innermost say where it is.
    const shown = path.length > 9 ? [...path.slice(0, 2), -1, ...path.slice(-6)] : path;
    this.crumbs.replaceChildren(...shown.flatMap((context, i) => {
      const name = context < 0 ? "…" : this.app.namesOf(tree, context).at(-1)!;
      const crumb = context < 0 ? h("span", {}, name) : button(name, this.app.nameOf(tree, context), () => this.app.update({ zoom: context }));
      if (context === zoom)
        crumb.setAttribute("aria-current", "location");
      return i === 0 ? [crumb] : [h("span", { class: "arrow", "aria-hidden": "true" }, "›"), crumb];
    }));
  }

  private renderStatus(tree: Tree, metric: string): void {
    const { app } = this;
    const weights = this.layout!.weights;
    const parts: string[] = [];
    if (app.matches) {
      const { weight, contexts } = weightOfMatches(tree, weights, app.matches);
      parts.push(`${percent(weight, weights[0])} of ${metric === "calls" ? "the calls are" : nounOf(app.profile.unit) === "time" ? "the time is" : `the ${nounOf(app.profile.unit)} are`} in ${plural(contexts, "context")} that match`);
    }
    if (app.state.hidden.length > 0)
      parts.push(`${percent(weights[0], tree.weights(app.widthOf(metric), new Set())[0])} is shown, the rest is hidden`);
    parts.push(...sizeOf(app, tree));
    this.status.textContent = parts.join(" · ");
  }

  private next(name: "metric" | "color", values: readonly string[]): void {
    this.app.update({ [name]: values[(values.indexOf(this.app.state[name]) + 1) % values.length] });
  }

  private nextMatch(): void {
    const { app, tree, layout } = this;
    if (!tree || !layout || !app.matches)
      return;
    for (let step = 1; step < tree.count; step++) {
      const context = (app.state.context + step) % tree.count;
      const method = tree.methods[context];
      if (method >= 0 && app.matches[method] === 1 && layout.weights[context] > 0) {
        app.update({ ...this.chosen(context), zoom: Math.max(0, tree.callers[context]) });
        this.canvas.reveal(context);
        return;
      }
    }
  }

  private walk(event: KeyboardEvent): void {
    const { tree, layout } = this;
    if (!tree || !layout || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const current = this.app.state.context;
    const caller = tree.callers[current];
    const siblings = caller < 0 ? [] : [...layout.childrenOf(caller)];
    const at = siblings.indexOf(current);
    const next = event.key === "ArrowDown" ? layout.childrenOf(current)[0]
      : event.key === "ArrowUp" ? Math.max(0, caller)
      : event.key === "ArrowLeft" ? siblings[at - 1]
      : event.key === "ArrowRight" ? siblings[at + 1]
      : undefined;
    if (!event.key.startsWith("Arrow"))
      return;
    event.preventDefault();
    if (next === undefined)
      return;
    this.choose(next);
    this.canvas.reveal(next);
  }

  private choose(context: number): void {
    this.app.update(this.chosen(context));
  }

  private chosen(context: number): Partial<State> {
    const method = this.tree?.methods[context] ?? -1;
    return { context, method: method >= 0 ? method : this.app.state.method };
  }
}

/** How many contexts there are, and what is not among them. */
export function sizeOf(app: App, tree: Tree): string[] {
  const truncated = app.state.thread < 0 ? app.profile.calls - tree.figure("calls", 0) : 0;
  const omitted = tree.omitted?.reduce((sum, value) => sum + value, 0) ?? 0;
  return [plural(tree.count - 1, "context"), ...truncated > 0 ? [`${plural(truncated, "call")} had no room in the tree`] : [],
    ...omitted > 0 ? [`${count(omitted)} left out as sums`] : []];
}

/** What the width can stand for. */
function metricsOf(app: App, tree: Tree | undefined): readonly { value: string; title: string }[] {
  const noun = nounOf(app.profile.unit);
  const titles: Readonly<Record<string, string>> = { calls: "Calls", self: `Self ${noun}` };
  const own = contextFigures.filter(figure => figure.isMetric && (app.hasTimes || !figure.isTime) && (!tree || tree.has(figure.name)))
    .map(figure => ({ value: figure.name, title: titles[figure.name] ?? figure.title }));
  return app.hasTimes ? [{ value: "total", title: `Total ${noun}` }, ...own.reverse()] : own;
}
