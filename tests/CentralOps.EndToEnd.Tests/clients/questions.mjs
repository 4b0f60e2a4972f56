// What every client asks: both tools, answered and refused. The test reads the printed JSON.
const text = (result) => result.content.map((block) => block.text).join('');

export async function ask(client) {
  const tools = (await client.listTools()).tools;
  const names = tools.map((tool) => tool.name);
  const bare = (name) => names.find((full) => full.endsWith(`___${name}`));
  const call = async (name, args) => {
    const result = await client.callTool({ name: bare(name), arguments: args });
    return { isError: result.isError ?? false, answer: JSON.parse(text(result)), structured: result.structuredContent ?? null };
  };
  return {
    tools: names,
    schemas: tools.filter((tool) => tool.outputSchema).length,
    accounts: await call('list_accounts', {}),
    instances: await call('describe_ec2_instances', { account_id: '222222222222', region: 'us-east-1' }),
    refusedAccount: await call('describe_ec2_instances', { account_id: '987654321098' }),
    refusedToken: await call('list_accounts', { next_token: 'not-one-of-ours' }),
  };
}
