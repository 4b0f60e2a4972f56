namespace CentralOps.Ledger.Records;

/// <summary>What a writer tells of itself.</summary>
internal static class WriterRecords
{
    /// <summary>The first record of each part.</summary>
    public static void AddOpen(RecordLines lines, DateTimeOffset time, string writer, int part, string? key) =>
        lines.Add("open", time, (writer, part, key), static (json, about) =>
        {
            json.WriteNumber("version"u8, 1);
            json.WriteString("writer"u8, about.writer);
            json.WriteNumber("part"u8, about.part);
            RecordLines.Text(json, "key", about.key);
        });

    /// <summary>The last record of a writer that ended in order.</summary>
    public static void AddClose(RecordLines lines, DateTimeOffset time) => lines.Add("close", time, 0, static (_, _) => { });
}
