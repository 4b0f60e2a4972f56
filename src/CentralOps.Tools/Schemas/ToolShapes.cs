using System.Text.Json.Serialization;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Ec2;
using CentralOps.Tools.Organization;

namespace CentralOps.Tools.Schemas;

/// <summary>The records that schemas are made of. Our own names are snake_case; AWS's things say their AWS names themselves.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccountRefusalShape))]
[JsonSerializable(typeof(PlainRefusalShape))]
[JsonSerializable(typeof(DescribeEc2InstancesArguments))]
[JsonSerializable(typeof(DescribeEc2InstancesAnswer))]
[JsonSerializable(typeof(ListAccountsArguments))]
[JsonSerializable(typeof(ListAccountsAnswer))]
internal sealed partial class ToolShapes : JsonSerializerContext;
