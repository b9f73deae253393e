/**
 * Names one start of one process, of 1 to 40 of `A-Z a-z 0-9 -`, so that it fits into request ids and stream
 * names. A process that starts again has another one, and gets nothing that was meant for the one before.
 */
export type NodeId = string;
