using System.Text.Json;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

/// <summary>One page of a list: at most 20, as AWS Organizations has it.</summary>
internal sealed record OrganizationPage<T>(IReadOnlyList<T> Items, string? Next)
{
    private const int Maximum = 20;

    public static (OrganizationPage<T>? Page, ServiceError? Error) Of(OperationCall call, string operation, string question, IReadOnlyList<T> all, PageTokens tokens)
    {
        var size = call.Number("MaxResults") ?? Maximum;
        if (size is < 1 or > Maximum)
        {
            return (null, new ServiceError("InvalidInputException", $"You specified an invalid value: MaxResults must be between 1 and {Maximum}."));
        }

        var sealedQuestion = $"{operation}/{call.Caller.AccountId}/{question}";
        var start = 0;
        if (call.Text("NextToken") is { } token && (!tokens.TryRead(sealedQuestion, token, out start) || start > all.Count))
        {
            return (null, new ServiceError("InvalidInputException", "You specified an invalid value: the NextToken is not one that this operation gave."));
        }

        var items = all.Skip(start).Take((int)size).ToArray();
        var end = start + items.Length;
        return (new OrganizationPage<T>(items, end < all.Count ? tokens.Issue(sealedQuestion, end) : null), null);
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
