import { contextFigures } from "./figures.js";
import { rootMethod, Tree } from "./tree.js";

/** Makes a tree in which the contexts with equal methods on the way to them are one. */
export class TreeBuilder {
  private count = 1;
  private methods: Int32Array;
  private callers: Int32Array;
  private firstChildren: Int32Array;
  private lastChildren: Int32Array;
  private nextSiblings: Int32Array;
  private omitted: Float64Array | undefined;
  // As contextFigures has them; undefined: all are 0.
  private readonly columns: (Float64Array | undefined)[] = contextFigures.map(() => undefined);

  // Contexts by caller and method; 0 is free. A power of two.
  private table: Int32Array;

  /** @param capacity A power of two: for how many contexts there is room at first. */
  constructor(private readonly unit: number, capacity = 1 << 10) {
    this.methods = new Int32Array(capacity);
    this.callers = new Int32Array(capacity);
    this.firstChildren = new Int32Array(capacity);
    this.lastChildren = new Int32Array(capacity);
    this.nextSiblings = new Int32Array(capacity);
    this.table = new Int32Array(capacity * 2);
    this.methods[0] = rootMethod;
    this.callers[0] = -1;
  }

  /** The context of a method below another one; it is made if there is none. */
  child(caller: number, method: number): number {
    let slot = this.slotOf(caller, method);
    for (let found = this.table[slot]; found !== 0; found = this.table[slot]) {
      if (this.callers[found] === caller && this.methods[found] === method)
        return found;
      slot = (slot + 1) & (this.table.length - 1);
    }
    if (this.count === this.methods.length) {
      this.grow();
      return this.child(caller, method);
    }
    const added = this.count++;
    this.table[slot] = added;
    this.methods[added] = method;
    this.callers[added] = caller;
    if (this.firstChildren[caller] === 0)
      this.firstChildren[caller] = added;
    else
      this.nextSiblings[this.lastChildren[caller]] = added;
    this.lastChildren[caller] = added;
    return added;
  }

  /** Makes a function that adds the figures of contexts of a tree to contexts of this one. */
  adderOf(tree: Tree): (context: number, from: number) => void {
    const scale = tree.unit / this.unit;
    const sources = contextFigures.flatMap(({ name, merge, isTime }, figure) => {
      const values = tree.columns.get(name);
      return values ? [{ figure, values, isMost: merge === "max", scale: isTime ? scale : 1 }] : [];
    });
    for (const { figure } of sources)
      this.columns[figure] ??= new Float64Array(this.methods.length);
    if (tree.omitted)
      this.omitted ??= new Float64Array(this.methods.length);
    return (context, from) => {
      for (let i = 0; i < sources.length; i++) {
        const { figure, values, isMost, scale } = sources[i];
        const value = scale === 1 ? values[from] : values[from] * scale;
        const column = this.columns[figure]!;
        column[context] = isMost ? Math.max(column[context], value) : column[context] + value;
      }
      if (tree.omitted)
        this.omitted![context] += tree.omitted[from];
    };
  }

  /** Contexts were made in any order; a tree has them in preorder. */
  build(): Tree {
    const count = this.count;
    const order = new Int32Array(count);
    const placeOf = new Int32Array(count);
    const callers = new Int32Array(count);
    const ends = new Int32Array(count);
    let place = 0;
    let context = 0;
    for (;;) {
      order[place] = context;
      placeOf[context] = place;
      callers[place] = context === 0 ? -1 : placeOf[this.callers[context]];
      place++;
      if (this.firstChildren[context] !== 0) {
        context = this.firstChildren[context];
        continue;
      }
      while (context !== 0 && this.nextSiblings[context] === 0) {
        ends[placeOf[context]] = place;
        context = this.callers[context];
      }
      ends[placeOf[context]] = place;
      if (context === 0)
        break;
      context = this.nextSiblings[context];
    }
    const reordered = (values: Float64Array): Float64Array => {
      const result = new Float64Array(count);
      for (let i = 0; i < count; i++)
        result[i] = values[order[i]];
      return result;
    };
    const methods = new Int32Array(count);
    for (let i = 0; i < count; i++)
      methods[i] = this.methods[order[i]];
    const columns = new Map<string, Float64Array>();
    contextFigures.forEach(({ name }, figure) => {
      const values = this.columns[figure];
      if (values)
        columns.set(name, reordered(values));
    });
    return new Tree(methods, callers, ends, columns, this.omitted && reordered(this.omitted), this.unit);
  }

  private slotOf(caller: number, method: number): number {
    const hash = Math.imul(caller, 0x9e3779b1) ^ Math.imul(method + 3, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & (this.table.length - 1);
  }

  private grow(): void {
    const capacity = this.methods.length * 2;
    this.methods = larger(this.methods, capacity);
    this.callers = larger(this.callers, capacity);
    this.firstChildren = larger(this.firstChildren, capacity);
    this.lastChildren = larger(this.lastChildren, capacity);
    this.nextSiblings = larger(this.nextSiblings, capacity);
    this.columns.forEach((values, figure) => this.columns[figure] = values && larger(values, capacity));
    this.omitted &&= larger(this.omitted, capacity);
    this.table = new Int32Array(capacity * 2);
    for (let context = 1; context < this.count; context++) {
      let slot = this.slotOf(this.callers[context], this.methods[context]);
      while (this.table[slot] !== 0)
        slot = (slot + 1) & (this.table.length - 1);
      this.table[slot] = context;
    }
  }
}

function larger<T extends Int32Array | Float64Array>(values: T, capacity: number): T {
  const copy = new (values.constructor as new (length: number) => T)(capacity);
  copy.set(values);
  return copy;
}
