/** A schema cannot be created. The message says which one and why; the boot report shows it. */
export class SchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaError';
  }
}

/** A class has no class-validator rules. Validation would refuse every value or, worse, accept every value. */
export class MissingRulesError extends SchemaError {
  constructor(readonly className: string) {
    super(`${className} has no class-validator rules`);
    this.name = 'MissingRulesError';
  }
}
