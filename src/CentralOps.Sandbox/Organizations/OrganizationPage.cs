using System.Text.Json;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

/// <summary>One page of a list: at most 20, as AWS Organizations has it.</summary>
internal sealed record OrganizationPage<T>(IReadOnlyList<T> Items, string? Next)
{
    private const int Maximum = 20;

    private static readonly PageRules Rules = new()
    {
        Default = Maximum,
        Max = Maximum,
        BadLimit = static _ => new("InvalidInputException", $"You specified an invalid value: MaxResults must be between 1 and {Maximum}."),
        BadToken = new("InvalidInputException", "You specified an invalid value: the NextToken is not one that this operation gave."),
    };

    public static (OrganizationPage<T>? Page, ServiceError? Error) Of(OperationCall call, string operation, string question, IReadOnlyList<T> all, PageTokens tokens)
    {
        var (page, error) = Page<T>.Of(call, Rules, $"{operation}/{question}", all, tokens);
        return (page is null ? null : new OrganizationPage<T>(page.Items, page.Next), error);
    }

    public OperationAnswer Answer(string member, Action<Utf8JsonWriter, T> item) =>
        OperationAnswer.Of((Page: this, member, item), static (json, made) =>
        {
            json.WriteStartArray(made.member);
            foreach (var entry in made.Page.Items)
            {
                json.WriteStartObject();
                made.item(json, entry);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (made.Page.Next is { } next)
            {
                json.WriteString("NextToken", next);
            }
        });
}
