import { STATUS_CODES } from 'node:http';
import { checkHeaders } from './response-header-check.js';

/** The response that an enhancer wrote during a call. */
export interface WrittenAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A response object for code of the application, and what was written to it. */
export interface ResponseFacade {
  readonly response: object;
  /** Returns what was sent; undefined before that. */
  readonly answer: () => WrittenAnswer | undefined;
}

type Member = (...args: never[]) => unknown;

const HEADER_METHODS: ReadonlySet<string> = new Set([
  'setHeader',
  'setHeaders',
  'appendHeader',
  'removeHeader',
  'header',
  'headers',
  'set',
  'append',
  'type',
  'vary',
  'links',
  'location',
  'attachment',
  'cookie',
  'setCookie',
  'clearCookie',
  'contentType',
  'addTrailers',
  'writeContinue',
  'writeEarlyHints',
]);

/** Members that would send the headers before there is a result. They do nothing. */
const PREMATURE: ReadonlySet<unknown> = new Set(['flushHeaders', 'writeProcessing']);

/** Members that report whether the response was sent. */
const SENT_MEMBERS: ReadonlySet<unknown> = new Set([
  'headersSent',
  'sent',
  'writableEnded',
  'finished',
]);

const CLIENT_ERROR = 400;

/** The response written so far. The façades of the framework's response and of Node's response share it. */
interface Draft {
  status: number;
  written: string;
  sent: WrittenAnswer | undefined;
}

/**
 * Wraps the response for enhancers of the application. By the time a tool runs, the transport has usually sent the
 * real response (202), and sending it again would throw. Headers are passed on until the real response is sent, and
 * are dropped afterwards. A status and a body are kept, and become the result of the call.
 */
export function responseFacade(real: object): ResponseFacade {
  const draft: Draft = { status: 200, written: '', sent: undefined };
  return { response: facadeOf(real, draft), answer: () => draft.sent };
}

/** A proxy may report another value only for a property that is configurable or writable. */
const LOOSE = { configurable: true, writable: true };
const COMMITTED = { headersSent: { value: true, ...LOOSE }, sent: { value: true, ...LOOSE } };

/** A response that drops everything that is written to it, headers included. */
export function discardingResponse(real: object): object {
  const { raw } = real as { raw?: object };
  const rawCopy = raw && (Object.create(raw, COMMITTED) as object);
  const own = { ...COMMITTED, raw: { value: rawCopy, ...LOOSE } };
  return responseFacade(Object.create(real, own) as object).response;
}

function facadeOf(real: object, draft: Draft): object {
  const { raw } = real as { raw?: object };
  const rawFacade = raw && facadeOf(raw, draft);
  const facade: object = new Proxy(real, {
    get(target, name) {
      if (name === 'statusCode') return draft.status;
      if (SENT_MEMBERS.has(name)) return draft.sent !== undefined;
      if (name === 'raw') return rawFacade;
      if (typeof name === 'string') {
        if (Object.hasOwn(ours, name)) return ours[name];
        if (HEADER_METHODS.has(name)) return passHeader(target, name, facade);
        if (PREMATURE.has(name)) return () => facade;
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? chained(value as Member, target, facade) : value;
    },
    set(target, name, value) {
      if (name === 'statusCode') draft.status = Number(value);
      // The status message belongs to the response of the POST, which the transport sends.
      else if (name !== 'statusMessage') Reflect.set(target, name, value, target);
      return true;
    },
  });
  const ours = answeringMembers(draft, () => facade);
  return facade;
}

/** The members of Express, Fastify and Node that set the status or send the body. They write to the draft. */
function answeringMembers(draft: Draft, facade: () => object): Readonly<Record<string, Member>> {
  const send = (body: unknown = draft.written || reasonOf(draft.status)): object => {
    draft.sent ??= { status: draft.status, body };
    return facade();
  };
  const withStatus = (code: number): object => {
    draft.status = code;
    return facade();
  };
  const write = (chunk: unknown): boolean => {
    draft.written += String(chunk);
    return true;
  };
  return {
    status: withStatus,
    code: withStatus,
    writeHead: (code: number, ...more: readonly unknown[]) => {
      checkHeaders('writeHead', more);
      return withStatus(code);
    },
    sendStatus: (code: number) => {
      withStatus(code);
      return send(STATUS_CODES[code] ?? String(code));
    },
    json: send,
    jsonp: send,
    send,
    write,
    end: (chunk?: unknown) => {
      if (chunk !== undefined && typeof chunk !== 'function') write(chunk);
      return send();
    },
    redirect: (first: number | string, second?: number | string) => {
      withStatus(typeof first === 'number' ? first : 302);
      return send(typeof first === 'string' ? first : second);
    },
  };
}

/** The body of an error can be empty. Its status text is then used instead. */
function reasonOf(status: number): string | undefined {
  return status >= CLIENT_ERROR ? (STATUS_CODES[status] ?? String(status)) : undefined;
}

/** A method that returns the response, such as `response.on(…)`, returns the façade instead. */
function chained(method: Member, target: object, facade: object): Member {
  return (...args) => {
    const result: unknown = Reflect.apply(method, target, args);
    return result === target ? facade : result;
  };
}

/** Calls a header method of the real response, unless that was sent. Returns the façade, for chaining. */
function passHeader(target: object, name: string, facade: object): Member {
  return (...args) => {
    checkHeaders(name, args);
    const method: unknown = Reflect.get(target, name, target);
    if (!isCommitted(target) && typeof method === 'function') Reflect.apply(method, target, args);
    return facade;
  };
}

/** Asks Node's response: `sent` of Fastify is true as soon as the transport takes the response over. */
function isCommitted(target: object): boolean {
  const { raw = target } = target as { raw?: object };
  return (raw as { headersSent?: boolean }).headersSent === true;
}
