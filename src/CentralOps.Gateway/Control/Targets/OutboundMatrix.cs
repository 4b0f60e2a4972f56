namespace CentralOps.Gateway.Control.Targets;

/// <summary>How a gateway may show itself to a target: the columns of §1.4's table.</summary>
internal enum OutboundCell
{
    None,
    GatewayIamRole,
    CallerIam,
    OAuthClientCredentials,
    OAuthAuthorizationCode,
    OAuthTokenExchange,
    JwtPassthrough,
    ApiKey,
}

/// <summary>Which outbound credentials a kind of target takes.</summary>
internal static class OutboundMatrix
{
    private static readonly OutboundCell[] Role = [OutboundCell.GatewayIamRole];

    private static readonly OutboundCell[] NoneOrRole = [OutboundCell.None, OutboundCell.GatewayIamRole];

    private static readonly OutboundCell[] McpServer =
    [
        OutboundCell.None, OutboundCell.GatewayIamRole, OutboundCell.OAuthClientCredentials, OutboundCell.OAuthAuthorizationCode, OutboundCell.OAuthTokenExchange, OutboundCell.ApiKey,
    ];

    private static readonly OutboundCell[] GuidesMcpServer = [OutboundCell.None, OutboundCell.OAuthClientCredentials];

    /// <summary>The cells that are allowed, in the table's order.</summary>
    public static IReadOnlyList<OutboundCell> Allowed(TargetKind kind, OutboundMatrixVersion version) => (kind, version) switch
    {
        (TargetKind.Lambda, _) => Role,
        (TargetKind.McpServer, OutboundMatrixVersion.Guide) => GuidesMcpServer,
        (TargetKind.McpServer, _) => McpServer,

        // Nothing goes out to tools in this process; AWS's connectors take the role, and scripts for them pass it.
        _ => NoneOrRole,
    };

    /// <summary>In the API's words.</summary>
    public static string Words(OutboundCell cell) => cell switch
    {
        OutboundCell.None => "no credential provider",
        OutboundCell.GatewayIamRole => "GATEWAY_IAM_ROLE",
        OutboundCell.CallerIam => "CALLER_IAM_CREDENTIALS",
        OutboundCell.OAuthClientCredentials => "OAUTH with grant type CLIENT_CREDENTIALS",
        OutboundCell.OAuthAuthorizationCode => "OAUTH with grant type AUTHORIZATION_CODE",
        OutboundCell.OAuthTokenExchange => "OAUTH with grant type TOKEN_EXCHANGE",
        OutboundCell.JwtPassthrough => "JWT_PASSTHROUGH",
        _ => "API_KEY",
    };
}
