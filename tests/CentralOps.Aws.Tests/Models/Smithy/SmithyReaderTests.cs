using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Models.Smithy;

public sealed class SmithyReaderTests
{
    private const string Shop = """
        {"smithy":"2.0","shapes":{
          "shop#Shop":{"type":"service","version":"2026-01-01","mixins":[{"target":"shop#CommonErrors"}],"operations":[{"target":"shop#Ping"}],"resources":[{"target":"shop#Order"}],
            "rename":{"other#Line":"OtherLine"},
            "traits":{"aws.protocols#awsJson1_0":{},"smithy.protocols#rpcv2Cbor":{},"aws.protocols#awsQueryCompatible":{},"aws.auth#sigv4":{"name":"shopping"},
              "aws.api#service":{"sdkId":"Shop Front","arnNamespace":"shop","endpointPrefix":"shop.front"},"smithy.api#xmlNamespace":{"uri":"https://shop.example.com/"},
              "smithy.api#paginated":{"inputToken":"NextToken","outputToken":"NextToken","pageSize":"Max"},"smithy.api#auth":["aws.auth#sigv4"]}},
          "shop#CommonErrors":{"type":"service","version":"","errors":[{"target":"shop#Broken"}],"traits":{"smithy.api#mixin":{}}},
          "shop#Order":{"type":"resource","identifiers":{"Id":{"target":"smithy.api#String"}},"create":{"target":"shop#CreateOrder"},"list":{"target":"shop#ListOrders"},
            "collectionOperations":[{"target":"shop#CountOrders"}],"resources":[{"target":"shop#Line"}]},
          "shop#Line":{"type":"resource","read":{"target":"shop#GetLine"},"operations":[{"target":"shop#GetLine"}],"resources":[{"target":"shop#Order"}]},
          "shop#Ping":{"type":"operation","output":{"target":"smithy.api#Unit"},"traits":{"smithy.api#optionalAuth":{},"smithy.api#deprecated":{},"smithy.api#endpoint":{"hostPrefix":"ping."}}},
          "shop#CreateOrder":{"type":"operation","input":{"target":"shop#CreateOrderInput"},"errors":[{"target":"shop#TooMany"},{"target":"shop#Broken"}],
            "traits":{"smithy.api#http":{"method":"PUT","uri":"/orders"},"smithy.api#auth":[],"aws.auth#unsignedPayload":{},"smithy.api#requestCompression":{"encodings":["gzip"]},
              "aws.protocols#httpChecksum":{"requestAlgorithmMember":"Algorithm"}}},
          "shop#ListOrders":{"type":"operation","input":{"target":"shop#ListOrdersInput"},"output":{"target":"shop#ListOrdersOutput"},"traits":{"smithy.api#paginated":{"items":"Page.Orders","outputToken":"Page.Next"}}},
          "shop#CountOrders":{"type":"operation","input":{"target":"smithy.api#Unit"},"traits":{"smithy.api#httpChecksumRequired":{}}},
          "shop#GetLine":{"type":"operation","input":{"target":"shop#GetLineInput"},"output":{"target":"other#Line"}},
          "shop#GetLineInput":{"type":"structure","members":{"Line":{"target":"shop#LineText"}}},
          "shop#LineText":{"type":"string"},
          "other#Line":{"type":"structure","members":{"Up":{"target":"other#Line"},"Text":{"target":"other#LineText"}}},
          "other#LineText":{"type":"string","traits":{"smithy.api#sensitive":{}}},
          "shop#Named":{"type":"structure","members":{"Name":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}},"Note":{"target":"smithy.api#String"}},
            "traits":{"smithy.api#mixin":{"localTraits":["smithy.api#internal"]},"smithy.api#internal":{},"smithy.api#sensitive":{}}},
          "shop#Tagged":{"type":"structure","mixins":[{"target":"shop#Named"}],"members":{"Tags":{"target":"shop#Tags"}},"traits":{"smithy.api#mixin":{}}},
          "shop#CreateOrderInput":{"type":"structure","mixins":[{"target":"shop#Tagged"}],"members":{
            "Token":{"target":"smithy.api#String","traits":{"smithy.api#idempotencyToken":{}}},"Algorithm":{"target":"shop#Algorithm"},"Size":{"target":"shop#Size"},
            "Count":{"target":"smithy.api#PrimitiveInteger","traits":{"smithy.api#default":0}},"Kinds":{"target":"shop#Kinds","traits":{"smithy.api#default":[]}},"Choice":{"target":"shop#Choice"},
            "Any":{"target":"smithy.api#Document"},"Big":{"target":"smithy.api#BigInteger"},"Exact":{"target":"smithy.api#BigDecimal"},"At":{"target":"shop#At"},
            "Old":{"target":"shop#OldEnum"},"When":{"target":"smithy.api#Timestamp"},"Renamed":{"target":"smithy.api#String","traits":{"smithy.api#jsonName":"other","smithy.api#xmlName":"Other","smithy.api#httpHeader":"X-Other"}}}},
          "shop#CreateOrderInput$Note":{"type":"apply","traits":{"smithy.api#required":{}}},
          "shop#CreateOrderInput$When":{"type":"apply","traits":{"smithy.api#timestampFormat":"http-date"}},
          "shop#Named$Name":{"type":"apply","traits":{"smithy.api#hostLabel":{}}},
          "shop#Tags":{"type":"map","key":{"target":"smithy.api#String"},"value":{"target":"smithy.api#String"},"traits":{"smithy.api#sparse":{}}},
          "shop#Kinds":{"type":"list","member":{"target":"shop#Algorithm"}},
          "shop#Algorithm":{"type":"enum","members":{"CRC32":{"target":"smithy.api#Unit","traits":{"smithy.api#enumValue":"crc-32"}},"SHA1":{"target":"smithy.api#Unit"}}},
          "shop#Size":{"type":"intEnum","members":{"SMALL":{"target":"smithy.api#Unit","traits":{"smithy.api#enumValue":1}}}},
          "shop#OldEnum":{"type":"string","traits":{"smithy.api#enum":[{"value":"a","name":"A"},{"value":"b"}]}},
          "shop#At":{"type":"timestamp","traits":{"smithy.api#timestampFormat":"date-time"}},
          "shop#Choice":{"type":"union","members":{"None":{"target":"smithy.api#Unit"},"Text":{"target":"smithy.api#String"}}},
          "shop#ListOrdersInput":{"type":"structure","members":{"NextToken":{"target":"smithy.api#String"},"Max":{"target":"smithy.api#Integer"}}},
          "shop#ListOrdersOutput":{"type":"structure","members":{"Events":{"target":"shop#Events"},"Body":{"target":"shop#Body"}}},
          "shop#Events":{"type":"union","members":{"One":{"target":"shop#Event"}},"traits":{"smithy.api#streaming":{}}},
          "shop#Event":{"type":"structure","members":{"Data":{"target":"smithy.api#Blob","traits":{"smithy.api#eventPayload":{}}}}},
          "shop#Body":{"type":"blob","traits":{"smithy.api#streaming":{},"smithy.api#requiresLength":{}}},
          "shop#TooMany":{"type":"structure","members":{"message":{"target":"smithy.api#String"}},"traits":{"smithy.api#error":"client","smithy.api#httpError":429,"aws.protocols#awsQueryError":{"code":"Shop.TooMany","httpResponseCode":430}}},
          "shop#Broken":{"type":"structure","members":{},"traits":{"smithy.api#error":"server"}},
          "shop#NeverReached":{"type":"structure","members":{"Bad":{"target":"shop#Missing"}}}
        }}
        """;

