import type { ContextReader } from '../context/context.decorators.js';

/** Where the value of one parameter of a bound method comes from. */
export type ParamBinding =
  /** The whole arguments, or the argument of that name. */
  | { readonly index: number; readonly source: 'arguments'; readonly name: string | undefined }
  | { readonly index: number; readonly source: 'context'; readonly read: ContextReader }
  /** A decorator of the application (`createParamDecorator`), which only Nest's own machinery can read. */
  | { readonly index: number; readonly source: 'application' };
