using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Bench.Wire;

/// <summary>Answers to JSON, against one pass of the platform's bare reader over the same bytes.</summary>
internal static class TranscodingBench
{
    private static readonly Projection Instances = Projection.Items(
        "Reservations.Instances",
        Field.Value("InstanceId"),
        Field.Value("InstanceType"),
        Field.Value("State.Name", "State"),
        Field.Value("PrivateIpAddress"),
        Field.Value("PublicIpAddress"),
        Field.Value("LaunchTime"),
        Field.Value("Placement.AvailabilityZone"),
        Field.Value("VpcId"),
        Field.Value("SubnetId"),
        Field.TagMap("Tags"));

    public static int Run(int pairs)
    {
        Console.WriteLine($"{"ours, baseline (medians)",-46} {pairs} pairs, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
        var instances = Bodies.Instances(10_000);
        Compare("ec2 DescribeInstances, all members", "ec2", "DescribeInstances", instances, null, BareXml, pairs);
        Compare("ec2 DescribeInstances, the tool's projection", "ec2", "DescribeInstances", instances, Instances, BareXml, pairs);
        Compare("awsJson1.1 ListAccounts, all members", "organizations", "ListAccounts", Bodies.Accounts(10_000), null, BareJson, pairs);
        Compare("restJson1 ListFunctions, all members", "lambda", "ListFunctions", Bodies.Functions(10_000), null, BareJson, pairs);
        return 0;
    }

    /// <summary>The same DescribeInstances body as a file, for boto3's parser.</summary>
    public static int WriteBody(string path)
    {
        File.WriteAllBytes(path, Bodies.Instances(10_000).Body.ToArray());
        return 0;
    }

    /// <summary>How far the process's resident memory rises over what it held with the body read, while all of it is transcoded.</summary>
    public static int Memory(string path, bool projected)
    {
        // The same work first, until all of it is compiled to the last tier: the compiler's memory is no part of the answer.
        var operation = ModelLibrary.Operation("ec2", "DescribeInstances");
        var response = new WireResponse { Body = File.ReadAllBytes(path) };
        var warmUntil = Stopwatch.GetTimestamp() + (4 * Stopwatch.Frequency);
        do
        {
            Transcode(operation, response, projected ? Instances : null);
        }
        while (Stopwatch.GetTimestamp() < warmUntil);

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Kilobytes("VmRSS:");
        var written = Transcode(operation, response, projected ? Instances : null);
        var peak = Kilobytes("VmHWM:");
        Console.WriteLine($"{(projected ? "the tool's projection" : "all members"),-24} body {response.Body.Length / 1024.0 / 1024:F1} MB, JSON {written / 1024.0 / 1024:F1} MB, peak over the body {(peak - before) / 1024.0:F1} MB");
        return 0;
    }

    private static void Compare(string name, string service, string operationName, WireResponse response, Projection? projection, Action<ReadOnlyMemory<byte>> bare, int pairs)
    {
        var operation = ModelLibrary.Operation(service, operationName);
        Pairs.Run($"{name}, {response.Body.Length / 1024.0 / 1024:F1} MB", pairs, () => Transcode(operation, response, projection), () => bare(response.Body));
    }

    private static long Transcode(OperationModel operation, WireResponse response, Projection? projection)
    {
        var output = new DroppedOutput();
        WireProtocols.For(operation.Service.Protocol).ReadResponse(operation, response, new Transcription(output, projection));
        return output.Written;
    }

    private static void BareXml(ReadOnlyMemory<byte> body)
    {
        MemoryMarshal.TryGetArray(body, out var bytes);
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using var reader = XmlReader.Create(stream);
        while (reader.Read())
        {
        }
    }

    private static void BareJson(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        while (reader.Read())
        {
        }
    }

    private static long Kilobytes(string name)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), provider: null);
            }
        }

        throw new InvalidOperationException($"/proc/self/status has no {name}");
    }
}
