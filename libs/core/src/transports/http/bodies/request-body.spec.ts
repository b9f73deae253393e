import { dropBody, putBody } from './request-body.js';

interface Bodied {
  body?: unknown;
  rawBody?: unknown;
}

const bytes = Buffer.from('{}');
const large = Buffer.alloc(16_385);
const put = (json: unknown, request: Bodied = {}, keepsBytes = false): Bodied => {
  putBody(request, { json, bytes, keepsBytes });
  return request;
};

describe('the body of a request', () => {
  it('is copied once, and if it is large only when it is read', () => {
    const read = jest.fn((): string => 'x');
    const json = Object.defineProperty({}, 'method', { get: read, enumerable: true });
    const request: Bodied = {};
    putBody(request, { json, bytes: large, keepsBytes: false });
    expect(read).not.toHaveBeenCalled();
    expect(request.body).toEqual({ method: 'x' });
    expect(request.body).toBe(request.body);
    expect(read).toHaveBeenCalledTimes(1);
    put(json);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is independent of what is dispatched, at every depth', () => {
    const json = { params: { list: [{ a: 1 }] } };
    const { body } = put(json) as { body: typeof json };
    body.params.list[0] = { a: 2 };
    body.params.list.push({ a: 3 });
    Object.assign(body.params, { more: true });
    expect(json).toEqual({ params: { list: [{ a: 1 }] } });
  });

  it('has numbers as JSON.parse returns them, so that it can be logged as JSON', () => {
    const { body } = put([{ id: 2n ** 60n }, { id: 1 }]);
    expect(body).toEqual([{ id: 2 ** 60 }, { id: 1 }]);
    expect(() => JSON.stringify(body)).not.toThrow();
  });

  it('keeps a member named __proto__ as a member', () => {
    const { body } = put(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(JSON.stringify(body)).toBe('{"__proto__":{"admin":true}}');
    expect((body as { admin?: unknown }).admin).toBeUndefined();
  });

  it('may be replaced by middleware', () => {
    for (const size of [bytes, large]) {
      const request: Bodied = {};
      putBody(request, { json: { a: 1 }, bytes: size, keepsBytes: false });
      request.body = 'other';
      expect(request.body).toBe('other');
    }
  });

  it('stays what a platform has parsed, and replaces what it has not', () => {
    const parsed = { of: 'the platform' };
    expect(put({ a: 1 }, { body: parsed }).body).toBe(parsed);
    for (const body of [Buffer.from('{}'), '{}', undefined])
      expect(put({ a: 1 }, { body }).body).toEqual({ a: 1 });
  });

  it('has its bytes only if the application wants them', () => {
    expect(put({})).not.toHaveProperty('rawBody');
    expect(put({}, {}, true).rawBody).toBe(bytes);
  });

  it('can be removed', () => {
    const request = put({}, {}, true);
    dropBody(request);
    expect([request.body, request.rawBody]).toEqual([undefined, undefined]);
  });
});
