import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { configureApp } from './configure-app.js';
import { SettingsService } from './settings/settings.service.js';

const app = await NestFactory.create(AppModule);
configureApp(app);
const { port, host } = app.get(SettingsService);
await app.listen(port, host);
