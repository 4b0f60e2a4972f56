using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Tests.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Projections;

public sealed class GuardTests
{
    private const string Secret = "hunter2";

    private const string Shapes =
        """
        {"O":{"type":"structure","members":{"Things":{"shape":"Things"},"ByName":{"shape":"ByName"},"Flat":{"shape":"FlatVars"}}},
         "Things":{"type":"list","member":{"shape":"Thing"}},"ByName":{"type":"map","key":{"shape":"S"},"value":{"shape":"Thing"}},
         "FlatVars":{"type":"map","flattened":true,"key":{"shape":"S"},"value":{"shape":"S"}},
         "Thing":{"type":"structure","members":{"Id":{"shape":"S"},"Password":{"shape":"S"},"Variables":{"shape":"Vars"},"Inner":{"shape":"Inner"}}},
         "Vars":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},
         "Inner":{"type":"structure","members":{"Token":{"shape":"S"},"Kept":{"shape":"S"}}},"S":{"type":"string"}}
        """;

    private const string Thing = """{"Id":"a","Password":"hunter2-p","Variables":{"FIRST":"hunter2-1","SECOND":"hunter2-2"},"Inner":{"Token":"hunter2-t","Kept":"k"}}""";

    private const string Answer = $$$"""{"Things":[{{{Thing}}},{"Id":"b"}],"ByName":{"one":{{{Thing}}}},"Flat":{"X":"hunter2-f","Y":"hunter2-g"}}""";

    private const string ThingLeft = """{"Id":"a","Variables":{"FIRST":null,"SECOND":null},"Inner":{"Kept":"k"}}""";

    public static TheoryData<string, string> AllProtocols => new()
    {
        { """{"protocol":"json","jsonVersion":"1.0","targetPrefix":"T"}""", "/" },
        { """{"protocol":"json","jsonVersion":"1.1","targetPrefix":"T"}""", "/" },
        { """{"protocol":"query","apiVersion":"1"}""", "/" },
        { """{"protocol":"ec2","apiVersion":"1"}""", "/" },
        { """{"protocol":"rest-json"}""", "/x" },
        { """{"protocol":"rest-xml"}""", "/x" },
        { """{"protocol":"smithy-rpc-v2-cbor","targetPrefix":"T"}""", "/" },
    };

    [Theory]
    [MemberData(nameof(AllProtocols))]
    public void No_protocol_reads_a_secret_with_a_projection_or_without(string metadata, string uri)
    {
        var (plain, guarded) = Operation(metadata, uri);
        var response = Respond(plain, Answer);
        Read(plain, response).ShouldContain(Secret);

        Read(guarded, response).ShouldBe($$$"""{"Things":[{{{ThingLeft}}},{"Id":"b"}],"ByName":{"one":{{{ThingLeft}}}},"Flat":{"X":null,"Y":null}}""");
        Read(guarded, response, Projection.Items("Things")).ShouldBe($$$"""{{{ThingLeft}}},{"Id":"b"}""");
        Read(guarded, response, Projection.Items("Things", Field.Value("Inner"), Field.Value("Variables")))
            .ShouldBe("""{"Inner":{"Kept":"k"},"Variables":{"FIRST":null,"SECOND":null}},{"Inner":null,"Variables":null}""");
        Read(guarded, response, Projection.Items("Things", Field.TagMap("Variables"))).ShouldBe("""{"Variables":{"FIRST":null,"SECOND":null}},{"Variables":{}}""");
        Should.Throw<ArgumentException>(() => Read(guarded, response, Projection.Items("Things", Field.Value("Password")))).Message.ShouldContain("does not have");
        Should.Throw<ArgumentException>(() => Read(guarded, response, Projection.Items("Things", Field.Value("Inner.Token"))));
    }

    [Theory]
    [MemberData(nameof(AllProtocols))]
    public void The_names_of_a_map_can_be_listed_without_its_values(string metadata, string uri)
    {
        var (plain, guarded) = Operation(metadata, uri);
        var response = Respond(plain, Answer);
        var names = Projection.Items("Things", Field.Value("Id"), Field.MapNames("Variables", "Names"));
        Read(guarded, response, names).ShouldBe("""{"Id":"a","Names":["FIRST","SECOND"]},{"Id":"b","Names":[]}""");
        Read(plain, response, names).ShouldBe("""{"Id":"a","Names":["FIRST","SECOND"]},{"Id":"b","Names":[]}""");
        Should.Throw<ArgumentException>(() => Read(plain, response, Projection.Items("Things", Field.MapNames("Inner"))));
    }

