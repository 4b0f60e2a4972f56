using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Lambda;

/// <summary>AWS's structure <c>FunctionConfiguration</c>.</summary>
internal static class FunctionShape
{
    public static JsonObject Of(LambdaFunction function, string arn)
    {
        var dice = new Dice(0, "function", arn);
        var shape = new JsonObject
        {
            ["FunctionName"] = function.Name,
            ["FunctionArn"] = arn,
            ["Description"] = function.Description,
            ["Role"] = function.RoleArn,
            ["CodeSize"] = function.CodeBytes,
            ["CodeSha256"] = Convert.ToBase64String(Convert.FromHexString(dice.Hex(64))),
            ["RevisionId"] = $"{dice.Hex(8)}-{dice.Hex(4)}-4{dice.Hex(3)}-8{dice.Hex(3)}-{dice.Hex(12)}",
            ["Timeout"] = function.TimeoutSeconds,
            ["MemorySize"] = function.MemoryMb,
            // Lambda writes a numeric offset here, and in no other place.
            ["LastModified"] = function.ModifiedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
            ["Version"] = "$LATEST",
            ["PackageType"] = function.Runtime is null ? "Image" : "Zip",
            ["Architectures"] = new JsonArray(function.Architecture),
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
            ["SnapStart"] = new JsonObject { ["ApplyOn"] = "None", ["OptimizationStatus"] = "Off" },
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = "/aws/lambda/" + function.Name },
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
        };
        if (function.Runtime is not null)
        {
            shape["Runtime"] = function.Runtime;
            shape["Handler"] = function.Handler;
        }

        if (function.Environment.Count > 0)
        {
            shape["Environment"] = new JsonObject { ["Variables"] = JsonList.Map(function.Environment.Select(static pair => new Tag(pair.Key, pair.Value))) };
        }

        if (function.VpcId is not null)
        {
            shape["VpcConfig"] = new JsonObject
            {
                ["VpcId"] = function.VpcId,
                ["SubnetIds"] = JsonList.Of(function.SubnetIds),
                ["SecurityGroupIds"] = JsonList.Of(function.GroupIds),
                ["Ipv6AllowedForDualStack"] = false,
            };
        }

        return shape;
    }

    /// <summary>Where the code lies: a URL that is good for ten minutes, and so a credential.</summary>
    public static JsonObject Code(LambdaFunction function, FunctionName name) => function.Runtime is null
        ? new JsonObject { ["RepositoryType"] = "ECR", ["ImageUri"] = $"{name.AccountId}.dkr.ecr.{name.Region}.amazonaws.com/{name.Name}:latest" }
        : new JsonObject
        {
            ["RepositoryType"] = "S3",
            ["Location"] = $"https://awslambda-{name.Region}-tasks.s3.{name.Region}.amazonaws.com/snapshots/{name.AccountId}/{name.Name}-{new Dice(0, "code", name.Arn).Hex(32)}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=600&X-Amz-Security-Token={HostileNames.SecretMark}{new Dice(0, "code-token", name.Arn).Base36(40)}",
        };
}
