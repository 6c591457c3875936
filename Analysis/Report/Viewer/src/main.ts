import { App, type KeyBinding, type View } from "./app.js";
import { inflate } from "./model/bytes.js";
import { readProfile, type Progress } from "./model/reader.js";
import type { Profile } from "./model/profile.js";
import { amount, plural } from "./text/format.js";
import { printable } from "./text/printable.js";
import { isDark } from "./ui/colors.js";
import { Details } from "./ui/details.js";
import { button, h } from "./ui/dom.js";
import { Help } from "./ui/help.js";
import { Tooltip } from "./ui/tooltip.js";
import { CallersView } from "./views/callers.js";
import { FactsView } from "./views/facts.js";
import { FlameView } from "./views/flame.js";
import { SandwichView } from "./views/sandwich.js";
import { SourceView } from "./views/source.js";
import { TableView } from "./views/table.js";
import { TreeView } from "./views/tree.js";

void start();

async function start(): Promise<void> {
  const stage = document.getElementById("stage")!;
  const bar = document.getElementById("progress") as HTMLProgressElement;
  const progress = (title: string): Progress => async share => {
    stage.textContent = title;
    bar.value = share;
    await drawn();
  };
  try {
    await progress("Reading the profile …")(0);
    const data = document.getElementById("data")!;
    const bytes = await inflate(data.textContent!.trim());
    data.remove();
    const profile = await readProfile(bytes, progress("Reading the call tree …"));
    document.getElementById("loading")!.hidden = true;
    await new Page(profile).show();
    document.getElementById("loading")!.remove();
  } catch (error) {
    document.getElementById("loading")!.hidden = false;
    stage.textContent = `This report cannot be shown: ${error instanceof Error ? error.message : `${error}`}. The browser may be too old: Chrome 103, Firefox 113 and Safari 16.4 are new enough.`;
    bar.hidden = true;
    throw error;
  }
}

function drawn(): Promise<void> {
  // Windows in the background are not drawn.
  return new Promise(resolve => document.hidden ? setTimeout(resolve) : requestAnimationFrame(() => setTimeout(resolve)));
}