    [Theory]
    [MemberData(nameof(AllProtocols))]
    public void An_answer_that_breaks_off_anywhere_tells_no_secret_in_its_error(string metadata, string uri)
    {
        var (plain, guarded) = Operation(metadata, uri);
        var whole = Respond(plain, Answer);
        var broken = 0;
        for (var length = 1; length < whole.Body.Length; length++)
        {
            try
            {
                Read(guarded, new WireResponse { Body = whole.Body[..length] }).ShouldNotContain(Secret);
            }
            catch (WireFormatException malformed)
            {
                broken++;
                malformed.Message.ShouldNotContain(Secret);
            }
        }

        broken.ShouldBeGreaterThan(whole.Body.Length / 2);
    }

    [Theory]
    [MemberData(nameof(AllProtocols))]
    public void An_answer_in_the_place_of_an_error_tells_no_secret(string metadata, string uri)
    {
        var (plain, guarded) = Operation(metadata, uri);
        var response = Respond(plain, Answer);
        foreach (var status in new[] { 301, 400, 403, 500 })
        {
            response.Status = status;
            WireProtocols.For(guarded.Service.Protocol).ReadError(guarded, response).ToString().ShouldNotContain(Secret);
        }
    }

    [Fact]
    public void A_member_that_the_model_does_not_have_ends_it_and_names_the_nearest()
    {
        var (plain, _) = Operation("""{"protocol":"rest-json"}""", "/x");
        Should.Throw<ArgumentException>(() => new Guard(Removed("Things.Pasword")).For(plain)).Message.ShouldContain("Password");
        Should.Throw<ArgumentException>(() => new Guard(Removed("Things.Id.More")).For(plain));
        Should.Throw<ArgumentException>(() => new Guard(new GuardedMember("Things.Inner", GuardKind.NamesKept, "")).For(plain));
        Should.Throw<ArgumentException>(() => new Guard(Removed("Things.Inner"), Removed("Things.Inner.Token")).For(plain));
    }

    [Fact]
    public void Raw_bytes_cannot_be_guarded_and_are_refused() =>
        Should.Throw<ArgumentException>(() => new Guard(Removed("FunctionError")).For(ModelLibrary.Operation("lambda", "Invoke"))).Message.ShouldContain("raw bytes");

    [Fact]
    public void A_body_that_is_one_member_cannot_be_taken_out_as_a_whole()
    {
        var operation = ModelLibrary.Operation("s3", "GetBucketEncryption");
        Should.Throw<ArgumentException>(() => new Guard(Removed("ServerSideEncryptionConfiguration")).For(operation));
        var within = new Guard(Removed("ServerSideEncryptionConfiguration.Rules.BucketKeyEnabled")).For(operation);
        within.Read("<ServerSideEncryptionConfiguration><Rule><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>")
            .ShouldBe("""{"ServerSideEncryptionConfiguration":{"Rules":[{}]}}""");
    }

    [Fact]
    public void A_member_in_a_header_is_taken_out_too()
    {
        var operation = ModelLibrary.Operation("s3", "HeadBucket");
        var response = new WireResponse { Status = 200 };
        response.Headers.Set("x-amz-bucket-region", "eu-west-1");
        Read(operation, response).ShouldContain("eu-west-1");
        Read(new Guard(Removed("BucketRegion")).For(operation), response).ShouldBe("{}");
    }

    [Fact]
    public void The_operation_itself_is_left_as_it_is()
    {
        var (plain, guarded) = Operation("""{"protocol":"rest-json"}""", "/x");
        plain.Output!.FindMember("Things")!.Shape.Element!.Shape.FindMember("Password").ShouldNotBeNull();
        guarded.ToString().ShouldBe(plain.ToString());
    }

    private static (OperationModel Plain, OperationModel Guarded) Operation(string metadata, string uri)
    {
        var plain = Wires.Model(metadata, $$$"""{"http":{"method":"POST","requestUri":"{{{uri}}}"},"output":{"shape":"O","resultWrapper":"DoResult"}}""", Shapes);
        return (plain, new Guard(
            Removed("Things.Password"), Removed("Things.Inner.Token"), Names("Things.Variables"),
            Removed("ByName.Password"), Removed("ByName.Inner.Token"), Names("ByName.Variables"), Names("Flat")).For(plain));
    }

    private static WireResponse Respond(OperationModel operation, string json) =>
        WireProtocols.For(operation.Service.Protocol).WriteResponse(operation, new AwsOutput(Encoding.UTF8.GetBytes(json)), "request-1");

    private static string Read(OperationModel operation, WireResponse response, Projection? projection = null)
    {
        var output = new ArrayBufferWriter<byte>();
        WireProtocols.For(operation.Service.Protocol).ReadResponse(operation, response, new Transcription(output, projection));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static GuardedMember Removed(string path) => new(path, GuardKind.Removed, "");

    private static GuardedMember Names(string path) => new(path, GuardKind.NamesKept, "");
}
