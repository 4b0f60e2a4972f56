using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Many questions at once, as a fan-out asks them.</summary>
internal static class FanOut
{
    /// <summary>Tools that list what an account has in a region, one for each protocol and more; each with its list.</summary>
    public static IReadOnlyList<(string Tool, string List)> Regional { get; } =
    [
        ("describe_ec2_instances", "instances"),
        ("describe_rds_instances", "db_instances"),
        ("list_lambda_functions", "functions"),
        ("list_ecs_clusters", "clusters"),
        ("describe_eks_clusters", "clusters"),
        ("list_cloudwatch_alarms", "alarms"),
    ];

    public static JsonObject In(string account, string region) => new() { ["account_id"] = account, ["region"] = region };

    /// <summary>Every answer, by the question.</summary>
    public static async Task<IReadOnlyDictionary<Question, JsonElement>> AskAllAsync(this LiveTools tools, IEnumerable<Question> questions)
    {
        var answers = await Task.WhenAll(questions.Distinct().Select(async question => KeyValuePair.Create(question, await tools.AskAsync(question.Tool, In(question.Account, question.Region)))));
        return answers.ToDictionary();
    }

    /// <summary>Stage, code and remedy of a refusal.</summary>
    public static (string Stage, string Code, string Remedy) Refusal(this JsonElement answer)
    {
        answer.TryGetProperty("error", out var error).ShouldBeTrue(answer.ToString());
        return (error.GetProperty("stage").GetString()!, error.GetProperty("code").GetString()!, error.GetProperty("remedy").GetString()!);
    }

    public static void ShouldBeWhole(this JsonElement answer, string customMessage)
    {
        answer.TryGetProperty("error", out var error).ShouldBeFalse($"{customMessage}: {error}");
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0, $"{customMessage}: {answer}");
    }
}

internal sealed record Question(string Tool, string Account, string Region);
