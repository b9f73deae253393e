import { STATUS_CODES } from 'node:http';
import { checkHeaders } from './header-check.js';

/** What a filter or guard wrote to a response that stands for a call. */
export interface WrittenAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A response that can be handed to anything of the application, and what was written to it. */
export interface ResponseFacade {
  readonly response: object;
  /** Undefined while nothing was sent. */
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

/** Members that would send the headers of an answer that is not there yet. */
const PREMATURE: ReadonlySet<unknown> = new Set(['flushHeaders', 'writeProcessing']);

/** Members that tell whether an answer went out. */
const SENT_MEMBERS: ReadonlySet<unknown> = new Set([
  'headersSent',
  'sent',
  'writableEnded',
  'finished',
]);

const CLIENT_ERROR = 400;

/** The answer as far as it is written; a framework's response and Node's own below it write to the same one. */
interface Draft {
  status: number;
  written: string;
  sent: WrittenAnswer | undefined;
}

/**
 * The real response as enhancers of the application may use it while a tool runs. By then the transport
 * has mostly answered (202), and a second answer would throw: headers pass until the real response is
 * committed and are dropped afterwards; a status and a body are kept, and become the result of the call.
 */
export function responseFacade(real: object): ResponseFacade {
  const draft: Draft = { status: 200, written: '', sent: undefined };
  return { response: facadeOf(real, draft), answer: () => draft.sent };
}

/** A proxy may say something else of a member only where that could change. */
const LOOSE = { configurable: true, writable: true };
const COMMITTED = { headersSent: { value: true, ...LOOSE }, sent: { value: true, ...LOOSE } };

/** A response for where nothing is answered: whatever is written to it, its headers included, is dropped. */
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
      // Of the answer to the POST, which is none of the tool's.
      else if (name !== 'statusMessage') Reflect.set(target, name, value, target);
      return true;
    },
  });
  const ours = answeringMembers(draft, () => facade);
  return facade;
}

/** The members that answer, on Express, Fastify and Node; they write the draft, and chain. */
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

/** Of an error without a body, the status is all there is to tell. */
function reasonOf(status: number): string | undefined {
  return status >= CLIENT_ERROR ? (STATUS_CODES[status] ?? String(status)) : undefined;
}

/** `response.on(…)` gives the response: the façade, and not the one behind it. */
function chained(method: Member, target: object, facade: object): Member {
  return (...args) => {
    const result: unknown = Reflect.apply(method, target, args);
    return result === target ? facade : result;
  };
}

/** Frameworks chain header methods, so the façade is given back and not the response behind it. */
function passHeader(target: object, name: string, facade: object): Member {
  return (...args) => {
    checkHeaders(name, args);
    const method: unknown = Reflect.get(target, name, target);
    if (!isCommitted(target) && typeof method === 'function') Reflect.apply(method, target, args);
    return facade;
  };
}

/** Node's own response tells: Fastify calls one that the transport took over `sent` from then on. */
function isCommitted(target: object): boolean {
  const { raw = target } = target as { raw?: object };
  return (raw as { headersSent?: boolean }).headersSent === true;
}
