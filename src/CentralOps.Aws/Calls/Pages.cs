using System.Runtime.CompilerServices;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Calls;

/// <summary>An operation's pages, one after the other, as its model says that it pages.</summary>
public static class Pages
{
    /// <summary>
    /// Calls the operation until there is no next page; each page lies in a transcription of its own. Ends after a page that failed, and
    /// with a failure when AWS hands out a token again that led here before: that list would have no end.
    /// </summary>
    /// <param name="page">Makes the transcription of a page, with the projection of the caller.</param>
    public static async IAsyncEnumerable<AwsPage> PagesAsync(
        this AwsClient client, AwsCall call, Func<Transcription> page, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (call.Operation.Pagination is not null && TokenCapture.For(call.Operation) is null)
        {
            throw new ArgumentException($"{call.Operation} does not page by one token. Call it page by page, with the members that its last answer names.", nameof(call));
        }

        var input = call.Input;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var into = page();
            var answer = await client.CallAsync(call with { Input = input }, into, cancellationToken);
            var repeated = answer.Succeeded && into.NextToken is { } token && !tokens.Add(token);
            yield return new AwsPage(repeated ? answer with { Failure = Repeated(call) } : answer, into);
            if (!answer.Succeeded || repeated || into.NextToken is not { } next)
            {
                yield break;
            }

            input = input with { Json = WithToken(call, next) };
        }
    }

    private static AwsFailure Repeated(AwsCall call) =>
        Failures.Of(call, FailureKind.Server, "RepeatedNextToken", "The next page of the answer is one that was read before.");

    /// <summary>The caller's own members, and the token in place of any that was there.</summary>
    private static byte[] WithToken(AwsCall call, string token)
    {
        if (call.Operation.Pagination is not { InputTokens: [var member, ..] })
        {
            throw new ArgumentException($"The model of {call.Operation} does not say where its next page's token goes.", nameof(call));
        }

        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        using (var given = JsonDocument.Parse(call.Input.Json.IsEmpty ? "{}"u8.ToArray() : call.Input.Json))
        {
            writer.WriteStartObject();
            foreach (var property in given.RootElement.EnumerateObject())
            {
                if (!property.NameEquals(member))
                {
                    property.WriteTo(writer);
                }
            }

            WriteToken(writer, call.Operation, member, token);
            writer.WriteEndObject();
        }

        return json.ToArray();
    }

    /// <summary>As the member's type has it: a few services page by number.</summary>
    private static void WriteToken(Utf8JsonWriter writer, OperationModel operation, string member, string token)
    {
        var kind = operation.Input?.FindMember(member)?.Shape.Kind;
        writer.WritePropertyName(member);
        if (kind is ShapeKind.Integer or ShapeKind.Long)
        {
            writer.WriteRawValue(token);
            return;
        }

        writer.WriteStringValue(token);
    }
}

/// <summary>One page: how its call ended, and where its answer lies.</summary>
public readonly record struct AwsPage(AwsAnswer Answer, Transcription Page);
