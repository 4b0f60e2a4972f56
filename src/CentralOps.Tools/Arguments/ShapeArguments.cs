using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Arguments;

/// <summary>How an answer is to look: what every account tool takes beside its question.</summary>
internal sealed class ShapeArguments(Func<IReadOnlyCollection<string>> known)
{
    public const int MinBytes = 1024;

    /// <summary>What a model reads of a fleet's answer unless it asks for more.</summary>
    public const int UsualFleetBytes = 40 * 1024;

    public FieldsArgument Fields { get; } = new(known);

    public static IntegerArgument MaxBytes { get; } = new(
        "max_bytes", $"Bytes that the answer may come to; next_token goes on with the rest. Of an answer over accounts and regions {UsualFleetBytes} unless given.", MinBytes, 6 * 1024 * 1024)
    {
        IsOfTheQuestion = false,
    };

    public IReadOnlyList<Argument> All => [Fields, QueryArgument.Only, RowFormats.Argument, MaxBytes];

    /// <summary>What these arguments ask for.</summary>
    public RowShape Of(ArgumentValues arguments) => new(arguments.Of(Fields), arguments.Of(QueryArgument.Only)?.Query, RowFormats.Of(arguments.Of(RowFormats.Argument)));
}
