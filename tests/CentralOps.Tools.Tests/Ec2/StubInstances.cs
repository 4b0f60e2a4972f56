using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Ec2;

/// <summary>EC2 with numbered instances, two a reservation, paged as EC2 pages: by MaxResults, never together with ids.</summary>
internal sealed class StubInstances(int count)
{
    public string? Tag { get; set; }

    /// <summary>Pages that hold nothing come before each page, as they do with filters.</summary>
    public bool EmptyPages { get; set; }

    public string TokenPrefix { get; set; } = "aws-";

    public StubAnswer Answer(StubCall call) => call.Operation switch
    {
        "sts:AssumeRole" => StubAnswer.Session(call, new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero)),
        "organizations:DescribeAccount" when call.Text("AccountId") is "222222222222" or "333333333333" =>
            $$$"""{"Account":{"Id":"{{{call.Text("AccountId")}}}","Name":"Production","Status":"ACTIVE"}}""",
        "organizations:DescribeAccount" => StubAnswer.Failed("AccountNotFoundException", "No such account.", 400),
        "organizations:ListAccounts" => """{"Accounts":[{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}]}""",
        "ec2:DescribeInstances" => Describe(call),
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };

    private StubAnswer Describe(StubCall call)
    {
        var token = call.Text("NextToken");
        if (token is not null && !token.StartsWith(TokenPrefix))
        {
            return StubAnswer.Failed("InvalidNextToken", "The token is not valid.", 400);
        }

        var withIds = call.Input.TryGetProperty("InstanceIds", out var ids);
        var withSize = call.Input.TryGetProperty("MaxResults", out var size);
        if (withIds && withSize)
        {
            return StubAnswer.Failed("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults", 400);
        }

        if (withSize && size.GetInt32() is < 5 or > 1000)
        {
            return StubAnswer.Failed("InvalidParameterValue", "Value ( ) for parameter maxResults is invalid.", 400);
        }

        var parts = token?[TokenPrefix.Length..].Split('/') ?? ["0", EmptyPages ? "empty" : ""];
        var from = int.Parse(parts[0]);
        if (parts[1] == "empty")
        {
            return $$"""{"Reservations":[],"NextToken":"{{TokenPrefix}}{{from}}/"}""";
        }

        var wanted = withIds
            ? [.. ids.EnumerateArray().Select(static id => int.Parse(id.GetString()!["i-".Length..]))]
            : Enumerable.Range(from, Math.Max(0, Math.Min(withSize ? size.GetInt32() : 1000, count - from))).ToList();
        var reservations = wanted.Chunk(2).Select(pair => new { Instances = pair.Select(Instance) });
        var next = !withIds && from + wanted.Count < count ? $"{TokenPrefix}{from + wanted.Count}/{(EmptyPages ? "empty" : "")}" : null;
        return JsonSerializer.Serialize(next is null ? new { Reservations = reservations } : (object)new { Reservations = reservations, NextToken = next });
    }

    private object Instance(int number) => new
    {
        InstanceId = $"i-{number}",
        InstanceType = "m7g.large",
        State = new { Code = 16, Name = "running" },
        PrivateIpAddress = "10.0.0.1",
        LaunchTime = "2026-01-02T03:04:05Z",
        Placement = new { AvailabilityZone = "us-east-1a" },
        VpcId = "vpc-1",
        SubnetId = "subnet-1",
        Tags = new[] { new { Key = "Name", Value = Tag ?? $"web {number}" } },
    };
}
