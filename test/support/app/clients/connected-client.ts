/** Progress in the form in which clients report it. */
export interface Told {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: unknown;
}

export interface CallOptions {
  readonly onprogress?: (told: Told) => void;
  readonly signal?: AbortSignal;
}

/** What every connected client can do, under one name. */
export interface ConnectedClient {
  list(): Promise<readonly string[]>;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<unknown>;
  /** Ends the session on Streamable HTTP, when there is one. */
  endSession(): Promise<void>;
  close(): Promise<void>;
}
