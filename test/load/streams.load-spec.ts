import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { expectNothingLeftBy } from '../support/fixtures/stream-leaks.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

describe.each(PLATFORMS)('the streams of a server on %s', (platform) => {
  it('leave no session, timer or listener behind, 1,000 of them', async () => {
    const { app, url } = await startApp({ platform, providers: [ProbeTools] });
    await expectNothingLeftBy(20, app, url);
  });
});
