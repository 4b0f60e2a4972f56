using System.ComponentModel;
using System.Text.Json.Serialization;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Ec2;

/// <summary>One of EC2's own filters: any of the values has to match. Several filters have to match together.</summary>
internal sealed record Ec2Filter(
    [property: JsonPropertyName("Name"), Description("The filter's name, such as instance-state-name or tag:Environment.")] string Name,
    [property: JsonPropertyName("Values"), MaxItems(Ec2Filter.MaxValues), Description("Values of which one has to match; * and ? are wildcards.")] IReadOnlyList<string> Values)
{
    public const int MaxValues = 200;
    public const int MaxFilters = 50;

    public static IReadOnlyList<Ec2Filter> Read(ArgumentReader arguments, string name) =>
        arguments.Objects(name, MaxFilters, "[{\"Name\": \"instance-state-name\", \"Values\": [\"running\"]}]", static filter =>
        {
            var read = new Ec2Filter(filter.RequiredText("Name", 255), filter.Texts("Values", MaxValues, 1024));
            if (read.Values.Count == 0)
            {
                filter.Note("Values", "has to hold at least one value", "Give the values of which one has to match");
            }

            return read;
        });
}
