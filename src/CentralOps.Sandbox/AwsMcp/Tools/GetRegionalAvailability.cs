using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <param name="services">The services that the sandbox serves: in every region, as nothing here differs by region.</param>
internal sealed class GetRegionalAvailability(IReadOnlyCollection<string> services) : McpTool
{
    public override string Name => "aws___get_regional_availability";

    protected override string Title => "Availability in a region";

    protected override string Description => "Tells which of some services this sandbox serves in a region.";

    protected override string InputSchema => """
        {"type":"object","properties":{"region":{"type":"string","description":"Such as eu-west-1.","minLength":1,"maxLength":40},"services":{"type":"array","description":"Services as the AWS CLI names them; all when left out.","items":{"type":"string","maxLength":60},"maxItems":50}},"required":["region"]}
        """;

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var region = call.Arguments.Required("region", 40);
        var wanted = call.Arguments.Texts("services", 50, 60);
        if (call.Arguments.Problem is { } problem)
        {
            return new(ToolAnswer.Refused(problem));
        }

        if (!Region.ByName.ContainsKey(region))
        {
            return new(ToolAnswer.Refused("region: there is no such region; aws___list_regions has them."));
        }

        return new(ToolAnswer.Of(json =>
        {
            json.WriteString("region", region);
            json.WriteStartObject("availability");
            foreach (var service in wanted.Count > 0 ? wanted.Distinct(StringComparer.Ordinal) : services)
            {
                json.WriteString(service, services.Contains(service, StringComparer.Ordinal) ? "available" : "not_available");
            }

            json.WriteEndObject();
        }));
    }
}
