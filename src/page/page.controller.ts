import { Controller, Get, Header } from '@nestjs/common';
import { CONTENT_SECURITY_POLICY, PAGE } from './page.html.js';

@Controller()
export class PageController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  @Header('X-Content-Type-Options', 'nosniff')
  page(): string {
    return PAGE;
  }
}
