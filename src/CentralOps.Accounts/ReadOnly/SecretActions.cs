namespace CentralOps.Accounts.ReadOnly;

/// <summary>
/// The IAM actions whose purpose is a secret or a credential (<see cref="OperationClass.SecretRead"/>), over all of AWS: what a session is denied whose calls
/// nobody can classify beforehand. By actions and not by operations, because IAM judges those; judged one by one, in the fewest patterns that hold nothing else.
/// </summary>
/// <remarks>
/// Most of them are in no managed policy for readers. They are denied all the same: an explicit deny also stops a resource policy that names the session.
/// </remarks>
public static class SecretActions
{
    /// <summary>Action names, <c>*</c> at the end of some; ordered, no quotes in them.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        "acm:ExportCertificate",
        "airflow:Create*Token",
        "appsync:ListApiKeys",
        "bedrock-agentcore:GetResource*",
        "bedrock-agentcore:GetWorkloadAccessToken*",
        "codeartifact:GetAuthorizationToken",
        "cognito-identity:GetCredentialsForIdentity",
        "cognito-identity:GetOpenIdToken*",
        "cognito-idp:DescribeUserPoolClient",
        "cognito-idp:ListUserPoolClientSecrets",
        "connect:GetFederationToken",
        "datazone:GetEnvironmentCredentials",
        "ec2:ExportClientVpnClientConfiguration",
        "ec2:GetPasswordData",
        "ecr-public:GetAuthorizationToken",
        "ecr:GetAuthorizationToken",
        "elasticmapreduce:GetClusterSessionCredentials",
        "finspace-api:GetProgrammaticAccessCredentials",
        "gamelift:GetComputeA*",
        "gamelift:GetInstanceAccess",
        "kms:Decrypt",
        "kms:DeriveSharedSecret",
        "kms:GenerateDataKey*",
        "lakeformation:GetTemporary*",
        "lightsail:CreateGUISessionAccessDetails",
        "lightsail:DownloadDefaultKeyPair",
        "lightsail:GetBucketAccessKeys",
        "lightsail:GetInstanceAccessDetails",
        "lightsail:GetRelationalDatabaseMasterUserPassword",
        "payment-cryptography:ExportKey",
        "pca-connector-scep:GetChallengePassword",
        "rds-db:connect",
        "redshift-serverless:GetCredentials",
        "redshift:GetClusterCredentials*",
        "redshift:GetIdentityCenterAuthToken",
        "route53domains:RetrieveDomainAuthCode",
        "s3:GetDataAccess",
        "s3express:CreateSession",
        "secretsmanager:BatchGetSecretValue",
        "secretsmanager:GetSecretValue",
        "snowball:GetJobManifest",
        "snowball:GetJobUnlockCode",
        "ssm:GetAccessToken",
        "ssm:GetParameter*",
        "sts:AssumeRole*",
        "sts:GetDelegatedAccessToken",
        "sts:GetFederationToken",
        "sts:GetSessionToken",
        "sts:GetWebIdentityToken",
        "wafv2:GetDecryptedAPIKey",
    ];
}
