import { Logger } from '@nestjs/common';

// The logs of a hundred small applications would bury a failure. Tests of log lines use their own logger.
if (process.env.TEST_LOGS === undefined) Logger.overrideLogger(false);
