import type { App, View } from "../app.js";
import { count, nounOf } from "../text/format.js";
import { printable } from "../text/printable.js";
import { h } from "../ui/dom.js";

/** What is known of the run. */
export class FactsView implements View {
  readonly id = "facts";
  readonly title = "Facts";
  readonly element = h("div", { class: "view" });

  constructor(private readonly app: App) {
  }

  render(): void {
    const { profile } = this.app;
    const sums = h("dl", {}, ...pair("calls", count(profile.calls)), ...pair("primitive calls", count(profile.primitive)),
      ...this.app.hasTimes ? pair(`${nounOf(profile.unit)} of all threads`, this.app.exact(profile.total)) : [],
      ...pair("methods", count(profile.rows.length)));
    this.element.replaceChildren(h("div", { class: "scroller facts", tabindex: 0, role: "region", "aria-label": "Facts" },
      h("h2", {}, "Profile"), sums,
      ...profile.facts.flatMap(({ heading, values }) => [
        h("h2", {}, printable(heading)), h("dl", {}, ...values.flatMap(([name, value]) => pair(name, value))),
      ])));
  }
}

function pair(name: string, value: string): HTMLElement[] {
  return [h("dt", {}, printable(name)), h("dd", {}, printable(value))];
}
