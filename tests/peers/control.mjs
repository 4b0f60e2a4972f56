// AWS's JavaScript SDK v3 against our control plane of AgentCore Gateway: node control.mjs URL. One line of JSON a step.
import * as api from "@aws-sdk/client-bedrock-agentcore-control";

const url = process.argv[2];
const common = { endpoint: url, region: "us-east-1", maxAttempts: 1, credentials: { accessKeyId: "AKIDPEER", secretAccessKey: "peer/secret" } };
const client = new api.BedrockAgentCoreControlClient(common);
const send = (name, input, by = client) => by.send(new api[`${name}Command`](input));

async function step(name, run) {
  let line;
  try {
    const { $metadata, ...result } = (await run()) ?? {};
    line = { step: name, status: $metadata?.httpStatusCode, result };
  } catch (error) {
    const is = Object.entries(api).filter(([key, type]) => key.endsWith("Exception") && typeof type === "function" && type !== api.BedrockAgentCoreControlServiceException && error instanceof type).map(([key]) => key);
    line = { step: name, error: { name: error.name, is, message: error.message, reason: error.reason, fields: error.fieldList?.map((field) => field.name), status: error.$metadata?.httpStatusCode, requestId: error.$metadata?.requestId } };
  }
  console.log(JSON.stringify(line));
  return line.result;
}

async function until(name, input, wanted) {
  for (let tries = 0; tries < 600; tries++) {
    const now = await send(name, input);
    if (now.status === wanted) return now;
    if (!now.status.endsWith("ING")) return now;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${name} did not come to ${wanted}`);
}

async function gone(name, input) {
  for (let tries = 0; tries < 600; tries++) {
    try {
      await send(name, input);
    } catch (error) {
      if (error instanceof api.ResourceNotFoundException) return { gone: true };
      throw error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${name} did not go away`);
}

async function all(paginator, member) {
  const items = [];
  let pages = 0;
  for await (const page of paginator) {
    pages++;
    items.push(...page[member]);
  }
  return { pages, items };
}

const roleArn = "arn:aws:iam::111111111111:role/gateway";
const tool = { name: "echo", description: "Says it again.", inputSchema: { type: "object", properties: { message: { type: "string" } }, required: ["message"] } };
const lambda = { mcp: { lambda: { lambdaArn: "arn:aws:lambda:us-east-1:111111111111:function:f", toolSchema: { inlinePayload: [tool] } } } };
const role = [{ credentialProviderType: "GATEWAY_IAM_ROLE" }];

// A gateway's life.
const gateway = await step("gateway create", () => send("CreateGateway", {
  name: "Main-1", roleArn, authorizerType: "CUSTOM_JWT", protocolType: "MCP", description: "é ✓", exceptionLevel: "DEBUG", tags: { team: "ops" },
  authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: "https://idp.example.com/.well-known/openid-configuration", allowedClients: ["c"] } },
  protocolConfiguration: { mcp: { searchType: "SEMANTIC", supportedVersions: ["2025-11-25"], instructions: "Ask." } },
}));
const gatewayIdentifier = gateway.gatewayId;
await step("gateway ready", () => until("GetGateway", { gatewayIdentifier }, "READY"));
await step("gateway update", () => send("UpdateGateway", {
  gatewayIdentifier, name: "Main-1", roleArn, authorizerType: "CUSTOM_JWT", authorizerConfiguration: gateway.authorizerConfiguration, wafConfiguration: { failureMode: "FAIL_OPEN" },
}));
await step("gateway updated", () => until("GetGateway", { gatewayIdentifier }, "READY"));
await step("gateway tags", () => send("ListTagsForResource", { resourceArn: gateway.gatewayArn }));
await step("gateway tag", () => send("TagResource", { resourceArn: gateway.gatewayArn, tags: { "a b": "c/d" } }));
await step("gateway untag", () => send("UntagResource", { resourceArn: gateway.gatewayArn, tagKeys: ["team", "other"] }));
await step("gateway tags now", () => send("ListTagsForResource", { resourceArn: gateway.gatewayArn }));
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "bedrock-agentcore:InvokeGateway", Resource: gateway.gatewayArn }] });
await step("policy put", () => send("PutResourcePolicy", { resourceArn: gateway.gatewayArn, policy }));
await step("policy get", async () => ({ same: (await send("GetResourcePolicy", { resourceArn: gateway.gatewayArn })).policy === policy }));
await step("policy delete", () => send("DeleteResourcePolicy", { resourceArn: gateway.gatewayArn }));
await step("policy gone", () => send("GetResourcePolicy", { resourceArn: gateway.gatewayArn }));

