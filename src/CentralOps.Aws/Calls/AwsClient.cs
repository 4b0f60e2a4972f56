using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Protocols.RestXml;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>Calls any operation of any service: serialize, sign, send, retry, transcode. Safe for concurrent use.</summary>
public sealed class AwsClient(HttpMessageInvoker http, EndpointResolver endpoints, TimeProvider time, AwsClientOptions options)
{
    private readonly UserAgent _userAgent = new(options.ApplicationId);
    private readonly RetryQuotas _quotas = new();
    private readonly ClockOffset _clock = new(time);

    /// <summary>Makes the call. Expected failures come back as values; only cancellation and a call that does not fit the model throw.</summary>
    /// <param name="into">Receives the answer of the attempt that succeeded, whole, or nothing.</param>
    public Task<AwsAnswer> CallAsync(AwsCall call, Transcription into, CancellationToken cancellationToken) => EventStream.MemberOf(call.Operation.Output) is null
        ? SendAsync(call, into, stream: null, cancellationToken)
        : throw new InputException($"{call.Operation} answers with a stream of events, not with one answer. Call {nameof(StreamAsync)}.");

    /// <summary>Makes a call whose answer is a stream of events; the same as <see cref="CallAsync"/> until the answer begins.</summary>
    public async Task<AwsStream> StreamAsync(AwsCall call, CancellationToken cancellationToken)
    {
        if (EventStream.MemberOf(call.Operation.Output) is null)
        {
            throw new InputException($"{call.Operation} answers with one answer, not with a stream of events. Call {nameof(CallAsync)}.");
        }

        var stream = new AwsStream(call, call.AttemptTimeout ?? options.AttemptTimeout, time);
        stream.Answer = await SendAsync(call, into: null, stream, cancellationToken);
        return stream;
    }

    private async Task<AwsAnswer> SendAsync(AwsCall call, Transcription? into, AwsStream? stream, CancellationToken cancellationToken)
    {
        var timeout = call.AttemptTimeout ?? options.AttemptTimeout;

        // 1. Where does the service answer?
        Endpoint endpoint;
        try
        {
            endpoint = endpoints.Resolve(call.Operation.Service, call.Region);
        }
        catch (EndpointException nowhere)
        {
            var code = nowhere.Problem == EndpointProblem.Region ? NetworkCodes.InvalidRegion : NetworkCodes.InvalidEndpointSetting;
            return new AwsAnswer(Failures.Of(call, FailureKind.Validation, code, nowhere.Message), RequestId: null, Attempts: 0);
        }

        // 2. Write the request, once: every attempt sends the same bytes, and with them the same idempotency token.
        var prepared = Prepare(call, endpoint, timeout);

        // 3. Send it until it succeeds, another attempt would be no use, or the attempts or the quota are used up.
        var retries = new RetryLoop(call, _quotas.For(prepared.Url.Authority, call.Credentials.AccessKeyId), options, time);
        var (throttled, begunAt) = (false, time.GetTimestamp());
        while (true)
        {
            var (pass, outcome) = await PassAsync(prepared, into, stream, throttled, begunAt, cancellationToken);
            if (pass.Code is { } code)
            {
                return new AwsAnswer(Failures.Of(call, FailureKind.Throttling, code, pass.Message ?? ""), RequestId: null, retries.Sent);
            }

            if (outcome.RequestId is { } answered)
            {
                call.Answered?.Invoke(answered);
            }

            if (outcome.Failure is null)
            {
                retries.Succeeded();
                return new AwsAnswer(Failure: null, outcome.RequestId, retries.Sent);
            }

            var renewed = outcome.KeysExpired ? await RenewAsync(prepared.Call, cancellationToken) : null;
            var moved = !string.Equals(outcome.BucketRegion, prepared.Scope.Region, StringComparison.Ordinal) ? outcome.BucketRegion : null;
            if (!await retries.GoesOnAsync(outcome, renewed is not null, moved is not null, cancellationToken))
            {
                return new AwsAnswer(outcome.Failure, outcome.RequestId, retries.Sent);
            }

            throttled = outcome.RateLimited;
            prepared = renewed is null ? prepared : prepared with { Call = prepared.Call with { Credentials = renewed, Renewal = null } };
            prepared = moved is null ? prepared : Prepare(prepared.Call, endpoints.Resolve(call.Operation.Service, moved), timeout);
        }
    }

    /// <summary>New keys for expired ones; null when there are none, or when they cannot be had now: then AWS's own words tell more.</summary>
    private static async ValueTask<AwsCredentials?> RenewAsync(AwsCall call, CancellationToken cancellationToken)
    {
        if (call.Renewal is not { } source)
        {
            return null;
        }

        try
        {
            var renewed = await source.RenewAsync(call.Credentials, cancellationToken);
            return renewed is null || renewed == call.Credentials ? null : renewed;
        }
        catch (CredentialException)
        {
            return null;
        }
    }

