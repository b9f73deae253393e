import { PassThrough, Writable } from 'node:stream';
import { outputAccounts } from '../output/output-accounts.js';
import { LineWriter } from './line-writer.js';
import { stdioPipes } from './stdio-pipes.js';

const TERMS = {
  streamBytes: 1_000,
  ownerBytes: 10_000,
  processBytes: 100_000,
  writeMs: Number.POSITIVE_INFINITY,
};

function writerTo(output: Writable): LineWriter {
  return new LineWriter(stdioPipes(new PassThrough(), output, false), TERMS);
}

describe('lines to a client over stdio', () => {
  it('may wait up to the limit in bytes; with one byte more, the client counts as gone', () => {
    const output = new Writable({ write: () => undefined });
    const writer = writerTo(output);
    writer.write('é'.repeat(499));
    expect(outputAccounts.bytes).toBe(999);
    expect(writer.gone.aborted).toBe(false);
    writer.write('x');
    expect(writer.gone.aborted).toBe(true);
    expect(outputAccounts.bytes).toBe(0);
    writer.write('dropped');
    expect(output.writableLength).toBe(1_001);
  });

  it('are not limited for a client that reads', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => setImmediate(done) });
    const writer = writerTo(output);
    for (let lines = 0; lines < 50; lines++) {
      const drained = new Promise<void>((resolve) => output.write('', () => resolve()));
      writer.write('x'.repeat(900));
      await drained;
      while (output.writableLength > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(writer.gone.aborted).toBe(false);
    output.destroy();
  });
});
