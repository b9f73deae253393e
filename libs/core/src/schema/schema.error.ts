/** A schema cannot be made; the message says of what and why, for the boot report. */
export class SchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaError';
  }
}

/** A class has no class-validator rules, so validation would refuse, or worse accept, everything. */
export class MissingRulesError extends SchemaError {
  constructor(readonly className: string) {
    super(`${className} has no class-validator rules`);
    this.name = 'MissingRulesError';
  }
}
