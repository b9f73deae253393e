import { type INestApplication, Logger } from '@nestjs/common';
import { SettingsService } from './settings/settings.service.js';

/** Configures the application between `create()` and `listen()`, in `main.ts` and in the tests. */
export function configureApp(app: INestApplication): void {
  app.enableShutdownHooks();
  const { corsOrigins } = app.get(SettingsService);
  if (corsOrigins.length === 0) return;
  // Without credentials on purpose: no page may act as the logged-in user.
  app.enableCors({ origin: corsOrigins });
  if (corsOrigins === '*')
    new Logger('Cors').warn(
      'CORS is open to every web page, for local testing. NODE_ENV=production closes it; CORS_ORIGIN names the pages to admit.',
    );
}
