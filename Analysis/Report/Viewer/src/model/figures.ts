/** A figure that contexts have a column of, besides method and place in the tree. */
export interface ContextFigure {
  /** Its name in the file. */
  readonly name: string;
  readonly title: string;
  readonly isTime: boolean;
  /** How that of several contexts becomes one. */
  readonly merge: "sum" | "max";
  /** Whether the flame graph can be as wide as it. */
  readonly isMetric: boolean;
}

/** What is known of contexts, in the order in which tables have it. Columns that a profile does not have, or only zeros of, are
 * not shown. */
export const contextFigures: readonly ContextFigure[] = [
  { name: "calls", title: "Calls", isTime: false, merge: "sum", isMetric: true },
  { name: "recursive", title: "Recursive", isTime: false, merge: "sum", isMetric: false },
  { name: "resumes", title: "Resumes", isTime: false, merge: "sum", isMetric: false },
  { name: "samples", title: "Samples", isTime: false, merge: "sum", isMetric: false },
  { name: "truncated", title: "Truncated", isTime: false, merge: "sum", isMetric: false },
  { name: "open", title: "Open", isTime: false, merge: "sum", isMetric: false },
  { name: "self", title: "Self", isTime: true, merge: "sum", isMetric: true },
  { name: "elsewhere", title: "Elsewhere", isTime: true, merge: "sum", isMetric: false },
  { name: "elapsed", title: "Elapsed", isTime: true, merge: "sum", isMetric: false },
  { name: "waiting", title: "Waiting", isTime: true, merge: "sum", isMetric: true },
  { name: "beforeCalls", title: "Calls before", isTime: false, merge: "sum", isMetric: false },
  { name: "beforeSelf", title: "Self before", isTime: true, merge: "sum", isMetric: false },
];

/** A figure of a row of the table, and of a share of one. */
export interface RowFigure {
  readonly name: string;
  readonly title: string;
  readonly isTime: boolean;
  /** Whether it is shown only where a profile has any. */
  readonly isOptional: boolean;
}

export const rowFigures: readonly RowFigure[] = [
  { name: "calls", title: "Calls", isTime: false, isOptional: false },
  { name: "primitive", title: "Primitive", isTime: false, isOptional: true },
  { name: "resumes", title: "Resumes", isTime: false, isOptional: true },
  { name: "samples", title: "Samples", isTime: false, isOptional: true },
  { name: "self", title: "Self", isTime: true, isOptional: false },
  { name: "total", title: "Total", isTime: true, isOptional: false },
  { name: "open", title: "Open", isTime: false, isOptional: true },
  { name: "elapsed", title: "Elapsed", isTime: true, isOptional: true },
  { name: "waiting", title: "Waiting", isTime: true, isOptional: true },
  { name: "slowest", title: "Slowest", isTime: true, isOptional: true },
  { name: "beforeCalls", title: "Calls before", isTime: false, isOptional: true },
  { name: "beforeSelf", title: "Self before", isTime: true, isOptional: true },
];
