using System.CommandLine;
using CentralOps.Access.Callers;

namespace CentralOps.Cli.Access;

/// <summary>Options that say who a caller would be.</summary>
internal sealed class CallerArguments
{
    private const string Local = "local";

    private readonly Option<string> _principal = new("--as") { Description = "Who asks: an IAM principal's ARN, a token's subject, or 'local' for the owner of a local gateway.", HelpName = "PRINCIPAL", Required = true };

    private readonly Option<string[]> _groups = new("--group") { Description = "A group that the token's claims name (repeat it for more).", HelpName = "NAME", DefaultValueFactory = static _ => [] };

    private readonly Option<string[]> _claims = new("--claim") { Description = "A claim of the token: iss=URL or client_id=ID.", HelpName = "NAME=VALUE", DefaultValueFactory = static _ => [] };

    public CallerArguments() => _claims.Validators.Add(static result =>
    {
        foreach (var token in result.Tokens.Where(static token => Claim(token.Value) is not { Name: "iss" or "client_id", Value.Length: > 0 }))
        {
            result.AddError($"--claim: '{token.Value}' is neither iss=URL nor client_id=ID; groups are given with --group.");
        }
    });

    public void AddTo(Command command)
    {
        command.Options.Add(_principal);
        command.Options.Add(_groups);
        command.Options.Add(_claims);
    }

    public Caller Of(ParseResult parsed)
    {
        var principal = parsed.GetValue(_principal)!;
        var (groups, claims) = (parsed.GetValue(_groups) ?? [], parsed.GetValue(_claims) ?? []);
        if (principal is Local && groups.Length == 0 && claims.Length == 0)
        {
            return Caller.Local;
        }

        if (principal.StartsWith("arn:", StringComparison.Ordinal))
        {
            return groups.Length + claims.Length == 0
                ? new Caller(principal, CallerKind.Iam)
                : throw new CommandFailedException("--as is an ARN: IAM principals have no groups and claims; leave --group and --claim out.", ExitCode.Usage);
        }

        return new Caller(principal, CallerKind.Jwt)
        {
            Groups = groups,
            Issuer = claims.Select(Claim).LastOrDefault(static claim => claim.Name is "iss").Value,
            ClientId = claims.Select(Claim).LastOrDefault(static claim => claim.Name is "client_id").Value,
        };
    }

    private static (string Name, string? Value) Claim(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
}
