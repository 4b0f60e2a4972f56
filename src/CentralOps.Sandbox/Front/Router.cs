using System.Collections.Frozen;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Front;

/// <summary>Which service a request is for, and in which of its protocols it speaks.</summary>
internal sealed class Router(params IReadOnlyList<Service> services)
{
    private readonly FrozenDictionary<string, Service> _bySigningName =
        services.ToFrozenDictionary(service => service.Model.SigningName, StringComparer.Ordinal);

    /// <summary>By the credential scope; where it names nothing that is served, by what else the request shows.</summary>
    public Service? Find(string scopeService, WireRequest request) =>
        _bySigningName.TryGetValue(scopeService, out var service) ? service : scopeService.Length == 0 ? Guess(request) : null;

    /// <summary>The protocol of the request's form among those that the service answers.</summary>
    public static WireProtocol Protocol(ServiceModel model, WireRequest request)
    {
        if (model.Protocols.Count == 1)
        {
            return WireProtocols.For(model.Protocol);
        }

        var form = Form(request);
        return WireProtocols.For(model.Protocols.Contains(form) ? form : model.Protocol);
    }

    /// <summary>The operation's name as the request gives it, for errors about one that does not exist.</summary>
    public static string? NameOf(WireRequest request)
    {
        if (request.Headers.Find("X-Amz-Target") is { } target)
        {
            return target[(target.LastIndexOf('.') + 1)..];
        }

        return Parameter(request.Query, "Action") ?? Parameter(Encoding.UTF8.GetString(request.Body.Span[..Math.Min(request.Body.Length, 512)]), "Action");
    }

    /// <summary>The protocol whose form a request has, whatever service it is for.</summary>
    public static ProtocolKind Form(WireRequest request)
    {
        if (request.Headers.Find("Smithy-Protocol") is "rpc-v2-cbor")
        {
            return ProtocolKind.RpcV2Cbor;
        }

        var type = request.Headers.Find("Content-Type") ?? "";
        return (request.Headers.Find("X-Amz-Target"), type.Split(';')[0].Trim()) switch
        {
            (not null, "application/x-amz-json-1.0") => ProtocolKind.AwsJson10,
            (not null, _) => ProtocolKind.AwsJson11,
            (_, "application/x-www-form-urlencoded") => ProtocolKind.AwsQuery,
            _ => ProtocolKind.RestJson1,
        };
    }

    private Service? Guess(WireRequest request)
    {
        var host = request.Headers.Find("Host") ?? "";
        var target = request.Headers.Find("X-Amz-Target");
        var name = NameOf(request) ?? "";
        return services.FirstOrDefault(service => host.StartsWith(service.Model.EndpointPrefix + ".", StringComparison.OrdinalIgnoreCase))
            ?? services.FirstOrDefault(service => target is not null && service.Model.TargetPrefix is { } prefix && target.StartsWith(prefix, StringComparison.Ordinal))
            ?? services.FirstOrDefault(service => service.TryFind(name, out _))
            // S3's paths fit nearly everything: whoever serves such a request without a signature is asked first.
            ?? services.FirstOrDefault(service => MatchedBy(service, request) is { } operation && service.TryFind(operation.Name, out var handler) && handler.IsUnsigned)
            ?? services.FirstOrDefault(service => MatchedBy(service, request) is not null);
    }

    private static OperationModel? MatchedBy(Service service, WireRequest request) => WireProtocols.For(service.Model.Protocol).Match(service.Model, request);

    private static string? Parameter(string form, string name)
    {
        foreach (var pair in form.Split('&'))
        {
            if (pair.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair[(name.Length + 1)..]);
            }
        }

        return null;
    }
}
