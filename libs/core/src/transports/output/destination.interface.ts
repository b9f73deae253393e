/** Where messages to one client go. */
export interface Destination {
  /** Bytes that were written to it and that the system has not accepted yet. */
  readonly waiting: number;
  /**
   * Bytes that are left of a write which the system has accepted in part; undefined if unknown. Use it only
   * to compare.
   */
  readonly underWay: number | undefined;
  /** False while the client cannot read the bytes, even if it wants to. */
  readonly canMove: boolean;
  /** Disconnects the client and frees the waiting bytes. */
  cut(): void;
  onClose(listener: () => void): void;
}
