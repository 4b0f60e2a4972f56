using System.Collections.Concurrent;
using System.Net;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Callers;

/// <summary>
/// Asks AWS whose a presigned GetCallerIdentity is. One question for each URL at a time, answers of either kind kept until the URL expires, and never more
/// questions in a second than are set: what anybody sends costs STS nothing beyond that.
/// </summary>
internal sealed class AwsIdentities(AwsIdentityOptions options, string gatewayId, TimeProvider time)
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MaxRemembered = 10_000;

    private readonly RecentCache<Answer> _known = new(MaxRemembered);
    private readonly ConcurrentDictionary<CredentialDigest, Lazy<Task<Answer>>> _asking = new();
    private readonly QuestionRate _rate = new(options.MaxQuestionsPerSecond, time);

    public async ValueTask<Admission> AdmitAsync(PresignedUrl url, CredentialDigest digest, CancellationToken cancellationToken)
    {
        if (_known.Find(digest) is { } known && time.GetUtcNow() < known.Until)
        {
            return known.Admission;
        }

        var asked = _asking.GetOrAdd(digest, _ => new(() => AskAsync(url, digest)));
        return (await asked.Value.WaitAsync(cancellationToken)).Admission;
    }

    // Others may wait for it too: nobody's cancellation ends it, its own time does.
    private async Task<Answer> AskAsync(PresignedUrl url, CredentialDigest digest)
    {
        try
        {
            if (!_rate.TryTake())
            {
                return new(new(McpError.TooManyIdentities), default);
            }

            using var deadline = new CancellationTokenSource(options.Timeout, time);
            var answer = await JudgeAsync(url, deadline.Token);
            if (answer.Until > time.GetUtcNow())
            {
                _known.Keep(digest, answer);
            }

            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(new(McpError.StsAway), default);
        }
        finally
        {
            _asking.TryRemove(digest, out _);
        }
    }

    private async Task<Answer> JudgeAsync(PresignedUrl url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.StsEndpoint.GetLeftPart(UriPartial.Authority)}/?{url.Query}");
        request.Headers.TryAddWithoutValidation(PresignedIdentity.GatewayHeader, gatewayId);
        request.Headers.TryAddWithoutValidation("Accept", "application/xml");
        using var response = await options.Http.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            return new(new(McpError.Unauthenticated("AWS did not accept the presigned GetCallerIdentity: sign it anew, for this gateway's id.")), url.Expires);
        }

        if (response.StatusCode != HttpStatusCode.OK || await ReadAsync(response.Content, cancellationToken) is not { } body || StsAnswer.Read(body) is not { } identity)
        {
            return new(new(McpError.StsAway), default);
        }

        return await options.AdmitsAccount(identity.Account, cancellationToken)
            ? new(new(new Caller(identity.Arn, CallerKind.Iam)), url.Expires)
            : new(new(McpError.Unauthenticated($"AccessDeniedException: account {identity.Account} does not belong to the organization of this gateway.")), url.Expires);
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswerBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxAnswerBytes ? null : buffer[..read];
    }

    /// <param name="Until">Not kept where it is over.</param>
    private sealed record Answer(Admission Admission, DateTimeOffset Until);
}
