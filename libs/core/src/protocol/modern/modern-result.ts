export function modernResult(
  json: string,
  {
    serverInfoJson,
    cache,
  }: { serverInfoJson: string; cache?: { ttlMs: number; cacheScope: string } },
): string {
  const r = JSON.parse(json);
  return JSON.stringify({
    resultType: 'complete',
    ...r,
    ...cache,
    _meta: { 'io.modelcontextprotocol/serverInfo': JSON.parse(serverInfoJson), ...r._meta },
  });
}
