import { copyable } from './copy.js';
import { h } from './dom.js';
import { tabs } from './tabs.js';

const json = (value) => JSON.stringify(value, null, 2);

/** How each client is configured for the application that serves this page. */
function clientsOf(origin) {
  const url = `${origin}/mcp`;
  return [
    {
      name: 'Claude Code',
      where: 'Run in a shell:',
      text: `claude mcp add --transport http echo-demo ${url}`,
    },
    {
      name: 'Claude Desktop',
      where: 'In claude_desktop_config.json. Then restart Claude Desktop:',
      text: json({ mcpServers: { 'echo-demo': { command: 'npx', args: ['mcp-remote', url] } } }),
    },
    {
      name: 'VS Code',
      where: 'In .vscode/mcp.json:',
      text: json({ servers: { 'echo-demo': { type: 'http', url } } }),
    },
    {
      name: 'Cursor',
      where: 'In ~/.cursor/mcp.json:',
      text: json({ mcpServers: { 'echo-demo': { url } } }),
    },
    {
      name: 'Inspector',
      where: 'Run in a shell:',
      text: `npx @modelcontextprotocol/inspector --cli ${url} --method tools/list`,
    },
  ];
}

export function connectPanel(origin) {
  const entries = clientsOf(origin).map(({ name, where, text }) => ({
    label: name,
    panel: h('div', {}, h('p', {}, where), copyable(text, `configuration of ${name}`)),
  }));
  return h(
    'div',
    {},
    tabs('Clients', entries),
    h(
      'p',
      { class: 'soft' },
      'Clients that speak only HTTP+SSE take ',
      h('code', {}, `${origin}/sse`),
      '.',
    ),
  );
}
