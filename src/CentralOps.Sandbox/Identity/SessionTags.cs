using System.Collections.Frozen;
using System.Text.Json;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>The tags of a session: those asked for, and those that the calling session hands on.</summary>
internal sealed record SessionTags(FrozenDictionary<string, string> Requested, FrozenDictionary<string, string> All, FrozenSet<string> TransitiveKeys)
{
    /// <summary>The keys that this request itself marks as handed on.</summary>
    public IReadOnlyList<string> RequestedTransitive { get; private init; } = [];

    private const int MaxTags = 50;

    public static (SessionTags? Tags, ServiceError? Error) Read(OperationCall call)
    {
        var requested = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in call.Items("Tags"))
        {
            var key = tag.TryGetProperty("Key", out var k) && k.ValueKind == JsonValueKind.String ? k.GetString()! : "";
            var value = tag.TryGetProperty("Value", out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
            if (Problem(requested.Count + 1, key, value) is { } problem)
            {
                return (null, new ServiceError("ValidationError", problem));
            }

            if (!requested.TryAdd(key, value))
            {
                return (null, new ServiceError("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."));
            }
        }

        if (requested.Count > MaxTags)
        {
            return (null, new ServiceError("ValidationError", $"1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to {MaxTags}"));
        }

        return Join(call.Caller, requested, call.Texts("TransitiveTagKeys"));
    }

    private static (SessionTags? Tags, ServiceError? Error) Join(Principal caller, Dictionary<string, string> requested, IReadOnlyList<string> transitive)
    {
        foreach (var key in transitive)
        {
            if (!requested.ContainsKey(key))
            {
                return (null, new ServiceError("InvalidParameterValue", "One of the specified transitive tag keys is not a tag of this request."));
            }
        }

        if (caller.TransitiveTagKeys.Any(requested.ContainsKey))
        {
            return (null, new ServiceError("InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."));
        }

        var inherited = caller.TransitiveTagKeys.Select(key => KeyValuePair.Create(key, caller.Tags[key]));
        return (new SessionTags(
            requested.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            requested.Concat(inherited).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            caller.TransitiveTagKeys.Concat(transitive).ToFrozenSet(StringComparer.OrdinalIgnoreCase))
        {
            RequestedTransitive = transitive,
        }, null);
    }

    private static string? Problem(int index, string key, string value)
    {
        var constraints = new MemberConstraints();
        constraints.Length($"tags.{index}.member.key", key, 1, 128);
        constraints.Length($"tags.{index}.member.value", value, 0, 256);
        constraints.Characters($"tags.{index}.member.key", key, IsTagCharacter, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
        constraints.Characters($"tags.{index}.member.value", value, IsTagCharacter, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            constraints.Fail($"tags.{index}.member.key", key, "Tag keys starting with 'aws:' are reserved for system use");
        }

        return constraints.Error?.Message;
    }

    private static bool IsTagCharacter(char c) =>
        char.IsLetter(c) || char.IsSeparator(c) || char.IsNumber(c) || c is '_' or '.' or ':' or '/' or '=' or '+' or '-' or '@';
}
