/**
 * Runs in the browser, and fills in the address. The server does not know it: a proxy may have changed the scheme,
 * the host and the path. It is only ever set as text.
 */
export const HELP_SCRIPT = `
const address = location.href.split('#')[0];
const byId = (id) => document.getElementById(id);
const json = (value) => JSON.stringify(value, null, 2);
byId('address').textContent = address;
byId('url-client').textContent = json({ mcpServers: { 'my-server': { url: address } } });
byId('program-client').textContent = json({
  mcpServers: { 'my-server': { command: 'npx', args: ['mcp-remote', address] } },
});
// Without a secure context (plain HTTP to another host), there is nothing to copy with.
if (navigator.clipboard) {
  byId('copy').hidden = false;
  byId('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(address);
      byId('copied').textContent = 'Copied.';
    } catch {
      byId('copied').textContent = 'The browser did not allow it. Select the address and copy it.';
    }
  });
}
`;
