/** What is wrong with a value, in words that follow the name of its option. */
export interface Flaw {
  /** Where in the value: `[0].src`; empty for the value as a whole. */
  readonly at: string;
  readonly words: string;
}

/** Returns what is wrong with a value that was given; never asked for undefined, which is the default. */
export type Check = (value: unknown) => readonly Flaw[];

/** A row, whatever its value is. */
export interface AnyOptionRow {
  readonly check: Check;
  /** As it would be written in the options; undefined where there is none. */
  readonly default: unknown;
  readonly isRequired: boolean;
  /** The setting for a value that was given and is right, or for undefined. */
  readonly toSetting: (value: never) => unknown;
}

/** Everything that is known of one option. */
export interface OptionRow<Value, Setting> extends AnyOptionRow {
  readonly default: Value | undefined;
  readonly toSetting: (value: Value | undefined) => Setting;
}

/** Rows by the full path of the option: `transports.sse.path`. */
export type OptionTable = Readonly<Record<string, AnyOptionRow>>;

/** One row for each option of an interface: a row too few, or too many, does not compile. */
export type RowsOf<Options, Prefix extends string = ''> = {
  readonly [Name in keyof Options & string as `${Prefix}${Name}`]-?: OptionRow<
    NonNullable<Options[Name]>,
    unknown
  >;
};

/** The same, where values are only checked and need no setting. */
export type ChecksOf<Options, Prefix extends string = ''> = {
  readonly [Path in keyof RowsOf<Options, Prefix>]: AnyOptionRow;
};

/** The settings that a table makes of options. */
export type SettingsOf<Table extends OptionTable> = {
  readonly [Path in keyof Table]: ReturnType<Table[Path]['toSetting']>;
};

export function optional<Value>(check: Check): OptionRow<Value, Value | undefined> {
  return { check, default: undefined, isRequired: false, toSetting: (value) => value };
}

/** Without it there is no start; until that is reported, `instead` is in its place. */
export function required<Value>(check: Check, instead: Value): OptionRow<Value, Value> {
  return { check, default: undefined, isRequired: true, toSetting: (value = instead) => value };
}

export function defaulted<Value>(check: Check, standard: Value): OptionRow<Value, Value> {
  return converted(check, standard, (value) => value);
}

export function converted<Value, Setting>(
  check: Check,
  standard: Value,
  convert: (value: Value) => Setting,
): OptionRow<Value, Setting> {
  return {
    check,
    default: standard,
    isRequired: false,
    toSetting: (value = standard) => convert(value),
  };
}
