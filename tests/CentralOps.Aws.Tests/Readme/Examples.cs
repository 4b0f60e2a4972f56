using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Readme;

/// <summary>The README's examples, to the letter.</summary>
internal static class Examples
{
    public static async Task CallAsync(Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var aws = new AwsClient(http, EndpointResolver.Read(environment), TimeProvider.System, new AwsClientOptions());
        var credentials = EnvironmentCredentials.Read(environment);

        var call = new AwsCall(ModelLibrary.Operation("sts", "GetCallerIdentity"), new AwsInput("{}"u8.ToArray()), "eu-west-1", credentials);
        var json = new ArrayBufferWriter<byte>();
        var answer = await aws.CallAsync(call, new Transcription(json), cancellationToken);
        output.WriteLine(answer.Failure is { } failure ? $"{failure.Code}: {failure.Message}" : Encoding.UTF8.GetString(json.WrittenSpan));
    }

    public static async Task PageAsync(AwsClient aws, AwsCredentials credentials, TextWriter output, CancellationToken cancellationToken)
    {
        var call = new AwsCall(ModelLibrary.Operation("ec2", "DescribeInstances"), new AwsInput("""{"MaxResults":100}"""u8.ToArray()), "eu-west-1", credentials);
        var wanted = Projection.Items("Reservations.Instances", Field.Value("InstanceId"), Field.Value("State.Name", "State"), Field.TagMap("Tags"));
        var json = new ArrayBufferWriter<byte>();
        await foreach (var (answer, page) in aws.PagesAsync(call, () => new Transcription(json, wanted), cancellationToken))
        {
            output.WriteLine(answer.Failure is { } failure ? $"{failure.Code}: {failure.Message}" : $"[{Encoding.UTF8.GetString(json.WrittenSpan)}]");
            json.ResetWrittenCount();
        }
    }

    public static WireResponse Serve(WireRequest request, IAccessKeys keys, string requestId)
    {
        var service = ModelLibrary.Service("sts");
        var protocol = WireProtocols.For(service.Protocol);
        var operation = protocol.Match(service, request);
        var verdict = SignatureV4.Verify(request, keys, TimeProvider.System.GetUtcNow(), new SignatureRules { Services = ["sts"] });
        if (!verdict.Accepted)
        {
            return protocol.WriteError(service, operation, SignatureErrors.For(verdict, protocol.Kind, service.SigningName), requestId);
        }

        if (operation?.Name is not "GetCallerIdentity")
        {
            return protocol.WriteError(service, operation, new WireError("InvalidAction", "Only GetCallerIdentity is served here.", 400), requestId);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(new { Account = "111111111111", Arn = verdict.Key!.PrincipalArn, UserId = verdict.Key.Id });
        return protocol.WriteResponse(operation, new AwsOutput(json), requestId);
    }
}
