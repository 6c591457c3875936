/** What is looked at, and how: all that a link holds. */
export interface State {
  readonly view: string;
  /** The thread, from 0; -1: all as one. */
  readonly thread: number;
  readonly collapsed: boolean;
  readonly metric: string;
  readonly color: string;
  /** The context that is as wide as the window. */
  readonly zoom: number;
  /** The context and the method that are selected; 0 and -1: none. */
  readonly context: number;
  readonly method: number;
  readonly query: string;
  /** Methods that are hidden with all they call. */
  readonly hidden: readonly number[];
  readonly sort: string;
  readonly ascending: boolean;
  /** Of a difference, whether widths are those before it. */
  readonly negated: boolean;
}

export const initial: State = {
  view: "flame", thread: -1, collapsed: false, metric: "total", color: "namespace", zoom: 0, context: 0, method: -1, query: "",
  hidden: [], sort: "total", ascending: false, negated: false,
};

/** The fragment of a link: what differs from the beginning. */
export function linkOf(state: State, beginning: State): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const text = textOf(value);
    if (text !== textOf(beginning[name as keyof State]))
      parameters.set(name, text);
  }
  return `#${parameters}`;
}

/** What a link says; what it does not say, or says wrong, is as at the beginning. */
export function stateOf(link: string, beginning: State): State {
  const state: Record<string, unknown> = { ...beginning };
  for (const [name, text] of new URLSearchParams(link.replace(/^#/, ""))) {
    const value = beginning[name as keyof State];
    if (typeof value === "string")
      state[name] = text;
    else if (typeof value === "boolean")
      state[name] = text === "true";
    else if (typeof value === "number" && /^-?\d{1,9}$/.test(text))
      state[name] = Number(text);
    else if (Array.isArray(value) && /^\d{1,9}(,\d{1,9})*$/.test(text))
      state[name] = text.split(",").map(Number);
  }
  return state as unknown as State;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : `${value}`;
}
