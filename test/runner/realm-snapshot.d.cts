/** See `realm-snapshot.cjs`. */
export declare function realmSnapshot(modules: readonly object[]): unknown;
export declare function restoreRealm(snapshot: unknown): void;
