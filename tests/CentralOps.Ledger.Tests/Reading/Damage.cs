using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Tests.Reading;

/// <summary>What somebody without the key does to a ledger's files.</summary>
public enum DamageKind
{
    Byte,
    Value,
    ValueAndAllLinksBehindIt,
    RecordRemoved,
    RecordsRemovedAndLinksMended,
    RecordDoubled,
    RecordsSwapped,
    RecordMoved,
    RecordOfAnotherWriter,
    RecordInserted,
    RecordAppended,
    LastRecordsCutOff,
    BytesCutOff,
    PartRemoved,
    PartEmptied,
    LastPartRemoved,
    PartsSwapped,
    PartOfAnotherWriter,
    AllPartsRemoved,
    HeadsRemoved,
    HeadsCutOff,
    HeadsEmptied,
    HeadsReordered,
    HeadByte,
    HeadsOfAnotherWriter,
    HeadSignedByAnother,
}

/// <summary>Does one thing to the files of a ledger that has two writers of several parts each.</summary>
internal sealed class Damage(string[] parts, string[] heads, Random dice)
{
    public void Do(DamageKind kind)
    {
        var part = Pick(parts);
        var head = Pick(heads);
        switch (kind)
        {
            case DamageKind.Byte:
                FlipByte(part);
                break;
            case DamageKind.HeadByte:
                FlipByte(head);
                break;
            case DamageKind.Value:
                Edit(part, lines => lines[dice.Next(lines.Count)] = Changed(Pick(lines)));
                break;
            case DamageKind.ValueAndAllLinksBehindIt:
                Relink(WriterOf(part), lines => ChangeOne(lines));
                break;
            case DamageKind.RecordRemoved:
                Edit(part, lines => lines.RemoveAt(dice.Next(lines.Count)));
                break;
            case DamageKind.RecordsRemovedAndLinksMended:
                Relink(WriterOf(part), lines => lines.RemoveRange(1 + dice.Next(lines.Count - 4), 1 + dice.Next(3)));
                break;
            case DamageKind.RecordDoubled:
                Edit(part, lines => { var at = dice.Next(lines.Count); lines.Insert(at, lines[at]); });
                break;
            case DamageKind.RecordsSwapped:
                Edit(part, lines => { var at = 1 + dice.Next(lines.Count - 1); (lines[at], lines[at - 1]) = (lines[at - 1], lines[at]); });
                break;
            case DamageKind.RecordMoved:
                Move(part, Other(parts, part));
                break;
            case DamageKind.RecordOfAnotherWriter:
                var foreign = Pick(File.ReadAllLines(parts.First(path => WriterOf(path) != WriterOf(part))));
                Edit(part, lines => lines[dice.Next(lines.Count)] = foreign);
                break;
            case DamageKind.RecordInserted:
                Relink(WriterOf(part), lines => lines.Insert(1 + dice.Next(lines.Count - 1), lines[1 + dice.Next(lines.Count - 1)]));
                break;
            case DamageKind.RecordAppended:
                var last = LastPartOf(part);
                var line = File.ReadAllLines(last)[^1];
                File.AppendAllText(last, $$"""{"seq":{{Seq(line) + 1}},"prev":"{{ChainPosition.HashOf(Encoding.ASCII.GetBytes(line))}}","time":"2026-11-22T12:00:00.000000Z","type":"begin","call":"forged"}""" + "\n");
                break;
            case DamageKind.LastRecordsCutOff:
                Edit(LastPartOf(part), lines => { var less = 1 + dice.Next(lines.Count); lines.RemoveRange(lines.Count - less, less); });
                break;
            case DamageKind.BytesCutOff:
                var bytes = File.ReadAllBytes(LastPartOf(part));
                File.WriteAllBytes(LastPartOf(part), bytes[..dice.Next(bytes.Length)]);
                break;
            case DamageKind.PartRemoved:
                File.Delete(part);
                break;
            case DamageKind.PartEmptied:
                File.WriteAllBytes(part, []);
                break;
            case DamageKind.LastPartRemoved:
                File.Delete(LastPartOf(part));
                break;
            case DamageKind.PartsSwapped:
                Swap(part, Other(parts.Where(path => WriterOf(path) == WriterOf(part)), part));
                break;
            case DamageKind.PartOfAnotherWriter:
                Swap(part, parts.First(path => WriterOf(path) != WriterOf(part)));
                break;
            case DamageKind.AllPartsRemoved:
                foreach (var path in parts.Where(path => WriterOf(path) == WriterOf(part)))
                {
                    File.Delete(path);
                }

                break;
            case DamageKind.HeadsRemoved:
                File.Delete(head);
                break;
            case DamageKind.HeadsCutOff:
                Edit(head, lines => lines.RemoveRange(lines.Count - 1, 1));
                break;
            case DamageKind.HeadsEmptied:
                File.WriteAllBytes(head, []);
                break;
            case DamageKind.HeadsReordered:
                Edit(head, lines => { var at = 1 + dice.Next(lines.Count - 1); (lines[at], lines[at - 1]) = (lines[at - 1], lines[at]); });
                break;
            case DamageKind.HeadsOfAnotherWriter:
                File.Copy(Other(heads, head), head, overwrite: true);
                break;
            default:
                using (var own = LedgerKey.New())
                {
                    Head.TryRead(Encoding.ASCII.GetBytes(File.ReadAllLines(head)[^1]), out var signed);
                    Edit(head, lines => lines[^1] = Encoding.ASCII.GetString(Head.Sign(signed!.Writer, signed.Part, signed.Seq, signed.Hash, DateTimeOffset.UnixEpoch, own).Line())[..^1]);
                }

                break;
        }
    }

