import { BROADCAST } from './broadcast.cases.js';
import type { ContractCase } from './contract-case.js';
import { DELIVERY } from './delivery.cases.js';
import { DIRECTORY } from './directory.cases.js';
import { FAILURE } from './failure.cases.js';
import { HOLDER } from './holder.cases.js';
import { LIFECYCLE } from './lifecycle.cases.js';
import { LOG } from './log.cases.js';
import { LOG_ISOLATION } from './log-isolation.cases.js';
import { LOG_RESUME } from './log-resume.cases.js';

/** The contract of every backplane, by subject. */
export const CONTRACT: Readonly<Record<string, readonly ContractCase[]>> = {
  lifecycle: LIFECYCLE,
  directory: [...DIRECTORY, ...HOLDER],
  delivery: [...DELIVERY, ...FAILURE],
  broadcast: BROADCAST,
};

/** The contract of backplanes with an event log. */
export const LOG_CONTRACT: Readonly<Record<string, readonly ContractCase[]>> = {
  log: LOG,
  'log, resumed': LOG_RESUME,
  'log, isolated': LOG_ISOLATION,
};
