using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Tests.Protocols;

namespace CentralOps.Aws.Tests.Projections;

public sealed class ProjectionTests
{
    private static readonly Projection Instances = Projection.Items(
        "Reservations.Instances",
        Field.Value("InstanceId"),
        Field.Value("State.Name", "State"),
        Field.Value("LaunchTime"),
        Field.Value("Placement.AvailabilityZone"),
        Field.Value("SecurityGroups"),
        Field.TagMap("Tags"));

    private static readonly OperationModel DescribeInstances = ModelLibrary.Operation("ec2", "DescribeInstances");

    [Fact]
    public void Items_of_nested_lists_leave_with_their_fields_in_the_declared_order()
    {
        var page = Page(
            Reservation(Instance("i-1", "<instanceState><code>16</code><name>running</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime>"
                + "<tagSet><item><value>web &amp; more</value><key>Name</key></item><item><key>empty</key><value/></item></tagSet>"
                + "<groupSet><item><groupId>sg-1</groupId><groupName>g</groupName></item></groupSet>")),
            Reservation(Instance("i-2"), Instance("i-3", "<placement><availabilityZone>us-east-1a</availabilityZone></placement>")));

        var items = DescribeInstances.Read(page, out var into, Instances);

        items.ShouldBe(
            """{"InstanceId":"i-1","State":"running","LaunchTime":"2026-01-02T03:04:05Z","AvailabilityZone":null"""
            + ""","SecurityGroups":[{"GroupId":"sg-1","GroupName":"g"}],"Tags":{"Name":"web & more","empty":""}}"""
            + """,{"InstanceId":"i-2","State":null,"LaunchTime":null,"AvailabilityZone":null,"SecurityGroups":null,"Tags":{}},"""
            + """{"InstanceId":"i-3","State":null,"LaunchTime":null,"AvailabilityZone":"us-east-1a","SecurityGroups":null,"Tags":{}}""");
        (into.Written, into.SeenOnPage, into.NextToken).ShouldBe((3, 3, null));
    }

    [Fact]
    public void Pages_append_and_the_last_page_has_no_token()
    {
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output, Projection.Items("Reservations.Instances", Field.Value("InstanceId")));

