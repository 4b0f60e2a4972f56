// The cases of the sandbox's tests through AWS's JavaScript SDK v3: one JSON document in, one out.
import { readFileSync } from "node:fs";

const packages = {
  account: ["account", "Account"],
  cloudwatch: ["cloudwatch", "CloudWatch"],
  ec2: ["ec2", "EC2"],
  ecs: ["ecs", "ECS"],
  eks: ["eks", "EKS"],
  iam: ["iam", "IAM"],
  lambda: ["lambda", "Lambda"],
  organizations: ["organizations", "Organizations"],
  rds: ["rds", "RDS"],
  resourcegroupstaggingapi: ["resource-groups-tagging-api", "ResourceGroupsTaggingAPI"],
  s3: ["s3", "S3"],
  sso: ["sso", "SSO"],
  "sso-oidc": ["sso-oidc", "SSOOIDC"],
  sts: ["sts", "STS"],
};
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;
const isEmpty = (value) => value === undefined || value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0 && !(value instanceof Date));

function plain(value) {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "$metadata").map(([name, member]) => [name, plain(member)]).filter(([, member]) => !isEmpty(member)));
  }
  if (typeof value === "string" && time.test(value)) return Date.parse(value) / 1000;
  return value;
}

// SDK v3 takes Date objects where the other clients take text.
const dated = (input) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, name === "StartTime" || name === "EndTime" ? new Date(value) : value]));

function merge(whole, page) {
  for (const [name, value] of Object.entries(page)) {
    if (Array.isArray(value)) whole[name] = [...(whole[name] ?? []), ...value];
    else if (!/token|marker/i.test(name)) whole[name] = value;
  }
  return whole;
}

const question = JSON.parse(readFileSync(0, "utf8"));
const clients = new Map();
const answers = {};
for (const { name, service, operation, input, account, region, page_size: pageSize } of question.cases) {
  const [folder, prefix] = packages[service];
  const sdk = await import(`@aws-sdk/client-${folder}`);
  const key = `${service}/${account}/${region}`;
  const keys = question.sessions[account];
  if (!clients.has(key)) {
    clients.set(key, new sdk[`${prefix}Client`]({
      region,
      endpoint: question.url,
      maxAttempts: 1,
      forcePathStyle: true,
      credentials: { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.SessionToken },
    }));
  }

  const client = clients.get(key);
  try {
    if (pageSize) {
      let whole = {};
      for await (const page of sdk[`paginate${operation}`]({ client, pageSize }, dated(input))) whole = merge(whole, page);
      answers[name] = { output: plain(whole) };
    } else {
      answers[name] = { output: plain(await client.send(new sdk[`${operation}Command`](dated(input)))) };
    }
  } catch (error) {
    answers[name] = error.$metadata ? { error: error.Code ?? error.name, status: error.$metadata.httpStatusCode, message: error.message } : { error: `${error}` };
  }
}

console.log(JSON.stringify(answers));
