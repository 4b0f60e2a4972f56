using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Tests.Protocols;

/// <summary>What a page says of the next one, read in full and with a projection.</summary>
public sealed class PagingTests
{
    private const string Shapes =
        """
        {"I":{"type":"structure","members":{"Marker":{"shape":"S"},"RecordName":{"shape":"S"},"RecordType":{"shape":"S"},"Start":{"shape":"N"},"Other":{"shape":"L"}}},
         "O":{"type":"structure","members":{"Items":{"shape":"Items"},"More":{"shape":"B"},"NextMarker":{"shape":"S"},"NextName":{"shape":"S"},"NextType":{"shape":"S"},"NextStart":{"shape":"N"},"In":{"shape":"In"}}},
         "In":{"type":"structure","members":{"NextMarker":{"shape":"S"},"More":{"shape":"B"},"Rows":{"shape":"Items"}}},
         "Items":{"type":"list","member":{"shape":"Item"},"flattened":true},"Item":{"type":"structure","members":{"Key":{"shape":"S"},"Size":{"shape":"N"}}},
         "S":{"type":"string"},"B":{"type":"boolean"},"N":{"type":"integer"},"L":{"type":"list","member":{"shape":"S"}}}
        """;

    private const string Marker = """{"input_token":"Marker","output_token":"NextMarker","more_results":"More","result_key":"Items"}""";
    private const string Many = """{"input_token":["RecordName","RecordType"],"output_token":["NextName","NextType"],"more_results":"More","result_key":"Items"}""";
    private const string Last = """{"input_token":"Marker","output_token":"NextMarker || Items[-1].Key","more_results":"More","result_key":"Items"}""";
    private const string Deep = """{"input_token":"Marker","output_token":"In.NextMarker","more_results":"In.More","result_key":"In.Rows"}""";
    private const string DeepLast = """{"input_token":"Marker","output_token":"In.Rows[-1].Key","more_results":"In.More","result_key":"In.Rows"}""";
    private const string Number = """{"input_token":"Start","output_token":"NextStart","result_key":"Items"}""";

    [Theory]
    [InlineData(Marker, """{"Items":[{"Key":"a"}],"NextMarker":"m","More":true}""", """{"Marker":"m"}""")]
    [InlineData(Marker, """{"Items":[{"Key":"a"}],"NextMarker":"m","More":false}""", null)]
    [InlineData(Marker, """{"Items":[{"Key":"a"}],"NextMarker":"m"}""", """{"Marker":"m"}""")]
    [InlineData(Marker, """{"Items":[{"Key":"a"}],"NextMarker":"","More":true}""", null)]
    [InlineData(Marker, """{"Items":[{"Key":"a"}],"More":true}""", null)]
    [InlineData(Many, """{"More":true,"NextName":"n","Items":[{"Key":"a"}],"NextType":"t"}""", """{"RecordName":"n","RecordType":"t"}""")]
    [InlineData(Many, """{"More":true,"NextName":"n"}""", """{"RecordName":"n"}""")]
    [InlineData(Many, """{"More":false,"NextName":"n","NextType":"t"}""", null)]
    [InlineData(Last, """{"Items":[{"Key":"a"},{"Key":"b\"{\"Token\":\"x\""}],"More":true}""", """{"Marker":"b\"{\"Token\":\"x\""}""")]
    [InlineData(Last, """{"Items":[{"Key":"a"},{"Size":1}],"More":true}""", null)]
    [InlineData(Last, """{"Items":[{"Key":"a"}],"More":true,"NextMarker":"m"}""", """{"Marker":"m"}""")]
    [InlineData(Last, """{"Items":[{"Key":"a"}],"More":false}""", null)]
    [InlineData(Last, """{"Items":[],"More":true}""", null)]
    [InlineData(Deep, """{"In":{"NextMarker":"m","Rows":[{"Key":"a"}],"More":true}}""", """{"Marker":"m"}""")]
    [InlineData(Deep, """{"In":{"NextMarker":"m","More":false}}""", null)]
    [InlineData(DeepLast, """{"In":{"Rows":[{"Key":"a"},{"Key":"z"}],"More":true}}""", """{"Marker":"z"}""")]
    [InlineData(Number, """{"Items":[{"Key":"a"}],"NextStart":40}""", """{"Start":40}""")]
    public void Every_protocol_finds_where_to_go_on(string paging, string page, string? next)
    {
        foreach (var protocol in (string[])["query", "ec2", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"])
        {
            var operation = Wires.Model(
                $$"""{"protocol":"{{protocol}}","targetPrefix":"T","apiVersion":"1","serviceId":"T","endpointPrefix":"t"}""",
                $$$"""{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"I"},"output":{"shape":"O","resultWrapper":"DoResult"},"pagination":{{{paging}}}}""",
                Shapes);
            var halves = WireProtocols.For(operation.Service.Protocol);
            var response = halves.WriteResponse(operation, new(Encoding.UTF8.GetBytes(page)), "r");
            var path = paging.Contains("In.", StringComparison.Ordinal) ? "In.Rows" : "Items";
            foreach (var projection in (Projection?[])[null, Projection.Items(path), Projection.Items(path, Field.Value("Size"))])
            {
                var into = new Transcription(new System.Buffers.ArrayBufferWriter<byte>(), projection);
                halves.ReadResponse(operation, response, into);

                var input = NextPage.Of(operation, new("{}"u8.ToArray()), into);
                (input?.Json.Text()).ShouldBe(next, $"{protocol}, {projection?.Fields.Count}");
                into.NextToken.ShouldBe(paging == Many ? null : into.NextTokens.Select(token => token.Value).SingleOrDefault());
            }
        }
    }

    [Fact]
    public void The_rest_of_the_input_stays_and_the_tokens_before_go()
    {
        var operation = Wires.Model(
            """{"protocol":"json","targetPrefix":"T"}""", $$"""{"input":{"shape":"I"},"output":{"shape":"O"},"pagination":{{Many}}}""", Shapes);
        operation.Read("""{"NextName":"n2","More":true}""", out var page);

        NextPage.Of(operation, Wires.Input("""{"RecordName":"n1", "Other":["a", "b\u00e9"], "RecordType":"t1"}"""), page)!.Value.Json.Text()
            .ShouldBe("""{"Other":["a", "b\u00e9"],"RecordName":"n2"}""");
        NextPage.Of(operation, default, page)!.Value.Json.Text().ShouldBe("""{"RecordName":"n2"}""");
    }
}
