using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Arguments;

/// <summary>What is made of the items of an answer.</summary>
internal sealed class QueryArgument : Argument<QueryText?>
{
    private QueryArgument()
        : base("query", "JMESPath over the list of this answer's items, each with account_id, account_name and region: [?State=='running'].InstanceId. What comes out is in result.") =>
        IsOfTheShape = true;

    public static QueryArgument Only { get; } = new();

    protected override QueryText? ReadValue(ArgumentReader reader) =>
        reader.Text(Name, RowQuery.MaxLength) is { } text && RowQuery.Read(Name, text, reader) is { } query ? new QueryText(text, query) : null;

    protected override bool IsEmpty(QueryText? value) => value is null;

    protected override void WriteValue(QueryText? value, Utf8JsonWriter json) => json.WriteStringValue(value!.Text);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "string";
        schema["maxLength"] = RowQuery.MaxLength;
    }
}

/// <summary>An expression, and what was written of it.</summary>
internal sealed record QueryText(string Text, RowQuery Query);
