// The official TypeScript clients over stdio: node stdio.mjs MODE COMMAND [ARGUMENT...], where MODE is 'sdk' (2025-11-25), a version to pin, or 'auto'.
import { ask } from './questions.mjs';

const [mode, command, ...args] = process.argv.slice(2);

async function open() {
  if (mode === 'sdk') {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    return { client: new Client({ name: 'end-to-end', version: '1.0.0' }), Transport: StdioClientTransport };
  }
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const versionNegotiation = { mode: mode === 'auto' ? 'auto' : { pin: mode } };
  return { client: new Client({ name: 'end-to-end', version: '1.0.0' }, { versionNegotiation }), Transport: StdioClientTransport };
}

const { client, Transport } = await open();
await client.connect(new Transport({ command, args, env: process.env, stderr: 'inherit' }));
const version = client.getNegotiatedProtocolVersion?.() ?? null;
const listed = (await client.listTools()).tools;
const answers = await ask(client);
await client.close();
console.log(JSON.stringify({ version, server: client.getServerVersion()?.name ?? null, arguments: Object.keys(listed.find((tool) => tool.name.endsWith('describe_ec2_instances')).inputSchema.properties), ...answers }));
