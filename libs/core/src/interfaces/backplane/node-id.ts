/**
 * Identifies one start of one process: 1 to 40 of the characters `A-Z a-z 0-9 -`, so that it fits into request ids
 * and stream names. A process that starts again has a new id, and gets nothing that was sent to its old one.
 */
export type NodeId = string;
