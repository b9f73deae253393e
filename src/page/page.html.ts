import { createHash } from 'node:crypto';
import { SCRIPT } from './page.script.js';
import { STYLES } from './page.styles.js';

// A module and not a file: `nest build` copies assets only if it is configured to.
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Server-Sent Events and MCP</title>
    <link rel="icon" href="data:,">
    <style>${STYLES}</style>
  </head>
  <body>
    <header>
      <h1>Server-Sent Events and MCP</h1>
      <p>One application, two event streams: a clock, and an MCP server that echoes.</p>
    </header>
    <main>
      <section aria-labelledby="clock-title">
        <h2 id="clock-title">Clock <code>GET /clock</code></h2>
        <p id="clock-status" role="status">Connecting…</p>
        <pre id="output" tabindex="0" aria-label="Times from the server"></pre>
      </section>
      <section aria-labelledby="mcp-title">
        <h2 id="mcp-title">MCP <code>GET /sse</code></h2>
        <p id="mcp-status" role="status">Connecting…</p>
        <form id="echo">
          <label for="input">Text to echo</label>
          <div class="row">
            <input id="input" autocomplete="off" value="Hello, MCP 👋">
            <button id="send" disabled>Call echo</button>
          </div>
          <p>Answer: <output id="answer" for="input">–</output></p>
        </form>
        <pre id="frames" tabindex="0" aria-label="Frames of the event stream, and what was posted"></pre>
      </section>
    </main>
    <script type="module">${SCRIPT}</script>
  </body>
</html>
`;

/** Allows only this script and these styles, and connections only to this server. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  'img-src data:',
  `style-src ${hashOf(STYLES)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
