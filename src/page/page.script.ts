/** Runs in the browser. Everything from outside is shown as text, never as markup. */
export const SCRIPT = `
const byId = (id) => document.getElementById(id);

function appendLine(id, line) {
  const pre = byId(id);
  pre.append(line + '\\n');
  pre.scrollTop = pre.scrollHeight;
}

// The clock: the tutorial's client, and an end to it.
const clock = new EventSource('/clock');
clock.onopen = () => { byId('clock-status').textContent = 'Ten times, one a second'; };
clock.onmessage = ({ data, lastEventId }) => {
  appendLine('output', data);
  if (lastEventId !== '10') return;
  // Left open, it would reconnect as soon as the server ends the stream.
  clock.close();
  byId('clock-status').textContent = 'All ten received, stream closed';
};
clock.onerror = () => { byId('clock-status').textContent = 'Connection lost, trying again…'; };

// The MCP client: what arrives on the stream, and what is posted.
let endpoint;
let lastId = 0;
const waiting = new Map();
const mcp = new EventSource('/sse');

function showState(text, ready) {
  byId('mcp-status').textContent = text;
  byId('send').disabled = !ready;
}

async function post(message) {
  const body = JSON.stringify(message);
  appendLine('frames', '→ POST ' + endpoint.pathname + '\\n' + body + '\\n');
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  if (!response.ok) throw new Error('HTTP ' + response.status + ' ' + (await response.text()));
}

async function request(method, params) {
  const id = ++lastId;
  const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  // Its stream may break while the request is still on its way.
  answer.catch(() => undefined);
  await post({ jsonrpc: '2.0', id, method, params });
  return answer;
}

function settle({ id, result, error }) {
  const call = waiting.get(id);
  waiting.delete(id);
  if (error) call?.reject(new Error(error.message));
  else call?.resolve(result);
}

async function handshake() {
  const clientInfo = { name: 'demo-page', version: '0.0.0' };
  const { serverInfo } = await request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  showState('Connected to ' + serverInfo.name + ' ' + serverInfo.version, true);
}

mcp.addEventListener('endpoint', ({ data }) => {
  appendLine('frames', '← event: endpoint\\ndata: ' + data + '\\n');
  // Relative to the stream, as the protocol has it.
  endpoint = new URL(data, mcp.url);
  handshake().catch((error) => showState(error.message, false));
});
mcp.addEventListener('message', ({ data }) => {
  appendLine('frames', '← event: message\\ndata: ' + data + '\\n');
  settle(JSON.parse(data));
});
mcp.onerror = () => {
  for (const { reject } of waiting.values()) reject(new Error('Connection lost'));
  waiting.clear();
  showState('Connection lost, trying again…', false);
};

byId('echo').addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = byId('answer');
  try {
    const { content } = await request('tools/call', { name: 'echo', arguments: { input: byId('input').value } });
    answer.textContent = content.map(({ text }) => text).join('');
  } catch (error) {
    answer.textContent = error.message;
  }
});
`;
