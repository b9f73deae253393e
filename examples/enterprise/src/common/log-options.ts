/** What the log of a request leaves out. */
export const LOG_OPTIONS = { redact: ['req.headers.authorization', 'req.headers.cookie'] };
