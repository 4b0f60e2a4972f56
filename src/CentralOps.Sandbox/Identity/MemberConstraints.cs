using System.Globalization;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Identity;

/// <summary>Collects what is wrong with a request's members, in the words of AWS's input validation.</summary>
internal sealed class MemberConstraints
{
    private readonly List<string> _problems = [];

    public ServiceError? Error => _problems.Count == 0
        ? null
        : new ServiceError("ValidationError", $"{_problems.Count} validation error{(_problems.Count == 1 ? "" : "s")} detected: {string.Join("; ", _problems)}");

    /// <summary>A text that must be there; returns it, or an empty one.</summary>
    public string Required(string member, string? value)
    {
        if (value is null)
        {
            _problems.Add($"Value null at '{member}' failed to satisfy constraint: Member must not be null");
        }

        return value ?? "";
    }

    public void Length(string member, string? value, int min, int max)
    {
        if (value is { } text && text.Length < min)
        {
            Fail(member, text, $"Member must have length greater than or equal to {min}");
        }

        if (value is { } longer && longer.Length > max)
        {
            Fail(member, longer, $"Member must have length less than or equal to {max}");
        }
    }

    public void Characters(string member, string? value, Func<char, bool> allowed, string pattern)
    {
        if (value is { } text && !text.All(allowed))
        {
            Fail(member, text, $"Member must satisfy regular expression pattern: {pattern}");
        }
    }

    public void Range(string member, long? value, long min, long max)
    {
        if (value < min)
        {
            Fail(member, value.Value.ToString(CultureInfo.InvariantCulture), $"Member must have value greater than or equal to {min}");
        }

        if (value > max)
        {
            Fail(member, value.Value.ToString(CultureInfo.InvariantCulture), $"Member must have value less than or equal to {max}");
        }
    }

    public void Fail(string member, string value, string constraint) =>
        _problems.Add($"Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
}
