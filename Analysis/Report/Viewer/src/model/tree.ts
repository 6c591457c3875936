/** What stands in place of a method: for the root, and for contexts that were left out. */
export const rootMethod = -2;
export const omittedMethod = -1;

/**
 * Contexts in preorder, one array for each figure; context 0 is the root, which stands for the whole. Times are multiples of
 * a unit, so that sums of them are exact.
 */
export class Tree {
  private readonly sums = new Map<string, Float64Array>();

  constructor(
    readonly methods: Int32Array,
    /** The caller of each context; -1 for the root. */
    readonly callers: Int32Array,
    /** For each context, the place behind the last one below it. */
    readonly ends: Int32Array,
    readonly columns: ReadonlyMap<string, Float64Array>,
    /** How many contexts each stands for that were left out. */
    readonly omitted: Float64Array | undefined,
    readonly unit: number,
    /** Whether a context's figures already have those of all below it. */
    readonly isInclusive = false) {
  }

  get count(): number {
    return this.methods.length;
  }

  /** A figure of a context; times in units. `total` is its own time and that of all it called. */
  figure(name: string, context: number): number {
    if (name === "total")
      return this.totals()[context];
    if (context === 0 && !this.isInclusive && name !== "self")
      return this.sumsOf(name)[0];
    return this.columns.get(name)?.[context] ?? 0;
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** The time from entry to exit of each context. */
  totals(): Float64Array {
    return this.cached("total", () => {
      if (this.isInclusive)
        return this.columns.get("total") ?? new Float64Array(this.count);
      const elsewhere = this.columns.get("elsewhere");
      const own = Float64Array.from(this.columns.get("self") ?? new Float64Array(this.count));
      if (elsewhere) {
        for (let i = 0; i < own.length; i++)
          own[i] += elsewhere[i];
      }
      return this.summed(own);
    });
  }

  /** For each context, a figure of it and of all below it. */
  sumsOf(name: string): Float64Array {
    return this.cached(`sum of ${name}`, () => this.isInclusive
      ? this.columns.get(name) ?? new Float64Array(this.count)
      : this.summed(Float64Array.from(this.columns.get(name) ?? new Float64Array(this.count))));
  }

  /** How wide each context is drawn: what is inside is never wider. */
  weights(metric: string, hidden: ReadonlySet<number>): Float64Array {
    const key = `${metric} without ${[...hidden].join()}`;
    return this.cached(key, () => {
      if (this.isInclusive)
        return this.columns.get(metric) ?? new Float64Array(this.count);
      const own = Float64Array.from(this.columns.get(metric === "total" ? "self" : metric) ?? new Float64Array(this.count));
      const elsewhere = metric === "total" ? this.columns.get("elsewhere") : undefined;
      for (let i = 0; i < own.length; i++)
        own[i] = Math.max(0, own[i]) + Math.max(0, elsewhere?.[i] ?? 0);
      for (let i = 0; hidden.size > 0 && i < own.length;) {
        const next = hidden.has(this.methods[i]) ? this.ends[i] : i + 1;
        if (next > i + 1 || hidden.has(this.methods[i]))
          own.fill(0, i, next);
        i = next;
      }
      return this.summed(own);
    });
  }

  /** The contexts that were called by one. */
  children(context: number): number[] {
    const children: number[] = [];
    for (let i = context + 1; i < this.ends[context]; i = this.ends[i])
      children.push(i);
    return children;
  }

  /** From the root to a context. */
  path(context: number): number[] {
    const path: number[] = [];
    for (let i = context; i >= 0; i = this.callers[i])
      path.push(i);
    return path.reverse();
  }

  private summed(own: Float64Array): Float64Array {
    for (let i = own.length - 1; i > 0; i--)
      own[this.callers[i]] += own[i];
    return own;
  }

  private cached(key: string, make: () => Float64Array): Float64Array {
    let values = this.sums.get(key);
    if (!values) {
      // A few are enough, and each may take many megabytes.
      if (this.sums.size >= 8)
        this.sums.clear();
      this.sums.set(key, values = make());
    }
    return values;
  }
}
