// AWS's JavaScript SDK v3 against a server made of our server halves: node sdk.mjs URL. One line of JSON a step.
import http from "node:http";
import { Readable } from "node:stream";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecs from "@aws-sdk/client-ecs";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";

const url = process.argv[2];
const common = { endpoint: url, region: "eu-west-1", maxAttempts: 1, credentials: { accessKeyId: "AKIDPEER", secretAccessKey: "peer/secret", sessionToken: "peer+token==" } };

async function step(name, run) {
  let line;
  try {
    const { $metadata, ...result } = await run();
    line = { step: name, result };
  } catch (error) {
    line = { step: name, error: { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode, requestId: error.$metadata?.requestId, fault: error.$fault, is: Object.getPrototypeOf(error).constructor.name } };
  }
  console.log(JSON.stringify(line, (_, value) => (value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value)));
}

async function pages(paginator, member) {
  const all = [];
  let count = 0;
  for await (const page of paginator) {
    count++;
    all.push(...(page[member] ?? []));
  }
  return { pages: count, all };
}

for (const [name, protocol] of [["query", AwsQueryProtocol], ["json", AwsJson1_0Protocol], ["cbor", AwsSmithyRpcV2CborProtocol]]) {
  // With CBOR the SDK states the length that the body had before it was packed, which no server can read.
  const client = new cloudwatch.CloudWatchClient({ ...common, protocol, disableRequestCompression: name === "cbor" });
  await step(`cloudwatch ${name} data`, () => pages(cloudwatch.paginateGetMetricData({ client }, {
    StartTime: new Date("2026-01-02T03:04:05Z"), EndTime: new Date("2026-01-02T04:04:05.250Z"), ScanBy: "TimestampAscending",
    MetricDataQueries: [
      { Id: "m1", MetricStat: { Metric: { Namespace: "AWS/EC2", MetricName: "CPU Utilization & more", Dimensions: [{ Name: "InstanceId", Value: "i-1" }, { Name: "é", Value: "<x>" }] }, Period: 300, Stat: "Average" }, ReturnData: false },
      { Id: "e1", Expression: "m1 * 2" },
    ],
  }), "MetricDataResults"));
  await step(`cloudwatch ${name} empty`, () => client.send(new cloudwatch.ListMetricsCommand({ Namespace: "none" })));
  await step(`cloudwatch ${name} error`, () => client.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ["a", "b c"], NextToken: "stale" })));
  await step(`cloudwatch ${name} large`, () => client.send(new cloudwatch.PutMetricDataCommand({
    Namespace: "Own", MetricData: Array.from({ length: 500 }, (_, i) => ({ MetricName: `metric-${i}`, Value: i / 4, Timestamp: new Date(1767323045000 + i), Dimensions: [{ Name: "N", Value: String(i) }] })),
  })));
}

const store = new s3.S3Client(common);
await step("s3 location", () => store.send(new s3.GetBucketLocationCommand({ Bucket: "my-bucket" })));
await step("s3 put", () => store.send(new s3.PutObjectCommand({ Bucket: "my-bucket", Key: "a b//../é%+.txt", Body: "hello ✓", ContentType: "text/plain", Metadata: { one: "1", two: "b c" } })));
await step("s3 get", async () => {
  const { Body, ...rest } = await store.send(new s3.GetObjectCommand({ Bucket: "my-bucket", Key: "a b//../é%+.txt" }));
  return { text: await Body.transformToString(), type: rest.ContentType, metadata: rest.Metadata, checksum: rest.ChecksumCRC32, modified: rest.LastModified, etag: rest.ETag };
});
for (const algorithm of ["CRC32C", "SHA1", "SHA256"]) {
  await step(`s3 put ${algorithm}`, () => store.send(new s3.PutObjectCommand({ Bucket: "my-bucket", Key: algorithm, Body: "123456789", ChecksumAlgorithm: algorithm })));
}
await step("s3 stream", () => store.send(new s3.PutObjectCommand({ Bucket: "my-bucket", Key: "stream", Body: Readable.from([Buffer.alloc(70000, "a"), Buffer.alloc(70000, "b")]), ContentLength: 140000 })));
await step("s3 stream back", async () => {
  const { Body } = await store.send(new s3.GetObjectCommand({ Bucket: "my-bucket", Key: "stream" }));
  const bytes = await Body.transformToByteArray();
  return { length: bytes.length, first: bytes[0], last: bytes[139999] };
});
await step("s3 list", async () => {
  const { pages: count, all } = await pages(s3.paginateListObjectsV2({ client: store }, { Bucket: "my-bucket", MaxKeys: 2 }), "Contents");
  return { pages: count, keys: all.map(({ Key, Size }) => [Key, Size]) };
});
await step("s3 missing", () => store.send(new s3.GetObjectCommand({ Bucket: "my-bucket", Key: "none" })));
await step("s3 head", () => store.send(new s3.HeadObjectCommand({ Bucket: "my-bucket", Key: "none" })));
const lookup = (_, options, done) => (options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4));
const named = new s3.S3Client({ ...common, endpoint: `http://s3.example.test:${new URL(url).port}`, requestHandler: { httpAgent: new http.Agent({ lookup }) } });
await step("s3 by host", async () => {
  const { Body } = await named.send(new s3.GetObjectCommand({ Bucket: "my-bucket", Key: "a b//../é%+.txt" }));
  return { text: await Body.transformToString() };
});

const compute = new ec2.EC2Client(common);
await step("ec2 instances", () => pages(ec2.paginateDescribeInstances({ client: compute, pageSize: 5 }, {
  Filters: [{ Name: "tag:env", Values: ["prod", "a&b=c"] }, { Name: "instance-state-name", Values: ["running"] }],
}), "Reservations"));
await step("ec2 error", () => compute.send(new ec2.DescribeInstancesCommand({ InstanceIds: ["i-none"] })));

const containers = new ecs.ECSClient(common);
await step("ecs clusters", () => pages(ecs.paginateListClusters({ client: containers }, {}), "clusterArns"));
await step("ecs services", () => containers.send(new ecs.DescribeServicesCommand({ cluster: "main", services: ["web"], include: ["TAGS"] })));
await step("ecs error", () => containers.send(new ecs.DescribeServicesCommand({ cluster: "none", services: ["web"] })));

const functions = new lambda.LambdaClient(common);
await step("lambda invoke", async () => {
  const { Payload, StatusCode, FunctionError, ExecutedVersion, LogResult } = await functions.send(new lambda.InvokeCommand({
    FunctionName: "arn:aws:lambda:eu-west-1:111111111111:function:f", Qualifier: "live", Payload: Buffer.from([123, 0, 255, 125]), LogType: "Tail", ClientContext: "e30=",
  }));
  return { Payload: new Uint8Array(Payload), StatusCode, FunctionError, ExecutedVersion, LogResult };
});
await step("lambda list", () => pages(lambda.paginateListFunctions({ client: functions }, {}), "Functions"));
await step("lambda error", () => functions.send(new lambda.GetFunctionCommand({ FunctionName: "none" })));

const stranger = new lambda.LambdaClient({ ...common, credentials: { accessKeyId: "AKIDPEER", secretAccessKey: "wrong", sessionToken: "peer+token==" } });
await step("stranger", () => stranger.send(new lambda.ListFunctionsCommand({})));
