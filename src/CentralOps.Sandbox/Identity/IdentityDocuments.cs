using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// The policies of the organization's roles and of its operator, as IAM would show them. Roles of the same kind share one read
/// document, however many accounts there are.
/// </summary>
internal static class IdentityDocuments
{
    public static PolicyDocument ServiceTrust(string service) => PolicyReader.Read(
        $$"""
        {
          "Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Principal": {"Service": "{{service}}"}, "Action": "sts:AssumeRole"}]
        }
        """,
        PolicyKind.Trust);

    /// <summary>Who may come into a member account: the functions, and the operator by hand.</summary>
    public static PolicyDocument TargetTrust { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "CentralOps",
              "Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
              "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
              "Condition": {
                "ArnEquals": {
                  "aws:PrincipalArn": [
                    "arn:aws:iam::111111111111:role/CentralOpsLambdaRole",
                    "arn:aws:iam::111111111111:user/Operator"
                  ]
                }
              }
            }
          ]
        }
        """,
        PolicyKind.Trust);

    /// <summary>What one may do there: read.</summary>
    public static PolicyDocument TargetRead { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Read",
              "Effect": "Allow",
              "Action": [
                "account:Get*", "account:List*", "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "ec2:Describe*",
                "ecs:Describe*", "ecs:List*", "eks:Describe*", "eks:List*", "iam:Get*", "iam:List*", "iam:Simulate*",
                "lambda:Get*", "lambda:List*", "rds:Describe*", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:List*", "tag:Get*"
              ],
              "Resource": "*"
            }
          ]
        }
        """,
        PolicyKind.Identity);

    /// <summary>Beside it in the delegated administrator's account: the organization itself.</summary>
    public static PolicyDocument OrganizationRead { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Sid": "Organization", "Effect": "Allow", "Action": ["organizations:Describe*", "organizations:List*"], "Resource": "*"}
          ]
        }
        """,
        PolicyKind.Identity);

    public static PolicyDocument AssumeTargetRoles { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "WayIn",
              "Effect": "Allow",
              "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
              "Resource": "arn:aws:iam::*:role/CentralOpsTargetRole"
            }
          ]
        }
        """,
        PolicyKind.Identity);

    public static PolicyDocument InvokeGateway { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Gateway",
              "Effect": "Allow",
              "Action": "bedrock-agentcore:InvokeGateway",
              "Resource": "arn:aws:bedrock-agentcore:*:111111111111:gateway/*"
            }
          ]
        }
        """,
        PolicyKind.Identity);

    /// <summary>Ask a model of Amazon Bedrock, by itself or through an inference profile.</summary>
    public static PolicyDocument InvokeModels { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Models",
              "Effect": "Allow",
              "Action": ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
              "Resource": ["arn:aws:bedrock:*::foundation-model/*", "arn:aws:bedrock:*:111111111111:*inference-profile/*"]
            }
          ]
        }
        """,
        PolicyKind.Identity);

    public static PolicyDocument InvokeFunctions { get; } = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Invoke",
              "Effect": "Allow",
              "Action": ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"],
              "Resource": "arn:aws:lambda:*:111111111111:function:central-ops-*"
            }
          ]
        }
        """,
        PolicyKind.Identity);
}
