/** See `forget-classes.cjs`. */
export declare function forgetClasses(): void;
