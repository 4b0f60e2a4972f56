using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.RestXml;

public sealed class S3Tests
{
    private static readonly ServiceModel Service = ServiceModel.Read(Encoding.UTF8.GetBytes(
        """
        {"metadata":{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3"},"operations":{
          "GetObject":{"http":{"method":"GET","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"ObjectRequest"},"output":{"shape":"ObjectOutput"}},
          "HeadObject":{"http":{"method":"HEAD","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"ObjectRequest"}},
          "ListParts":{"http":{"method":"GET","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"PartsRequest"},"output":{"shape":"CopyOutput"}},
          "PutObject":{"http":{"method":"PUT","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"PutRequest"},
            "httpChecksum":{"requestAlgorithmMember":"ChecksumAlgorithm"}},
          "CopyObject":{"http":{"method":"PUT","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"CopyRequest"},"output":{"shape":"CopyOutput"}},
          "PutBucketTagging":{"http":{"method":"PUT","requestUri":"/{Bucket}?tagging"},"input":{"shape":"TaggingRequest"},
            "httpChecksum":{"requestAlgorithmMember":"ChecksumAlgorithm","requestChecksumRequired":true}},
          "PutBucketAcl":{"http":{"method":"PUT","requestUri":"/{Bucket}?acl"},"input":{"shape":"AclRequest"},"httpChecksumRequired":true},
          "GetBucketAcl":{"http":{"method":"GET","requestUri":"/{Bucket}?acl"},"input":{"shape":"BucketRequest"},"output":{"shape":"Grant"}},
          "GetBucketLocation":{"http":{"method":"GET","requestUri":"/{Bucket}?location"},"input":{"shape":"BucketRequest"},"output":{"shape":"LocationOutput"}}},
         "shapes":{
          "ObjectRequest":{"type":"structure","required":["Bucket","Key"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"}}},
          "PartsRequest":{"type":"structure","required":["Bucket","Key","UploadId"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"},"UploadId":{"shape":"S","location":"querystring","locationName":"uploadId"}}},
          "PutRequest":{"type":"structure","required":["Bucket","Key"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"},"Body":{"shape":"B","streaming":true},
            "ChecksumAlgorithm":{"shape":"S","location":"header","locationName":"x-amz-sdk-checksum-algorithm"},"ChecksumSHA256":{"shape":"S","location":"header","locationName":"x-amz-checksum-sha256"}},"payload":"Body"},
          "CopyRequest":{"type":"structure","required":["Bucket","Key","CopySource"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"},"CopySource":{"shape":"S","location":"header","locationName":"x-amz-copy-source"}}},
          "ObjectOutput":{"type":"structure","members":{"Body":{"shape":"B","streaming":true},"Metadata":{"shape":"M","location":"headers","locationName":"x-amz-meta-"}},"payload":"Body"},
          "CopyOutput":{"type":"structure","members":{"Result":{"shape":"CopyResult"}},"payload":"Result"},
          "CopyResult":{"type":"structure","members":{"ETag":{"shape":"S"}}},
          "BucketRequest":{"type":"structure","required":["Bucket"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"}}},
          "TaggingRequest":{"type":"structure","required":["Bucket","Tagging"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Tagging":{"shape":"Tagging","locationName":"Tagging","xmlNamespace":{"uri":"http://s3.amazonaws.com/doc/2006-03-01/"}}},"payload":"Tagging"},
          "Tagging":{"type":"structure","members":{"TagSet":{"shape":"TagSet"}}},"TagSet":{"type":"list","member":{"shape":"Tag","locationName":"Tag"}},
          "Tag":{"type":"structure","members":{"Key":{"shape":"S"},"Value":{"shape":"S"}}},
          "AclRequest":{"type":"structure","members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Grant":{"shape":"Grant","locationName":"Grant"}},"payload":"Grant"},
          "Grant":{"type":"structure","members":{"Grantee":{"shape":"Grantee"},"Permission":{"shape":"S"}}},
          "Grantee":{"type":"structure","members":{"ID":{"shape":"S"},"Type":{"shape":"S","locationName":"xsi:type","xmlAttribute":true}},"xmlNamespace":{"prefix":"xsi","uri":"http://www.w3.org/2001/XMLSchema-instance"}},
          "LocationOutput":{"type":"structure","members":{"LocationConstraint":{"shape":"S"}}},
          "M":{"type":"map","key":{"shape":"S"},"value":{"shape":"S"}},"S":{"type":"string"},"B":{"type":"blob"}}}
        """));

    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestXml);

    [Fact]
    public void An_error_of_S3_stands_bare_and_of_others_in_an_ErrorResponse()
    {
        const string Body = """<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>No.</Message><Key>k</Key><RequestId>r-1</RequestId><HostId>h</HostId></Error>""";
        Service.Operation("GetObject").ReadError(404, Body).ShouldBe(new WireError("NoSuchKey", "No.", 404) { RequestId = "r-1", SenderFault = true });

        var s3 = Protocol.WriteError(Service, Service.Operation("GetObject"), new("NoSuchKey", "No.", 404), "r-1");
        s3.Body.Text().ShouldBe("""<?xml version="1.0" encoding="utf-8"?><Error><Code>NoSuchKey</Code><Message>No.</Message><RequestId>r-1</RequestId></Error>""");
        (s3.Status, s3.Headers.Find("x-amz-request-id"), s3.Headers.Find("x-amzn-RequestId")).ShouldBe((404, "r-1", null));
        var other = ServiceModel.Read("""{"metadata":{"protocol":"rest-xml","endpointPrefix":"route53","xmlNamespace":"u"}}"""u8.ToArray());
        Protocol.WriteError(other, null, new("Throttling", "Slow.", 400), "r-2").Body.Text().ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><ErrorResponse xmlns="u"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Slow.</Message></Error><RequestId>r-2</RequestId></ErrorResponse>""");
    }

    [Theory]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "NotFound")]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(502, "UnknownError")]
    public void An_answer_to_HEAD_says_its_error_by_its_status(int status, string code) =>
        Service.Operation("HeadObject").ReadError(status, "", ("x-amz-request-id", "r")).ShouldBe(
            new WireError(code, $"The service answered HTTP {status} without a message.", status) { RequestId = "r", SenderFault = status < 500 });

    [Fact]
    public void An_error_answers_HEAD_without_a_body()
    {
        var response = Protocol.WriteError(Service, Service.Operation("HeadObject"), new("NoSuchKey", "No.", 404), "r-1");

        response.Body.IsEmpty.ShouldBeTrue();
        Protocol.ReadError(Service.Operation("HeadObject"), response).Code.ShouldBe("NotFound");
    }

    [Theory]
    [InlineData("CopyObject", "<Error><Code>SlowDown</Code><Message>m</Message></Error>", true)]
    [InlineData("CopyObject", "<?xml version=\"1.0\"?>\n\n  <Error><Code>SlowDown</Code></Error>", true)]
    [InlineData("CopyObject", "  \n<?xml version=\"1.0\"?><Error><Code>SlowDown</Code></Error>", true)]
    [InlineData("CopyObject", "<Error xmlns=\"u\"><Code>SlowDown</Code></Error>", true)]
    [InlineData("CopyObject", "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>", false)]
    [InlineData("CopyObject", "<ErrorsOfMine/>", false)]
    [InlineData("CopyObject", "", false)]
    [InlineData("GetObject", "<Error><Code>SlowDown</Code></Error>", false)]
    public void An_error_may_come_with_status_200_but_never_in_an_objects_own_bytes(string operation, string body, bool isError)
    {
        var response = new WireResponse { Body = Encoding.UTF8.GetBytes(body) };

        Protocol.IsError(Service.Operation(operation), response).ShouldBe(isError);
        if (isError)
        {
            var error = Protocol.ReadError(Service.Operation(operation), response);
            (error.Code, error.Status, error.SenderFault).ShouldBe(("SlowDown", 500, false));
        }
    }

    [Fact]
    public void White_space_that_keeps_the_connection_stands_before_an_answer() =>
        Service.Operation("CopyObject").Read(" \n \n<?xml version=\"1.0\"?><CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>").ShouldBe("""{"Result":{"ETag":"\"e\""}}""");

    [Fact]
    public void A_page_of_somebody_else_is_no_answer() =>
        Should.Throw<WireFormatException>(() => Service.Operation("CopyObject").Read("<html><body>Log in</body></html>")).Message.ShouldContain("html");

    [Theory]
    [InlineData("""<LocationConstraint xmlns="u">eu-west-1</LocationConstraint>""")]
    [InlineData("<GetBucketLocationOutput><LocationConstraint>eu-west-1</LocationConstraint></GetBucketLocationOutput>")]
    public void A_location_is_read_with_and_without_an_element_around_it(string body)
    {
        var operation = Service.Operation("GetBucketLocation");

        operation.Read(body).ShouldBe("""{"LocationConstraint":"eu-west-1"}""");
        var answer = Protocol.WriteResponse(operation, new("""{"LocationConstraint":"eu-west-1"}"""u8.ToArray()), "r");
        answer.Body.Text().ShouldBe("""<?xml version="1.0" encoding="utf-8"?><LocationConstraint>eu-west-1</LocationConstraint>""");
        Protocol.WriteResponse(operation, new("{}"u8.ToArray()), "r").Body.Text().ShouldBe("""<?xml version="1.0" encoding="utf-8"?><LocationConstraint />""");
    }

    [Fact]
    public void A_grantees_type_is_an_attribute_wherever_it_was_given_and_whatever_its_prefix()
    {
        const string Given = """{"Bucket":"b","Grant":{"Grantee":{"ID":"1","Type":"CanonicalUser"},"Permission":"READ"}}""";
        var operation = Service.Operation("PutBucketAcl");

        var request = operation.Write(Given);

        request.Body.Text().ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>1</ID></Grantee><Permission>READ</Permission></Grant>""");
        Protocol.ReadRequest(operation, request).Json.Text().ShouldBe(
            """{"Bucket":"b","Grant":{"Grantee":{"Type":"CanonicalUser","ID":"1"},"Permission":"READ"}}""");
        Service.Operation("GetBucketAcl").Read("""<A><Grantee xmlns:i="n" i:type="Group" i:other="x"/><Permission>P</Permission></A>""")
            .ShouldBe("""{"Grantee":{"Type":"Group"},"Permission":"P"}""");
    }

    [Fact]
    public void Checksums_go_where_the_model_wants_them()
    {
        const string Tagging = """{"Bucket":"b","Tagging":{"TagSet":[{"Key":"k","Value":"v"}]}}""";
        var tagging = Service.Operation("PutBucketTagging").Write(Tagging);
        tagging.Body.Text().ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>""");
        tagging.Headers.Find("x-amz-checksum-crc32").ShouldNotBeNull();
        tagging.Headers.Find("Content-MD5").ShouldBeNull();

        Put("123456789").Headers.Find("x-amz-checksum-crc32").ShouldBe("y/Q5Jg==");
        Put("123456789").Headers.Find("x-amz-sdk-checksum-algorithm").ShouldBe("CRC32");
        Put("123456789", "CRC32C").Headers.Find("x-amz-checksum-crc32c").ShouldBe("4waSgw==");
        Put("123456789", "CRC64NVME").Headers.Find("x-amz-checksum-crc64nvme").ShouldBe("rosUhgp5mIg=");
        Put("", "SHA256").Headers.Find("x-amz-checksum-sha256").ShouldBe("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        Put("", "SHA1").Headers.Find("x-amz-checksum-sha1").ShouldBe("2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        Put("", "MD5").Headers.Find("x-amz-checksum-md5").ShouldBe("1B2M2Y8AsgTpgAmY7PhCfg==");
        Put("", "SHA512").Headers.Find("x-amz-checksum-sha512")!.ShouldStartWith("z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP");
        Should.Throw<ArgumentException>(() => Put("", "CRC16")).Message.ShouldContain("CRC16");
        Service.Operation("PutBucketAcl").Write("""{"Bucket":"b"}""").Headers.Find("Content-MD5").ShouldBe("1B2M2Y8AsgTpgAmY7PhCfg==");
        Service.Operation("CopyObject").Write("""{"Bucket":"b","Key":"k","CopySource":"a/b"}""").Headers.Find("x-amz-checksum-crc32").ShouldBeNull();
    }

    [Fact]
    public void A_checksum_that_was_given_stays_alone()
    {
        var request = new WireRequest();
        Protocol.WriteRequest(Service.Operation("PutObject"), new("""{"Bucket":"b","Key":"k","ChecksumSHA256":"mine"}"""u8.ToArray(), "x"u8.ToArray()), request);

        request.Headers.Where(header => header.Key.StartsWith("x-amz-checksum", StringComparison.Ordinal)).Select(header => header.Value).ShouldBe(["mine"]);
    }

    [Theory]
    [InlineData("GET", "/b/k", "", null, "GetObject")]
    [InlineData("GET", "/b/k/more", "uploadId=u", null, "ListParts")]
    [InlineData("HEAD", "/b/k", "", null, "HeadObject")]
    [InlineData("PUT", "/b/k", "", null, "PutObject")]
    [InlineData("PUT", "/b/k", "", "x-amz-copy-source", "CopyObject")]
    [InlineData("PUT", "/b", "tagging", null, "PutBucketTagging")]
    [InlineData("GET", "/b", "acl=", null, "GetBucketAcl")]
    [InlineData("GET", "/b", "", null, null)]
    public void Operations_of_one_path_are_told_apart_by_what_they_demand(string method, string path, string query, string? header, string? operation)
    {
        var request = new WireRequest { Method = method, Path = path, Query = query };
        if (header is not null)
        {
            request.Headers.Add(header, "value");
        }

        Protocol.Match(Service, request)?.Name.ShouldBe(operation);
        (Protocol.Match(Service, request) is null).ShouldBe(operation is null);
    }

    [Fact]
    public void An_object_answers_with_its_bytes_and_its_metadata()
    {
        var response = Protocol.WriteResponse(Service.Operation("GetObject"), new("""{"Metadata":{"a":"b"}}"""u8.ToArray(), "<x"u8.ToArray()), "r");
        response.Headers.Find("x-amz-meta-a").ShouldBe("b");

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var into = new Aws.Projections.Transcription(output);
        Protocol.ReadResponse(Service.Operation("GetObject"), response, into);

        into.Blob.Text().ShouldBe("<x");
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("""{"Metadata":{"a":"b"}}""");
    }

    private static WireRequest Put(string body, string? algorithm = null)
    {
        var request = new WireRequest();
        var json = algorithm is null ? """{"Bucket":"b","Key":"k"}""" : $$"""{"Bucket":"b","Key":"k","ChecksumAlgorithm":"{{algorithm}}"}""";
        Protocol.WriteRequest(Service.Operation("PutObject"), new(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes(body)), request);
        return request;
    }
}
