using System.CommandLine;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Access;

/// <summary><c>centralops access</c>: what the access rules say, before anybody is surprised by them.</summary>
internal static class AccessCommand
{
    public static Command Create(Screen screen) =>
        new("access", "See what the access rules let a caller do.")
        {
            CheckCommand.Create(screen).With(screen,
                "./centralops access check --as ada --group sre --tool describe_ec2_instances --account 222222222222 --unit Workloads/Prod --rules access.yaml",
                "./centralops access check --as arn:aws:sts::111111111111:assumed-role/Agents/a --tool ec2___describe_ec2_instances --account Production --accounts-file accounts.json"),
            ExplainCommand.Create(screen).With(screen,
                "./centralops access explain --as ada --group sre --rules access.yaml",
                "./centralops access explain --as local --accounts-file accounts.json --output json"),
        };
}