    private PreparedCall Prepare(AwsCall call, Endpoint endpoint, TimeSpan timeout)
    {
        var service = call.Operation.Service;
        var request = new WireRequest();
        var protocol = WireProtocols.For(service.Protocol);
        protocol.WriteRequest(call.Operation, call.Input, request);
        var url = RequestTarget.Place(request, BucketAddress.Place(call.Operation, request, endpoint));
        request.Headers.Set("User-Agent", _userAgent.For(call.RequestId));
        return new PreparedCall(call, protocol, request, url, new SigningScope(endpoint.SigningRegion, endpoint.SigningName ?? service.SigningName), timeout);
    }

    /// <summary>One attempt, when the call's gate lets it through.</summary>
    private async ValueTask<(CallPass Pass, Outcome Outcome)> PassAsync(
        PreparedCall prepared, Transcription? into, AwsStream? stream, bool throttled, long begunAt, CancellationToken cancellationToken)
    {
        if (prepared.Call.Gate is not { } gate)
        {
            return (default, await AttemptAsync(prepared, into, stream, cancellationToken));
        }

        var pass = await gate.EnterAsync(prepared.Call, prepared.Scope.Region, throttled, begunAt, cancellationToken);
        if (pass.Lease is not { } lease)
        {
            return (pass, default);
        }

        var (end, retryAfter) = (CallEnd.Unanswered, (TimeSpan?)null);
        try
        {
            var outcome = await AttemptAsync(prepared, into, stream, cancellationToken);
            end = outcome.RateLimited ? CallEnd.Throttled : outcome.Failure is { Status: 0 } ? CallEnd.Unanswered : CallEnd.Answered;
            retryAfter = outcome.RateLimited ? Backoff.Asked(outcome.Headers, time.GetUtcNow()) : null;
            return (pass, outcome);
        }
        finally
        {
            lease.Leave(end, retryAfter);
        }
    }

    private async Task<Outcome> AttemptAsync(PreparedCall prepared, Transcription? into, AwsStream? stream, CancellationToken cancellationToken)
    {
        var (call, protocol, request, url, scope, timeout) = prepared;
        using var attemptEnds = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attemptEnds.Token, cancellationToken);
        var signedAt = _clock.Now;
        if (!call.Operation.Unsigned)
        {
            SignatureV4.Sign(request, call.Credentials, scope, signedAt);
        }

        try
        {
            var exchange = await HttpExchange.SendAsync(http, request, url, options.MaxResponseBytes, stream is not null, either.Token);
            if (exchange.Stream is not null)
            {
                stream!.Begin(exchange, url);
                return Outcome.Success(Failures.RequestIdOf(exchange.Response));
            }

            using var whole = exchange;
            if (exchange.TooLarge)
            {
                return Outcome.Of(call, NetworkFailure.TooLarge(url.Authority, options.MaxResponseBytes), exchange.Response);
            }

            return protocol.IsError(call.Operation, exchange.Response)
                ? Refused(call, protocol.ReadError(call.Operation, exchange.Response), exchange.Response, signedAt)
                : Read(call, protocol, exchange.Response, into!, url);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The attempt's own end, or the transport's limit for connecting.
            return Outcome.Of(
                call,
                attemptEnds.IsCancellationRequested
                    ? NetworkFailure.TimedOut(url.Authority, timeout)
                    : new NetworkFailure(NetworkCodes.TimedOut, $"{url.Authority} did not take the connection in time.", Again: true));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return Outcome.Of(call, NetworkFailure.From(fault, url.Authority));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
    }

    /// <summary>Transcribes aside first: an answer that breaks off or is malformed must not leave half of itself behind.</summary>
    private static Outcome Read(AwsCall call, WireProtocol protocol, WireResponse response, Transcription into, Uri url)
    {
        using var aside = new PooledBufferWriter(Math.Max(1024, response.Body.Length / 2));
        var page = into.Aside(aside);
        try
        {
            protocol.ReadResponse(call.Operation, response, page);
        }
        catch (WireFormatException malformed)
        {
            return Outcome.Of(call, NetworkFailure.Malformed(url.Authority, malformed.Message), response);
        }

        // The blob lies in the pooled body, which goes back.
        into.Accept(page, aside.Written.Span, page.Blob.ToArray());
        return Outcome.Success(Failures.RequestIdOf(response));
    }

    private Outcome Refused(AwsCall call, WireError error, WireResponse response, DateTimeOffset signedAt)
    {
        var failure = Failures.Of(call, error, response);
        return new Outcome(failure, failure.RequestId)
        {
            Headers = response.Headers,
            Again = failure.Kind == FailureKind.Throttling || ErrorKinds.IsTransient(error.Code, error.Status),
            BucketRegion = S3.Redirects(error, response) ? error.BucketRegion : null,
            ClockCorrected = _clock.Corrects(error.Code, response.Headers, signedAt),
        };
    }

    private sealed record PreparedCall(AwsCall Call, WireProtocol Protocol, WireRequest Request, Uri Url, SigningScope Scope, TimeSpan Timeout);
}
