/** A shape of a plane: points alone, lines, or rings of an area with its holes. */
export interface Shape {
  kind: 'point' | 'line' | 'area';
  paths: [number, number][][];
}

const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;

class Reader {
  private at = 0;
  private little = true;

  constructor(private readonly view: DataView) {}

  order(): void {
    this.little = this.view.getUint8(this.at++) === 1;
  }

  int(): number {
    const value = this.view.getUint32(this.at, this.little);
    this.at += 4;
    return value;
  }

  double(): number {
    const value = this.view.getFloat64(this.at, this.little);
    this.at += 8;
    return value;
  }
}

/** The shapes of a GEOMETRY as the server prints it, hexadecimal EWKB; none where it is not that. */
export function shapes(hex: string): Shape[] {
  if (!/^([0-9a-fA-F]{2})+$/.test(hex)) {
    return [];
  }
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  const found: Shape[] = [];
  try {
    geometry(new Reader(new DataView(bytes.buffer)), found);
  } catch {
    // Cut off: what there is of it is drawn.
  }
  return found;
}

function geometry(in_: Reader, found: Shape[]): void {
  in_.order();
  const type = in_.int();
  const code = type & 0xffff;
  const dimensions = 2 + Number((type & EWKB_Z) !== 0) + Number((type & EWKB_M) !== 0);
  const extra = dimensions === 2 ? [0, 1, 1, 2][Math.floor(code / 1000)] ?? 0 : dimensions - 2;
  if ((type & EWKB_SRID) !== 0) {
    in_.int();
  }
  const point = (): [number, number] => {
    const x = in_.double();
    const y = in_.double();
    for (let i = 0; i < extra; i++) {
      in_.double();
    }
    return [x, y];
  };
  const path = (): [number, number][] => Array.from({ length: in_.int() }, point);
  switch (code % 1000) {
    case 1: {
      const [x, y] = point();
      if (Number.isFinite(x) && Number.isFinite(y)) {
        found.push({ kind: 'point', paths: [[[x, y]]] });
      }
      break;
    }
    case 2:
      found.push({ kind: 'line', paths: [path()] });
      break;
    case 3:
      found.push({ kind: 'area', paths: Array.from({ length: in_.int() }, path) });
      break;
    case 4:
    case 5:
    case 6:
    case 7:
      for (let rest = in_.int(); rest > 0; rest--) {
        geometry(in_, found);
      }
      break;
    default:
      break;
  }
}

export interface Bounds {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** The smallest box that has all; empty shapes have none. */
export function bounds(all: readonly Shape[]): Bounds | undefined {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const shape of all) {
    for (const path of shape.paths) {
      for (const [x, y] of path) {
        box.minX = Math.min(box.minX, x);
        box.maxX = Math.max(box.maxX, x);
        box.minY = Math.min(box.minY, y);
        box.maxY = Math.max(box.maxY, y);
      }
    }
  }
  return box.minX <= box.maxX ? box : undefined;
}
