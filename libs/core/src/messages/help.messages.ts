/** What the help page says of its address. */
export const CURRENT_TRANSPORT =
  'It speaks Streamable HTTP, the transport of current clients. Their type of server is <code>http</code>.';
export const OLDER_TRANSPORT =
  'It speaks HTTP+SSE, the transport of older clients. Their type of server is <code>sse</code>. Current clients use the address of Streamable HTTP; the log of the server lists both.';
