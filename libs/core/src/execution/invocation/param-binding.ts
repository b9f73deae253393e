import type { ContextReader } from '../context/context.decorators.js';

/** The source of the value of one parameter of a bound method. */
export type ParamBinding =
  /** The argument with the name, or all arguments. */
  | { readonly index: number; readonly source: 'arguments'; readonly name: string | undefined }
  | { readonly index: number; readonly source: 'context'; readonly read: ContextReader }
  /** A decorator of the application (`createParamDecorator`), which only Nest's pipeline can evaluate. */
  | { readonly index: number; readonly source: 'application' };
