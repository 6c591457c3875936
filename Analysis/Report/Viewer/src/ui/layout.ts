import { omittedMethod, type Tree } from "../model/tree.js";

/** Less is not drawn. */
const smallest = 0.5;

/** Boxes of a flame graph, level by level, each level from left to right. */
export interface Boxes {
  count: number;
  contexts: Int32Array;
  /** How many contexts that are too narrow a box stands for; 0: it is a context. */
  narrow: Int32Array;
  left: Float32Array;
  width: Float32Array;
  /** For each level, its first box; and one more, the count. */
  levels: number[];
}

/** Places contexts: callees below their caller, the heaviest first. Only what can be seen is looked at. */
export class Layout {
  private readonly sorted = new Map<number, Int32Array>();

  constructor(readonly tree: Tree, readonly weights: Float64Array) {
  }

  /** The contexts below one, the heaviest first. */
  childrenOf(context: number): Int32Array {
    let children = this.sorted.get(context);
    if (!children) {
      const weights = this.weights;
      // What stands for many comes last, as what is too narrow does.
      const rank = (child: number): number => this.tree.methods[child] === omittedMethod ? -1 : weights[child];
      children = Int32Array.from(this.tree.children(context).filter(child => weights[child] > 0))
        .sort((left, right) => rank(right) - rank(left) || left - right);
      this.sorted.set(context, children);
    }
    return children;
  }

  /** Where a context begins, as a sum of weights. */
  startOf(context: number): number {
    let start = 0;
    for (let at = context; at > 0; at = this.tree.callers[at]) {
      for (const sibling of this.childrenOf(this.tree.callers[at])) {
        if (sibling === at)
          break;
        start += this.weights[sibling];
      }
    }
    return start;
  }

  /** The boxes of a part of the whole.
   * @param from Where the window begins, as a sum of weights.
   * @param to Where it ends.
   * @param width How wide it is. */
  boxes(from: number, to: number, width: number): Boxes {
    const boxes: Boxes = {
      count: 0, contexts: new Int32Array(1024), narrow: new Int32Array(1024), left: new Float32Array(1024), width: new Float32Array(1024),
      levels: [0],
    };
    const scale = width / (to - from);
    if (!Number.isFinite(scale))
      return boxes;
    let level = [0];
    let starts = [0];
    this.put(boxes, 0, 0, -from * scale, (this.weights[0] - from) * scale, width);
    boxes.levels.push(boxes.count);
    while (level.length > 0) {
      const next: number[] = [];
      const nextStarts: number[] = [];
      for (let i = 0; i < level.length; i++) {
        let start = starts[i];
        const children = this.childrenOf(level[i]);
        for (let child = 0; child < children.length; child++) {
          const weight = this.weights[children[child]];
          if (weight * scale < smallest) {
            this.putNarrow(boxes, level[i], children, child, start, from, scale, width);
            break;
          }
          const [left, right] = [(start - from) * scale, (start + weight - from) * scale];
          start += weight;
          if (right <= 0 || left >= width)
            continue;
          this.put(boxes, children[child], 0, left, right, width);
          next.push(children[child]);
          nextStarts.push(start - weight);
        }
      }
      [level, starts] = [next, nextStarts];
      if (boxes.count > boxes.levels[boxes.levels.length - 1])
        boxes.levels.push(boxes.count);
    }
    return boxes;
  }

  private putNarrow(boxes: Boxes, caller: number, children: Int32Array, first: number, start: number, from: number, scale: number, width: number): void {
    let weight = 0;
    for (let i = first; i < children.length; i++)
      weight += this.weights[children[i]];
    const [left, right] = [(start - from) * scale, (start + weight - from) * scale];
    if (right - left >= smallest && right > 0 && left < width)
      this.put(boxes, caller, children.length - first, left, right, width);
  }

  private put(boxes: Boxes, context: number, narrow: number, left: number, right: number, width: number): void {
    if (boxes.count === boxes.contexts.length) {
      boxes.contexts = larger(boxes.contexts, new Int32Array(boxes.count * 2));
      boxes.narrow = larger(boxes.narrow, new Int32Array(boxes.count * 2));
      boxes.left = larger(boxes.left, new Float32Array(boxes.count * 2));
      boxes.width = larger(boxes.width, new Float32Array(boxes.count * 2));
    }
    const begin = Math.max(0, left);
    boxes.contexts[boxes.count] = context;
    boxes.narrow[boxes.count] = narrow;
    boxes.left[boxes.count] = begin;
    boxes.width[boxes.count] = Math.min(width, right) - begin;
    boxes.count++;
  }
}

function larger<T extends Int32Array | Float32Array>(values: T, copy: T): T {
  copy.set(values);
  return copy;
}
