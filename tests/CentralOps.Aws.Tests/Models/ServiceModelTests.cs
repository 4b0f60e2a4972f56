using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Models;

public sealed class ServiceModelTests
{
    // The minified form as npm aws-sdk has it: shapes written in place, strings without a type, no documentation, no errors.
    private const string Minified = """
        {"version":"2.0","metadata":{"apiVersion":"2020-01-01","endpointPrefix":"shop","protocol":"query","serviceId":"Shop","signingName":"shopping",
         "globalEndpoint":"shop.example.com","xmlNamespace":"https://shop.example.com/doc/"},
         "operations":{"Order":{"input":{"type":"structure","required":["Item"],"members":{"Item":{},"Count":{"type":"integer"},
           "When":{"type":"timestamp","timestampFormat":"unixTimestamp"},"Notes":{"type":"list","member":{},"flattened":true},
           "Labels":{"type":"list","member":{"locationName":"Label"},"flattened":true},"Filters":{"shape":"S4"}}},
           "output":{"resultWrapper":"OrderResult","type":"structure","members":{"Tree":{"shape":"S9"},"Secret":{"type":"string","sensitive":true}}}},
          "Cancel":{"http":{"method":"DELETE","requestUri":"/orders/{Id}","responseCode":204},"input":{"shape":"S5"}}},
         "shapes":{"S4":{"type":"list","member":{"type":"structure","members":{"Name":{},"Values":{"type":"list","member":{"locationName":"item"}}}}},
          "S5":{"type":"structure","members":{"Id":{"location":"uri","locationName":"Id"}}},
          "S9":{"type":"structure","members":{"Name":{},"Children":{"type":"list","member":{"shape":"S9"}}}}}}
        """;

    [Fact]
    public void The_minified_form_gives_the_same_model_as_the_long_one()
    {
        var service = Read(Minified);
        var order = service.Operation("Order");

        (service.ServiceId, service.ApiVersion, service.EndpointPrefix, service.SigningName).ShouldBe(("Shop", "2020-01-01", "shop", "shopping"));
        (service.GlobalEndpoint, service.XmlNamespace, service.Protocol).ShouldBe(("shop.example.com", "https://shop.example.com/doc/", ProtocolKind.AwsQuery));
        (order.Method, order.RequestUri, order.ResponseCode, order.ResultWrapper).ShouldBe(("POST", "/", 200, "OrderResult"));
        order.Input!.Required.ShouldBe(["Item"]);
        order.Input.Members.Select(member => (member.Name, member.Shape.Kind)).ShouldBe(
        [
            ("Item", ShapeKind.String), ("Count", ShapeKind.Integer), ("When", ShapeKind.Timestamp),
            ("Notes", ShapeKind.List), ("Labels", ShapeKind.List), ("Filters", ShapeKind.List),
        ]);
        order.Input.FindMember("When")!.Shape.TimestampFormat.ShouldBe(TimestampFormat.UnixSeconds);
        order.Input.FindMember("Filters")!.Shape.Element!.Shape.Members.Select(member => member.Name).ShouldBe(["Name", "Values"]);
        order.Output!.FindMember("Secret")!.Shape.Sensitive.ShouldBeTrue();
    }

    [Fact]
    public void A_flattened_list_written_in_place_is_named_by_its_element()
    {
        var input = Read(Minified).Operation("Order").Input!;

        input.FindMember("Notes")!.WireName.ShouldBe("Notes");
        input.FindMember("Labels")!.WireName.ShouldBe("Label");
        input.FindMember("Labels")!.IsFlattened.ShouldBeTrue();
    }

    [Fact]
    public void A_shape_that_holds_itself_is_one_object_however_deep_it_is_followed()
    {
        var tree = Read(Minified).Operation("Order").Output!.FindMember("Tree")!.Shape;

        tree.FindMember("Children")!.Shape.Element!.Shape.ShouldBeSameAs(tree);
    }

