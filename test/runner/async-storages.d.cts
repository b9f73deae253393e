export declare function disableStorages(): void;
