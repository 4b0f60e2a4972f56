using System.Text.Json.Nodes;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Fleet;

/// <summary>Schemas of answers over many accounts and regions. Items are described where one account answers; here they are the same.</summary>
internal static class FleetSchema
{
    public static JsonObject Of(RowNames names)
    {
        var place = AnswerSchema.Object(
        [
            ("account_id", AnswerSchema.Text()),
            ("account_name", AnswerSchema.Text()),
            ("region", AnswerSchema.Text("aws-global where all regions are asked as one.")),
            .. Items(names),
        ]);
        AnswerSchema.AddStanding(place["properties"]!.AsObject());
        return AnswerSchema.Object([("results", AnswerSchema.List(place, "Each account and region with something in it, ordered by account id and region.")), .. End()]);
    }

    /// <summary>Of an answer whose items were queried, or written as text: of one account, or of many.</summary>
    public static JsonObject ShapedOf(RowNames names)
    {
        var schema = AnswerSchema.Object(AnswerSchema.Failures());
        var properties = schema["properties"]!.AsObject();
        properties["result"] = new JsonObject { ["description"] = "With query: what it makes of the items of this answer." };
        properties["table"] = AnswerSchema.Text("With format table.");
        properties["csv"] = AnswerSchema.Text("With format csv.");
        foreach (var (name, property) in (IEnumerable<(string, JsonObject)>)[.. AnswerSchema.Place(), .. AnswerSchema.Rest(), ("summary", Summary())])
        {
            properties[name] = property;
        }

        if (!names.IsOne)
        {
            properties[names.Count] = AnswerSchema.Integer();
        }

        AnswerSchema.AddStanding(properties);
        return schema;
    }

    /// <summary>What stands beside the items of every answer over many accounts.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> End() => [AnswerSchema.Failures(), ("summary", Summary()), .. AnswerSchema.Rest()];

    private static IEnumerable<(string Name, JsonObject Schema)> Items(RowNames names) => names.IsOne
        ? [(names.Member, new JsonObject { ["type"] = "object", ["description"] = "As in the answer of one account." })]
        :
        [
            (names.Count, AnswerSchema.Integer("Here, in this answer.")),
            (names.Member, AnswerSchema.List(new JsonObject { ["type"] = "object" }, "As in the answer of one account.")),
        ];

    public static JsonObject Summary()
    {
        var summary = AnswerSchema.Object(
            ("accounts", AnswerSchema.Integer("Accounts that the question means, on all pages.")),
            ("regions", AnswerSchema.Integer("How many asked_regions there are.")),
            ("succeeded", AnswerSchema.Integer("Of this answer: places read to their end, with something there.")),
            ("empty", AnswerSchema.Integer("Of this answer: places read to their end, with nothing there; they are not in results.")),
            ("failed", AnswerSchema.Integer("Of this answer: places of which something could not be read; an account that could not be entered is one.")),
            ("skipped", AnswerSchema.Integer("Places that this answer did not come to, or not to the end of; next_token goes on with them.")),
            ("items", AnswerSchema.Integer("Items in this answer.")),
            ("duration_ms", AnswerSchema.Integer("How long this answer took.")),
            ("asked_regions", AnswerSchema.List(AnswerSchema.Text(), "Regions that were named; with all, those that this answer came to.")),
            ("directory_age_s", AnswerSchema.Nullable(AnswerSchema.Integer("How old the list of accounts is; null where one account was looked up by itself."))));
        summary.Insert(0, "description", "Counts of places: an account in one region. An account whose regions are not known yet counts as one.");
        return summary;
    }
}
