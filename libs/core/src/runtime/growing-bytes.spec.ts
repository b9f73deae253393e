import * as fc from 'fast-check';
import { GrowingBytes } from './growing-bytes.js';

describe('bytes that arrive in chunks', () => {
  it('are complete, in a buffer of at most twice their size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 30 }),
        fc.nat(100_000),
        (pieces, end) => {
          const bytes = new GrowingBytes(end);
          for (const piece of pieces) {
            const capacity = bytes.capacityWith(piece.length);
            bytes.append(piece);
            expect(bytes.capacityWith(0)).toBe(capacity);
            expect(capacity).toBeLessThanOrEqual(Math.max(2 * bytes.length, 1_024));
          }
          expect(bytes.length).toBe(pieces.reduce((sum, { length }) => sum + length, 0));
          expect(bytes.take()).toEqual(Buffer.concat(pieces));
          expect(bytes.length).toBe(0);
        },
      ),
    );
  });

  it('are in a buffer of exactly their size if it was known', () => {
    const bytes = new GrowingBytes(5_000);
    for (let sent = 0; sent < 5_000; sent += 100) bytes.append(Buffer.alloc(100, 'x'));
    expect(bytes.take().buffer.byteLength).toBe(5_000);
  });

  it('are not lost when more bytes come after take()', () => {
    const bytes = new GrowingBytes(100);
    bytes.append(Buffer.from('first'));
    const first = bytes.take();
    bytes.append(Buffer.from('second'));
    expect(first.toString()).toBe('first');
  });
});
