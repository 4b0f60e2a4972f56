using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.AwsJson;
using CentralOps.Aws.Protocols.AwsQuery;
using CentralOps.Aws.Protocols.Ec2Query;
using CentralOps.Aws.Protocols.RestJson;
using CentralOps.Aws.Protocols.RestXml;
using CentralOps.Aws.Protocols.RpcV2Cbor;
using CentralOps.Aws.Protocols.Scalars;

namespace CentralOps.Aws.Protocols;

/// <summary>The protocols by kind.</summary>
public static class WireProtocols
{
    private static readonly AwsQueryProtocol AwsQuery = new(IdempotencyTokens.New);
    private static readonly Ec2QueryProtocol Ec2Query = new(IdempotencyTokens.New);
    private static readonly AwsJsonProtocol AwsJson10 = new(ProtocolKind.AwsJson10, IdempotencyTokens.New);
    private static readonly AwsJsonProtocol AwsJson11 = new(ProtocolKind.AwsJson11, IdempotencyTokens.New);
    private static readonly RestJson1Protocol RestJson1 = new(IdempotencyTokens.New);
    private static readonly RestXmlProtocol RestXml = new(IdempotencyTokens.New);
    private static readonly RpcV2CborProtocol RpcV2Cbor = new(IdempotencyTokens.New);

    public static WireProtocol For(ProtocolKind kind) => kind switch
    {
        ProtocolKind.AwsQuery => AwsQuery,
        ProtocolKind.Ec2Query => Ec2Query,
        ProtocolKind.AwsJson10 => AwsJson10,
        ProtocolKind.AwsJson11 => AwsJson11,
        ProtocolKind.RestJson1 => RestJson1,
        ProtocolKind.RestXml => RestXml,
        ProtocolKind.RpcV2Cbor => RpcV2Cbor,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such protocol."),
    };

    /// <summary>A protocol whose idempotency tokens come from <paramref name="newToken"/>, so that a request can be repeated to the byte.</summary>
    public static WireProtocol For(ProtocolKind kind, Func<string> newToken) => kind switch
    {
        ProtocolKind.AwsQuery => new AwsQueryProtocol(newToken),
        ProtocolKind.Ec2Query => new Ec2QueryProtocol(newToken),
        ProtocolKind.AwsJson10 or ProtocolKind.AwsJson11 => new AwsJsonProtocol(kind, newToken),
        ProtocolKind.RestJson1 => new RestJson1Protocol(newToken),
        ProtocolKind.RestXml => new RestXmlProtocol(newToken),
        ProtocolKind.RpcV2Cbor => new RpcV2CborProtocol(newToken),
        _ => For(kind),
    };
}
