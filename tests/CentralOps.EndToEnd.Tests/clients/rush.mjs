// Several of the official clients at once, each with a proxy of its own over stdio: node rush.mjs CLIENTS CALLS ACCOUNT,ACCOUNT,... COMMAND [ARGUMENT...]
// Every other client is the one of 2026-07-28 on auto; the rest speak 2025-11-25. What came of the calls is printed as JSON.
const [clients, calls, accounts, command, ...args] = process.argv.slice(2);
const named = accounts.split(',');
const outcome = { answered: 0, throttled: 0, wrong: [], versions: [], times: [] };
const Parallel = 6;

async function open(number) {
  const info = { name: `rush-${number}`, version: '1.0.0' };
  if (number % 2 === 0) {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    return { client: new Client(info), Transport: StdioClientTransport };
  }
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  return { client: new Client(info, { versionNegotiation: { mode: 'auto' } }), Transport: StdioClientTransport };
}

async function call(client, account) {
  const begun = performance.now();
  try {
    const result = await client.callTool({ name: 'aws___list_regions', arguments: { account_id: account } }, undefined, { timeout: 600_000 });
    const text = result.content.map((block) => block.text).join('');
    if (!result.isError) outcome.answered++;
    else if (text.startsWith('[throttled]')) outcome.throttled++;
    else outcome.wrong.push(text);
  } catch (error) {
    outcome.wrong.push(String(error));
  }
  outcome.times.push(performance.now() - begun);
}

async function rush(number) {
  const { client, Transport } = await open(number);
  await client.connect(new Transport({ command, args, env: process.env, stderr: 'inherit' }));
  outcome.versions.push(client.getNegotiatedProtocolVersion?.() ?? '2025-11-25');
  const tools = (await client.listTools(undefined, { timeout: 600_000 })).tools.map((tool) => tool.name);
  if (tools.includes('aws___get_presigned_url')) outcome.wrong.push('a presigned URL is on offer');
  const mine = [];
  for (let each = number; each < Number(calls); each += Number(clients)) mine.push(named[Math.floor(each / Number(clients)) % named.length]);
  await Promise.all(Array.from({ length: Parallel }, async () => {
    for (let account = mine.shift(); account; account = mine.shift()) await call(client, account);
  }));
  await client.close();
}

const begun = performance.now();
await Promise.all(Array.from({ length: Number(clients) }, (_, number) => rush(number)));
const sorted = outcome.times.sort((left, right) => left - right);
console.log(JSON.stringify({ ...outcome, times: undefined, p50: sorted[Math.floor(sorted.length / 2)], longest: sorted[sorted.length - 1], seconds: (performance.now() - begun) / 1000 }));
