import { contextFigures } from "./figures.js";
import type { Progress } from "./reader.js";
import { rootMethod, Tree } from "./tree.js";

// After how many milliseconds it is told how far work is.
const patience = 100;

/** The trees of all threads as one: contexts with the same callers are one. */
export async function merge(trees: readonly Tree[], progress: Progress): Promise<Tree> {
  return trees.length === 1 ? trees[0] : new Merging(trees).run(progress);
}

/** A context of one of the trees. */
interface Source {
  readonly tree: number;
  readonly context: number;
}

/** Contexts of different trees that become one, below one that is there already. */
interface Group {
  readonly caller: number;
  readonly sources: Source[];
}

/** Walks through all trees at once, in preorder. What only one of them has is copied as it is, which is most of it. */
class Merging {
  private readonly unit: number;
  private readonly methods: Int32Array;
  private readonly callers: Int32Array;
  private readonly columns = new Map<string, Float64Array>();
  private readonly omitted: Float64Array | undefined;
  private count = 0;

  constructor(private readonly trees: readonly Tree[]) {
    const capacity = trees.reduce((sum, tree) => sum + tree.count, 0);
    this.unit = trees.every(tree => tree.unit === trees[0].unit) ? trees[0].unit : 1;
    this.methods = new Int32Array(capacity);
    this.callers = new Int32Array(capacity);
    for (const { name } of contextFigures) {
      if (trees.some(tree => tree.columns.has(name)))
        this.columns.set(name, new Float64Array(capacity));
    }
    this.omitted = trees.some(tree => tree.omitted) ? new Float64Array(capacity) : undefined;
  }

  async run(progress: Progress): Promise<Tree> {
    const groups: Group[] = [{ caller: -1, sources: this.trees.map((_, tree) => ({ tree, context: 0 })) }];
    let next = performance.now() + patience;
    for (let group = groups.pop(); group; group = groups.pop()) {
      if (group.sources.length === 1)
        this.copy(group.caller, group.sources[0]);
      else
        groups.push(...this.join(group).reverse());
      if (performance.now() > next) {
        await progress(this.count / this.methods.length);
        next = performance.now() + patience;
      }
    }
    const { count } = this;
    const columns = new Map([...this.columns].map(([name, values]) => [name, values.subarray(0, count)] as const));
    const callers = this.callers.subarray(0, count);
    return new Tree(this.methods.subarray(0, count), callers, endsOf(callers), columns, this.omitted?.subarray(0, count), this.unit);
  }

  /** Adds a context and all below it. */
  private copy(caller: number, { tree: index, context }: Source): void {
    const tree = this.trees[index];
    const place = this.count;
    const end = tree.ends[context];
    this.methods.set(tree.methods.subarray(context, end), place);
    this.callers[place] = caller;
    for (let i = context + 1; i < end; i++)
      this.callers[place + i - context] = tree.callers[i] - context + place;
    this.add(tree, context, end, place);
    this.count += end - context;
  }

  /** Adds a context that several trees have. Returns what is called by it. */
  private join({ caller, sources }: Group): Group[] {
    const place = this.count++;
    const callees = new Map<number, Group>();
    this.methods[place] = caller < 0 ? rootMethod : this.trees[sources[0].tree].methods[sources[0].context];
    this.callers[place] = caller;
    for (const { tree: index, context } of sources) {
      const tree = this.trees[index];
      this.add(tree, context, context + 1, place);
      for (let callee = context + 1; callee < tree.ends[context]; callee = tree.ends[callee]) {
        const method = tree.methods[callee];
        const known = callees.get(method);
        if (known)
          known.sources.push({ tree: index, context: callee });
        else
          callees.set(method, { caller: place, sources: [{ tree: index, context: callee }] });
      }
    }
    return [...callees.values()];
  }

  private add(tree: Tree, begin: number, end: number, place: number): void {
    const scale = tree.unit / this.unit;
    for (const { name, merge, isTime } of contextFigures) {
      const values = tree.columns.get(name);
      if (values)
        addTo(this.columns.get(name)!, place, values, begin, end, isTime ? scale : 1, merge === "max");
    }
    if (tree.omitted)
      addTo(this.omitted!, place, tree.omitted, begin, end, 1, false);
  }
}

function addTo(column: Float64Array, place: number, values: Float64Array, begin: number, end: number, scale: number, isMost: boolean): void {
  for (let i = begin; i < end; i++, place++) {
    // Memory that nobody writes to costs nothing.
    if (values[i] === 0)
      continue;
    const value = values[i] * scale;
    column[place] = isMost ? Math.max(column[place], value) : column[place] + value;
  }
}

function endsOf(callers: Int32Array): Int32Array {
  const ends = new Int32Array(callers.length);
  for (let i = ends.length - 1; i >= 0; i--) {
    ends[i] = Math.max(ends[i], i + 1);
    if (i > 0)
      ends[callers[i]] = Math.max(ends[callers[i]], ends[i]);
  }
  return ends;
}
