// npm's oidc-provider on loopback, for clients of client_credentials: node openid.mjs. Prints its issuer, and ends when its input does.
// At /narrow it refuses resource indicators as a provider that knows none of them does; at /wide it takes those of loopback.
import http from "node:http";
import { Provider, errors } from "oidc-provider";

const clients = [
  { client_id: "basic client:1", client_secret: "s3cret/with:+% &=", token_endpoint_auth_method: "client_secret_basic", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] },
  { client_id: "post-client", client_secret: "post-secret", token_endpoint_auth_method: "client_secret_post", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] },
];

const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const provider = (path, takesResources) => new Provider(origin + path, {
    clients,
    scopes: ["tools", "openid"],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo(ctx, resource) {
          if (takesResources && resource.startsWith("http://127.0.0.1:")) {
            return { scope: "tools", accessTokenFormat: "opaque", accessTokenTTL: 600 };
          }
          throw new errors.InvalidTarget();
        },
      },
    },
    ttl: { ClientCredentials: 600 },
  });
  const handlers = { "/wide": provider("/wide", true).callback(), "/narrow": provider("/narrow", false).callback() };
  server.on("request", (request, response) => {
    const path = Object.keys(handlers).find((known) => request.url.startsWith(known + "/"));
    if (!path) {
      response.writeHead(404).end();
      return;
    }
    request.originalUrl = request.url;
    request.url = request.url.slice(path.length);
    handlers[path](request, response);
  });
  console.log(origin);
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
