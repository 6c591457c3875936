import { printable } from "../text/printable.js";
import type { Tree } from "./tree.js";

/** What times are measured in. */
export type Unit = "seconds" | "bytes" | "none" | "samples";

export interface Method {
  readonly file: string;
  readonly line: number;
  /** As it is shown: what could do harm is escaped, external methods have no brackets. */
  readonly name: string;
  /** The last part of the name, and that with its type. */
  readonly short: string;
  readonly middle: string;
  readonly isExternal: boolean;
  /** Empty if it is not known. */
  readonly assembly: string;
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
  /** Whether it has figures before a change, too. */
  readonly isDifference: boolean;
}

/** The file and the line as text, without the folders that all files are in. */
export function placeOf(method: Method, folder: string): string {
  if (method.isExternal)
    return "external";
  const file = printable(method.file.startsWith(folder) ? method.file.slice(folder.length) : method.file);
  return method.line > 0 ? `${file}:${method.line}` : file;
}

/** The place, and the assembly if it is known. */
export function originOf(method: Method, folder: string): string {
  return method.assembly ? `${placeOf(method, folder)} · ${method.assembly}` : placeOf(method, folder);
}

/** The folder that all source files are in, with a separator at its end; empty if there is none. */
export function commonFolder(methods: readonly Method[]): string {
  const files = methods.filter(method => !method.isExternal && method.line > 0).map(method => method.file);
  if (files.length === 0)
    return "";
  const shared = files.reduce((common, file) => {
    let length = Math.min(common.length, file.length);
    while (!file.startsWith(common.slice(0, length)))
      length--;
    return common.slice(0, length);
  });
  return shared.slice(0, Math.max(shared.lastIndexOf("/"), shared.lastIndexOf("\\")) + 1);
}
