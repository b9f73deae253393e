import type { INestApplication } from '@nestjs/common';
import { HttpSession } from './http-session.js';
import { ProbeTools } from '../fixtures/probe.tools.js';
import type { HttpAnswer } from './sse-wire.js';
import { type Platform, startApp } from '../app/test-app.js';

/** A refusal says what is wrong, and has the id of the request when the contract requires it. */
export function expectRefusal(
  answer: HttpAnswer,
  status: number,
  code: number,
  id?: string | number,
): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(answer.body)).toEqual({
    jsonrpc: '2.0',
    ...(id !== undefined && { id }),
    error: { code, message: expect.any(String) },
  });
}

/** The application under test, available after the first `beforeAll`. */
export interface Contracted {
  app: INestApplication;
  url: URL;
  tools: ProbeTools;
  session: HttpSession;
}

/** One application for all tests of a `describe`, with a session that must survive all refusals beside it. */
export function contracted(platform: Platform): Contracted {
  const there = {} as Contracted;

  beforeAll(async () => {
    const { app, url } = await startApp({ platform, providers: [ProbeTools] });
    const session = await HttpSession.open(url);
    Object.assign(there, { app, url, session, tools: app.get(ProbeTools) });
  });

  beforeEach(() => {
    there.tools.echoed.length = 0;
    there.tools.waiting.length = 0;
  });

  afterEach(async () => {
    // oxlint-disable-next-line jest/no-standalone-expect -- part of every test
    expect(await there.session.call('alive', 'ping')).toEqual({
      jsonrpc: '2.0',
      id: 'alive',
      result: {},
    });
  });

  afterAll(async () => {
    await there.app.close();
  });

  return there;
}
