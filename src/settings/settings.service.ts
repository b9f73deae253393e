import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

const HIGHEST_PORT = 65_535;

/** The environment variables as typed values. */
@Injectable()
export class SettingsService {
  constructor(private readonly config: ConfigService) {}

  /** @throws Error for a value that is not a port: Node would listen on a Unix socket of that name. */
  get port(): number {
    const text = this.config.get<string>('PORT', '5071');
    const port = /^\d+$/.test(text) ? Number(text) : NaN;
    if (port <= HIGHEST_PORT) return port;
    throw new Error(`PORT must be a number from 0 to ${HIGHEST_PORT}, and is '${text}'`);
  }

  /** Loopback by default, because the demo has no authentication. Node treats an empty host as every address. */
  get host(): string {
    return this.config.get<string>('HOST', '') || '127.0.0.1';
  }

  /** Web pages that may read answers: `'*'` is all of them, an empty list only the demo's own page. */
  get corsOrigins(): '*' | string[] {
    const listed = this.list('CORS_ORIGIN').filter((origin) => origin !== '*');
    return listed.length === 0 && !this.isProduction ? '*' : listed;
  }

  get allowedHosts(): string[] {
    return this.list('ALLOWED_HOSTS');
  }

  /** Only pages listed by name may call tools, even if CORS is open to all. */
  get allowedOrigins(): string[] {
    return this.corsOrigins === '*' ? [] : this.corsOrigins;
  }

  private get isProduction(): boolean {
    return this.config.get<string>('NODE_ENV') === 'production';
  }

  private list(key: string): string[] {
    return this.config
      .get<string>(key, '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  }
}
