namespace CentralOps.Aws.Models;

/// <summary>AWS's wire protocols.</summary>
public enum ProtocolKind
{
    AwsQuery,
    Ec2Query,
    AwsJson10,
    AwsJson11,
    RestJson1,
    RestXml,
    RpcV2Cbor,
}
