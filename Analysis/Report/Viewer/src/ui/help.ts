import type { KeyBinding } from "../app.js";
import { button, h } from "./dom.js";

/** The keys, as `?` shows them. */
export class Help {
  readonly element = h("dialog", { class: "help", "aria-labelledby": "help-title" });

  show(groups: readonly (readonly [title: string, keys: readonly KeyBinding[]])[]): void {
    this.element.replaceChildren(
      h("h2", { id: "help-title" }, "Keys"),
      h("div", { class: "help-groups" }, ...groups.filter(([, keys]) => keys.length > 0).map(([title, keys]) => h("section", {},
        h("h3", {}, title),
        h("dl", {}, ...keys.flatMap(({ key, title }) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, title)]))))),
      h("p", {}, "Drag the flame graph to move it; turn the wheel with Ctrl to magnify it; double-click zooms to a call. A search between slashes is a regular expression."),
      button("Close", "Close (Escape)", () => this.element.close()));
    this.element.showModal();
  }
}
