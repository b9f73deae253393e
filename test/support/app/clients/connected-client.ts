/** Progress as clients hand it on. */
export interface Told {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: unknown;
}

export interface CallOptions {
  readonly onprogress?: (told: Told) => void;
  readonly signal?: AbortSignal;
}

/** What every client can do once it is connected, whatever it calls it. */
export interface ConnectedClient {
  list(): Promise<readonly string[]>;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<unknown>;
  /** Ends the session on Streamable HTTP, where there is one. */
  endSession(): Promise<void>;
  close(): Promise<void>;
}