    private static ServiceModel Model { get; } = Read(Shop, "shop");

    [Fact]
    public void The_service_says_how_it_is_reached()
    {
        (Model.Name, Model.ServiceId, Model.ApiVersion, Model.EndpointPrefix, Model.SigningName).ShouldBe(("shop", "Shop Front", "2026-01-01", "shop.front", "shopping"));
        (Model.TargetPrefix, Model.XmlNamespace, Model.QueryCompatible).ShouldBe(("Shop", "https://shop.example.com/", true));
        Model.Protocols.ShouldBe([ProtocolKind.RpcV2Cbor, ProtocolKind.AwsJson10], ignoreOrder: true);
    }

    [Fact]
    public void Operations_come_from_the_service_and_from_resources_within_resources() =>
        Model.OperationNames.ShouldBe(["Ping", "CountOrders", "CreateOrder", "ListOrders", "GetLine"], ignoreOrder: true);

    [Fact]
    public void Mixins_bring_members_in_order_and_traits_but_for_the_local_ones()
    {
        var input = Model.Operation("CreateOrder").Input!;

        input.Members.Take(4).Select(member => member.Name).ShouldBe(["Name", "Note", "Tags", "Token"]);
        input.Required.ShouldBe(["Name", "Note"]);
        input.Sensitive.ShouldBeTrue();
        input.FindMember("Token")!.IdempotencyToken.ShouldBeTrue();
        input.FindMember("Tags")!.Shape.Sparse.ShouldBeTrue();
    }

    [Fact]
    public void What_is_applied_to_a_member_of_a_mixin_goes_to_the_shape_or_to_all()
    {
        var input = Model.Operation("CreateOrder").Input!;

        input.FindMember("Name")!.HostLabel.ShouldBeTrue();
        input.FindMember("When")!.TimestampFormat.ShouldBe(TimestampFormat.HttpDate);
        input.FindMember("At")!.Shape.TimestampFormat.ShouldBe(TimestampFormat.Iso8601);
    }

