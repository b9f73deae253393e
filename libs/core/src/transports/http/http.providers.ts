import type { Provider } from '@nestjs/common';
import { GateInstaller } from './gates/gate-installer.js';
import { HostAndOriginCheck } from './gates/host-and-origin-check.js';
import { HttpGate } from './gates/http-gate.js';
import { TransportGuard } from './gates/transport.guard.js';
import { StreamQuota } from './quotas/stream-quota.js';
import { Arrivals } from './responses/arrivals.js';
import { RawResponseFactory } from './responses/raw-response.factory.js';
import { RefusalFilter } from './responses/refusal.filter.js';
import { EndpointTable } from './routing/endpoint-table.js';

/** What both HTTP transports of a server use: gates, routes, quotas, responses. */
export const HTTP_PROVIDERS: readonly Provider[] = [
  HttpGate,
  GateInstaller,
  HostAndOriginCheck,
  TransportGuard,
  EndpointTable,
  StreamQuota,
  Arrivals,
  RawResponseFactory,
  RefusalFilter,
];
