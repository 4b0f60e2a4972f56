using System.CommandLine;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Sandboxing;

/// <summary><c>centralops sandbox</c>: what can be done with the sandbox while it runs.</summary>
internal static class SandboxCommand
{
    public static Command Create(Screen screen) =>
        new("sandbox", "Make the running sandbox fail on demand, and see who called what.")
        {
            new Command("fault", "Faults: throttling, denials, latency, broken connections and answers, expiry, a wrong clock.")
            {
                FaultAddCommand.Create(screen).With(screen,
                    "./centralops sandbox fault add throttle --service ec2 --account Production --rate 2 --burst 4",
                    "./centralops sandbox fault add deny --service ec2 --region eu-west-1 --policy scp --explicit",
                    "./centralops sandbox fault add latency --latency 200ms --up-to 2s --for 5m",
                    "./centralops sandbox fault add drop --service sts --operation AssumeRole --times 3",
                    "./centralops sandbox fault add session-lifetime --lifetime 20s",
                    "./centralops sandbox fault add clock-skew --skew 10m"),
                FaultCommands.List(screen).With(screen, "./centralops sandbox fault list", "./centralops sandbox fault list --output json"),
                FaultCommands.Remove(screen).With(screen, "./centralops sandbox fault remove f-1 f-2"),
                FaultCommands.Clear(screen).With(screen, "./centralops sandbox fault clear"),
            }.With(screen, "./centralops sandbox fault add throttle --service ec2 --rate 2", "./centralops sandbox fault list"),
            TrailCommand.Create(screen).With(screen,
                "./centralops sandbox trail",
                "./centralops sandbox trail --account Production --errors --since 10m",
                "./centralops sandbox trail --caller alice --follow",
                "./centralops sandbox trail --service sts --output json"),
        };
}