    [Fact]
    public async Task Many_threads_see_the_same_objects()
    {
        var service = Read(Minified);

        var found = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
        {
            var operation = service.Operation("Order");
            return (operation, Notes: operation.Input!.FindMember("Notes")!.Shape, Filter: operation.Input.FindMember("Filters")!.Shape.Element!.Shape);
        })));

        found.ShouldAllBe(one => ReferenceEquals(one.operation, found[0].operation)
            && ReferenceEquals(one.Notes, found[0].Notes) && ReferenceEquals(one.Filter, found[0].Filter));
    }

    [Fact]
    public void Nothing_is_read_before_it_is_asked_for()
    {
        const string OneIsBroken = """
            {"metadata":{"protocol":"json"},"operations":{"Good":{"input":{"shape":"G"}},"Bad":{"input":{"shape":"Missing"}}},
             "shapes":{"G":{"type":"structure","members":{"A":{"shape":"Nowhere"}}}}}
            """;
        var service = Read(OneIsBroken);

        service.Operation("Good").Input!.Members.Count.ShouldBe(1);
        Should.Throw<FormatException>(() => service.Operation("Bad")).Message.ShouldContain("Missing");
        Should.Throw<FormatException>(() => service.Operation("Good").Input!.Members[0].Shape).Message.ShouldContain("Nowhere");
    }

    [Fact]
    public void Errors_come_with_their_code_and_their_status()
    {
        var invoke = ModelLibrary.Operation("lambda", "Invoke");
        var assume = ModelLibrary.Operation("sts", "AssumeRole");

        var service = invoke.Errors.Single(error => error.Code == "ServiceException");
        (service.Status, service.SenderFault).ShouldBe((500, false));
        var throttled = invoke.Errors.Single(error => error.Code == "TooManyRequestsException");
        (throttled.Status, throttled.SenderFault).ShouldBe((429, true));
        var packed = assume.Errors.Single(error => error.Shape.Name == "PackedPolicyTooLargeException");
        (packed.Code, packed.Status).ShouldBe(("PackedPolicyTooLarge", 400));
    }

    [Fact]
    public void Core_services_say_how_they_are_reached()
    {
        (ModelLibrary.Service("organizations").TargetPrefix, ModelLibrary.Service("organizations").Protocol)
            .ShouldBe(("AWSOrganizationsV20161128", ProtocolKind.AwsJson11));
        ModelLibrary.Service("sts").GlobalEndpoint.ShouldBe("sts.amazonaws.com");
        ModelLibrary.Service("ec2").Protocol.ShouldBe(ProtocolKind.Ec2Query);
        ModelLibrary.Service("ec2").SigningName.ShouldBe("ec2");
        var pagination = ModelLibrary.Operation("ec2", "DescribeInstances").Pagination!;
        pagination.InputTokens.ShouldBe(["NextToken"]);
        (pagination.OutputTokens.Single(), pagination.LimitKey, pagination.ResultKeys.Single()).ShouldBe(("NextToken", "MaxResults", "Reservations"));
        ModelLibrary.Operation("ec2", "DescribeRegions").Pagination.ShouldBeNull();
    }

    [Fact]
    public void The_preferred_protocol_stands_first_of_all_that_are_answered()
    {
        var service = Read("""{"metadata":{"protocol":"json","jsonVersion":"1.0","protocols":["smithy-rpc-v2-cbor","json","query","new-one"]}}""");

        service.Protocols.ShouldBe([ProtocolKind.AwsJson10, ProtocolKind.RpcV2Cbor, ProtocolKind.AwsQuery]);
    }

    [Fact]
    public void What_XML_bodies_and_checksums_need_is_read()
    {
        var service = Read(
            """
            {"metadata":{"protocol":"rest-xml"},"operations":{
              "Put":{"http":{"method":"PUT","requestUri":"/{Id}"},"input":{"shape":"I","locationName":"PutRequest","xmlNamespace":{"uri":"http://u/"}},"output":{"shape":"I"},
                "httpChecksum":{"requestAlgorithmMember":"Algorithm","responseAlgorithms":["CRC32"]}},
              "Must":{"httpChecksum":{"requestChecksumRequired":true},"httpChecksumRequired":true},"Old":{"httpChecksumRequired":true},
              "Get":{"httpChecksum":{"requestValidationModeMember":"Mode","responseAlgorithms":["CRC32"]}}},
             "shapes":{"I":{"type":"structure","locationName":"Named","xmlNamespace":{"prefix":"p","uri":"http://p/"},"members":{
               "Id":{"shape":"S","location":"uri","locationName":"Id"},"At":{"shape":"S","xmlAttribute":true,"locationName":"p:at"},"N":{"shape":"S","xmlNamespace":"http://n/"}}},
              "S":{"type":"string"}}}
            """);
        var put = service.Operation("Put");

        (put.InputName, put.InputNamespace).ShouldBe(("PutRequest", new XmlNamespace("http://u/")));
        (put.Input!.LocationName, put.Input.XmlNamespace).ShouldBe(("Named", new XmlNamespace("http://p/", "p")));
        put.Input.FindMember("N")!.XmlNamespace.ShouldBe(new XmlNamespace("http://n/"));
        put.Input.FindMember("At")!.XmlAttribute.ShouldBeTrue();
        put.Checksum.ShouldBe(new ChecksumTraits(Md5: false, "Algorithm"));
        service.Operation("Must").Checksum.ShouldBe(new ChecksumTraits(Md5: false, AlgorithmMember: null));
        service.Operation("Old").Checksum.ShouldBe(new ChecksumTraits(Md5: true, AlgorithmMember: null));
        service.Operation("Get").Checksum.ShouldBeNull();
        (put.Input.FindMember("Id")!.Location, put.Output!.FindMember("Id")!.Location).ShouldBe((MemberLocation.Uri, MemberLocation.Body));
    }

    [Theory]
    [InlineData("", "byte 0")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"metadata\":{\"protocol\":\"json\"", "byte")]
    [InlineData("{\"metadata\":{\"protocol\":\"morse\"}}", "morse")]
    public void What_is_no_model_is_refused_in_words(string json, string words) =>
        Should.Throw<FormatException>(() => Read(json)).Message.ShouldContain(words);

    [Fact]
    public void An_unknown_operation_or_service_is_named()
    {
        Should.Throw<ArgumentException>(() => ModelLibrary.Operation("ec2", "TerminateInstances")).Message.ShouldContain("TerminateInstances");
        Should.Throw<ArgumentException>(() => ModelLibrary.Service("glacier")).Message.ShouldContain("ec2, ecs, eks, iam, lambda");
    }

    private static ServiceModel Read(string json) => ServiceModel.Read(Encoding.UTF8.GetBytes(json));
}
