import type { Provider } from '@nestjs/common';
import { ListChanges } from '../registry/list-changes.js';
import { PrimitiveBinder } from './primitive-binder.js';
import { PrimitiveRunner } from './calls/primitive-runner.js';
import { RunTimeBinder } from './run-time/run-time-binder.js';
import { RunTimeHost } from './run-time/run-time-host.js';

/** What a server provides for primitives of every kind. */
export const PRIMITIVES_PROVIDERS: readonly Provider[] = [
  ListChanges,
  PrimitiveBinder,
  PrimitiveRunner,
  RunTimeBinder,
  RunTimeHost,
];
