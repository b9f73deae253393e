import { McpClient } from './client/mcp.client.js';
import { SseTransport } from './client/sse.transport.js';
import { StatelessTransport } from './client/stateless.transport.js';
import { StreamableHttpTransport } from './client/streamable-http.transport.js';
import { startClock } from './ui/clock.js';
import { loadCode, showCode } from './ui/code.js';
import { connectPanel } from './ui/connect.js';
import { byId } from './ui/dom.js';
import { FrameList } from './ui/frames.js';
import { tabs } from './ui/tabs.js';
import { ToolForm } from './ui/tool-form.js';

const TRANSPORTS = {
  sse: (frames) => new SseTransport(frames),
  'streamable-http': (frames) => new StreamableHttpTransport(frames),
  stateless: (frames) => new StatelessTransport(frames, McpClient.info),
};

const frames = new FrameList();
let client;
let forms = [];
let shown = '';

function report(text, isConnected) {
  byId('mcp-status').textContent = text;
  for (const form of forms) form.enable(isConnected);
}

/** Connects over the chosen transport. What an earlier connection still reports is ignored. */
function connect() {
  client?.close();
  const { value } = document.querySelector('input[name="transport"]:checked');
  const own = new McpClient(TRANSPORTS[value](frames));
  client = own;
  byId('reconnect').hidden = true;
  report('Connecting…', false);
  own.connect({
    async changed({ name, version, protocolVersion }) {
      const tools = await own.listTools();
      if (own !== client) return;
      showTools(tools);
      report(`Connected to ${name} ${version}, revision ${protocolVersion}`, true);
    },
    lost(reason, isRetrying) {
      if (own !== client) return;
      report(reason, false);
      byId('reconnect').hidden = isRetrying;
    },
  });
}

/** Calls go to the client of the transport that is chosen then. */
const callerOf = (name) => (args, options) => client.callTool(name, args, options);

/** The forms stay, with what was typed into them, if another transport lists the same tools. */
function showTools(tools) {
  // Revisions differ in the order of the properties.
  const text = JSON.stringify(
    tools.map(({ name, description, inputSchema, annotations }) => [
      name,
      description,
      inputSchema,
      annotations,
    ]),
  );
  if (text === shown) return;
  shown = text;
  forms = tools.map((tool) => new ToolForm(tool, callerOf(tool.name)));
  const entries = tools.map(({ name }, index) => ({ label: name, panel: forms[index].element }));
  byId('tools').replaceChildren(tabs('Tools', entries, (index) => showCode(tools[index].name)));
}

byId('transports').addEventListener('change', connect);
byId('reconnect').addEventListener('click', connect);
byId('clock-again').addEventListener('click', startClock);
byId('connect').replaceChildren(connectPanel(location.origin));
startClock();
await loadCode();
connect();