/** The page: a line about the profile, the views, and what is selected. */
class Page {
  private readonly app: App;
  private readonly views: readonly View[];
  private readonly tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Views" });
  private readonly panel = h("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: -1 });
  private readonly search = h("input", { type: "search", class: "search", placeholder: "Search methods …  /", "aria-label": "Search methods", spellcheck: "false", autocomplete: "off" });
  private readonly busy = h("div", { class: "busy", role: "status", hidden: true });
  private readonly details: Details;
  private readonly help = new Help();
  private readonly hotPath: () => void;

  constructor(profile: Profile) {
    const tooltip = new Tooltip();
    this.app = new App(profile, title => this.progress(title));
    const { app } = this;
    const tree = new TreeView(app);
    this.hotPath = () => tree.openHotPath();
    this.views = [
      ...app.hasTree ? [new FlameView(app, tooltip), tree] : [],
      new TableView(app),
      ...app.hasTree ? [new SandwichView(app, tooltip)] : [],
      new CallersView(app), new SourceView(app), new FactsView(app),
    ];
    this.details = new Details(app);
    document.body.append(h("div", { class: "page" }, this.header(), h("main", {}, this.tabs, this.panel, this.details.element)), tooltip.element, this.busy, this.help.element);
    this.tabs.append(...this.views.map((view, i) => {
      const tab = button(view.title, `${view.title} (${i + 1})`, () => app.update({ view: view.id }), { role: "tab", id: `tab-${view.id}`, "aria-controls": "panel" });
      return tab;
    }));
    this.tabs.addEventListener("keydown", event => this.walkTabs(event));
    app.listen(before => void this.render(before));
    this.search.value = app.state.query;
    this.search.addEventListener("input", () => app.update({ query: this.search.value }));
    this.search.addEventListener("keydown", event => {
      if (event.key === "Escape" || event.key === "Enter")
        this.focusView();
    });
    addEventListener("keydown", event => this.press(event));
  }

  async show(): Promise<void> {
    await this.render(undefined);
  }

  private get view(): View {
    return this.views.find(view => view.id === this.app.state.view) ?? this.views[0];
  }

  private async render(before: Parameters<View["render"]>[0]): Promise<void> {
    const { view } = this;
    for (const tab of this.tabs.querySelectorAll<HTMLElement>("[role=tab]")) {
      const isCurrent = tab.id === `tab-${view.id}`;
      tab.setAttribute("aria-selected", `${isCurrent}`);
      tab.tabIndex = isCurrent ? 0 : -1;
    }
    this.panel.setAttribute("aria-labelledby", `tab-${view.id}`);
    if (this.panel.firstElementChild !== view.element)
      this.panel.replaceChildren(view.element);
    if (this.search.value !== this.app.state.query)
      this.search.value = this.app.state.query;
    await view.render(before);
    await this.details.render();
  }

  private header(): HTMLElement {
    const { profile } = this.app;
    const fact = (name: string): string[] => profile.facts.flatMap(({ values }) => values.filter(value => value[0] === name).map(value => printable(value[1]))).slice(0, 1);
    const parts = [
      plural(profile.calls, "call"), ...profile.unit === "none" ? [] : [amount(profile.total, profile.unit)],
      ...fact("threads").map(threads => threads === "1" ? "1 thread" : `${threads} threads`), ...fact("elapsed").map(time => `${time} elapsed`), ...fact("clock"),
    ];
    return h("header", { class: "top" },
      h("h1", {}, h("bdi", {}, printable(profile.title))),
      h("p", { class: "summary" }, parts.join(" · ")),
      this.search,
      button("◐", "Dark or light (t)", () => this.switchTheme(), { class: "icon", "aria-label": "Dark or light" }),
      button("?", "Keys (?)", () => this.showHelp(), { class: "icon", "aria-label": "Keys" }));
  }

  private switchTheme(): void {
    document.documentElement.dataset["theme"] = isDark() ? "light" : "dark";
    dispatchEvent(new Event("themechange"));
  }

  private keysOfAll(): readonly KeyBinding[] {
    const { app } = this;
    const { state } = app;
    const toView = (view: string): void => app.update({ view });
    return [
      ...this.views.map((view, i) => ({ key: `${i + 1}`, title: view.title, action: () => toView(view.id) })),
      { key: "/", title: "Search", action: () => this.search.focus() },
      ...app.hasTree ? [{ key: "p", title: "Hot path: the heaviest calls below what is selected", action: () => void this.toHotPath() }] : [],
      { key: "s", title: "Sandwich of what is selected", action: () => toView("sandwich") },
      { key: "c", title: "Callers and callees of it", action: () => toView("callers") },
      { key: "o", title: "Its source", action: () => toView("source") },
      { key: "x", title: "Hide it", action: () => state.method >= 0 && app.update({ hidden: [...new Set([...state.hidden, state.method])] }) },
      { key: "X", title: "Show all that is hidden", action: () => app.update({ hidden: [] }) },
      { key: "y", title: "Copy its figures", action: () => this.details.copy() },
      { key: "Escape", title: "Search and select nothing", action: () => app.update({ query: "", context: 0, method: -1 }) },
      { key: "t", title: "Dark or light", action: () => this.switchTheme() },
      { key: "?", title: "These keys", action: () => this.showHelp() },
    ];
  }

  private async toHotPath(): Promise<void> {
    this.app.update({ view: "tree" });
    await this.app.tree();
    this.hotPath();
  }

  private showHelp(): void {
    this.help.show([["Everywhere", this.keysOfAll()], [this.view.title, this.view.keys ?? []]]);
  }

  private press(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const isTyping = target.matches("input:not([type=checkbox]), textarea, select");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping || this.help.element.open)
      return;
    if (target.matches("button, a, [role=row]") && (event.key === "Enter" || event.key === " "))
      return;
    const binding = [...this.view.keys ?? [], ...this.keysOfAll()].find(known => known.key === event.key);
    if (!binding)
      return;
    event.preventDefault();
    binding.action();
  }

  private walkTabs(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0)
      return;
    event.preventDefault();
    const next = (this.views.indexOf(this.view) + step + this.views.length) % this.views.length;
    this.app.update({ view: this.views[next].id });
    (this.tabs.children[next] as HTMLElement).focus();
  }

  private focusView(): void {
    (this.panel.querySelector<HTMLElement>("[tabindex='0']") ?? this.panel).focus();
  }

  private progress(title: string): Progress {
    return async share => {
      this.busy.hidden = title === "" || share >= 1;
      if (this.busy.hidden)
        return;
      this.busy.textContent = `${title} … ${Math.round(share * 100)} %`;
      await drawn();
    };
  }
}
