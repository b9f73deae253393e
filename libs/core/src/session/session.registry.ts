import { Injectable, Logger } from '@nestjs/common';
import { DRAIN_CUT } from '../messages/log.messages.js';
import { SHUTTING_DOWN } from '../messages/refusal.messages.js';
import { errorMessage, notificationMessage } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { ListChanges, type ListKind } from '../registry/list-changes.js';
import { Session } from './session.js';

/** Where a session's messages go, and how its stream is ended. */
export interface SessionStream {
  send(message: string): void;
  /** Ends the stream cleanly; resolves when the client has it all, or was given up. */
  end(): Promise<void>;
}

/** Every open session of this server, by id. */
@Injectable()
export class SessionRegistry {
  private readonly logger = new Logger('McpModule');
  private readonly sessions = new Map<string, { session: Session; stream: SessionStream }>();
  private running = 0;
  private draining = false;
  private onQuiet: (() => void) | undefined;

  private readonly events = {
    callStarted: () => {
      this.running++;
    },
    callFinished: () => {
      this.running--;
      if (this.running === 0) this.onQuiet?.();
    },
  };

  constructor(changes: ListChanges) {
    changes.subscribe((kind) => this.tellOfChange(kind));
  }

  get size(): number {
    return this.sessions.size;
  }

  /** True from the moment the application shuts down: no new session is admitted. */
  get isDraining(): boolean {
    return this.draining;
  }

  open(stream: SessionStream): Session {
    const session = new Session((message) => stream.send(message), this.events);
    this.sessions.set(session.id, { session, stream });
    return session;
  }

  get(id: string): Session | undefined {
    return this.sessions.get(id)?.session;
  }

  /** Forgets a session and aborts what it has running. */
  close(session: Session, reason: Error): void {
    this.sessions.delete(session.id);
    session.abortAll(reason);
  }

  private tellOfChange(kind: ListKind): void {
    const message = notificationMessage(`notifications/${kind}/list_changed`, {});
    for (const { session } of this.sessions.values())
      if (session.hearsOf(kind)) session.send(message);
  }

  /** Admits nobody new, waits for running calls, cuts those that take longer, and ends every stream. */
  async drain(milliseconds: number): Promise<void> {
    this.draining = true;
    if (this.running > 0) await this.quiet(milliseconds);
    if (this.running > 0) this.cut();
    await Promise.all([...this.sessions.values()].map(({ stream }) => stream.end()));
  }

  private async quiet(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, milliseconds);
      this.onQuiet = () => {
        clearTimeout(deadline);
        resolve();
      };
    });
    this.onQuiet = undefined;
  }

  private cut(): void {
    this.logger.warn(DRAIN_CUT(this.running));
    for (const { session } of this.sessions.values())
      session.cutAll(
        (id) => errorMessage(id, JsonRpcErrorCode.InternalError, SHUTTING_DOWN),
        new Error(SHUTTING_DOWN),
      );
  }
}
