import type { ConnectedClient, Told } from './connected-client.js';
import { EVERY_TOOL } from './every-client.tools.js';

const STRUCTURED = ['2025-06-18', '2025-11-25', '2026-07-28'];

export interface Served {
  readonly client: () => ConnectedClient;
  readonly revision: string;
  /** Distinguishes the calls of this client from those of others. */
  readonly run: string;
  /** The reason that a tool receives for a call that this client cancels. */
  readonly cancelled: string;
  /** What the mode in which the client is served lacks. */
  readonly without?: readonly ('progress' | 'cancellation')[];
}

/** The tests for every client, revision and transport. */
export function itServes({ client, revision, run, cancelled, without = [] }: Served): void {
  it(`speaks ${revision}`, async () => {
    expect(await client().call('revision')).toMatchObject({
      content: [{ type: 'text', text: revision }],
    });
  });

  it('lists its tools', async () => {
    expect(await client().list()).toEqual(EVERY_TOOL);
  });

  it('calls a tool', async () => {
    const input = 'héllo 🌍\u2028\u2029\u0085\v\f\u001c\r\n';
    expect(await client().call('echo', { input })).toMatchObject({
      content: [{ type: 'text', text: input }],
    });
  });

  it('receives structured content when the revision has it', async () => {
    const forecast = { city: 'Bern', degrees: 21 };
    const result = await client().call('forecast', { city: 'Bern' });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: JSON.stringify(forecast) }],
    });
    expect((result as { structuredContent?: unknown }).structuredContent).toEqual(
      STRUCTURED.includes(revision) ? forecast : undefined,
    );
  });

  it('receives a failure as a result', async () => {
    expect(await client().call('refuse')).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'There is no order 7' }],
    });
    expect(await client().call('echo', { input: 7 })).toMatchObject({ isError: true });
  });

  it('is refused for an unknown tool', async () => {
    await expect(client().call('nothing')).rejects.toMatchObject({ code: -32602 });
  });

  if (!without.includes('progress'))
    it('receives progress', async () => {
      const told: Told[] = [];
      const onprogress = (progress: Told): void => {
        if (told.push(progress) === 3) void client().call('release', { run });
      };
      expect(await client().call('steps', { run }, { onprogress })).toMatchObject({
        content: [{ type: 'text', text: 'done' }],
      });
      expect(told).toEqual(
        [1, 2, 3].map((progress) =>
          expect.objectContaining({ progress, total: 3, message: `step ${progress}` }),
        ),
      );
    });

  if (without.includes('cancellation')) return;
  it('aborts the signal of a call that it cancels', async () => {
    const abort = new AbortController();
    const onprogress = (): void => abort.abort('enough');
    const call = client().call('wait', { run }, { onprogress, signal: abort.signal });
    await expect(call.catch(() => 'rejected')).resolves.toBe('rejected');
    expect(await client().call('reason', { run })).toMatchObject({
      content: [{ type: 'text', text: cancelled }],
    });
  });
}
