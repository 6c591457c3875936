/** The bytes behind base64, inflated. */
export async function inflate(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  // A Blob's stream, and a Response of one, would send every byte to another process and back.
  const inflater = new DecompressionStream("deflate-raw");
  const writer = inflater.writable.getWriter();
  const written = writer.write(decode(base64)).then(() => writer.close());
  const reader = inflater.readable.getReader();
  const parts: Uint8Array[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read())
    parts.push(part.value);
  await written;
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let begin = 0;
  for (const part of parts) {
    bytes.set(part, begin);
    begin += part.length;
  }
  return bytes;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = text.charCodeAt(i);
  return bytes;
}

function signed(value: number): number {
  // Remainders of what does not fit into 31 bits are slow.
  return value <= 0x7fffffff ? (value >>> 1) ^ -(value & 1) : value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Reads numbers and texts one after the other; Analysis/Report/ReportData.cs says what they mean. */
export class Cursor {
  private readonly view: DataView;
  private position = 0;

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Seven bits a byte, the lowest first. Exact up to 2^53. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte < 0x80)
        return value + byte * factor;
      value += (byte & 0x7f) * factor;
      factor *= 128;
    }
  }

  /** 0, -1, 1, -2 are written as 0, 1, 2, 3. */
  zigzag(): number {
    return signed(this.varint());
  }

  /** Reads a number for each place of an array but the first, which is the root's. Returns whether any is not 0. */
  column(values: Int32Array | Float64Array, isSigned: boolean): boolean {
    // Millions of them: kept in variables, which the browser's compiler keeps in registers.
    const { bytes } = this;
    let { position } = this;
    let any = false;
    for (let i = 1; i < values.length; i++) {
      let byte = bytes[position++];
      let value = byte & 0x7f;
      for (let factor = 128; byte >= 0x80; factor *= 128) {
        byte = bytes[position++];
        value += (byte & 0x7f) * factor;
      }
      // Most columns are mostly 0, and memory that nobody writes to costs nothing.
      if (value === 0)
        continue;
      values[i] = isSigned ? signed(value) : value;
      any = true;
    }
    this.position = position;
    return any;
  }

  double(): number {
    const value = this.view.getFloat64(this.position, true);
    this.position += 8;
    return value;
  }

  /** The next bytes, for a reader of their own. */
  part(length: number): Cursor {
    const part = new Cursor(this.bytes.subarray(this.position, this.position + length));
    this.position += length;
    return part;
  }

  text(): string {
    const length = this.varint();
    const bytes = this.bytes.subarray(this.position, this.position + length);
    this.position += length;
    return new TextDecoder().decode(bytes);
  }

  list<T>(read: () => T): T[] {
    const count = this.varint();
    const items: T[] = [];
    for (let i = 0; i < count; i++)
      items.push(read());
    return items;
  }
}
