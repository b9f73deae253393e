import type { Provider } from '@nestjs/common';
import { EnhancerFinder } from './enhancers/enhancer-finder.js';
import { EnhancerResolver } from './enhancers/enhancer-resolver.js';
import { EnhancedInvoker } from './invocation/enhanced-invoker.js';
import { InvokerFactory } from './invocation/invoker.factory.js';
import { VisibilityFinder } from './visibility/visibility-finder.js';

/** What a server provides to call decorated methods. */
export const EXECUTION_PROVIDERS: readonly Provider[] = [
  InvokerFactory,
  EnhancedInvoker,
  EnhancerFinder,
  EnhancerResolver,
  VisibilityFinder,
];
