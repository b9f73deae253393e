/** Injects the options that the application passed. */
export const MCP_MODULE_OPTIONS = Symbol.for('nestmcp:module-options');

/** Injects what is wrong beside the factory of `forRootAsync()`. */
export const MCP_ASYNC_PROBLEMS = Symbol.for('nestmcp:async-problems');

/** Injects the settings that the module read from its options, with the problems it found. */
export const MCP_MODULE_SETTINGS = Symbol.for('nestmcp:module-settings');

/** Injects {@link McpSettings}: the options with their defaults. */
export const MCP_SETTINGS = Symbol.for('nestmcp:settings');

/** Injects the list of features (tools, …) of this server. */
export const MCP_FEATURES = Symbol.for('nestmcp:features');

/** Injects the `JointBackplane` that connects this server's nodes. */
export const MCP_BACKPLANE = Symbol.for('nestmcp:backplane');

/** Injects the name of this server in the application. */
export const MCP_SERVER = Symbol.for('nestmcp:server');
