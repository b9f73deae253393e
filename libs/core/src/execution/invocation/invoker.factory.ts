import { Injectable } from '@nestjs/common';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import type { ArgumentsPlan } from '../../schema/arguments/arguments-plan.js';
import { argumentOf } from './argument-of.js';
import { EnhancedInvoker } from './enhanced-invoker.js';
import { EnhancerFinder } from '../enhancers/enhancer-finder.js';
import type { Invoke } from './invoke.interface.js';
import type { McpContext } from '../context/mcp-context.js';
import type { ParamBinding } from './param-binding.js';

/**
 * Creates the invokers of methods, once, at boot. A method of a static provider without guards, interceptors, pipes
 * and filters is called directly. All others go through Nest's pipeline, as a route handler does.
 */
@Injectable()
export class InvokerFactory {
  constructor(
    private readonly enhanced: EnhancedInvoker,
    private readonly enhancers: EnhancerFinder,
  ) {}

  create(method: DiscoveredMethod, plan: ArgumentsPlan, bindings: readonly ParamBinding[]): Invoke {
    if (!method.isStatic) return this.enhanced.perCall(method, plan);
    const isPlain = bindings.every(({ source }) => source !== 'application');
    return isPlain && !this.enhancers.any(method)
      ? direct(method, plan, bindings)
      : this.enhanced.once(method, plan);
  }
}

function direct(
  { host, callee }: DiscoveredMethod,
  plan: ArgumentsPlan,
  bindings: readonly ParamBinding[],
): Invoke {
  const readers = readersOf(bindings);
  return async (raw, context) => {
    const reading = plan.read(raw);
    // Most plans read synchronously. Awaiting the arguments would cost as much time as reading them.
    const values = reading instanceof Promise ? await reading : reading;
    return callee.apply(
      host,
      readers.map((read) => read(values, context)),
    );
  };
}

type ParamReader = (values: object, context: McpContext) => unknown;

/** The readers of all parameters, in order. */
function readersOf(bindings: readonly ParamBinding[]): ParamReader[] {
  const length = Math.max(0, ...bindings.map(({ index }) => index + 1));
  const readers = Array.from<ParamReader>({ length }).fill(() => undefined);
  for (const binding of bindings) readers[binding.index] = readerOf(binding);
  return readers;
}

function readerOf(binding: ParamBinding): ParamReader {
  if (binding.source === 'arguments') return (values) => argumentOf(values, binding.name);
  if (binding.source === 'context') return (_, context) => binding.read(context);
  return () => undefined;
}
