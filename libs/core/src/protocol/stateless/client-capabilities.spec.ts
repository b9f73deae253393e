import type { JsonObject } from '../../interfaces/json.js';
import { McpProtocolException } from '../mcp-protocol.exception.js';
import { missingCapabilities, requireCapabilities } from './client-capabilities.js';

describe('missingCapabilities', () => {
  it.each<[JsonObject, JsonObject]>([
    [{ sampling: {} }, { sampling: {} }],
    [{ sampling: { tools: {} } }, { sampling: {} }],
    [{ sampling: { tools: { a: 1 } } }, { sampling: { tools: {} } }],
    [{ elicitation: {} }, { elicitation: { form: {} } }],
    [{ elicitation: {} }, { elicitation: {} }],
    [{ elicitation: { url: {} } }, { elicitation: { url: {} } }],
    [{ extensions: { 'a/b': {} } }, { extensions: { 'a/b': {} } }],
    [{ roots: { listChanged: true } }, { roots: { listChanged: true } }],
    [{}, {}],
  ])('finds that %j has all of %j', (declared, required) => {
    expect(missingCapabilities(declared, required)).toBeUndefined();
  });

  it.each<[JsonObject, JsonObject, JsonObject]>([
    [{}, { sampling: {} }, { sampling: {} }],
    [{ sampling: {} }, { sampling: { tools: {} } }, { sampling: { tools: {} } }],
    [{ elicitation: {} }, { elicitation: { url: {} } }, { elicitation: { url: {} } }],
    [{ elicitation: { url: {} } }, { elicitation: { form: {} } }, { elicitation: { form: {} } }],
    [
      { roots: {} },
      { roots: {}, sampling: {}, elicitation: {} },
      { sampling: {}, elicitation: {} },
    ],
    [{ sampling: true }, { sampling: {} }, { sampling: {} }],
    [{ sampling: [] }, { sampling: {} }, { sampling: {} }],
    [{}, { toString: {} }, { toString: {} }],
  ])('finds that %j of %j lacks %j', (declared, required, missing) => {
    expect(missingCapabilities(declared, required)).toEqual(missing);
  });
});

const peer = { protocolVersion: '2026-07-28', clientInfo: undefined, clientCapabilities: {} };
const ask = (): void => requireCapabilities(peer, { elicitation: { url: {} } });

describe('requireCapabilities', () => {
  it('throws an error for the client, with the capabilities that it lacks', () => {
    expect(ask).toThrow(McpProtocolException);
    expect(ask).toThrow(
      expect.objectContaining({
        code: -32021,
        message: 'The client does not declare capabilities that this request needs: elicitation',
        data: { requiredCapabilities: { elicitation: { url: {} } } },
      }),
    );
  });

  it('sends older clients the same error with a code that they know', () => {
    const older = { ...peer, protocolVersion: '2025-11-25' };
    expect(() => requireCapabilities(older, { sampling: {} })).toThrow(
      expect.objectContaining({ code: -32600, data: { requiredCapabilities: { sampling: {} } } }),
    );
  });

  it('accepts a client that declares everything', () => {
    expect(() =>
      requireCapabilities({ ...peer, clientCapabilities: { sampling: {} } }, { sampling: {} }),
    ).not.toThrow();
  });
});
