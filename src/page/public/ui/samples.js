import { resolved, typeOf } from './schema.js';

/** Arguments to begin with, so that each tool of the demo can be called at once. */
export const SAMPLES = {
  echo: { input: 'Hello, MCP 👋' },
  place_order: {
    customer: 'C-1001',
    lines: [
      { article: 'tea', quantity: 3 },
      { article: 'pot', quantity: 1 },
    ],
    shipTo: { street: 'Main Street 1', country: 'CH' },
    delivery: 'express',
  },
  export_orders: { count: 12 },
  refund_order: { orderId: 'O-2041' },
};

const WRONG = {
  string: 5,
  enum: 'none of them',
  number: 'many',
  integer: 'many',
  boolean: 'yes',
  array: 'not a list',
  object: 'not an object',
};

/** Arguments that the tool must refuse: the first is of a wrong type, the last is unknown. */
export function wrongArguments(schema, args) {
  const [first] = Object.keys(schema.properties ?? {});
  const wrong = first && WRONG[typeOf(resolved(schema.properties[first], schema))];
  return { ...args, ...(wrong !== undefined && { [first]: wrong }), colour: 'red' };
}
