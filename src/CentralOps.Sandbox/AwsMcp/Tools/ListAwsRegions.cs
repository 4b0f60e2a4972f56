using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.AwsMcp.Tools;

internal sealed class ListAwsRegions : McpTool
{
    public override string Name => "aws___list_regions";

    protected override string Title => "List regions";

    protected override string Description => "Lists the regions of AWS, and which of them an account has to switch on.";

    protected override string InputSchema => """{"type":"object","properties":{}}""";

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken) => new(ToolAnswer.Of(static json =>
    {
        json.WriteStartArray("regions");
        foreach (var region in Region.All)
        {
            json.WriteStartObject();
            json.WriteString("region", region.Name);
            json.WriteBoolean("opt_in_required", region.NeedsOptIn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));
}
