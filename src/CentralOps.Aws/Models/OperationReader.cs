using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Reads one operation, with the shapes of its input, output and errors (their members' shapes stay unread).</summary>
internal static class OperationReader
{
    public static OperationModel Read(ModelSource source, ServiceModel service, string name, Slice text)
    {
        var reader = new Utf8JsonReader(source.Text(text));
        string? method = null, uri = null, wrapper = null, hostPrefix = null;
        int? responseCode = null;
        Member? input = null;
        Shape? output = null;
        ChecksumTraits? checksum = null;
        AnswerChecksumTraits? answerChecksum = null;
        var (checksumRequired, deprecated, unsigned, unsignedPayload, gzips) = (false, false, false, false, false);
        ErrorModel[] errors = [];
        Pagination? pagination = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("http"u8))
            {
                ReadHttp(ref reader, ref method, ref uri, ref responseCode);
            }
            else if (reader.ValueTextEquals("input"u8))
            {
                input = MemberReader.Read(ref reader, source, text.Start, name, "Input", 0);
            }
            else if (reader.ValueTextEquals("output"u8))
            {
                var again = reader;
                output = MemberReader.Read(ref reader, source, text.Start, name, "Output", 0).Shape.InAnswer();
                wrapper = ReadOne(ref again, "resultWrapper"u8);
            }
            else if (reader.ValueTextEquals("endpoint"u8))
            {
                hostPrefix = ReadOne(ref reader, "hostPrefix"u8);
            }
            else if (reader.ValueTextEquals("httpChecksum"u8))
            {
                (checksum, answerChecksum) = ReadChecksum(ref reader);
            }
            else if (reader.ValueTextEquals("httpChecksumRequired"u8))
            {
                checksumRequired = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("requestcompression"u8))
            {
                gzips = ReadsGzip(ref reader);
            }
            else if (reader.ValueTextEquals("deprecated"u8))
            {
                deprecated = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("authtype"u8))
            {
                var type = JsonText.ReadString(ref reader);
                unsigned |= type is "none";
                unsignedPayload |= type is "v4-unsigned-body";
            }
            else if (reader.ValueTextEquals("auth"u8))
            {
                // The first is the preferred one.
                unsigned |= JsonText.ReadStrings(ref reader) is ["smithy.api#noAuth", ..];
            }
            else if (reader.ValueTextEquals("unsignedPayload"u8))
            {
                unsignedPayload |= JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("errors"u8))
            {
                errors = ReadErrors(ref reader, source);
            }
            else if (reader.ValueTextEquals("pagination"u8))
            {
                pagination = PaginationReader.Read(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        return new OperationModel
        {
            Service = service,
            Name = name,
            Method = method ?? "POST",
            RequestUri = uri ?? "/",
            ResponseCode = responseCode ?? 200,
            Input = input?.Shape,
            InputName = input?.LocationName,
            InputNamespace = input?.XmlNamespace,
            Output = output,
            ResultWrapper = wrapper,
            HostPrefix = string.IsNullOrEmpty(hostPrefix) ? null : hostPrefix,
            Deprecated = deprecated,
            Unsigned = unsigned,
            UnsignedPayload = unsignedPayload,
            Checksum = checksum ?? (checksumRequired ? new(Md5: true, AlgorithmMember: null) : null),
            AnswerChecksum = answerChecksum,
            Gzips = gzips,
            Errors = errors,
            Pagination = pagination,
        };
    }

    private static void ReadHttp(ref Utf8JsonReader reader, ref string? method, ref string? uri, ref int? responseCode)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
            {
                method = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("requestUri"u8))
            {
                uri = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("responseCode"u8))
            {
                responseCode = JsonText.ReadInt32(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }
    }

    // An operation may have the trait for its answers only.
    private static (ChecksumTraits? Request, AnswerChecksumTraits? Answer) ReadChecksum(ref Utf8JsonReader reader)
    {
        var required = false;
        string? algorithm = null, mode = null;
        string[] answers = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("requestChecksumRequired"u8))
            {
                required = JsonText.ReadBoolean(ref reader);
            }
            else if (reader.ValueTextEquals("requestAlgorithmMember"u8))
            {
                algorithm = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("requestValidationModeMember"u8))
            {
                mode = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("responseAlgorithms"u8))
            {
                answers = JsonText.ReadStrings(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        return (
            required || algorithm is not null ? new(Md5: false, algorithm) : null,
            mode is not null && answers.Length > 0 ? new(answers, mode) : null);
    }

    private static bool ReadsGzip(ref Utf8JsonReader reader)
    {
        string[] encodings = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("encodings"u8))
            {
                encodings = JsonText.ReadStrings(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        return encodings.Contains("gzip", StringComparer.Ordinal);
    }

    private static ErrorModel[] ReadErrors(ref Utf8JsonReader reader, ModelSource source)
    {
        var errors = new List<ErrorModel>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            string? name = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isShape = reader.ValueTextEquals("shape"u8);
                var value = JsonText.ReadString(ref reader);
                name = isShape ? value : name;
            }

            if (name is not null)
            {
                errors.Add(ErrorOf(source.Shape(name)));
            }
        }

        return [.. errors];
    }

    private static ErrorModel ErrorOf(Shape shape)
    {
        var fault = shape.Error?.Fault ?? false;
        var status = shape.Error?.Status ?? (fault ? 500 : 400);
        return new(shape.Error?.Code ?? shape.Name, status, shape.Error?.SenderFault ?? (!fault && status < 500), shape);
    }

    /// <summary>One string member of an object.</summary>
    private static string? ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        string? found = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(name);
            var value = JsonText.ReadString(ref reader);
            found = wanted ? value : found;
        }

        return found;
    }
}
