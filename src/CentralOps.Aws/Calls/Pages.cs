using System.Runtime.CompilerServices;
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
        if (call.Operation.Pagination is not null && PageTokens.For(call.Operation) is null)
        {
            throw new ArgumentException($"{call.Operation} pages by a token that is a structure. Call it page by page, with the member that its last answer names.", nameof(call));
        }

        var input = call.Input;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var into = page();
            var answer = await client.CallAsync(call with { Input = input }, into, cancellationToken);
            var repeated = answer.Succeeded && into.NextTokens.Count > 0 && !tokens.Add(string.Join('\0', into.NextTokens));
            yield return new AwsPage(repeated ? answer with { Failure = Repeated(call) } : answer, into);
            if (!answer.Succeeded || repeated || NextPage.Of(call.Operation, input, into) is not { } next)
            {
                yield break;
            }

            input = next;
        }
    }

    private static AwsFailure Repeated(AwsCall call) =>
        Failures.Of(call, FailureKind.Server, "RepeatedNextToken", "The next page of the answer is one that was read before.");
}

/// <summary>One page: how its call ended, and where its answer lies.</summary>
public readonly record struct AwsPage(AwsAnswer Answer, Transcription Page);
