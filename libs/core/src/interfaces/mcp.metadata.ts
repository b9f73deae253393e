/** Metadata keys are strings, so that two copies of this package read each other's decorators. */
export const MCP_DECLARED_TYPES = 'nestmcp:declared-types';
export const MCP_PARAMS = 'nestmcp:params';
export const MCP_DESCRIPTION = 'nestmcp:description';
export const MCP_PARAM_DESCRIPTIONS = 'nestmcp:param-descriptions';
export const MCP_HEADER = 'nestmcp:header';
export const MCP_META = 'nestmcp:meta';
export const MCP_VISIBILITY = 'nestmcp:visibility';
export const MCP_SERVERS = 'nestmcp:servers';
