using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Lambda;

/// <summary>The functions of an account in a region; Lambda never lists more than 50 at a time, whatever is asked.</summary>
internal sealed class ListFunctions(FunctionCatalog functions, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = new()
    {
        Limit = "MaxItems",
        Token = "Marker",
        Default = 50,
        Max = 50,
        Clamps = true,
        BadLimit = static asked => new("ValidationException", $"1 validation error detected: Value '{asked}' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1"),
        BadToken = new("InvalidParameterValueException", "The marker is not one that this operation gave."),
    };

    public override string Name => "ListFunctions";

    public override string Action => "lambda:ListFunctions";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (call.Text("FunctionVersion") is { } version && version is not "ALL")
        {
            return new(new ServiceError("ValidationException", $"1 validation error detected: Value '{version}' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]"));
        }

        var (account, region) = (call.Caller.AccountId, call.Region);
        var (page, error) = Page<LambdaFunction>.Of(call, Pages, Name, functions.All(account, region), tokens);
        return new(page is null
            ? error!
            : new JsonObject
            {
                ["Functions"] = JsonList.Of(page.Items, function => FunctionShape.Of(function, new FunctionName(region, account, function.Name, null).Arn)),
                ["NextMarker"] = page.Next,
            });
    }
}
