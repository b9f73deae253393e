/**
 * Why a request to the client failed.
 *
 * - `unsupported`: the revision, the transport or the options do not allow requests to the client
 * - `limit`: too many requests of the session wait for a response
 * - `timeout`: the client did not respond before the deadline
 * - `aborted`: the signal was aborted, or the call that the request belongs to is over
 * - `closed`: the session ended
 * - `malformed`: the response has neither a result nor a valid error
 * - `error`: the client responded with an error; see {@link ClientErrorResponse}
 */
export type ClientRequestFailure =
  'unsupported' | 'limit' | 'timeout' | 'aborted' | 'closed' | 'malformed' | 'error';

/** The client did not respond to a request of the server with a result. */
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

/** The client responded with an error. The message is that of the client. */
export class ClientErrorResponse extends ClientRequestError {
  constructor(
    /** The JSON-RPC error code. */
    readonly code: number,
    message: string,
    /** The `data` of the client's error, which can be any JSON value. It is not validated. */
    readonly data?: unknown,
  ) {
    super('error', message);
  }
}
