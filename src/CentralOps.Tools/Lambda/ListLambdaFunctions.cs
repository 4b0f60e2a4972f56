using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Lambda;

/// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html</summary>
internal sealed class ListLambdaFunctions : ListingTool
{
    public override string Name => "list_lambda_functions";

    public override string Subject => "lambda";

    private protected override string Description =>
        "List Lambda functions in one AWS account and region: runtime, size, timeout, role, network, names of environment variables. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1", "limit": 50}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new ChoiceArgument("function_version", "ALL lists every published version too; left out, only $LATEST.", "ALL") { Member = "FunctionVersion" },
    ];

    private protected override Resource Resource { get; } = new("function", "lambda:ListFunctions", "Functions")
    {
        Fields = LambdaFields.Configuration(""),
        PageSize = (1, 50),
        Words = LambdaFields.Words,
    };
}
