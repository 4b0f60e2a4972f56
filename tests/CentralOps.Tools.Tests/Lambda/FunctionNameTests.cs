using CentralOps.Tools.Lambda;

namespace CentralOps.Tools.Tests.Lambda;

public sealed class FunctionNameTests
{
    [Theory]
    [InlineData("prod-api-auth")]
    [InlineData("My_Function:PROD")]
    [InlineData("222222222222:function:thumbnail")]
    [InlineData("arn:aws-us-gov:lambda:us-gov-west-1:222222222222:function:thumbnail:$LATEST")]
    public void A_name_and_an_ARN_are_taken(string name) => FunctionName.Check(name).ShouldBeNull();

    [Theory]
    [InlineData("../2015-03-31/functions")]
    [InlineData("name?Qualifier=1")]
    [InlineData("name with spaces")]
    [InlineData("gnp\u202Eexe")]
    [InlineData("naïve")]
    [InlineData("*")]
    public void What_would_be_another_path_or_another_text_is_refused_with_the_repair(string name) =>
        FunctionName.Check(name).ShouldNotBeNull().Repair.ShouldContain("list_lambda_functions");

    [Theory]
    [InlineData("$LATEST", true)]
    [InlineData("12", true)]
    [InlineData("blue_green-1", true)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("1\u200F", false)]
    public void A_qualifier_is_a_version_or_an_alias(string qualifier, bool taken) => (FunctionName.CheckQualifier(qualifier) is null).ShouldBe(taken);
}