// Credential providers.
await step("key create", () => send("CreateApiKeyCredentialProvider", { name: "key", apiKey: "SECRET-api-key", tags: { a: "b" } }));
const key = await step("key get", () => send("GetApiKeyCredentialProvider", { name: "key" }));
await step("key update", () => send("UpdateApiKeyCredentialProvider", { name: "key", apiKey: "SECRET-other-key" }));
const oauthConfig = { customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl: "https://idp.example.com/.well-known/openid-configuration" }, clientId: "id", clientSecret: "SECRET-client" } };
await step("oauth create", () => send("CreateOauth2CredentialProvider", { name: "idp", credentialProviderVendor: "CustomOauth2", oauth2ProviderConfigInput: oauthConfig }));
const oauth = await step("oauth get", () => send("GetOauth2CredentialProvider", { name: "idp" }));
await step("oauth update", () => send("UpdateOauth2CredentialProvider", { name: "idp", credentialProviderVendor: "CustomOauth2", oauth2ProviderConfigInput: oauthConfig }));
await step("oauth google", () => send("CreateOauth2CredentialProvider", { name: "google", credentialProviderVendor: "GoogleOauth2", oauth2ProviderConfigInput: { googleOauth2ProviderConfig: { clientId: "g", clientSecret: "SECRET-google" } } }));
await step("oauth list", () => all(api.paginateListOauth2CredentialProviders({ client, pageSize: 1 }, {}), "credentialProviders"));
await step("key list", () => all(api.paginateListApiKeyCredentialProviders({ client }, {}), "credentialProviders"));
await step("vault get", () => send("GetTokenVault", {}));
await step("vault set", () => send("SetTokenVaultCMK", { kmsConfiguration: { keyType: "CustomerManagedKey", kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012" } }));
await step("workload create", () => send("CreateWorkloadIdentity", { name: "agent", allowedResourceOauth2ReturnUrls: ["https://app.example.com/back"] }));
await step("workload get", () => send("GetWorkloadIdentity", { name: "agent" }));
await step("workload update", () => send("UpdateWorkloadIdentity", { name: "agent", allowedResourceOauth2ReturnUrls: [] }));
await step("workload list", () => all(api.paginateListWorkloadIdentities({ client, pageSize: 1 }, {}), "workloadIdentities"));
await step("workload delete", () => send("DeleteWorkloadIdentity", { name: "agent" }));

// Targets of each kind.
const credentials = {
  none: undefined,
  role: [{ credentialProviderType: "GATEWAY_IAM_ROLE", credentialProvider: { iamCredentialProvider: { service: "bedrock-agentcore", region: "us-east-1" } } }],
  oauth: [{ credentialProviderType: "OAUTH", credentialProvider: { oauthCredentialProvider: { providerArn: oauth.credentialProviderArn, scopes: ["read"], grantType: "CLIENT_CREDENTIALS" } } }],
  key: [{ credentialProviderType: "API_KEY", credentialProvider: { apiKeyCredentialProvider: { providerArn: key.credentialProviderArn, credentialLocation: "HEADER", credentialParameterName: "x-key" } } }],
};
const server = { mcp: { mcpServer: { endpoint: "https://mcp.example.com/mcp" } } };
const created = {};
for (const [name, targetConfiguration, credentialProviderConfigurations] of [
  ["lambda", lambda, role],
  ["builtin", { mcp: { connector: { source: { connectorId: "centralops-builtin:tools" } } } }, undefined],
  ...Object.entries(credentials).map(([name, config]) => [`server-${name}`, server, config]),
]) {
  const target = await step(`${name} create`, () => send("CreateGatewayTarget", { gatewayIdentifier, name, targetConfiguration, credentialProviderConfigurations, metadataConfiguration: { allowedRequestHeaders: ["X-Correlation-Id"] } }));
  created[name] = target.targetId;
  await step(`${name} ready`, () => until("GetGatewayTarget", { gatewayIdentifier, targetId: target.targetId }, "READY"));
}
await step("target update", () => send("UpdateGatewayTarget", {
  gatewayIdentifier, targetId: created.lambda, name: "functions", credentialProviderConfigurations: role,
  targetConfiguration: { mcp: { lambda: { ...lambda.mcp.lambda, toolSchema: { inlinePayload: [{ ...tool, name: "other" }] } } } },
}));
await step("target updated", () => until("GetGatewayTarget", { gatewayIdentifier, targetId: created.lambda }, "READY"));
await step("target sync", () => send("SynchronizeGatewayTargets", { gatewayIdentifier, targetIdList: [created["server-oauth"]] }));
await step("target synced", () => until("GetGatewayTarget", { gatewayIdentifier, targetId: created["server-oauth"] }, "READY"));
await step("target list", () => all(api.paginateListGatewayTargets({ client, pageSize: 4 }, { gatewayIdentifier }), "items"));

// Rules and rate limits.
const rule = await step("rule create", () => send("CreateGatewayRule", {
  gatewayIdentifier, priority: 10, description: "first", conditions: [{ matchPaths: { anyOf: ["/lambda/*"] } }], actions: [{ routeToTarget: { staticRoute: { targetName: "lambda" } } }],
}));
await step("rule get", () => send("GetGatewayRule", { gatewayIdentifier, ruleId: rule.ruleId }));
await step("rule update", () => send("UpdateGatewayRule", { gatewayIdentifier, ruleId: rule.ruleId, priority: 20 }));
await step("rule list", () => all(api.paginateListGatewayRules({ client }, { gatewayIdentifier }), "gatewayRules"));
await step("rule delete", () => send("DeleteGatewayRule", { gatewayIdentifier, ruleId: rule.ruleId }));
await step("limit create", () => send("CreateGatewayRateLimit", {
  gatewayIdentifier, rateLimitId: "by-target", dimensionKeys: ["targetName"], entries: [{ dimensions: { targetName: "*" }, requests: [{ rate: 1.5, period: "second" }] }],
}));
await step("limit get", () => send("GetGatewayRateLimit", { gatewayIdentifier, rateLimitId: "by-target" }));
await step("limit update", () => send("UpdateGatewayRateLimit", { gatewayIdentifier, rateLimitId: "by-target", entries: [{ dimensions: { targetName: "lambda" }, requests: [{ rate: 0, period: "minute" }] }] }));
await step("limit batch", () => send("BatchPutGatewayRateLimits", {
  gatewayIdentifier, rateLimits: [
    { rateLimitId: "by-target", dimensionKeys: ["targetName"], entries: [{ dimensions: { targetName: "*" }, requests: [{ rate: 2, period: "second" }] }] },
    { rateLimitId: "by-tool", dimensionKeys: ["targetName", "toolName"], entries: [{ dimensions: { targetName: "a", toolName: "*" }, tokens: [{ rate: 2, period: "second" }] }] },
  ],
}));
await step("limit list", () => all(api.paginateListGatewayRateLimits({ client, pageSize: 1 }, { gatewayIdentifier }), "rateLimits"));
await step("limit delete", () => send("DeleteGatewayRateLimit", { gatewayIdentifier, rateLimitId: "by-tool" }));

// Refusals, by class.
await step("error validation", () => send("CreateGateway", { name: "under_score", roleArn: "x", authorizerType: "AWS_IAM", description: "d".repeat(201) }));
await step("error union", () => send("CreateGatewayTarget", { gatewayIdentifier, name: "openapi", targetConfiguration: { mcp: { openApiSchema: { inlinePayload: "{}" } } } }));
await step("error conflict", () => send("CreateGateway", { name: "Main-1", roleArn, authorizerType: "AWS_IAM" }));
await step("error not found", () => send("GetGateway", { gatewayIdentifier: "none-0123456789" }));
await step("error not empty", () => send("DeleteGateway", { gatewayIdentifier }));
await step("error immutable", () => send("UpdateGateway", { gatewayIdentifier, name: "Main-1", roleArn, authorizerType: "AWS_IAM" }));
const token = "0123456789abcdef0123456789abcdef-1";
await step("token first", () => send("CreateGateway", { name: "twice", roleArn, authorizerType: "AWS_IAM", clientToken: token }));
await step("token again", () => send("CreateGateway", { name: "twice", roleArn, authorizerType: "AWS_IAM", clientToken: token }));
await step("token other", () => send("CreateGateway", { name: "thrice", roleArn, authorizerType: "AWS_IAM", clientToken: token }));
await step("error quota", async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
  await send("TagResource", { resourceArn: gateway.gatewayArn, tags: many });
});
const stranger = new api.BedrockAgentCoreControlClient({ ...common, credentials: { accessKeyId: "AKIDPEER", secretAccessKey: "wrong" } });
await step("error signature", () => send("ListGateways", {}, stranger));
const denied = new api.BedrockAgentCoreControlClient({ ...common, credentials: { accessKeyId: "AKIDDENIED", secretAccessKey: "denied/secret" } });
await step("error denied", () => send("ListGateways", {}, denied));

// Many gateways, pages, and all away again.
for (let i = 0; i < 4; i++) await send("CreateGateway", { name: `page-${i}`, roleArn, authorizerType: "NONE" });
await step("gateway list", () => all(api.paginateListGateways({ client, pageSize: 2 }, {}), "items"));
for (const targetId of Object.values(created)) {
  await send("DeleteGatewayTarget", { gatewayIdentifier, targetId });
  await gone("GetGatewayTarget", { gatewayIdentifier, targetId });
}
await step("gateway delete", () => send("DeleteGateway", { gatewayIdentifier }));
await step("gateway gone", () => gone("GetGateway", { gatewayIdentifier }));
await step("key delete", () => send("DeleteApiKeyCredentialProvider", { name: "key" }));
await step("oauth delete", () => send("DeleteOauth2CredentialProvider", { name: "idp" }));
await step("oauth deleted", () => send("GetOauth2CredentialProvider", { name: "idp" }));
