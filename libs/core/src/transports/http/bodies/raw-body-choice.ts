import type { AbstractHttpAdapter } from '@nestjs/core';

/** The methods by which Nest registers a parser. The second parameter is the application's option `rawBody`. */
const REGISTERS = ['registerParserMiddleware', 'useBodyParser'] as const;

type Register = (first: unknown, rawBody?: boolean, ...more: unknown[]) => unknown;
type Parsing = { [Name in (typeof REGISTERS)[number]]?: Register };

/**
 * Whether an application wants the bytes of bodies as `rawBody`: `NestFactory.create(AppModule, { rawBody: true })`.
 * Nest passes the option only to the parsers that it registers, when the application is initialized.
 */
export class RawBodyChoice {
  private static readonly known = new WeakMap<object, RawBodyChoice>();
  private wanted = false;

  private constructor(adapter: Parsing) {
    for (const name of REGISTERS) {
      const register = adapter[name]?.bind(adapter);
      if (register === undefined) continue;
      adapter[name] = (first, rawBody, ...more) => {
        this.wanted ||= rawBody === true;
        return register(first, rawBody, ...more);
      };
    }
  }

  /** The choice of an application. All of its servers share it. */
  static of(adapter: AbstractHttpAdapter): RawBodyChoice {
    const choice = RawBodyChoice.known.get(adapter) ?? new RawBodyChoice(adapter as Parsing);
    RawBodyChoice.known.set(adapter, choice);
    return choice;
  }

  get keepsBytes(): boolean {
    return this.wanted;
  }
}
