import 'reflect-metadata';

/** What `@Param` knows of an argument and no rule can say. */
export interface ArgumentNotes {
  readonly description?: string;
  /** Name of the header that repeats it. */
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
