/** A problem with a value, in words that follow the name of its option. */
export interface Flaw {
  /** Position in the value: `[0].src`; empty for the whole value. */
  readonly at: string;
  readonly words: string;
}

/** Returns the problems with a value. It is never called with undefined, which stands for the default. */
export type Check = (value: unknown) => readonly Flaw[];

/** A row with a value of any type. */
export interface AnyOptionRow {
  readonly check: Check;
  /** The default as you would write it in the options; undefined if there is none. */
  readonly default: unknown;
  readonly isRequired: boolean;
  /** Converts a valid value, or undefined, to the setting. */
  readonly toSetting: (value: never) => unknown;
}

/** The check, the default and the conversion of one option. */
export interface OptionRow<Value, Setting> extends AnyOptionRow {
  readonly default: Value | undefined;
  readonly toSetting: (value: Value | undefined) => Setting;
}

/** Rows by the full path of the option: `transports.sse.path`. */
export type OptionTable = Readonly<Record<string, AnyOptionRow>>;

/** One row for each option of an interface. A missing or an extra row does not compile. */
export type RowsOf<Options, Prefix extends string = ''> = {
  readonly [Name in keyof Options & string as `${Prefix}${Name}`]-?: OptionRow<
    NonNullable<Options[Name]>,
    unknown
  >;
};

/** Like {@link RowsOf}, for values that are only checked and have no setting. */
export type ChecksOf<Options, Prefix extends string = ''> = {
  readonly [Path in keyof RowsOf<Options, Prefix>]: AnyOptionRow;
};

/** The settings of a table. */
export type SettingsOf<Table extends OptionTable> = {
  readonly [Path in keyof Table]: ReturnType<Table[Path]['toSetting']>;
};

export function optional<Value>(check: Check): OptionRow<Value, Value | undefined> {
  return { check, default: undefined, isRequired: false, toSetting: (value) => value };
}

/**
 * A required option. If it is missing, the application does not start; `instead` is its setting until the
 * problem is reported.
 */
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
