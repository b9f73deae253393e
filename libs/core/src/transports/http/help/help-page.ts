import { createHash } from 'node:crypto';
import { CURRENT_TRANSPORT, OLDER_TRANSPORT } from '../../../messages/help.messages.js';
import { HELP_SCRIPT } from './help-page.script.js';
import { HELP_STYLES } from './help-page.styles.js';

/** The pages that a browser gets instead of a refusal. They are constants, and contain nothing of a request. */
export const STREAMABLE_HTTP_HELP = pageOf(CURRENT_TRANSPORT);
export const SSE_HELP = pageOf(OLDER_TRANSPORT);

/** Allows only the script and the styles of the page, and no connection. */
export const HELP_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src ${hashOf(HELP_STYLES)}`,
    `script-src ${hashOf(HELP_SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

function pageOf(transport: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>This is an MCP server</title>
    <style>${HELP_STYLES}</style>
  </head>
  <body>
    <main>
      <h1>This is an MCP server</h1>
      <p>This address is for clients of the <a href="https://modelcontextprotocol.io/">Model Context Protocol</a>, such as Claude, VS Code or Cursor. A browser that opens it as a page gets this help instead of messages.</p>
      <h2>Address</h2>
      <p>Copy it into your client:</p>
      <p class="address"><code id="address">the address in the address bar of your browser</code> <button id="copy" type="button" hidden>Copy</button></p>
      <p id="copied" role="status"></p>
      <p>${transport}</p>
      <h2>Configuration</h2>
      <p>Cursor, and other clients that take a URL:</p>
      <pre tabindex="0" aria-label="Configuration of Cursor"><code id="url-client">{ "mcpServers": { "my-server": { "url": "…" } } }</code></pre>
      <p>Claude Desktop, and other clients that start a program:</p>
      <pre tabindex="0" aria-label="Configuration of Claude Desktop"><code id="program-client">{ "mcpServers": { "my-server": { "command": "npx", "args": ["mcp-remote", "…"] } } }</code></pre>
      <p>VS Code takes the URL under <code>servers</code>, and Claude Code with <code>claude mcp add</code>. How to connect each client: <a href="https://modelcontextprotocol.io/docs/develop/connect-remote-servers">Connect to remote MCP servers</a>.</p>
      <footer>This page is not served if <code>NODE_ENV</code> is <code>production</code>, or with the option <code>helpPage: false</code> of <code>McpModule.forRoot()</code>.</footer>
    </main>
    <script>${HELP_SCRIPT}</script>
  </body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
