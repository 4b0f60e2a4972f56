using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols;

public sealed class HostileAnswerTests
{
    private static readonly OperationModel DescribeInstances = ModelLibrary.Operation("ec2", "DescribeInstances");
    private static readonly OperationModel GetCallerIdentity = ModelLibrary.Operation("sts", "GetCallerIdentity");
    private static readonly OperationModel ListAccounts = ModelLibrary.Operation("organizations", "ListAccounts");

    private static readonly OperationModel Numbers = Wires.Model(
        """{"protocol":"json","targetPrefix":"T"}""",
        """{"output":{"shape":"O"}}""",
        """
        {"O":{"type":"structure","members":{"Long":{"shape":"L"},"Big":{"shape":"B"},"Double":{"shape":"D"},"Time":{"shape":"T"},"Blob":{"shape":"X"},
         "Self":{"shape":"O"},"List":{"shape":"Ls"}}},"L":{"type":"long"},"B":{"type":"bigInteger"},"D":{"type":"double"},"T":{"type":"timestamp"},
         "X":{"type":"blob"},"Ls":{"type":"list","member":{"shape":"L"}}}
        """);

    [Theory]
    [InlineData("<DescribeInstancesResponse><reservationSet>")]
    [InlineData("<DescribeInstancesResponse><reservationSet></DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse/><x/>")]
    [InlineData("<html><body>Log in to the guest network</body></html>")]
    [InlineData("<DescribeInstancesResponse><reservationSet><item><instancesSet><item><amiLaunchIndex>two</amiLaunchIndex></item></instancesSet></item></reservationSet></DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse><nextToken><b/></nextToken></DescribeInstancesResponse>")]
    [InlineData("not xml")]
    [InlineData(" ")]
    public void XML_that_is_not_an_answer_is_a_fault_of_the_wire(string body) =>
        Should.Throw<WireFormatException>(() => DescribeInstances.Read(body));

    [Fact]
    public void Entities_and_document_types_are_refused()
    {
        const string Bomb = """<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><DescribeInstancesResponse><nextToken>&z;</nextToken></DescribeInstancesResponse>""";
        const string Outside = """<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><DescribeInstancesResponse><nextToken>&x;</nextToken></DescribeInstancesResponse>""";

        Should.Throw<WireFormatException>(() => DescribeInstances.Read(Bomb));
        Should.Throw<WireFormatException>(() => DescribeInstances.Read(Outside));
    }

    [Fact]
    public void A_result_without_its_wrapper_does_not_pass_for_an_empty_one() =>
        Should.Throw<WireFormatException>(() => GetCallerIdentity.Read("<GetCallerIdentityResponse><ResponseMetadata/></GetCallerIdentityResponse>"))
            .Message.ShouldContain("GetCallerIdentityResult");

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(100_000, true)]
    public void XML_that_nests_without_end_is_refused_in_members_and_in_what_is_skipped(int depth, bool known)
    {
        var name = known ? "reservationSet" : "unknown";
        var bomb = new StringBuilder("<DescribeInstancesResponse>").Insert(27, $"<{name}>", depth).ToString();

        Should.Throw<WireFormatException>(() => DescribeInstances.Read(bomb));
    }

    [Theory]
    [InlineData("{\"Self\":")]
    [InlineData("{\"Unknown\":[")]
    public void JSON_that_nests_without_end_is_refused(string step)
    {
        var bomb = string.Concat(Enumerable.Repeat(step, 100_000));

        Should.Throw<WireFormatException>(() => Numbers.Read(bomb)).Message.ShouldContain("64 levels");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Accounts\":[{]}")]
    [InlineData("{\"Accounts\":[]} trailing")]
    [InlineData("{\"Accounts\":{}}")]
    [InlineData("{\"Accounts\":[{\"Id\":{}}]}")]
    [InlineData("{\"NextToken\":\"\\ud800\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void JSON_that_is_not_an_answer_is_a_fault_of_the_wire(string body)
    {
        if (body.Length == 0)
        {
            ListAccounts.Read(body).ShouldBe("{}");
            return;
        }

        var fault = Should.Throw<WireFormatException>(() => ListAccounts.Read(body));
        fault.Message.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("{\"Long\":9223372036854775807}", "{\"Long\":9223372036854775807}")]
    [InlineData("{\"Long\":5.0}", "{\"Long\":5}")]
    [InlineData("{\"Long\":\"12\"}", "{\"Long\":12}")]
    [InlineData("{\"Big\":123456789012345678901234567890123456789012345678901234567890}", "{\"Big\":123456789012345678901234567890123456789012345678901234567890}")]
    [InlineData("{\"Double\":1e999}", "{\"Double\":1e999}")]
    [InlineData("{\"Double\":\"-Infinity\"}", "{\"Double\":\"-Infinity\"}")]
    [InlineData("{\"Double\":0.1000000000000000055511151231257827}", "{\"Double\":0.1000000000000000055511151231257827}")]
    [InlineData("{\"Time\":1.767323045E9}", "{\"Time\":\"2026-01-02T03:04:05Z\"}")]
    [InlineData("{\"Time\":-1}", "{\"Time\":\"1969-12-31T23:59:59Z\"}")]
    [InlineData("{\"List\":[1,null,3],\"Long\":null}", "{\"List\":[1,null,3]}")]
    public void Numbers_pass_without_loss(string body, string expected) => Numbers.Read(body).ShouldBe(expected);

    [Theory]
    [InlineData("{\"Long\":9223372036854775808}")]
    [InlineData("{\"Long\":1.5}")]
    [InlineData("{\"Long\":\"NaN\"}")]
    [InlineData("{\"Time\":1e300}")]
    [InlineData("{\"Time\":99999999999999}")]
    [InlineData("{\"Double\":\"much\"}")]
    [InlineData("{\"Blob\":\"***\"}")]
    [InlineData("{\"Blob\":7}")]
    public void Values_that_are_not_of_their_kind_are_faults_that_name_the_member(string body)
    {
        var name = body[2..body.IndexOf("\":", StringComparison.Ordinal)];

        Should.Throw<WireFormatException>(() => Numbers.Read(body)).Message.ShouldContain($"'{name}'");
    }

    [Fact]
    public void Control_characters_white_space_and_CDATA_of_users_data_come_through()
    {
        var answer = DescribeInstances.Read(
            "<DescribeInstancesResponse><nextToken> a&#x1;<![CDATA[<b>]]>&#13;\u00e9 </nextToken><!-- c --></DescribeInstancesResponse>");

        answer.ShouldBe("""{"NextToken":" a\u0001<b>\ré """ + "\"}");
    }

    [Fact]
    public void Empty_numbers_and_dates_are_absent()
    {
        var answer = DescribeInstances.Read(
            "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><launchTime/><amiLaunchIndex></amiLaunchIndex><keyName/></item></instancesSet></item></reservationSet></DescribeInstancesResponse>");

        answer.ShouldBe("""{"Reservations":[{"Instances":[{"KeyName":""}]}]}""");
    }
}
