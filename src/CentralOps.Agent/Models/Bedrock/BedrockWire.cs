using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>Amazon Bedrock's Converse and ConverseStream, on the house's own AWS client: signed, retried by AWS's standard mode, keys renewed.</summary>
internal sealed class BedrockWire : IModelWire
{
    private static readonly OperationModel Whole = ModelLibrary.Operation("bedrock-runtime", "Converse");
    private static readonly OperationModel Streamed = ModelLibrary.Operation("bedrock-runtime", "ConverseStream");

    private readonly AwsClient _aws;
    private readonly ICredentialSource _credentials;
    private readonly ModelLimits _limits;
    private readonly BedrockModel _model;
    private readonly Guardrail? _guardrail;
    private readonly CachePlaces _caches;
    private readonly string _region;

    public BedrockWire(BedrockModel model, AwsClient aws, ICredentialSource credentials, string region, ModelConnection connection)
    {
        (_model, _aws, _credentials, _region) = (model, aws, credentials, region);
        (_limits, _guardrail) = (connection.Limits, connection.Guardrail);
        _caches = connection.PromptCaching switch { PromptCaching.On => CachePlaces.All, PromptCaching.Off => CachePlaces.None, _ => model.CachePlaces };
        Subject = new ModelSubject(ModelProvider.Bedrock, "Amazon Bedrock", model.Id, region);
    }

    public ModelSubject Subject { get; }

    public Uri? Endpoint => null;

    public IAsyncEnumerable<AnswerPiece> AskAsync(ModelQuestion question, CancellationToken cancellationToken) =>
        question.Streams ? StreamAsync(question, cancellationToken) : WholeAsync(question, cancellationToken);

    private async IAsyncEnumerable<AnswerPiece> WholeAsync(ModelQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = await CallAsync(Whole, question, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        AwsAnswer answer;
        try
        {
            answer = await _aws.CallAsync(call, new Transcription(output), cancellationToken);
        }
        catch (InputException unfit)
        {
            throw ModelWords.Of(ModelProblem.Rejected, Subject, unfit.Message);
        }

        if (answer.Failure is { } failure)
        {
            throw BedrockFailures.Of(failure, Subject, inStream: false);
        }

        using var json = Parse(output.WrittenMemory);
        foreach (var piece in ConverseAnswer.Read(json.RootElement, answer.RequestId))
        {
            yield return piece;
        }
    }

    private async IAsyncEnumerable<AnswerPiece> StreamAsync(ModelQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = await CallAsync(Streamed, question, cancellationToken);
        AwsStream begun;
        try
        {
            begun = await _aws.StreamAsync(call, cancellationToken);
        }
        catch (InputException unfit)
        {
            throw ModelWords.Of(ModelProblem.Rejected, Subject, unfit.Message);
        }

        await using var stream = begun;
        if (stream.Answer.Failure is { } refused)
        {
            throw BedrockFailures.Of(refused, Subject, inStream: false);
        }

        yield return new AnswerPiece.Begun(stream.Answer.RequestId);
        await foreach (var next in stream.EventsAsync(cancellationToken))
        {
            if (next.Failure is { } failure)
            {
                throw BedrockFailures.Of(failure, Subject, inStream: true);
            }

            using var json = Parse(next.Json);
            foreach (var piece in ConverseEvents.Read(next.Name, json.RootElement))
            {
                yield return piece;
            }
        }
    }

    private async ValueTask<AwsCall> CallAsync(OperationModel operation, ModelQuestion question, CancellationToken cancellationToken)
    {
        var input = ConverseRequest.Write(_model, _caches, _guardrail, question);
        if (input.Length > _limits.RequestBytes)
        {
            throw ModelWords.Of(ModelProblem.TooLong, Subject, string.Create(CultureInfo.InvariantCulture, $"{input.Length} bytes of {_limits.RequestBytes} that are sent at most"));
        }

        return new AwsCall(operation, new AwsInput(input), _region, await KeysAsync(cancellationToken))
        {
            Renewal = _credentials,
            AttemptTimeout = question.Streams ? _limits.Silence : _limits.Answer,
        };
    }

    private async ValueTask<AwsCredentials> KeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _credentials.GetAsync(cancellationToken);
        }
        catch (CredentialException missing)
        {
            throw new ModelException(ModelProblem.Credentials, missing.Message, missing.Remedy);
        }
    }

    // The client wrote it, so that it is JSON; how deep a model nests its inputs is the model's.
    private JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ForeignJson.MaxDepth + 16 });
        }
        catch (JsonException)
        {
            throw ModelWords.Of(ModelProblem.Broken, Subject, "it nests too deeply");
        }
    }
}
