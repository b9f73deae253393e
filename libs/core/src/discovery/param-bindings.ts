import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { contextReader } from '../execution/context/context.decorators.js';
import type { ParamBinding } from '../execution/invocation/param-binding.js';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import {
  IDLE_DESCRIPTION,
  NEST_PARAM,
  TWO_SOURCES,
  UNBOUND_PARAMETER,
} from '../messages/boot.messages.js';
import { TYPES_NOT_EMITTED } from '../messages/parameter-types.messages.js';
import { paramDescriptionsOf } from '../schema/decorators/description.decorator.js';
import { paramsOf } from '../schema/decorators/param.decorator.js';

interface RouteArg {
  readonly index: number;
  readonly factory?: unknown;
}

/** Where the values of the parameters of a method come from, and which parameters get none, or two. */
export function bindParams(
  { hostClass, methodName, callee }: DiscoveredMethod,
  declaredTypes: readonly unknown[],
): { readonly bindings: readonly ParamBinding[]; readonly problems: readonly string[] } {
  const { name } = hostClass;
  const params = paramsOf(hostClass, methodName);
  const routeArgs = routeArgsOf(hostClass, methodName);
  const bindings: ParamBinding[] = [];
  const problems: string[] = [];
  for (const [key, arg] of routeArgs) {
    const { index, factory } = arg;
    const param =
      key === `${RouteParamtypes.BODY}:${index}` && params.find((one) => one.index === index);
    const read = contextReader(factory);
    if (param) bindings.push({ index, source: 'arguments', name: param.name });
    else if (read) bindings.push({ index, source: 'context', read });
    else if (factory !== undefined) bindings.push({ index, source: 'application' });
    else problems.push(NEST_PARAM(name, methodName, nestDecorator(key)));
  }
  const described = paramDescriptionsOf(hostClass, methodName);
  const decorated = new Set(routeArgs.map(([, { index }]) => index));
  const count = Math.max(declaredTypes.length, callee.length, ...[...described.keys()].map(next));
  for (let index = 0; index < count; index++) {
    const isArgument = params.some((param) => param.index === index);
    if (described.has(index) && !isArgument)
      problems.push(IDLE_DESCRIPTION(name, methodName, index));
    else if (!decorated.has(index))
      problems.push(
        declaredTypes.length === 0
          ? TYPES_NOT_EMITTED()
          : UNBOUND_PARAMETER(name, methodName, index, typeName(declaredTypes[index])),
      );
    if (sourcesOf(index, params, bindings) > 1) problems.push(TWO_SOURCES(name, methodName, index));
  }
  return { bindings, problems };
}

function routeArgsOf(hostClass: object, methodName: string): [string, RouteArg][] {
  const routeArgs: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, hostClass, methodName) ?? {};
  return Object.entries(routeArgs as Record<string, RouteArg>);
}

/** How many different values are passed to a parameter. `@Ctx()` may stand beside the type that it stands for. */
function sourcesOf(
  index: number,
  params: readonly { readonly index: number }[],
  bindings: readonly ParamBinding[],
): number {
  const others = bindings
    .filter((binding) => binding.index === index && binding.source !== 'arguments')
    .map((binding) => (binding.source === 'context' ? binding.read : binding));
  return params.filter((param) => param.index === index).length + new Set<unknown>(others).size;
}

const next = (index: number): number => index + 1;

function typeName(type: unknown): string {
  return typeof type === 'function' ? type.name : 'of unknown type';
}

/** The key of Nest's `@Param()` is `5:0`; the number is a member of an enum in capitals. */
function nestDecorator(key: string): string {
  const type = RouteParamtypes[Number(key.split(':')[0])] ?? 'a route decorator';
  return `@${type.charAt(0)}${type.slice(1).toLowerCase()}()`;
}
