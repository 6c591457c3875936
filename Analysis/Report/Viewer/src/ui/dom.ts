type Child = Node | string | undefined | false;

/** Makes an element. Texts become text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Readonly<Record<string, string | boolean | number | undefined>>,
  ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true)
      element.setAttribute(name, "");
    else if (value !== false && value !== undefined)
      element.setAttribute(name, `${value}`);
  }
  for (const child of children) {
    if (child)
      element.append(child);
  }
  return element;
}

export function button(label: string, title: string, action: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLButtonElement {
  const made = h("button", { type: "button", title, ...attributes }, label);
  made.addEventListener("click", action);
  return made;
}

export interface Choice {
  readonly value: string;
  readonly title: string;
}

/** A label with a list of choices. */
export function select(label: string, choices: readonly Choice[], value: string, action: (value: string) => void): HTMLLabelElement {
  const list = h("select", {}, ...choices.map(choice => h("option", { value: choice.value, selected: choice.value === value }, choice.title)));
  list.addEventListener("change", () => action(list.value));
  return h("label", { class: "choice" }, label, list);
}

/** A checkbox with a label. */
export function checkbox(label: string, title: string, value: boolean, action: (value: boolean) => void): HTMLLabelElement {
  const box = h("input", { type: "checkbox" });
  box.checked = value;
  box.addEventListener("change", () => action(box.checked));
  return h("label", { class: "choice", title }, box, label);
}

const chunk = 300;

/** Adds elements as they come near the window: many would take seconds to make. */
export function appendAsSeen(container: HTMLElement, count: number, make: (index: number) => Node, atLeast = 0): void {
  let made = 0;
  const more = (until: number): void => {
    const part = document.createDocumentFragment();
    for (; made < Math.min(until, count); made++)
      part.append(make(made));
    container.append(part);
  };
  more(Math.max(chunk, atLeast));
  if (made >= count)
    return;
  const observer = new IntersectionObserver(entries => {
    if (!container.isConnected)
      observer.disconnect();
    if (!entries.some(entry => entry.isIntersecting))
      return;
    observer.disconnect();
    more(made + chunk);
    if (made < count)
      observer.observe(container.lastElementChild!);
  }, { rootMargin: "1000px" });
  observer.observe(container.lastElementChild!);
}
