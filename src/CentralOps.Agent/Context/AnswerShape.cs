using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Agent.Context;

/// <summary>A tool's answer made smaller: cut where it is too large to be shown, summarized when it is old.</summary>
internal static class AnswerShape
{
    private const int MostFailures = 10;
    private const int MostScalar = 400;

    /// <summary>A token is kept whole or not at all.</summary>
    private const int MostToken = 8192;

    private const string Advice = "Too large to be shown whole. Ask again for less: fields chooses members, query (JMESPath) chooses items, limit and max_bytes bound it, aggregate_results counts.";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer, its longest list cut so that it fits; of what has none, the beginning.</summary>
    /// <param name="text">JSON as a rule.</param>
    public static (string Text, bool WasCut) Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return (text, false);
        }

        if (Parse(text) is JsonObject answer && LongestList(answer) is (var name, { } list) && CutList(answer, name, list, most) is { } cut)
        {
            return (cut, true);
        }

        var beginning = text[..(char.IsHighSurrogate(text[(most / 2) - 1]) ? (most / 2) - 1 : most / 2)];
        return (new JsonObject { ["cut"] = true, ["characters"] = text.Length, ["advice"] = Advice, ["beginning"] = beginning }.ToJsonString(Readable), true);
    }

    /// <summary>What an answer was about, in a few hundred characters: where, how many of what, what failed, and how to go on.</summary>
    public static string Summarize(string text)
    {
        var summary = new JsonObject { ["summary_of_an_earlier_answer"] = true };
        if (Parse(text) is not JsonObject answer)
        {
            summary["characters"] = text.Length;
            return summary.ToJsonString(Readable);
        }

        foreach (var (name, value) in answer)
        {
            switch (value)
            {
                case JsonArray list when name is "failures":
                    summary["failures"] = new JsonArray([.. list.Take(MostFailures).Select(Failure)]);
                    summary["failure_count"] = list.Count;
                    break;
                case JsonArray list:
                    summary[name + "_shown_before"] = list.Count;
                    break;
                case JsonObject inner when name is "summary" or "error":
                    summary[name] = inner.DeepClone();
                    break;
                case JsonValue scalar when scalar.ToJsonString().Length <= (name is "next_token" ? MostToken : MostScalar):
                    summary[name] = scalar.DeepClone();
                    break;
            }
        }

        summary["to_see_it_again"] = "Call the tool again with the same arguments.";
        return summary.ToJsonString(Readable);
    }

    private static JsonNode? Failure(JsonNode? failure) => failure is JsonObject told
        ? new JsonObject { ["account_id"] = told["account_id"]?.DeepClone(), ["region"] = told["region"]?.DeepClone(), ["stage"] = told["stage"]?.DeepClone(), ["code"] = told["code"]?.DeepClone() }
        : null;

    private static string? CutList(JsonObject answer, string name, JsonArray list, int most)
    {
        var all = list.Count;
        var sizes = list.Select(static item => (item?.ToJsonString(Readable).Length ?? 4) + 1).ToList();
        var rest = answer.ToJsonString(Readable).Length - sizes.Sum();
        var (shown, room) = (0, most - rest - Advice.Length - 256);
        while (shown < all && sizes[shown] <= room)
        {
            room -= sizes[shown++];
        }

        if (shown == 0)
        {
            return null;
        }

        while (list.Count > shown)
        {
            list.RemoveAt(list.Count - 1);
        }

        answer.Insert(0, "cut", new JsonObject { ["list"] = name, ["shown"] = shown, ["of"] = all, ["advice"] = Advice + (answer.ContainsKey("next_token") ? " A next_token goes on behind all of them, shown or not." : "") });
        return answer.ToJsonString(Readable);
    }

    private static (string Name, JsonArray? List) LongestList(JsonObject answer) =>
        answer.Where(static member => member.Value is JsonArray { Count: > 0 }).Select(static member => (member.Key, (JsonArray?)member.Value))
            .OrderByDescending(static member => member.Item2!.ToJsonString().Length).FirstOrDefault();

    private static JsonNode? Parse(string text)
    {
        try
        {
            // A name that stands twice in one object is found only when it is looked for.
            var node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
            _ = (node as JsonObject)?.Count;
            return node;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
