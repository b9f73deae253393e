import 'reflect-metadata';
import { SCOPE_OPTIONS_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { INVALID_OPTION_OF } from '../../messages/option.messages.js';
import { isGiven, must } from '../../options/checks.js';
import { optionProblems, withoutProblems } from '../../options/option-problems.js';
import { type ChecksOf, optional, type OptionTable } from '../../options/option-row.js';
import type { MethodMetadata } from './mark-method.js';
import type { PrimitiveTypeOptions } from './mark-type.js';
import { givenPrefix, isPrefix } from './type-prefix.js';

const TYPE_OPTIONS = {
  scope: optional(isGiven),
  durable: optional(isGiven),
  server: optional(isGiven),
  prefix: optional(must(isPrefix, 'up to 127 of the characters A-Z a-z 0-9 _ - and the dot')),
} satisfies ChecksOf<PrimitiveTypeOptions>;

/** Reads the options of a decorated method, without those that are wrong, and checks those of its class. */
export function readMethodMetadata<Options extends object>(
  checks: OptionTable & ChecksOf<Options>,
  { kind, hostClass, methodName, callee }: DiscoveredMethod,
): { readonly metadata: Options & MethodMetadata; readonly problems: readonly string[] } {
  const stored = Reflect.getMetadata(kind.methodKey, callee) as Options & MethodMetadata;
  const { declaredTypes, ...options } = stored;
  const scope = (Reflect.getMetadata(SCOPE_OPTIONS_METADATA, hostClass) ?? {}) as object;
  const prefix = givenPrefix(kind, hostClass);
  const prefixed = prefix === undefined ? {} : { prefix };
  const [ofType, ofMethod] = [`@${kind.typeDecorator}()`, `@${kind.methodDecorator}()`];
  const found = optionProblems(checks, options, ofMethod);
  return {
    metadata: { ...(withoutProblems(found, options) as Options), declaredTypes },
    problems: [
      ...optionProblems(TYPE_OPTIONS, { ...scope, ...prefixed }, ofType).map((problem) =>
        INVALID_OPTION_OF(hostClass.name, ofType, problem),
      ),
      ...found.map((problem) =>
        INVALID_OPTION_OF(`${hostClass.name}.${methodName}()`, ofMethod, problem),
      ),
    ],
  };
}
