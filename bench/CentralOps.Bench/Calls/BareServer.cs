using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Bench.Calls;

/// <summary>The baseline: a bare Kestrel endpoint that parses the request's JSON and writes it again. No gateway can be faster than this.</summary>
internal static class BareServer
{
    public static async Task<int> ServeAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Run(RewriteAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task RewriteAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync((int)context.Request.ContentLength!.Value);
        var written = new ArrayBufferWriter<byte>(512);
        Rewrite(read.Buffer, written);
        reader.AdvanceTo(read.Buffer.End);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = written.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(written.WrittenMemory);
    }

    // Token by token, with no document between: the least that parsing and writing can cost.
    private static void Rewrite(ReadOnlySequence<byte> body, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(body);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartObject(); break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName: writer.WritePropertyName(reader.ValueSpan); break;
                case JsonTokenType.String: writer.WriteStringValue(reader.ValueSpan); break;
                default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }
    }
}
