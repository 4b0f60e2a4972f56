using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>A call as the command line that makes it: what is shown is what would be run, and can be pasted.</summary>
internal static class CallLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string tool, JsonObject arguments)
    {
        // Short values have options of their own; the others go together, as JSON.
        var line = $"./centralops call {ShellWord.Of(tool)}";
        var rest = new JsonObject();
        foreach (var (name, value) in arguments)
        {
            switch (name)
            {
                case "account_id" when value is JsonValue text && text.GetValueKind() == JsonValueKind.String:
                    line += $" --account {Word(text.GetValue<string>())}";
                    break;
                case "region" when value is JsonValue text && text.GetValueKind() == JsonValueKind.String:
                    line += $" --region {Word(text.GetValue<string>())}";
                    break;
                default:
                    rest[name] = value?.DeepClone();
                    break;
            }
        }

        return rest.Count == 0 ? line : $"{line} --json {Word(rest.ToJsonString(Readable))}";
    }

    // A question may hold characters that act on a terminal; here they would act when the line is shown.
    private static string Word(string text) => ShellWord.Of(PlainText.Line(text));
}
