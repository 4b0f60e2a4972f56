using System.Text.Json;
using CentralOps.Agent.Questions;
using CentralOps.Agent.Tests.Fixtures;
using CentralOps.Tools;
using Xunit.Abstractions;

namespace CentralOps.Agent.Tests.Questions;

/// <summary>The questions of bench/questions: how many come to the tool and the arguments that they should, without a model.</summary>
public sealed class QuestionFileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("questions.json", 60, 95)]
    [InlineData("held-out.json", 20, 85)]
    [InlineData("second-held-out.json", 20, 85)]
    public async Task Most_questions_come_to_their_tool_with_exactly_their_arguments(string file, int least, double share)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.File("bench", "questions", file)));
        var questions = document.RootElement.GetProperty("questions").EnumerateArray().ToList();
        questions.Count.ShouldBeGreaterThanOrEqualTo(least);
        var matcher = new QuestionMatcher(new OwnTools(), new FixedTime(document.RootElement.GetProperty("now").GetDateTimeOffset()));
        var right = 0;
        foreach (var question in questions)
        {
            var match = await matcher.MatchAsync(question.GetProperty("question").GetString()!, CancellationToken.None);
            var isRight = match?.Tool.BareName == question.GetProperty("tool").GetString()
                && JsonElement.DeepEquals(JsonElement.Parse(match!.Arguments.ToJsonString()), question.GetProperty("arguments"));
            right += isRight ? 1 : 0;
            if (!isRight)
            {
                output.WriteLine($"{question.GetProperty("question")}: {match?.Tool.BareName} {match?.Arguments.ToJsonString()}");
            }
        }

        output.WriteLine($"{file}: {right} of {questions.Count}");
        (100.0 * right / questions.Count).ShouldBeGreaterThanOrEqualTo(share);
    }

    [Fact]
    public async Task Every_tool_is_asked_for()
    {
        foreach (var file in (string[])["questions.json", "held-out.json"])
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.File("bench", "questions", file)));
            document.RootElement.GetProperty("questions").EnumerateArray().Select(static question => question.GetProperty("tool").GetString()!).Distinct()
                .ShouldBe(ToolCatalog.Declarations.Select(static tool => tool.Name), ignoreOrder: true);
        }
    }
}
