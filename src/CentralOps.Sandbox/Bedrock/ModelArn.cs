using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>What <c>bedrock:InvokeModel</c> is evaluated on: the foundation model, or the inference profile by which it is named.</summary>
internal static class ModelArn
{
    // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
    private static readonly string[] Geographies = ["us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca.", "global."];

    public static string Of(OperationCall call)
    {
        var id = call.Text("modelId") ?? "";
        if (id.StartsWith("arn:", StringComparison.Ordinal))
        {
            return id;
        }

        return Geographies.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal))
            ? $"arn:aws:bedrock:{call.Region}:{call.Caller.AccountId}:inference-profile/{id}"
            : $"arn:aws:bedrock:{call.Region}::foundation-model/{id}";
    }
}
