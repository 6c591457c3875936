import { merge } from "./model/merging.js";
import { collapseRecursion } from "./model/operations.js";
import { matchesOf } from "./model/search.js";
import type { Method, Profile } from "./model/profile.js";
import { commonFolder, originOf, placeOf } from "./model/profile.js";
import { omittedMethod, rootMethod, type Tree } from "./model/tree.js";
import type { Progress } from "./model/reader.js";
import { initial, linkOf, stateOf, type State } from "./state.js";
import { amount, count, exact } from "./text/format.js";

/** What all views share: the profile, what is looked at, and the tree that belongs to it. */
export class App {
  readonly beginning: State;
  state: State;
  private readonly trees = new Map<string, Tree>();
  private readonly listeners: ((before: State) => void)[] = [];
  private readonly folder: string;
  private query = "";
  private found: Uint8Array | undefined;

  constructor(readonly profile: Profile, private readonly progress: (title: string) => Progress) {
    this.folder = commonFolder(profile.methods);
    const hasTree = profile.threads.length > 0;
    const metric = profile.unit === "none" ? "calls" : "total";
    const color = profile.isDifference ? "difference" : initial.color;
    this.beginning = { ...initial, view: hasTree ? "flame" : "table", metric, sort: metric, color };
    this.state = this.valid(stateOf(location.hash, this.beginning));
    addEventListener("hashchange", () => this.change(this.valid(stateOf(location.hash, this.beginning)), false));
    addEventListener("popstate", () => this.change(this.valid(stateOf(location.hash, this.beginning)), false));
  }

  /** Calls a function whenever something else is looked at. */
  listen(listener: (before: State) => void): void {
    this.listeners.push(listener);
  }

  /** Looks at something else. A context of another tree is none of this one. */
  update(change: Partial<State>): void {
    const isOtherTree = change.thread !== undefined && change.thread !== this.state.thread
      || change.collapsed !== undefined && change.collapsed !== this.state.collapsed;
    this.change({ ...this.state, ...isOtherTree ? { zoom: 0, context: 0 } : {}, ...change }, true);
  }

  get hasTree(): boolean {
    return this.profile.threads.length > 0;
  }

  /** The tree of the threads that were chosen. It may have to be made. */
  async tree(): Promise<Tree> {
    const { thread, collapsed } = this.state;
    const threads = thread < 0 ? this.profile.threads : [this.profile.threads[thread]];
    const whole = await this.treeOf(`${thread}`, "Putting threads together", progress => merge(threads.map(one => one.tree), progress));
    return collapsed
      ? this.treeOf(`${thread} collapsed`, "Collapsing recursion", progress => collapseRecursion(whole, this.profile.methods.length, progress))
      : whole;
  }

  /** Runs long work, with a bar that shows how far it is. */
  work<T>(title: string, work: (progress: Progress) => Promise<T>): Promise<T> {
    return work(this.progress(title)).finally(() => this.progress("")(1));
  }

  /** By method, whether it is searched for. */
  get matches(): Uint8Array | undefined {
    if (this.query !== this.state.query) {
      this.query = this.state.query;
      this.found = matchesOf(this.profile.methods, this.query);
    }
    return this.found;
  }

  nameOf(tree: Tree, context: number): string {
    const method = tree.methods[context];
    return method === rootMethod ? this.wholeName()
      : method === omittedMethod ? `… ${count(tree.omitted?.[context] ?? 0)} more`
      : this.profile.methods[method].name;
  }

  /** Names of a context, from the longest to the shortest. */
  namesOf(tree: Tree, context: number): readonly string[] {
    const method = tree.methods[context];
    if (method < 0)
      return [this.nameOf(tree, context)];
    const { name, middle, short } = this.profile.methods[method];
    return [name, middle, short];
  }

  /** The file and the line of a method as text. */
  placeOf(method: Method): string {
    return placeOf(method, this.folder);
  }

  originOf(method: Method): string {
    return originOf(method, this.folder);
  }

  /** A time, or whatever the profile counts, for people and exactly. */
  amount(value: number): string {
    return amount(value, this.profile.unit);
  }

  exact(value: number): string {
    return exact(value, this.profile.unit);
  }

  /** What contexts are as wide as: of a difference, the figure of now or of before. */
  widthOf(metric: string): string {
    return !this.profile.isDifference || !this.state.negated ? metric
      : metric === "calls" ? "beforeCalls" : "beforeSelf";
  }

  get hasTimes(): boolean {
    return this.profile.unit !== "none";
  }

  private wholeName(): string {
    const { thread } = this.state;
    return thread < 0 ? "All threads" : this.profile.threads[thread].name;
  }

  private async treeOf(key: string, title: string, make: (progress: Progress) => Promise<Tree>): Promise<Tree> {
    let tree = this.trees.get(key);
    if (!tree)
      this.trees.set(key, tree = await this.work(title, make));
    return tree;
  }

  private change(state: State, isNew: boolean): void {
    const before = this.state;
    this.state = state;
    if (isNew) {
      const link = linkOf(state, this.beginning);
      const isPlace = before.view !== state.view || before.zoom !== state.zoom || before.method !== state.method;
      if (link !== location.hash && (link !== "#" || location.hash !== ""))
        history[isPlace ? "pushState" : "replaceState"](null, "", link);
    }
    for (const listener of this.listeners)
      listener(before);
  }

  // A link may be of another report.
  private valid(state: State): State {
    const { profile } = this;
    const method = (index: number): number => index >= 0 && index < profile.methods.length ? index : -1;
    return {
      ...state,
      thread: state.thread < profile.threads.length ? state.thread : -1,
      method: method(state.method),
      hidden: state.hidden.filter(index => method(index) >= 0),
    };
  }
}

/** One of the views. */
export interface View {
  readonly id: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Shows what is looked at now. */
  render(before: State | undefined): void | Promise<void>;
  /** What it does at a key, by the key; for the help too. */
  readonly keys?: readonly KeyBinding[];
}

export interface KeyBinding {
  readonly key: string;
  readonly title: string;
  readonly action: () => void;
}
