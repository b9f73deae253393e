/**
 * - `unsupported`: the revision, the transport or the options have no way to the client
 * - `limit`: too many requests of the session wait for a response
 * - `timeout`: the client did not respond in time
 * - `aborted`: the signal was aborted, or the call that the request belongs to is over
 * - `closed`: the session is over
 * - `malformed`: the client responded with what is neither a result nor an error
 * - `error`: the client responded with an error; see {@link ClientErrorResponse}
 */
export type ClientRequestFailure =
  'unsupported' | 'limit' | 'timeout' | 'aborted' | 'closed' | 'malformed' | 'error';

/** A request of the server was not answered with a result. */
export class ClientRequestError extends Error {
  constructor(
    readonly failure: ClientRequestFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The client responded with an error, whose message this error has. */
export class ClientErrorResponse extends ClientRequestError {
  constructor(
    /** JSON-RPC error code. */
    readonly code: number,
    message: string,
    /** What the client added, whatever it is. */
    readonly data?: unknown,
  ) {
    super('error', message);
  }
}
