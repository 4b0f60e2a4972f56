using System.Text.Json;
using CentralOps.Sandbox.Bedrock;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Tests.Front;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.Bedrock;

/// <summary>The sandbox's models with boto3 as the client, which knows the wire by itself.</summary>
public sealed class ConverseTests
{
    internal static readonly string[] Operations = ["bedrock-runtime:Converse", "bedrock-runtime:ConverseStream"];

    private static readonly ModelTurn Uses = new()
    {
        Blocks = [new ModelBlock.Text("I count — twice. 🚀"), new ModelBlock.ToolUse("count", """{"of":"EC2 \"instances\" é"}"""), new ModelBlock.ToolUse("count", "{}")],
        Usage = new ModelUsage(100, 20, CacheReadInputTokens: 7, CacheWriteInputTokens: 3),
    };

    [BotoFact(old: false)]
    public async Task A_current_boto3_cannot_tell_its_models_from_aws()
    {
        var script = ModelScript.Of(
            ModelTurn.Say("There are 58."),
            Uses with { Blocks = [.. Uses.Blocks.Take(2)] },
            ModelTurn.Say("58."),
            Uses with { Blocks = [new ModelBlock.Reasoning("Let me think about what to count first.", "sig"), .. Uses.Blocks] },
            ModelTurn.Say(new string('x', 60)) with { Fault = new StreamFault(2, "modelStreamErrorException", "It broke.") },
            ModelTurn.Throttle(),
            ModelTurn.Throttle(),
            ModelTurn.Say("At last."),
            ModelTurn.Throttle());
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Models = script }, CancellationToken.None);

        var (exitCode, output, error) = Tools.Run(Tools.NewPython!, [Path.Combine(AppContext.BaseDirectory, "Fixtures", "converse.py"), server.Url.ToString()], Organization.Environment(server.Operator));

        exitCode.ShouldBe(0, error);
        var seen = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(output)!;
        JudgeWhole(seen);
        JudgeStreams(seen);
        JudgeRefusals(seen);
        script.Requests.Count.ShouldBe(9, "what Converse itself refuses reaches no model");
        script.Requests[0].Input.GetProperty("inferenceConfig").GetRawText().ShouldBe("""{"maxTokens":100,"temperature":0.5}""");
        script.Requests[0].System.ShouldBe("Be short.");
        script.Requests[1].Tools.ShouldBe(["count"]);
        script.Requests[2].ToolAnswers.ShouldHaveSingleItem().Text.ShouldBe("58\n{\"a\": 1}");
        script.Requests.ShouldAllBe(request => request.CallerArn == "arn:aws:iam::111111111111:user/Operator");
        server.Trail.Find(new TrailQuery()).Where(entry => entry.Service is "bedrock-runtime").ShouldAllBe(entry => entry.ReadOnly && entry.Resource!.StartsWith("arn:aws:bedrock:us-east-1:111111111111:inference-profile/us.anthropic."));
    }

    private static void JudgeWhole(Dictionary<string, JsonElement> seen)
    {
        seen["whole"].GetProperty("output").GetProperty("message").GetRawText().ShouldBe("""{"role": "assistant", "content": [{"text": "There are 58."}]}""");
        seen["whole"].GetProperty("stopReason").GetString().ShouldBe("end_turn");
        seen["whole"].GetProperty("ResponseMetadata").GetProperty("RequestId").GetString()!.Length.ShouldBe(36);
        seen["used"].GetProperty("stopReason").GetString().ShouldBe("tool_use");
        var use = seen["used"].GetProperty("output").GetProperty("message").GetProperty("content")[1].GetProperty("toolUse");
        use.GetProperty("toolUseId").GetString()!.ShouldMatch("^tooluse_[0-9a-f]{20}1$");
        use.GetProperty("input").GetProperty("of").GetString().ShouldBe("EC2 \"instances\" é");
        seen["used"].GetProperty("usage").GetRawText().ShouldBe("""{"inputTokens": 100, "outputTokens": 20, "totalTokens": 130, "cacheReadInputTokens": 7, "cacheWriteInputTokens": 3}""");
        seen["after"].GetProperty("output").GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("58.");
    }

    private static void JudgeStreams(Dictionary<string, JsonElement> seen)
    {
        var streamed = seen["streamed"];
        streamed.GetProperty("text").GetString().ShouldBe("I count — twice. 🚀");
        streamed.GetProperty("thought").GetString().ShouldBe("Let me think about what to count first.");
        streamed.GetProperty("names").GetRawText().ShouldBe("""{"2": "count", "3": "count"}""");
        streamed.GetProperty("inputs").GetProperty("2").GetString().ShouldBe("""{"of":"EC2 \"instances\" é"}""");
        streamed.GetProperty("inputs").GetProperty("3").GetString().ShouldBeEmpty();
        streamed.GetProperty("events").EnumerateArray().Select(name => name.GetString()).ShouldBe(
        [
            "messageStart", "contentBlockDelta", "contentBlockStop", "contentBlockDelta", "contentBlockStop", "contentBlockStart", "contentBlockDelta", "contentBlockStop",
            "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
        ]);
        streamed.GetProperty("reason").GetString().ShouldBe("tool_use");
        streamed.GetProperty("usage").GetProperty("totalTokens").GetInt32().ShouldBe(130);
        seen["broken"].GetProperty("error").GetString().ShouldBe("modelStreamErrorException: It broke.");
        seen["broken"].GetProperty("text").GetString().ShouldBe(new string('x', 24));
    }

    private static void JudgeRefusals(Dictionary<string, JsonElement> seen)
    {
        Text("retried").ShouldBe("At last.");
        Text("throttled").ShouldBe("429 ThrottlingException: Too many requests, please wait before trying again.");
        Text("assistant_first").ShouldStartWith("400 ValidationException: A conversation must start with a user message.");
        Text("twice").ShouldStartWith("400 ValidationException: A conversation must alternate between user and assistant roles.");
        Text("blank").ShouldStartWith("400 ValidationException: The text field in the ContentBlock object at messages.0.content.0 is blank.");
        Text("no_tools").ShouldBe("400 ValidationException: The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        Text("no_result").ShouldMatch("^400 ValidationException: Expected toolResult blocks at messages.2.content for the following Ids: tooluse_[0-9a-f]{20}1$");
        Text("other_result").ShouldBe("400 ValidationException: The number of toolResult blocks at messages.0.content exceeds the number of toolUse blocks of previous turn.");
        Text("no_schema").ShouldBe("400 ValidationException: The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.");
        Text("name").ShouldStartWith("400 ValidationException: 1 validation error detected: Value 'a.b' at 'toolConfig.tools.1.member.toolSpec.name'");
        Text("choice").ShouldStartWith("400 ValidationException: The tool in toolConfig.toolChoice.tool");

        string Text(string name) => seen[name].GetString()!;
    }
}
