using System.Collections.Concurrent;
using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Fleet;

/// <summary>Accounts with EC2 instances in regions, paged as EC2 pages, each place as broken as a test wants it.</summary>
internal sealed class StubFleet
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _accounts = new(StringComparer.Ordinal);

    /// <summary>Answers instead; null to go on. The account is empty for what is asked of the organization.</summary>
    public Func<StubCall, string, CancellationToken, Task<StubAnswer?>>? Instead { get; set; }

    /// <summary>Tokens that AWS gave with another prefix are forgotten.</summary>
    public string TokenPrefix { get; set; } = "aws-";

    /// <summary>Characters of a tag on each instance.</summary>
    public int TagLength { get; set; } = 10;

    public ConcurrentQueue<string> Reads { get; } = new();

    public StubAws Aws => field ??= new StubAws(AnswerAsync);

    public static string Id(int number) => (100_000_000_000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As many accounts with as many regions, of as many instances each.</summary>
    public static StubFleet Of(int accounts, int regions, Func<int, int, int> instances)
    {
        var fleet = new StubFleet();
        for (var account = 0; account < accounts; account++)
        {
            for (var region = 0; region < regions; region++)
            {
                fleet.Set(Id(account), Region(region), instances(account, region));
            }
        }

        return fleet;
    }

    public static string Region(int number) => $"eu-{(char)('a' + (number / 9))}est-{(number % 9) + 1}";

    public StubFleet Set(string account, string region, int instances)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(account, out var regions))
            {
                _accounts[account] = regions = new(StringComparer.Ordinal);
            }

            regions[region] = instances;
        }

        return this;
    }

    public void Remove(string account)
    {
        lock (_gate)
        {
            _accounts.Remove(account);
        }
    }

    /// <summary>Every instance as <c>account/region/number</c>, in a fleet's order.</summary>
    public List<string> All()
    {
        lock (_gate)
        {
            return [.. _accounts.SelectMany(static account => account.Value.SelectMany(region => Enumerable.Range(0, region.Value).Select(number => $"{account.Key}/{region.Key}/{number}")))];
        }
    }

    /// <summary>The instances of an answer, as <see cref="All"/> has them.</summary>
    public static List<string> Of(JsonElement answer) =>
    [
        .. answer.GetProperty("results").EnumerateArray().SelectMany(static place => place.GetProperty("instances").EnumerateArray().Select(instance =>
            $"{place.GetProperty("account_id")}/{place.GetProperty("region")}/{instance.GetProperty("InstanceId").GetString()![2..]}")),
    ];

    private async Task<StubAnswer> AnswerAsync(StubCall call, CancellationToken cancellationToken)
    {
        var account = call.KeyId.StartsWith("ASIA", StringComparison.Ordinal) ? call.KeyId[4..] : "";
        if (Instead is not null && await Instead(call, account, cancellationToken) is { } instead)
        {
            return instead;
        }

        return call.Operation switch
        {
            "sts:AssumeRole" => StubAnswer.Session(call, new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero)),
            "organizations:ListAccounts" => JsonSerializer.Serialize(new { Accounts = Ids().Select(static id => new { Id = id, Name = $"account {id}", Status = "ACTIVE" }) }),
            "organizations:DescribeAccount" => JsonSerializer.Serialize(new { Account = new { Id = call.Text("AccountId"), Name = $"account {call.Text("AccountId")}", Status = "ACTIVE" } }),
            "ec2:DescribeRegions" => JsonSerializer.Serialize(new { Regions = RegionsOf(account).Select(static region => new { RegionName = region.Key }) }),
            "ec2:DescribeInstances" => Describe(call, account),
            _ => throw new InvalidOperationException($"Nobody expected {call}."),
        };
    }

    private List<string> Ids()
    {
        lock (_gate)
        {
            return [.. _accounts.Keys];
        }
    }

    private List<KeyValuePair<string, int>> RegionsOf(string account)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(account, out var regions) ? [.. regions] : [];
        }
    }

    private StubAnswer Describe(StubCall call, string account)
    {
        Reads.Enqueue($"{account}/{call.Region}");
        var token = call.Text("NextToken");
        if (token is not null && !token.StartsWith(TokenPrefix, StringComparison.Ordinal))
        {
            return StubAnswer.Failed("InvalidNextToken", "The token is not valid.", 400);
        }

        var count = RegionsOf(account).Where(region => region.Key == call.Region).Select(static region => region.Value).FirstOrDefault();
        var size = call.Input.TryGetProperty("MaxResults", out var given) ? given.GetInt32() : 1000;
        var from = token is null ? 0 : int.Parse(token[TokenPrefix.Length..], System.Globalization.CultureInfo.InvariantCulture);
        var instances = Enumerable.Range(from, Math.Max(0, Math.Min(size, count - from))).Select(Instance).ToList();
        var next = from + instances.Count < count ? $"{TokenPrefix}{from + instances.Count}" : null;
        return JsonSerializer.Serialize(next is null ? new { Reservations = new[] { new { Instances = instances } } } : (object)new { Reservations = new[] { new { Instances = instances } }, NextToken = next });
    }

    private object Instance(int number) => new
    {
        InstanceId = $"i-{number}",
        InstanceType = "m7g.large",
        State = new { Code = 16, Name = number % 3 == 0 ? "stopped" : "running" },
        Tags = new[] { new { Key = "Name", Value = new string('x', TagLength) } },
    };
}
