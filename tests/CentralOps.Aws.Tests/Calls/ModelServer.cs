using System.Diagnostics.CodeAnalysis;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>A tiny AWS made of the server halves: checks the signature, finds the service by its scope, reads the input, writes what it is told.</summary>
internal sealed class ModelServer(TimeProvider time) : IAccessKeys
{
    private readonly Dictionary<string, Func<AwsInput, object>> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessKey> _keys = new(StringComparer.Ordinal);

    public void Add(AccessKey key) => _keys[key.Id] = key;

    /// <summary>The operation answers with this JSON.</summary>
    public void On(string operation, Func<string, string> answer) =>
        _operations[operation] = input => new AwsOutput(Encoding.UTF8.GetBytes(answer(Encoding.UTF8.GetString(input.Json.Span))));

    /// <summary>The operation answers with an <see cref="AwsOutput"/> or a <see cref="WireError"/>.</summary>
    public void On(string operation, Func<AwsInput, object> answer) => _operations[operation] = answer;

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key) => _keys.TryGetValue(accessKeyId, out key);

    public Task AnswerAsync(LoopbackExchange exchange)
    {
        var response = Answer(exchange.Request);
        var headers = response.Headers.Append(new("Date", time.GetUtcNow().ToString("r"))).Select(header => (header.Key, header.Value));
        return exchange.AnswerAsync(response.Status, Encoding.UTF8.GetString(response.Body.Span), [.. headers]);
    }

    private WireResponse Answer(WireRequest request)
    {
        var verdict = SignatureV4.Verify(request, this, time.GetUtcNow(), new SignatureRules());
        var service = ModelLibrary.Service(verdict.Service);
        var protocol = WireProtocols.For(service.Protocol);
        if (!verdict.Accepted)
        {
            return protocol.WriteError(service, null, SignatureErrors.For(verdict, service.Protocol, verdict.Service), "request-0");
        }

        var operation = protocol.Match(service, request) ?? throw new InvalidOperationException("No operation matches.");
        return _operations[operation.Name](protocol.ReadRequest(operation, request)) switch
        {
            WireError error => protocol.WriteError(service, operation, error, "request-1"),
            AwsOutput output => protocol.WriteResponse(operation, output, "request-1"),
            _ => throw new InvalidOperationException("Neither an output nor an error."),
        };
    }
}
