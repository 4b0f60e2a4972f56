using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Lambda;

/// <summary>An operation that describes one function.</summary>
internal abstract class FunctionOperation(FunctionCatalog functions) : Operation
{
    public override string Action => "lambda:" + Name;

    public sealed override string Resource(OperationCall call) =>
        TryParse(call, out var name) ? name!.Arn : $"arn:aws:lambda:{call.Region}:{call.Caller.AccountId}:function:{call.Text("FunctionName")}";

    public sealed override ResourcePolicy? ResourcePolicy(OperationCall call) =>
        TryParse(call, out var name) && functions.TryFind(name!, out var function) ? new ResourcePolicy(name!.AccountId, function.Policy) : null;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (!TryParse(call, out var name))
        {
            return new(new ServiceError("ValidationException", $"1 validation error detected: Value '{call.Text("FunctionName") ?? call.Text("Resource")}' at 'functionName' failed to satisfy constraint: Member must be a function's name, partial ARN or ARN"));
        }

        if (!string.Equals(name!.Region, call.Region, StringComparison.Ordinal))
        {
            return new(new ServiceError("ResourceNotFoundException", $"Functions from '{name.Region}' are not reachable in this region ('{call.Region}')", 404));
        }

        return new(functions.TryFind(name, out var function) && name.Qualifier is null or "$LATEST"
            ? Answer(name, function!)
            : new ServiceError("ResourceNotFoundException", $"Function not found: {name.QualifiedArn}", 404));
    }

    protected virtual bool TryParse(OperationCall call, out FunctionName? name) => FunctionName.TryParse(call, out name);

    protected abstract OperationAnswer Answer(FunctionName name, LambdaFunction function);
}
