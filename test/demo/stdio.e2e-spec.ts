import { AppModule } from '../../src/app.module.js';
import { call, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

describe('the demo, started by a desktop client', () => {
  const start = stdioHarness();

  it('echoes', async () => {
    const wire = await start({ module: AppModule });
    await wire.initialize();
    expect(textOf(await wire.request(1, 'tools/call', call('echo', { input: 'Hello' })))).toBe(
      'Hello',
    );
  });
});
