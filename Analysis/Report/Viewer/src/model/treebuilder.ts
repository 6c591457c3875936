import { contextFigures } from "./figures.js";
import { rootMethod, Tree } from "./tree.js";

const firstCapacity = 1 << 10;

/** Makes a tree in which the contexts with equal methods on the way to them are one. */
export class TreeBuilder {
  private count = 1;
  private methods = new Int32Array(firstCapacity);
  private callers = new Int32Array(firstCapacity);
  private firstChildren = new Int32Array(firstCapacity);
  private lastChildren = new Int32Array(firstCapacity);
  private nextSiblings = new Int32Array(firstCapacity);
  private omitted: Float64Array | undefined;
  private readonly columns = new Map<string, Float64Array>();

  // Contexts by caller and method; 0 is free. A power of two.
  private table = new Int32Array(firstCapacity * 2);

  constructor(private readonly unit: number) {
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

  /** Adds the figures of a context of another tree. */
  add(context: number, tree: Tree, from: number): void {
    const scale = tree.unit / this.unit;
    for (const { name, merge, isTime } of contextFigures) {
      const source = tree.columns.get(name);
      if (!source || source[from] === 0)
        continue;
      const column = this.column(name);
      const value = isTime && scale !== 1 ? source[from] * scale : source[from];
      column[context] = merge === "max" ? Math.max(column[context], value) : column[context] + value;
    }
    if (tree.omitted) {
      this.omitted ??= new Float64Array(this.methods.length);
      this.omitted[context] += tree.omitted[from];
    }
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
    const reordered = (values: Float64Array): Float64Array => Float64Array.from(order, context => values[context]);
    const columns = new Map([...this.columns].map(([name, values]) => [name, reordered(values)]));
    return new Tree(Int32Array.from(order, context => this.methods[context]), callers, ends, columns,
      this.omitted && reordered(this.omitted), this.unit);
  }

  private column(name: string): Float64Array {
    let column = this.columns.get(name);
    if (!column)
      this.columns.set(name, column = new Float64Array(this.methods.length));
    return column;
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
    for (const [name, values] of this.columns)
      this.columns.set(name, larger(values, capacity));
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
