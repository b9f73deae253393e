import { Controller, Get, Header, NotFoundException, Param, StreamableFile } from '@nestjs/common';
import { PageFilesService, type SourceFile } from './page-files.service.js';

/** Allows only the page's own files, and connections only to this server. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  'media-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

@Controller()
export class PageController {
  constructor(private readonly page: PageFilesService) {}

  @Get()
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  @Header('X-Content-Type-Options', 'nosniff')
  index(): StreamableFile {
    return this.send('index.html');
  }

  /** The source of the tools, which the page shows beside their forms. */
  @Get('page/sources')
  sources(): readonly SourceFile[] {
    return this.page.sources;
  }

  @Get(['page/:file', 'page/:folder/:file'])
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Cache-Control', 'no-cache')
  file(@Param('file') file: string, @Param('folder') folder?: string): StreamableFile {
    return this.send(folder === undefined ? file : `${folder}/${file}`);
  }

  private send(path: string): StreamableFile {
    const file = this.page.files.get(path);
    if (file === undefined) throw new NotFoundException();
    return new StreamableFile(file.bytes, { type: file.type, length: file.bytes.length });
  }
}
