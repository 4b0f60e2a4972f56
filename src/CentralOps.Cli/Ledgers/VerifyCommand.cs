using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;
using CentralOps.Ledger;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Signing;

namespace CentralOps.Cli.Ledgers;

/// <summary><c>centralops ledger verify</c>: whether the ledger is what was written. Exits 1 where not.</summary>
internal static class VerifyCommand
{
    public static Command Create(Screen screen)
    {
        var place = new LedgerArguments();
        var unsigned = new Option<bool>("--allow-unsigned") { Description = "Accept records behind the last signed head, as a killed process leaves them; they are still told." };
        var output = CommonOptions.Output();
        var command = new Command("verify", "Verify chain, signatures and completeness of every writer's records; name the first thing that is wrong. Exits 1 where something is.") { unsigned, output };
        place.AddTo(command, verifying: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var at = place.Of(parsed);
            using var key = Read(at.Key);
            var report = await new LedgerVerifier(at.Records, at.Heads, key).VerifyAsync(cancellationToken);
            Show(report, parsed.GetValue(output), screen);
            var isAccepted = report.IsSound || (parsed.GetValue(unsigned) && report.Findings.All(static finding => finding.Kind == LedgerFindingKind.Unsigned));
            return isAccepted ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static LedgerKey Read(string path)
    {
        try
        {
            return LedgerKey.Read(path);
        }
        catch (LedgerUnavailableException unusable)
        {
            throw new CommandFailedException($"Signatures cannot be checked: {unusable.Message}. Name the key, or its public half, with --key FILE.");
        }
    }

    private static void Show(LedgerReport report, OutputFormat output, Screen screen)
    {
        if (output == OutputFormat.Json)
        {
            screen.Data.WriteLine(PlainText.Json(ToJson(report).ToJsonString()));
            return;
        }

        if (!report.IsSound)
        {
            var table = new Table([new Column("FOUND", Whole: true), new Column("FILE", 1), new Column("LINE", 1, Whole: true), new Column("PROBLEM")]);
            foreach (var finding in report.Findings)
            {
                table.Add(NameOf(finding.Kind), Path.GetFileName(finding.File), finding.Line > 0 ? finding.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", finding.Problem);
            }

            table.Write(screen);
        }

        screen.Say($"{(report.IsSound ? "Sound" : "Not sound")}: {report.Records} records of {report.Calls} calls by {report.Writers} writers, {report.Interrupted} of them interrupted.");
    }

    private static JsonObject ToJson(LedgerReport report) => new()
    {
        ["sound"] = report.IsSound,
        ["writers"] = report.Writers,
        ["records"] = report.Records,
        ["calls"] = report.Calls,
        ["interrupted"] = report.Interrupted,
        ["findings"] = new JsonArray([.. report.Findings.Select(static finding => (JsonNode)new JsonObject
        {
            ["kind"] = NameOf(finding.Kind),
            ["writer"] = finding.Writer,
            ["file"] = finding.File,
            ["line"] = finding.Line,
            ["seq"] = finding.Seq,
            ["problem"] = finding.Problem,
        })]),
    };

    private static string NameOf(LedgerFindingKind kind) => kind switch
    {
        LedgerFindingKind.Changed => "changed",
        LedgerFindingKind.Removed => "removed",
        LedgerFindingKind.Reordered => "reordered",
        LedgerFindingKind.CutOff => "cut_off",
        LedgerFindingKind.Unsigned => "unsigned",
        LedgerFindingKind.BadHead => "bad_head",
        _ => "inconsistent",
    };
}
