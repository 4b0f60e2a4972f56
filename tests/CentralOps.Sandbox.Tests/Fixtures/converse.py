"""Talks to a sandbox's models as boto3 does and prints what came, as one JSON object. Arguments: the sandbox's URL."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError

url = sys.argv[1]


def client(attempts=1):
    return boto3.client("bedrock-runtime", endpoint_url=url, region_name="us-east-1", config=Config(retries={"total_max_attempts": attempts, "mode": "standard"}))


bedrock = client()
tools = {"tools": [{"toolSpec": {"name": "count", "description": "Counts.", "inputSchema": {"json": {"type": "object", "properties": {"of": {"type": "string"}}}}}}]}
model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"


def user(*blocks):
    return {"role": "user", "content": list(blocks)}


def ask(messages, **more):
    return bedrock.converse(modelId=model, messages=messages, **more)


def refused(messages, asked=bedrock, **more):
    try:
        asked.converse(modelId=model, messages=messages, **more)
        return "no error"
    except ClientError as failed:
        return "%d %s: %s" % (failed.response["ResponseMetadata"]["HTTPStatusCode"], failed.response["Error"]["Code"], failed.response["Error"]["Message"])


def streamed(messages, **more):
    """The parts of a streamed answer, put together as its documentation says."""
    answer = bedrock.converse_stream(modelId=model, messages=messages, **more)
    seen = {"text": "", "thought": "", "inputs": {}, "names": {}, "events": []}
    try:
        for event in answer["stream"]:
            name, data = next(iter(event.items()))
            if not seen["events"] or seen["events"][-1] != name:
                seen["events"].append(name)
            if name == "contentBlockStart":
                seen["names"][str(data["contentBlockIndex"])] = data["start"]["toolUse"]["name"]
                seen["inputs"][str(data["contentBlockIndex"])] = ""
            if name == "contentBlockDelta":
                delta = data["delta"]
                seen["text"] += delta.get("text", "")
                seen["thought"] += delta.get("reasoningContent", {}).get("text", "")
                if "toolUse" in delta:
                    seen["inputs"][str(data["contentBlockIndex"])] += delta["toolUse"]["input"]
            if name == "messageStop":
                seen["reason"] = data["stopReason"]
            if name == "metadata":
                seen["usage"] = data["usage"]
    except EventStreamError as failed:
        seen["error"] = "%s: %s" % (failed.response["Error"]["Code"], failed.response["Error"]["Message"])
    return seen


question = user({"text": "How many?"})
seen = {"whole": ask([question], system=[{"text": "Be short."}], inferenceConfig={"maxTokens": 100, "temperature": 0.5})}
used = ask([question], toolConfig=tools)
call = used["output"]["message"]["content"][1]["toolUse"]
seen["used"] = used
result = user({"toolResult": {"toolUseId": call["toolUseId"], "content": [{"text": "58"}, {"json": {"a": 1}}], "status": "success"}})
seen["after"] = ask([question, used["output"]["message"], result], toolConfig=tools)
seen["streamed"] = streamed([question], toolConfig=tools)
seen["broken"] = streamed([question])
seen["retried"] = client(attempts=3).converse(modelId=model, messages=[question])["output"]["message"]["content"][0]["text"]
seen["throttled"] = refused([question])

seen["assistant_first"] = refused([{"role": "assistant", "content": [{"text": "a"}]}])
seen["twice"] = refused([question, question])
seen["blank"] = refused([user({"text": " "})])
seen["no_tools"] = refused([question, used["output"]["message"], result])
seen["no_result"] = refused([question, used["output"]["message"], question], toolConfig=tools)
seen["other_result"] = refused([user({"toolResult": {"toolUseId": "x", "content": []}})], toolConfig=tools)
seen["no_schema"] = refused([question], toolConfig={"tools": [{"toolSpec": {"name": "count", "inputSchema": {"json": {}}}}]})
seen["name"] = refused([question], toolConfig={"tools": [{"toolSpec": {"name": "a.b", "inputSchema": {"json": {"type": "object"}}}}]})
seen["choice"] = refused([question], toolConfig={**tools, "toolChoice": {"tool": {"name": "other"}}})
print(json.dumps(seen, default=str))
