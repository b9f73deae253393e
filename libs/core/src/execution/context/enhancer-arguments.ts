/** Indexes of the handler arguments that enhancers receive: `[request, response, arguments, context]`. */
export const ARGUMENTS_INDEX = 2;
export const CONTEXT_INDEX = 3;
