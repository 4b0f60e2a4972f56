// The target as people have them: an MCP server on @modelcontextprotocol/sdk with one echo. Stateless Streamable HTTP with JSON answers, a server and a
// transport for each request, as the SDK's own example of a stateless server has it; with --stdio the same server for peers that start their target.
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

function open() {
  const server = new McpServer({ name: "echo", version: "1.0" });
  const inputSchema = { account_id: z.string(), region: z.string().optional(), instance_ids: z.array(z.string()).optional(), limit: z.number().int().optional() };
  server.registerTool("echo", { description: "Answers its arguments.", inputSchema }, (args) => ({ content: [{ type: "text", text: JSON.stringify(args) }] }));
  return server;
}

async function answer(request, response) {
  if (request.method !== "POST") {
    response.writeHead(405, { Allow: "POST" }).end();
    return;
  }
  const server = open();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.on("close", () => {
    transport.close();
    server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

if (process.argv[2] === "--stdio") {
  await open().connect(new StdioServerTransport());
} else {
  createServer((request, response) =>
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    }),
  ).listen(Number(process.argv[2]), "127.0.0.1");
}
