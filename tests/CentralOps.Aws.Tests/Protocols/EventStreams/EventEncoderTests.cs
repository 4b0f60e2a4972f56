using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.EventStreams;

namespace CentralOps.Aws.Tests.Protocols.EventStreams;

public sealed class EventEncoderTests
{
    private static readonly OperationModel Talk = ModelLibrary.Operation("bedrock-runtime", "ConverseStream");

    [Fact]
    public void What_is_written_is_read_again()
    {
        const string Json = """{"delta":{"text":"Hel\nlo é"},"contentBlockIndex":3}""";

        var read = Read(EventEncoder.Event(Talk, "contentBlockDelta", Encoding.UTF8.GetBytes(Json))).ShouldBeOfType<StreamedEvent.Data>();

        read.Name.ShouldBe("contentBlockDelta");
        Encoding.UTF8.GetString(read.Json.Span).ShouldBe($$"""{"contentBlockDelta":{{Json}}}""");
    }

    [Fact]
    public void An_exception_ends_a_stream_with_the_models_code_and_status()
    {
        var read = Read(EventEncoder.Exception(Talk, "throttlingException", "Slow \"down\".")).ShouldBeOfType<StreamedEvent.Failed>();

        (read.Error.Code, read.Error.Message, read.Error.Status).ShouldBe(("ThrottlingException", "Slow \"down\".", 429));
    }

    [Fact]
    public void What_is_no_event_of_the_stream_is_refused()
    {
        Should.Throw<InputException>(() => EventEncoder.Event(Talk, "other", "{}"u8.ToArray())).Message.ShouldContain("no event 'other'");
        Should.Throw<InputException>(() => EventEncoder.Event(Talk, "messageStart", """{"rolle":"a"}"""u8.ToArray())).Message.ShouldContain("'rolle' is not a member");
        Should.Throw<InputException>(() => EventEncoder.Event(Talk, "messageStart", "{"u8.ToArray())).Message.ShouldContain("cannot be read");
        Should.Throw<InputException>(() => EventEncoder.Event(ModelLibrary.Operation("bedrock-runtime", "Converse"), "messageStart", "{}"u8.ToArray())).Message.ShouldContain("does not answer with a stream");
    }

    private static StreamedEvent Read(ReadOnlyMemory<byte> message) => new EventDecoder(Talk).Decode(EventMessage.Read(message));
}
