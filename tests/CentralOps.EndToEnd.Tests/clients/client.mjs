// The official TypeScript client of protocol 2026-07-28: node client.mjs URL MODE, where MODE is a version to pin or 'auto'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ask } from './questions.mjs';

const [url, mode] = process.argv.slice(2);
const client = new Client(
  { name: 'end-to-end', version: '1.0.0' },
  { versionNegotiation: { mode: mode === 'auto' ? 'auto' : { pin: mode } } },
);
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const version = client.getNegotiatedProtocolVersion();
const answers = await ask(client);
await client.close();
console.log(JSON.stringify({ version, ...answers }));
