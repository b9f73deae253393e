import 'reflect-metadata';

/** The options of a `@Param()` that no class-validator rule can express. */
export interface ArgumentNotes {
  readonly description?: string;
  /** The name of the header that repeats the argument, without `Mcp-Param-`. */
  readonly header?: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly defaultValue?: unknown;
}

const NOTES = Symbol('argument notes');

export function annotate(prototype: object, property: string, notes: ArgumentNotes): void {
  Reflect.defineMetadata(NOTES, notes, prototype, property);
}

export function notesOf(prototype: object, property: string): ArgumentNotes | undefined {
  return Reflect.getMetadata(NOTES, prototype, property) as ArgumentNotes | undefined;
}
