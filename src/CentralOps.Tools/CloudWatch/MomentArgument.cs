using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.CloudWatch;

/// <summary>A point in time, as it was written and as it is meant.</summary>
internal sealed class MomentArgument(string name, string description, string otherwise) : Argument<(string Text, Moment Moment)>(name, description)
{
    protected override (string Text, Moment Moment) ReadValue(ArgumentReader reader)
    {
        var text = reader.Text(Name, maxLength: 64) ?? otherwise;
        if (!Moment.TryParse(text, out var moment))
        {
            reader.Note(Name, $"is '{PlainText.Line(text, 40)}', which is no time", $"Write {Name} as in -3h, -30m, -7d, now or 2026-11-22T08:00:00Z");
        }

        return (text, moment);
    }

    protected override void WriteValue((string Text, Moment Moment) value, Utf8JsonWriter json) => json.WriteStringValue(value.Text);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "string";
        schema["default"] = otherwise;
    }
}
