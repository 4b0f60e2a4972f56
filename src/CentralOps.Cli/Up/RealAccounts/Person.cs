using System.Buffers;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>Whose credentials these are. Asked at the start, so that wrong ones are told then and not with the first question.</summary>
/// <param name="Home">The account that the credentials belong to.</param>
internal sealed record Person(Caller Caller, AccountId Home)
{
    public static async Task<Person> AskAsync(AwsClient client, ICredentialSource credentials, RegionName region, CancellationToken cancellationToken)
    {
        AwsCredentials keys;
        try
        {
            keys = await credentials.GetAsync(cancellationToken);
        }
        catch (CredentialException none)
        {
            throw new CommandFailedException($"{none.Message} {none.Remedy}");
        }

        var output = new ArrayBufferWriter<byte>(512);
        var call = new AwsCall(ModelLibrary.Operation("sts", "GetCallerIdentity"), new AwsInput("{}"u8.ToArray()), region.ToString(), keys) { Renewal = credentials };
        var answer = await client.CallAsync(call, new Transcription(output), cancellationToken);
        if (answer.Failure is { } failure)
        {
            throw new CommandFailedException(
                $"AWS does not take these credentials ({failure.Code}: {failure.Message}): try 'aws sts get-caller-identity', and sign in again where that fails too.");
        }

        using var identity = JsonDocument.Parse(output.WrittenMemory);
        var arn = identity.RootElement.GetProperty("Arn").GetString() ?? "";
        return AccountId.TryParse(identity.RootElement.GetProperty("Account").GetString(), out var home)
            ? new Person(new Caller(arn[(arn.LastIndexOfAny(['/', ':']) + 1)..], CallerKind.LocalToken), home)
            : throw new CommandFailedException("AWS STS does not tell which account these credentials belong to.");
    }
}
