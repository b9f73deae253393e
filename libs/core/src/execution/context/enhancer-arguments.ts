/** Positions in what enhancers see as the arguments of a handler: `[request, response, arguments, context]`. */
export const ARGUMENTS_INDEX = 2;
export const CONTEXT_INDEX = 3;
