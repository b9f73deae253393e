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
  'flushHeaders',
  'writeContinue',
  'writeEarlyHints',
]);

/**
 * The real response as enhancers of the application may use it while a tool runs. By then the transport
 * has mostly answered (202), and a second answer would throw: headers pass until the real response is
 * committed and are dropped afterwards; a status and a body are kept, and become the result of the call.
 */
export function responseFacade(real: object): ResponseFacade {
  let status = 200;
  let sent: WrittenAnswer | undefined;
  let written = '';

  const send = (body?: unknown): object => {
    sent ??= { status, body: body ?? (written === '' ? undefined : written) };
    return facade;
  };
  const withStatus = (code: number): object => {
    status = code;
    return facade;
  };
  const ours: Readonly<Record<string, Member>> = {
    status: withStatus,
    code: withStatus,
    writeHead: withStatus,
    sendStatus: (code: number) => {
      status = code;
      return send();
    },
    json: send,
    jsonp: send,
    send,
    end: (body?: unknown) => send(typeof body === 'function' ? undefined : body),
    write: (chunk: string) => {
      written += chunk;
      return true;
    },
    redirect: (first: number | string, second?: number | string) => {
      status = typeof first === 'number' ? first : 302;
      return send(typeof first === 'string' ? first : second);
    },
  };
  const facade: object = new Proxy(real, {
    get(target, name) {
      if (name === 'statusCode') return status;
      if (
        name === 'headersSent' ||
        name === 'sent' ||
        name === 'writableEnded' ||
        name === 'finished'
      )
        return sent !== undefined;
      if (name === 'raw') return facade;
      if (typeof name === 'string') {
        if (Object.hasOwn(ours, name)) return ours[name];
        if (HEADER_METHODS.has(name)) return passHeader(target, name, facade);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as Member).bind(target) : value;
    },
    set(target, name, value) {
      if (name === 'statusCode') status = Number(value);
      else Reflect.set(target, name, value, target);
      return true;
    },
  });
  return { response: facade, answer: () => sent };
}

/** Frameworks chain header methods, so the façade is given back and not the response behind it. */
function passHeader(target: object, name: string, facade: object): Member {
  return (...args) => {
    const method: unknown = Reflect.get(target, name, target);
    if (!isCommitted(target) && typeof method === 'function') Reflect.apply(method, target, args);
    return facade;
  };
}

function isCommitted(target: object): boolean {
  const { headersSent, sent, raw } = target as {
    headersSent?: boolean;
    sent?: boolean;
    raw?: { headersSent: boolean };
  };
  return headersSent === true || sent === true || raw?.headersSent === true;
}
