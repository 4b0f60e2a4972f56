using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Lambda;

internal sealed class GetFunction(FunctionCatalog functions) : FunctionOperation(functions)
{
    public override string Name => "GetFunction";

    protected override OperationAnswer Answer(FunctionName name, LambdaFunction function)
    {
        var answer = new JsonObject { ["Configuration"] = FunctionShape.Of(function, name.QualifiedArn), ["Code"] = FunctionShape.Code(function, name) };
        if (function.Tags.Count > 0)
        {
            answer["Tags"] = JsonList.Map(function.Tags);
        }

        if (function.ReservedConcurrency is { } reserved)
        {
            answer["Concurrency"] = new JsonObject { ["ReservedConcurrentExecutions"] = reserved };
        }

        return answer;
    }
}

internal sealed class GetFunctionConfiguration(FunctionCatalog functions) : FunctionOperation(functions)
{
    public override string Name => "GetFunctionConfiguration";

    protected override OperationAnswer Answer(FunctionName name, LambdaFunction function) => FunctionShape.Of(function, name.QualifiedArn);
}

/// <summary>The tags of a function, which is named by its whole ARN.</summary>
internal sealed class ListTags(FunctionCatalog functions) : FunctionOperation(functions)
{
    public override string Name => "ListTags";

    protected override bool TryParse(OperationCall call, out FunctionName? name) => FunctionName.TryParseArn(call.Text("Resource"), out name);

    protected override OperationAnswer Answer(FunctionName name, LambdaFunction function) => new JsonObject { ["Tags"] = JsonList.Map(function.Tags) };
}
