using System.Globalization;
using System.Text.Json;

namespace CentralOps.Cli.Agents;

/// <summary>Questions with the tool and the arguments that each should come to.</summary>
/// <param name="Now">When they are asked: "since Monday" has to mean the same every day.</param>
internal sealed record QuestionFile(DateTimeOffset Now, IReadOnlyList<ExpectedMatch> Questions)
{
    private const long MostBytes = 4 * 1024 * 1024;

    public static QuestionFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new CommandFailedException($"--check: {path} has more than {MostBytes >> 20} MB.", ExitCode.Usage);
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new QuestionFile(
                DateTimeOffset.Parse(root.GetProperty("now").GetString()!, CultureInfo.InvariantCulture),
                [.. root.GetProperty("questions").EnumerateArray().Select(static item => new ExpectedMatch(
                    item.GetProperty("question").GetString()!, item.GetProperty("tool").GetString()!, item.GetProperty("arguments").Clone()))]);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new CommandFailedException(
                $"--check: {path} is not a file of questions; it is JSON such as {{\"now\": \"2026-11-22T21:00:00Z\", \"questions\": [{{\"question\": \"…\", \"tool\": \"…\", \"arguments\": {{}}}}]}}.", ExitCode.Usage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--check: {path} cannot be read.", ExitCode.Usage);
        }
    }
}

/// <summary>A question, and what it should come to.</summary>
internal sealed record ExpectedMatch(string Question, string Tool, JsonElement Arguments);
