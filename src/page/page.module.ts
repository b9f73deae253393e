import { Module } from '@nestjs/common';
import { PageFilesService } from './page-files.service.js';
import { PageController } from './page.controller.js';

@Module({ controllers: [PageController], providers: [PageFilesService] })
export class PageModule {}