    private static string WriterOf(string path) => Path.GetFileName(path).Split('.')[0];

    private string LastPartOf(string part) => parts.Last(path => WriterOf(path) == WriterOf(part));

    private T Pick<T>(IReadOnlyList<T> from) => from[dice.Next(from.Count)];

    private string Other(IEnumerable<string> paths, string than) => Pick([.. paths.Where(path => path != than)]);

    private void FlipByte(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[dice.Next(bytes.Length)] ^= (byte)(1 + dice.Next(255));
        File.WriteAllBytes(path, bytes);
    }

    private static void Edit(string path, Action<List<string>> edit)
    {
        var lines = File.ReadAllLines(path).ToList();
        edit(lines);
        Write(path, lines);
    }

    private static void Write(string path, IEnumerable<string> lines) => File.WriteAllText(path, string.Concat(lines.Select(static line => line + "\n")));

    private static void Swap(string one, string other)
    {
        var kept = File.ReadAllBytes(one);
        File.Copy(other, one, overwrite: true);
        File.WriteAllBytes(other, kept);
    }

    private void Move(string from, string to)
    {
        var line = "";
        Edit(from, lines =>
        {
            var at = dice.Next(lines.Count);
            line = lines[at];
            lines.RemoveAt(at);
        });
        Edit(to, lines => lines.Insert(dice.Next(lines.Count + 1), line));
    }

    private static long Seq(string line) => JsonNode.Parse(line)!["seq"]!.GetValue<long>();

    /// <summary>Another value, in a line that is still a record.</summary>
    private string Changed(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        switch (dice.Next(3))
        {
            case 0:
                json["time"] = "2026-11-22T12:00:00.000001Z";
                break;
            case 1:
                json["note"] = dice.Next();
                break;
            default:
                json["tool"] = "list_s3_buckets";
                break;
        }

        return json.ToJsonString();
    }

    private void ChangeOne(List<string> lines)
    {
        var at = dice.Next(lines.Count);
        lines[at] = Changed(lines[at]);
    }

    /// <summary>Everything is done right but for the signature: numbers and links of a writer's records are made anew over all parts.</summary>
    private void Relink(string writer, Action<List<string>> edit)
    {
        var paths = parts.Where(path => WriterOf(path) == writer).ToList();
        var lines = paths.SelectMany(File.ReadAllLines).ToList();
        edit(lines);
        var position = ChainPosition.Start;
        var files = new List<List<string>>();
        foreach (var line in lines)
        {
            var json = JsonNode.Parse(line)!.AsObject();
            if (json["type"]!.GetValue<string>() == "open" || files.Count == 0)
            {
                files.Add([]);
            }

            json["seq"] = position.Next;
            json["prev"] = position.Previous;
            var text = json.ToJsonString();
            position = position.After(Encoding.ASCII.GetBytes(text));
            files[^1].Add(text);
        }

        for (var index = 0; index < paths.Count; index++)
        {
            Write(paths[index], index < files.Count ? files[index] : []);
        }
    }
}
