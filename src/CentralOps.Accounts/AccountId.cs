using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Accounts;

/// <summary>An AWS account id: twelve digits, leading zeros included.</summary>
public readonly record struct AccountId : IComparable<AccountId>
{
    public const int Length = 12;

    private readonly string? _digits;

    private AccountId(string digits) => _digits = digits;

    public static bool TryParse([NotNullWhen(true)] string? text, out AccountId account)
    {
        account = default;
        if (text is not { Length: Length } || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        account = new AccountId(text);
        return true;
    }

    public int CompareTo(AccountId other) => string.CompareOrdinal(_digits, other._digits);

    public static bool operator <(AccountId left, AccountId right) => left.CompareTo(right) < 0;

    public static bool operator <=(AccountId left, AccountId right) => left.CompareTo(right) <= 0;

    public static bool operator >(AccountId left, AccountId right) => left.CompareTo(right) > 0;

    public static bool operator >=(AccountId left, AccountId right) => left.CompareTo(right) >= 0;

    public override string ToString() => _digits ?? "";
}
