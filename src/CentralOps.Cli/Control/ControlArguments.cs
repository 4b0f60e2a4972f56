using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Control;

/// <summary>The options of every command that asks a control plane, and how such a command runs.</summary>
internal sealed class ControlArguments
{
    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = "Control plane to ask instead of the running 'up'.",
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            {
                result.AddError("--endpoint: that is not an http or https URL without a password; give one such as http://127.0.0.1:8767.");
                return null;
            }

            if (url.Scheme is "http" && !url.IsLoopback)
            {
                result.AddError("--endpoint: http to another machine would show secrets to the network; give an https URL.");
                return null;
            }

            return url;
        },
    };

    private readonly Option<bool> _aws = new("--aws") { Description = "AgentCore in AWS, with credentials from the usual AWS chain." };
    private readonly Option<string?> _profile = new("--profile") { Description = "AWS profile to sign with (with --aws or --endpoint).", HelpName = "NAME" };
    private readonly Option<string?> _state = CommonOptions.State();
    private readonly Option<OutputFormat> _output = CommonOptions.Output();
    private readonly Option<string?> _input = new("--cli-input-json") { Description = "The API's own JSON, from a file or stdin; other options are put over it.", HelpName = "FILE|-" };

    public Option<string?> Region { get; } = new("--region") { Description = "AWS region, such as us-east-1.", HelpName = "REGION" };

    public OutputFormat Output(ParseResult parsed) => parsed.GetValue(_output);

    public Command AddTo(Command command, bool takesJson = false)
    {
        foreach (var option in (Option[])[_endpoint, _aws, _profile, Region, _state, _output])
        {
            command.Options.Add(option);
        }

        if (takesJson)
        {
            command.Options.Add(_input);
        }

        return command;
    }

    /// <summary>The API's JSON as it was given; an empty object where none was.</summary>
    public async Task<JsonObject> InputAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_input) is { } source ? await JsonInput.ReadObjectAsync("--cli-input-json", source, cancellationToken) : [];

    /// <summary>Whether the API's JSON was given.</summary>
    public bool HasInput(ParseResult parsed) => parsed.GetValue(_input) is not null;

    public void SetAction(Command command, Screen screen, Func<ControlSession, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = ControlSession.Open(PlaceOf(parsed), ProcessEnvironment.Read, TimeProvider.System);
            try
            {
                return await run(session, parsed, cancellationToken);
            }
            catch (ControlRefusedException refused)
            {
                refused.Say(screen);
                return ExitCode.Refused;
            }
        });

    /// <summary>Which control plane the command line means.</summary>
    /// <param name="profileServesAccounts">A profile is of use without it: the command enters accounts too.</param>
    public ControlPlace PlaceOf(ParseResult parsed, bool profileServesAccounts = false)
    {
        var place = new ControlPlace(parsed.GetValue(_endpoint), parsed.GetValue(_aws), parsed.GetValue(_profile), parsed.GetValue(Region), parsed.GetValue(_state));
        return place switch
        {
            { Aws: true, Endpoint: not null } => throw new CommandFailedException("--aws and --endpoint name two control planes: give one of them.", ExitCode.Usage),
            { Aws: false, Endpoint: null, Profile: not null } when !profileServesAccounts => throw new CommandFailedException("--profile signs for --aws or --endpoint: give one of them with it.", ExitCode.Usage),
            _ => place,
        };
    }
}
