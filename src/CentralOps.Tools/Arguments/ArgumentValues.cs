using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Ledger.Records;

namespace CentralOps.Tools.Arguments;

/// <summary>A call's arguments, read and checked.</summary>
internal sealed class ArgumentValues
{
    private readonly IReadOnlyList<Argument> _arguments;
    private readonly object?[] _values;
    private readonly bool[] _given;

    private ArgumentValues(IReadOnlyList<Argument> arguments, object?[] values, bool[] given)
    {
        _arguments = arguments;
        _values = values;
        _given = given;
    }

    public static ArgumentValues Read(IReadOnlyList<Argument> arguments, ArgumentReader reader)
    {
        var values = new object?[arguments.Count];
        var given = new bool[arguments.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = arguments[index].Read(reader);
            given[index] = reader.IsGiven(arguments[index].Name);
        }

        return new ArgumentValues(arguments, values, given);
    }

    public T Of<T>(Argument<T> argument) => (T)_values[IndexOf(argument)]!;

    public bool Has(Argument argument) => !argument.IsLeftOut(_values[IndexOf(argument)]);

    /// <summary>Whether it was written at all, and is not its default.</summary>
    public bool IsGiven(Argument argument) => _given[IndexOf(argument)];

    /// <summary>Whether one was given beside which AWS takes no size of a page.</summary>
    public bool ExcludePageSize()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (_arguments[index].ExcludesPageSize && !_arguments[index].IsLeftOut(_values[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of an operation's input: those arguments that have one and were given.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            var argument = _arguments[index];
            if (argument.Member is { } member && !argument.IsLeftOut(_values[index]))
            {
                json.WritePropertyName(member);
                argument.Write(_values[index], json);
            }
        }
    }

    /// <summary>What was given, as a record is made of it.</summary>
    public IReadOnlyList<LedgerArgument> ForLedger()
    {
        var given = new List<LedgerArgument>();
        for (var index = 0; index < _values.Length; index++)
        {
            var argument = _arguments[index];
            if (argument.IsLeftOut(_values[index]))
            {
                continue;
            }

            var output = new ArrayBufferWriter<byte>(64);
            using (var json = new Utf8JsonWriter(output))
            {
                argument.Write(_values[index], json);
            }

            given.Add(new LedgerArgument(argument.Name, output.WrittenMemory, argument.IsPlace));
        }

        return given;
    }

    /// <summary>What was asked, as text: equal for equal questions, whatever the limit and the page.</summary>
    /// <param name="ofAws">Only what AWS is asked, whatever is made of its answer.</param>
    public string Question(bool ofAws = false)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            for (var index = 0; index < _values.Length; index++)
            {
                var argument = _arguments[index];
                if (argument.IsOfTheQuestion && !(ofAws && argument.IsOfTheShape) && !argument.IsLeftOut(_values[index]))
                {
                    json.WritePropertyName(argument.Name);
                    argument.Write(_values[index], json);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private int IndexOf(Argument argument)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (ReferenceEquals(_arguments[index], argument))
            {
                return index;
            }
        }

        throw new ArgumentException($"The tool has not declared the argument {argument.Name}.", nameof(argument));
    }
}
