import type { App } from "../app.js";
import type { Tree } from "../model/tree.js";
import { count, percent, plural } from "../text/format.js";
import { h } from "./dom.js";

export interface TooltipContent {
  readonly app: App;
  readonly tree: Tree;
  readonly weights: Float64Array;
  readonly context: number;
  readonly narrow: number;
  readonly x: number;
  readonly y: number;
}

/** What the mouse points at in a flame graph. Readers of screens have the line of details and the call tree. */
export class Tooltip {
  readonly element = h("div", { class: "tooltip", "aria-hidden": "true", hidden: true });

  show(content: TooltipContent | undefined): void {
    this.element.hidden = !content;
    if (!content)
      return;
    const { app, tree, context } = content;
    this.element.replaceChildren(...content.narrow > 0
      ? [h("b", {}, `${plural(content.narrow, "context")} too narrow to be drawn`), h("p", {}, "Zoom in to see them, or open the call tree.")]
      : this.linesOf(app, tree, content.weights, context));
    const [width, height] = [this.element.offsetWidth, this.element.offsetHeight];
    this.element.style.left = `${Math.max(4, Math.min(content.x + 14, innerWidth - width - 8))}px`;
    this.element.style.top = `${content.y + 18 + height > innerHeight ? content.y - height - 8 : content.y + 18}px`;
  }

  private beforeOf(app: App, tree: Tree, context: number): string {
    const calls = `${count(tree.figure("beforeCalls", context))} calls before`;
    return app.hasTimes ? `${calls} · total ${app.amount(tree.sumsOf("beforeSelf")[context] * tree.unit)} before` : calls;
  }

  private linesOf(app: App, tree: Tree, weights: Float64Array, context: number): Node[] {
    const method = app.profile.methods[tree.methods[context]];
    const total = tree.figure("total", context) * tree.unit;
    const self = tree.figure("self", context) * tree.unit;
    const caller = tree.callers[context];
    const shares = [`${percent(weights[context], weights[0])} of the whole`];
    if (caller > 0)
      shares.push(`${percent(weights[context], weights[caller])} of ${app.namesOf(tree, caller).at(-1)}`);
    return [
      h("b", {}, app.nameOf(tree, context)),
      ...method ? [h("p", { class: "place" }, app.originOf(method))] : [],
      ...app.hasTimes ? [h("p", {}, `total ${app.amount(total)} · self ${app.amount(self)}`)] : [],
      ...app.profile.isDifference ? [h("p", {}, this.beforeOf(app, tree, context))] : [],
      h("p", {}, `${count(tree.figure("calls", context))} calls · ${shares.join(" · ")}`),
    ];
  }
}
