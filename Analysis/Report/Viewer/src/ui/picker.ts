import type { App } from "../app.js";
import { h } from "./dom.js";

const mostSuggested = 500;

/** Chooses a method by its name. */
export class MethodPicker {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;

  constructor(private readonly app: App, id: string) {
    const { profile } = app;
    const weight = (figures: Readonly<Record<string, number>>): number => app.hasTimes ? figures["total"] : figures["calls"];
    const heaviest = [...profile.rows].sort((left, right) => weight(right.figures) - weight(left.figures)).slice(0, mostSuggested);
    this.input = h("input", { type: "text", class: "picker", list: id, "aria-label": "Method", spellcheck: "false", autocomplete: "off" });
    this.element = h("div", { class: "choice" }, this.input, h("datalist", { id }, ...heaviest.map(row => h("option", { value: profile.methods[row.method].name }))));
    this.input.addEventListener("change", () => this.choose());
    this.input.addEventListener("focus", () => this.input.select());
  }

  show(method: number): void {
    this.input.value = this.app.profile.methods[method]?.name ?? "";
    this.input.title = this.input.value;
  }

  private choose(): void {
    const { profile } = this.app;
    const text = this.input.value.toLowerCase();
    const rows = profile.rows.filter(row => profile.methods[row.method].name.toLowerCase().includes(text));
    const exact = rows.find(row => profile.methods[row.method].name.toLowerCase() === text) ?? rows[0];
    if (exact)
      this.app.update({ method: exact.method });
    else
      this.show(this.app.state.method);
  }
}

/** The method that is selected; without one, that with the most time of its own. */
export function chosenMethod(app: App): number {
  if (app.state.method >= 0)
    return app.state.method;
  const name = app.hasTimes ? "self" : "calls";
  return app.profile.rows.reduce((best, row) => row.figures[name] > best.figures[name] ? row : best).method;
}
