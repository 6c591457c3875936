/** The bytes behind base64, inflated. */
export async function inflate(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = decode(base64);
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = text.charCodeAt(i);
  return bytes;
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
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
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
