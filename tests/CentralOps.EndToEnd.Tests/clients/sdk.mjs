// The official TypeScript SDK of protocol 2025-11-25: node sdk.mjs URL
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ask } from './questions.mjs';

const client = new Client({ name: 'end-to-end', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(process.argv[2]));
await client.connect(transport);
const answers = await ask(client);
await client.close();
console.log(JSON.stringify({ version: transport.protocolVersion, server: client.getServerVersion()?.name, ...answers }));
