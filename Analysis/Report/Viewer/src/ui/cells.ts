import type { App } from "../app.js";
import { count } from "../text/format.js";
import { h } from "./dom.js";

/** A figure; its title is the exact value. */
export function figureCell(app: App, value: number | undefined, isTime: boolean, mark = ""): HTMLElement {
  if (value === undefined)
    return h("td", {});
  return isTime
    ? h("td", { title: app.exact(value), class: mark ? "dominated" : undefined }, mark + app.amount(value))
    : h("td", { title: `${value}` }, count(value));
}

/** The name of a method. */
export function methodCell(app: App, method: number): HTMLElement {
  const { name, isExternal } = app.profile.methods[method];
  return h("td", { class: isExternal ? "text name external" : "text name" }, h("bdi", {}, name));
}
