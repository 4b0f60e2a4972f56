using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Arguments;

/// <summary>The region to ask, or several, or all that are enabled in each account. Left out, it is the one that CentralOps itself runs in.</summary>
internal sealed class RegionsArgument : Argument<RegionChoice?>
{
    public const string All = "all";

    private const int MaxCount = 100;

    private readonly bool _isEverywhere;

    private RegionsArgument(string description, bool isEverywhere)
        : base("region", description)
    {
        _isEverywhere = isEverywhere;

        // Which one is asked is bound to a token with the place; which several, with the fleet's question.
        IsOfTheQuestion = false;
        IsPlace = true;
    }

    public static RegionsArgument Asked { get; } = new(
        "AWS region to ask; several as a list or separated by commas, or all for every region enabled in the account: the answer is then per account and region.", isEverywhere: false);

    /// <summary>For who looks everywhere unless told otherwise.</summary>
    public static RegionsArgument Everywhere { get; } = new("AWS region to look in, several as a list or separated by commas; all enabled in each account when left out.", isEverywhere: true);

    protected override RegionChoice? ReadValue(ArgumentReader reader)
    {
        if (reader.TextOrTexts(Name, MaxCount, maxLength: 4096, out var isList) is not { } texts)
        {
            return _isEverywhere ? RegionChoice.Every : RegionChoice.Single(reader.Asks(reader.UsualRegion));
        }

        var names = texts.SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (names.Contains(All, StringComparer.Ordinal))
        {
            return OfAll(names, reader);
        }

        var regions = new List<RegionName>(names.Count);
        foreach (var name in names.Take(MaxCount))
        {
            if (reader.Region(Name, name) is { } region)
            {
                regions.Add(region);
            }
        }

        return Of(regions, names.Count, isList, reader);
    }

    protected override bool IsEmpty(RegionChoice? value) => value is null;

    protected override void WriteValue(RegionChoice? value, Utf8JsonWriter json) => json.WriteStringValue(value!.ToString());

    protected override void Describe(JsonObject schema, string home)
    {
        SeveralTexts.Describe(schema, MaxCount);
        schema["default"] = _isEverywhere ? All : home;
    }

    private RegionChoice? OfAll(List<string> names, ArgumentReader reader)
    {
        if (names.Count == 1)
        {
            return RegionChoice.Every;
        }

        reader.Note(Name, "has 'all' beside other regions", "Write region as all, or name the regions");
        return null;
    }

    private RegionChoice? Of(List<RegionName> regions, int given, bool isList, ArgumentReader reader)
    {
        if (given is 0 or > MaxCount)
        {
            reader.Note(Name, given == 0 ? "is an empty list" : $"names {given} regions", $"Name 1 to {MaxCount} regions, or write all");
            return null;
        }

        if (regions is not [var only] || given > 1 || isList)
        {
            return RegionChoice.Several(regions);
        }

        return RegionChoice.Single(reader.Asks(only));
    }
}

/// <summary>Which regions are asked.</summary>
internal sealed record RegionChoice
{
    private RegionChoice(IReadOnlyList<RegionName> names) => Names = names;

    /// <summary>Every region that is enabled in an account.</summary>
    public static RegionChoice Every { get; } = new([]) { IsEvery = true };

    /// <summary>Each once, ordered by name; none for <see cref="Every"/>.</summary>
    public IReadOnlyList<RegionName> Names { get; }

    public bool IsEvery { get; private init; }

    /// <summary>One region, written as one: the answer is not a fleet's for it.</summary>
    public bool IsSingle { get; private init; }

    public static RegionChoice Single(RegionName region) => new([region]) { IsSingle = true };

    public static RegionChoice Several(IEnumerable<RegionName> regions) =>
        new([.. regions.Distinct().OrderBy(static region => region.Text, StringComparer.Ordinal)]);

    public override string ToString() => IsEvery ? RegionsArgument.All : string.Join(',', Names);
}
