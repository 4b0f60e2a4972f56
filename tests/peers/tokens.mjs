// npm's oidc-provider on loopback, for JWT access tokens and the change of its signing key: node tokens.mjs. Prints its issuer. A line 'rotate' publishes a new
// key before the old one and signs with it, 'retire' drops all but the newest; each is answered with a line 'done'. Ends when its input does.
import http from "node:http";
import readline from "node:readline";
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";

const keys = [];
const addKey = () => {
  const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  keys.unshift({ ...jwk, kid: `key-${keys.length + 1}`, use: "sig", alg: "ES256" });
};

const server = http.createServer((request, response) => handle(request, response));
let handle;
let issuer;
const serve = () => {
  handle = new Provider(issuer, {
    clients: [{
      client_id: "agent", client_secret: "agent-secret", grant_types: ["client_credentials"], redirect_uris: [], response_types: [], id_token_signed_response_alg: "ES256",
    }],
    jwks: { keys: [...keys] },
    scopes: ["openid", "ops.read"],
    ttl: { ClientCredentials: 300 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (ctx, resource) => ({ scope: "ops.read", audience: resource, accessTokenFormat: "jwt", accessTokenTTL: 300, jwt: { sign: { alg: "ES256" } } }),
      },
    },
  }).callback();
};

server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  addKey();
  serve();
  console.log(issuer);
});
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "rotate") addKey();
  if (line === "retire") keys.length = 1;
  serve();
  console.log("done");
}).on("close", () => process.exit(0));
