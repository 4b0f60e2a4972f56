using System.Text.Json;
using System.Text.Json.Serialization;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Doctor;

/// <summary>Findings as they are shown.</summary>
internal static class Findings
{
    private const int LevelWidth = 9;

    public static int Show(IReadOnlyList<Finding> findings, OutputFormat format, Screen screen)
    {
        var (problems, warnings) = (findings.Count(static one => one.Level == FindingLevel.Problem), findings.Count(static one => one.Level == FindingLevel.Warning));
        if (format == OutputFormat.Json)
        {
            var checks = findings.Select(static one => new FindingView(one.Check, Word(one.Level), one.Message, one.Remedy)).ToArray();
            screen.Data.WriteLine(JsonSerializer.Serialize(new FindingsView(checks, problems, warnings), FindingsJson.Default.FindingsView));
        }
        else
        {
            Write(findings, screen);
            screen.Say(problems + warnings == 0 ? "All is well." : $"{Count(problems, "problem")}, {Count(warnings, "warning")}.");
        }

        return problems == 0 ? ExitCode.Ok : ExitCode.Refused;
    }

    private static void Write(IReadOnlyList<Finding> findings, Screen screen)
    {
        var indent = new string(' ', LevelWidth);
        foreach (var finding in findings)
        {
            var told = PlainText.Wrap($"{indent}{PlainText.Line(finding.Check)}: {PlainText.Line(finding.Message)}", screen.Width);
            screen.Data.WriteLine(Word(finding.Level).PadRight(LevelWidth) + told.TrimStart(' '));
            if (finding.Remedy is { } remedy)
            {
                // Not broken: it may hold a command.
                screen.Data.WriteLine($"{indent}→ {PlainText.Line(remedy)}");
            }
        }
    }

    private static string Word(FindingLevel level) => level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warning", _ => "problem" };

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}

/// <summary>What <c>centralops doctor --output json</c> prints.</summary>
internal sealed record FindingsView(
    [property: JsonPropertyName("checks")] IReadOnlyList<FindingView> Checks,
    [property: JsonPropertyName("problems")] int Problems,
    [property: JsonPropertyName("warnings")] int Warnings);

internal sealed record FindingView(
    [property: JsonPropertyName("check")] string Check,
    [property: JsonPropertyName("level")] string Level,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("remedy")] string? Remedy);

[JsonSerializable(typeof(FindingsView))]
[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class FindingsJson : JsonSerializerContext;