        DescribeInstances.Read(Page("<nextToken>more</nextToken>", Reservation(Instance("i-1"))), into);
        into.NextToken.ShouldBe("more");
        DescribeInstances.Read(Page("<nextToken/>", Reservation(Instance("i-2"), Instance("i-3"))), into);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("""{"InstanceId":"i-1"},{"InstanceId":"i-2"},{"InstanceId":"i-3"}""");
        (into.Written, into.SeenOnPage, into.NextToken, into.Pages).ShouldBe((3, 2, null, 2));
    }

    [Theory]
    [InlineData(0, 2, "i-1,i-2")]
    [InlineData(1, 2, "i-2,i-3")]
    [InlineData(3, 9, "i-4,i-5")]
    [InlineData(9, 9, "i-5")]
    public void Skip_passes_over_items_of_the_first_page_and_take_ends_them_on_any(int skip, int take, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output, Projection.Items("Reservations.Instances", Field.Value("InstanceId"))) { Skip = skip, Take = take };

        DescribeInstances.Read(Page("<nextToken>t</nextToken>", Reservation(Instance("i-1"), Instance("i-2")), Reservation(Instance("i-3"), Instance("i-4"))), into);
        into.SeenOnPage.ShouldBe(4);
        into.NextToken.ShouldBe("t");
        DescribeInstances.Read(Page(Reservation(Instance("i-5"))), into);

        var ids = JsonNode.Parse($"[{Encoding.UTF8.GetString(output.WrittenSpan)}]")!.AsArray().Select(item => (string)item!["InstanceId"]!);
        string.Join(',', ids).ShouldBe(expected);
    }

    [Fact]
    public void A_JSON_answer_is_projected_alike()
    {
        var listAccounts = ModelLibrary.Operation("organizations", "ListAccounts");
        var projection = Projection.Items("Accounts", Field.Value("Name"), Field.Value("Id"), Field.Value("JoinedTimestamp", "Joined"));

        var items = listAccounts.Read(
            """{"NextToken":"abc","Accounts":[{"Id":"222222222222","Nope":{"deep":[1,2]},"Name":"Prod\u00e9","JoinedTimestamp":1767323045.5},{"Id":"3"}]}""",
            out var into,
            projection);

        items.ShouldBe("""{"Name":"Prodé","Id":"222222222222","Joined":"2026-01-02T03:04:05.5Z"},{"Name":null,"Id":"3","Joined":null}""");
        (into.Written, into.NextToken).ShouldBe((2, "abc"));
    }

    [Fact]
    public void Tags_of_a_JSON_answer_become_a_map_and_items_may_be_taken_in_full()
    {
        var operation = Wires.Model(
            """{"protocol":"rest-json"}""",
            """{"http":{"method":"GET","requestUri":"/"},"output":{"shape":"O"},"pagination":{"output_token":"Paging.Next"}}""",
            """
            {"O":{"type":"structure","members":{"Paging":{"shape":"P"},"Items":{"shape":"L"}}},"P":{"type":"structure","members":{"Next":{"shape":"S"}}},
             "L":{"type":"list","member":{"shape":"I"}},"I":{"type":"structure","members":{"id":{"shape":"S"},"tags":{"shape":"T"},"map":{"shape":"M"}}},
             "T":{"type":"list","member":{"shape":"Tag"}},"Tag":{"type":"structure","members":{"key":{"shape":"S"},"value":{"shape":"S"}}},
             "M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},"S":{"type":"string"}}
            """);
        const string Page = """{"Items":[{"tags":[{"value":"1","key":"a"},{"key":"b"}],"id":"x","map":{"k":"v"}},{"id":"y"}],"Paging":{"Next":"n2"}}""";

        operation.Read(Page, out var into, Projection.Items("Items", Field.Value("id"), Field.TagMap("tags"), Field.TagMap("map")))
            .ShouldBe("""{"id":"x","tags":{"a":"1","b":""},"map":{"k":"v"}},{"id":"y","tags":{},"map":{}}""");
        into.NextToken.ShouldBe("n2");
        operation.Read(Page, out _, Projection.Items("Items"))
            .ShouldBe("""{"tags":[{"value":"1","key":"a"},{"key":"b"}],"id":"x","map":{"k":"v"}},{"id":"y"}""");
    }

    [Fact]
    public void An_answer_in_full_tells_its_token_too()
    {
        var whole = DescribeInstances.Read(Page("<nextToken>more</nextToken>", Reservation(Instance("i-1"))), out var into);

        whole.ShouldBe("""{"Reservations":[{"Instances":[{"InstanceId":"i-1"}]}],"NextToken":"more"}""");
        (into.NextToken, into.Written).ShouldBe(("more", 0));
    }

    [Fact]
    public void Flattened_items_that_interleave_with_others_are_all_found()
    {
        var operation = Interleaved();
        const string Page = """
            <DoResponse><DoResult><Item><Id>1</Id><Tag><Key>a</Key><Value>x</Value></Tag><Note>n</Note><Tag><Key>b</Key></Tag></Item>
            <Other>o1</Other><Item><Id>2</Id></Item><Marker>m</Marker><Other>o2</Other></DoResult></DoResponse>
            """;

        operation.Read(Page, out var into, Projection.Items("Items", Field.TagMap("Tags"), Field.Value("Id"))).ShouldBe(
            """{"Tags":{"a":"x","b":""},"Id":"1"},{"Tags":{},"Id":"2"}""");
        into.NextToken.ShouldBe("m");
        operation.Read(Page).ShouldBe(
            """{"Marker":"m","Items":[{"Id":"1","Note":"n","Tags":[{"Key":"a","Value":"x"},{"Key":"b"}]},{"Id":"2"}],"Others":["o1","o2"]}""");
    }

    [Fact]
    public void A_page_that_breaks_off_leaves_whole_items_only()
    {
        var output = new ArrayBufferWriter<byte>();
        var into = new Transcription(output, Projection.Items("Reservations.Instances", Field.Value("InstanceId")));
        var page = Page(Reservation(Instance("i-1"), Instance("i-2")));

        Should.Throw<Aws.Wire.WireFormatException>(() => DescribeInstances.Read(page[..page.IndexOf("i-2", StringComparison.Ordinal)], into));

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("""{"InstanceId":"i-1"}""");
    }

    [Theory]
    [InlineData("Reservations.Instance", "InstanceId", "Did you mean Instances")]
    [InlineData("Reservations.Instances", "InstanceIdd", "Did you mean InstanceId")]
    [InlineData("NextToken", "InstanceId", "has to lead to a list")]
    public void A_projection_that_does_not_fit_the_model_says_so(string path, string field, string words) =>
        Should.Throw<ArgumentException>(() => DescribeInstances.Read(Page(), out _, Projection.Items(path, Field.Value(field)))).Message.ShouldContain(words);

    [Fact]
    public void Two_fields_may_not_read_one_inside_the_other()
    {
        var projection = Projection.Items("Reservations.Instances", Field.Value("State"), Field.Value("State.Name", "Name"));

        Should.Throw<ArgumentException>(() => DescribeInstances.Read(Page(), out _, projection)).Message.ShouldContain("inside");
    }

    private static OperationModel Interleaved() => Wires.Model(
        """{"protocol":"query"}""",
        """{"output":{"shape":"O","resultWrapper":"DoResult"},"pagination":{"output_token":"Marker"}}""",
        """
        {"O":{"type":"structure","members":{"Items":{"shape":"L"},"Others":{"shape":"X","flattened":true,"locationName":"Other"},"Marker":{"shape":"S"}}},
         "L":{"type":"list","flattened":true,"member":{"shape":"I","locationName":"Item"}},"X":{"type":"list","member":{"shape":"S"}},
         "I":{"type":"structure","members":{"Id":{"shape":"S"},"Note":{"shape":"S"},"Tags":{"shape":"T"}}},
         "T":{"type":"list","flattened":true,"member":{"shape":"Tag","locationName":"Tag"}},
         "Tag":{"type":"structure","members":{"Key":{"shape":"S"},"Value":{"shape":"S"}}},"S":{"type":"string"}}
        """);

    private static string Page(params string[] parts) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
          <requestId>r</requestId>
          <reservationSet>{string.Concat(parts.Where(part => !part.StartsWith("<nextToken", StringComparison.Ordinal)))}</reservationSet>
          {string.Concat(parts.Where(part => part.StartsWith("<nextToken", StringComparison.Ordinal)))}
        </DescribeInstancesResponse>
        """;

    private static string Reservation(params string[] instances) => $"<item><instancesSet>{string.Concat(instances)}</instancesSet></item>";

    private static string Instance(string id, string more = "") => $"<item><instanceId>{id}</instanceId>{more}</item>";
}
