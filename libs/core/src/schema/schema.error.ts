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

/** No value can satisfy two rules of a property. */
export class ContradictionError extends SchemaError {
  constructor(
    at: string,
    first: { readonly name: string; readonly type: string },
    second: { readonly name: string; readonly type: string },
  ) {
    super(
      `${at} has the rules ${first.name} and ${second.name}, and no value satisfies both: one requires the type ${first.type}, the other ${second.type}. Remove one of them.`,
    );
  }
}
