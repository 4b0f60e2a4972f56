using System.CommandLine;
using System.Globalization;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Cli.Up;

/// <summary>Which organization the sandbox holds: the default one, a generated one of any size, or the user's own.</summary>
internal sealed class EstateOptions
{
    private const int Fewest = 2;
    private const int Most = 50_000;

    private readonly Option<int?> _accounts = new("--accounts") { Description = $"A generated organization of so many accounts ({Fewest} to {Most})." };
    private readonly Option<string?> _file = new("--estate") { Description = "The organization of a YAML file; docs/estate.md tells its format.", HelpName = "FILE" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Other ids, addresses and resources; the same number gives the same ones." };

    public void AddTo(Command command, Option<bool> aws)
    {
        command.Add(_accounts);
        command.Add(_file);
        command.Add(_seed);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_accounts) is < Fewest or > Most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--accounts must be {Fewest} to {Most}."));
            }

            if (result.GetValue(_seed) < 0)
            {
                result.AddError("--seed must not be negative.");
            }

            if (result.GetValue(_accounts) is not null && result.GetValue(_file) is not null)
            {
                result.AddError("--accounts generates an organization and --estate reads one: give one of them.");
            }

            if (result.GetValue(aws) && (result.GetValue(_accounts) is not null || result.GetValue(_seed) is not null || result.GetValue(_file) is not null))
            {
                result.AddError("--accounts, --estate and --seed make the sandbox, which --aws does without: leave one or the other out.");
            }
        });
    }

    public Estate Read(ParseResult parsed)
    {
        var seed = (ulong?)parsed.GetValue(_seed);
        if (parsed.GetValue(_accounts) is { } accounts)
        {
            return Estate.OfSize(accounts, seed ?? Estate.DefaultSeed);
        }

        if (parsed.GetValue(_file) is not { } file)
        {
            return seed is { } other ? Estate.OfSeed(other) : Estate.Default;
        }

        try
        {
            return Estate.OfFile(file, seed);
        }
        catch (EstateFileException wrong)
        {
            throw new CommandFailedException(wrong.Message);
        }
    }
}
