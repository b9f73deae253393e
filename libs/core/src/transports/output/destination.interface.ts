/** Where messages to one client go. */
export interface Destination {
  /** Bytes handed to it that the system has not taken. */
  readonly waiting: number;
  /** Bytes of a write that the system has taken in part, where that can be told; only ever compared. */
  readonly underWay: number | undefined;
  /** False while the client could not read them if it wanted to. */
  readonly canMove: boolean;
  /** Cuts the client off, and lets go of what waits for it. */
  cut(): void;
  onClose(listener: () => void): void;
}
