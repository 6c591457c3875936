import type { Tree } from "./tree.js";

/** What times are measured in. */
export type Unit = "seconds" | "bytes" | "none";

export interface Method {
  readonly file: string;
  readonly line: number;
  /** As it is shown: what could do harm is escaped, external methods have no brackets. */
  readonly name: string;
  /** The last part of the name, and that with its type. */
  readonly short: string;
  readonly middle: string;
  readonly isExternal: boolean;
}

/** Figures by the names that the file gives them: calls, primitive, self, total … */
export type Figures = Readonly<Record<string, number>>;

/** A method's figures, or the part of them that one caller or callee has. */
export interface Share {
  readonly method: number;
  readonly figures: Figures;
}

export interface Row extends Share {
  readonly callers: readonly Share[];
}

export interface Facts {
  readonly heading: string;
  readonly values: readonly (readonly [name: string, value: string])[];
}

export interface Thread {
  readonly name: string;
  readonly tree: Tree;
}

export interface Profile {
  readonly title: string;
  readonly unit: Unit;
  readonly calls: number;
  readonly primitive: number;
  readonly total: number;
  readonly facts: readonly Facts[];
  readonly methods: readonly Method[];
  readonly rows: readonly Row[];
  readonly rowOf: ReadonlyMap<number, Row>;
  readonly calleesOf: ReadonlyMap<number, readonly Share[]>;
  readonly threads: readonly Thread[];
  readonly sources: ReadonlyMap<string, string>;
}

/** The file and the line as text. */
export function placeOf(method: Method): string {
  return method.isExternal ? "external" : method.line > 0 ? `${method.file}:${method.line}` : method.file;
}