    [Fact]
    public void Every_kind_of_shape_has_its_place()
    {
        var input = Model.Operation("CreateOrder").Input!;

        input.FindMember("Algorithm")!.Shape.Enum.ShouldBe(["crc-32", "SHA1"]);
        input.FindMember("Old")!.Shape.Enum.ShouldBe(["a", "b"]);
        (input.FindMember("Size")!.Shape.Kind, input.FindMember("Any")!.Shape.Kind).ShouldBe((ShapeKind.Integer, ShapeKind.Document));
        (input.FindMember("Big")!.Shape.Kind, input.FindMember("Exact")!.Shape.Kind).ShouldBe((ShapeKind.BigInteger, ShapeKind.BigDecimal));
        var choice = input.FindMember("Choice")!.Shape;
        (choice.Union, choice.FindMember("None")!.Shape.Kind).ShouldBe((true, ShapeKind.Structure));
        var body = Model.Operation("ListOrders").Output!.FindMember("Body")!.Shape;
        (body.Streaming, body.RequiresLength).ShouldBe((true, true));
        var line = Model.Operation("GetLine").Output!;
        line.FindMember("Up")!.Shape.ShouldBeSameAs(line);
    }

    [Fact]
    public void Defaults_are_known_and_are_none_where_nothing_is_said()
    {
        var input = Model.Operation("CreateOrder").Input!;

        (input.FindMember("Count")!.Default, input.FindMember("Kinds")!.Default, input.FindMember("Any")!.Default).ShouldBe(("0", "[]", null));
    }

    [Fact]
    public void Bindings_and_names_of_other_protocols_do_not_count()
    {
        var create = Model.Operation("CreateOrder");

        (create.Method, create.RequestUri).ShouldBe(("POST", "/"));
        (create.Input!.FindMember("Renamed")!.Location, create.Input.FindMember("Renamed")!.LocationName).ShouldBe((MemberLocation.Body, null));
    }

    [Theory]
    [InlineData("aws.protocols#restJson1", MemberLocation.Header, "X-Other", "PUT", null)]
    [InlineData("aws.protocols#awsQuery", MemberLocation.Body, "Other", "POST", "ListOrdersResult")]
    [InlineData("aws.protocols#ec2Query", MemberLocation.Body, "Other", "POST", null)]
    public void Each_protocol_takes_the_traits_that_are_its_own(string protocol, MemberLocation location, string wireName, string method, string? wrapper)
    {
        var model = Read(Shop.Replace("aws.protocols#awsJson1_0", protocol, StringComparison.Ordinal).Replace("smithy.protocols#rpcv2Cbor", "shop#unknownProtocol", StringComparison.Ordinal));

        var create = model.Operation("CreateOrder");
        var renamed = create.Input!.FindMember("Renamed")!;
        (renamed.Location, renamed.LocationName, create.Method, model.Operation("ListOrders").ResultWrapper).ShouldBe((location, wireName, method, wrapper));
    }

    [Fact]
    public void Errors_are_the_operation_s_and_the_service_s_each_once()
    {
        var errors = Model.Operation("CreateOrder").Errors;

        errors.Select(error => (error.Code, error.Status, error.SenderFault)).ShouldBe([("Shop.TooMany", 430, true), ("Broken", 500, false)]);
        Model.Operation("Ping").Errors.Single().Code.ShouldBe("Broken");
    }

    [Fact]
    public void Paging_is_the_operation_s_over_the_service_s()
    {
        var pages = Model.Operation("ListOrders").Pagination!;

        (pages.InputTokens.Single(), pages.OutputTokens.Single(), pages.LimitKey, pages.ResultKeys.Single()).ShouldBe(("NextToken", "Page.Next", "Max", "Page.Orders"));
        Model.Operation("Ping").Pagination.ShouldBeNull();
    }

    [Fact]
    public void Who_is_asked_for_a_signature_and_what_it_covers()
    {
        var (ping, create, list) = (Model.Operation("Ping"), Model.Operation("CreateOrder"), Model.Operation("ListOrders"));

        (ping.Unsigned, create.Unsigned, list.Unsigned).ShouldBe((false, true, false));
        (create.UnsignedPayload, list.UnsignedPayload).ShouldBe((true, false));
        (create.Checksum, Model.Operation("CountOrders").Checksum).ShouldBe((new ChecksumTraits(false, "Algorithm"), new ChecksumTraits(true, null)));
        (ping.HostPrefix, ping.Deprecated).ShouldBe(("ping.", true));
    }

    [Fact]
    public void Names_that_two_namespaces_share_are_renamed_or_kept_apart()
    {
        var get = Model.Operation("GetLine");

        get.Output!.Name.ShouldBe("OtherLine");
        get.Input!.FindMember("Line")!.Shape.Name.ShouldBe("LineText");
        var other = get.Output.FindMember("Text")!.Shape;
        (other.Name, other.Sensitive).ShouldBe(("other#LineText", true));
        get.Input.FindMember("Line")!.Shape.Sensitive.ShouldBeFalse();
    }

    private static ServiceModel Read(string json, string? name = null) => ServiceModel.ReadSmithy(Encoding.UTF8.GetBytes(json), name: name);
}
